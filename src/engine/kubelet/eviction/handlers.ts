/** What wakes the kubelet for the sake of its node's memory, disk and process ids, and what it remembers of them. */
import type { Kubelet } from '../api-writes';
import type { KubeletMemory } from '../records';
import { handleSystemOom } from '../system-oom';
import { evictIfShort, isShort } from './eviction';
import { collectImages, isImageGcDue } from './image-gc';
import { NO_PRESSURE } from './synchronize';

/** By kinds of timers. */
export const PRESSURE_HANDLERS: readonly (readonly [string, (kubelet: Kubelet, key: string) => void])[] = [
  ['system-oom', handleSystemOom],
  ['eviction', evictIfShort],
  ['image-gc', collectImages],
];

/** Asked every ten seconds: has what is due looked at, and returns whether anything is. */
export function lookAround(kubelet: Kubelet): boolean {
  const { context } = kubelet;
  const isFull = isImageGcDue(kubelet);
  if (isFull) context.after(0, 'image-gc', '');
  const isStarved = isShort(kubelet);
  if (isStarved) context.after(0, 'eviction', '');
  return isFull || isStarved;
}

type PressureMemory = Pick<
  KubeletMemory,
  'eviction' | 'storageLimited' | 'startedMs' | 'imagesSeenMs' | 'imageGcMs' | 'imageGcFailed'
>;

/** Of a kubelet that has just begun. */
export function noPressure(): PressureMemory {
  return {
    eviction: NO_PRESSURE,
    storageLimited: new Set(),
    startedMs: 0,
    imagesSeenMs: new Map(),
    imageGcMs: 0,
    imageGcFailed: false,
  };
}
