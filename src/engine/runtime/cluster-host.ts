/** The branch as its cluster knows it. */
import type { Timer } from '../kernel/timers';
import type { Input } from '../simulation';
import type { Firing } from './firing';
import type { Replay } from './replay';

/** What the cluster asks of the branch it belongs to. */
export interface ClusterHost {
  /** The step that the present firing will be, if it turns out to be one. */
  nextStep(): number;
  input(key: string): Input;
  /** While a fork proves itself: what it is held against. */
  readonly replay: Replay | undefined;
  /** Makes a step of what a firing did; undefined when it did nothing. */
  record(timer: Timer, firing: Firing): number | undefined;
}
