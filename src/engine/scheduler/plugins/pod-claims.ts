/** What the volume plugins share: the claims of a Pod, and where a volume can be reached from. */

import { joinKey, type KubeObject } from '../../api/meta';
import { nodeSelectorHolds } from '../../api/node-selector';
import type { Node, PersistentVolume, PersistentVolumeClaim, PodSpec } from '../../api/types';
import { claimNameOf } from '../../api/volume-claim';
import type { PlacedPod, PodInfo } from '../framework';

/** A claim that a Pod uses. */
export interface UsedClaim {
  readonly name: string;
  /** It is made for this Pod. */
  readonly isEphemeral: boolean;
}

/** The claims of a Pod, in order of its volumes. */
export function claimsOf(podName: string, { volumes }: PodSpec): readonly UsedClaim[] {
  return (volumes ?? []).flatMap<UsedClaim>((volume) => {
    const name = claimNameOf(podName, volume);
    return name ? [{ name, isEphemeral: volume.persistentVolumeClaim === undefined }] : [];
  });
}

/** Claims that people made, by name. */
export function namedClaims({ volumes }: PodSpec): readonly string[] {
  return (volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}

/** What is said of an ephemeral volume's claim that belongs to somebody else; '' when it is the Pod's. */
export function whyNotFor(pod: PodInfo, { metadata }: PersistentVolumeClaim): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (owner?.uid === pod.uid) return '';
  const { namespace, name } = metadata;
  return `PVC ${namespace}/${name} was not created for pod ${pod.namespace}/${pod.name} (pod is not owner)`;
}

/** Whether a volume can be used on a node. */
export function isReachable({ spec }: PersistentVolume, node: Node): boolean {
  return nodeSelectorHolds(spec.nodeAffinity?.required, node);
}

/** Whether a change is about a claim of the Pod. */
export function concernsClaim(pod: PodInfo, _before: KubeObject | undefined, after: KubeObject | undefined): boolean {
  if (after?.metadata.namespace !== pod.namespace) return false;
  return claimsOf(pod.name, pod.spec).some(({ name }) => name === after?.metadata.name);
}

/** Whether a change is about a claim that people made for the Pod. */
export function concernsNamedClaim(
  pod: PodInfo,
  _before: KubeObject | undefined,
  after: KubeObject | undefined,
): boolean {
  return after?.metadata.namespace === pod.namespace && namedClaims(pod.spec).includes(after?.metadata.name ?? '');
}

/** The claim of a placed Pod as `namespace/name`. */
export function claimKey({ namespace }: PlacedPod, name: string): string {
  return joinKey(namespace, name);
}

/** How a missing claim is said. */
export const missingClaim = (name: string): string => `persistentvolumeclaim "${name}" not found`;
