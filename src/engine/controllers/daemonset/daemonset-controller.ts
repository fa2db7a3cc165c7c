/**
 * Keeps one Pod of a DaemonSet on each node it belongs on, updates them by revisions, and writes its status.
 * Follows pkg/controller/daemon/daemon_controller.go and update.go. Reads DaemonSets, ControllerRevisions, Pods and Nodes; writes Pods,
 * ControllerRevisions and DaemonSet status. Instead of going through all nodes at each sync it keeps a view of them
 * (daemon-view.ts). As upstream (StaleControllerConsistencyDaemonSet, on since 1.36) it does not act before its cache has caught up
 * with its own writes. What changes at nodes is looked at when it is delivered, upstream from a queue of its own.
 */
import { isPodAvailable, isPodReady } from '../../api/conditions';
import { controllerOf, joinKey, keyOf } from '../../api/meta';
import { matchesLabelSelector } from '../../api/selector';
import { StatusError } from '../../api/status-error';
import type { ControllerRevision, DaemonSet, Node, Pod } from '../../api/types';
import type { WatchEvent } from '../../client/component';
import { defineController, enqueueAfter, enqueueKey, enqueueRateLimited, type Result } from '../../client/controller';
import {
  creationObserved,
  deleteExpectations,
  deletionObserved,
  expectationsSatisfied,
} from '../../client/expectations';
import { showsOwnWrites } from '../../client/own-writes';
import { orphansFor, ownedPodsCache } from '../../client/pod-counters';
import { claimPods, concernsOwnersOf, ownerOf, ownersFor } from '../../client/pod-owner';
import { planManage, planUpdate } from './daemon-plan';
import { writeStatus } from './daemon-status';
import { altersPlacement, DAEMON_VIEWS } from './daemon-view';
import { cleanUpHistory, constructHistory, isOwnCreation } from './history';
import { createNext, type DaemonMemory, deleteNext, endRun, startRun } from './sync-run';
import type { DaemonContext } from './words';

const PODS = ownedPodsCache('DaemonSet');
const NONE: readonly string[] = [];

/** The DaemonSet controller. */
export const daemonSetController = defineController<DaemonMemory>({
  name: 'daemonset-controller',
  for: 'DaemonSet',
  owns: [
    { kind: 'Pod', map: onPodChange, filter: concernsOwnersOf('DaemonSet') },
    { kind: 'ControllerRevision', map: onRevisionChange, filter: concernsOwnersOf('DaemonSet') },
  ],
  watches: [{ kind: 'Node', map: onNodeChange }],
  memory: () => ({ expectations: new Map(), runs: new Map(), written: new Map(), backoffs: new Map() }),
  observe: onDaemonSetChange,
  reconcile,
  onTimer: (context, kind, key) => {
    if (kind === 'create-pod') createNext(context, key);
    else if (kind === 'delete-pod') deleteNext(context, key);
    else if (kind === 'finish') finish(context, key);
  },
});

function reconcile(context: DaemonContext, key: string): Result {
  const { expectations, runs, written } = context.memory;
  const run = runs.get(key);
  if (run) {
    runs.set(key, { ...run, wokenBy: run.wokenBy ?? context.cause });
    return undefined;
  }
  const daemonSet = context.lister.byKey<DaemonSet>('DaemonSet', key);
  if (!daemonSet) {
    deleteExpectations(expectations, key);
    written.delete(key);
    return undefined;
  }
  if (!showsOwnWrites(context.lister, written, key)) return { error: 'the cache lags behind own writes' };
  if (daemonSet.metadata.deletionTimestamp !== undefined) return undefined;
  const history = constructHistory(context, daemonSet);
  const { hash, old } = history;
  if (settleOwners(context, daemonSet)) return undefined;
  if (!expectationsSatisfied(expectations, key, context.nowMs)) {
    return writeStatus(context, daemonSet, hash, false);
  }
  const work = planManage(context, daemonSet, hash) ?? planUpdate(context, daemonSet, hash);
  sayKept(context, daemonSet, history);
  if (work) {
    startRun(context, daemonSet, hash, work);
    return undefined;
  }
  cleanUpHistory(context, daemonSet, old);
  return writeStatus(context, daemonSet, hash, true);
}

/** What was decided comes first in the sentence of a step; a revision that was kept is told of where nothing was. */
function sayKept(context: DaemonContext, { metadata }: DaemonSet, { made }: ReturnType<typeof constructHistory>): void {
  if (!made) return;
  const sentence = `Kept revision ${made.revision} of DaemonSet ${metadata.name} as ${made.metadata.name}`;
  context.say('create', made, sentence);
}

/** The timer `finish`: what follows the last Pod of a run are history and status, then the queue's business. */
function finish(context: DaemonContext, key: string): void {
  const run = endRun(context, key);
  if (!run) return;
  const { queue } = context.memory;
  let { failure } = run;
  const daemonSet = context.lister.byKey<DaemonSet>('DaemonSet', key);
  if (daemonSet && daemonSet.metadata.uid === run.daemonSet.metadata.uid) {
    try {
      if (failure === undefined) cleanUpHistory(context, daemonSet, constructHistory(context, daemonSet).old);
      const next = writeStatus(context, daemonSet, run.hash, true);
      if (next) enqueueAfter(context, key, next.requeueAfterMs, next.cause);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      failure ??= error.message;
    }
  }
  if (failure !== undefined) {
    queue.failures.set(key, run.failuresBefore);
    enqueueRateLimited(context, key);
  }
  if (run.wokenBy !== undefined) enqueueKey(context, key, run.wokenBy);
}

/** Sorts out whose Pods are whose where that is in question. True when something changed hands: that wakes the DaemonSet again. */
function settleOwners(context: DaemonContext, daemonSet: DaemonSet): boolean {
  const kept = context.derived.read(PODS, keyOf(daemonSet));
  const orphans = orphansFor(context, kept);
  if (orphans.length === 0 && kept.mismatched === 0) return false;
  const matches = ({ metadata }: { metadata: Pod['metadata'] }): boolean =>
    matchesLabelSelector(daemonSet.spec.selector, metadata.labels);
  const own = context.lister.controlledBy<Pod>('Pod', daemonSet.metadata);
  const why = 'its selector matches and nobody owned them';
  const { adopted, released } = claimPods(context, daemonSet, matches, [...own, ...orphans], why);
  return adopted.length + released.length > 0;
}

function onDaemonSetChange(context: DaemonContext, { previous, value, key }: WatchEvent): void {
  if (previous && value?.metadata.uid !== previous.metadata.uid) {
    deleteExpectations(context.memory.expectations, key);
    for (const backoff of context.memory.backoffs.keys()) {
      if (backoff.startsWith(`${previous.metadata.uid}/`)) context.memory.backoffs.delete(backoff);
    }
  }
}

/** What of a Pod a sync looks at. */
function standing(pod: Pod): string {
  const { metadata, spec, status } = pod;
  return `${metadata.deletionTimestamp !== undefined}/${spec.nodeName}/${status.phase}/${isPodReady(pod)}`;
}

/** Takes a Pod's change into the expectations, and says which DaemonSets it wakes. */
function onPodChange(context: DaemonContext, event: WatchEvent): readonly string[] {
  const previous = event.previous as Pod | undefined;
  const pod = event.value as Pod | undefined;
  const before = ownerOf<DaemonSet>(context, 'DaemonSet', previous);
  const after = ownerOf<DaemonSet>(context, 'DaemonSet', pod);
  const { expectations } = context.memory;
  if (!pod) {
    if (before) deletionObserved(expectations, keyOf(before), event.key);
  } else if (after && pod.metadata.deletionTimestamp !== undefined) {
    deletionObserved(expectations, keyOf(after), event.key);
  } else if (after && !previous) creationObserved(expectations, keyOf(after));
  if (pod && after) wakeWhenAvailable(context, after, previous, pod);
  if (before !== after) {
    const keys = [before, after].flatMap((owner) => (owner ? [keyOf(owner)] : []));
    return pod && !after && !controllerOf(pod) ? [...keys, ...ownersFor(context, 'DaemonSet', undefined, pod)] : keys;
  }
  if (!pod) return before ? [keyOf(before)] : NONE;
  if (!after) return controllerOf(pod) ? NONE : ownersFor(context, 'DaemonSet', previous, pod);
  const isSame = previous && standing(previous) === standing(pod) && previous.metadata.labels === pod.metadata.labels;
  return isSame ? NONE : [keyOf(after)];
}

/** A second is added against the milliseconds that timestamps lack. */
function wakeWhenAvailable(context: DaemonContext, daemonSet: DaemonSet, before: Pod | undefined, pod: Pod): void {
  const { minReadySeconds = 0 } = daemonSet.spec;
  if (minReadySeconds === 0 || !isPodReady(pod) || (before && isPodReady(before))) return;
  if (isPodAvailable(pod, minReadySeconds, context.nowMs, (text) => context.timeOf(text))) return;
  enqueueAfter(context, keyOf(daemonSet), (minReadySeconds + 1) * 1000);
}

function onRevisionChange(context: DaemonContext, { previous, value }: WatchEvent): readonly string[] {
  const revision = value as ControllerRevision | undefined;
  if (isOwnCreation(previous, revision)) return NONE;
  const keys = new Set<string>();
  for (const one of [previous, value]) {
    const owner = ownerOf<DaemonSet>(context, 'DaemonSet', one);
    if (owner) keys.add(keyOf(owner));
  }
  if (revision && !controllerOf(revision)) {
    const { namespace, labels } = revision.metadata;
    for (const { metadata, spec } of context.lister.list<DaemonSet>('DaemonSet', namespace)) {
      if (matchesLabelSelector(spec.selector, labels)) keys.add(joinKey(namespace, metadata.name));
    }
  }
  return [...keys];
}

/** The DaemonSets whose Pod a node now lacks, or has without right. A node that goes wakes nobody. */
function onNodeChange(context: DaemonContext, { previous, value, key }: WatchEvent): readonly string[] {
  if (!value || !altersPlacement(previous as Node | undefined, value as Node)) return NONE;
  const versionOf = ({ metadata }: DaemonSet): number => Number(metadata.resourceVersion);
  // Those that come with their nodes have their turn in the order in which they were made.
  const daemonSets = [...context.lister.list<DaemonSet>('DaemonSet')].sort((a, b) => versionOf(a) - versionOf(b));
  if (daemonSets.length === 0) return NONE;
  const scheduled = new Set<string>();
  for (const pod of context.lister.unordered<Pod>('Pod', 'node', key)) {
    const owner = controllerOf(pod);
    if (owner?.kind === 'DaemonSet') scheduled.add(joinKey(pod.metadata.namespace, owner.name));
  }
  return daemonSets.map(keyOf).filter((owner, index) => {
    const placement = context.derived.read(DAEMON_VIEWS, owner).nodes.get(key)?.placement;
    if (!scheduled.has(owner)) return placement?.shouldRun;
    const { status } = daemonSets[index] as DaemonSet;
    return !placement?.shouldContinue || (status.numberMisscheduled ?? 0) > 0;
  });
}
