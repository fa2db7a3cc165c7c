/**
 * Makes or deletes the Pods that a reconcile has decided on, one Pod per timer at the same virtual ms, so that people
 * can step from Pod to Pod. While a run is on, the ReplicaSet's key is being worked on and is not reconciled.
 * Follows pkg/controller/replicaset/replica_set.go (manageReplicas, slowStartBatch) and pkg/controller/
 * controller_utils.go (RealPodControl). A batch runs one after the other instead of at once.
 */
import { joinKey, keyOf } from '../../api/meta';
import { hasCause, StatusError } from '../../api/status-error';
import type { Pod, ReplicaSet } from '../../api/types';
import type { Context } from '../../client/component';
import type { ControllerMemory } from '../../client/controller';
import { newControllerRef } from '../../client/controller-ref';
import {
  creationObserved,
  deletionObserved,
  type Expectations,
  expectCreations,
  expectDeletions,
} from '../../client/expectations';
import type { PodCounts } from '../../client/pod-counters';
import type { RankedPod } from './deletion-ranking';

/** One ReplicaSet's Pods being made or deleted. Replaced, never mutated. */
export interface ScalingRun {
  readonly verb: 'create' | 'delete';
  readonly total: number;
  /** Timers fired so far, whether they did something or not. */
  readonly done: number;
  readonly succeeded: number;
  /** Creations only: the number of timers after which the present batch ends. */
  readonly batchEnd: number;
  readonly failure: string | undefined;
  /** Deletions only: names of the Pods to go. */
  readonly names: readonly string[];
  /** The counts the decision was made on; the status is written from them. */
  readonly counts: PodCounts & { readonly nextInMs: number | undefined };
  /** The key was woken in the meantime and must be reconciled again. */
  readonly isWokenAgain: boolean;
  /** Failures in a row before this run, which the queue has forgotten by now. */
  readonly failuresBefore: number;
}

/** Memory of the ReplicaSet controller. */
export interface ReplicaSetMemory extends ControllerMemory {
  readonly expectations: Expectations;
  readonly runs: Map<string, ScalingRun>;
  /** By key: the revision of the controller's own last write for it, which its cache must have reached first. */
  readonly written: Map<string, number>;
}

/** The most Pods made or deleted in one go. */
const BURST_REPLICAS = 500;
/** How many ranked Pods are kept as evidence. */
const EVIDENCE_PODS = 50;

type ReplicaSetContext = Context<ReplicaSetMemory>;

/** Remembers how far the cache has to come before this ReplicaSet is looked at again. */
export function noteWrite(context: ReplicaSetContext, key: string, resourceVersion: string | undefined): void {
  const revision = Number(resourceVersion);
  if (revision > (context.memory.written.get(key) ?? 0)) context.memory.written.set(key, revision);
}

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
    done: 0,
    succeeded: 0,
    batchEnd: 1,
    failure: undefined,
    isWokenAgain: false,
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
  const sentence = `ReplicaSet ${replicaSet.metadata.name} has ${counts.active} of ${wanted} Pods: creating ${total}${burst}`;
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
  const sentence = `ReplicaSet ${replicaSet.metadata.name} has ${podsInWords(counts.active)} and wants ${wanted}: deleting ${total}`;
  context.say('reconcile', replicaSet, sentence);
  const ranked = ranking.slice(0, EVIDENCE_PODS).map(({ pod, ...why }) => ({ pod: pod.metadata.name, ...why }));
  context.attach({ wanted, counts, deleting: total, ranked });
}

function podFromTemplate(replicaSet: ReplicaSet): Pod {
  const { metadata, spec } = replicaSet;
  const { labels, annotations, finalizers } = spec.template?.metadata ?? {};
  const pod: Omit<Pod, 'status' | 'metadata'> & { metadata: object } = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${metadata.name}-`,
      namespace: metadata.namespace,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(finalizers ? { finalizers } : {}),
      ownerReferences: [newControllerRef(replicaSet)],
    },
    spec: spec.template?.spec as Pod['spec'],
  };
  return pod as Pod;
}

/** Creates one Pod. Returns why it could not, if so; in a namespace that goes, failing is as good as done. */
function createPod(
  context: ReplicaSetContext,
  key: string,
  replicaSet: ReplicaSet,
  run: ScalingRun,
): string | undefined {
  try {
    const pod = context.client.create<Pod>(podFromTemplate(replicaSet));
    const { name, resourceVersion } = pod.metadata;
    noteWrite(context, key, resourceVersion);
    context.say('create', pod, `Created Pod ${name}, ${run.succeeded + 1} of ${run.total} that were missing`);
    context.events.record(replicaSet, 'Normal', 'SuccessfulCreate', `Created pod: ${name}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (hasCause(error, 'NamespaceTerminating')) return undefined;
    context.say(
      'create',
      replicaSet,
      `Could not create a Pod for ReplicaSet ${replicaSet.metadata.name}: ${error.message}`,
    );
    context.events.record(replicaSet, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
    return error.message;
  }
}

/** The timer `create-pod`: batches of 1, 2, 4, … of which none starts after one with a failure in it. */
export function createNext(context: ReplicaSetContext, key: string): void {
  const run = context.memory.runs.get(key);
  if (run?.verb !== 'create') return;
  const done = run.done + 1;
  if (run.failure !== undefined && run.done >= run.batchEnd) return;
  const replicaSet = context.lister.byKey<ReplicaSet>('ReplicaSet', key);
  if (!replicaSet) return;
  const failure = createPod(context, key, replicaSet, run);
  context.memory.runs.set(key, {
    ...run,
    done,
    succeeded: run.succeeded + (failure === undefined ? 1 : 0),
    failure: run.failure ?? failure,
    batchEnd: nextBatchEnd(run, done, failure),
  });
}

/** Batches end after 1, 3, 7, 15 … Pods; the end stands still once something has failed. */
function nextBatchEnd(run: ScalingRun, done: number, failure: string | undefined): number {
  const hasFailed = run.failure !== undefined || failure !== undefined;
  return done === run.batchEnd && !hasFailed ? run.batchEnd * 2 + 1 : run.batchEnd;
}

/** Deletes one Pod. Returns why it could not, if so; a Pod that is gone already is no failure, but not awaited either. */
function deletePod(
  context: ReplicaSetContext,
  key: string,
  replicaSet: ReplicaSet,
  run: ScalingRun,
): string | undefined {
  const name = run.names[run.done] as string;
  const { namespace } = replicaSet.metadata;
  try {
    const pod = context.client.delete<Pod>('Pod', namespace, name);
    noteWrite(context, key, pod.metadata.resourceVersion);
    context.say('delete', pod, `Deleted Pod ${name}, ${run.done + 1} of ${run.total} that are too many`);
    context.events.record(replicaSet, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    deletionObserved(context.memory.expectations, key, joinKey(namespace, name));
    if (error.reason === 'NotFound') return undefined;
    context.say('delete', replicaSet, `Could not delete Pod ${name}: ${error.message}`);
    context.events.record(replicaSet, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`);
    return error.message;
  }
}

/** The timer `delete-pod`. */
export function deleteNext(context: ReplicaSetContext, key: string): void {
  const run = context.memory.runs.get(key);
  if (run?.verb !== 'delete') return;
  const replicaSet = context.lister.byKey<ReplicaSet>('ReplicaSet', key);
  if (!replicaSet) return;
  const failure = deletePod(context, key, replicaSet, run);
  context.memory.runs.set(key, { ...run, done: run.done + 1, failure: run.failure ?? failure });
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
