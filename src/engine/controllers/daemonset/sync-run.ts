/**
 * Makes and deletes the Pods that a sync has decided on, one Pod per timer, so that people can step from Pod to Pod. While a run is on,
 * the DaemonSet's key is being worked on and is not reconciled. Creations come in batches of 1, 2, 4 …, each when the one before has
 * been heard of, as in a real cluster: so the status written at the end counts all but the last batch.
 * Follows syncNodes of pkg/controller/daemon/daemon_controller.go.
 */
import { joinKey, keyOf } from '../../api/meta';
import type { DaemonSet } from '../../api/types';
import type { Context } from '../../client/component';
import type { ControllerMemory } from '../../client/controller';
import { creationObserved, deletionObserved, type Expectations, expectBoth } from '../../client/expectations';
import { noteWrite, type OwnWrites } from '../../client/own-writes';
import { afterTry, createPod, deletePod, mayTry, SLOW_START, type SlowStart } from '../../client/pod-control';
import { daemonPod } from './daemon-pod';

/** One DaemonSet's Pods being made and deleted. Replaced, never mutated. */
export interface DaemonRun {
  /** As it was when the sync began. */
  readonly daemonSet: DaemonSet;
  /** Names of the nodes that get a Pod. */
  readonly nodes: readonly string[];
  /** Names of the Pods to go. */
  readonly pods: readonly string[];
  readonly hash: string;
  readonly creating: SlowStart;
  readonly deleted: number;
  /** The first failure of a deletion. */
  readonly failure: string | undefined;
  /** What woke the key in the meantime, so that it must be reconciled again. */
  readonly wokenBy: number | null | undefined;
  /** Failures in a row before this run, which the queue has forgotten by now. */
  readonly failuresBefore: number;
}

/** How long failed Pods of a DaemonSet on a node are let be, and since when. */
export interface FailedPodBackoff {
  readonly delayMs: number;
  readonly sinceMs: number;
}

/** Memory of the DaemonSet controller. */
export interface DaemonMemory extends ControllerMemory {
  readonly expectations: Expectations;
  readonly runs: Map<string, DaemonRun>;
  readonly written: OwnWrites;
  /** By uid of the DaemonSet, its observed generation, and node. */
  readonly backoffs: Map<string, FailedPodBackoff>;
}

/** The most Pods made, and the most deleted, in one go. */
const BURST_REPLICAS = 250;
/** One more than a change takes to reach a watcher. */
const BATCH_MS = 11;

type DaemonContext = Context<DaemonMemory>;

/** Starts making Pods on these nodes and deleting those. */
export function startRun(
  context: DaemonContext,
  daemonSet: DaemonSet,
  hash: string,
  work: { readonly nodes: readonly string[]; readonly pods: readonly string[] },
): void {
  const key = keyOf(daemonSet);
  const { expectations, queue, runs } = context.memory;
  const nodes = work.nodes.slice(0, BURST_REPLICAS);
  const pods = work.pods.slice(0, BURST_REPLICAS);
  const keys = pods.map((name) => joinKey(daemonSet.metadata.namespace, name));
  expectBoth(expectations, key, nodes.length, keys, context.nowMs);
  const failuresBefore = queue.failures.get(key) ?? 0;
  const fresh = { creating: SLOW_START, deleted: 0, failure: undefined, wokenBy: undefined, failuresBefore };
  runs.set(key, { daemonSet, nodes, pods, hash, ...fresh });
  let atMs = 0;
  for (let index = 0, batchEnd = 1; index < nodes.length; index++) {
    if (index === batchEnd) {
      batchEnd = batchEnd * 2 + 1;
      atMs += BATCH_MS;
    }
    context.after(atMs, 'create-pod', key);
  }
  for (const _pod of pods) context.after(atMs, 'delete-pod', key);
  context.after(atMs, 'finish', key);
}

/** The timer `create-pod`. */
export function createNext(context: DaemonContext, key: string): void {
  const { runs, written } = context.memory;
  const run = runs.get(key);
  if (!run || !mayTry(run.creating)) return;
  const { daemonSet } = run;
  const node = run.nodes[run.creating.tried] as string;
  const outcome = createPod(context, daemonSet, daemonPod(daemonSet, run.hash, node));
  if (outcome.pod) {
    noteWrite(written, key, outcome.pod.metadata.resourceVersion);
    const which = `${run.creating.tried + 1} of ${run.nodes.length}`;
    context.say('create', outcome.pod, `Created Pod ${outcome.pod.metadata.name} for ${node}, ${which}`);
  } else if (outcome.failure !== undefined) {
    const sentence = `Could not create the Pod of DaemonSet ${daemonSet.metadata.name} for ${node}: ${outcome.failure}`;
    context.say('create', daemonSet, sentence);
  }
  runs.set(key, { ...run, creating: afterTry(run.creating, outcome.failure) });
}

/** The timer `delete-pod`. A Pod that could not be deleted, or is gone already, is not awaited. */
export function deleteNext(context: DaemonContext, key: string): void {
  const { runs, written, expectations } = context.memory;
  const run = runs.get(key);
  if (!run) return;
  const { daemonSet } = run;
  const name = run.pods[run.deleted] as string;
  const outcome = deletePod(context, daemonSet, name);
  if (outcome.pod) {
    noteWrite(written, key, outcome.pod.metadata.resourceVersion);
    context.say('delete', outcome.pod, `Deleted Pod ${name}, ${run.deleted + 1} of ${run.pods.length}`);
  } else {
    deletionObserved(expectations, key, joinKey(daemonSet.metadata.namespace, name));
    if (outcome.failure !== undefined)
      context.say('delete', daemonSet, `Could not delete Pod ${name}: ${outcome.failure}`);
  }
  runs.set(key, { ...run, deleted: run.deleted + 1, failure: run.failure ?? outcome.failure });
}

/** Ends a run and lowers what is expected by the Pods that will not come. */
export function endRun(context: DaemonContext, key: string): DaemonRun | undefined {
  const { runs, expectations } = context.memory;
  const run = runs.get(key);
  if (!run) return undefined;
  runs.delete(key);
  const missing = run.nodes.length - run.creating.succeeded;
  if (missing > 0) creationObserved(expectations, key, missing);
  return { ...run, failure: run.creating.failure ?? run.failure };
}
