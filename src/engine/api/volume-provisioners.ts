/**
 * The storage drivers that a simulated cluster has: what they make, and how they word what they refuse.
 * Modelled on their external-provisioners: kubernetes-csi/external-provisioner, rancher/local-path-provisioner, ceph/ceph-csi and the
 * clouds' drivers, openebs/dynamic-localpv-provisioner. Volumes are directories of the simulation, whatever the driver. Any other provisioner is waited for in vain.
 */
import type { KubeObject } from './meta';
import type { CSIDriver, PersistentVolume, VolumeAttachment } from './types';
import { PROVISIONED_BY, STORAGE_PROVISIONER } from './volume-claim';

/** `block`: one node at a time; `file`: shared by nodes; `node`: a directory of one node. */
export type DriverKind = 'block' | 'file' | 'node';

/** One driver. */
export interface StorageDriver {
  /** As classes name it. */
  readonly name: string;
  readonly kind: DriverKind;
  /** Its volumes are attached to a node before they are mounted there. */
  readonly attaches: boolean;
  /** Its volumes can grow. */
  readonly expands: boolean;
  /** A parameter without which it makes nothing: a class that leaves it out waits, as if the driver were not set up. */
  readonly needs?: string;
  /** What it says to a claim for several nodes; '' when it can do that. */
  readonly refusesSharing: string;
}

const RBD_REFUSAL =
  'rpc error: code = InvalidArgument desc = multi node access modes are only supported on rbd `block` type volumes';
const BLOCK_REFUSAL = 'rpc error: code = InvalidArgument desc = Volume capabilities not supported';
const NODE_REFUSAL = 'NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes';

/** Drivers whose CSIDriver says that their volumes are attached, though they are no block devices: Rook sets attachRequired for CephFS too. */
const ATTACHED: readonly string[] = ['rook-ceph.cephfs.csi.ceph.com'];

function driver(name: string, kind: DriverKind, refusesSharing: string, needs?: string): StorageDriver {
  const attaches = kind === 'block' || ATTACHED.includes(name);
  return { name, kind, attaches, expands: kind !== 'node', refusesSharing, ...(needs ? { needs } : {}) };
}

const BLOCK =
  'ebs.csi.aws.com pd.csi.storage.gke.io disk.csi.azure.com cinder.csi.openstack.org csi.vsphere.vmware.com dobs.csi.digitalocean.com csi.hetzner.cloud diskplugin.csi.alibabacloud.com';
const FILE = 'file.csi.azure.com filestore.csi.storage.gke.io nfs.csi.k8s.io';
const NODE =
  'rancher.io/local-path openebs.io/local k8s.io/minikube-hostpath docker.io/hostpath microk8s.io/hostpath hostpath.csi.k8s.io';

/** Every driver. */
export const STORAGE_DRIVERS: readonly StorageDriver[] = [
  ...['rook-ceph.rbd.csi.ceph.com', 'rbd.csi.ceph.com'].map((name) => driver(name, 'block', RBD_REFUSAL)),
  ...['rook-ceph.cephfs.csi.ceph.com', 'cephfs.csi.ceph.com'].map((name) => driver(name, 'file', '', 'fsName')),
  driver('efs.csi.aws.com', 'file', '', 'fileSystemId'),
  // What several nodes share it serves from one of them; a node has it attached all the same.
  driver('driver.longhorn.io', 'block', ''),
  ...BLOCK.split(' ').map((name) => driver(name, 'block', BLOCK_REFUSAL)),
  ...FILE.split(' ').map((name) => driver(name, 'file', '')),
  ...NODE.split(' ').map((name) => driver(name, 'node', NODE_REFUSAL)),
];

const BY_NAME: ReadonlyMap<string, StorageDriver> = new Map(STORAGE_DRIVERS.map((one) => [one.name, one]));

/** The driver of a name, if the cluster has it. */
export function storageDriver(name: string): StorageDriver | undefined {
  return BY_NAME.get(name);
}

/** The driver that a claim, a volume or an attachment names. */
export function driverNamedBy(object: KubeObject): string | undefined {
  if (object.kind === 'VolumeAttachment') return (object as VolumeAttachment).spec.attacher;
  const { annotations } = object.metadata;
  if (object.kind === 'PersistentVolumeClaim') return annotations?.[STORAGE_PROVISIONER];
  return (object as PersistentVolume).spec.csi?.driver ?? annotations?.[PROVISIONED_BY];
}

/** Where the CSIDriver of a name is looked up. */
interface Drivers {
  get<T extends KubeObject>(kind: string, namespace: string | undefined, name: string): T | undefined;
}

/** Whether a volume has to be attached to a node before it is mounted there. Of drivers that are not simulated their CSIDriver says it. */
export function needsAttaching({ spec }: PersistentVolume, drivers: Drivers): boolean {
  if (!spec.csi) return false;
  const { driver: name } = spec.csi;
  const simulated = storageDriver(name);
  return simulated
    ? simulated.attaches
    : drivers.get<CSIDriver>('CSIDriver', undefined, name)?.spec.attachRequired !== false;
}

/** How a Node's status names a driver's volume. Follows pkg/volume/util/util.go (GetUniqueVolumeName). */
export function uniqueVolumeName({ spec }: PersistentVolume): string {
  return `kubernetes.io/csi/${spec.csi?.driver}^${spec.csi?.volumeHandle}`;
}

const MIGRATED: ReadonlyMap<string, string> = new Map([
  ['kubernetes.io/aws-ebs', 'ebs.csi.aws.com'],
  ['kubernetes.io/azure-disk', 'disk.csi.azure.com'],
  ['kubernetes.io/azure-file', 'file.csi.azure.com'],
  ['kubernetes.io/cinder', 'cinder.csi.openstack.org'],
  ['kubernetes.io/gce-pd', 'pd.csi.storage.gke.io'],
  ['kubernetes.io/portworx-volume', 'pxd.portworx.com'],
  ['kubernetes.io/vsphere-volume', 'csi.vsphere.vmware.com'],
]);

/** The driver that took over from a plugin of Kubernetes' own. Follows csi-translation-lib. */
export function migratedTo(plugin: string): string | undefined {
  return MIGRATED.get(plugin);
}
