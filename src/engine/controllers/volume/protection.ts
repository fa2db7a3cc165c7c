/**
 * Claims, volumes and classes of attributes that are in use stay until they are not: the finalizer goes when nobody needs them.
 * Follows pkg/controller/volume/{pvcprotection,pvprotection,vacprotection}.
 */
import { type KubeObject, keyOf } from '../../api/meta';
import { isPodTerminal } from '../../api/pod';
import type { PersistentVolume, PersistentVolumeClaim, Pod, Volume } from '../../api/types';
import { CLAIM_PROTECTION, claimKeysOf, ephemeralClaimName, VOLUME_PROTECTION } from '../../api/volume-claim';
import type { Component, Context, WatchEvent } from '../../client/component';
import { type ControllerMemory, defineController, enqueueKey, type Result } from '../../client/controller';

const ATTRIBUTES_PROTECTION = 'kubernetes.io/vac-protection';

/** Removes the finalizer of what is being deleted and not in use; puts back one that somebody removed. */
function protect(
  context: Context<ControllerMemory>,
  object: KubeObject | undefined,
  finalizer: string,
  user: (object: KubeObject) => string,
): Result {
  if (!object) return undefined;
  const { metadata, kind } = object;
  const finalizers = metadata.finalizers ?? [];
  const isHeld = finalizers.includes(finalizer);
  if (metadata.deletionTimestamp === undefined) {
    if (!isHeld)
      context.client.update({ ...object, metadata: { ...metadata, finalizers: [...finalizers, finalizer] } });
    return undefined;
  }
  if (!isHeld) return undefined;
  const inUse = user(object);
  if (inUse) {
    context.say('keep', object, `${kind} ${metadata.name} is to go, but stays: it is in use by ${inUse}`);
    return undefined;
  }
  const rest = finalizers.filter((one) => one !== finalizer);
  context.client.update({ ...object, metadata: { ...metadata, finalizers: rest } });
  context.say('unprotect', object, `${kind} ${metadata.name} may go: nobody uses it`);
  return undefined;
}

function isShutDown(pod: Pod): boolean {
  return isPodTerminal(pod) && pod.metadata.deletionTimestamp !== undefined;
}

/** The Pod that keeps a claim, as `Pod a`; Pods without a Node don't: their kubelet would not start them with it. */
function userOfClaim(context: Context<ControllerMemory>, claim: KubeObject): string {
  const pods = context.lister.byIndex<Pod>('Pod', 'claim', keyOf(claim));
  const user = pods.find((pod) => pod.spec.nodeName && !(isShutDown(pod) && isEphemeral(pod, claim)));
  return user ? `Pod ${user.metadata.name}` : '';
}

function isEphemeral({ metadata, spec }: Pod, claim: KubeObject): boolean {
  const { name: claimName } = claim.metadata;
  const isFor = ({ name, ephemeral }: Volume) => ephemeral && ephemeralClaimName(metadata.name, name) === claimName;
  return spec.volumes?.some(isFor) === true;
}

const claimBase = defineController({
  name: 'persistentvolumeclaim-protection-controller',
  for: 'PersistentVolumeClaim',
  filter: (_actor, event) => needsLook(CLAIM_PROTECTION, event),
  reconcile: (context, key) =>
    protect(context, context.lister.byKey('PersistentVolumeClaim', key), CLAIM_PROTECTION, (claim) =>
      userOfClaim(context, claim),
    ),
});

const needsLook = (finalizer: string, { value }: WatchEvent): boolean =>
  value !== undefined &&
  (value.metadata.deletionTimestamp !== undefined) === (value.metadata.finalizers?.includes(finalizer) === true);

/** The end of a Pod, or of its containers, may free its claims. */
function mayFreeClaims({ value, previous }: WatchEvent): boolean {
  const pod = (value ?? previous) as Pod;
  return (!value || isShutDown(pod)) && claimKeysOf(pod).length > 0;
}

/** pvc-protection. */
export const claimProtectionController: Component<ControllerMemory> = {
  ...claimBase,
  watches: [
    ...claimBase.watches,
    {
      kind: 'Pod',
      filter: (_actor, event) => mayFreeClaims(event),
      on: (context, { value, previous, step }) => {
        for (const key of claimKeysOf((value ?? previous) as Pod)) {
          const claim = context.lister.byKey('PersistentVolumeClaim', key);
          if (claim?.metadata.deletionTimestamp) enqueueKey(context, key, step);
        }
      },
    },
  ],
};

/** pv-protection. */
export const volumeProtectionController: Component<ControllerMemory> = defineController({
  name: 'persistentvolume-protection-controller',
  for: 'PersistentVolume',
  filter: (_actor, event) => needsLook(VOLUME_PROTECTION, event),
  reconcile: (context, key) =>
    protect(context, context.lister.byKey('PersistentVolume', key), VOLUME_PROTECTION, (object) => {
      const { status, spec } = object as PersistentVolume;
      return status.phase === 'Bound' ? `claim ${spec.claimRef?.namespace}/${spec.claimRef?.name}` : '';
    }),
});

function userOfAttributes(context: Context<ControllerMemory>, { metadata }: KubeObject): string {
  for (const kind of ['PersistentVolumeClaim', 'PersistentVolume']) {
    for (const one of context.lister.list<PersistentVolumeClaim | PersistentVolume>(kind)) {
      const { volumeAttributesClassName: name } = one.spec;
      if (name === metadata.name) return `${kind} ${keyOf(one)}`;
    }
  }
  return '';
}

const attributesOf = (object: KubeObject | undefined): string | undefined =>
  (object as PersistentVolumeClaim | undefined)?.spec.volumeAttributesClassName;

/** vac-protection. */
export const attributesProtectionController: Component<ControllerMemory> = defineController({
  name: 'volumeattributesclass-protection-controller',
  for: 'VolumeAttributesClass',
  filter: (_actor, event) => needsLook(ATTRIBUTES_PROTECTION, event),
  watches: ['PersistentVolumeClaim', 'PersistentVolume'].map((kind) => ({
    kind,
    filter: (_actor: string, { previous }: WatchEvent) => attributesOf(previous) !== undefined,
    map: (_context: Context<ControllerMemory>, { value, previous }: WatchEvent) => {
      const name = attributesOf(previous);
      return name && name !== attributesOf(value) ? [name] : [];
    },
  })),
  reconcile: (context, key) =>
    protect(context, context.lister.byKey('VolumeAttributesClass', key), ATTRIBUTES_PROTECTION, (object) =>
      userOfAttributes(context, object),
    ),
});
