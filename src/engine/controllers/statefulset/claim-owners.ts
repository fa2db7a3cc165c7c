/**
 * Who owns the claims of a StatefulSet's Pods, so that they go with the set or with a Pod that is one too many, or stay. Pure.
 * Follows pkg/controller/statefulset/stateful_set_utils.go (isClaimOwnerUpToDate, updateClaimOwnerRefForSetAndPod and what they call).
 */
import type { KubeObject, OwnerReference } from '../../api/meta';
import type { PersistentVolumeClaim, StatefulSet } from '../../api/types';
import { newControllerRef } from '../../client/controller-ref';
import { ordinalsOf } from './stateful-pod';

/** A Pod as far as claims know it; one that is not made yet has no uid. */
export type ClaimingPod = Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>;

/** Whether claims go with the set, and with Pods that are scaled away. */
export function retentionOf({ spec }: StatefulSet): { readonly goWithSet: boolean; readonly goWithPod: boolean } {
  const policy = spec.persistentVolumeClaimRetentionPolicy;
  return { goWithSet: policy?.whenDeleted === 'Delete', goWithPod: policy?.whenScaled === 'Delete' };
}

const referencesOf = ({ metadata }: PersistentVolumeClaim): readonly OwnerReference[] => metadata.ownerReferences ?? [];

/** Whether a reference means an object of that name, whichever it was. */
function means(reference: OwnerReference, { apiVersion, kind, metadata }: ClaimingPod): boolean {
  return reference.apiVersion === apiVersion && reference.kind === kind && reference.name === metadata.name;
}

function isOwnedBy(claim: PersistentVolumeClaim, { metadata }: ClaimingPod): boolean {
  return referencesOf(claim).some(({ uid }) => uid === metadata.uid);
}

/** Whether a claim belongs to an earlier object of the same name. */
export function hasStaleOwner(claim: PersistentVolumeClaim, owner: ClaimingPod): boolean {
  const reference = referencesOf(claim).find((one) => means(one, owner));
  return reference !== undefined && reference.uid !== owner.metadata.uid;
}

/** Whether somebody else controls a claim that should go with the set or the Pod. */
export function hasOtherController(claim: PersistentVolumeClaim, statefulSet: StatefulSet, pod: ClaimingPod): boolean {
  const { goWithSet, goWithPod } = retentionOf(statefulSet);
  if (!goWithSet && !goWithPod) return false;
  return referencesOf(claim).some((reference) => {
    const meant = [statefulSet, pod].find((owner) => means(reference, owner));
    return meant ? reference.uid !== meant.metadata.uid : reference.controller === true;
  });
}

/** Who is to own the claim of a Pod. */
function wantedOwners(statefulSet: StatefulSet, pod: ClaimingPod, ordinal: number): ClaimingPod[] {
  const { goWithSet, goWithPod } = retentionOf(statefulSet);
  const { first, last } = ordinalsOf(statefulSet);
  const isScaledAway = goWithPod && (ordinal < first || ordinal > last);
  return [...(isScaledAway ? [pod] : []), ...(goWithSet && !isScaledAway ? [statefulSet] : [])];
}

/** Whether a claim's owners are as they should be, or better left alone. */
export function hasRightOwners(
  claim: PersistentVolumeClaim,
  statefulSet: StatefulSet,
  pod: ClaimingPod,
  ordinal: number,
): boolean {
  const { goWithSet, goWithPod } = retentionOf(statefulSet);
  if (!goWithSet && !goWithPod && referencesOf(claim).length === 0) return true;
  const ours = [statefulSet, pod];
  if (ours.some((owner) => hasStaleOwner(claim, owner))) return true;
  if (hasOtherController(claim, statefulSet, pod)) return !ours.some((owner) => isOwnedBy(claim, owner));
  const isOurs = ({ uid }: OwnerReference): boolean => ours.some(({ metadata }) => metadata.uid === uid);
  if (referencesOf(claim).some((reference) => isOurs(reference) && !reference.controller)) return false;
  const wanted = wantedOwners(statefulSet, pod, ordinal);
  return ours.every((owner) => isOwnedBy(claim, owner) === wanted.includes(owner));
}

/** The claim with the owners it should have. */
export function withRightOwners(
  claim: PersistentVolumeClaim,
  statefulSet: StatefulSet,
  pod: ClaimingPod,
  ordinal: number,
): PersistentVolumeClaim {
  const others = referencesOf(claim).filter((reference) => !means(reference, statefulSet) && !means(reference, pod));
  const wanted = hasOtherController(claim, statefulSet, pod) ? [] : wantedOwners(statefulSet, pod, ordinal);
  const added = wanted
    .filter(({ metadata }) => !others.some(({ uid }) => uid === metadata.uid))
    .map((owner) => newControllerRef(owner));
  return { ...claim, metadata: { ...claim.metadata, ownerReferences: [...others, ...added] } };
}
