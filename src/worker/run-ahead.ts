/**
 * Runs a branch ahead in slices short enough that questions in between are answered at once. Slicing never alters a
 * run: where a slice ends is of no consequence to what happens.
 */
import type { Simulation } from '../engine/simulation';
import type { Progress } from './protocol';

const SLICE_MS = 8;
/** Steps between two looks at the clock; small enough that one costly step more or less does not matter. */
const STEPS_PER_LOOK = 32;
/** Likewise timers, most of which make no step where Pods are probed or programs sleep. */
const TIMERS_PER_LOOK = 128;

export type Halt = Progress['halted'];

/** One slice towards a time. `more` is true when there is still something to do. */
export function runSlice(simulation: Simulation, horizonMs: number): { more: boolean; halted: Halt } {
  const endMs = performance.now() + SLICE_MS;
  // Having reached the horizon is not the end: there may be more to do in its very ms.
  for (;;) {
    const result = simulation.run({ timeMs: horizonMs, maxSteps: STEPS_PER_LOOK, maxTimers: TIMERS_PER_LOOK });
    if (result.stopped === 'limit' || result.stopped === 'failed') {
      return { more: false, halted: { reason: result.stopped, message: result.message ?? '' } };
    }
    if (result.stopped !== 'steps' && result.stopped !== 'timers') return { more: false, halted: null };
    if (performance.now() >= endMs) return { more: true, halted: null };
  }
}

const channel = new MessageChannel();
const queued: (() => void)[] = [];
channel.port1.onmessage = () => queued.shift()?.();

/** After every message that waits already: a timeout of 0 would wait 4 ms each time. */
export function afterMessages(task: () => void): void {
  queued.push(task);
  channel.port2.postMessage(null);
}
