/** Everything needed to go on from a step: plain data and references to values that never change. */
import type { ActiveFault } from '../client/environment';
import type { RandomWords } from '../kernel/random';
import type { TimerSnapshot } from '../kernel/timers';
import type { FiringRateSnapshot } from './firing-rate';
import type { RunnerSnapshot } from './runner';

/** A point that a fork can start from. */
export interface Checkpoint {
  readonly step: number;
  /** Timers fired so far. */
  readonly fired: number;
  readonly nowMs: number;
  readonly rate: FiringRateSnapshot;
  readonly revision: number;
  readonly timers: TimerSnapshot;
  readonly random: RandomWords;
  readonly faults: ReadonlyMap<string, ActiveFault>;
  readonly runners: readonly (readonly [string, RunnerSnapshot])[];
  readonly injected: number;
  readonly objects: number;
  /** Entries copied. */
  readonly size: number;
}
