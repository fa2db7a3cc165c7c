/**
 * Who owns whom: a controller adopts orphans that its selector matches and releases children that it no longer matches.
 * Follows pkg/controller/controller_ref_manager.go and apimachinery's NewControllerRef. A Job's Pods get a
 * finalizer with their owner, and lose it with their owner.
 */
import { controllerOf, type KubeObject, type OwnerReference } from '../api/meta';
import { isReason, StatusError } from '../api/status-error';
import type { Client } from './client';

/** What claims need to know of the claiming controller's object, e.g. a ReplicaSet. */
export interface Claimant {
  readonly client: Client;
  readonly owner: KubeObject;
  /** Whether the owner's selector matches a child. */
  matches(child: KubeObject): boolean;
  /** What every child carries while it is the owner's. */
  readonly finalizer?: string;
}

/** What became of the children that were looked at. */
export interface Claims<T extends KubeObject> {
  /** Those that belong to the owner now, adopted ones included (as they were before the adoption). */
  readonly claimed: readonly T[];
  readonly adopted: readonly T[];
  readonly released: readonly T[];
  /** The resourceVersions that adopting and releasing have given. */
  readonly written: readonly (string | undefined)[];
  /** The first refusal, if any: the reconcile should fail with it once it has done the rest. */
  readonly error: StatusError | undefined;
}

/** The owner reference with which an object controls its children. */
export function newControllerRef(owner: KubeObject): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  return {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid as string,
    controller: true,
    blockOwnerDeletion: true,
  };
}

type Verdict = 'keep' | 'adopt' | 'release' | 'ignore';

/** What should happen to one child. Pure. */
export function planClaim(owner: KubeObject, child: KubeObject, isMatch: boolean): Verdict {
  const isBeingDeleted = owner.metadata.deletionTimestamp !== undefined;
  const controller = controllerOf(child);
  if (controller) {
    if (controller.uid !== owner.metadata.uid) return 'ignore';
    if (isMatch) return 'keep';
    return isBeingDeleted ? 'ignore' : 'release';
  }
  if (isBeingDeleted || !isMatch || child.metadata.deletionTimestamp !== undefined) return 'ignore';
  return 'adopt';
}

/** Why the owner, read live, must not take children any more: it is gone, another one, or being deleted. */
function obstacleTo({ client, owner }: Claimant): string | undefined {
  const { kind, metadata } = owner;
  const name = `${metadata.namespace}/${metadata.name}`;
  let fresh: KubeObject;
  try {
    fresh = client.get(kind, metadata.namespace, metadata.name);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return `can't recheck DeletionTimestamp: ${error.message}`;
  }
  if (fresh.metadata.uid !== metadata.uid) {
    const uids = `got uid ${fresh.metadata.uid}, wanted ${metadata.uid}`;
    return `can't recheck DeletionTimestamp: original ${kind} ${name} is gone: ${uids}`;
  }
  const { deletionTimestamp } = fresh.metadata;
  return deletionTimestamp === undefined ? undefined : `${name} has just been deleted at ${deletionTimestamp}`;
}

/** Returns the version it gives. */
function patchOwners(
  claimant: Claimant,
  child: KubeObject,
  ownerReferences: readonly unknown[],
  list: string,
): string | undefined {
  const { uid, name, namespace } = child.metadata;
  const finalizers = claimant.finalizer ? { [list]: [claimant.finalizer] } : {};
  const body = { metadata: { uid, ownerReferences, ...finalizers } };
  return claimant.client.patch(child.kind, namespace, name, { type: 'strategic', body }).metadata.resourceVersion;
}

function adopt(claimant: Claimant, child: KubeObject): string | undefined {
  const obstacle = obstacleTo(claimant);
  if (obstacle !== undefined) {
    const { namespace, name, uid } = child.metadata;
    throw new StatusError('Conflict', 409, `can't adopt ${child.kind} ${namespace}/${name} (${uid}): ${obstacle}`);
  }
  return patchOwners(claimant, child, [newControllerRef(claimant.owner)], 'finalizers');
}

/** Removing a reference that is gone already is no failure (`Invalid` is what a changed uid gives). */
function release(claimant: Claimant, child: KubeObject): string | undefined {
  try {
    const reference = { $patch: 'delete', uid: claimant.owner.metadata.uid };
    return patchOwners(claimant, child, [reference], '$deleteFromPrimitiveList/finalizers');
  } catch (error) {
    if (!isReason(error, 'Invalid')) throw error;
    return undefined;
  }
}

/** Sorts out children: keeps own ones, adopts matching orphans, releases own ones that no longer match. */
export function claimChildren<T extends KubeObject>(claimant: Claimant, children: readonly T[]): Claims<T> {
  const claimed: T[] = [];
  const adopted: T[] = [];
  const released: T[] = [];
  const written: (string | undefined)[] = [];
  let failure: StatusError | undefined;
  for (const child of children) {
    const verdict = planClaim(claimant.owner, child, claimant.matches(child));
    if (verdict === 'keep') claimed.push(child);
    if (verdict === 'keep' || verdict === 'ignore') continue;
    try {
      if (verdict === 'release') {
        written.push(release(claimant, child));
        released.push(child);
      } else {
        written.push(adopt(claimant, child));
        adopted.push(child);
        claimed.push(child);
      }
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      if (!isReason(error, 'NotFound')) failure ??= error;
    }
  }
  return { claimed, adopted, released, written, error: failure };
}
