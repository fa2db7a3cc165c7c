/**
 * The handle that plugins are given: what they may ask of the scheduler around them.
 * Follows pkg/scheduler/framework/runtime/framework.go (frameworkImpl as fwk.Handle), pkg/scheduler/backend/queue/nominator.go
 * and, for preemption, framework/preemption/executor.go.
 */
import { type Labels, NO_LABELS } from '../api/requirements';
import { conflict } from '../api/status-error';
import type { Namespace, Pod, PodDisruptionBudget } from '../api/types';
import { allowWaiting, endWait, isHeldUp, waitsForPermit } from './binding-waits';
import { type Scheduling, waitingPodInfo } from './cluster-view';
import { defaultSelector } from './default-selector';
import { failure, type Handle, type Outcome, unschedulable } from './framework';
import type { SchedulerContext } from './memory';
import type { ReadyNodeInfo } from './node-info';
import { answer, type PodQuestion } from './pod-counts';
import { type AffinityTerm, newPodInfo, type PlacedPod, type PodInfo, termSelects } from './pod-info';
import { patchPodStatus, refusalOf } from './pod-writes';
import { runFilters, withPodAdded, withPodRemoved } from './runtime';
import { nodesInOrder } from './snapshot';
import { storageView } from './storage-view';

/** After how long upstream gives up a status patch that the API server does not take (10, 50 and 250 ms between tries). */
const PATCH_RETRIES_MS = 310;

const NOBODY: readonly PodInfo[] = [];

function aboutTerms(terms: readonly AffinityTerm[], namespaceLabels: (name: string) => Labels): PodQuestion {
  return {
    key: `affinity|${terms.map((term) => term.key).join('|')}`,
    readsNamespaceLabels: terms.some((term) => term.namespaceSelector !== undefined),
    matches: (pod) => terms.every((term) => termSelects(term, pod, namespaceLabels)),
  };
}

function nominatedPods({ context }: Scheduling, nodeName: string): PodInfo[] {
  const found: PodInfo[] = [];
  for (const [key, nominated] of context.memory.nominated) {
    if (nominated !== nodeName) continue;
    const pod = context.lister.byKey<Pod>('Pod', key);
    if (pod) found.push(waitingPodInfo(context, pod, key));
  }
  return found;
}

/** Ends a victim: the wait of one that is still being bound, or else its life. False when the API server would not. */
function preemptPod({ context }: Scheduling, victim: PlacedPod, preemptor: PodInfo, nodeName: string): boolean {
  const pod = context.lister.byKey<Pod>('Pod', victim.key);
  if (!pod) return true;
  let note = `Preempted by pod ${preemptor.uid} on node ${nodeName}`;
  const binding = context.memory.bindings.get(victim.uid);
  if (binding && isHeldUp(binding)) {
    const [preBind] = binding.preBinds;
    const why = preBind
      ? `running PreBind plugin "${preBind}": preempted by DefaultPreemption`
      : 'waiting on permit for pod: preempted';
    endWait(context, binding, failure(why));
    note += ' (in kube-scheduler memory).';
  } else {
    const refusal = refusalOf(() => {
      const message = `${preemptor.spec.schedulerName}: preempting to accommodate a higher priority pod`;
      const condition = { type: 'DisruptionTarget', status: 'True' as const, reason: 'PreemptionByScheduler', message };
      patchPodStatus(context, victim, condition, undefined);
      context.client.delete('Pod', victim.namespace, victim.name, { preconditions: { uid: victim.uid } });
    });
    if (refusal) return refusal.reason === 'NotFound';
  }
  const related = context.lister.byKey<Pod>('Pod', `${preemptor.namespace}/${preemptor.name}`);
  context.events.record(pod, 'Normal', 'Preempted', note, { action: 'Preempting', ...(related ? { related } : {}) });
  return true;
}

/** Writes the binding, for this very Pod and none that has come in its place. */
function bindPod(context: SchedulerContext, pod: PodInfo, nodeName: string): Outcome {
  const refusal = refusalOf(() => {
    const live = context.client.find<Pod>('Pod', pod.namespace, pod.name);
    if (live && live.metadata.uid !== pod.uid) {
      const why = `Precondition failed: UID in precondition: ${pod.uid}, UID in object meta: ${live.metadata.uid}`;
      throw conflict('', 'pods/binding', pod.name, why);
    }
    context.client.bind(pod.namespace, pod.name, nodeName);
  });
  return refusal && failure(refusal.message);
}

function clearNomination({ context }: Scheduling, pod: PodInfo): void {
  if (!context.lister.byKey<Pod>('Pod', pod.key)?.status?.nominatedNodeName) return;
  refusalOf(() => patchPodStatus(context, pod, undefined, ''));
}

/** The handle for one call of the scheduler. */
export function createHandle(scheduling: Scheduling): Handle {
  const { context, view } = scheduling;
  const { snapshot } = view;
  const namespaceLabels = (name: string): Labels =>
    context.lister.byKey<Namespace>('Namespace', name)?.metadata.labels ?? NO_LABELS;
  return {
    nodes: nodesInOrder(snapshot),
    storage: storageView(scheduling),
    nowMs: context.nowMs,
    node: (name) => {
      const info = snapshot.nodes.get(name);
      return info?.node ? (info as ReadyNodeInfo) : undefined;
    },
    countPods: (question) => answer(snapshot.counts, question, snapshot.placements),
    carriedTerms: (kind) => snapshot.counts.carried[kind].values(),
    aboutTerms: (terms) => aboutTerms(terms, namespaceLabels),
    termSelects: (term, pod) => termSelects(term, pod, namespaceLabels),
    podInfo: (pod) => newPodInfo(pod, context.derived),
    defaultSelector: (pod) => defaultSelector(context, pod),
    current: (pod) => context.lister.byKey<Pod>('Pod', pod.key),
    podDisruptionBudgets: () => context.lister.list<PodDisruptionBudget>('PodDisruptionBudget'),
    timeOf: (timestamp) => context.timeOf(timestamp),
    randomBelow: (bound) => context.random.below(bound),
    nominatedPods: (nodeName) => (context.memory.nominated.size === 0 ? NOBODY : nominatedPods(scheduling, nodeName)),
    runFilters,
    withPod: withPodAdded,
    withoutPod: withPodRemoved,
    bind: (pod, nodeName) => bindPod(context, pod, nodeName),
    preemptPod: (victim, preemptor, nodeName) => preemptPod(scheduling, victim, preemptor, nodeName),
    clearNomination: (pod) => clearNomination(scheduling, pod),
    activate: (pod) => context.after(PATCH_RETRIES_MS, 'activate', pod.key),
    waitingPods: () => [...context.memory.bindings.values()].filter(waitsForPermit),
    allow: ({ uid }, plugin) => allowWaiting(context, uid, plugin),
    reject: ({ uid }, plugin, reason) => {
      const binding = context.memory.bindings.get(uid);
      if (binding && waitsForPermit(binding)) endWait(context, binding, { ...unschedulable(reason), plugin });
    },
  };
}
