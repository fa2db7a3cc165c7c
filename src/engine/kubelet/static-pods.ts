/**
 * Static Pods: those that files in the node's manifest folder describe. The kubelet runs them without being asked, and shows each to the API
 * server by a mirror Pod, which it makes anew when somebody deletes it.
 * Follows pkg/kubelet/config/file.go and common.go, pkg/kubelet/pod/mirror_client.go and SyncPod in pkg/kubelet/kubelet.go. Simplified: files
 * are JSON, and a changed file is noticed with the next heartbeat, where a real kubelet is told by inotify.
 */
import { decodeErrorMessage, decodeStrict } from '../api/decode';
import { defaultPod } from '../api/defaults/pod';
import { joinKey, type KubeObject, keyOf } from '../api/meta';
import { clonePlain, deepEqual } from '../api/plain';
import { CONFIG_SOURCE, isStatic, MIRROR_POD } from '../api/pod';
import { isReason, StatusError } from '../api/status-error';
import type { Node, Pod } from '../api/types';
import { validatePod } from '../api/validation/pod';
import type { Context, WatchEvent } from '../client/component';
import { textHex64 } from '../machine/hex';
import { isOffline, type Kubelet } from './api-writes';
import { beginTermination, podRemoved } from './pod-termination';
import { admitPod } from './pod-worker';
import { type KubeletMemory, type PodRecord, putPod } from './records';
import { relist, resumePod } from './relist';
import { RESYNC_MS, untilReconcileMs } from './sync-timer';

/** How soon a mirror that could not be made is tried again. */
const RETRY_MS = 10_000;

/** The Pod of a file, or why there is none. */
function podOf({ context, node }: Kubelet, file: string, text: string): Pod | string {
  let manifest: KubeObject;
  try {
    manifest = JSON.parse(text) as KubeObject;
  } catch {
    return 'it is not JSON';
  }
  if (manifest?.kind !== 'Pod' || manifest.apiVersion !== 'v1') return 'it is no Pod of v1';
  const decoded = decodeStrict(manifest, 'Pod');
  const problem = decodeErrorMessage(manifest, decoded);
  if (problem) return problem;
  const draft = clonePlain(decoded.object) as Pod;
  const { metadata, spec } = draft;
  if (!metadata?.name) return 'name is needed for the pod';
  const uid = textHex64(`${node.name}/${file}/${text}`).slice(0, 32);
  const annotations = {
    ...metadata.annotations,
    'kubernetes.io/config.hash': uid,
    'kubernetes.io/config.seen': context.nowMicro,
    [CONFIG_SOURCE]: 'file',
  };
  draft.metadata = {
    ...metadata,
    name: `${metadata.name}-${node.name.toLowerCase()}`,
    namespace: metadata.namespace || 'default',
    uid,
    annotations,
  };
  draft.spec = {
    ...spec,
    nodeName: node.name,
    tolerations: [...(spec?.tolerations ?? []), { operator: 'Exists', effect: 'NoExecute' }],
  };
  draft.status = { phase: 'Pending' };
  defaultPod(draft);
  const errors = validatePod(draft).map(({ field, message }) => `${field}: ${message}`);
  return errors.length > 0 ? errors.join(', ') : draft;
}

/** Looks at the folder, and if it has changed, ends Pods whose files are gone and begins those of new ones. */
export function syncManifests(kubelet: Kubelet): void {
  const { context, node, runtime } = kubelet;
  const { memory } = context;
  const files = runtime.manifests();
  if (deepEqual(files, memory.manifests)) return;
  memory.manifests = files;
  const statics: Pod[] = [];
  for (const file of Object.keys(files).sort()) {
    const pod = podOf(kubelet, file, files[file] as string);
    if (typeof pod !== 'string') statics.push(pod);
    else context.say('refuse', undefined, `Node ${node.name} can't run the static Pod of ${file}: ${pod}`);
  }
  memory.statics = statics;
  relist(kubelet);
  for (const record of [...memory.pods.values()]) {
    if (!isStatic(record.pod) || record.orphan || statics.some(({ metadata }) => metadata.uid === record.uid)) continue;
    memory.found.delete(record.uid);
    endStatic(kubelet, record);
  }
  startStatics(kubelet);
}

/** Begins static Pods that are not there; one waits until what had its name is gone. */
export function startStatics(kubelet: Kubelet): void {
  const { memory } = kubelet.context;
  for (const pod of memory.statics) {
    const record = memory.pods.get(pod.metadata.uid ?? '');
    if (record) {
      mirror(kubelet, record);
      if (memory.found.delete(record.uid)) resumePod(kubelet, record);
      continue;
    }
    const key = keyOf(pod);
    if ([...memory.pods.values()].some((other) => keyOf(other.pod) === key)) continue;
    kubelet.context.say(
      'create',
      pod,
      `Node ${kubelet.node.name} runs the static Pod ${pod.metadata.name} from its manifest folder`,
    );
    mirror(kubelet, { pod, uid: pod.metadata.uid ?? '' });
    admitPod(kubelet, pod);
  }
}

function endStatic(kubelet: Kubelet, record: PodRecord): void {
  const { memory } = kubelet.context;
  const { pod, uid } = record;
  kubelet.context.say('remove', pod, `The manifest of static Pod ${pod.metadata.name} is gone: the Pod is ended`);
  deleteMirror(kubelet, pod);
  if (record.phase === 'terminated') {
    podRemoved(kubelet, record);
    return;
  }
  beginTermination(kubelet, putPod(memory, { ...record, orphan: true }), pod.spec.terminationGracePeriodSeconds ?? 30);
  memory.untold.delete(uid);
}

/** The mirror of a static Pod that the kubelet has heard of. */
function knownMirror({ context }: Kubelet, pod: Pod): Pod | undefined {
  const live = context.lister.byKey<Pod>('Pod', keyOf(pod));
  return live?.metadata.annotations?.[MIRROR_POD] === undefined ? undefined : live;
}

/** Takes a mirror away. Returns whether it was there. */
function deleteMirror(kubelet: Kubelet, pod: Pod): boolean {
  if (isOffline(kubelet) || !kubelet.context.memory.registered) return false;
  const live = knownMirror(kubelet, pod);
  if (!live) return false;
  const { namespace, name, uid } = live.metadata;
  try {
    kubelet.context.client.delete('Pod', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
    return true;
  } catch (error) {
    if (!isReason(error, 'NotFound') && !isReason(error, 'Conflict')) throw error;
    return false;
  }
}

/** Sees to it that a static Pod has its mirror. */
function mirror(kubelet: Kubelet, { pod, uid }: Pick<PodRecord, 'pod' | 'uid'>): void {
  const { context, node } = kubelet;
  if (isOffline(kubelet) || !context.memory.registered) return;
  const live = knownMirror(kubelet, pod);
  if (live?.metadata.annotations?.[MIRROR_POD] === uid && !live.metadata.deletionTimestamp) return;
  if (live && !deleteMirror(kubelet, pod)) return;
  const owner = context.client.find<Node>('Node', undefined, node.name);
  const { uid: _own, ...metadata } = pod.metadata;
  const { status: _status, ...rest } = pod;
  try {
    context.client.create<Pod>({
      ...rest,
      metadata: {
        ...metadata,
        annotations: { ...metadata.annotations, [MIRROR_POD]: uid },
        ownerReferences: [
          { apiVersion: 'v1', kind: 'Node', name: node.name, uid: owner?.metadata.uid ?? '', controller: true },
        ],
      },
      status: {},
    });
    // A status that was told before is told again when the stored ones are compared with the kubelet's own.
    context.after(untilReconcileMs(context.nowMs), 'status', uid);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (error.reason === 'AlreadyExists') return;
    context.say('retry', pod, `The mirror of static Pod ${pod.metadata.name} was refused: ${error.message}`);
    context.after(RETRY_MS, 'statics', '');
  }
}

/** A mirror Pod came, is to be deleted, or is gone. */
export function onMirror(context: Context<KubeletMemory>, { value, previous, key, step }: WatchEvent): void {
  const isMarked = value?.metadata.deletionTimestamp !== undefined && !previous?.metadata.deletionTimestamp;
  if (value && previous && !isMarked) return;
  context.afterBecause(0, 'mirror', key, step);
}

/** Makes a mirror anew that somebody deletes; one of no Pod here goes. */
export function handleMirror(kubelet: Kubelet, key: string): void {
  const { context } = kubelet;
  const { memory } = context;
  const pod = memory.statics.find(({ metadata }) => joinKey(metadata.namespace, metadata.name) === key);
  const live = context.lister.byKey<Pod>('Pod', key);
  if (!pod) {
    if (live && memory.manifests) deleteMirror(kubelet, live);
    return;
  }
  if (!live) context.after(RESYNC_MS, 'statics', '');
  else if (live.metadata.deletionTimestamp) {
    mirror(kubelet, { pod, uid: pod.metadata.uid ?? '' });
  }
}
