/** What is known of the requests of a source, second by second: for `-o requests`, conditions and the page. Pure. */
import { endOf, range, type Series, valueAt } from '../measures/series';
import type { Simulation } from '../simulation';
import type { TrafficMemory } from './record';
import { trafficName } from './traffic';

/** Requests of a second, or of many. */
export interface RequestCounts {
  readonly sent: number;
  readonly ok: number;
  /** By reason; those with 0 are left out. */
  readonly failed: Readonly<Record<string, number>>;
}

const FAILED = 'failed ';

/** What a source remembers at the head of a run; undefined when there is no such source. */
export function memoryOfSource(simulation: Simulation, source: string): TrafficMemory | undefined {
  return simulation.memoryOf(trafficName(source)) as TrafficMemory | undefined;
}

function countsBy(memory: TrafficMemory, value: (series: Series) => number): RequestCounts {
  const failed: Record<string, number> = {};
  const reasons = [...memory.series.keys()].filter((key) => key.startsWith(FAILED)).sort();
  for (const key of reasons) {
    const count = value(memory.series.get(key) as Series);
    if (count > 0) failed[key.slice(FAILED.length)] = count;
  }
  const of = (key: string): number => {
    const series = memory.series.get(key);
    return series ? value(series) : 0;
  };
  return { sent: of('sent'), ok: of('ok'), failed };
}

/** The requests of one second. */
export function countsIn(memory: TrafficMemory, second: number): RequestCounts {
  return countsBy(memory, (series) => valueAt(series, second));
}

/** All requests before a second. */
export function countsBefore(memory: TrafficMemory, second: number): RequestCounts {
  return countsBy(memory, (series) => range(series, series.from, second).reduce((sum, value) => sum + value, 0));
}

/** The first second that something was sent in or ended in, and the one after the last; nothing when there was none. */
export function secondsOf({ series }: TrafficMemory): { readonly first: number; readonly end: number } | undefined {
  const known = [...series.values()];
  if (known.length === 0) return undefined;
  return { first: Math.min(...known.map(({ from }) => from)), end: Math.max(...known.map(endOf)) };
}

/** Nothing sent. */
export const NO_REQUESTS: RequestCounts = { sent: 0, ok: 0, failed: {} };

/** The sum of two. */
export function addCounts(left: RequestCounts, right: RequestCounts): RequestCounts {
  const failed: Record<string, number> = { ...left.failed };
  for (const [reason, count] of Object.entries(right.failed)) failed[reason] = (failed[reason] ?? 0) + count;
  return { sent: left.sent + right.sent, ok: left.ok + right.ok, failed };
}

/** All that failed, whatever the reason. */
export const failedOf = ({ failed }: RequestCounts): number =>
  Object.values(failed).reduce((sum, count) => sum + count, 0);
