/**
 * Runs simulations in slices short enough that questions in between are answered at once. Slicing never alters a run: where
 * a slice ends is of no consequence to what happens.
 */
import type { RunResult, Simulation } from '../engine/simulation';
import type { Place, Progress } from './protocol';

/** How long a slice may take before whatever waits has its turn. */
const SLICE_MS = 8;
/** Steps between two looks at the clock; small enough that one costly step more or less does not matter. */
const STEPS_PER_LOOK = 32;
/** Likewise timers, most of which make no step where Pods are probed or programs sleep. */
const TIMERS_PER_LOOK = 128;

export type Halt = Progress['halted'];

/** Where slices take their turns: after every message that waits already. */
export type Turns = (task: () => void) => void;

/** Does a piece of work bit by bit, whatever waits having its turn in between: {@link inSlices} somewhere. */
export type Slices = <T>(bit: () => T | undefined) => Promise<T>;

/** Does a piece of work bit by bit for the time of one slice, or until a bit gives something other than undefined. */
export function inOneSlice<T>(bit: () => T | undefined, now: () => number): T | undefined {
  const endMs = now() + SLICE_MS;
  for (;;) {
    const result = bit();
    if (result !== undefined || now() >= endMs) return result;
  }
}

/** As {@link inOneSlice}, a slice per turn, until there is a result. */
export function inSlices<T>(bit: () => T | undefined, turns: Turns, now: () => number): Promise<T> {
  return new Promise((resolve, reject) => {
    const slice = () => {
      try {
        const result = inOneSlice(bit, now);
        if (result === undefined) turns(slice);
        else resolve(result);
      } catch (error) {
        reject(error);
      }
    };
    slice();
  });
}

/** One bit of a run towards a time; undefined while there is more to do. */
export function runBit(simulation: Simulation, until: { timeMs?: number; step?: number }): RunResult | undefined {
  const result = simulation.run({ ...until, maxSteps: STEPS_PER_LOOK, maxTimers: TIMERS_PER_LOOK });
  // Having reached a time is not the end: there may be more to do in its very ms.
  if (result.stopped === 'timers') return undefined;
  if (result.stopped !== 'steps') return result;
  return until.step !== undefined && simulation.step >= until.step ? result : undefined;
}

/** What keeps a run from going on, if anything does. */
export function haltOf({ stopped, message = '' }: RunResult): Halt {
  return stopped === 'limit' || stopped === 'failed' ? { reason: stopped, message } : null;
}

/**
 * One bit of a run to a place: links open at moments that are yet to come. True when it is there, or can't get there. A step that has
 * not come by the time at which it was seen was seen in another run: it is not waited for any longer.
 */
export function runBitTo(simulation: Simulation, place: Place): true | undefined {
  const { timeMs = 0 } = place;
  if ('step' in place && simulation.step < place.step) {
    const result = runBit(simulation, place);
    return result && simulation.step < place.step ? true : undefined;
  }
  return simulation.nowMs >= timeMs || runBit(simulation, { timeMs }) ? true : undefined;
}

/** For how long a moment after the end of its scenario is waited for when something is opened there: whoever wrote a link may have named any. */
const PATIENCE_MS = 4_000;

/** The bits of a run to a place, as {@link runBitTo} does them, but after the end not for ever. */
export function bitsTo(simulation: Simulation, place: Place, endMs: number, now: () => number): () => true | undefined {
  let endedAtMs: number | undefined;
  return () => {
    if (simulation.nowMs > endMs) endedAtMs ??= now();
    return endedAtMs !== undefined && now() - endedAtMs > PATIENCE_MS ? true : runBitTo(simulation, place);
  };
}

/** Turns after every message that waits already: a timeout of 0 would wait 4 ms each time. */
export function createTurns(): Turns {
  const channel = new MessageChannel();
  const queued: (() => void)[] = [];
  channel.port1.onmessage = () => queued.shift()?.();
  return (task) => {
    queued.push(task);
    channel.port2.postMessage(null);
  };
}
