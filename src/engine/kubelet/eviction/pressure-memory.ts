/** What a kubelet remembers of its node's memory, disk and process ids. */
import { type EvictionMemory, NO_PRESSURE } from './synchronize';

/** A part of the kubelet's memory. */
export interface PressureMemory {
  eviction: EvictionMemory;
  /** Uids of Pods that may write only so much. */
  readonly storageLimited: Set<string>;
  startedMs: number;
  /** When a look first found an image that none was due to find, by its id. */
  readonly imagesSeenMs: Map<string, number>;
  /** Which of the looks at images was the last. */
  imageGcMs: number;
  imageGcFailed: boolean;
}

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
