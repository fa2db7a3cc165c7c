/**
 * Pure questions about owners and dependents, on which the garbage collector decides.
 * Follows pkg/controller/garbagecollector/graph_builder.go (referencesDiffs, deletionStartsWithFinalizer) and operations.go.
 */

import type { ResourceInfo } from '../../api/kinds/definition';
import type { KubeObject, OwnerReference } from '../../api/meta';
import { deepEqual } from '../../api/plain';

const NO_OWNERS: readonly OwnerReference[] = [];

/** What became of an owner. */
export type OwnerState = 'solid' | 'dangling' | 'waiting';

/** Owner references by what became of the owner. `waiting` owners are deleted in the foreground. */
export type OwnersByState = Readonly<Record<OwnerState, readonly OwnerReference[]>>;

/** The owner references of an object. */
export function ownersOf(object: KubeObject | undefined): readonly OwnerReference[] {
  return object?.metadata.ownerReferences ?? NO_OWNERS;
}

/** The namespace in which an owner is looked for: the dependent's, or none for cluster-scoped owners. */
export function namespaceOfOwner(info: ResourceInfo, dependent: KubeObject): string | undefined {
  return info.namespaced ? dependent.metadata.namespace : undefined;
}

/** Whether an object is being deleted and holds that finalizer. */
export function isDeletingWith(object: KubeObject, finalizer: string): boolean {
  const { deletionTimestamp, finalizers } = object.metadata;
  return deletionTimestamp !== undefined && finalizers?.includes(finalizer) === true;
}

/** Whether a change is the start of a deletion with that finalizer. */
export function startsDeletingWith(previous: KubeObject | undefined, value: KubeObject, finalizer: string): boolean {
  return isDeletingWith(value, finalizer) && !(previous && isDeletingWith(previous, finalizer));
}

/** Whether a dependent holds back the foreground deletion of this owner. */
export function isBlocking(dependent: KubeObject, ownerUid: string): boolean {
  return ownersOf(dependent).some((reference) => reference.uid === ownerUid && reference.blockOwnerDeletion === true);
}

/** Owner references that a change brought, and owners that it no longer blocks. */
export function ownerChanges(
  previous: KubeObject,
  value: KubeObject,
): { added: readonly OwnerReference[]; unblocked: readonly OwnerReference[] } {
  const before = ownersOf(previous);
  const after = ownersOf(value);
  const blocks = (reference: OwnerReference) => reference.blockOwnerDeletion === true;
  return {
    added: after.filter((reference) => !before.some(({ uid }) => uid === reference.uid)),
    unblocked: before.filter(
      (reference) => blocks(reference) && !after.some((other) => other.uid === reference.uid && blocks(other)),
    ),
  };
}

/**
 * Whether a change concerns the collector at all: an owned object is new, owners changed, a deletion begins that it has
 * a part in, or something is gone.
 */
export function concernsOwnership(previous: KubeObject | undefined, value: KubeObject | undefined): boolean {
  if (!value) return true;
  if (value.metadata.deletionTimestamp !== undefined && value.metadata.finalizers !== undefined) return true;
  if (!previous) return value.metadata.ownerReferences !== undefined;
  const before = previous.metadata.ownerReferences;
  const after = value.metadata.ownerReferences;
  return before !== after && !deepEqual(before, after);
}

/** How many absent owners are remembered, as upstream. */
const MAX_ABSENT = 500;

/** Remembers an owner that has gone; the oldest are forgotten. */
export function rememberAbsent(absentOwners: Set<string>, uid: string): void {
  absentOwners.add(uid);
  for (const oldest of absentOwners) {
    if (absentOwners.size <= MAX_ABSENT) return;
    absentOwners.delete(oldest);
  }
}
