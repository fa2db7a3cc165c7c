/** What a kubelet hears of volumes: that one is attached to its node, and that the storage behind a claim has grown. */
import type { PersistentVolumeClaim, Pod, VolumeAttachment } from '../api/types';
import type { Context, Watch, WatchEvent } from '../client/component';
import { isOffline, type Kubelet } from './api-writes';
import { growFileSystems, waitingFor } from './mounting';
import { syncPod } from './pod-worker';
import type { KubeletMemory } from './records';

function isAttachedTo(actor: string, { value }: WatchEvent): boolean {
  const attachment = value as VolumeAttachment | undefined;
  return attachment?.status.attached === true && actor === `kubelet/${attachment.spec.nodeName}`;
}

function onAttachment(context: Context<KubeletMemory>, { value, step }: WatchEvent): void {
  const { persistentVolumeName = '' } = (value as VolumeAttachment).spec.source;
  context.afterBecause(0, 'attached', persistentVolumeName, step);
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

/** What it watches for that; other changes of these kinds only keep its caches. */
export const VOLUME_WATCHES: readonly Watch<KubeletMemory>[] = [
  { kind: 'VolumeAttachment', on: onAttachment, filter: isAttachedTo },
  { kind: 'PersistentVolumeClaim', on: onClaim, filter: hasGrown },
];

/** The file systems of a Pod's volumes may have to grow. */
export function handleGrown(kubelet: Kubelet, uid: string): void {
  const record = kubelet.context.memory.pods.get(uid);
  if (record?.phase === 'syncing' && !isOffline(kubelet)) growFileSystems(kubelet, record);
}

/** A volume that Pods wait for is attached. */
export function handleAttached(kubelet: Kubelet, volumeName: string): void {
  for (const record of waitingFor(kubelet, volumeName)) syncPod(kubelet, record);
}
