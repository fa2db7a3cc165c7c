import { describe, expect, it } from 'vitest';
import type { Deployment, Node, Service } from '../engine/api/types';
import { createTerminal, NGINX } from '../testing/terminal';

/** Lines and what they print, standard error after `!`. */
function session(lines: readonly (readonly [command: string, output: string])[]): void {
  const { run, world } = createTerminal({ nodes: 1 });
  run('apply -f -', NGINX);
  world.runFor(5_000);
  const seen = lines.map(([command]) => {
    const { stdout, stderr, code } = run(command);
    const errors = stderr.replace(/^(?=.)/gm, '!').trimEnd();
    return [command, `${stdout.trimEnd()}${stdout && errors ? '\n' : ''}${errors}${code > 1 ? ` (${code})` : ''}`];
  });
  expect(seen).toEqual(lines.map((line) => [...line]));
}

describe('commands that change', () => {
  it('scale', () => {
    session([
      ['scale deployment nginx --replicas=4', 'deployment.apps/nginx scaled'],
      ['scale --current-replicas=4 --replicas=1 deploy/nginx', 'deployment.apps/nginx scaled'],
      ['scale --current-replicas=9 --replicas=1 deploy/nginx', '!error: Expected replicas to be 9, was 1'],
      ['scale deployment nosuch --replicas=1', '!Error from server (NotFound): deployments.apps "nosuch" not found'],
      ['scale deployment nginx', '!error: required flag(s) "replicas" not set'],
      [
        'scale deployment nginx --replicas=-1',
        '!error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
      ],
      ['scale deployment -l app=nothing --replicas=2', '!error: no objects passed to scale'],
      ['scale deployment nginx --replicas=2 --dry-run=server', 'deployment.apps/nginx scaled (server dry run)'],
      ['scale rs --all --replicas=1', expect.stringMatching(/^replicaset\.apps\/nginx-\w+ scaled$/)],
      [
        'scale service kubernetes --replicas=2',
        '!Error from server (NotFound): the server could not find the requested resource',
      ],
    ]);
  });

  it('label and annotate', () => {
    session([
      ['label deploy nginx env=test', 'deployment.apps/nginx labeled'],
      ['label deploy nginx env=test', 'deployment.apps/nginx not labeled'],
      ['label deploy nginx env=prod', "!error: 'env' already has a value (test), and --overwrite is false"],
      ['label deploy nginx env=prod --overwrite', 'deployment.apps/nginx labeled'],
      ['label deploy nginx --list', 'app=nginx\nenv=prod'],
      ['label deploy nginx x=1 env-', 'deployment.apps/nginx modified'],
      ['label deploy nginx env-', 'label "env" not found.\ndeployment.apps/nginx not labeled'],
      ['label deploy nginx a=b a-', '!error: can not both modify and remove a label in the same command'],
      ['label deploy nginx', '!error: at least one label update is required'],
      ['label', '!error: one or more resources must be specified as <resource> <name> or <resource>/<name>'],
      ["annotate deploy nginx note='my app'", 'deployment.apps/nginx annotated'],
      [
        'annotate deploy nginx note=other',
        "!error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (my app)",
      ],
      ['annotate deploy nginx note-', 'deployment.apps/nginx annotated'],
      ['annotate deploy nginx', '!error: at least one annotation update is required'],
    ]);
  });

  it('set', () => {
    session([
      ['set image deployment/nginx nginx=nginx:1.9.1', 'deployment.apps/nginx image updated'],
      ['set image deployment/nginx nginx=nginx:1.9.1', ''],
      ['set image deployment/nginx nope=x:1', '!error: unable to find container named "nope"'],
      ["set image deployment/nginx '*=nginx:1.16'", 'deployment.apps/nginx image updated'],
      ['set image deployment/nginx', '!error: at least one image update is required'],
      [
        'set image deployment nginx nginx=nginx:1.17 --record',
        'deployment.apps/nginx image updated\n!Flag --record has been deprecated, --record will be removed in the future',
      ],
      ['set env deployment/nginx A=b C=d', 'deployment.apps/nginx env updated'],
      ['set env deployment/nginx A-', 'deployment.apps/nginx env updated'],
      ['set env deployment/nginx --list', '# Deployment nginx, container nginx\nC=d'],
      [
        'set resources deployment nginx -c=nginx --limits=cpu=200m,memory=512Mi',
        'deployment.apps/nginx resource requirements updated',
      ],
      [
        'set resources deployment nginx',
        '!error: you must specify an update to requests or limits (in the form of --requests/--limits)',
      ],
      ['set serviceaccount deployment nginx robot', 'deployment.apps/nginx serviceaccount updated'],
      ['set bogus', `!error: unknown command "bogus"\n!See 'kubectl set -h' for help and examples`],
    ]);
  });

  it('patch', () => {
    session([
      [`patch deploy nginx -p '{"spec":{"replicas": 3}}'`, 'deployment.apps/nginx patched'],
      [`patch deploy nginx -p '{"spec":{"replicas": 3}}'`, 'deployment.apps/nginx patched (no change)'],
      [`patch deploy nginx -p 'spec: {replicas: 2}'`, 'deployment.apps/nginx patched'],
      [
        `patch deploy nginx --type=json -p '[{"op":"replace","path":"/spec/replicas","value":1}]'`,
        'deployment.apps/nginx patched',
      ],
      [
        `patch deploy nginx --subresource=scale --type=merge -p '{"spec":{"replicas":4}}'`,
        expect.stringMatching(/patched$/),
      ],
      ['patch deploy nginx', '!error: must specify --patch or --patch-file containing the contents of the patch'],
      [`patch deploy nginx --type=wild -p '{}'`, '!error: --type must be one of [json merge strategic], not "wild"'],
    ]);
  });

  it('taint, cordon and uncordon', () => {
    session([
      ['taint node node-1 ssd=true:PreferNoSchedule', 'node/node-1 tainted'],
      [
        'taint node node-1 ssd=false:PreferNoSchedule',
        '!error: node node-1 already has ssd taint(s) with same effect(s) and --overwrite is false',
      ],
      ['taint node node-1 ssd=false:PreferNoSchedule --overwrite', 'node/node-1 modified'],
      ['taint node node-1 ssd-', 'node/node-1 untainted'],
      ['taint node node-1 ssd-', '!error: taint "ssd" not found'],
      ['taint pod x a=b:NoSchedule', '!error: invalid resource type pod, only node types are supported'],
      ['taint', '!error: one or more resources must be specified as <resource> <name>'],
      ['cordon node-1', 'node/node-1 cordoned'],
      ['cordon node-1', 'node/node-1 already cordoned'],
      ['uncordon node-1', 'node/node-1 uncordoned'],
      ['uncordon nosuch', '!Error from server (NotFound): nodes "nosuch" not found'],
      ['cordon', "!error: USAGE: cordon NODE [flags]\n!See 'kubectl cordon -h' for help and examples"],
    ]);
  });

  it('create, run and expose', () => {
    const formats =
      'allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml';
    session([
      [
        'create deployment web --image=nginx -o wide',
        `!error: unable to match a printer suitable for the output format "wide", ${formats}`,
      ],
      ['create deployment web --image=nginx:1.16 --replicas=2 --port=80', 'deployment.apps/web created'],
      ['create service nodeport web --tcp=65536', '!error: strconv.ParseUint: parsing "65536": value out of range'],
      [
        'create deployment web --image=nginx',
        '!error: failed to create deployment: deployments.apps "web" already exists',
      ],
      ['create deployment web', '!error: required flag(s) "image" not set'],
      ['create configmap mysql --from-literal=db.host=localhost', 'configmap/mysql created'],
      ['create configmap bad --from-literal=novalue', '!error: invalid literal source novalue, expected key=value'],
      ['create secret generic pwd --from-literal=dbpwd=wordpress', 'secret/pwd created'],
      ['create namespace shop', 'namespace/shop created'],
      ['create sa robot -n shop', 'serviceaccount/robot created'],
      ['create quota q --hard=pods=9,services=5', 'resourcequota/q created'],
      ['create pdb web --selector=app=web --min-available=50%', 'poddisruptionbudget.policy/web created'],
      ['create service nodeport web --tcp=80:8080', 'service/web created'],
      ['create deploymnt x', "!error: Unexpected args: [deploymnt x]\n!See 'kubectl create -h' for help and examples"],
      ['run busy --image=busybox --restart=Never -- sleep 3600', 'pod/busy created'],
      ['expose deployment web --name=front --port=80 --target-port=8080', 'service/front exposed'],
      ['expose pod busy', "!error: couldn't find port via --port flag or introspection"],
      ['expose configmap mysql --port=80', '!error: cannot expose a ConfigMap'],
    ]);
  });

  it('what does not exist', () => {
    session([
      ['delet pod x', '!error: unknown command "delet" for "kubectl"\n\n!Did you mean this?\n!\tdelete'],
      ['unicorn', '!error: unknown command "unicorn" for "kubectl"'],
      ['get unicorns', `!error: the server doesn't have a resource type "unicorns"`],
      ['get deploy nosuch', '!Error from server (NotFound): deployments.apps "nosuch" not found'],
      ['get pods --bogus', "!error: unknown flag: --bogus\n!See 'kubectl get --help' for usage."],
      ['get pods -n nosuch', '!No resources found in nosuch namespace.'],
      [
        'get csr',
        `!error: the server doesn't have a resource type "csr"\n!kubestep: CertificateSigningRequest is not simulated: nothing is signed here; a user is whoever \`as:\` of an action or --as names, give him roles`,
      ],
      ['logs x', '!error: error from server (NotFound): pods "x" not found in namespace "default"'],
      ['get pod a -A', '!error: a resource cannot be retrieved by name across all namespaces'],
      ["get 'pods", "!unexpected end of the command while looking for matching `'' (2)"],
    ]);
  });
});

describe('what commands leave behind', () => {
  it('the objects that were asked for', () => {
    const { run, world } = createTerminal({ nodes: 1 });
    run('create deployment web --image=nginx:1.16 --port=8080 --replicas=0');
    run('set resources deploy web --limits=cpu=200m,memory=512Mi --requests=cpu=100m');
    run('expose deploy web --port=80 --target-port=8080 --type=NodePort');
    run('taint node node-1 gpu=yes:NoSchedule');
    expect(world.get<Deployment>('Deployment', 'default', 'web').spec.template.spec?.containers[0]).toMatchObject({
      name: 'nginx',
      ports: [{ containerPort: 8080 }],
      resources: { limits: { cpu: '200m', memory: '512Mi' }, requests: { cpu: '100m' } },
    });
    expect(world.get<Service>('Service', 'default', 'web').spec).toMatchObject({
      type: 'NodePort',
      selector: { app: 'web' },
      ports: [{ port: 80, targetPort: 8080 }],
    });
    expect(world.get<Node>('Node', undefined, 'node-1').spec.taints).toContainEqual({
      key: 'gpu',
      value: 'yes',
      effect: 'NoSchedule',
    });
  });

  it('steps with a sentence and evidence', () => {
    const { run, world } = createTerminal({ nodes: 1 });
    run('kubectl create configmap a --from-literal=x=1 | grep created');
    const step = world.steps().findLast(({ actor }) => actor === 'user');
    expect(step).toMatchObject({ verb: 'run', object: { kind: 'ConfigMap', name: 'a' } });
    expect(step?.message).toBe('kubectl create configmap a --from-literal=x=1 | grep created: configmap/a created');
  });
});
