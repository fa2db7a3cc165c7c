/**
 * Makes or deletes the Pods that a reconcile has decided on, one Pod per timer at the same virtual ms, so that people
 * can step from Pod to Pod. While a run is on, the ReplicaSet's key is being worked on and is not reconciled.
 * Follows pkg/controller/replicaset/replica_set.go (manageReplicas).
 */
import { joinKey, keyOf } from '../../api/meta';
import type { ReplicaSet } from '../../api/types';
import type { Context } from '../../client/component';
import type { ControllerMemory } from '../../client/controller';
import {
  creationObserved,
  deletionObserved,
  type Expectations,
  expectCreations,
  expectDeletions,
} from '../../client/expectations';
import { noteWrite, type OwnWrites } from '../../client/own-writes';
import {
  afterTry,
  createPod,
  deletePod,
  mayTry,
  podFromTemplate,
  SLOW_START,
  type SlowStart,
} from '../../client/pod-control';
import type { NextAvailable, PodCounts } from '../../client/pod-counters';
import type { RankedPod } from './deletion-ranking';

/** One ReplicaSet's Pods being made or deleted. Replaced, never mutated. */
export interface ScalingRun extends SlowStart {
  readonly verb: 'create' | 'delete';
  readonly total: number;
  /** Deletions only: names of the Pods to go. */
  readonly names: readonly string[];
  /** The counts the decision was made on; the status is written from them. */
  readonly counts: PodCounts & { readonly next: NextAvailable | undefined };
  /** What woke the key in the meantime, so that it must be reconciled again. */
  readonly wokenBy: number | null | undefined;
  /** Failures in a row before this run, which the queue has forgotten by now. */
  readonly failuresBefore: number;
}

/** Memory of the ReplicaSet controller. */
export interface ReplicaSetMemory extends ControllerMemory {
  /** The kind that is controlled; a ReplicationController is taken for a ReplicaSet with another selector. */
  readonly kind: ReplicaKind;
  readonly expectations: Expectations;
  readonly runs: Map<string, ScalingRun>;
  /** By key: the revision of the controller's own last write for it, which its cache must have reached first. */
  readonly written: OwnWrites;
}

/** The kinds that this controller works for. */
export type ReplicaKind = 'ReplicaSet' | 'ReplicationController';

/** The most Pods made or deleted in one go. */
const BURST_REPLICAS = 500;
/** How many ranked Pods are kept as evidence. */
const EVIDENCE_PODS = 50;

type ReplicaSetContext = Context<ReplicaSetMemory>;

/** `1 Pod`, `2 Pods`. */
export function podsInWords(count: number): string {
  return count === 1 ? '1 Pod' : `${count} Pods`;
}

function start(
  context: ReplicaSetContext,
  key: string,
  run: Pick<ScalingRun, 'verb' | 'total' | 'counts' | 'names'>,
): void {
  const failuresBefore = context.memory.queue.failures.get(key) ?? 0;
  context.memory.runs.set(key, {
    ...run,
    ...SLOW_START,
    wokenBy: undefined,
    failuresBefore,
  });
  for (let index = 0; index < run.total; index++) context.after(0, `${run.verb}-pod`, key);
  context.after(0, 'finish', key);
}

/** Starts making the missing Pods. */
export function startCreating(
  context: ReplicaSetContext,
  replicaSet: ReplicaSet,
  missing: number,
  counts: ScalingRun['counts'],
): void {
  const key = keyOf(replicaSet);
  const total = Math.min(missing, BURST_REPLICAS);
  const wanted = replicaSet.spec.replicas ?? 1;
  expectCreations(context.memory.expectations, key, total, context.nowMs);
  start(context, key, { verb: 'create', total, counts, names: [] });
  const burst = total < missing ? ` (at most ${BURST_REPLICAS} at a time)` : '';
  const sentence = `${replicaSet.kind} ${replicaSet.metadata.name} has ${counts.active} of ${wanted} Pods: creating ${total}${burst}`;
  context.say('reconcile', replicaSet, sentence);
  context.attach({ wanted, counts, creating: total });
}

/** Starts deleting surplus Pods. `ranking` has all Pods, those to go first. */
export function startDeleting(
  context: ReplicaSetContext,
  replicaSet: ReplicaSet,
  surplus: number,
  ranking: readonly RankedPod[],
  counts: ScalingRun['counts'],
): void {
  const key = keyOf(replicaSet);
  const total = Math.min(surplus, BURST_REPLICAS);
  const wanted = replicaSet.spec.replicas ?? 1;
  const names = ranking.slice(0, total).map(({ pod }) => pod.metadata.name);
  const keys = names.map((name) => joinKey(replicaSet.metadata.namespace, name));
  expectDeletions(context.memory.expectations, key, keys, context.nowMs);
  start(context, key, { verb: 'delete', total, counts, names });
  const sentence = `${replicaSet.kind} ${replicaSet.metadata.name} has ${podsInWords(counts.active)} and wants ${wanted}: deleting ${total}`;
  context.say('reconcile', replicaSet, sentence);
  const ranked = ranking.slice(0, EVIDENCE_PODS).map(({ pod, ...why }) => ({ pod: pod.metadata.name, ...why }));
  context.attach({ wanted, counts, deleting: total, ranked });
}

/** The timer `create-pod`. */
export function createNext(context: ReplicaSetContext, key: string): void {
  const { runs, written } = context.memory;
  const run = runs.get(key);
  const replicaSet = context.lister.byKey<ReplicaSet>(context.memory.kind, key);
  if (run?.verb !== 'create' || !mayTry(run) || !replicaSet) return;
  const outcome = createPod(context, replicaSet, podFromTemplate(replicaSet.spec.template, replicaSet));
  if (outcome.pod) {
    const { name, resourceVersion } = outcome.pod.metadata;
    noteWrite(written, key, resourceVersion);
    context.say('create', outcome.pod, `Created Pod ${name}, ${run.succeeded + 1} of ${run.total} that were missing`);
  } else if (outcome.failure !== undefined) {
    const sentence = `Could not create a Pod for ${replicaSet.kind} ${replicaSet.metadata.name}: ${outcome.failure}`;
    context.say('create', replicaSet, sentence);
  }
  runs.set(key, { ...run, ...afterTry(run, outcome.failure) });
}

/** The timer `delete-pod`. A Pod that could not be deleted, or is gone already, is not awaited. */
export function deleteNext(context: ReplicaSetContext, key: string): void {
  const { runs, written, expectations } = context.memory;
  const run = runs.get(key);
  const replicaSet = context.lister.byKey<ReplicaSet>(context.memory.kind, key);
  if (run?.verb !== 'delete' || !replicaSet) return;
  const name = run.names[run.tried] as string;
  const outcome = deletePod(context, replicaSet, name);
  if (outcome.pod) {
    noteWrite(written, key, outcome.pod.metadata.resourceVersion);
    context.say('delete', outcome.pod, `Deleted Pod ${name}, ${run.tried + 1} of ${run.total} that are too many`);
  } else {
    deletionObserved(expectations, key, joinKey(replicaSet.metadata.namespace, name));
    if (outcome.failure !== undefined)
      context.say('delete', replicaSet, `Could not delete Pod ${name}: ${outcome.failure}`);
  }
  runs.set(key, { ...run, ...afterTry(run, outcome.failure) });
}

/** Ends a run and lowers what is expected by the Pods that will not come. */
export function endRun(context: ReplicaSetContext, key: string): ScalingRun | undefined {
  const { runs, expectations } = context.memory;
  const run = runs.get(key);
  if (!run) return undefined;
  runs.delete(key);
  const skipped = run.total - run.succeeded;
  if (run.verb === 'create' && skipped > 0) creationObserved(expectations, key, skipped);
  return run;
}
