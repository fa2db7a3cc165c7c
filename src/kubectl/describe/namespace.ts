/**
 * kubectl describe namespace. Follows describeNamespace in staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */
import type { LimitRange, Namespace, ResourceQuota } from '../../engine/api/types';
import { limitRangesText } from './limit-range';
import { quotasText } from './resource-quota';
import { annotationLines, type Describer, field, labelLines, timeText } from './text';

function conditionTable({ status }: Namespace): string {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return '';
  const rows = conditions.map(({ type, status: value, lastTransitionTime, reason = '', message = '' }) =>
    [type, value, timeText(lastTransitionTime), reason, message].join('\t'),
  );
  const header = 'Type\tStatus\tLastTransitionTime\tReason\tMessage';
  const line = '----\t------\t------------------\t------\t-------';
  return `Conditions:\n${[header, line, ...rows].map((row) => `  ${row}\n`).join('')}`;
}

/** Namespace. */
export const describeNamespace: Describer<Namespace> = (namespace, reader) => [
  [
    field('Name', namespace.metadata.name),
    labelLines('Labels', namespace.metadata.labels),
    annotationLines('Annotations', namespace.metadata.annotations),
    field('Status', namespace.status?.phase ?? ''),
    conditionTable(namespace),
    `\n${quotasText(reader.list<ResourceQuota>('ResourceQuota', { namespace: namespace.metadata.name }))}`,
    `\n${limitRangesText(reader.list<LimitRange>('LimitRange', { namespace: namespace.metadata.name }))}`,
  ].join(''),
];
