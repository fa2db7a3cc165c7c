/**
 * Attaches volumes to nodes and detaches them, as VolumeAttachments ask. Modelled on kubernetes-csi/external-attacher
 * (pkg/controller/csi_handler.go: finalizers on both objects, then the call, then the status; a volume keeps its own until it is deleted).
 * Either takes 500 ms.
 */
import type { KubeObject } from '../../api/meta';
import type { PersistentVolume, VolumeAttachment } from '../../api/types';
import type { StorageDriver } from '../../api/volume-provisioners';
import { begin, type DriverContext, end, tryAgain } from './csi-memory';

const CALL_MS = 500;
const NODE_ID = 'csi.alpha.kubernetes.io/node-id';

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
  if (attachment.status.attached) return;
  const volume = volumeOf(context, attachment);
  if (!volume || volume.metadata.deletionTimestamp) {
    const { persistentVolumeName: missing } = attachment.spec.source;
    refuse(
      context,
      attachment,
      volume ? `PersistentVolume "${missing}" is marked for deletion` : `persistentvolume "${missing}" not found`,
    );
    return;
  }
  if (!begin(context, 'attached', name, CALL_MS)) return;
  const finalizer = finalizerOf(driver);
  const heldVolume = withFinalizer(volume, finalizer);
  if (heldVolume !== volume) context.client.update(heldVolume);
  const held = withFinalizer(attachment, finalizer);
  if (held !== attachment) {
    const annotations = { ...attachment.metadata.annotations, [NODE_ID]: attachment.spec.nodeName };
    context.client.update({ ...held, metadata: { ...held.metadata, annotations } });
  }
  const what = `PersistentVolume ${attachment.spec.source.persistentVolumeName}`;
  context.say('attach', attachment, `${driver.name} attaches ${what} to Node ${attachment.spec.nodeName}`);
}

/** Says in an attachment why it is not made, and tries again later. */
function refuse(context: DriverContext, attachment: VolumeAttachment, message: string): void {
  tryAgain(context, 'attach', attachment.metadata.name);
  context.client.updateStatus({
    ...attachment,
    status: { attached: false, attachError: { message, time: context.now } },
  });
  const { persistentVolumeName } = attachment.spec.source;
  context.say(
    'attach',
    attachment,
    `PersistentVolume ${persistentVolumeName} is not attached to Node ${attachment.spec.nodeName}: ${message}`,
  );
}

/** The storage is there. */
export function finishAttach(context: DriverContext, _driver: StorageDriver, name: string): void {
  end(context, 'attached', name);
  context.memory.queue.failures.delete(`attach ${name}`);
  const attachment = context.client.find<VolumeAttachment>('VolumeAttachment', undefined, name);
  if (!attachment || attachment.metadata.deletionTimestamp || attachment.status.attached) return;
  context.client.updateStatus({ ...attachment, status: { attached: true } });
  const what = `PersistentVolume ${attachment.spec.source.persistentVolumeName}`;
  context.say('attach', attachment, `${what} is attached to Node ${attachment.spec.nodeName}`);
}

/** The storage is gone from the node: the attachment may go. */
export function finishDetach(context: DriverContext, driver: StorageDriver, name: string): void {
  end(context, 'detached', name);
  const attachment = context.client.find<VolumeAttachment>('VolumeAttachment', undefined, name);
  if (!attachment?.metadata.deletionTimestamp) return;
  const finalizer = finalizerOf(driver);
  const { persistentVolumeName: volumeName } = attachment.spec.source;
  context.client.update(without(attachment, finalizer));
  context.say('detach', attachment, `PersistentVolume ${volumeName} is detached from Node ${attachment.spec.nodeName}`);
}

/** Lets a volume that is deleted go, once nothing is attached from it. */
export function letGo(context: DriverContext, driver: StorageDriver, name: string): void {
  const volume = context.client.find<PersistentVolume>('PersistentVolume', undefined, name);
  const finalizer = finalizerOf(driver);
  if (!volume?.metadata.deletionTimestamp || !volume.metadata.finalizers?.includes(finalizer)) return;
  if (context.lister.byIndex('VolumeAttachment', 'volume', name).length > 0) return;
  context.client.update(without(volume, finalizer));
  context.say('detach', volume, `PersistentVolume ${name} may go: it is attached nowhere`);
}
