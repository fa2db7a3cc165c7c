/**
 * kubectl debug: an ephemeral container in a Pod, a changed copy of a Pod, or a Pod that sees all of a node.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go. The suffix of names follows from what is debugged and when; all containers are made
 * before the first is attached to.
 */
import type { KubeObject } from '../../engine/api/meta';
import { twoWayStrategicPatch } from '../../engine/api/patch/three-way';
import { clonePlain } from '../../engine/api/plain';
import { hashName } from '../../engine/api/pod-template-hash';
import type { Container, EphemeralContainer, Pod } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { problemOf, readDebug, type Wanted } from '../debug-options';
import { containerOf, type DebugStyle } from '../debug-profiles';
import { KubectlError } from '../errors';
import { FILENAME, flag } from '../flag-sets';
import { hasContainer } from '../pod-containers';
import type { RemotePlace } from '../remote-command';
import { type Info, namespaceOf, select, visit } from '../selection';
import { type AttachedDebug, attachedDebug, goOn } from './debug-attached';

const NON_ROOT =
  'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n';

/** The container that was made, or changed, and its Pod. */
type Made = Omit<RemotePlace, 'namespace'>;

/** Five characters that the same command at the same time always gets. */
function suffix(call: Call, about: KubeObject): string {
  return hashName([call.process.id, call.io.nowMs, about.metadata.uid ?? about.metadata.name]).slice(0, 5);
}

function containerName(call: Call, wanted: Wanted, pod: Pod): string {
  if (wanted.container) return wanted.container;
  let name = `debugger-${suffix(call, pod)}`;
  while (hasContainer(pod, name)) name += 'x';
  if (!call.flags.bool('quiet')) call.out(`Defaulting debug container name to ${name}.\n`);
  return name;
}

/** What a new container is made of, whichever way it comes. */
function newContainer({ flags }: Call, name: string, { image, env, command }: Wanted): Container {
  const policy = flags.text('image-pull-policy');
  return {
    name,
    image,
    ...(env.length > 0 ? { env: [...env] } : {}),
    ...(policy ? { imagePullPolicy: policy } : {}),
    ...(flags.bool('stdin') ? { stdin: true } : {}),
    ...(flags.bool('tty') ? { tty: true } : {}),
    ...(command.length > 0 ? { [flags.bool('arguments-only') ? 'args' : 'command']: [...command] } : {}),
    terminationMessagePolicy: 'File',
  };
}

function warnNonRoot(call: Call, pod: Pod, name: string): void {
  const context = containerOf(pod, name)?.securityContext;
  const isMighty = context?.privileged || (context?.capabilities?.add?.length ?? 0) > 0;
  if (pod.spec.securityContext?.runAsUser && context?.runAsUser !== 0 && isMighty) call.err(NON_ROOT);
}

function intoPod(call: Call, wanted: Wanted, { mapping, namespace, name }: Info, pod: Pod): Made {
  const own = containerName(call, wanted, pod);
  const changed = clonePlain(pod);
  const added: EphemeralContainer = newContainer(call, own, wanted);
  if (wanted.target) added.targetContainerName = wanted.target;
  changed.spec.ephemeralContainers = [...(changed.spec.ephemeralContainers ?? []), added];
  wanted.profile(changed, own, 'ephemeral', wanted.keep);
  warnNonRoot(call, changed, own);
  const body = JSON.parse(JSON.stringify(twoWayStrategicPatch({ ...pod }, { ...changed }))) as object;
  call.io.client.patch(
    mapping.id,
    namespace,
    name,
    { type: 'strategic', body },
    { subresource: 'ephemeralcontainers' },
  );
  return { pod: name, container: own };
}

/** Changes a container of a copy as the command line says. */
function changeContainer({ flags }: Call, container: Container, { command, env, image }: Wanted): void {
  if (command.length > 0 && flags.bool('arguments-only')) container.args = [...command];
  else if (command.length > 0) {
    container.command = [...command];
    delete container.args;
  }
  if (env.length > 0) container.env = [...env];
  if (image) container.image = image;
  const policy = flags.text('image-pull-policy');
  if (policy) container.imagePullPolicy = policy;
  if (flags.bool('stdin')) container.stdin = true;
  if (flags.bool('tty')) container.tty = true;
}

function intoCopy(call: Call, wanted: Wanted, pod: Pod): Made | undefined {
  const { flags } = call;
  const { ephemeralContainers: _looking, ...spec } = clonePlain(pod.spec);
  const { namespace, labels, annotations } = clonePlain(pod.metadata);
  const metadata = {
    name: wanted.copyTo,
    namespace,
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
  };
  const copy: Pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec, status: {} };
  if (flags.given('share-processes')) spec.shareProcessNamespace = flags.bool('share-processes');
  if (!flags.bool('same-node')) delete spec.nodeName;
  for (const container of spec.containers) {
    const image = wanted.images.get(container.name) ?? wanted.images.get('*');
    if (image) container.image = image;
  }
  let container = containerOf(copy, wanted.container);
  if (!container && !wanted.image) {
    if (wanted.images.size === 0) throw new KubectlError('you must specify image when creating new container');
    call.io.client.create(copy);
    return undefined;
  }
  if (!container) {
    container = { name: containerName(call, wanted, copy), terminationMessagePolicy: 'File' };
    spec.containers = [...spec.containers, container];
  }
  changeContainer(call, container, wanted);
  wanted.profile(copy, container.name, 'copy', wanted.keep);
  warnNonRoot(call, copy, container.name);
  call.io.client.create(copy);
  if (flags.bool('replace')) call.io.client.delete('Pod', namespace, pod.metadata.name, { gracePeriodSeconds: 0 });
  return { pod: wanted.copyTo, container: container.name };
}

function ontoNode(call: Call, wanted: Wanted, node: KubeObject): Made {
  const own = wanted.container || 'debugger';
  const name = `node-debugger-${node.metadata.name}-${suffix(call, node)}`;
  if (!call.flags.bool('quiet')) {
    call.out(`Creating debugging pod ${name} with container ${own} on node ${node.metadata.name}.\n`);
  }
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: namespaceOf(call), labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
    spec: {
      containers: [newContainer(call, own, wanted)],
      nodeName: node.metadata.name,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
    },
    status: {},
  };
  wanted.profile(pod, own, 'node', wanted.keep);
  call.io.client.create(pod);
  return { pod: name, container: own };
}

/** Makes a container; where it is to be attached to. */
function debugOne(call: Call, wanted: Wanted, info: Info): RemotePlace[] {
  const object = info.object as KubeObject;
  const style: DebugStyle | undefined =
    object.kind === 'Node' ? 'node' : object.kind !== 'Pod' ? undefined : wanted.copyTo ? 'copy' : 'ephemeral';
  if (!style) {
    const { group, version, kind } = info.mapping;
    throw new KubectlError(`"${group ? `${group}/` : '/'}${version}, Kind=${kind}" not supported by debug`);
  }
  const made =
    style === 'node'
      ? ontoNode(call, wanted, object)
      : style === 'copy'
        ? intoCopy(call, wanted, object as Pod)
        : intoPod(call, wanted, info, object as Pod);
  const attaches = call.flags.given('attach') ? call.flags.bool('attach') : call.flags.bool('stdin');
  return attaches && made ? [{ namespace: info.namespace ?? namespaceOf(call), ...made }] : [];
}

function run(call: Call): Turn {
  if (call.progress) return goOn(call, call.progress as AttachedDebug);
  const wanted = readDebug(call);
  if (call.flags.text('custom')) {
    throw new KubectlError('kubestep: --custom is not simulated; choose a --profile', { bare: true });
  }
  const problem = problemOf(call, wanted);
  if (problem) throw new KubectlError(problem);
  if (call.flags.text('profile') === 'legacy') {
    call.err(
      '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify other profile, for example "--profile=general".\n',
    );
  }
  const names = call.args.slice(0, call.argsBeforeDash);
  const args = names.map((name) => (name.includes('/') ? name : `pods/${name}`));
  const places: RemotePlace[] = [];
  visit(
    select(call, { args, files: true, latest: true }),
    (info) => {
      places.push(...debugOne(call, wanted, info));
    },
    { stopAtFirst: true },
  );
  return goOn(call, attachedDebug(places));
}

/** kubectl debug. */
export const debug: Command = {
  path: 'debug',
  use: 'debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]',
  flags: [
    ...FILENAME,
    flag.text('container', 'c'),
    flag.text('copy-to'),
    flag.text('custom'),
    flag.text('image'),
    flag.text('image-pull-policy'),
    flag.text('profile', undefined, 'general'),
    flag.text('target'),
    flag.strings('env'),
    flag.strings('set-image'),
    flag.bool('keep-init-containers', undefined, true),
    flag.bool('share-processes', undefined, true),
    flag.bool('stdin', 'i'),
    flag.bool('tty', 't'),
    flag.bool('quiet', 'q'),
    ...['arguments-only', 'attach', 'keep-annotations', 'keep-labels', 'keep-liveness', 'keep-readiness'].map((name) =>
      flag.bool(name),
    ),
    ...['keep-startup', 'replace', 'same-node'].map((name) => flag.bool(name)),
  ],
  run,
};
