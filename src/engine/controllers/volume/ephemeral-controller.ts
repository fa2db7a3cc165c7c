/**
 * Makes the claims of a Pod's ephemeral volumes; the garbage collector takes them with the Pod.
 * Follows pkg/controller/volume/ephemeral/controller.go.
 */
import { controllerOf } from '../../api/meta';
import { StatusError } from '../../api/status-error';
import type { PersistentVolumeClaim, Pod, Volume } from '../../api/types';
import { ephemeralClaimName } from '../../api/volume-claim';
import type { Component, Context } from '../../client/component';
import { type ControllerMemory, defineController, enqueueKey, type Result } from '../../client/controller';
import { newControllerRef } from '../../client/controller-ref';

const hasEphemeral = (pod: Pod | undefined): boolean =>
  pod?.spec.volumes?.some(({ ephemeral }) => ephemeral !== undefined) === true;

const base = defineController({
  name: 'ephemeral-volume-controller',
  eventSource: 'ephemeral_volume',
  for: 'Pod',
  filter: (_actor, { value, previous }) => !previous && hasEphemeral(value as Pod | undefined),
  reconcile,
});

/** The controller of ephemeral volumes. */
export const ephemeralVolumeController: Component<ControllerMemory> = {
  ...base,
  watches: [
    ...base.watches,
    {
      kind: 'PersistentVolumeClaim',
      filter: (_actor, { value }) => !value,
      // A claim that somebody deleted is made again.
      on: (context, { previous, step }) => {
        const owner = previous && controllerOf(previous);
        if (owner?.kind === 'Pod') enqueueKey(context, `${previous?.metadata.namespace}/${owner.name}`, step);
      },
    },
  ],
};

function reconcile(context: Context<ControllerMemory>, key: string): Result {
  const pod = context.lister.byKey<Pod>('Pod', key);
  if (!pod || pod.metadata.deletionTimestamp) return undefined;
  for (const volume of pod.spec.volumes ?? []) {
    const problem = volume.ephemeral ? ensureClaim(context, pod, volume) : '';
    if (!problem) continue;
    context.events.record(pod, 'Warning', 'FailedBinding', `ephemeral volume ${volume.name}: ${problem}`);
    return { error: `pod ${key}, ephemeral volume ${volume.name}: ${problem}` };
  }
  return undefined;
}

/** Returns what is wrong, or ''. */
function ensureClaim(context: Context<ControllerMemory>, pod: Pod, { name: volume, ephemeral }: Volume): string {
  const { namespace, name, uid } = pod.metadata;
  const claimName = ephemeralClaimName(name, volume);
  const found = context.lister.get<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, claimName);
  if (found) {
    if (controllerOf(found)?.uid === uid) return '';
    return `PVC ${namespace}/${claimName} was not created for pod ${namespace}/${name} (pod is not owner)`;
  }
  const template = ephemeral?.volumeClaimTemplate;
  const { annotations, labels } = template?.metadata ?? {};
  const metadata = { name: claimName, namespace, ownerReferences: [newControllerRef(pod)], annotations, labels };
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata,
    spec: template?.spec ?? {},
  } as PersistentVolumeClaim;
  try {
    const created = context.client.create(claim);
    context.say(
      'create',
      created,
      `Created PersistentVolumeClaim ${claimName} for the ephemeral volume ${volume} of Pod ${name}`,
    );
    return '';
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return `create PVC ${claimName}: ${error.message}`;
  }
}
