/** kubectl describe statefulset. Follows describeStatefulSet in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { formatLabelSelector } from '../../engine/api/selector';
import type { PersistentVolumeClaim, StatefulSet } from '../../engine/api/types';
import { classOf } from '../../engine/api/volume-claim';
import { withEventsOf } from './events';
import { podCountLine } from './pod-counts';
import { podTemplateLines } from './pod-template';
import { annotationLines, type Describer, field, labelLines, timeText } from './text';

function claimLines(claims: readonly PersistentVolumeClaim[]): string {
  if (claims.length === 0) return field('Volume Claims', '<none>');
  const each = claims.map((claim) => {
    const { metadata, spec } = claim;
    return [
      field('Name', metadata.name, 1),
      field('StorageClass', classOf(claim), 1),
      labelLines('  Labels', metadata.labels),
      labelLines('  Annotations', metadata.annotations),
      field('Capacity', spec?.resources?.requests?.storage ?? '<default>', 1),
      field('Access Modes', `[${(spec?.accessModes ?? []).join(' ')}]`, 1),
    ].join('');
  });
  return `Volume Claims:\n${each.join('')}`;
}

/** StatefulSet. */
export const describeStatefulSet: Describer<StatefulSet> = (statefulSet, reader, clock) => {
  const { metadata, spec, status } = statefulSet;
  const { type = '', rollingUpdate } = spec.updateStrategy ?? {};
  const text = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace ?? ''),
    field('CreationTimestamp', timeText(metadata.creationTimestamp)),
    field('Selector', formatLabelSelector(spec.selector)),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    field('Replicas', `${spec.replicas ?? 1} desired | ${status?.replicas ?? 0} total`),
    field('Update Strategy', type),
    rollingUpdate?.partition === undefined ? '' : field('Partition', rollingUpdate.partition, 1),
    podCountLine(statefulSet, spec.selector, reader),
    podTemplateLines(spec.template),
    claimLines(spec.volumeClaimTemplates ?? []),
  ].join('');
  return withEventsOf(statefulSet, text, reader, clock);
};
