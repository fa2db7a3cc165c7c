/**
 * Whom the kubelet evicts first. Pure.
 * Follows rankMemoryPressure, rankDiskPressureFunc and rankPIDPressure in pkg/kubelet/eviction/helpers.go. Where upstream leaves the order
 * to chance, the older record comes first.
 */
import { podRequests } from '../../api/pod';
import type { Pod } from '../../api/types';
import type { PodUsage } from '../../machine/cri';
import type { Resource } from './thresholds';

/** A Pod and what it uses; a Pod of which nothing is known goes first. */
export interface Measured {
  readonly pod: Pod;
  readonly usage: PodUsage | undefined;
}

/** A Pod with what counts when Pods are ranked. */
export interface Ranked {
  readonly pod: Pod;
  /** It uses more than it asks for; also one of which nothing is known. */
  readonly exceeds: boolean;
  readonly priority: number;
  readonly used: number;
  readonly requested: number;
}

const isLocal = (pod: Pod, name: string): boolean => {
  const volume = pod.spec.volumes?.find((one) => one.name === name);
  return volume?.emptyDir !== undefined && (volume.emptyDir.medium ?? '') === '';
};

/** The local volumes of a Pod, in bytes. */
function localVolumeBytes({ pod, usage }: Measured): number {
  let bytes = 0;
  for (const volume of usage?.volumes ?? []) if (isLocal(pod, volume.name)) bytes += volume.bytes;
  return bytes;
}

/** What a Pod has on the disk of its node: writable layers, logs, local volumes. */
export function diskBytes(measured: Measured): number {
  let bytes = localVolumeBytes(measured);
  for (const { rootfsBytes, logBytes } of measured.usage?.containers ?? []) bytes += rootfsBytes + logBytes;
  return bytes;
}

function usedOf(resource: Resource, measured: Measured): number {
  const { usage } = measured;
  if (!usage) return 0;
  if (resource === 'memory') return usage.memoryBytes;
  if (resource === 'pids') return usage.processes;
  if (resource === 'ephemeral-storage') return diskBytes(measured);
  const own = usage.containers.reduce((sum, { rootfsInodes }) => sum + rootfsInodes, 0);
  return usage.volumes.reduce((sum, { name, inodes }) => sum + (isLocal(measured.pod, name) ? inodes : 0), own);
}

/** The Pods in the order in which they are evicted for lack of a resource. */
export function rankForEviction(resource: Resource, pods: readonly Measured[]): Ranked[] {
  const ranked = pods.map((measured): Ranked & { isUnknown: boolean } => {
    const { pod, usage } = measured;
    const used = usedOf(resource, measured);
    const requested = podRequests(pod).get(resource) ?? 0;
    const isUnknown = usage === undefined;
    return {
      pod,
      isUnknown,
      exceeds: isUnknown || used > requested,
      priority: pod.spec.priority ?? 0,
      used,
      requested,
    };
  });
  // Of processes nobody asks for a number, so only priority and their number count.
  const byExcess = resource === 'pids' ? () => 0 : (a: Ranked, b: Ranked) => Number(b.exceeds) - Number(a.exceeds);
  const place = new Map(ranked.map((each, index) => [each, index]));
  ranked.sort(
    (a, b) =>
      (resource === 'pids' ? 0 : Number(b.isUnknown) - Number(a.isUnknown)) ||
      byExcess(a, b) ||
      a.priority - b.priority ||
      Number(b.isUnknown) - Number(a.isUnknown) ||
      b.used - b.requested - (a.used - a.requested) ||
      (place.get(a) as number) - (place.get(b) as number),
  );
  return ranked.map(({ isUnknown: _unknown, ...each }) => each);
}
