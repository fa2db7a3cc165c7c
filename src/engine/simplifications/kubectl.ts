/** What is simplified and what is not there, as the headers of the files concerned say it: kubectl. */
import type { Limit } from '../limits';

/** Of kubectl. */
export const KUBECTL_LIMITS: readonly Limit[] = [
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'Order of map values in JSONPath',
    detail: "Wildcards and recursive descent visit keys in alphabetical order; the real kubectl's order is random.",
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'kubectl describe pod: volumes',
    detail:
      'Volumes of rbd, iscsi, fc, cephfs, cinder, flexVolume, ephemeral and the rarer cloud kinds are shown as <unknown>.',
  },
  { area: 'kubectl', kind: 'simplified', what: 'kubectl describe: time zone', detail: 'Times are shown in UTC.' },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'Order of rows',
    detail:
      "describe limitrange and describe namespace list resources by name, top node lists nodes that are not measured last and by name; the real kubectl's order is random.",
  },
  {
    area: 'kubectl',
    kind: 'absent',
    what: 'kubectl describe pod: scheduling group; describe node: resource slices',
    detail: 'Pod groups and dynamic resource allocation are not simulated, so their sections never appear.',
  },
  {
    area: 'kubectl',
    kind: 'simulated',
    what: 'kubectl commands',
    detail:
      'apply, create (-f, deployment, job, cronjob, configmap, secret, service, ingress, namespace, quota, serviceaccount, token, role, clusterrole, rolebinding, clusterrolebinding, poddisruptionbudget, priorityclass), auth (can-i, reconcile, whoami), run, expose, get, describe, delete, scale, autoscale, top, set (image, env, resources, serviceaccount, selector, subject), rollout (status, history, undo, pause, resume, restart), label, annotate, taint, cordon, uncordon, drain, patch, replace, diff, explain, edit (what standard input holds is saved), wait, events, config (one context), cluster-info (dump), logs, exec, attach, cp, api-resources, api-versions, version, with the flags, words and exit codes of kubectl 1.36.',
  },
  { area: 'kubectl', kind: 'absent', what: 'kubectl -k and apply --applyset', detail: 'Refused with a message.' },
  {
    area: 'kubectl',
    kind: 'absent',
    what: 'kubectl --raw of OpenAPI documents, metrics and proxies, and deleting collections',
    detail:
      'get --raw reads objects, their status, scale and log, lists, what is served, /version and the paths of health; create, replace and delete --raw write one object or part each, as the server would, with dryRun and fieldValidation as the only options of a path. create --raw also evicts Pods, whatever the body says. The other documents and the deletion of a collection are refused with a message.',
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'kubectl get --watch',
    detail:
      'Follows until --request-timeout, a timeout in front of it, until of an action or --until of the command line, else to the end of the timeline (a minute at least); then it ends with code 0.',
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'kubectl exec, attach, cp',
    detail:
      'What is given to exec -i comes at once and then ends, so that a shell opened with -it ends too; exec POD -- sh -c runs lines. attach, and run -i with it, ends like get --watch does, but for --request-timeout, of which attaching knows nothing, before what --rm deletes. Archives of cp and tar are texts that only tar here reads.',
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'kubectl logs',
    detail:
      'The newest 64 Ki characters of an instance and of the one before it are kept, so that nothing is ever rotated. Several logs come in the order of Pods and containers, where the real order is random. -f ends like get --watch does. Servers of the catalogue print what they say at their start and end, other images nothing but what their shell programs print.',
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'kubectl port-forward and proxy',
    detail: 'They check what they are asked for, say what they would reach, and end: nothing outside can connect.',
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'Files and URLs',
    detail:
      'Files are texts: spec.files of the scenario, what was written in the terminal (cat > web.yaml <<EOF, kubectl … > file), and for -f the manifests of the editor by their name or kind (web.yaml, deployment.yaml). URLs are refused; key pairs are not checked.',
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'Waiting commands',
    detail:
      'delete and wait look every 100 ms (every second after 10 s) instead of watching, drain once a second as kubectl does; rollout status sees every change. Evictions of one drain happen one step after another within the same millisecond.',
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'Contexts, users and clusters',
    detail:
      '--context, --user, --cluster and the like are accepted and have no effect: there is one cluster and one administrator. --as, --as-group, --as-uid and --as-user-extra make somebody else of him.',
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'Shell',
    detail:
      'A command line is split as a shell does: quotes, backslashes, here-documents, redirections, pipes to grep, head, tail, sort, wc -l and kubectl; timeout, cat, echo, ls, rm, touch. Variables, globs, && and ; are not expanded.',
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'Help texts',
    detail: "--help prints the usage and the flags, not kubectl's descriptions and examples.",
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'Size of a manifest text',
    detail:
      'At most 4 MB and 10,000 documents; anchors may add at most 100,000 values to a document, and values may be nested 300 deep.',
  },
  {
    area: 'kubectl',
    kind: 'simplified',
    what: 'Suffixes in generated container names',
    detail:
      'create deployment derives the five letters after an image name with dots or underscores from the name instead of drawing them.',
  },
];
