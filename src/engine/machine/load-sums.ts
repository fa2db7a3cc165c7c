/**
 * What is used of a node at most, as sums that are kept up while containers come and go: whether anything can run short is known without
 * looking at any of them. Pure.
 */

/** What a node has, in numbers. */
export interface NodeCapacity {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly inodes: number;
  readonly processes: number;
}

/** Amounts of what a node may run short of. */
export interface Amounts {
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly processes: number;
}

/** What may be used before it is worth a look. */
export interface Bounds extends Amounts {
  /** As many entries of the file system; any number where it is not said. */
  readonly inodes?: number;
}

const FIELDS = ['memoryBytes', 'diskBytes', 'processes'] as const;

/** Nothing at all. */
export const NO_AMOUNTS: Amounts = { memoryBytes: 0, diskBytes: 0, processes: 0 };

/** What is used at most. */
export interface Load {
  /** Of those that use no more than so much. */
  readonly peak: Amounts;
  /** How many use ever more. */
  readonly unbounded: Amounts;
  /** What is used beside Pods and images: by what faults let grow. */
  readonly outside: Amounts;
  readonly imageBytes: number;
}

/** Of an empty node. */
export const NO_LOAD: Load = { peak: NO_AMOUNTS, unbounded: NO_AMOUNTS, outside: NO_AMOUNTS, imageBytes: 0 };

const mapped = (make: (field: keyof Amounts) => number): Amounts => ({
  memoryBytes: make('memoryBytes'),
  diskBytes: make('diskBytes'),
  processes: make('processes'),
});

/** The load with one more (1) or less (-1) who uses so much at most. */
export function counted(load: Load, peak: Amounts, direction: 1 | -1): Load {
  const isBounded = (field: keyof Amounts): boolean => peak[field] !== Number.POSITIVE_INFINITY;
  return {
    ...load,
    peak: mapped((field) => load.peak[field] + (isBounded(field) ? direction * peak[field] : 0)),
    unbounded: mapped((field) => load.unbounded[field] + (isBounded(field) ? 0 : direction)),
  };
}

/** Whether the use may be more than this, now or later. `files` is the most that may have been written to files. */
export function mayExceed(load: Load, amounts: Amounts, files: number): boolean {
  return FIELDS.some((field) => {
    const more = field === 'diskBytes' ? load.imageBytes + files : field === 'memoryBytes' ? files : 0;
    return load.unbounded[field] > 0 || load.peak[field] + load.outside[field] + more > amounts[field];
  });
}
