/**
 * What a DELETE does to an object: gone at once, marked for graceful deletion, or held by finalizers.
 * Follows apiserver/pkg/registry/rest/delete.go (BeforeDelete) and registry/generic/registry/store.go
 * (deletionFinalizersForGarbageCollection, shouldOrphanDependents).
 */
import { FOREGROUND_FINALIZER, ORPHAN_FINALIZER } from '../../api/finalizers';
import type { ResourceInfo } from '../../api/kinds/definition';
import type { KubeObject } from '../../api/meta';
import { kindId } from '../../api/scheme';
import { conflict } from '../../api/status-error';
import { addSeconds } from '../../api/timestamp';
import type { DeleteOptions } from '../../client/client';
import type { Strategy } from '../strategy';

/** What is left of the object: undefined = removed; the very same object = nothing changed. */
export interface DeleteOutcome {
  readonly value: KubeObject | undefined;
  /** What is stored before it is removed: kinds with a grace period are marked first, even where that is nothing. */
  readonly marked?: KubeObject;
}

/** Throws 409 when the object is not the one that is meant. */
export function checkPreconditions(old: KubeObject, info: ResourceInfo, options: DeleteOptions): void {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const refuse = (field: string, wanted: string, found: string | undefined) =>
    conflict(
      info.group,
      info.plural,
      old.metadata.name,
      `Precondition failed: ${field} in precondition: ${wanted}, ${field} in object meta: ${found ?? ''}`,
    );
  if (uid && uid !== old.metadata.uid) throw refuse('UID', uid, old.metadata.uid);
  if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
    throw refuse('ResourceVersion', resourceVersion, old.metadata.resourceVersion);
  }
}

function finalizersFor(old: KubeObject, options: DeleteOptions, strategy: Strategy | undefined): readonly string[] {
  const present = old.metadata.finalizers ?? [];
  const policy = options.propagationPolicy;
  const kept = present.filter((finalizer) => finalizer !== ORPHAN_FINALIZER && finalizer !== FOREGROUND_FINALIZER);
  if (policy === 'Orphan') return [...kept, ORPHAN_FINALIZER];
  if (policy === 'Foreground') return [...kept, FOREGROUND_FINALIZER];
  if (policy === 'Background') return kept;
  if (present.length !== kept.length) return present;
  return strategy?.defaultPropagation === 'Orphan' ? [...kept, ORPHAN_FINALIZER] : present;
}

function withFinalizers(object: KubeObject, finalizers: readonly string[]): KubeObject {
  const { finalizers: _dropped, ...rest } = object.metadata;
  return { ...object, metadata: finalizers.length > 0 ? { ...rest, finalizers: [...finalizers] } : rest };
}

/** Decides the outcome; changes nothing. Throws 409 when a precondition fails. */
export function deleteObject(
  old: KubeObject,
  info: ResourceInfo,
  strategy: Strategy | undefined,
  options: DeleteOptions,
  clock: { readonly now: string },
): DeleteOutcome {
  checkPreconditions(old, info, options);
  const pending = old.metadata.deletionTimestamp !== undefined;
  const grace = strategy?.gracePeriodSeconds?.(old, options.gracePeriodSeconds) ?? 0;
  const finalizers = finalizersFor(old, options, strategy);
  const heldByNamespace = info.id === 'Namespace' && namespaceFinalizers(old) > 0;
  const held = finalizers.length > 0 || heldByNamespace || (!pending && strategy?.markDeleted !== undefined);
  if (!held && grace <= 0) {
    const isMarked = !pending && strategy?.gracePeriodSeconds !== undefined;
    return { value: undefined, ...(isMarked ? { marked: mark(old, 0, clock.now, false) } : {}) };
  }
  const sameFinalizers = finalizers.join() === (old.metadata.finalizers ?? []).join();
  if (pending && grace >= (old.metadata.deletionGracePeriodSeconds ?? 0)) {
    return { value: sameFinalizers ? old : withFinalizers(old, finalizers) };
  }
  const marked = withFinalizers(mark(old, grace, clock.now, pending), finalizers);
  return { value: pending ? marked : (strategy?.markDeleted?.(marked, clock.now) ?? marked) };
}

function namespaceFinalizers(object: KubeObject): number {
  return (object.spec as { finalizers?: string[] } | undefined)?.finalizers?.length ?? 0;
}

function mark(old: KubeObject, grace: number, now: string, pending: boolean): KubeObject {
  // A shortened grace period counts from the first request, as upstream keeps the original start.
  const before = old.metadata.deletionGracePeriodSeconds ?? 0;
  const from = pending ? addSeconds(old.metadata.deletionTimestamp as string, -before) : now;
  const wanted = addSeconds(from, grace);
  // Never into the past; one that should have ended already gets its second, so that whoever watches still sees it end gracefully.
  const isPast = wanted < now;
  const generation = pending ? undefined : old.metadata.generation;
  return {
    ...old,
    metadata: {
      ...old.metadata,
      deletionTimestamp: isPast ? now : wanted,
      deletionGracePeriodSeconds: isPast && grace > 0 ? 1 : grace,
      ...(generation ? { generation: generation + 1 } : {}),
    },
  };
}

/** True when nothing holds an object that is being deleted any more. */
export function isReleased(object: KubeObject): boolean {
  if (!object.metadata.deletionTimestamp || (object.metadata.finalizers?.length ?? 0) > 0) return false;
  if (kindId(object.apiVersion, object.kind) === 'Namespace') {
    return namespaceFinalizers(object) === 0;
  }
  return (object.metadata.deletionGracePeriodSeconds ?? 0) === 0;
}
