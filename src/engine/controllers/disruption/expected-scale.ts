/**
 * How many Pods the controllers of a budget's Pods want in all: what a percentage, or maxUnavailable, is taken of.
 * Follows getExpectedScale and its finders in pkg/controller/disruption/disruption.go.
 */

import { replicasOf as scaledReplicas } from '../../api/custom-resources/scale';
import { controllerOf, type KubeObject, type OwnerReference } from '../../api/meta';
import type { Deployment, ReplicaSet } from '../../api/types';
import type { Context } from '../../client/component';

/** A controller's wanted number of Pods, or why it can't be told; undefined when the controller is not there. */
type Scale = { readonly uid: string; readonly replicas: number } | { readonly error: string } | undefined;

function replicasOf(object: KubeObject): number {
  return (object.spec as { replicas?: number } | undefined)?.replicas ?? 1;
}

/** A Pod of a Deployment's ReplicaSet counts for the Deployment. */
function deploymentOf(context: Context, reference: OwnerReference, namespace: string): Scale {
  if (reference.kind !== 'ReplicaSet') return undefined;
  const replicaSet = context.lister.get<ReplicaSet>('ReplicaSet', namespace, reference.name);
  if (!replicaSet || replicaSet.metadata.uid !== reference.uid) return undefined;
  const owner = controllerOf(replicaSet);
  if (owner?.kind !== 'Deployment') return { uid: reference.uid, replicas: replicasOf(replicaSet) };
  const deployment = context.lister.get<Deployment>('Deployment', namespace, owner.name);
  if (!deployment || deployment.metadata.uid !== owner.uid) return undefined;
  return { uid: owner.uid, replicas: replicasOf(deployment) };
}

/** Any other controller is asked through its scale subresource. */
function scaleOf(context: Context, reference: OwnerReference, namespace: string): Scale {
  const info = context.client.discovery().findKind(reference.apiVersion, reference.kind);
  if (!info) return { error: `no matches for kind "${reference.kind}" in version "${reference.apiVersion}"` };
  if (!info.scale) {
    const resource = info.group ? `${info.plural}.${info.group}` : info.plural;
    return { error: `${resource} does not implement the scale subresource` };
  }
  const object = context.client.find(info.id, namespace, reference.name);
  if (!object || object.metadata.uid !== reference.uid) return undefined;
  return { uid: reference.uid, replicas: scaledReplicas(object, info.scale) ?? 1 };
}

/** Adds up what these controllers want. `podOf` names a Pod of a controller, for the error when that one is not there. */
export function expectedScale(
  context: Context,
  references: readonly OwnerReference[],
  namespace: string,
  podOf: (reference: OwnerReference) => string,
): { readonly replicas: number } | { readonly error: string } {
  const scales = new Map<string, number>();
  for (const reference of references) {
    const scale = deploymentOf(context, reference, namespace) ?? scaleOf(context, reference, namespace);
    if (!scale) return { error: `found no controllers for pod "${podOf(reference)}"` };
    if ('error' in scale) return scale;
    scales.set(scale.uid, scale.replicas);
  }
  return { replicas: [...scales.values()].reduce((sum, replicas) => sum + replicas, 0) };
}
