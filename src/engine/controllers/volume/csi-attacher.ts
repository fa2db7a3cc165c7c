/**
 * Attaches volumes to nodes and detaches them, as VolumeAttachments ask. Modelled on kubernetes-csi/external-attacher
 * (pkg/controller/csi_handler.go: finalizers on both objects, then the call, then the status). Either takes 500 ms.
 */
import type { KubeObject } from '../../api/meta';
import type { PersistentVolume, VolumeAttachment } from '../../api/types';
import type { StorageDriver } from '../../api/volume-provisioners';
import { begin, type DriverContext, end } from './csi-memory';

const CALL_MS = 500;

/** As the attacher's finalizers are called: without dots. */
const finalizerOf = ({ name }: StorageDriver): string => `external-attacher/${name.replace(/[^\w-]/g, '-')}`;

function withFinalizer<T extends KubeObject>(object: T, finalizer: string): T {
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.includes(finalizer)) return object;
  return { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } };
}

function without<T extends KubeObject>(object: T, finalizer: string): T {
  const finalizers = (object.metadata.finalizers ?? []).filter((one) => one !== finalizer);
  return { ...object, metadata: { ...object.metadata, finalizers } };
}

const volumeOf = (context: DriverContext, { spec }: VolumeAttachment): PersistentVolume | undefined =>
  context.client.find<PersistentVolume>('PersistentVolume', undefined, spec.source.persistentVolumeName ?? '');

/** Looks at an attachment, and begins what it asks for. */
export function attach(context: DriverContext, driver: StorageDriver, name: string): void {
  const attachment = context.lister.byKey<VolumeAttachment>('VolumeAttachment', name);
  if (!attachment) return;
  if (attachment.metadata.deletionTimestamp) {
    if (attachment.metadata.finalizers?.includes(finalizerOf(driver))) begin(context, 'detached', name, CALL_MS);
    return;
  }
  if (attachment.status.attached || !begin(context, 'attached', name, CALL_MS)) return;
  const finalizer = finalizerOf(driver);
  const held = withFinalizer(attachment, finalizer);
  if (held !== attachment) context.client.update(held);
  const volume = volumeOf(context, attachment);
  const heldVolume = volume && withFinalizer(volume, finalizer);
  if (heldVolume && heldVolume !== volume) context.client.update(heldVolume);
  const what = `PersistentVolume ${attachment.spec.source.persistentVolumeName}`;
  context.say('attach', attachment, `${driver.name} attaches ${what} to Node ${attachment.spec.nodeName}`);
}

/** The storage is there. */
export function finishAttach(context: DriverContext, _driver: StorageDriver, name: string): void {
  end(context, 'attached', name);
  const attachment = context.client.find<VolumeAttachment>('VolumeAttachment', undefined, name);
  if (!attachment || attachment.metadata.deletionTimestamp || attachment.status.attached) return;
  context.client.updateStatus({ ...attachment, status: { attached: true } });
  const what = `PersistentVolume ${attachment.spec.source.persistentVolumeName}`;
  context.say('attach', attachment, `${what} is attached to Node ${attachment.spec.nodeName}`);
}

/** The storage is gone from the node: the attachment may go, and the volume too when it was the last. */
export function finishDetach(context: DriverContext, driver: StorageDriver, name: string): void {
  end(context, 'detached', name);
  const attachment = context.client.find<VolumeAttachment>('VolumeAttachment', undefined, name);
  if (!attachment?.metadata.deletionTimestamp) return;
  const finalizer = finalizerOf(driver);
  const { persistentVolumeName: volumeName } = attachment.spec.source;
  const others = context.lister
    .byIndex<VolumeAttachment>('VolumeAttachment', 'volume', volumeName ?? '')
    .some(({ metadata }) => metadata.name !== name);
  const volume = others ? undefined : volumeOf(context, attachment);
  if (volume?.metadata.finalizers?.includes(finalizer)) context.client.update(without(volume, finalizer));
  context.client.update(without(attachment, finalizer));
  context.say('detach', attachment, `PersistentVolume ${volumeName} is detached from Node ${attachment.spec.nodeName}`);
}
