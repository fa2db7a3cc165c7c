/**
 * How two branches differ as time goes, on one clock: the first step that is another one, and how many objects differ at every time. It reads
 * what both have run since it was last asked, and nothing twice.
 */
import { deepEqual } from '../../engine/api/plain';
import type { Simulation } from '../../engine/simulation';
import type { TraceStep } from '../../engine/trace/trace';
import { bucketOf, type Grid } from '../lanes/grid';
import type { Series } from '../lanes/lane-shapes';
import { type Change, countBelow } from '../lanes/track-index';
import { rowOf } from '../row-of';

type Readable = Pick<Simulation, 'traceAt' | 'step' | 'nowMs' | 'changes' | 'revisionAt' | 'stepAtTime'>;

/** Whether two steps tell the same. */
function isSameStep(a: TraceStep, b: TraceStep): boolean {
  if (a === b) return true;
  const { time, actor, verb, message, object } = a;
  return (
    time === b.time &&
    actor === b.actor &&
    verb === b.verb &&
    message === b.message &&
    object?.kind === b.object?.kind &&
    object?.name === b.object?.name
  );
}

/** What of an object is drawn; its id is another in every run. */
function drawn(value: Change['value']): unknown {
  const row = value && rowOf(value);
  return row && { ...row, uid: '' };
}

class Side {
  revision = 0;
  readonly values = new Map<string, Change['value']>();

  constructor(readonly simulation: Readable) {}

  /** The changes up to a time that have not been read. */
  read(timeMs: number): readonly Change[] {
    const { simulation } = this;
    const reached = simulation.revisionAt(simulation.stepAtTime(timeMs));
    const changes = simulation.changes(this.revision, reached);
    this.revision = Math.max(this.revision, reached);
    return changes;
  }
}

/** See the header. */
export class Divergence {
  /** The first step that is another one, or that only one has; null while there is none. */
  first: number | null = null;
  private compared = 0;
  private readonly a: Side;
  private readonly b: Side;
  private readonly differing = new Set<string>();
  private readonly times: number[] = [];
  private readonly counts: number[] = [];

  constructor(a: Readable, b: Readable) {
    this.a = new Side(a);
    this.b = new Side(b);
  }

  /** Takes in what both have run since. */
  advance(): this {
    const [a, b] = [this.a.simulation, this.b.simulation];
    const common = Math.min(a.step, b.step);
    while (this.first === null && this.compared < common) {
      this.compared += 1;
      if (!isSameStep(a.traceAt(this.compared), b.traceAt(this.compared))) this.first = this.compared;
    }
    // One that has come to a step the other has not in the same time has gone its own way.
    if (this.first === null && a.step !== b.step) {
      const [longer, shorter] = a.step > b.step ? [a, b] : [b, a];
      if (longer.traceAt(common + 1).time <= shorter.nowMs) this.first = common + 1;
    }
    this.readChanges(Math.min(a.nowMs, b.nowMs));
    return this;
  }

  /** How many objects differ at the end of each bucket; the most there were within it. */
  countsIn(grid: Grid): Series {
    const { times, counts } = this;
    const series = new Array<number>(grid.buckets).fill(0);
    let next = countBelow(times, grid.fromMs);
    let present = counts[next - 1] ?? 0;
    for (let bucket = 0; bucket < grid.buckets && bucket <= grid.head; bucket += 1) {
      let most = present;
      while (next < times.length && bucketOf(grid, times[next]!) <= bucket && times[next]! <= grid.toMs) {
        present = counts[next]!;
        most = Math.max(most, present);
        next += 1;
      }
      series[bucket] = most;
    }
    return series;
  }

  private readChanges(untilMs: number): void {
    const all = [
      ...this.a.read(untilMs).map((change) => ({ change, side: this.a })),
      ...this.b.read(untilMs).map((change) => ({ change, side: this.b })),
    ].sort((x, y) => x.change.atMs - y.change.atMs || x.change.revision - y.change.revision);
    for (let at = 0; at < all.length; ) {
      const { atMs } = all[at]!.change;
      const touched = new Set<string>();
      for (; at < all.length && all[at]!.change.atMs === atMs; at += 1) {
        const { change, side } = all[at]!;
        const key = `${change.kind} ${change.key}`;
        side.values.set(key, change.value);
        touched.add(key);
      }
      for (const key of touched) this.compare(key);
      if (this.counts.at(-1) !== this.differing.size) {
        this.times.push(atMs);
        this.counts.push(this.differing.size);
      }
    }
  }

  private compare(key: string): void {
    const [a, b] = [this.a.values.get(key), this.b.values.get(key)];
    if (a === b || deepEqual(drawn(a), drawn(b))) this.differing.delete(key);
    else this.differing.add(key);
  }
}
