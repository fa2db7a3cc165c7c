/**
 * What the scheduler remembers: its queue, what it has decided but not yet seen happen, and when its next timers fire.
 * Plain data, saved in checkpoints; everything that can be worked out again is in the cluster view instead.
 */
import type { KubeObject } from '../api/meta';
import type { Pod } from '../api/types';
import type { Context } from '../client/component';
import type { SchedulingEvidence } from './evidence';
import type { Status } from './framework';
import type { QueuedPod, QueueMemory } from './scheduling-queue';

/** A Pod that has a node in the scheduler's eyes only. */
export interface Assumed {
  readonly nodeName: string;
  readonly uid: string;
}

/** A Permit plugin that has a Pod wait. */
export interface PendingPermit {
  readonly plugin: string;
  readonly waitMs: number;
  readonly untilMs: number;
}

/** How far a binding cycle has come: it has not begun, waits for Permit, or is in PreBind or past it. */
export type BindingStage = 'begin' | 'permit' | 'preBind';

/** One binding cycle. Replaced, never changed. */
export interface Binding {
  readonly key: string;
  readonly uid: string;
  readonly nodeName: string;
  /** The Pod as it was taken from the queue, and as it was then. */
  readonly queued: QueuedPod;
  readonly pod: Pod;
  /** What the trace says once the Pod is bound. */
  readonly sentence: string;
  readonly evidence: SchedulingEvidence;
  readonly stage: BindingStage;
  /** What plugins reserved, by plugin. */
  readonly reserved: ReadonlyMap<string, unknown>;
  readonly permits: readonly PendingPermit[];
  /** Permit plugins that a change since has made reconsider: if one of them refuses, the Pod is tried again. */
  readonly reconsidered: readonly string[];
  /** PreBind plugins that still have something to do, and since when the first of them does. */
  readonly preBinds: readonly string[];
  readonly sinceMs: number;
  /** When its timer fires; earlier ones have become needless. */
  readonly dueMs: number;
  /** Set when somebody else has ended the wait. */
  readonly ruling: Status | undefined;
}

/** The scheduler's memory. */
export interface SchedulerMemory extends QueueMemory {
  /** By Pod key, until the binding is delivered. */
  readonly assumed: Map<string, Assumed>;
  /** Claims and volumes as they were decided about, by kind and key, until something newer is heard of them. */
  readonly assumedStorage: Map<string, KubeObject>;
  /** Binding cycles by Pod uid. */
  readonly bindings: Map<string, Binding>;
  /** Nodes that preemption made room on, by the key of the Pod it is meant for. */
  readonly nominated: Map<string, string>;
  /** Where the next search for nodes starts. */
  nextStartNodeIndex: number;
  /** When the process started: its beats count from there. */
  startedAtMs: number;
  /** True when the timer for the next attempt is set. */
  isAttemptSet: boolean;
  /** When the unschedulable Pods are looked through for leftovers; null when nobody waits. */
  flushAtMs: number | null;
}

/** The context of the scheduler. */
export type SchedulerContext = Context<SchedulerMemory>;
