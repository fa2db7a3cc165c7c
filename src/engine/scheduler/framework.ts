/**
 * The scheduling framework: what a plugin may offer (its extension points), what it is given, and how it answers. A
 * plugin imports this file and api/ only; the helpers it may use are re-exported at the end.
 * Follows staging/src/k8s.io/kube-scheduler/framework/interface.go. Plugins return undefined where upstream returns a
 * nil status (success), and keep what they computed for a cycle in the state they return, not in a shared map.
 */
import type { KubeObject } from '../api/meta';
import type { ParsedSelector } from '../api/requirements';
import type { Node, Pod, PodDisruptionBudget } from '../api/types';
import type { ClusterEvent } from './cluster-events';
import type { ReadyNodeInfo } from './node-info';
import type { CarriedTerm, CountsByNode, PodQuestion, TermKind } from './pod-counts';
import type { AffinityTerm, PlacedPod, PodInfo } from './pod-info';
import type { Outcome, Status } from './status';
import type { StorageView } from './storage-view';

/** The highest score a plugin may give a node. */
export const MAX_NODE_SCORE = 100;

/** What plugins may ask of the scheduler around them. */
export interface Handle {
  /** All nodes, in the order filters visit them. */
  readonly nodes: readonly ReadyNodeInfo[];
  node(name: string): ReadyNodeInfo | undefined;
  /** Counts over placed Pods, kept incrementally. */
  countPods(question: PodQuestion): CountsByNode;
  /** The question which placed Pods all these terms are about. */
  aboutTerms(terms: readonly AffinityTerm[]): PodQuestion;
  /** Whether a term is about a Pod. */
  termSelects(term: AffinityTerm, pod: PlacedPod): boolean;
  /** A Pod worked out. */
  podInfo(pod: Pod): PodInfo;
  /** The terms that placed Pods carry. */
  carriedTerms(kind: TermKind): Iterable<CarriedTerm>;
  /** The selectors of the Services and the owner that a Pod belongs to, combined; empty when there are none. */
  defaultSelector(pod: PodInfo): ParsedSelector;
  /** A Pod as last delivered, with its status; undefined when it is gone. */
  current(pod: PlacedPod): Pod | undefined;
  podDisruptionBudgets(): readonly PodDisruptionBudget[];
  /** Claims, volumes and classes. */
  readonly storage: StorageView;
  readonly nowMs: number;
  /** The ms of an API timestamp. */
  timeOf(timestamp: string): number;
  /** A random integer from 0 up to, but not including, `bound`. */
  randomBelow(bound: number): number;
  /** Pods that preemption has nominated to a node. */
  nominatedPods(nodeName: string): readonly PodInfo[];
  /** Runs all filters on a node as it is (or as a trial pictures it). */
  runFilters(cycle: Cycle, node: ReadyNodeInfo): Outcome;
  /** The cycle as it would be with a Pod gone from, or come to, a node. */
  withoutPod(cycle: Cycle, removed: PlacedPod, node: ReadyNodeInfo): Cycle;
  withPod(cycle: Cycle, added: PlacedPod, node: ReadyNodeInfo): Cycle;
  /** Writes the binding. */
  bind(pod: PodInfo, nodeName: string): Outcome;
  /** Marks a victim, deletes it and records the Event; false when the API server would not. */
  preemptPod(victim: PlacedPod, preemptor: PodInfo, nodeName: string): boolean;
  /** Takes a nomination back. */
  clearNomination(pod: PodInfo): void;
  /** Brings a Pod back whose preemption broke, as soon as the API server has been asked again in vain. */
  activate(pod: PodInfo): void;
  /** Pods that wait for permission to be bound. */
  waitingPods(): readonly WaitingPod[];
  /** A plugin lets a waiting Pod go on. */
  allow(pod: WaitingPod, plugin: string): void;
  /** A plugin refuses a waiting Pod. */
  reject(pod: WaitingPod, plugin: string, reason: string): void;
}

/** A Pod that Permit holds up. */
export interface WaitingPod {
  readonly key: string;
  readonly uid: string;
  readonly nodeName: string;
}

/** One filter that takes part in a cycle, with what its PreFilter computed. */
export interface ActiveFilter {
  readonly plugin: Plugin;
  readonly state: unknown;
}

/** One attempt to schedule one Pod. */
export interface Cycle {
  readonly handle: Handle;
  readonly pod: PodInfo;
  readonly filters: readonly ActiveFilter[];
  /** The plugins whose PreFilter was asked before one of them ended the cycle. */
  readonly preFiltered: ReadonlySet<string>;
}

/** Which nodes can do at all, when a PreFilter knows; undefined: all. */
export interface PreFilterResult<S> {
  readonly state?: S;
  readonly nodeNames?: readonly string[];
  readonly status?: Status;
}

/** What a PreScore computed, or SKIP. */
export interface PreScoreResult<S> {
  readonly state?: S;
  readonly status?: Status;
}

/** What PostFilter found: a node to nominate ('' clears the nomination, undefined leaves it) and why not, if not. */
export interface PostFilterResult {
  readonly nominatedNodeName?: string;
  readonly status?: Status;
}

/** Each node's verdict after filtering. */
export interface NodeStatuses {
  readonly byNode: ReadonlyMap<string, Status>;
  /** Of nodes that were not looked at. */
  readonly absent: Status;
}

/** Whether a change could make a rejected Pod schedulable, as far as this plugin is concerned. */
export type QueueingHint = (
  pod: PodInfo,
  before: KubeObject | undefined,
  after: KubeObject | undefined,
  handle: Handle,
) => boolean;

/** Runs before a Pod may enter the active queue. */
export interface PreEnqueuePlugin {
  preEnqueue(pod: Pod): Outcome;
}

/** Orders the active queue; negative when `a` goes first. */
export interface QueueSortPlugin {
  compare(a: QueueEntry, b: QueueEntry): number;
}

/** What QueueSort sees of a waiting Pod. */
export interface QueueEntry {
  readonly priority: number;
  readonly timestampMs: number;
}

/** Computes once per cycle what Filter needs, or rules nodes out by name. */
export interface PreFilterPlugin<S> {
  preFilter(pod: PodInfo, handle: Handle): PreFilterResult<S>;
  /** The state as it would be with a Pod more or less on a node; needed when the state counts Pods. */
  withPodAdded?(state: S, pod: PodInfo, added: PlacedPod, node: Node, handle: Handle): S;
  withPodRemoved?(state: S, pod: PodInfo, removed: PlacedPod, node: Node, handle: Handle): S;
}

/** Says whether a node can take the Pod. */
export interface FilterPlugin<S> {
  filter(pod: PodInfo, node: ReadyNodeInfo, state: S, handle: Handle): Outcome;
}

/** Runs when no node passed. */
export interface PostFilterPlugin {
  postFilter(cycle: Cycle, statuses: NodeStatuses): PostFilterResult;
}

/** Computes once per cycle what Score needs. */
export interface PreScorePlugin<S> {
  preScore(pod: PodInfo, nodes: readonly ReadyNodeInfo[], handle: Handle): PreScoreResult<S>;
}

/** Rates a node; `normalizeScore` then brings all nodes' scores to 0–100, in place. */
export interface ScorePlugin<S> {
  score(pod: PodInfo, node: ReadyNodeInfo, state: S, handle: Handle): number;
  normalizeScore?(scores: number[], nodes: readonly ReadyNodeInfo[], state: S): void;
}

/** What a plugin reserved, for its later extension points. Plain data: it is kept while the Pod is being bound. */
export interface ReserveResult {
  readonly reserved?: unknown;
  readonly status?: Status;
}

/** What the plugins of a binding cycle are told. */
export interface Placing {
  readonly pod: PodInfo;
  readonly nodeName: string;
  readonly handle: Handle;
  /** What this plugin's Reserve returned. */
  readonly reserved: unknown;
}

/** Sets aside what the Pod needs besides room on the node. `state`: from its Filter. */
export interface ReservePlugin {
  reserve(placing: Placing, state: unknown): ReserveResult;
  /** Gives it back; called for all, whether or not they reserved anything. */
  unreserve(placing: Placing): void;
}

/** May refuse at the last moment, or have the Pod wait. */
export interface PermitPlugin {
  permit(placing: Placing): Outcome;
}

/** Prepares the node (volumes and the like). */
export interface PreBindPlugin {
  /** SKIP when there will be nothing to do for this Pod. */
  preBindPreFlight(placing: Placing): Outcome;
  /** `sinceMs`: when it was first asked; it says itself when it has waited too long. */
  preBind(placing: Placing, sinceMs: number): Outcome;
}

/** Writes the binding; SKIP leaves it to the next. */
export interface BindPlugin {
  bind(placing: Placing): Outcome;
}

/** Is told of a binding. */
export interface PostBindPlugin {
  postBind(placing: Placing): void;
}

/** Every extension point with the states it passes on: F from PreFilter to Filter, S from PreScore to Score. */
export type ExtensionPoints<F, S> = PreEnqueuePlugin &
  QueueSortPlugin &
  PreFilterPlugin<F> &
  FilterPlugin<F> &
  PostFilterPlugin &
  PreScorePlugin<S> &
  ScorePlugin<S> &
  ReservePlugin &
  PermitPlugin &
  PreBindPlugin &
  BindPlugin &
  PostBindPlugin;

/** A plugin: a name, some extension points, and which changes could alter its verdict. */
export interface Plugin<F = unknown, S = unknown> extends Partial<ExtensionPoints<F, S>> {
  readonly name: string;
  /** Changes that may un-stick a Pod this plugin rejected; `true` always does. */
  readonly events?: Partial<Readonly<Record<ClusterEvent, QueueingHint | true>>>;
}

/** Forgets a plugin's state types, so that it fits in a list with others. */
export function definePlugin<F = undefined, S = undefined>(plugin: Plugin<F, S>): Plugin {
  return plugin as unknown as Plugin;
}

export {
  demandsNothing,
  type NodeTerm,
  nodeAffinityHolds,
  nodeTermHolds,
  parseNodeTerm,
  type RequiredNodeAffinity,
  requiredNodeAffinity,
} from '../api/node-selector';
export {
  type Labels,
  labelValue,
  NO_LABELS,
  type ParsedSelector,
  type Requirement,
  type Requirements,
  requirementsHold,
  requirementsKey,
  requirementsOfLabels,
  requirementsOfSelector,
} from '../api/requirements';
export type { ClusterEvent } from './cluster-events';
export { fitErrorMessage } from './fit-error';
export type { ImageState, NodeInfo, ReadyNodeInfo } from './node-info';
export { addPodToNode, allocatableOf, cloneNodeInfo, portConflicts, removePodFromNode } from './node-info';
export type { CarriedTerm, CountsByNode, PodQuestion, TermKind } from './pod-counts';
export { type AffinityTerm, type HostPort, type PlacedPod, type PodInfo, termSelects } from './pod-info';
export type { Resource } from './resources';
export {
  type Code,
  failure,
  isRejected,
  type Outcome,
  SKIP,
  type Status,
  unresolvable,
  unschedulable,
  wait,
} from './status';
