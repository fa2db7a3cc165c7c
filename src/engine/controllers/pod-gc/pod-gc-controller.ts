/**
 * Pod garbage collection, every 20 s: too many finished Pods, Pods of Nodes that are gone or out of service Pods, and Pods that were
 * deleted before they got a Node.
 * Follows pkg/controller/podgc/gc_controller.go. It keeps a cache of the Pods that matter instead of looking at all each time.
 */
import { isConditionTrue } from '../../api/conditions';
import { keyOf, splitKey } from '../../api/meta';
import { StatusError } from '../../api/status-error';
import type { Node, Pod, PodCondition } from '../../api/types';
import type { Component, Context, WatchEvent } from '../../client/component';
import type { DerivedCache } from '../../client/derived';
import { SortedMap } from '../../client/sorted-map';

type PodGcMemory = {
  /** Until when a Node that Pods are bound to, and that is not there, is given time to show up. */
  readonly quarantine: Map<string, number>;
};

/** Of all Pods, those that may have to go. */
interface Candidates {
  /** Keys of those that are finished. */
  readonly finished: SortedMap<true>;
  /** Keys of those that are being deleted. */
  readonly terminating: SortedMap<true>;
  /** By name of the Node: how many are bound to it. */
  readonly boundTo: SortedMap<number>;
}

type PodGcContext = Context<PodGcMemory>;

const PERIOD_MS = 20_000;
const QUARANTINE_MS = 40_000;
const DEFAULT_THRESHOLD = 12_500;
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/** The Pod garbage collector. */
export const podGcController: Component<PodGcMemory> = {
  name: 'pod-garbage-collector-controller',
  process: 'kube-controller-manager',
  watches: [
    { kind: 'Pod', on: () => undefined, filter: (_actor, event) => isNews(event) },
    { kind: 'Node', on: () => undefined, filter: (_actor, event) => !event.value || !event.previous },
  ],
  wakes: [
    { kind: 'Pod', relation: 'for' },
    { kind: 'Node', relation: 'watches' },
  ],
  initial: () => ({ quarantine: new Map() }),
  start: (context) => context.after(0, 'gc', ''),
  handle: (context, timer) => {
    if (timer.kind === 'collect') collectLater(context, timer.key);
    if (timer.kind !== 'gc') return;
    context.afterBecause(PERIOD_MS, 'gc', '', null);
    collect(context);
  },
};

function isFinished(pod: Pod | undefined): boolean {
  return pod?.status.phase === 'Succeeded' || pod?.status.phase === 'Failed';
}

function isTerminating(pod: Pod | undefined): boolean {
  return pod?.metadata.deletionTimestamp !== undefined;
}

/** Most changes of a Pod don't matter here. */
function isNews(event: WatchEvent): boolean {
  const pod = event.value as Pod | undefined;
  const before = event.previous as Pod | undefined;
  if (isFinished(pod) !== isFinished(before) || isTerminating(pod) !== isTerminating(before)) return true;
  return pod?.spec.nodeName !== before?.spec.nodeName;
}

function note({ finished, terminating, boundTo }: Candidates, pod: Pod, sign: 1 | -1): void {
  const key = keyOf(pod);
  for (const [keys, isOne] of [
    [finished, isFinished(pod)],
    [terminating, isTerminating(pod)],
  ] as const) {
    if (isOne && sign > 0) keys.set(key, true);
    else if (isOne) keys.delete(key);
  }
  const { nodeName } = pod.spec;
  if (!nodeName) return;
  const bound = (boundTo.get(nodeName) ?? 0) + sign;
  if (bound > 0) boundTo.set(nodeName, bound);
  else boundTo.delete(nodeName);
}

const candidatesCache: DerivedCache<Candidates> = {
  name: 'Pods that may have to go',
  follows: ['Pod'],
  build: ({ lister }) => {
    const candidates = {
      finished: new SortedMap<true>(),
      terminating: new SortedMap<true>(),
      boundTo: new SortedMap<number>(),
    };
    for (const pod of lister.list<Pod>('Pod')) note(candidates, pod, 1);
    return candidates;
  },
  apply: (kept, { previous, value }) => {
    for (const [, candidates] of kept.entries()) {
      if (previous) note(candidates, previous as Pod, -1);
      if (value) note(candidates, value as Pod, 1);
    }
  },
};

/** One round. Each Pod to go becomes a step of its own. */
function collect(context: PodGcContext): void {
  for (const key of beyondThreshold(context)) context.after(0, 'collect', `finished ${key}`);
  for (const key of context.derived.read(candidatesCache).terminating.keys()) {
    const pod = context.lister.byKey<Pod>('Pod', key);
    if (!pod) continue;
    if (!pod.spec.nodeName) context.after(0, 'collect', `unscheduled ${key}`);
    else if (isOutOfService(context, pod.spec.nodeName)) context.after(0, 'collect', `out-of-service ${key}`);
  }
  for (const nodeName of deletedNodes(context)) {
    for (const pod of context.lister.byIndex<Pod>('Pod', 'node', nodeName)) {
      context.after(0, 'collect', `orphaned ${keyOf(pod)}`);
    }
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The finished Pods that are too many: evicted ones first, then the oldest. */
function beyondThreshold(context: PodGcContext): readonly string[] {
  const { finished } = context.derived.read(candidatesCache);
  const threshold = Number(context.flag('terminated-pod-gc-threshold') ?? DEFAULT_THRESHOLD);
  const excess = finished.size - threshold;
  if (!(threshold > 0) || excess <= 0) return [];
  const pods = finished.keys().flatMap((key) => context.lister.byKey<Pod>('Pod', key) ?? []);
  const rank = (pod: Pod) => (pod.status.reason === 'Evicted' ? 0 : 1);
  const created = (pod: Pod) => pod.metadata.creationTimestamp ?? '';
  pods.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      byText(created(a), created(b)) ||
      byText(a.metadata.name, b.metadata.name) ||
      byText(keyOf(a), keyOf(b)),
  );
  return pods.slice(0, excess).map(keyOf);
}

/** A Node that isn't ready and that people have said won't come back. */
function isOutOfService(context: PodGcContext, nodeName: string): boolean {
  const node = context.lister.get<Node>('Node', undefined, nodeName);
  if (!node || isConditionTrue(node.status?.conditions, 'Ready')) return false;
  return node.spec.taints?.some((taint) => taint.key === OUT_OF_SERVICE) === true;
}

/** Nodes that stayed missing for the quarantine and that the API server doesn't know either. */
function deletedNodes(context: PodGcContext): readonly string[] {
  const { quarantine } = context.memory;
  const { boundTo } = context.derived.read(candidatesCache);
  const missing = boundTo.keys().filter((nodeName) => !context.lister.get('Node', undefined, nodeName));
  for (const nodeName of missing) {
    if (!quarantine.has(nodeName)) quarantine.set(nodeName, context.nowMs + QUARANTINE_MS);
  }
  const gone: string[] = [];
  for (const [nodeName, untilMs] of [...quarantine]) {
    if (untilMs > context.nowMs) continue;
    quarantine.delete(nodeName);
    if (missing.includes(nodeName) && isAbsent(context, nodeName)) gone.push(nodeName);
  }
  return gone;
}

function isAbsent(context: PodGcContext, nodeName: string): boolean {
  try {
    return context.client.find('Node', undefined, nodeName) === undefined;
  } catch (error) {
    if (error instanceof StatusError) return false;
    throw error;
  }
}

const REASONS: ReadonlyMap<string, (pod: Pod) => string> = new Map<string, (pod: Pod) => string>([
  ['finished', () => 'more Pods are finished than terminated-pod-gc-threshold allows'],
  ['unscheduled', () => 'it was deleted before it was bound to a Node, so no kubelet will end it'],
  ['out-of-service', (pod) => `its Node ${pod.spec.nodeName} is out of service`],
  ['orphaned', (pod) => `its Node ${pod.spec.nodeName} no longer exists`],
]);

/** Carries out what a round decided. Refusals are noted by the next round finding the Pod again. */
function collectLater(context: PodGcContext, item: string): void {
  const [why = '', key = ''] = item.split(' ');
  const { namespace, name } = splitKey(key);
  try {
    const pod = context.lister.get<Pod>('Pod', namespace, name);
    if (!pod) return;
    markFailed(context, pod, why === 'orphaned');
    context.client.delete('Pod', pod.metadata.namespace, pod.metadata.name, { gracePeriodSeconds: 0 });
    context.say('delete', pod, `Deleted Pod ${pod.metadata.name} by force: ${REASONS.get(why)?.(pod)}`);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

/** Nobody else will say how the Pod ended. */
function markFailed(context: PodGcContext, pod: Pod, isOrphaned: boolean): void {
  if (isFinished(pod)) return;
  const observedGeneration = pod.metadata.generation;
  const target = {
    type: 'DisruptionTarget',
    observedGeneration,
    status: 'True',
    reason: 'DeletionByPodGC',
    message: 'PodGC: node no longer exists',
    lastProbeTime: null,
    lastTransitionTime: context.now,
  } as unknown as PodCondition;
  const conditions = isOrphaned ? { conditions: [target] } : {};
  const { namespace, name, uid } = pod.metadata;
  const body = { metadata: { uid }, status: { observedGeneration, phase: 'Failed', ...conditions } };
  context.client.patch<Pod>('Pod', namespace, name, { type: 'strategic', body }, { subresource: 'status' });
}
