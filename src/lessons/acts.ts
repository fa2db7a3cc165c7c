/** Does by hand what a lesson says, in a branch that stands at a moment of a run; and finds when a condition first holds from there on. */

import { holdsAt } from '../conditions/condition';
import { searchWith } from '../conditions/search';
import type { CelProgram } from '../engine/api/cel/cel';
import type { Simulation } from '../engine/simulation';
import type { Act } from '../scenario/lesson';
import { type Cursor, forkAt } from '../session/cursor';
import { type CommandRequest, type CommandResult, CommandRun } from '../session/run-command';

/** A run that could not go on, or an expression that has no value. */
export class LessonError extends Error {}

/** Runs to a time. Throws {@link LessonError}. */
export function runTo(simulation: Simulation, timeMs: number): void {
  const { stopped, message } = simulation.run({ timeMs });
  if (stopped === 'limit' || stopped === 'failed') throw new LessonError(message ?? 'the run can not go on');
}

/** The moment at which everything of a ms has happened. */
export function momentAt(simulation: Simulation, timeMs: number): Cursor {
  if (simulation.nowMs < timeMs) runTo(simulation, timeMs);
  return { step: simulation.stepAtTime(timeMs), timeMs };
}

/** A branch of a run in which acts were done from a moment on. Commands that follow do so up to `untilMs`; `told` hears what each act came to. */
export function withActs(
  from: Simulation,
  at: Cursor,
  acts: readonly Act[],
  untilMs: number,
  told?: (result: CommandResult, act: number) => void,
): Simulation {
  const simulation = forkAt(from, at);
  for (const [index, { afterMs, inputs }] of acts.entries()) {
    if (afterMs > 0) runTo(simulation, simulation.nowMs + afterMs);
    for (const input of inputs) {
      if (input.to !== 'user' || input.kind === 'join') simulation.act(input);
      else {
        const request = { untilMs, ...(input.payload as CommandRequest) } as CommandRequest;
        const result = new CommandRun(simulation, request).finish();
        told?.(result, index);
      }
    }
  }
  return simulation;
}

/** The first moment, from one on up to a time, at which a condition holds; undefined for none. Throws {@link LessonError}. */
export function firstHeld(
  simulation: Simulation,
  program: CelProgram,
  from: Cursor,
  untilMs: number,
): Cursor | undefined {
  const { holds, error } = holdsAt(program, { simulation, ...from });
  if (error !== undefined) throw new LessonError(error);
  if (holds) return from;
  const search = searchWith(simulation, program, { ...from, untilMs });
  for (;;) {
    const found = search();
    if (found === undefined) continue;
    if (found === 'nothing') return undefined;
    if ('problem' in found) throw new LessonError(found.problem);
    return found;
  }
}
