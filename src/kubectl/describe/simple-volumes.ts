/**
 * Volumes of which describe only shows some fields, one below the other. Follows the print…VolumeSource functions of
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */
import { goText } from '../../engine/api/go-text';
import type { SecretReference, Volume } from '../../engine/api/types';
import { field } from './text';

interface SimpleSource {
  readonly key: keyof Volume;
  readonly type: string;
  /** Lines: the name shown, the field, and what is shown without it. */
  readonly fields: readonly (readonly [string, string, (string | number | boolean)?])[];
}

const READ_ONLY = ['ReadOnly', 'readOnly', false] as const;
const FS_TYPE = ['FSType', 'fsType'] as const;
const SECRET = ['SecretRef', 'secretRef'] as const;
/** The one name that upstream prints so. */
const WITHOUT_COLON = 'ISCSIInterface';

/** One row for each kind. */
export const SIMPLE: readonly SimpleSource[] = [
  {
    key: 'hostPath',
    type: 'HostPath (bare host directory volume)',
    fields: [
      ['Path', 'path'],
      ['HostPathType', 'type', '<none>'],
    ],
  },
  {
    key: 'gcePersistentDisk',
    type: 'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    fields: [['PDName', 'pdName'], FS_TYPE, ['Partition', 'partition', 0], READ_ONLY],
  },
  {
    key: 'awsElasticBlockStore',
    type: 'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    fields: [['VolumeID', 'volumeID'], FS_TYPE, ['Partition', 'partition', 0], READ_ONLY],
  },
  {
    key: 'gitRepo',
    type: 'GitRepo (a volume that is pulled from git when the pod is created)',
    fields: [
      ['Repository', 'repository'],
      ['Revision', 'revision'],
    ],
  },
  {
    key: 'secret',
    type: 'Secret (a volume populated by a Secret)',
    fields: [
      ['SecretName', 'secretName'],
      ['Optional', 'optional', false],
    ],
  },
  {
    key: 'configMap',
    type: 'ConfigMap (a volume populated by a ConfigMap)',
    fields: [
      ['Name', 'name'],
      ['Optional', 'optional', false],
    ],
  },
  {
    key: 'nfs',
    type: 'NFS (an NFS mount that lasts the lifetime of a pod)',
    fields: [['Server', 'server'], ['Path', 'path'], READ_ONLY],
  },
  {
    key: 'persistentVolumeClaim',
    type: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    fields: [['ClaimName', 'claimName'], READ_ONLY],
  },
  {
    key: 'azureFile',
    type: 'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
    fields: [['SecretName', 'secretName'], ['ShareName', 'shareName'], READ_ONLY],
  },
  {
    key: 'iscsi',
    type: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    fields: [
      ['TargetPortal', 'targetPortal'],
      ['IQN', 'iqn'],
      ['Lun', 'lun', 0],
      [WITHOUT_COLON, 'iscsiInterface'],
      FS_TYPE,
      READ_ONLY,
      ['Portals', 'portals', '[]'],
      ['DiscoveryCHAPAuth', 'chapAuthDiscovery', false],
      ['SessionCHAPAuth', 'chapAuthSession', false],
      SECRET,
      ['InitiatorName', 'initiatorName', '<none>'],
    ],
  },
  {
    key: 'fc',
    type: 'FC (a Fibre Channel disk)',
    fields: [['TargetWWNs', 'targetWWNs'], ['LUN', 'lun', '<none>'], FS_TYPE, READ_ONLY],
  },
  {
    key: 'glusterfs',
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    fields: [['EndpointsName', 'endpoints'], ['Path', 'path'], READ_ONLY],
  },
  {
    key: 'rbd',
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    fields: [
      ['CephMonitors', 'monitors', '[]'],
      ['RBDImage', 'image'],
      FS_TYPE,
      ['RBDPool', 'pool'],
      ['RadosUser', 'user'],
      ['Keyring', 'keyring'],
      SECRET,
      READ_ONLY,
    ],
  },
  {
    key: 'cephfs',
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    fields: [
      ['Monitors', 'monitors', '[]'],
      ['Path', 'path'],
      ['User', 'user'],
      ['SecretFile', 'secretFile'],
      SECRET,
      READ_ONLY,
    ],
  },
  {
    key: 'cinder',
    type: 'Cinder (a Persistent Disk resource in OpenStack)',
    fields: [['VolumeID', 'volumeID'], FS_TYPE, READ_ONLY, SECRET],
  },
  {
    key: 'azureDisk',
    type: 'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
    fields: [
      ['DiskName', 'diskName'],
      ['DiskURI', 'diskURI'],
      ['Kind', 'kind'],
      FS_TYPE,
      ['CachingMode', 'cachingMode'],
      READ_ONLY,
    ],
  },
  {
    key: 'vsphereVolume',
    type: 'vSphereVolume (a Persistent Disk resource in vSphere)',
    fields: [['VolumePath', 'volumePath'], FS_TYPE, ['StoragePolicyName', 'storagePolicyName']],
  },
  {
    key: 'portworxVolume',
    type: 'PortworxVolume (a Portworx Volume resource)',
    fields: [['VolumeID', 'volumeID']],
  },
  {
    key: 'quobyte',
    type: "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
    fields: [['Registry', 'registry'], ['Volume', 'volume'], READ_ONLY],
  },
  {
    key: 'image',
    type: 'Image (a container image or OCI artifact)',
    fields: [
      ['Reference', 'reference'],
      ['PullPolicy', 'pullPolicy'],
    ],
  },
];

/** The lines of a volume of one of the kinds. */
export function simpleText({ key, type, fields }: SimpleSource, volume: Volume): string {
  const source = volume[key] as unknown as Readonly<Record<string, unknown>>;
  const lines = fields.map((each) => {
    const [name, path, fallback = ''] = each;
    const value = source[path] ?? fallback;
    if (each === SECRET) return field(name, secretText(source[path] as SecretReference | undefined), 2);
    if (path === 'targetWWNs') return field(name, [value].flat().join(', '), 2);
    return name === WITHOUT_COLON ? `    ${name}\t${value}\n` : field(name, goText(value), 2);
  });
  return field('Type', type, 2) + lines.join('');
}

/** The reference as Go prints it: of a Pod's volume, or of a PersistentVolume's with its namespace. */
function secretText(secret: SecretReference | undefined): string {
  if (!secret) return 'nil';
  const { name = '', namespace } = secret;
  return namespace === undefined
    ? `&LocalObjectReference{Name:${name},}`
    : `&SecretReference{Name:${name},Namespace:${namespace},}`;
}
