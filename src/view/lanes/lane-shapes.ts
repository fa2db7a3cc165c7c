/**
 * What crosses from the worker to the page for the timeline: lanes of a window of time that is cut into buckets, those of each group that are in
 * sight. Values hold from their bucket on; -1 where there is nothing. How they look is decided in ui/timeline.
 */
import type { PodLook } from '../rows';

/** Groups of lanes, from top to bottom. */
export const LANE_GROUPS = ['happenings', 'traffic', 'workloads', 'pods', 'storage', 'nodes', 'controllers'] as const;

export type LaneGroup = (typeof LANE_GROUPS)[number];

/** A stretch of virtual time, and into how many buckets it is cut. */
export interface TrackWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly buckets: number;
}

/** Part of a group. */
export interface LaneSlice {
  readonly group: LaneGroup;
  readonly first: number;
  readonly count: number;
}

/** What the page wants to see. */
export interface LaneQuestion extends TrackWindow {
  readonly slices: readonly LaneSlice[];
  /** Lanes that are told whether or not they are in a slice. */
  readonly pinned: readonly string[];
  /** Only lanes whose names have this in them. */
  readonly text: string;
  /** The row id of what is selected: Pods are those of its workload. */
  readonly selected: string | null;
}

/** What an area or a line of amounts stands for. Of a Job `ready` is what succeeded; `least` and `most` are bounds. */
export type SeriesName = 'total' | 'ready' | 'updated' | 'failed' | 'desired' | 'least' | 'most' | 'available';

export type Series = readonly number[];

interface LaneBase {
  readonly id: string;
  readonly name: string;
  /** Empty for what has none. */
  readonly namespace: string;
  /** Of the object; empty for what is none. */
  readonly kind: string;
}

/** The Pods of a revision: one layer of a stack. */
export interface RevisionStack {
  readonly replicaSet: string;
  /** The number of its revision, which rises when it is rolled back to. */
  readonly revisions: Series;
  readonly counts: Series;
}

/** A stretch in which something stood one way, in ms. */
export interface PhaseSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly look: PodLook;
  readonly text: string;
}

/** Something at a step. */
export interface Pin {
  readonly step: number;
  readonly timeMs: number;
  readonly tone: 'act' | 'fault' | 'refused' | 'warning';
  readonly text: string;
  /** How many more are in the same bucket. */
  readonly more: number;
}

/** One run of a CronJob, in buckets; `to` is past its last one. */
export interface Run {
  readonly job: string;
  readonly from: number;
  readonly to: number;
  /** `stopped`: its Job was deleted before it had ended. */
  readonly state: 'running' | 'complete' | 'failed' | 'stopped';
}

export type Lane = LaneBase &
  (
    | { readonly type: 'amounts'; readonly series: Readonly<Partial<Record<SeriesName, Series>>> }
    | {
        readonly type: 'rollout';
        readonly stacks: readonly RevisionStack[];
        readonly series: Readonly<Partial<Record<SeriesName, Series>>>;
      }
    | { readonly type: 'phases'; readonly spans: readonly PhaseSpan[] }
    | { readonly type: 'counts'; readonly counts: Series; readonly total: number }
    | { readonly type: 'pins'; readonly pins: readonly Pin[] }
    | { readonly type: 'runs'; readonly runs: readonly Run[] }
    | {
        readonly type: 'requests';
        readonly ok: Series;
        readonly failed: Series;
        readonly answered: number;
        readonly lost: number;
      }
  );

/** A group: how many lanes it has, and some of them. */
export interface LaneList {
  readonly group: LaneGroup;
  readonly total: number;
  readonly first: number;
  readonly lanes: readonly Lane[];
}

/** Everything the timeline draws of a window. */
export interface Lanes {
  readonly window: TrackWindow;
  readonly groups: readonly LaneList[];
  readonly pinned: readonly Lane[];
  /** Whose Pods the group of Pods has: the row id of a workload or a Node; null: all. */
  readonly podsOf: string | null;
}

/** All of time, small: steps in each bucket from 0 on, and where people and faults did something. */
export interface Overview {
  readonly toMs: number;
  readonly counts: Series;
  readonly acts: Series;
}
