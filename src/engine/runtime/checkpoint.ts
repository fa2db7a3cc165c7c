/** Everything needed to go on from a step: plain data and references to values that never change. */
import type { Memory, WatchEvent } from '../client/component';
import type { ReadonlyEnvironment } from '../client/environment';
import type { SavedEventMemory } from '../client/event-memory';
import type { RandomWords } from '../kernel/random';
import type { ClusterSetup } from './cluster';
import type { FiringRateSnapshot } from './firing-rate';
import type { Pace } from './latency';
import type { SavedTimers } from './saved-timers';
import type { Saved } from './snapshot';

/** All that changes of a runner. */
export interface RunnerState {
  readonly memory: Memory;
  readonly random: RandomWords;
  readonly eventCounter: number;
  readonly eventMemory: SavedEventMemory;
  readonly inbox: readonly WatchEvent[];
  readonly seenRevision: number;
  readonly deliveryPending: boolean;
  readonly held: boolean;
  readonly stopped: boolean;
  readonly refusals: Map<string, number>;
  readonly pace: Pace;
}

/** A point that a fork can start from. */
export interface Checkpoint {
  /** Its place among its branch's checkpoints. */
  readonly index: number;
  /** What the cluster is made of from there on: machines may be added. */
  readonly setup: ClusterSetup;
  readonly step: number;
  /** Timers fired so far. */
  readonly fired: number;
  readonly nowMs: number;
  readonly rate: FiringRateSnapshot;
  readonly revision: number;
  readonly timers: SavedTimers;
  readonly random: RandomWords;
  readonly environment: ReadonlyEnvironment;
  /** In the order of the components; a machine that has just been added has none yet, nor have its agents. */
  readonly runners: readonly Saved<RunnerState>[];
  readonly injected: number;
  readonly objects: number;
  /** Entries that it copied: what of the checkpoint before it had changed. */
  readonly copied: number;
}

/** A checkpoint without what the branch adds to it. */
export type ClusterSnapshot = Omit<Checkpoint, 'index' | 'setup' | 'step' | 'revision' | 'injected'>;

/**
 * Checkpoints stand close enough for a fork to be there at once: no more steps, or timers of which most make no step, lie between
 * two, unless copying would cost more than that.
 */
const STEPS_PER_CHECKPOINT = 64;
const TIMERS_PER_CHECKPOINT = 10_000;
/** A checkpoint may copy so many entries per step of its age: about half a kilobyte. */
const ENTRIES_PER_STEP = 24;

/** Whether a checkpoint is due so many steps and timers after one that copied so many entries. */
export function isCheckpointDue(steps: number, timers: number, copied: number): boolean {
  if (steps < STEPS_PER_CHECKPOINT && timers < TIMERS_PER_CHECKPOINT) return false;
  return Math.max(steps, (timers * STEPS_PER_CHECKPOINT) / TIMERS_PER_CHECKPOINT) * ENTRIES_PER_STEP >= copied;
}
