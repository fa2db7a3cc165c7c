/** The timeline's lanes of requests: per source how many a second were answered and how many failed, cut into buckets. */
import type { Simulation } from '../engine/simulation';
import { countsBefore, countsIn, failedOf, NO_REQUESTS } from '../engine/traffic/counts';
import type { TrafficMemory } from '../engine/traffic/record';

/** Requests of one source per second, by bucket; -1 where no second is over yet. */
export interface RequestTrack {
  readonly source: string;
  readonly ok: readonly number[];
  readonly failed: readonly number[];
  /** In all so far. */
  readonly answered: number;
  readonly lost: number;
}

/** A stretch of virtual time and into how many buckets it is cut. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly buckets: number;
}

/** One track for each source, in the order of the scenario. Seconds that are not over yet are -1. */
export function requestTracks(simulation: Simulation, { fromMs, toMs, buckets }: Stretch): RequestTrack[] {
  const over = Math.floor(simulation.nowMs / 1000);
  const spanMs = (toMs - fromMs) / buckets;
  return (simulation.config.traffic ?? []).map(({ name }) => {
    const memory = simulation.memoryOf(`traffic/${name}`) as TrafficMemory | undefined;
    const known = new Map<number, { ok: number; failed: number }>();
    const at = (second: number): { ok: number; failed: number } => {
      const counts = memory && !known.has(second) ? countsIn(memory, second) : undefined;
      if (counts) known.set(second, { ok: counts.ok, failed: failedOf(counts) });
      return known.get(second) ?? { ok: 0, failed: 0 };
    };
    const ok: number[] = [];
    const failed: number[] = [];
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const first = Math.floor((fromMs + bucket * spanMs) / 1000);
      const last = Math.max(first, Math.ceil((fromMs + (bucket + 1) * spanMs) / 1000) - 1);
      if (first >= over) {
        ok.push(-1);
        failed.push(-1);
        continue;
      }
      const seconds = Array.from({ length: Math.min(last, over - 1) - first + 1 }, (_, index) => at(first + index));
      ok.push(seconds.reduce((sum, each) => sum + each.ok, 0) / seconds.length);
      // A second with failures must be seen, however many seconds a bucket holds.
      failed.push(Math.max(...seconds.map((each) => each.failed)));
    }
    const soFar = memory ? countsBefore(memory, over) : NO_REQUESTS;
    return { source: name, ok, failed, answered: soFar.ok, lost: failedOf(soFar) };
  });
}
