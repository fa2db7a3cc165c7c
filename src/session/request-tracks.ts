/** The timeline's lanes of requests: per source how many a second were answered and how many failed, cut into buckets. */
import { EMPTY_SERIES, meanBefore, range } from '../engine/measures/series';
import type { Simulation } from '../engine/simulation';
import { countsBefore, failedOf, memoryOfSource, NO_REQUESTS } from '../engine/traffic/counts';

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

/** The track of a source. Seconds that are not over yet are -1. */
export function requestTrack(simulation: Simulation, source: string, { fromMs, toMs, buckets }: Stretch): RequestTrack {
  const over = Math.floor(simulation.nowMs / 1000);
  const spanMs = (toMs - fromMs) / buckets;
  const memory = memoryOfSource(simulation, source);
  const seriesOf = (key: 'ok' | 'failed') => memory?.series.get(key) ?? EMPTY_SERIES;
  const ok: number[] = [];
  const failed: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const first = Math.floor((fromMs + bucket * spanMs) / 1000);
    const end = Math.min(over, Math.max(first + 1, Math.ceil((fromMs + (bucket + 1) * spanMs) / 1000)));
    if (first >= over) {
      ok.push(-1);
      failed.push(-1);
      continue;
    }
    ok.push(meanBefore(seriesOf('ok'), end, end - first));
    // A second with failures must be seen, however many seconds a bucket holds.
    failed.push(Math.max(...range(seriesOf('failed'), first, end)));
  }
  const soFar = memory ? countsBefore(memory, over) : NO_REQUESTS;
  return { source, ok, failed, answered: soFar.ok, lost: failedOf(soFar) };
}

/** The requests of all sources in the whole seconds of a stretch of time. */
export function requestsBetween(
  simulation: Simulation,
  fromMs: number,
  toMs: number,
): { sent: number; failed: number } {
  const first = Math.ceil(fromMs / 1000);
  const end = Math.max(first, Math.floor(toMs / 1000));
  let [sent, failed] = [0, 0];
  for (const source of sourcesOf(simulation)) {
    const memory = memoryOfSource(simulation, source);
    if (!memory) continue;
    const [before, after] = [countsBefore(memory, first), countsBefore(memory, end)];
    sent += after.sent - before.sent;
    failed += failedOf(after) - failedOf(before);
  }
  return { sent, failed };
}

/** The names of all sources, in the order of the scenario. */
export const sourcesOf = (simulation: Simulation): string[] =>
  (simulation.config.traffic ?? []).map(({ name }) => name);
