/**
 * Waiting for a Pod's volumes: what is said of those that can't be mounted, and when it is tried again.
 * Follows pkg/kubelet/volumemanager/volume_manager.go (WaitForAttachAndMount: 2 min 3 s, the end of which nobody is told of: syncPod of
 * pkg/kubelet/kubelet.go).
 */
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../api/types';
import { claimNameOf } from '../api/volume-claim';
import { needsAttaching, uniqueVolumeName } from '../api/volume-provisioners';
import { type Kubelet, podEvent } from './api-writes';
import { failedMounts } from './config-references';
import { retryDelay } from './mount-retries';
import { mountedVolumes } from './mounted-volumes';
import type { PodRecord } from './records';
import { placeVolumes, unmountedText, volumeObstacles } from './volume-places';

const PROCESSING_RETRY_MS = 10_000;
const TIMEOUT_MS = 123_000;

/** A Pod that waits, and when to look again. */
export interface MountWait {
  readonly record: PodRecord;
  readonly delayMs: number;
}

function say(kubelet: Kubelet, record: PodRecord, why: string): void {
  kubelet.context.say('wait', record.pod, `Pod ${record.pod.metadata.name} waits for a volume: ${why}`);
}

function afterMountFailure(
  kubelet: Kubelet,
  record: PodRecord,
  messages: readonly string[],
  isMapped: boolean,
): MountWait {
  for (const message of messages) podEvent(kubelet, record, undefined, 'Warning', 'FailedMount', message);
  say(kubelet, record, messages.join('; '));
  const { mountFailures } = record;
  return { record: { ...record, mountFailures: mountFailures + 1 }, delayMs: retryDelay(mountFailures, isMapped) };
}

/** Takes note of what the Node's status says: of each volume that is needed now, it has told (MarkVolumesAsReportedInUse). */
export function noteInUse(kubelet: Kubelet, reported: readonly string[]): void {
  const { context } = kubelet;
  const before = context.memory.inUse;
  context.memory.inUse = volumesInUse(kubelet).filter((name) => reported.includes(name));
  if (context.memory.inUse.some((name) => !before.includes(name))) context.after(0, 'attached', '');
}

/** Another Pod comes: what nobody has needed up to now has to be told of anew. */
export function forgetUnused(kubelet: Kubelet): void {
  const { memory } = kubelet.context;
  if (memory.inUse.length === 0) return;
  const needed = volumesInUse(kubelet);
  memory.inUse = memory.inUse.filter((name) => needed.includes(name));
}

/** Undefined when all volumes of the Pod can be mounted. */
export function mountWait(kubelet: Kubelet, record: PodRecord): MountWait | undefined {
  const { context } = kubelet;
  const obstacles = volumeObstacles(kubelet, record.pod);
  const processing = obstacles.filter(({ kind }) => kind === 'processing');
  if (processing.length > 0) {
    const message = unmountedText(obstacles, processing.map((one) => one.message).join('; '));
    podEvent(kubelet, record, undefined, 'Warning', 'FailedMount', message);
    say(kubelet, record, message);
    return { record, delayMs: PROCESSING_RETRY_MS };
  }
  const problems = [
    ...failedMounts(context.lister, record.pod),
    ...obstacles.flatMap(({ kind, message }) => (kind === 'mount' || kind === 'map' ? [message] : [])),
  ];
  if (problems.length > 0)
    return afterMountFailure(
      kubelet,
      record,
      problems,
      obstacles.some(({ kind }) => kind === 'map'),
    );
  const [waited] = obstacles;
  if (!waited) return undefined;
  say(kubelet, record, waited.message);
  return { record: { ...record, waitsToAttach: true }, delayMs: TIMEOUT_MS };
}

/** The volumes of a Pod that are attached to its node, by name. */
function attachedVolumes({ context }: Kubelet, pod: Pod): readonly PersistentVolume[] {
  return mountedVolumes(pod).flatMap((volume) => {
    const claimName = claimNameOf(pod.metadata.name, volume);
    if (claimName === undefined) return [];
    const { namespace } = pod.metadata;
    const claim = context.lister.get<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, claimName);
    const found = context.lister.get<PersistentVolume>('PersistentVolume', undefined, claim?.spec.volumeName ?? '');
    return found && needsAttaching(found, context.lister) ? [found] : [];
  });
}

/** The volumes that are to be mounted here, or are, for the Node's status; they may not be detached. */
export function volumesInUse(kubelet: Kubelet): readonly string[] {
  const names = new Set<string>();
  for (const record of kubelet.context.memory.pods.values()) {
    if (record.phase === 'terminated' || (!record.sandbox && record.phase !== 'syncing')) continue;
    for (const volume of attachedVolumes(kubelet, record.pod)) names.add(uniqueVolumeName(volume));
  }
  return [...names].sort();
}

/** Pods here that have waited for volumes to be attached, and need not any more. */
export function attachedMeanwhile(kubelet: Kubelet): readonly PodRecord[] {
  return [...kubelet.context.memory.pods.values()].filter(
    ({ sandbox, phase, waitsToAttach, pod }) =>
      !sandbox &&
      phase === 'syncing' &&
      waitsToAttach &&
      !volumeObstacles(kubelet, pod).some(({ kind }) => kind === 'attaching'),
  );
}

/** The file system of a volume that has grown grows too, where it is mounted. */
export function growFileSystems(kubelet: Kubelet, record: PodRecord): void {
  const { context, node } = kubelet;
  const { pod } = record;
  for (const volume of mountedVolumes(pod)) {
    const claimName = claimNameOf(pod.metadata.name, volume);
    const claim = context.lister.get<PersistentVolumeClaim>(
      'PersistentVolumeClaim',
      pod.metadata.namespace,
      claimName ?? '',
    );
    if (!claim?.status.conditions?.some(({ type }) => type === 'FileSystemResizePending')) continue;
    const size = context.lister.get<PersistentVolume>('PersistentVolume', undefined, claim.spec.volumeName ?? '')?.spec
      .capacity?.storage;
    if (size === undefined) continue;
    const { conditions, allocatedResourceStatuses: _statuses, ...status } = claim.status;
    const others = (conditions ?? []).filter(({ type }) => type !== 'FileSystemResizePending' && type !== 'Resizing');
    const kept = others.length > 0 ? { conditions: others } : {};
    const grown = { ...status, ...kept, capacity: { ...status.capacity, storage: size } };
    context.client.updateStatus({ ...claim, status: grown });
    placeVolumes(kubelet, pod);
    const message = `MountVolume.NodeExpandVolume succeeded for volume "${claim.spec.volumeName}" ${node.name}`;
    podEvent(kubelet, record, undefined, 'Normal', 'FileSystemResizeSuccessful', message);
    context.events.record(claim, 'Normal', 'FileSystemResizeSuccessful', message);
    context.say('expand', claim, `The file system of PersistentVolumeClaim ${claimName} has grown to ${size}`);
  }
}
