/**
 * What a kubelet hears of volumes: that its Node says of one that it is in use or attached, that the storage behind a claim has grown,
 * that what one shows has changed.
 * Follows pkg/kubelet/util/manager/watch_based_manager.go: it hears of that at once and puts it into the files with the Pod's next sync.
 */
import { deepEqual } from '../api/plain';
import type { ConfigMap, CSIDriver, Node, PersistentVolumeClaim, Pod } from '../api/types';
import type { Context, Watch, WatchEvent } from '../client/component';
import { isOffline, type Kubelet } from './api-writes';
import { showsContent } from './config-references';
import { attachedMeanwhile, growFileSystems } from './mounting';
import { syncPod } from './pod-worker';
import type { KubeletMemory } from './records';
import { RESYNC_MS } from './sync-timer';
import { refreshVolumes } from './volumes';

function hasOtherVolumes(_actor: string, { value, previous }: WatchEvent): boolean {
  const [now, before] = [(value as Node | undefined)?.status, (previous as Node | undefined)?.status];
  return now?.volumesAttached !== before?.volumesAttached || now?.volumesInUse !== before?.volumesInUse;
}

/** A driver's volumes need no attaching any more, or do. */
const attachesOtherwise = (_actor: string, { value, previous }: WatchEvent): boolean =>
  (value as CSIDriver | undefined)?.spec.attachRequired !== (previous as CSIDriver | undefined)?.spec.attachRequired;

function onAttached(context: Context<KubeletMemory>, { step }: WatchEvent): void {
  context.afterBecause(0, 'attached', '', step);
}

function hasGrown(_actor: string, { value }: WatchEvent): boolean {
  const conditions = (value as PersistentVolumeClaim | undefined)?.status.conditions;
  return conditions?.some(({ type }) => type === 'FileSystemResizePending') === true;
}

/** Only a kubelet that has it mounted has anything to do. */
function onClaim(context: Context<KubeletMemory>, { key, step }: WatchEvent): void {
  for (const pod of context.lister.byIndex<Pod>('Pod', 'claim', key)) {
    const uid = pod.metadata.uid ?? '';
    if (context.memory.pods.get(uid)?.sandbox) context.afterBecause(0, 'grown', uid, step);
  }
}

/** A ConfigMap or Secret that is new, gone or has other content. Everybody's root certificate is none of them. */
function hasOtherContent(_actor: string, { value, previous }: WatchEvent): boolean {
  const [now, before] = [value as ConfigMap | undefined, previous as ConfigMap | undefined];
  return now?.data !== before?.data && (now ?? before)?.metadata.name !== 'kube-root-ca.crt';
}

/** The Pods here that show it look again with their next sync. */
function onContent(context: Context<KubeletMemory>, { kind, value, previous, step }: WatchEvent): void {
  const { name, namespace } = ((value ?? previous) as ConfigMap).metadata;
  for (const { uid, pod, sandbox, startedMs } of context.memory.pods.values()) {
    if (!sandbox || pod.metadata.namespace !== namespace || !showsContent(pod, kind, name)) continue;
    const delayMs = RESYNC_MS - ((context.nowMs - startedMs) % RESYNC_MS);
    context.afterBecause(delayMs, 'refresh', uid, step);
  }
}

/** A sync of a Pod is due that has nothing else to do. */
function handleRefresh(kubelet: Kubelet, uid: string): void {
  const record = kubelet.context.memory.pods.get(uid);
  if (record) refreshVolumes(kubelet, record);
  else kubelet.context.memory.refills.delete(uid);
}

/** Whether files of the downward API may have changed: each such change of a Pod has it synced (podsDifferSemantically of pkg/kubelet/config). */
export function isRelabelled({ value, previous }: WatchEvent): boolean {
  const [now, before] = [value?.metadata, previous?.metadata];
  return !deepEqual(now?.labels, before?.labels) || !deepEqual(now?.annotations, before?.annotations);
}

/** What the kubelet of a node watches for that; other changes of these kinds only keep its caches. */
export const volumeWatches = (node: string): readonly Watch<KubeletMemory>[] => [
  { kind: 'Node', on: onAttached, filter: hasOtherVolumes, of: node },
  { kind: 'CSIDriver', on: onAttached, filter: attachesOtherwise },
  { kind: 'PersistentVolumeClaim', on: onClaim, filter: hasGrown },
  { kind: 'ConfigMap', on: onContent, filter: hasOtherContent },
  { kind: 'Secret', on: onContent, filter: hasOtherContent },
];

/** The file systems of a Pod's volumes may have to grow. */
function handleGrown(kubelet: Kubelet, uid: string): void {
  const record = kubelet.context.memory.pods.get(uid);
  if (record?.phase === 'syncing' && !isOffline(kubelet)) growFileSystems(kubelet, record);
}

/** Volumes that Pods wait for may be attached. */
function handleAttached(kubelet: Kubelet): void {
  for (const record of attachedMeanwhile(kubelet)) syncPod(kubelet, record);
}

/** What comes of that, by the kind of the timer. */
export const VOLUME_HANDLERS: readonly (readonly [string, (kubelet: Kubelet, key: string) => void])[] = [
  ['attached', handleAttached],
  ['refresh', handleRefresh],
  ['grown', handleGrown],
];
