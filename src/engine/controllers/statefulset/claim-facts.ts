/** What plans ask of the claims of a StatefulSet's Pods, as the cache shows them. */
import type { PersistentVolumeClaim, Pod, StatefulSet } from '../../api/types';
import type { Lister } from '../../client/client';
import { hasRightOwners, hasStaleOwner, retentionOf } from './claim-owners';
import { claimName, podName } from './stateful-pod';

/** A claim, when there is one of that name. */
export function claimNamed(
  lister: Lister,
  namespace: string | undefined,
  name: string,
): PersistentVolumeClaim | undefined {
  return lister.get<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, name);
}

/** The claims of a Pod by template; undefined for those that are missing. */
function claimsOf(lister: Lister, statefulSet: StatefulSet, ordinal: number): (PersistentVolumeClaim | undefined)[] {
  const { namespace } = statefulSet.metadata;
  const { volumeClaimTemplates = [] } = statefulSet.spec;
  return volumeClaimTemplates.map((template) =>
    claimNamed(lister, namespace, claimName(template, statefulSet, ordinal)),
  );
}

/** Whether a claim of a Pod to be made belongs to the Pod before. */
export function isStale(lister: Lister, statefulSet: StatefulSet, ordinal: number): boolean {
  if (!retentionOf(statefulSet).goWithPod) return false;
  const future = { apiVersion: 'v1', kind: 'Pod', metadata: { name: podName(statefulSet, ordinal) } };
  return claimsOf(lister, statefulSet, ordinal).some((claim) => claim && hasStaleOwner(claim, future));
}

/** Whether a claim of a Pod is missing, or on its way out. */
export function lacksClaims(lister: Lister, statefulSet: StatefulSet, ordinal: number): boolean {
  return claimsOf(lister, statefulSet, ordinal).some(
    (claim) => !claim || claim.metadata.deletionTimestamp !== undefined,
  );
}

/** Whether the claims of a Pod that are there belong to whom they should. */
export function ownersMatch(lister: Lister, statefulSet: StatefulSet, pod: Pod, ordinal: number): boolean {
  return claimsOf(lister, statefulSet, ordinal).every(
    (claim) => !claim || hasRightOwners(claim, statefulSet, pod, ordinal),
  );
}
