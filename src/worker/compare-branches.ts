/** Two branches beside each other: brought to the same time, and held against one another. */
import { deepEqual } from '../engine/api/plain';
import type { Simulation } from '../engine/simulation';
import { bothMasked } from '../session/hidden-secrets';
import { requestsBetween } from '../session/request-tracks';
import type { Session } from '../session/session';
import { Divergence } from '../view/compare/divergence';
import { objectDifferences } from '../view/compare/object-differences';
import { gridOf } from '../view/lanes/grid';
import type { Lane } from '../view/lanes/lane-shapes';
import { totalsOf } from '../view/lanes/totals';
import type { TrackIndex } from '../view/lanes/track-index';
import { workloadLane, workloadLines } from '../view/lanes/workload-lane';
import { linkOf } from '../view/why';
import type { Held } from './held';
import type { Requests } from './protocol';
import { runBitTo, type Slices } from './run-ahead';
import type { ComparedWorkload, Comparison } from './timeline-shapes';

/** What is read of branches, and kept as long as they are. */
export interface Readers {
  readonly indexOf: (simulation: Simulation) => TrackIndex;
  readonly slices: Slices;
  readonly held: Held;
}

/** So many objects that differ are told of one by one. */
const MOST_OBJECTS = 200;

function simulationOf(session: Session, id: number): Simulation {
  const found = session.branches.find((branch) => branch.id === id);
  if (!found) throw new Error(`there is no branch ${id}`);
  return found.simulation;
}

/** Workloads whose lanes differ, each on both sides. */
function workloadsOf(a: TrackIndex, b: TrackIndex, grid: ReturnType<typeof gridOf>): ComparedWorkload[] {
  const ids = new Set([...workloadLines(a), ...workloadLines(b)].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const laneIn = (index: TrackIndex): Lane | null => {
      const line = index.line(id);
      return line ? workloadLane(index, line, grid) : null;
    };
    const [one, other] = [laneIn(a), laneIn(b)];
    return deepEqual(one, other) ? [] : [{ id, a: one, b: other }];
  });
}

/** See the header; what was read of a pair of branches is read on. */
export function comparer(session: () => Session, { indexOf, slices, held }: Readers) {
  const known = new WeakMap<Simulation, WeakMap<Simulation, Divergence>>();
  const divergenceOf = (a: Simulation, b: Simulation): Divergence => {
    const ofA = known.get(a) ?? new WeakMap<Simulation, Divergence>();
    known.set(a, ofA);
    const divergence = ofA.get(b) ?? new Divergence(a, b);
    ofA.set(b, divergence);
    return divergence.advance();
  };
  return async ({ a: idA, b: idB, timeMs, buckets }: Requests['compare']['params']): Promise<Comparison> => {
    const both = [simulationOf(session(), idA), simulationOf(session(), idB)] as const;
    const untilMs = Math.min(Math.max(both[0].nowMs, both[1].nowMs), held.untilMs);
    for (const each of both) await slices(() => runBitTo(each, { timeMs: untilMs }));
    const [a, b] = [held.partOf(both[0]), held.partOf(both[1])];
    const divergence = divergenceOf(a, b);
    const { first } = divergence;
    const toMs = Math.min(a.nowMs, b.nowMs);
    const firstIn = (each: Simulation) => (first !== null && first <= each.step ? linkOf(each.traceAt(first)) : null);
    const [firstA, firstB] = [firstIn(a), firstIn(b)];
    const fromMs = first === null ? 0 : Math.min(firstA?.timeMs ?? toMs, firstB?.timeMs ?? toMs);
    const grid = gridOf({ fromMs: 0, toMs: Math.max(1, toMs), buckets }, toMs);
    const objects = objectDifferences(
      { simulation: a, step: a.stepAtTime(timeMs) },
      { simulation: b, step: b.stepAtTime(timeMs) },
      bothMasked,
    );
    const summaryOf = (each: Simulation) => ({
      ...totalsOf(indexOf(each), { fromMs, toMs }, null),
      requests: requestsBetween(each, fromMs, toMs),
    });
    return {
      first: first === null ? null : { step: first, timeMs: fromMs, a: firstA, b: firstB },
      toMs,
      differing: divergence.countsIn(grid),
      workloads: workloadsOf(indexOf(a), indexOf(b), grid),
      objects: objects.slice(0, MOST_OBJECTS),
      differingObjects: objects.length,
      a: summaryOf(a),
      b: summaryOf(b),
    };
  };
}
