/** What the worker answers to the timeline: lanes, totals, two branches beside each other, the scenario's commands. Plain data. */
import type { Stop } from '../conditions/breakpoints';
import type { ObjectDifference } from '../view/compare/object-differences';
import type { Lane, LaneQuestion, Lanes, Overview, Series } from '../view/lanes/lane-shapes';
import type { LanePlace } from '../view/lanes/lane-step';
import type { Totals } from '../view/lanes/totals';
import type { WhyLink } from '../view/why';
import type { CommandOutput } from './command-shapes';
import type { Moment } from './protocol';

/** Lanes of the timeline, and all of time small. */
export interface LanesAnswer extends Lanes {
  readonly overview: Overview;
}

/** A command that the scenario gave, with the step in which it ended; of one that still runs, the step shown. */
export interface ScenarioCommand {
  readonly step: number;
  readonly startedMs: number;
  readonly command: string;
  readonly output: CommandOutput;
  readonly isRunning?: true;
}

/** Totals of a stretch, with the requests in its whole seconds. `of`: the row id of the only workload that counts. */
export interface StretchTotals extends Totals {
  readonly requests: { readonly sent: number; readonly failed: number };
  readonly of: string | null;
}

/** A workload whose lane is another one in two branches; null where it is not. */
export interface ComparedWorkload {
  readonly id: string;
  readonly a: Lane | null;
  readonly b: Lane | null;
}

type BranchTotals = Omit<StretchTotals, 'of'>;

/** Two branches, from the first step that is another one to where both have run to. */
export interface Comparison {
  readonly first: {
    readonly step: number;
    readonly timeMs: number;
    readonly a: WhyLink | null;
    readonly b: WhyLink | null;
  } | null;
  readonly toMs: number;
  /** How many objects differ, by bucket, from 0 to `toMs`. */
  readonly differing: Series;
  readonly workloads: readonly ComparedWorkload[];
  /** The first of those that differ at the moment asked for. */
  readonly objects: readonly ObjectDifference[];
  readonly differingObjects: number;
  readonly a: BranchTotals;
  readonly b: BranchTotals;
}

/** Questions of the timeline: their parameters and answers. */
export interface TimelineRequests {
  /** Nothing after a time is shown any more: a question waits for its answer. Null: everything is. */
  hold: { params: { readonly untilMs: number | null }; answer: null };
  lanes: { params: LaneQuestion & { readonly horizonMs: number }; answer: LanesAnswer };
  /** What the scenario's own commands had printed by a moment, in the order in which they ended. */
  commands: { params: Moment; answer: readonly ScenarioCommand[] };
  /** What a stretch of time comes to; of the selected workload, if it is one. */
  totals: {
    params: { readonly fromMs: number; readonly toMs: number; readonly selected: string | null };
    answer: StretchTotals;
  };
  /** Two branches on one clock; objects are held against one another as they stood at a time. */
  compare: {
    params: { readonly a: number; readonly b: number; readonly timeMs: number; readonly buckets: number };
    answer: Comparison;
  };
  /** The first moment at which one of some conditions begins to hold, no later than a time. */
  nextStop: {
    params: {
      readonly conditions: readonly string[];
      readonly from: { readonly step: number; readonly timeMs: number };
      readonly untilMs: number;
    };
    answer: Stop;
  };
  /** The step at a place of a lane, and the last one before it. */
  laneStep: {
    params: { readonly lane: string } & LanePlace;
    answer: { readonly step: WhyLink | null; readonly since: WhyLink | null };
  };
}
