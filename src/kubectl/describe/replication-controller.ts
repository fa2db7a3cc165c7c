/** kubectl describe replicationcontroller. Follows describeReplicationController in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { formatLabels } from '../../engine/api/kinds/table';
import type { ReplicationController } from '../../engine/api/types';
import { withEventsOf } from './events';
import { podCountLine } from './pod-counts';
import { podTemplateLines } from './pod-template';
import { annotationLines, conditionLines, type Describer, field, labelLines } from './text';

/** ReplicationController. */
export const describeReplicationController: Describer<ReplicationController> = (controller, reader, clock) => {
  const { metadata, spec, status } = controller;
  const text = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace ?? ''),
    field('Selector', formatLabels(spec.selector)),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    field('Replicas', `${status?.replicas ?? 0} current / ${spec.replicas ?? 1} desired`),
    podCountLine(controller, { matchLabels: spec.selector ?? {} }, reader),
    podTemplateLines(spec.template),
    conditionLines(status?.conditions),
  ].join('');
  return withEventsOf(controller, text, reader, clock);
};
