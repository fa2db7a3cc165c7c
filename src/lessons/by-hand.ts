/**
 * What a person did, as a goal sees it. What **is** (a status) is for the system to say: where somebody has written one by hand, no goal counts. And
 * whether acts are those of a solution, one by one.
 */

import type { CelProgram } from '../engine/api/cel/cel';
import { deepEqual } from '../engine/api/plain';
import type { Simulation, TimedInput } from '../engine/simulation';
import type { LessonText, Task } from '../scenario/lesson';
import type { Cursor } from '../session/cursor';
import { firstHeld } from './acts';

/** What the API server notes of a write (apiserver/managed-fields.ts). */
interface Note {
  readonly writer?: { readonly subresource?: string };
}

/** Whether a person wrote a status in a run, up to a step. */
export function hasStatusByHand(simulation: Simulation, upTo: number): boolean {
  return simulation
    .changes(0, simulation.revisionAt(upTo))
    .some(
      ({ note, step }) =>
        step > 0 &&
        (note as Note | undefined)?.writer?.subresource === 'status' &&
        simulation.traceAt(step).actor === 'user',
    );
}

/** The first moment, from one on up to a time, at which a goal is met. Throws what {@link firstHeld} throws. */
export function firstMet(simulation: Simulation, goal: CelProgram, from: Cursor, untilMs: number): Cursor | undefined {
  const found = firstHeld(simulation, goal, from, untilMs);
  return found && hasStatusByHand(simulation, found.step) ? undefined : found;
}

const wordsOf = (text: LessonText): string => (typeof text === 'string' ? text : text.en);

const commandOf = (payload: unknown): string | undefined => {
  const { command } = payload as { readonly command?: unknown };
  return typeof command === 'string' ? command.trim().replace(/\s+/g, ' ') : undefined;
};

/**
 * Whether what was done for a task is what its solution does, act by act: that may be copied, and may be found. What anybody would type is no sign of
 * anything: a solution of one act, or one whose commands the hints tell.
 */
export function isLikeSolution(acts: readonly TimedInput[], { solution, hints }: Task): boolean {
  const wanted = solution.flatMap(({ inputs }) => inputs);
  if (wanted.length < 2 || wanted.length !== acts.length) return false;
  const told = hints.map(wordsOf).join('\n').replace(/\s+/g, ' ');
  const isTold = wanted.every(({ payload }) => {
    const command = commandOf(payload);
    return command !== undefined && told.includes(command);
  });
  return (
    !isTold &&
    wanted.every(({ to, kind, payload }, index) => {
      const act = acts[index] as TimedInput;
      const command = commandOf(payload);
      if (act.to !== to || act.kind !== kind) return false;
      return command === undefined ? deepEqual(act.payload, payload) : commandOf(act.payload) === command;
    })
  );
}
