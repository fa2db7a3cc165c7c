/**
 * What is done about one volume: it is available, bound, or to be reclaimed when its claim is gone.
 * Follows pkg/controller/volume/persistentvolume/pv_controller.go (syncVolume, reclaimVolume, deleteVolumeOperation).
 * Of the plugins of Kubernetes' own only hostPath can delete, below /tmp; drivers outside delete what they made.
 */
import { joinKey } from '../../api/meta';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types';
import { PROVISIONED_BY } from '../../api/volume-claim';
import { haveSameVolumeMode } from '../../api/volume-matching';
import { enqueueKey } from '../../client/controller';
import { type BinderContext, claimAt } from './binder-cache';
import { failVolume, setVolumePhase, unbindVolume } from './binding';
import { recycle } from './recycling';

/** One look at a volume. */
export function syncVolume(context: BinderContext, volume: PersistentVolume): void {
  const { claimRef } = volume.spec;
  if (!claimRef?.uid) {
    if (volume.status.phase === 'Available') return;
    const { name } = setVolumePhase(context, volume, 'Available').metadata;
    context.say('offer', volume, `PersistentVolume ${name} is Available, ${whomFor(claimRef)}`);
    return;
  }
  const key = joinKey(claimRef.namespace, claimRef.name ?? '');
  const claim = claimOf(context, volume, key);
  if (!claim) release(context, volume, key);
  else if (!claim.spec.volumeName) letClaimDecide(context, volume, claim, key);
  else if (claim.spec.volumeName === volume.metadata.name) setVolumePhase(context, volume, 'Bound');
  else if (volume.metadata.annotations?.[PROVISIONED_BY] && policyOf(volume) === 'Delete') {
    release(context, volume, key);
  } else {
    const freed = unbindVolume(context, volume);
    const what = `claim ${key} is bound to ${claim.spec.volumeName}`;
    context.say('unbind', freed, `Freed PersistentVolume ${volume.metadata.name}: ${what}`);
  }
}

/** A claimRef may name a claim, or nothing at all. */
function whomFor(claimRef: PersistentVolume['spec']['claimRef']): string {
  if (!claimRef) return 'free for any claim';
  const { namespace, name } = claimRef;
  return name ? `reserved for claim ${joinKey(namespace, name)}` : 'reserved for a claim that it does not name';
}

const policyOf = ({ spec }: PersistentVolume): string => spec.persistentVolumeReclaimPolicy ?? 'Retain';

/** The claim itself, not another one of its name. */
function claimOf(context: BinderContext, volume: PersistentVolume, key: string): PersistentVolumeClaim | undefined {
  const { uid, namespace, name = '' } = volume.spec.claimRef ?? {};
  const { phase } = volume.status;
  const known = claimAt(context, key);
  if (known?.metadata.uid === uid) return known;
  if (!known && (phase === 'Released' || phase === 'Failed')) return undefined;
  // What was told of it may lag behind.
  const live = context.client.find<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, name);
  return live?.metadata.uid === uid ? live : undefined;
}

/** The claim's own turn ties them together. */
function letClaimDecide(
  context: BinderContext,
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
  key: string,
): void {
  if (haveSameVolumeMode(claim, volume)) {
    enqueueKey(context, key);
    return;
  }
  const why = 'due to incompatible volumeMode.';
  const { name } = volume.metadata;
  const toVolume = `Cannot bind PersistentVolume to requested PersistentVolumeClaim "${claim.metadata.name}" ${why}`;
  context.events.record(volume, 'Warning', 'VolumeMismatch', toVolume);
  const toClaim = `Cannot bind PersistentVolume "${name}" to requested PersistentVolumeClaim ${why}`;
  context.events.record(claim, 'Warning', 'VolumeMismatch', toClaim);
}

/** The claim is gone: Released once, then what the policy says. */
function release(context: BinderContext, volume: PersistentVolume, key: string): void {
  const { phase } = volume.status;
  const policy = policyOf(volume);
  const isNew = phase !== 'Released' && phase !== 'Failed';
  const released = isNew ? setVolumePhase(context, volume, 'Released') : volume;
  if (isNew) {
    const what =
      policy === 'Retain' ? 'it is kept with its data until a person decides' : `to be reclaimed by ${policy}`;
    context.say(
      'release',
      released,
      `Released PersistentVolume ${volume.metadata.name}: claim ${key} is gone; ${what}`,
    );
  }
  if (policy === 'Recycle') recycle(context, released);
  else if (policy === 'Delete') removeVolume(context, released);
}

/** What can be deleted without a driver. */
function removeVolume(context: BinderContext, volume: PersistentVolume): void {
  const { metadata, spec } = volume;
  const provisioner = metadata.annotations?.[PROVISIONED_BY];
  if ((provisioner && !provisioner.startsWith('kubernetes.io/')) || spec.csi) return;
  // Released, it is gone before the deleter looks for it.
  if (metadata.deletionTimestamp) return;
  const { name } = metadata;
  if (!spec.hostPath) {
    const why = `error getting deleter volume plugin for volume "${name}": no deletable volume plugin matched`;
    failVolume(context, volume, 'VolumeFailedDelete', why);
    return;
  }
  if (!/^\/tmp\/.+/.test(spec.hostPath.path)) {
    const why = `host_path deleter only supports /tmp/.+ but received provided ${spec.hostPath.path}`;
    failVolume(context, volume, 'VolumeFailedDelete', why);
    return;
  }
  context.client.delete('PersistentVolume', undefined, name);
  context.say('delete', volume, `Deleted PersistentVolume ${name}, as its reclaim policy says`);
}
