/**
 * The Volumes section. Follows describeVolumes in staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */

import { compareQuantities } from '../../engine/api/quantity';
import type {
  CSIVolumeSource,
  DownwardAPIVolumeSource,
  EmptyDirVolumeSource,
  EphemeralVolumeSource,
  PersistentVolumeSpec,
  ProjectedVolumeSource,
  Volume,
  VolumeProjection,
} from '../../engine/api/types';
import { SIMPLE, simpleText } from './simple-volumes';
import { annotationLines, field, labelLines, optionalField } from './text';

const MAX_ATTRIBUTE_LENGTH = 140;

/** The claim that a volume is to have, as far as its template says. */
function ephemeralText({ volumeClaimTemplate }: EphemeralVolumeSource): string {
  const type = 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)';
  const { metadata, spec } = volumeClaimTemplate ?? {};
  if (!spec) return field('Type', type, 2);
  const { dataSource, storageClassName, volumeName, volumeMode } = spec;
  const className = metadata?.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? storageClassName ?? '';
  const claim = [
    field('StorageClass', className),
    field('Volume', volumeName ?? ''),
    labelLines('Labels', metadata?.labels),
    annotationLines('Annotations', metadata?.annotations),
    field('Capacity', volumeName ? '0' : ''),
    field('Access Modes', ''),
    optionalField('VolumeMode', volumeMode),
    dataSource ? 'DataSource:\n' : '',
    optionalField('APIGroup', dataSource?.apiGroup, 1),
    optionalField('Kind', dataSource?.kind, 1),
    optionalField('Name', dataSource?.name, 1),
  ].join('');
  return field('Type', type, 2) + claim.replace(/^(?=.)/gm, '    ');
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
  if (volume.ephemeral) return ephemeralText(volume.ephemeral);
  return '  <unknown>\n';
}

/** `Volumes:` and each volume; `indent` is that of a Pod template. */
export function volumeLines(volumes: readonly Volume[] | undefined, indent: string): string {
  if (!volumes?.length) return `${indent}Volumes:\t<none>\n`;
  const inner = indent === '' ? '' : ' ';
  const texts = volumes.map((volume) => `  ${inner}${volume.name}:\n${sourceText(volume)}`);
  return `${indent}Volumes:\n${texts.join('')}`;
}
