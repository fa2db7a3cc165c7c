/** What wakes the kubelet for the sake of its node's memory, disk and process ids. */
import type { Kubelet } from '../api-writes';
import { handleSystemOom } from '../system-oom';
import { evictIfShort, isShort } from './eviction';
import { collectImages, isImageGcDue } from './image-gc';

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
