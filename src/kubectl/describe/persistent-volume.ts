/**
 * kubectl describe of claims, volumes and classes. Follows describePersistentVolume, describePersistentVolumeClaim, describeStorageClass,
 * describeCSINode and describeVolumeAttributesClass in staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */
import { formatLabels, since } from '../../engine/api/kinds/table';
import type {
  CSINode,
  NodeSelectorTerm,
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeSpec,
  Pod,
  StorageClass,
  TopologySelectorTerm,
  VolumeAttributesClass,
} from '../../engine/api/types';
import { accessModesText, classOf, isDefaultClass } from '../../engine/api/volume-claim';
import type { Clock, Reader } from '../command';
import { withEventsOf } from './events';
import { annotationLines, type Describer, field, labelLines, multiline, optionalField, timeText } from './text';
import { attributeLines, volumeSourceText } from './volumes';

function finalizersText(finalizers: readonly string[] = []): string {
  return field('Finalizers', `[${finalizers.join(' ')}]`);
}

function statusText({ metadata, status }: PersistentVolume | PersistentVolumeClaim, clock: Clock): string {
  if (!metadata.deletionTimestamp) return field('Status', status.phase ?? '');
  return field('Status', `Terminating (lasts ${since(clock, metadata.deletionTimestamp)})`);
}

function termText({ matchExpressions = [] }: NodeSelectorTerm, index: number): string {
  const texts = matchExpressions.map(({ key, operator, values }) => {
    const list = values?.length ? ` [${values.join(', ')}]` : '';
    return `${key} ${operator.toLowerCase()}${list}`;
  });
  return `    Term ${index}:\t${texts.join('\n    \t') || '<none>'}\n`;
}

function affinityText({ nodeAffinity }: PersistentVolumeSpec): string {
  if (!nodeAffinity?.required) return 'Node Affinity:\t<none>\n';
  const terms = nodeAffinity.required.nodeSelectorTerms ?? [];
  return `Node Affinity:\t\n  Required Terms:\t${terms.length > 0 ? `\n${terms.map(termText).join('')}` : '<none>\n'}`;
}

function sourceText(spec: PersistentVolumeSpec): string {
  if (spec.local) {
    const type = 'LocalVolume (a persistent volume backed by local storage on a node)';
    return field('Type', type, 2) + field('Path', spec.local.path, 2);
  }
  if (!spec.csi) return volumeSourceText(spec);
  const { driver, fsType = '', volumeHandle, readOnly = false, volumeAttributes } = spec.csi;
  return [
    field('Type', 'CSI (a Container Storage Interface (CSI) volume source)', 2),
    field('Driver', driver, 2),
    field('FSType', fsType, 2),
    field('VolumeHandle', volumeHandle, 2),
    field('ReadOnly', readOnly, 2),
    attributeLines(volumeAttributes),
  ].join('');
}

/** PersistentVolume. */
export const describePersistentVolume: Describer<PersistentVolume> = (volume, reader, clock) => {
  const { metadata, spec, status } = volume;
  const { claimRef } = spec;
  const text = [
    field('Name', metadata.name),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    finalizersText(metadata.finalizers),
    field('StorageClass', classOf(volume)),
    statusText(volume, clock),
    field('Claim', claimRef ? `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}` : ''),
    field('Reclaim Policy', spec.persistentVolumeReclaimPolicy ?? ''),
    field('Access Modes', accessModesText(spec.accessModes)),
    optionalField('VolumeMode', spec.volumeMode),
    field('Capacity', spec.capacity?.storage ?? '0'),
    affinityText(spec),
    field('Message', status.message ?? ''),
    'Source:\n',
    sourceText(spec),
  ].join('');
  return withEventsOf(volume, text, reader, clock);
};

/** The Pods that use a claim, and those it was made for. */
function podsOf({ metadata }: PersistentVolumeClaim, reader: Reader): Pod[] {
  const pods = reader.list<Pod>('Pod', { namespace: metadata.namespace });
  const users = pods.filter(({ spec }) =>
    spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === metadata.name),
  );
  const owners = (metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Pod');
  const owning = pods.filter((pod) => owners.some(({ uid }) => uid === pod.metadata.uid) && !users.includes(pod));
  return [...users, ...owning];
}

function dataSourceText({ spec }: PersistentVolumeClaim): string {
  const { dataSource } = spec;
  if (!dataSource) return '';
  return [
    'DataSource:\n',
    optionalField('APIGroup', dataSource.apiGroup, 1),
    field('Kind', dataSource.kind, 1),
    field('Name', dataSource.name, 1),
  ].join('');
}

function conditionsText({ status }: PersistentVolumeClaim): string {
  if (!status.conditions?.length) return '';
  const rows = status.conditions.map(
    ({ type, status: value, lastProbeTime, lastTransitionTime, reason = '', message = '' }) =>
      `  ${type} \t${value} \t${timeText(lastProbeTime)} \t${timeText(lastTransitionTime)} \t${reason} \t${message}\n`,
  );
  const head =
    '  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n  ----\t------\t-----------------\t------------------\t------\t-------\n';
  return `Conditions:\n${head}${rows.join('')}`;
}

/** PersistentVolumeClaim. */
export const describePersistentVolumeClaim: Describer<PersistentVolumeClaim> = (claim, reader, clock) => {
  const { metadata, spec, status } = claim;
  const isBound = !!spec.volumeName;
  const text = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace ?? ''),
    field('StorageClass', classOf(claim)),
    statusText(claim, clock),
    field('Volume', spec.volumeName ?? ''),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    finalizersText(metadata.finalizers),
    field('Capacity', isBound ? (status.capacity?.storage ?? '0') : ''),
    field('Access Modes', isBound ? accessModesText(status.accessModes) : ''),
    optionalField('VolumeMode', spec.volumeMode),
    dataSourceText(claim),
    multiline(
      'Used By',
      podsOf(claim, reader).map((pod) => pod.metadata.name),
    ),
    conditionsText(claim),
  ].join('');
  return withEventsOf(claim, text, reader, clock);
};

function topologyText(terms: readonly TopologySelectorTerm[] | undefined): string {
  if (!terms) return '';
  if (terms.length === 0) return 'AllowedTopologies:\t<none>\n';
  const texts = terms.map(({ matchLabelExpressions = [] }, index) => {
    const lines = matchLabelExpressions.map(({ key, values }) => `${key} in [${values.join(', ')}]`);
    return `  Term ${index}:\t${lines.join('\n  \t') || '<none>'}\n`;
  });
  return `AllowedTopologies:\t\n${texts.join('')}`;
}

/** StorageClass. */
export const describeStorageClass: Describer<StorageClass> = (storageClass, reader, clock) => {
  const { metadata, mountOptions = [], allowVolumeExpansion: grows } = storageClass;
  const text = [
    field('Name', metadata.name),
    field('IsDefaultClass', isDefaultClass(metadata) ? 'Yes' : 'No'),
    field('Annotations', formatLabels(metadata.annotations)),
    field('Provisioner', storageClass.provisioner),
    field('Parameters', formatLabels(storageClass.parameters)),
    field('AllowVolumeExpansion', grows === undefined ? '<unset>' : grows ? 'True' : 'False'),
    mountOptions.length === 0
      ? 'MountOptions:\t<none>\n'
      : `MountOptions:\n${mountOptions.map((option) => `  ${option}\n`).join('')}`,
    optionalField('ReclaimPolicy', storageClass.reclaimPolicy),
    optionalField('VolumeBindingMode', storageClass.volumeBindingMode),
    topologyText(storageClass.allowedTopologies),
  ].join('');
  return withEventsOf(storageClass, text, reader, clock);
};

/** CSINode. */
export const describeCsiNode: Describer<CSINode> = (node, reader, clock) => {
  const { metadata, spec } = node;
  const drivers = (spec?.drivers ?? []).map(({ name, nodeID, allocatable, topologyKeys }) =>
    [
      `    ${name}:\n`,
      field('Node ID', nodeID, 3),
      allocatable?.count === undefined ? '' : `      Allocatables:\n${field('Count', allocatable.count, 4)}`,
      topologyKeys ? field('Topology Keys', `[${topologyKeys.join(' ')}]`, 3) : '',
    ].join(''),
  );
  const text = [
    field('Name', metadata.name),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    field('CreationTimestamp', timeText(metadata.creationTimestamp)),
    'Spec:\n',
    drivers.length > 0 ? `  Drivers:\n${drivers.join('')}` : '',
  ].join('');
  return withEventsOf(node, text, reader, clock);
};

/** VolumeAttributesClass. */
export const describeVolumeAttributesClass: Describer<VolumeAttributesClass> = (attributes, reader, clock) => {
  const text = [
    field('Name', attributes.metadata.name),
    field('Annotations', formatLabels(attributes.metadata.annotations)),
    field('DriverName', attributes.driverName),
    field('Parameters', formatLabels(attributes.parameters)),
  ].join('');
  return withEventsOf(attributes, text, reader, clock);
};
