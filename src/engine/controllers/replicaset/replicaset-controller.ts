/**
 * Keeps as many Pods of a ReplicaSet as it wants: adopts and releases, creates and deletes, and writes its status. The same for
 * ReplicationControllers, which differ by their selector alone.
 * Follows pkg/controller/replicaset/replica_set.go and pkg/controller/replication. Reads ReplicaSets and Pods; writes Pods and
 * ReplicaSet status.
 * Instead of listing its Pods at each sync it keeps running counts (pod-counters.ts), and it is not woken by Pod
 * changes that alter none of them. As upstream (StaleControllerConsistencyReplicaSet, on since 1.36) it does not act
 * before its cache has caught up with its own writes.
 */

import { controllerOf, type KubeObject, keyOf } from '../../api/meta';
import { isPodActive } from '../../api/pod';
import { matchesLabelSelector, podSelectorOf } from '../../api/selector';
import { StatusError } from '../../api/status-error';
import type { Pod, ReplicaSet } from '../../api/types';
import type { Component, Context, WatchEvent } from '../../client/component';
import { defineController, enqueueAfter, enqueueKey, enqueueRateLimited, type Result } from '../../client/controller';
import {
  creationObserved,
  deleteExpectations,
  deletionObserved,
  expectationsSatisfied,
} from '../../client/expectations';
import { controlledPlace } from '../../client/indexers';
import { noteWrite, showsOwnWrites } from '../../client/own-writes';
import { altersCounts, countsFromPods, orphansFor, ownedPodsCache, whenAvailable } from '../../client/pod-counters';
import { claimPods, concernsOwnersOf, ownerOf, ownersFor } from '../../client/pod-owner';
import { saveStatus } from '../../client/save-status';
import { rankForDeletion } from './deletion-ranking';
import { calculateStatus, isStatusCurrent } from './replica-set-status';
import {
  createNext,
  deleteNext,
  endRun,
  podsInWords,
  type ReplicaKind,
  type ReplicaSetMemory,
  type ScalingRun,
  startCreating,
  startDeleting,
} from './scaling-run';

type ReplicaSetContext = Context<ReplicaSetMemory>;
type Counts = ScalingRun['counts'];

/** The counts, and the Pods themselves where they had to be looked at. */
interface Tally {
  readonly counts: Counts;
  readonly claimed: readonly Pod[] | undefined;
}

const NONE: readonly string[] = [];

const PODS_CACHES = {
  ReplicaSet: ownedPodsCache('ReplicaSet'),
  ReplicationController: ownedPodsCache('ReplicationController'),
} as const;

function controllerFor(kind: ReplicaKind, name: string, eventSource: string): Component<ReplicaSetMemory> {
  return defineController<ReplicaSetMemory>({
    name,
    eventSource,
    for: kind,
    owns: [{ kind: 'Pod', map: onPodChange, filter: concernsOwnersOf(kind) }],
    memory: () => ({ kind, expectations: new Map(), runs: new Map(), written: new Map() }),
    observe: onReplicaSetChange,
    reconcile,
    onTimer: (context, timer, key) => {
      if (timer === 'create-pod') createNext(context, key);
      else if (timer === 'delete-pod') deleteNext(context, key);
      else if (timer === 'finish') finish(context, key);
    },
  });
}

/** The ReplicaSet controller. */
export const replicaSetController = controllerFor('ReplicaSet', 'replicaset-controller', 'replicaset-controller');

/** The ReplicationController controller. */
export const replicationController = controllerFor(
  'ReplicationController',
  'replicationcontroller-controller',
  'replication-controller',
);

function reconcile(context: ReplicaSetContext, key: string): Result {
  const { expectations, runs, written } = context.memory;
  const run = runs.get(key);
  if (run) {
    runs.set(key, { ...run, wokenBy: run.wokenBy ?? context.cause });
    return undefined;
  }
  const replicaSet = context.lister.byKey<ReplicaSet>(context.memory.kind, key);
  if (!replicaSet) {
    deleteExpectations(expectations, key);
    written.delete(key);
    return undefined;
  }
  if (!showsOwnWrites(context.lister, written, key)) return { error: 'the cache lags behind own writes' };
  const mayScale = expectationsSatisfied(expectations, key, context.nowMs);
  const { counts, claimed } = countPods(context, replicaSet);
  const surplus = counts.active - (replicaSet.spec.replicas ?? 1);
  if (mayScale && surplus !== 0 && replicaSet.metadata.deletionTimestamp === undefined) {
    if (surplus < 0) startCreating(context, replicaSet, -surplus, counts);
    else startDeleting(context, replicaSet, surplus, rankPods(context, replicaSet, surplus, claimed), counts);
    return undefined;
  }
  writeStatus(context, replicaSet, counts, undefined);
  return counts.next && whenAvailable(context, counts.next);
}

/** Sorts out whose Pods are whose where that is in question, then counts. */
function countPods(context: ReplicaSetContext, replicaSet: ReplicaSet): Tally {
  const kept = context.derived.read(PODS_CACHES[context.memory.kind], keyOf(replicaSet));
  const isAlive = replicaSet.metadata.deletionTimestamp === undefined;
  const orphans = isAlive ? orphansFor(context, kept) : [];
  const mustRelease = isAlive && kept.mismatched > 0;
  const minReadySeconds = replicaSet.spec.minReadySeconds ?? 0;
  const { active, ready, fullyLabeled, terminating } = kept;
  if (orphans.length > 0 || mustRelease) {
    const claimed = settleOwners(context, replicaSet, orphans);
    return { counts: countsFromPods(claimed, terminating, replicaSet, context), claimed };
  }
  if (minReadySeconds > 0 && ready > 0) {
    const claimed = ownActivePods(context, replicaSet);
    return { counts: countsFromPods(claimed, terminating, replicaSet, context), claimed };
  }
  const counts = { active, ready, available: ready, fullyLabeled, terminating, next: undefined };
  return { counts, claimed: undefined };
}

/** In no particular order. */
function ownActivePods(context: ReplicaSetContext, replicaSet: ReplicaSet): Pod[] {
  const selector = podSelectorOf(replicaSet);
  return context.lister
    .unordered<Pod>('Pod', 'controller', controlledPlace(replicaSet.metadata))
    .filter((pod) => isPodActive(pod) && matchesLabelSelector(selector, pod.metadata.labels));
}

function settleOwners(context: ReplicaSetContext, replicaSet: ReplicaSet, orphans: readonly Pod[]): readonly Pod[] {
  const selector = podSelectorOf(replicaSet);
  const matches = ({ metadata }: KubeObject): boolean => matchesLabelSelector(selector, metadata.labels);
  const own = context.lister.controlledBy<Pod>('Pod', replicaSet.metadata).filter(isPodActive);
  const why = 'its selector matches and nobody owned them';
  return claimPods(context, replicaSet, matches, [...own, ...orphans], why).claimed;
}

/** The own Pods to delete first, at least `count` of them, those just adopted included. Pods of the same owner's ReplicaSets count as neighbours. */
function rankPods(
  context: ReplicaSetContext,
  replicaSet: ReplicaSet,
  count: number,
  claimed: readonly Pod[] | undefined,
): ReturnType<typeof rankForDeletion> {
  const owner = controllerOf(replicaSet);
  const siblings = owner
    ? context.lister.controlledBy<ReplicaSet>('ReplicaSet', { ...replicaSet.metadata, uid: owner.uid })
    : [];
  const own = claimed ?? ownActivePods(context, replicaSet);
  const related = siblings.flatMap((sibling) => (sibling === replicaSet ? own : ownActivePods(context, sibling)));
  return rankForDeletion(own, related, context, count);
}

/** Writes the status if it changed; a lost race is tried once more on the live object, as upstream does. */
function writeStatus(
  context: ReplicaSetContext,
  replicaSet: ReplicaSet,
  counts: Counts,
  failure: string | undefined,
): void {
  const status = calculateStatus(replicaSet, counts, failure, context.now);
  if (isStatusCurrent(replicaSet, status)) return;
  const { name } = replicaSet.metadata;
  const written = saveStatus(context.client, replicaSet, (one) => ({ ...one, status }));
  noteWrite(context.memory.written, keyOf(replicaSet), written.metadata.resourceVersion);
  const { active, ready, available, terminating } = counts;
  const going = terminating > 0 ? `, and ${terminating} terminating` : '';
  const sentence = `${replicaSet.kind} ${name} reports ${podsInWords(active)}, ${ready} ready, ${available} available${going}`;
  context.say('update-status', written, sentence);
}

/** The timer `finish`: what follows the last Pod of a run is the status, then the queue's business. */
function finish(context: ReplicaSetContext, key: string): void {
  const run = endRun(context, key);
  if (!run) return;
  const { queue } = context.memory;
  let failure = run.failure;
  const replicaSet = context.lister.byKey<ReplicaSet>(context.memory.kind, key);
  if (replicaSet) {
    try {
      writeStatus(context, replicaSet, run.counts, run.failure);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      failure ??= error.message;
    }
  }
  if (failure !== undefined) {
    queue.failures.set(key, run.failuresBefore);
    enqueueRateLimited(context, key);
  } else if (run.counts.next) {
    const { requeueAfterMs, cause } = whenAvailable(context, run.counts.next);
    enqueueAfter(context, key, requeueAfterMs, cause);
  }
  if (run.wokenBy !== undefined) enqueueKey(context, key, run.wokenBy);
}

function onReplicaSetChange(context: ReplicaSetContext, event: WatchEvent): void {
  const before = event.previous as ReplicaSet | undefined;
  const after = event.value as ReplicaSet | undefined;
  if (!before) return;
  if (after?.metadata.uid !== before.metadata.uid) deleteExpectations(context.memory.expectations, event.key);
}

/** Takes a Pod's change into the counts and expectations, and says which ReplicaSets it wakes. */
function onPodChange(context: ReplicaSetContext, event: WatchEvent): readonly string[] {
  const previous = event.previous as Pod | undefined;
  const pod = event.value as Pod | undefined;
  const { kind } = context.memory;
  const before = ownerOf<ReplicaSet>(context, kind, previous);
  const after = ownerOf<ReplicaSet>(context, kind, pod);
  const isAwaited =
    after !== undefined && !expectationsSatisfied(context.memory.expectations, keyOf(after), context.nowMs);
  observeExpectations(context, event, before, after);
  if (before === after) {
    if (before && after) return isAwaited || altersCounts(event, before, after) ? [keyOf(after)] : NONE;
    return pod && !controllerOf(pod) ? ownersFor(context, kind, previous, pod) : NONE;
  }
  const keys: string[] = [];
  if (before) keys.push(keyOf(before));
  if (after) keys.push(keyOf(after));
  else if (pod && !controllerOf(pod)) keys.push(...ownersFor(context, kind, undefined, pod));
  return keys;
}

function observeExpectations(
  context: ReplicaSetContext,
  event: WatchEvent,
  before: ReplicaSet | undefined,
  after: ReplicaSet | undefined,
): void {
  const { expectations } = context.memory;
  if (!event.value) {
    if (before) deletionObserved(expectations, keyOf(before), event.key);
  } else if (after && event.value.metadata.deletionTimestamp !== undefined) {
    deletionObserved(expectations, keyOf(after), event.key);
  } else if (after && !event.previous) {
    creationObserved(expectations, keyOf(after));
  }
}
