/**
 * The scheduler's picture of the cluster as a cache over the lister and the assumed placements, and what every part of
 * the scheduler works with during one call.
 * Follows pkg/scheduler/backend/cache/cache.go (AssumePod, ForgetPod). A Pod that changes while it is assumed counts as it
 * is now (upstream: as it was, until its binding arrives).
 */
import { keyOf } from '../api/meta';
import { isPodTerminal } from '../api/pod';
import type { Node, Pod } from '../api/types';
import { type DerivedCache, type DerivedSource, differenceOf } from '../client/derived';
import type { LatestVerdicts } from './evidence';
import type { SchedulerContext, SchedulerMemory } from './memory';
import { answer, forgetNamespaceAnswers } from './pod-counts';
import { newPodInfo, type PodInfo, stillHolds } from './pod-info';
import type { Framework } from './runtime';
import { newSnapshot, nodesInOrder, placePod, removeNode, removePod, type Snapshot, setNode } from './snapshot';

/** What can be made anew at any time. */
export interface ClusterView {
  readonly snapshot: Snapshot;
  /** For evidence to share records; holds nothing that matters. */
  readonly verdicts: LatestVerdicts;
}

/** One call of the scheduler: what it was given, its plugins and its picture. */
export interface Scheduling {
  readonly context: SchedulerContext;
  readonly framework: Framework;
  readonly view: ClusterView;
}

/** Whether a Pod still takes part: the scheduler does not see finished ones. */
export function isLive(pod: Pod): boolean {
  return !isPodTerminal(pod);
}

type Source = DerivedSource<SchedulerMemory>;

/** The node a Pod is on, or is assumed to be on. */
function placeOf({ memory }: Source, pod: Pod): string | undefined {
  if (!isLive(pod)) return undefined;
  if (pod.spec.nodeName) return pod.spec.nodeName;
  const assumed = memory.assumed.get(keyOf(pod));
  return assumed && assumed.uid === pod.metadata.uid ? assumed.nodeName : undefined;
}

function buildView(source: Source): ClusterView {
  const snapshot = newSnapshot();
  for (const node of source.lister.list<Node>('Node')) setNode(snapshot, node);
  for (const pod of source.lister.list<Pod>('Pod')) {
    const nodeName = placeOf(source, pod);
    if (nodeName) placePod(snapshot, newPodInfo(pod, source.derived), nodeName);
  }
  return { snapshot, verdicts: { byNode: new Map(), records: new Map(), plugins: '', weights: {} } };
}

function applyPod({ snapshot }: ClusterView, key: string, pod: Pod | undefined, source: Source): void {
  const nodeName = pod && placeOf(source, pod);
  if (!nodeName) {
    removePod(snapshot, key);
    return;
  }
  const placed = snapshot.placements.get(key);
  if (placed?.nodeName === nodeName && stillHolds(placed.pod, pod)) return;
  placePod(snapshot, newPodInfo(pod, source.derived), nodeName);
}

/** All that placement can depend on, without what is only worked out from it. */
function contentsOf({ snapshot }: ClusterView): unknown {
  return {
    order: nodesInOrder(snapshot).map((node) => node.name),
    nodes: new Map(
      [...snapshot.nodes].map(([name, info]) => [
        name,
        {
          ...info,
          node: info.node && [info.node.metadata.labels, info.node.spec, info.node.status?.allocatable],
          pods: new Set(info.pods.keys()),
        },
      ]),
    ),
    placements: new Map(
      [...snapshot.placements].map(([key, { nodeName, pod }]) => [key, [nodeName, pod.uid, pod.labels]]),
    ),
    carried: snapshot.counts.carried,
    images: snapshot.images,
  };
}

/** Where a kept view differs from a fresh one, counts that were asked for included. */
function viewDifference(kept: ClusterView, fresh: ClusterView): string | undefined {
  const difference = differenceOf(contentsOf(kept), contentsOf(fresh));
  if (difference !== undefined) return difference;
  for (const { question, byNode } of kept.snapshot.counts.answers.values()) {
    const { counts, placements } = fresh.snapshot;
    const wrong = differenceOf(byNode, answer(counts, question, placements));
    if (wrong !== undefined) return ` answer to ${question.key}${wrong}`;
  }
  return undefined;
}

/** The cache; see client/derived.ts. */
export const CLUSTER_VIEW: DerivedCache<ClusterView, SchedulerMemory> = {
  name: 'cluster view',
  follows: ['Node', 'Pod', 'Namespace'],
  build: buildView,
  apply: (kept, { kind, key, value }, source) => {
    const view = kept.get('');
    if (!view) return;
    if (kind === 'Pod') applyPod(view, key, value as Pod | undefined, source);
    else if (kind === 'Namespace') forgetNamespaceAnswers(view.snapshot.counts);
    else if (value) setNode(view.snapshot, value as Node);
    else removeNode(view.snapshot, key);
  },
  difference: viewDifference,
};

/** What a call works with. */
export function schedulingOf(context: SchedulerContext, framework: Framework): Scheduling {
  return { context, framework, view: context.derived.read(CLUSTER_VIEW) };
}

/** What is remembered of a Pod while it waits. */
const WAITING = 'waiting Pod';

/** Counts a Pod on a node from now on, before anybody else knows. */
export function assume({ context, view }: Scheduling, info: PodInfo, nodeName: string): void {
  context.memory.assumed.set(info.key, { nodeName, uid: info.uid });
  context.memory.nominated.delete(info.key);
  placePod(view.snapshot, info, nodeName);
}

/** Takes that back; false when this Pod is not assumed (any more). */
export function forget({ context, view }: Scheduling, key: string, uid: string): boolean {
  if (context.memory.assumed.get(key)?.uid !== uid) return false;
  context.memory.assumed.delete(key);
  removePod(view.snapshot, key);
  return true;
}

/** A waiting Pod worked out. */
export function waitingPodInfo(context: SchedulerContext, pod: Pod, key: string): PodInfo {
  const { labels, deletionTimestamp, uid } = pod.metadata;
  const inputs = [pod.spec, labels, deletionTimestamp, uid];
  return context.derived.memo(WAITING, key, inputs, () => newPodInfo(pod, context.derived));
}

/** A Pod waits no more. */
export function forgetWaiting({ derived }: SchedulerContext, key: string): void {
  derived.forget(WAITING, key);
}
