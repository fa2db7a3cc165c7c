/**
 * The Volumes section. Follows describeVolumes in staging/src/k8s.io/kubectl/pkg/describe/describe.go. Kinds that only show
 * some of their fields are rows of a table.
 */

import { goText } from '../../engine/api/go-text';
import { compareQuantities } from '../../engine/api/quantity';
import type {
  CSIVolumeSource,
  DownwardAPIVolumeSource,
  EmptyDirVolumeSource,
  PersistentVolumeSpec,
  ProjectedVolumeSource,
  Volume,
  VolumeProjection,
} from '../../engine/api/types';
import { field } from './text';

const MAX_ATTRIBUTE_LENGTH = 140;

interface SimpleSource {
  readonly key: keyof Volume;
  readonly type: string;
  /** Lines: the name shown, the field, and what is shown without it. */
  readonly fields: readonly (readonly [string, string, (string | number | boolean)?])[];
}

const READ_ONLY = ['ReadOnly', 'readOnly', false] as const;
const FS_TYPE = ['FSType', 'fsType'] as const;

const SIMPLE: readonly SimpleSource[] = [
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
    key: 'image',
    type: 'Image (a container image or OCI artifact)',
    fields: [
      ['Reference', 'reference'],
      ['PullPolicy', 'pullPolicy'],
    ],
  },
];

function simpleText({ key, type, fields }: SimpleSource, volume: Volume): string {
  const source = volume[key] as unknown as Readonly<Record<string, unknown>>;
  const lines = fields.map(([name, path, fallback = '']) => field(name, goText(source[path] ?? fallback), 2));
  return field('Type', type, 2) + lines.join('');
}

function emptyDirText({ medium = '', sizeLimit }: EmptyDirVolumeSource): string {
  const isLimited = sizeLimit !== undefined && compareQuantities(sizeLimit, '0') > 0;
  return (
    field('Type', "EmptyDir (a temporary directory that shares a pod's lifetime)", 2) +
    field('Medium', medium, 2) +
    field('SizeLimit', isLimited ? sizeLimit : '<unset>', 2)
  );
}

function projectionText({ secret, downwardAPI, configMap, serviceAccountToken }: VolumeProjection): string {
  if (secret) return field('SecretName', secret.name ?? '', 2) + field('Optional', secret.optional ?? false, 2);
  if (downwardAPI) return field('DownwardAPI', 'true', 2);
  if (configMap)
    return field('ConfigMapName', configMap.name ?? '', 2) + field('Optional', configMap.optional ?? false, 2);
  if (serviceAccountToken) return field('TokenExpirationSeconds', serviceAccountToken.expirationSeconds ?? 3600, 2);
  return '';
}

function projectedText({ sources = [] }: ProjectedVolumeSource): string {
  const type = 'Projected (a volume that contains injected data from multiple sources)';
  return field('Type', type, 2) + sources.map(projectionText).join('');
}

function downwardText({ items = [] }: DownwardAPIVolumeSource): string {
  const lines = items.flatMap(({ fieldRef, resourceFieldRef, path }) => [
    fieldRef ? `      ${fieldRef.fieldPath} -> ${path}\n` : '',
    resourceFieldRef ? `      ${resourceFieldRef.resource} -> ${path}\n` : '',
  ]);
  const type = 'DownwardAPI (a volume populated by information about the pod)';
  return `${field('Type', type, 2)}    Items:\n${lines.join('')}`;
}

/** The attributes of a driver's volume, long ones shortened. */
export function attributeLines(volumeAttributes: Readonly<Record<string, string>> = {}): string {
  const lines = Object.keys(volumeAttributes)
    .sort()
    .map((key) => `${key}=${volumeAttributes[key]}`)
    .map((line) => (line.length > MAX_ATTRIBUTE_LENGTH ? `${line.slice(0, MAX_ATTRIBUTE_LENGTH)}...` : line));
  const [first = '<none>', ...others] = lines;
  return (
    field('VolumeAttributes', first === '<none>' ? first : `    ${first}`, 2) +
    others.map((line) => `        \t    ${line}\n`).join('')
  );
}

function csiText({ driver, fsType = '', readOnly = false, volumeAttributes }: CSIVolumeSource): string {
  return (
    field('Type', 'CSI (a Container Storage Interface (CSI) volume source)', 2) +
    field('Driver', driver, 2) +
    field('FSType', fsType, 2) +
    field('ReadOnly', readOnly, 2) +
    attributeLines(volumeAttributes)
  );
}

/** The source of a PersistentVolume that a Pod's volume can have too. */
export function volumeSourceText(spec: PersistentVolumeSpec): string {
  const volume = spec as Partial<Volume> as Volume;
  const simple = SIMPLE.find(({ key }) => volume[key] !== undefined);
  return simple ? simpleText(simple, volume) : '  <unknown>\n';
}

function sourceText(volume: Volume): string {
  const simple = SIMPLE.find(({ key }) => volume[key] !== undefined);
  if (simple) return simpleText(simple, volume);
  if (volume.emptyDir) return emptyDirText(volume.emptyDir);
  if (volume.projected) return projectedText(volume.projected);
  if (volume.downwardAPI) return downwardText(volume.downwardAPI);
  if (volume.csi) return csiText(volume.csi);
  return '  <unknown>\n';
}

/** `Volumes:` and each volume; `indent` is that of a Pod template. */
export function volumeLines(volumes: readonly Volume[] | undefined, indent: string): string {
  if (!volumes?.length) return `${indent}Volumes:\t<none>\n`;
  const inner = indent === '' ? '' : ' ';
  const texts = volumes.map((volume) => `  ${inner}${volume.name}:\n${sourceText(volume)}`);
  return `${indent}Volumes:\n${texts.join('')}`;
}
