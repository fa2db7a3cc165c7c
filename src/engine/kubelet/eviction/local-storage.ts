/**
 * Pods that have written more to their node's disk than they may: a volume, the Pod as a whole, a container. Pure.
 * Follows localStorageEviction in pkg/kubelet/eviction/eviction_manager.go.
 */
import { podLimits } from '../../api/pod';
import { canonicalQuantity, quantityValue } from '../../api/quantity';
import type { Pod } from '../../api/types';
import { sizeText } from '../../machine/load';
import type { Kubelet } from '../api-writes';
import type { PodRecord } from '../records';
import { diskBytes, type Measured } from './ranking';

const STORAGE = 'ephemeral-storage';

/** Whether anything limits what a Pod may write. */
function isStorageLimited({ spec }: Pod): boolean {
  return (
    (spec.volumes?.some(({ emptyDir }) => quantityValue(emptyDir?.sizeLimit) > 0) ?? false) ||
    [...spec.containers, ...(spec.initContainers ?? [])].some(({ resources }) => resources?.limits?.[STORAGE])
  );
}

function fullVolume({ pod, usage }: Measured): string | undefined {
  for (const { name, emptyDir } of pod.spec.volumes ?? []) {
    const limit = emptyDir?.sizeLimit;
    const used = usage?.volumes.find((volume) => volume.name === name)?.bytes ?? 0;
    if (limit === undefined || quantityValue(limit) <= 0 || used <= quantityValue(limit)) continue;
    return `Usage of EmptyDir volume "${name}" exceeds the limit "${canonicalQuantity(limit)}". `;
  }
  return undefined;
}

function fullPod(measured: Measured): string | undefined {
  const limit = podLimits(measured.pod).get(STORAGE);
  if (limit === undefined || diskBytes(measured) <= limit) return undefined;
  return `Pod ephemeral local storage usage exceeds the total limit of containers ${sizeText(limit)}. `;
}

function fullContainer({ pod, usage }: Measured): string | undefined {
  for (const { name, rootfsBytes, logBytes } of usage?.containers ?? []) {
    const limit = pod.spec.containers.find((container) => container.name === name)?.resources?.limits?.[STORAGE];
    if (limit === undefined || quantityValue(limit) === 0 || rootfsBytes + logBytes <= quantityValue(limit)) continue;
    return `Container ${name} exceeded its local ephemeral storage limit "${canonicalQuantity(limit)}". `;
  }
  return undefined;
}

/** The message with which a Pod is evicted that has written too much; undefined for one that has not. */
export function overLocalLimit(measured: Measured): string | undefined {
  if (!measured.usage) return undefined;
  return fullVolume(measured) ?? fullPod(measured) ?? fullContainer(measured);
}

/** Notes a Pod whose writing is limited. */
export function noteStorageLimit({ context }: Kubelet, { uid, pod }: PodRecord): void {
  if (isStorageLimited(pod)) context.memory.storageLimited.add(uid);
}
