/** Searches along a run, which is brought on as far as they go. */
import type { Found, Stretch } from '../conditions/search';
import { deepEqual } from '../engine/api/plain';
import type { Simulation } from '../engine/simulation';
import { type ControlPlane, controlPlaneOf } from '../view/control-plane';
import { type HeldFault, heldFaults } from '../view/held-faults';
import { isHeartbeat, isRepeated, mattersIn, type StepLevel } from '../view/step-weight';
import { linkOf, type WhyLink } from '../view/why';
import type { LogLine, LogWindow, Moment } from './protocol';
import { runBit } from './run-ahead';

/** Steps within which what was done by hand shows up: whatever is due at the same moment may come first. */
const ACT_STEPS = 200;
/** A search for the next reconcile gives up after so many steps. */
const SEARCH_STEPS = 50_000;

/**
 * The first step after another, and no later than now, that a person or a fault made; of a machine that is added, the one in which it joins.
 * What was there before the act, in the branch that it split from, is none of it.
 */
export function stepOfAct(simulation: Simulation, after: number, before = simulation): number | undefined {
  const timeMs = simulation.nowMs;
  let added: number | undefined;
  for (let step = after + 1; step <= after + ACT_STEPS; step += 1) {
    while (step > simulation.step && !runBit(simulation, { step, timeMs }));
    if (step > simulation.step) return added;
    if (isIn(before, simulation, step)) continue;
    const { actor, verb, cause } = simulation.traceAt(step);
    if (added !== undefined && cause === added) return step;
    if (added !== undefined || (actor !== 'user' && actor !== 'fault')) continue;
    if (verb !== 'join') return step;
    added = step;
  }
  return added;
}

/** Whether another run has the very step. */
const isIn = (before: Simulation, simulation: Simulation, step: number): boolean =>
  before !== simulation && step <= before.step && deepEqual(before.traceAt(step), simulation.traceAt(step));

/** Whether there is a step, running on to it if need be; undefined while that takes another bit. False beyond `untilMs`. */
function isThere(simulation: Simulation, step: number, untilMs: number): boolean | undefined {
  if (step <= simulation.step) return true;
  if (simulation.nowMs >= untilMs) return false;
  return runBit(simulation, { step, timeMs: untilMs }) ? step <= simulation.step : undefined;
}

/** A search, bit by bit, for the next step of a controller or the scheduler. */
export function reconcileAfter(simulation: Simulation, { step: from, untilMs }: Stretch): () => Found | undefined {
  let step = from + 1;
  return () => {
    const there = step > from + SEARCH_STEPS ? false : isThere(simulation, step, untilMs);
    if (!there) return there === false ? 'nothing' : undefined;
    const { actor, time: timeMs } = simulation.traceAt(step);
    if (timeMs > untilMs) return 'nothing';
    if (isReconcile(actor)) return { step, timeMs };
    step += 1;
    return undefined;
  };
}

const timeOf = (simulation: Simulation, step: number): number =>
  step >= 1 && step <= simulation.step ? simulation.traceAt(step).time : 0;

function isReconcile(actor: string): boolean {
  return actor.endsWith('-controller') || actor.includes('scheduler');
}

/** So far ahead a step that matters is looked for, and to the end of the timeline at least. */
const STRIDE_MS = 120_000;

/**
 * A search, bit by bit, for the next step in a direction that matters on a level; where there is none near, for the last one of the
 * timeline, whose end is at `endMs`; nothing leads on from there.
 */
export function stepThatMatters(
  simulation: Simulation,
  from: number,
  by: 1 | -1,
  level: StepLevel,
  endMs: number,
): () => number | undefined {
  const untilMs = Math.max(endMs, timeOf(simulation, from) + STRIDE_MS);
  let step = Math.max(0, from + by);
  return () => {
    if (step <= 0) return 0;
    const there = isThere(simulation, step, untilMs);
    if (there === undefined) return undefined;
    if (!there || simulation.traceAt(step).time > untilMs) return Math.max(from, simulation.stepAtTime(endMs));
    if (mattersIn(simulation, simulation.traceAt(step), level)) return step;
    step += by;
    return undefined;
  };
}

type Fold = Extract<LogLine, { type: 'fold' }>;

/** A log looks so many steps far for its lines. */
const LOG_STEPS = 3_000;

/** The lines of the log around a step, oldest first. What doesn't matter on a level is folded. */
export function logAround(simulation: Simulation, { step, before, after }: LogWindow, level: StepLevel): LogLine[] {
  const earlier = linesOf(simulation, { from: step, by: -1, count: before }, level).reverse();
  const later = linesOf(simulation, { from: step + 1, by: 1, count: after }, level);
  const [last, first] = [earlier.at(-1), later[0]];
  if (last?.type !== 'fold' || first?.type !== 'fold') return [...earlier, ...later];
  // The step itself is folded: what is before and after it is one fold.
  const folded: Fold = {
    type: 'fold',
    first: last.first,
    count: last.count + first.count,
    heartbeats: last.heartbeats + first.heartbeats,
    probes: last.probes + first.probes,
    requests: last.requests + first.requests,
  };
  return [...earlier.slice(0, -1), folded, ...later.slice(1)];
}

interface Lines {
  readonly from: number;
  readonly by: 1 | -1;
  readonly count: number;
}

/** Lines in one direction. */
function linesOf(simulation: Simulation, { from, by, count }: Lines, level: StepLevel): LogLine[] {
  const lines: LogLine[] = [];
  let folded: Fold | undefined;
  let shown = 0;
  for (let step = from; shown < count && step > 0 && step <= simulation.step; step += by) {
    if (Math.abs(step - from) > LOG_STEPS) break;
    const record = simulation.traceAt(step);
    if (!mattersIn(simulation, record, level)) {
      const again = isRepeated(simulation, record) && record.verb;
      folded = {
        type: 'fold',
        first: Math.min(step, folded?.first ?? step),
        count: (folded?.count ?? 0) + 1,
        heartbeats: (folded?.heartbeats ?? 0) + Number(isHeartbeat(record)),
        probes: (folded?.probes ?? 0) + Number(again === 'probe'),
        requests: (folded?.requests ?? 0) + Number(again === 'fail'),
      };
      continue;
    }
    if (folded) lines.push(folded);
    folded = undefined;
    lines.push({ type: 'step', link: linkOf(record) });
    shown += 1;
  }
  if (folded && shown < count) lines.push(folded);
  return lines;
}

/** How the components stood at a moment: what they remember is only known at a head, so a branch is made to look at. */
export function controlPlaneAt(simulation: Simulation, at: Moment & { readonly follow: number }): ControlPlane {
  return controlPlaneOf(standingAt(simulation, at), simulation, at.follow);
}

/** The faults that hold at a moment. */
export const faultsAt = (simulation: Simulation, at: Moment): readonly HeldFault[] =>
  heldFaults(standingAt(simulation, at));

/** A run whose head is a moment of another, to be looked at only. */
function standingAt(simulation: Simulation, { step, timeMs }: Moment): Simulation {
  if (step === simulation.step && timeMs === simulation.nowMs) return simulation;
  const branch = simulation.fork(step);
  // What is due in the very ms of the step stays to come; nothing later than the moment is a step any more.
  if (timeMs > branch.nowMs) branch.run({ timeMs });
  return branch;
}

/** Steps that are gone through for a text, and those that are told of. */
const SEARCHED = 100_000;
const FOUND = 12;

/** Steps whose sentence has a text in it, the nearest to a step first. */
export function stepsWith(simulation: Simulation, text: string, near: number): WhyLink[] {
  const wanted = text.trim().toLowerCase();
  const found: WhyLink[] = [];
  if (wanted === '') return found;
  for (let away = 0; away < SEARCHED && found.length < FOUND; away += 1) {
    const sides = away === 0 ? [near] : [near + away, near - away];
    if (sides.every((step) => step < 1 || step > simulation.step)) break;
    for (const step of sides) {
      if (step < 1 || step > simulation.step) continue;
      const record = simulation.traceAt(step);
      if (record.message.toLowerCase().includes(wanted)) found.push(linkOf(record));
    }
  }
  return found;
}
