/**
 * Makes volumes for claims and removes those that were released.
 * Modelled on kubernetes-csi/external-provisioner, sig-storage-lib-external-provisioner/controller and rancher/local-path-provisioner
 * (names, annotations, finalizers, order of writes, texts of Events). Making takes 1 s, removing 500 ms.
 */
import { keyOf } from '../../api/meta';
import { isReason } from '../../api/status-error';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeSpec,
  StorageClass,
  VolumeAttachment,
  VolumeNodeAffinity,
} from '../../api/types';
import { classOf, PROVISIONED_BY, SELECTED_NODE, STORAGE_PROVISIONER } from '../../api/volume-claim';
import type { StorageDriver } from '../../api/volume-provisioners';
import { begin, type DriverContext, end, tryAgain } from './csi-memory';

const MAKING_MS = 1000;
const REMOVING_MS = 500;
const FINALIZER = 'external-provisioner.volume.kubernetes.io/finalizer';
const HOSTNAME = 'kubernetes.io/hostname';

/** Where drivers that make directories of a node put them. */
const DIRECTORIES: Readonly<Record<string, string>> = {
  'rancher.io/local-path': '/opt/local-path-provisioner/',
  'openebs.io/local': '/var/openebs/local/',
  'k8s.io/minikube-hostpath': '/tmp/hostpath-provisioner/',
  'docker.io/hostpath': '/var/lib/k8s-pvs/',
  'microk8s.io/hostpath': '/var/snap/microk8s/common/default-storage/',
};

/** Its volumes are of the type `local`. */
const LOCAL = 'openebs.io/local';

const nameFor = ({ metadata }: PersistentVolumeClaim): string => `pvc-${metadata.uid}`;

/** The claim and its class, if the driver is to make its volume. */
function taskOf(
  context: DriverContext,
  driver: StorageDriver,
  key: string,
): { claim: PersistentVolumeClaim; storageClass: StorageClass } | undefined {
  const claim = context.lister.byKey<PersistentVolumeClaim>('PersistentVolumeClaim', key);
  if (!claim || claim.spec.volumeName || claim.metadata.deletionTimestamp) return undefined;
  if (claim.metadata.annotations?.[STORAGE_PROVISIONER] !== driver.name) return undefined;
  const storageClass = context.lister.get<StorageClass>('StorageClass', undefined, classOf(claim));
  if (!storageClass || (driver.needs && storageClass.parameters?.[driver.needs] === undefined)) return undefined;
  if (context.lister.get('PersistentVolume', undefined, nameFor(claim))) return undefined;
  return { claim, storageClass };
}

/** Looks at a claim that waits, and begins to make its volume. */
export function provision(context: DriverContext, driver: StorageDriver, key: string): void {
  const task = taskOf(context, driver, key);
  if (!task || context.memory.busy.has(`made ${key}`)) return;
  const { claim, storageClass } = task;
  const { name } = claim.metadata;
  const said = `External provisioner is provisioning volume for claim "${key}"`;
  context.events.record(claim, 'Normal', 'Provisioning', said);
  const problem = problemOf(driver, claim, storageClass);
  if (!problem) {
    begin(context, 'made', key, MAKING_MS);
    context.say('provision', claim, `${driver.name} makes a volume for PersistentVolumeClaim ${name}`);
    return;
  }
  const message = `failed to provision volume with StorageClass "${storageClass.metadata.name}": ${problem}`;
  context.events.record(claim, 'Warning', 'ProvisioningFailed', message);
  context.say('provision', claim, `${driver.name} makes no volume for PersistentVolumeClaim ${name}: ${problem}`);
  tryAgain(context, 'provision', key);
}

function problemOf(driver: StorageDriver, claim: PersistentVolumeClaim, storageClass: StorageClass): string {
  const { accessModes = [], volumeMode, selector } = claim.spec;
  const isShared = accessModes.includes('ReadWriteMany');
  if (selector) return 'claim Selector is not supported';
  if (isShared && driver.refusesSharing && !(driver.kind === 'block' && volumeMode === 'Block')) {
    return driver.refusesSharing;
  }
  const needsNode = driver.name === LOCAL || driver.name === 'rancher.io/local-path';
  if (needsNode && claim.metadata.annotations?.[SELECTED_NODE] === undefined) {
    return storageClass.volumeBindingMode === 'WaitForFirstConsumer'
      ? 'no node was selected'
      : 'configuration error, no node was specified';
  }
  return '';
}

/** The volume is made: says so in the API. */
export function finishVolume(context: DriverContext, driver: StorageDriver, key: string): void {
  end(context, 'made', key);
  const task = taskOf(context, driver, key);
  if (!task) return;
  const { claim, storageClass } = task;
  try {
    const volume = context.client.create(newVolume(driver, claim, storageClass));
    const { name } = volume.metadata;
    context.events.record(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${name}`);
    const size = volume.spec.capacity?.storage;
    context.say('provision', volume, `Made PersistentVolume ${name} (${size}) for PersistentVolumeClaim ${key}`);
  } catch (error) {
    if (!isReason(error, 'AlreadyExists')) throw error;
  }
}

function affinityTo(nodeName: string): VolumeNodeAffinity {
  const expression = { key: HOSTNAME, operator: 'In', values: [nodeName] };
  return { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } };
}

function sourceOf(
  driver: StorageDriver,
  claim: PersistentVolumeClaim,
): Pick<PersistentVolumeSpec, 'csi' | 'hostPath' | 'local' | 'nodeAffinity'> {
  const { namespace, name, annotations } = claim.metadata;
  const nodeName = annotations?.[SELECTED_NODE];
  const directory = DIRECTORIES[driver.name];
  const nodeAffinity = driver.kind === 'node' && nodeName ? { nodeAffinity: affinityTo(nodeName) } : {};
  if (directory && driver.name === LOCAL)
    return { local: { fsType: '', path: directory + nameFor(claim) }, ...nodeAffinity };
  if (directory) {
    const isMinikube = driver.name === 'k8s.io/minikube-hostpath';
    const path = isMinikube ? `${namespace}/${name}` : `${nameFor(claim)}_${namespace}_${name}`;
    return { hostPath: { path: directory + path, type: isMinikube ? '' : 'DirectoryOrCreate' }, ...nodeAffinity };
  }
  const isFileSystem = driver.kind === 'block' && claim.spec.volumeMode !== 'Block';
  return {
    csi: {
      driver: driver.name,
      volumeHandle: `0001-${nameFor(claim)}`,
      ...(isFileSystem ? { fsType: 'ext4' } : {}),
      volumeAttributes: { 'storage.kubernetes.io/csiProvisionerIdentity': `1-${driver.name}` },
    },
    ...nodeAffinity,
  };
}

function newVolume(
  driver: StorageDriver,
  claim: PersistentVolumeClaim,
  { metadata, reclaimPolicy, mountOptions }: StorageClass,
): PersistentVolume {
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  const { accessModes, volumeMode, resources, volumeAttributesClassName } = claim.spec;
  const source = sourceOf(driver, claim);
  const isHeld = source.csi && reclaimPolicy === 'Delete';
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: nameFor(claim),
      annotations: { [PROVISIONED_BY]: driver.name },
      ...(isHeld ? { finalizers: [FINALIZER] } : {}),
    },
    spec: {
      accessModes,
      capacity: { storage: resources?.requests?.storage ?? '0' },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid, resourceVersion },
      persistentVolumeReclaimPolicy: reclaimPolicy,
      storageClassName: metadata.name,
      volumeMode,
      ...(mountOptions?.length ? { mountOptions } : {}),
      ...(volumeAttributesClassName ? { volumeAttributesClassName } : {}),
      ...source,
    },
    status: {},
  };
}

/** Whether the volume was released for good, and is this driver's to remove. */
function isToGo({ metadata, spec, status }: PersistentVolume, driver: StorageDriver): boolean {
  if (metadata.annotations?.[PROVISIONED_BY] !== driver.name) return false;
  return status.phase === 'Released' && spec.persistentVolumeReclaimPolicy === 'Delete';
}

/** Looks at a volume that may have been released. */
export function remove(context: DriverContext, driver: StorageDriver, name: string): void {
  const volume = context.lister.byKey<PersistentVolume>('PersistentVolume', name);
  if (!volume || !isToGo(volume, driver) || context.memory.busy.has(`removed ${name}`)) return;
  const [attached] = context.lister.byIndex<VolumeAttachment>('VolumeAttachment', 'volume', name);
  if (!attached) {
    begin(context, 'removed', name, REMOVING_MS);
    return;
  }
  const why = `persistentvolume ${name} is still attached to node ${attached.spec.nodeName}`;
  context.events.record(volume, 'Warning', 'VolumeFailedDelete', why);
  context.say('remove', volume, `${driver.name} does not remove PersistentVolume ${name}: ${why}`);
  tryAgain(context, 'remove', name);
}

/** The storage is gone: so is the volume, once its finalizers are. */
export function finishRemoval(context: DriverContext, driver: StorageDriver, name: string): void {
  end(context, 'removed', name);
  const volume = context.client.find<PersistentVolume>('PersistentVolume', undefined, name);
  if (!volume || !isToGo(volume, driver)) return;
  if (!volume.metadata.deletionTimestamp) context.client.delete('PersistentVolume', undefined, name);
  const live = context.client.find<PersistentVolume>('PersistentVolume', undefined, name);
  const finalizers = live?.metadata.finalizers ?? [];
  if (live && finalizers.includes(FINALIZER)) {
    const rest = finalizers.filter((one) => one !== FINALIZER);
    context.client.update({ ...live, metadata: { ...live.metadata, finalizers: rest } });
  }
  context.say('remove', volume, `Removed PersistentVolume ${name} and its data: claim ${claimText(volume)} is gone`);
}

function claimText({ spec }: PersistentVolume): string {
  return keyOf({ metadata: { namespace: spec.claimRef?.namespace, name: spec.claimRef?.name ?? '' } });
}
