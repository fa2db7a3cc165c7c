/** What a stretch of time comes to: Pods made and removed, restarts, and how far workloads fell below what was wanted, and for how long. */

import { rowOf } from '../row-of';
import { isPod } from '../rows';
import { belongsTo } from './lanes';
import { type Change, countBelow, type ObjectLine, type TrackIndex } from './track-index';
import { countsAt, workloadLines } from './workload-lane';

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** When a workload was furthest below what it wanted, by Pods that were missing; of those that are even, the one with fewest. */
export interface Lowest {
  readonly id: string;
  readonly available: number;
  readonly desired: number;
}

/** How long something lasted, and of which workload. */
export interface Longest {
  readonly id: string;
  readonly ms: number;
}

/** See the header. */
export interface Totals {
  readonly podsCreated: number;
  readonly podsRemoved: number;
  readonly restarts: number;
  readonly lowest: Lowest | null;
  /** Longest without any Pod available. */
  readonly unavailable: Longest | null;
  /** Longest with fewer available than wanted. */
  readonly short: Longest | null;
}

const restartsIn = (change: Change | undefined): number => {
  const row = change?.value && rowOf(change.value);
  return row && isPod(row) ? row.restarts : 0;
};

interface Standing {
  readonly available: number;
  readonly desired: number;
  readonly ms: number;
}

/** How a workload stood, stretch by stretch, while it was there and wanted Pods. */
function standings({ changes, times, kind }: ObjectLine, { fromMs, toMs }: Stretch): Standing[] {
  const found: Standing[] = [];
  for (let at = Math.max(0, countBelow(times, fromMs + 1) - 1); at < changes.length && times[at]! <= toMs; at += 1) {
    const value = changes[at]?.value;
    const counts = value && countsAt(value, kind);
    const endMs = Math.min(toMs, times[at + 1] ?? Infinity);
    const ms = endMs - Math.max(fromMs, times[at]!);
    // What is corrected in the same ms was never seen.
    if (!counts || counts.available === undefined || (ms <= 0 && toMs > fromMs)) continue;
    if (counts.desired) found.push({ available: counts.available, desired: counts.desired, ms });
  }
  return found;
}

function longestOf(all: readonly Standing[], holds: (standing: Standing) => boolean): number {
  let [longest, present] = [0, 0];
  for (const standing of all) {
    present = holds(standing) ? present + standing.ms : 0;
    longest = Math.max(longest, present);
  }
  return longest;
}

const longer = (best: Longest | null, id: string, ms: number): Longest | null =>
  ms > (best?.ms ?? 0) ? { id, ms } : best;

type Counts = Pick<Standing, 'available' | 'desired'>;

/** More than wanted is no less bad than as many. */
function isLower(one: Counts, other: Counts): boolean {
  const missing = ({ available, desired }: Counts) => Math.max(0, desired - available);
  const more = missing(one) - missing(other);
  return more === 0 ? one.available < other.available : more > 0;
}

/** The totals of a stretch; `holder`: only of that workload. */
export function totalsOf(index: TrackIndex, stretch: Stretch, holder: string | null): Totals {
  let [podsCreated, podsRemoved, restarts] = [0, 0, 0];
  for (const line of index.objects.get('Pod') ?? []) {
    const first = countBelow(line.times, stretch.fromMs);
    const end = countBelow(line.times, stretch.toMs + 1);
    if (first === end || (holder !== null && !belongsTo(index, line, holder))) continue;
    for (let at = first; at < end; at += 1) {
      const { value, previous } = line.changes[at]!;
      if (value !== undefined && previous === undefined) podsCreated += 1;
      if (value === undefined) podsRemoved += 1;
      restarts += Math.max(
        0,
        value ? restartsIn(line.changes[at]) - (previous ? restartsIn(line.changes[at - 1]) : 0) : 0,
      );
    }
  }
  let lowest: Lowest | null = null;
  let unavailable: Longest | null = null;
  let short: Longest | null = null;
  for (const line of workloadLines(index)) {
    if (holder !== null && line.id !== holder) continue;
    const all = standings(line, stretch);
    for (const { available, desired } of all) {
      if (!lowest || isLower({ available, desired }, lowest)) lowest = { id: line.id, available, desired };
    }
    unavailable = longer(
      unavailable,
      line.id,
      longestOf(all, ({ available }) => available === 0),
    );
    short = longer(
      short,
      line.id,
      longestOf(all, ({ available, desired }) => available < desired),
    );
  }
  return { podsCreated, podsRemoved, restarts, lowest, unavailable, short };
}
