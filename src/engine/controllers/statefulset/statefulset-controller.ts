/**
 * Keeps the Pods of a StatefulSet: numbered, each with its claims, made in order, updated and taken away from the highest ordinal.
 * Follows pkg/controller/statefulset/stateful_set.go and stateful_set_control.go. Reads StatefulSets, Pods, claims and
 * ControllerRevisions; writes Pods, claims, ControllerRevisions and StatefulSet status. Instead of listing its Pods at each sync it
 * keeps them by ordinal (set-view.ts). As upstream (StaleControllerConsistencyStatefulSet, on since 1.36) it does not act before its
 * cache has caught up with its own writes. A StatefulSet that is being deleted makes no further revision.
 */
import { isPodAvailable, isPodReady } from '../../api/conditions';
import { controllerOf, keyOf } from '../../api/meta';
import { matchesLabelSelector } from '../../api/selector';
import { StatusError } from '../../api/status-error';
import type { Pod, StatefulSet } from '../../api/types';
import type { WatchEvent } from '../../client/component';
import {
  defineController,
  enqueueAfter,
  enqueueKey,
  enqueueRateLimited,
  type Requeue,
  type Result,
} from '../../client/controller';
import { showsOwnWrites } from '../../client/own-writes';
import { orphansFor, ownedPodsCache } from '../../client/pod-counters';
import { claimPods, concernsOwnersOf, ownerOf, ownersFor } from '../../client/pod-owner';
import { revisionsOf } from './revisions';
import { planFor } from './set-facts';
import type { SetContext, SetMemory } from './set-memory';
import { act, finish, startRun } from './set-run';
import { ordinalIn } from './stateful-pod';

const PODS = ownedPodsCache('StatefulSet');
const NONE: readonly string[] = [];

/** The StatefulSet controller. */
export const statefulSetController = defineController<SetMemory>({
  name: 'statefulset-controller',
  for: 'StatefulSet',
  owns: [{ kind: 'Pod', map: onPodChange, filter: concernsOwnersOf('StatefulSet') }],
  reads: ['PersistentVolumeClaim', 'ControllerRevision'],
  memory: () => ({ runs: new Map(), written: new Map(), waits: new Map() }),
  reconcile,
  onTimer: (context, kind, key) => {
    if (kind === 'act') act(context, key);
    else if (kind === 'finish') finishLater(context, key);
  },
});

function reconcile(context: SetContext, key: string): Result {
  const { runs, written, waits } = context.memory;
  const run = runs.get(key);
  if (run) {
    runs.set(key, { ...run, wokenBy: run.wokenBy ?? context.cause });
    return undefined;
  }
  const statefulSet = context.lister.byKey<StatefulSet>('StatefulSet', key);
  if (!statefulSet) {
    written.delete(key);
    waits.delete(key);
    return undefined;
  }
  if (!showsOwnWrites(context.lister, written, key)) return { error: 'the cache lags behind own writes' };
  if (settleOwners(context, statefulSet)) return undefined;
  const isGoing = statefulSet.metadata.deletionTimestamp !== undefined;
  const revisions = revisionsOf(context, statefulSet, isGoing);
  if (!revisions) return undefined;
  const plan = isGoing ? { stages: [], wait: undefined } : planFor(context, statefulSet, revisions);
  const actions = plan.stages.flatMap((stage, index) => stage.map((action) => ({ ...action, stage: index })));
  startRun(context, statefulSet, revisions, actions, plan.wait);
  if (actions.length > 1) return undefined;
  if (actions.length === 1) act(context, key);
  const { failure, requeue } = finish(context, key);
  return failure === undefined ? requeue : { error: failure };
}

/** The timer `finish` of a run of several actions: what follows is the queue's business. */
function finishLater(context: SetContext, key: string): void {
  const run = context.memory.runs.get(key);
  if (!run) return;
  let failure: string | undefined;
  let requeue: Requeue | undefined;
  try {
    ({ failure, requeue } = finish(context, key));
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    failure = error.message;
  }
  if (failure !== undefined) {
    context.memory.queue.failures.set(key, run.failuresBefore);
    enqueueRateLimited(context, key);
  } else if (requeue) enqueueAfter(context, key, requeue.requeueAfterMs, requeue.cause);
  if (run.wokenBy !== undefined) enqueueKey(context, key, run.wokenBy);
}

/** Sorts out whose Pods are whose where that is in question. True when something changed hands: that wakes the set again. */
function settleOwners(context: SetContext, statefulSet: StatefulSet): boolean {
  const kept = context.derived.read(PODS, keyOf(statefulSet));
  const { name, deletionTimestamp } = statefulSet.metadata;
  if (deletionTimestamp !== undefined) return false;
  const orphans = orphansFor(context, kept).filter(({ metadata }) => ordinalIn(name, metadata.name) !== undefined);
  if (orphans.length === 0 && kept.mismatched === 0) return false;
  const matches = ({ metadata }: { metadata: Pod['metadata'] }): boolean =>
    matchesLabelSelector(statefulSet.spec.selector, metadata.labels) && ordinalIn(name, metadata.name) !== undefined;
  const own = context.lister.controlledBy<Pod>('Pod', statefulSet.metadata);
  const why = 'its selector and name match and nobody owned them';
  const { adopted, released } = claimPods(context, statefulSet, matches, [...own, ...orphans], why);
  return adopted.length + released.length > 0;
}

/** What of a Pod a sync looks at. */
function standing({ metadata, spec, status }: Pod): string {
  const { phase, conditions } = status;
  const since = conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  return `${metadata.deletionTimestamp !== undefined}/${phase}/${since}/${Boolean(spec.nodeName)}`;
}

/** Which StatefulSets a Pod's change wakes. */
function onPodChange(context: SetContext, event: WatchEvent): readonly string[] {
  const previous = event.previous as Pod | undefined;
  const pod = event.value as Pod | undefined;
  const before = ownerOf<StatefulSet>(context, 'StatefulSet', previous);
  const after = ownerOf<StatefulSet>(context, 'StatefulSet', pod);
  if (before !== after) {
    const keys = [before, after].flatMap((owner) => (owner ? [keyOf(owner)] : []));
    return pod && !controllerOf(pod) ? [...keys, ...ownersFor(context, 'StatefulSet', undefined, pod)] : keys;
  }
  if (!after) {
    return pod && !controllerOf(pod) ? ownersFor(context, 'StatefulSet', previous, pod) : NONE;
  }
  const isSame =
    previous &&
    pod &&
    standing(previous) === standing(pod) &&
    isPodReady(previous) === isPodReady(pod) &&
    previous.metadata.labels === pod.metadata.labels;
  if (isSame) return NONE;
  wakeWhenAvailable(context, after, previous, pod);
  return [keyOf(after)];
}

function wakeWhenAvailable(
  context: SetContext,
  statefulSet: StatefulSet,
  before: Pod | undefined,
  pod: Pod | undefined,
): void {
  const { minReadySeconds = 0 } = statefulSet.spec;
  if (minReadySeconds === 0 || !pod || !isPodReady(pod) || (before && isPodReady(before))) return;
  if (isPodAvailable(pod, minReadySeconds, context.nowMs, (text) => context.timeOf(text))) return;
  enqueueAfter(context, keyOf(statefulSet), minReadySeconds * 1000);
}
