/** Inputs of a scenario that come after so many steps of their ms, rather than before everything in it. */
import type { TimerQueue } from '../kernel/timers';
import type { TimedInput } from '../simulation';

interface AfterSteps {
  /** Of its timer, which is the last of its ms until it is brought forward. */
  readonly key: string;
  readonly afterSteps: number;
}

/** Those among a scenario's inputs, by their ms, in their order. */
export type InputsAfterSteps = ReadonlyMap<number, readonly AfterSteps[]>;

/** See the header; 0 for others. */
export const afterStepsOf = (input: TimedInput): number => ('afterSteps' in input ? (input.afterSteps ?? 0) : 0);

/** See {@link InputsAfterSteps}; `keyOf`: of the timer of one. */
export function inputsAfterSteps(inputs: readonly TimedInput[], keyOf: (index: number) => string): InputsAfterSteps {
  const found = new Map<number, AfterSteps[]>();
  inputs.forEach((input, index) => {
    const afterSteps = afterStepsOf(input);
    if (afterSteps === 0) return;
    const own = found.get(input.atMs) ?? [];
    own.push({ key: keyOf(index), afterSteps });
    found.set(input.atMs, own);
  });
  return found;
}

/** Gives those of this ms their turn whose steps have been: `steps` of it have. */
export function bringForward(due: readonly AfterSteps[], timers: TimerQueue, steps: number): void {
  for (const { key, afterSteps } of due) if (steps >= afterSteps) timers.bringForward(key);
}
