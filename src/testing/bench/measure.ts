/** Measuring one piece of work in this process: CPU seconds and peak memory. For `npm run bench` only; nothing is asserted here. */

/** What a piece of work cost. */
export interface Cost {
  readonly cpuS: number;
  readonly peakMiB: number;
}

const MIB = 1024 * 1024;

/** CPU seconds (user and system) since `since`, or since the process began. */
export function cpuSeconds(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/** Highest resident memory of this process so far. */
export function peakMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** Heap and buffers in use after a collection (`node --expose-gc`). */
export function heapMiB(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / MIB;
}

/** The value below which a fraction of the sorted numbers lies. */
export function percentile(sorted: readonly number[], fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? 0;
}
