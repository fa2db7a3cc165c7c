/**
 * Runs a simulation on, step by step, and shows every moment to those who look: after each step, at each whole second and at moments asked
 * for. An expression is worked out again only when something that it was made of may have changed.
 */
import type { Simulation } from '../engine/simulation';
import { type Looks, type Moment, secondOf } from './moment';

/** One who looks at moments. */
export interface Observer {
  /** Looks at a moment; says what of it was looked at. Undefined: it wants to see no more. */
  look(moment: Moment): Looks | undefined;
  readonly fromMs: number;
  readonly toMs: number;
  /** It looks only when everything that happens in a millisecond has happened. */
  readonly afterwards?: boolean;
}

/** What was looked at last, at which step and second, and up to which revision it is known to have stayed. */
export interface LastLook {
  looks: Looks | undefined;
  step: number;
  revision: number;
  second: number;
}

/** Of one who has not looked yet. */
export const notLooked = (): LastLook => ({ looks: undefined, step: 0, revision: 0, second: -1 });

interface Watching extends LastLook {
  readonly observer: Observer;
  done: boolean;
}

/** Whether what a value was made of may have changed since it was looked at. */
export function mayDiffer(last: LastLook, moment: Moment): boolean {
  const { looks, step, revision, second } = last;
  const { simulation, step: now } = moment;
  if (!looks) return true;
  if (looks.everyStep && now !== step) return true;
  if (looks.everySecond && secondOf(moment) !== second) return true;
  const reached = simulation.revisionAt(now);
  if (reached === revision) return false;
  if (simulation.changes(revision, reached).some(({ kind }) => looks.kinds.has(kind))) return true;
  // These changes need not be gone through at the next moment again.
  last.revision = reached;
  return false;
}

/** Notes that a moment was looked at. */
export function noteLook(last: LastLook, looks: Looks | undefined, moment: Moment): void {
  last.looks = looks;
  last.step = moment.step;
  last.revision = moment.simulation.revisionAt(moment.step);
  last.second = secondOf(moment);
}

/** Shows a moment to all who want to see it. */
function show(all: readonly Watching[], moment: Moment): void {
  const { timeMs, isMidway } = moment;
  for (const one of all) {
    const { observer, done } = one;
    if (observer.afterwards && isMidway) continue;
    if (done || timeMs < observer.fromMs || timeMs > observer.toMs || !mayDiffer(one, moment)) continue;
    noteLook(one, observer.look(moment), moment);
    one.done = one.looks === undefined;
  }
}

/** Moments, beside those after steps, that somebody wants to see: whole seconds, and where windows begin and end. */
function momentsOf(observers: readonly Observer[], nowMs: number, untilMs: number): number[] {
  const moments = new Set(observers.flatMap(({ fromMs, toMs }) => [fromMs, Math.min(toMs, untilMs)]));
  for (let second = Math.ceil(nowMs / 1000); second * 1000 <= untilMs; second++) moments.add(second * 1000);
  moments.add(untilMs);
  return [...moments].filter((atMs) => atMs >= nowMs && atMs <= untilMs).sort((a, b) => a - b);
}

/**
 * Runs to a time and lets everybody look on. Stops early when nobody wants to see more, unless `toTheEnd`. Returns the message of a
 * run that could not go on.
 */
export function observe(
  simulation: Simulation,
  observers: readonly Observer[],
  untilMs: number,
  toTheEnd = false,
): string | undefined {
  const all = observers.map((observer) => ({ observer, ...notLooked(), done: false }));
  for (const timeMs of momentsOf(observers, simulation.nowMs, untilMs)) {
    for (;;) {
      const { stopped, message } = simulation.run({ timeMs, maxSteps: 1 });
      if (stopped === 'limit' || stopped === 'failed') return message;
      if (stopped !== 'steps') break;
      const { step } = simulation;
      show(all, { simulation, step, timeMs: simulation.traceAt(step).time, isMidway: true });
    }
    show(all, { simulation, step: simulation.step, timeMs });
    if (!toTheEnd && all.every(({ done }) => done)) return undefined;
  }
  return undefined;
}
