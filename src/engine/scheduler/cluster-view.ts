/**
 * The scheduler's working state around its memory: the picture of the cluster and the caches, made from the lister and
 * the assumed placements when they are missing (at the start, after a fork), and the handle that plugins are given.
 * Follows pkg/scheduler/scheduler.go and framework/runtime/framework.go (frameworkImpl as fwk.Handle).
 */
import { setCondition } from '../api/conditions';
import { StatusError } from '../api/status-error';
import type { Namespace, Node, Pod, PodCondition, PodDisruptionBudget } from '../api/types';
import type { Context } from '../client/component';
import type { DerivedCache } from '../client/derived';
import { defaultSelector, newSelectorCache, type SelectorCache } from './default-selector';
import type { LatestVerdicts } from './evidence';
import { failure, type Handle } from './framework';
import type { ReadyNodeInfo } from './node-info';
import { answer, type PodQuestion } from './pod-counts';
import { type AffinityTerm, newPodInfo, type PodInfo, samePlaced, termSelects } from './pod-info';
import { type Labels, NO_LABELS } from './requirements';
import { runFilters, withPodAdded, withPodRemoved } from './runtime';
import type { QueueMemory } from './scheduling-queue';
import { newSnapshot, nodesInOrder, placePod, type Snapshot, setNode } from './snapshot';

/** The scheduler's memory: its queue and what it has decided but not yet seen happen. */
export interface SchedulerMemory extends QueueMemory {
  /** Bindings written but not delivered yet: node by Pod key. */
  readonly assumed: Map<string, string>;
  /** Nodes that preemption made room on, by the key of the Pod it is meant for. */
  readonly nominated: Map<string, string>;
  /** Where the next search for nodes starts. */
  nextStartNodeIndex: number;
  /** When the timer for the next attempt fires; null when none is set. */
  attemptAtMs: number | null;
  /** Until when the latest attempt takes. */
  busyUntilMs: number;
  /** When the unschedulable Pods are looked through for leftovers; null when nobody waits. */
  flushAtMs: number | null;
}

/** The context of the scheduler. */
export type SchedulerContext = Context<SchedulerMemory>;

/** What can be rebuilt. */
export interface ClusterView {
  readonly snapshot: Snapshot;
  readonly selectors: SelectorCache;
  /** Waiting Pods worked out, by key. */
  readonly podInfos: Map<string, PodInfo>;
  readonly verdicts: LatestVerdicts;
}

/** Whether a Pod still takes part: the scheduler does not see finished ones. */
export function isLive(pod: Pod): boolean {
  const phase = pod.status?.phase;
  return phase !== 'Succeeded' && phase !== 'Failed';
}

/** Makes the working state from what was delivered and what is assumed. */
export function buildClusterView(context: Pick<SchedulerContext, 'lister' | 'memory'>): ClusterView {
  const snapshot = newSnapshot();
  for (const node of context.lister.list<Node>('Node')) setNode(snapshot, node);
  for (const pod of context.lister.list<Pod>('Pod')) {
    if (!isLive(pod)) continue;
    const info = newPodInfo(pod);
    const nodeName = pod.spec.nodeName || context.memory.assumed.get(info.key);
    if (nodeName) placePod(snapshot, info, nodeName);
  }
  return { snapshot, selectors: newSelectorCache(), podInfos: new Map(), verdicts: { byNode: new Map(), plugins: '' } };
}

/** Kept up to date by the watch handlers themselves, so there is nothing to apply and, in between, nothing to compare. */
const viewCache: DerivedCache<ClusterView, SchedulerMemory> = {
  name: 'cluster view',
  follows: [],
  build: buildClusterView,
  apply: () => undefined,
  difference: () => undefined,
};

/** The working state, made if need be. */
export function clusterView(context: SchedulerContext): ClusterView {
  return context.derived.read(viewCache);
}

/** A waiting Pod worked out, from the cache while its spec and labels are the same. */
export function waitingPodInfo(view: ClusterView, pod: Pod, key: string): PodInfo {
  const known = view.podInfos.get(key);
  if (known && known.pod.spec === pod.spec && samePlaced(known.pod, pod)) return known;
  const info = newPodInfo(pod);
  view.podInfos.set(key, info);
  return info;
}

/** Runs a write that may be refused; the refusal's message, if it was. */
export function attempt(write: () => void): string | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error.message;
  }
}

/** Sets a condition of a Pod and, if given, its nominated node, on the Pod as it is now. */
export function patchPodStatus(
  context: SchedulerContext,
  info: PodInfo,
  condition: Omit<PodCondition, 'lastTransitionTime'> | undefined,
  nominatedNodeName: string | undefined,
): void {
  const live = context.client.find<Pod>('Pod', info.namespace, info.pod.metadata.name);
  if (!live || live.metadata.uid !== info.uid) return;
  const { nominatedNodeName: nominatedBefore = '', ...status } = live.status;
  const nominated = nominatedNodeName ?? nominatedBefore;
  const conditions = condition ? setCondition(status.conditions, stamped(context, live, condition)) : status.conditions;
  const next = nominated ? { ...status, conditions, nominatedNodeName: nominated } : { ...status, conditions };
  if (conditions === status.conditions && nominated === nominatedBefore) return;
  context.client.updateStatus<Pod>({ ...live, status: next });
}

function stamped(
  context: SchedulerContext,
  pod: Pod,
  condition: Omit<PodCondition, 'lastTransitionTime'>,
): PodCondition {
  const { type, status, reason, message } = condition;
  return {
    type,
    observedGeneration: pod.metadata.generation,
    status,
    lastProbeTime: null as unknown as undefined,
    lastTransitionTime: context.now,
    reason,
    message,
  };
}

function aboutTerms(terms: readonly AffinityTerm[], namespaceLabels: (name: string) => Labels): PodQuestion {
  return {
    key: `affinity|${terms.map((term) => term.key).join('|')}`,
    readsNamespaceLabels: terms.some((term) => term.namespaceSelector !== undefined),
    matches: (pod) => terms.every((term) => termSelects(term, pod, namespaceLabels)),
  };
}

function nominatedPods(context: SchedulerContext, view: ClusterView, nodeName: string): PodInfo[] {
  const found: PodInfo[] = [];
  for (const [key, nominated] of context.memory.nominated) {
    if (nominated !== nodeName) continue;
    const pod = context.lister.byKey<Pod>('Pod', key);
    if (pod) found.push(waitingPodInfo(view, pod, key));
  }
  return found;
}

function preemptPod(context: SchedulerContext, victim: PodInfo, preemptor: PodInfo, nodeName: string): void {
  const { name } = victim.pod.metadata;
  const refused = attempt(() => {
    const message = `${preemptor.pod.spec.schedulerName}: preempting to accommodate a higher priority pod`;
    const condition = { type: 'DisruptionTarget', status: 'True' as const, reason: 'PreemptionByScheduler', message };
    patchPodStatus(context, victim, condition, undefined);
    context.client.delete('Pod', victim.namespace, name, { preconditions: { uid: victim.uid } });
  });
  if (refused !== undefined) return;
  context.events.record(victim.pod, 'Normal', 'Preempted', `Preempted by pod ${preemptor.uid} on node ${nodeName}`);
}

const NOBODY: readonly PodInfo[] = [];

/** The handle for one call of the scheduler. */
export function createHandle(context: SchedulerContext, view: ClusterView): Handle {
  const { snapshot } = view;
  const namespaceLabels = (name: string): Labels =>
    context.lister.byKey<Namespace>('Namespace', name)?.metadata.labels ?? NO_LABELS;
  return {
    nodes: nodesInOrder(snapshot),
    nowMs: context.nowMs,
    node: (name) => {
      const info = snapshot.nodes.get(name);
      return info?.node ? (info as ReadyNodeInfo) : undefined;
    },
    countPods: (question) => answer(snapshot.counts, question, snapshot.placements),
    carriedTerms: (kind) => snapshot.counts.carried[kind].values(),
    aboutTerms: (terms) => aboutTerms(terms, namespaceLabels),
    termSelects: (term, pod) => termSelects(term, pod, namespaceLabels),
    podInfo: newPodInfo,
    defaultSelector: (pod) => defaultSelector(pod, context.lister, view.selectors),
    current: (pod) => context.lister.byKey<Pod>('Pod', pod.key) ?? pod.pod,
    podDisruptionBudgets: () => context.lister.list<PodDisruptionBudget>('PodDisruptionBudget'),
    timeOf: (timestamp) => context.timeOf(timestamp),
    randomBelow: (bound) => context.random.below(bound),
    nominatedPods: (nodeName) =>
      context.memory.nominated.size === 0 ? NOBODY : nominatedPods(context, view, nodeName),
    runFilters,
    withPod: withPodAdded,
    withoutPod: withPodRemoved,
    bind: (pod, nodeName) => {
      const refused = attempt(() => context.client.bind(pod.namespace, pod.pod.metadata.name, nodeName));
      return refused === undefined ? undefined : failure(refused);
    },
    preemptPod: (victim, preemptor, nodeName) => preemptPod(context, victim, preemptor, nodeName),
    clearNomination: (pod) => {
      context.memory.nominated.delete(pod.key);
      attempt(() => patchPodStatus(context, pod, undefined, ''));
    },
  };
}
