/**
 * The namespace controller: empties a namespace that is being deleted, Pods first, then lets it go.
 * Follows pkg/controller/namespace (namespace_controller.go, deletion/namespaced_resources_deleter.go). Reads and deletes every
 * namespaced kind; writes the Namespace's conditions and spec.finalizers. Of the API server it needs the finalize subresource as
 * an update: spec.finalizers without `kubernetes`, written by this controller, removes the Namespace. While the server of
 * a group does not answer, discovery fails, and no namespace goes.
 */

import { counted } from '../../api/counted';
import type { ResourceInfo } from '../../api/kinds/definition';
import type { KubeObject } from '../../api/meta';
import { isReason, StatusError } from '../../api/status-error';
import type { Namespace, Pod } from '../../api/types';
import type { Component, Context } from '../../client/component';
import { backoffMs, forget, newWorkQueue, type WorkQueue } from '../../client/workqueue';
import { namespaceConditions } from './namespace-conditions';

type NamespaceMemory = {
  /** When a namespace is due, by name. A timer that isn't due then was overtaken. */
  readonly due: Map<string, number>;
  /** For its count of failures only. */
  readonly queue: WorkQueue;
};
type NamespaceContext = Context<NamespaceMemory>;

/** Gives API servers that lag behind time to hear of the deletion. */
const DELETION_GRACE_MS = 5000;
/** How long finalizers on content may take, before there is reason to look again. */
const FINALIZER_ESTIMATE_SECONDS = 15;
const MAX_BACKOFF_MS = 60_000;
const FINALIZER = 'kubernetes';

/** The namespace controller. */
export const namespaceController: Component<NamespaceMemory> = {
  name: 'namespace-controller',
  process: 'kube-controller-manager',
  watches: [
    {
      kind: 'Namespace',
      filter: (_actor, event) => event.value?.metadata.deletionTimestamp !== undefined,
      on: (context, event) => schedule(context, event.key, DELETION_GRACE_MS, event.step),
    },
  ],
  wakes: [{ kind: 'Namespace', relation: 'for' }],
  initial: () => ({ due: new Map(), queue: newWorkQueue() }),
  handle: (context, timer) => {
    if (timer.kind !== 'sync' || context.memory.due.get(timer.key) !== timer.atMs) return;
    context.memory.due.delete(timer.key);
    sync(context, timer.key);
  },
};

/** Has a namespace looked at after a delay, unless it is due sooner already. */
function schedule(context: NamespaceContext, name: string, delayMs: number, cause: number | null): void {
  const { due } = context.memory;
  const atMs = context.nowMs + delayMs;
  const planned = due.get(name);
  if (planned !== undefined && planned <= atMs) return;
  due.set(name, atMs);
  context.afterBecause(delayMs, 'sync', name, cause);
}

function sync(context: NamespaceContext, name: string): void {
  const { queue } = context.memory;
  try {
    const estimateSeconds = emptyNamespace(context, name);
    if (estimateSeconds > 0) {
      const delaySeconds = Math.floor(estimateSeconds / 2) + 1;
      schedule(context, name, delaySeconds * 1000, null);
    } else forget(queue, name);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    schedule(context, name, Math.min(MAX_BACKOFF_MS, backoffMs(queue, name)), null);
  }
}

/** One attempt. Returns in about how many seconds what remains may be gone; 0 when the namespace is done with. */
function emptyNamespace(context: NamespaceContext, name: string): number {
  const found = context.client.find<Namespace>('Namespace', undefined, name);
  if (!found?.metadata.deletionTimestamp) return 0;
  const namespace = markTerminating(context, found);
  if (!namespace.spec.finalizers?.length) return 0;
  const attempt = deleteContent(context, namespace);
  const { estimateSeconds, errors, stale } = attempt;
  const updated = writeConditions(context, namespace, attempt);
  if (attempt.deleted > 0 || updated !== namespace) context.say('delete-content', updated, sentenceOf(attempt, name));
  if (stale !== undefined) throw new StatusError('InternalError', 500, `${stale} is stale`);
  if (errors.length > 0) throw new StatusError('InternalError', 500, errors.join(', '));
  if (estimateSeconds === 0) finalize(context, updated);
  return estimateSeconds;
}

function sentenceOf({ deleted, remaining, isComplete, stale }: Attempt, name: string): string {
  const where = `the terminating Namespace ${name}`;
  const left = remaining === 0 ? 'nothing is left in it' : `${remaining} remain`;
  if (!isComplete) return `Asked ${counted(deleted, 'Pod')} in ${where} to go, before anything else does: ${left}`;
  if (stale !== undefined && remaining === 0)
    return `The terminating Namespace ${name} stays: the server of ${stale} does not answer, so that nobody knows what else is in it`;
  if (deleted === 0 && remaining === 0) return `Nothing is left in the terminating Namespace ${name}`;
  if (deleted === 0) return `Found ${counted(remaining, 'object')} still in ${where}`;
  return `Deleted ${counted(deleted, 'object')} in ${where}: ${left}`;
}

function markTerminating(context: NamespaceContext, namespace: Namespace): Namespace {
  if (namespace.status.phase === 'Terminating') return namespace;
  return context.client.updateStatus({ ...namespace, status: { ...namespace.status, phase: 'Terminating' } });
}

/** Says that this controller is done with the namespace; with no other finalizer left, it is gone. */
function finalize(context: NamespaceContext, namespace: Namespace): void {
  const finalizers = (namespace.spec.finalizers ?? []).filter((finalizer) => finalizer !== FINALIZER);
  try {
    context.client.update({ ...namespace, spec: { ...namespace.spec, finalizers } }, { subresource: 'finalize' });
  } catch (error) {
    if (!isReason(error, 'NotFound')) throw error;
  }
  context.say('finalize', namespace, `Finalized Namespace ${namespace.metadata.name}: nothing is left in it`);
}

interface Attempt {
  estimateSeconds: number;
  /** Objects deleted, or told to go. */
  deleted: number;
  /** Objects there at the end. */
  remaining: number;
  readonly byResource: Map<string, number>;
  readonly byFinalizer: Map<string, number>;
  readonly errors: string[];
  readonly stale: string | undefined;
  /** False when the attempt ended with the Pods, whose remains aren't counted in the conditions. */
  isComplete: boolean;
}

function deleteContent(context: NamespaceContext, namespace: Namespace): Attempt {
  const { preferred, stale } = context.client.discovery();
  const attempt: Attempt = {
    estimateSeconds: 0,
    deleted: 0,
    remaining: 0,
    byResource: new Map(),
    byFinalizer: new Map(),
    errors: [],
    stale,
    isComplete: true,
  };
  const kinds = preferred.filter((info) => info.namespaced && !info.isReview);
  for (const info of kinds) if (info.id === 'Pod') deleteKind(context, namespace, info, attempt);
  if (attempt.remaining > 0) {
    attempt.isComplete = false;
    return attempt;
  }
  for (const info of kinds) if (info.id !== 'Pod') deleteKind(context, namespace, info, attempt);
  return attempt;
}

function deleteKind(context: NamespaceContext, namespace: Namespace, info: ResourceInfo, attempt: Attempt): void {
  const { name } = namespace.metadata;
  const objects = context.client.list(info.id, { namespace: name });
  if (objects.length === 0) return;
  const graceSeconds = info.id === 'Pod' ? remainingGrace(context, namespace, objects as Pod[]) : 0;
  for (const object of objects) attempt.deleted += deleteOne(context, info, object) ? 1 : 0;
  const left = context.client.list(info.id, { namespace: name });
  attempt.remaining += left.length;
  if (left.length === 0) return;
  attempt.byResource.set(`${info.plural}.${info.group}`, left.length);
  const finalizers = left.flatMap((object) => object.metadata.finalizers ?? []);
  for (const finalizer of finalizers) {
    attempt.byFinalizer.set(finalizer, (attempt.byFinalizer.get(finalizer) ?? 0) + 1);
  }
  if (graceSeconds > 0) attempt.estimateSeconds = Math.max(attempt.estimateSeconds, graceSeconds);
  else if (finalizers.length > 0)
    attempt.estimateSeconds = Math.max(attempt.estimateSeconds, FINALIZER_ESTIMATE_SECONDS);
  else {
    const resource = `${info.group}/${info.version}, Resource=${info.plural}`;
    attempt.errors.push(`unexpected items still remain in namespace: ${name} for gvr: ${resource}`);
  }
}

/** Deletes an object; says whether that made a difference. */
function deleteOne(context: NamespaceContext, info: ResourceInfo, object: KubeObject): boolean {
  const { name, namespace, resourceVersion } = object.metadata;
  try {
    const left = context.client.delete(info.id, namespace, name, { propagationPolicy: 'Background' });
    return !object.metadata.deletionTimestamp || left.metadata.resourceVersion !== resourceVersion;
  } catch (error) {
    if (!isReason(error, 'NotFound')) throw error;
    return false;
  }
}

/** The longest grace period of Pods that aren't finished; 0 once the deletion is older than that. */
function remainingGrace(context: NamespaceContext, namespace: Namespace, pods: readonly Pod[]): number {
  let longest = 0;
  for (const { spec, status } of pods) {
    if (status.phase === 'Succeeded' || status.phase === 'Failed') continue;
    longest = Math.max(longest, spec.terminationGracePeriodSeconds ?? 0);
  }
  const deletedAtMs = context.timeOf(namespace.metadata.deletionTimestamp as string);
  return context.nowMs - deletedAtMs >= longest * 1000 ? 0 : longest;
}

function writeConditions(context: NamespaceContext, namespace: Namespace, attempt: Attempt): Namespace {
  const counted = attempt.isComplete ? attempt : { ...attempt, byResource: new Map(), byFinalizer: new Map() };
  const before = namespace.status.conditions ?? [];
  const conditions = namespaceConditions(before, counted, context.now);
  if (conditions === before) return namespace;
  try {
    const status = { ...namespace.status, conditions: [...conditions] };
    return context.client.updateStatus({ ...namespace, status });
  } catch (error) {
    // Upstream only notes that conditions couldn't be written.
    if (error instanceof StatusError) return namespace;
    throw error;
  }
}
