/**
 * Ties a claim and a volume together, the volume first, and unties them again.
 * Follows pkg/controller/volume/persistentvolume/pv_controller.go (bind, bindVolumeToClaim, bindClaimToVolume, unbindVolume,
 * updateClaimStatus, updateVolumePhase).
 */
import type { ObjectMeta } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import type { PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimStatus } from '../../api/types';
import { BIND_COMPLETED, BOUND_BY_CONTROLLER, isVolumeBoundTo } from '../../api/volume-claim';
import { type BinderContext, remember } from './binder-cache';

/** Metadata with an annotation `yes` more. */
export function annotated<M extends ObjectMeta>(metadata: M, ...keys: readonly string[]): M {
  const missing = keys.filter((key) => metadata.annotations?.[key] === undefined);
  if (missing.length === 0) return metadata;
  const more = Object.fromEntries(missing.map((key) => [key, 'yes']));
  return { ...metadata, annotations: { ...metadata.annotations, ...more } };
}

/** The volume with a reference to the claim; the same volume when there is nothing to change. */
export function boundVolume(volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume {
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  const { claimRef } = volume.spec;
  const metadata = isVolumeBoundTo(volume, claim) ? volume.metadata : annotated(volume.metadata, BOUND_BY_CONTROLLER);
  const isSame = claimRef?.name === name && claimRef?.namespace === namespace && claimRef?.uid === uid;
  if (isSame && metadata === volume.metadata) return volume;
  const reference = isSame
    ? claimRef
    : { kind: 'PersistentVolumeClaim', namespace, name, uid, apiVersion: 'v1', resourceVersion };
  return { ...volume, metadata, spec: { ...volume.spec, claimRef: reference } };
}

/** Saves the phase of a volume, if it is another one. */
export function setVolumePhase(
  context: BinderContext,
  volume: PersistentVolume,
  phase: string,
  message = '',
): PersistentVolume {
  if (volume.status.phase === phase) return volume;
  const { message: _old, ...status } = volume.status;
  const next = { ...status, phase, ...(message ? { message } : {}) };
  return remember(context, context.client.updateStatus({ ...volume, status: next }));
}

/** As {@link setVolumePhase}; an Event tells of the change. */
export function failVolume(context: BinderContext, volume: PersistentVolume, reason: string, message: string): void {
  if (volume.status.phase === 'Failed') return;
  const failed = setVolumePhase(context, volume, 'Failed', message);
  context.events.record(failed, 'Warning', reason, message);
  context.say('fail', failed, `Could not reclaim PersistentVolume ${volume.metadata.name}: ${message}`);
}

/** What a claim's status says when it is bound to the volume, or to none. */
function claimStatus(
  { status }: PersistentVolumeClaim,
  phase: string,
  volume: PersistentVolume | undefined,
): PersistentVolumeClaimStatus {
  const { accessModes: _modes, capacity, currentVolumeAttributesClassName: attributes, ...rest } = status;
  if (!volume) return { ...rest, phase };
  const { spec } = volume;
  const isNew = status.phase !== phase;
  const current = status.phase === 'Pending' && phase === 'Bound' ? spec.volumeAttributesClassName : attributes;
  return {
    ...rest,
    phase,
    accessModes: spec.accessModes,
    ...(isNew ? { capacity: spec.capacity } : capacity ? { capacity } : {}),
    ...(current === undefined ? {} : { currentVolumeAttributesClassName: current }),
  };
}

/** Saves the status of a claim, if it is another one. */
export function setClaimPhase(
  context: BinderContext,
  claim: PersistentVolumeClaim,
  phase: string,
  volume?: PersistentVolume,
): PersistentVolumeClaim {
  const status = claimStatus(claim, phase, volume);
  if (deepEqual(status, claim.status)) return claim;
  return remember(context, context.client.updateStatus({ ...claim, status }));
}

/** A claim that had a volume has none any more. */
export function loseClaim(context: BinderContext, claim: PersistentVolumeClaim, reason: string, message: string): void {
  if (claim.status.phase === 'Lost') return;
  const lost = setClaimPhase(context, claim, 'Lost');
  context.events.record(lost, 'Warning', reason, message);
  context.say('lose', lost, `PersistentVolumeClaim ${claim.metadata.name} is lost: ${message}`);
}

function bindClaim(context: BinderContext, claim: PersistentVolumeClaim, volumeName: string): PersistentVolumeClaim {
  const isNew = claim.spec.volumeName !== volumeName;
  const metadata = annotated(claim.metadata, ...(isNew ? [BOUND_BY_CONTROLLER] : []), BIND_COMPLETED);
  if (!isNew && metadata === claim.metadata) return claim;
  return remember(context, context.client.update({ ...claim, metadata, spec: { ...claim.spec, volumeName } }));
}

/** Makes both sides agree. Returns whether anything had to be done. */
export function bind(context: BinderContext, volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const referring = boundVolume(volume, claim);
  const saved = referring === volume ? volume : remember(context, context.client.update(referring));
  const bound = setVolumePhase(context, saved, 'Bound');
  const named = bindClaim(context, claim, bound.metadata.name);
  return setClaimPhase(context, named, 'Bound', bound) !== claim || bound !== volume;
}

/** Frees a volume: wholly when the controller chose it, else it stays reserved for the claim's name. */
export function unbindVolume(context: BinderContext, volume: PersistentVolume): PersistentVolume {
  const { annotations = {} } = volume.metadata;
  const { claimRef, ...spec } = volume.spec;
  const { [BOUND_BY_CONTROLLER]: byController, ...others } = annotations;
  const { annotations: _all, ...metadata } = volume.metadata;
  const { uid: _uid, ...reserved } = claimRef ?? {};
  const freed: PersistentVolume =
    byController === undefined
      ? { ...volume, spec: { ...spec, claimRef: reserved } }
      : {
          ...volume,
          spec,
          metadata: Object.keys(others).length > 0 ? { ...metadata, annotations: others } : metadata,
        };
  return setVolumePhase(context, remember(context, context.client.update(freed)), 'Available');
}
