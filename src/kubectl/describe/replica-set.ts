/** kubectl describe replicaset. Follows describeReplicaSet in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { formatLabelSelector } from '../../engine/api/selector';
import type { ReplicaSet } from '../../engine/api/types';
import { attempt } from '../errors';
import { withEventsOf } from './events';
import { podCountLine } from './pod-counts';
import { podTemplateLines } from './pod-template';
import {
  annotationLines,
  conditionLines,
  controllerText,
  type Describer,
  field,
  labelLines,
  optionalField,
} from './text';

/** ReplicaSet. */
export const describeReplicaSet: Describer<ReplicaSet> = (replicaSet, reader, clock) => {
  const { metadata, spec, status } = replicaSet;
  const pods = attempt(() => podCountLine(replicaSet, spec.selector, reader));
  const text = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace ?? ''),
    field('Selector', formatLabelSelector(spec.selector)),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    optionalField('Controlled By', controllerText(replicaSet)),
    field('Replicas', `${status?.replicas ?? 0} current / ${spec.replicas ?? 1} desired`),
    pods instanceof Error ? field('Pods Status', `error in fetching pods: ${pods.message}`) : pods,
    podTemplateLines(spec.template),
    conditionLines(status?.conditions),
  ].join('');
  return withEventsOf(replicaSet, text, reader, clock);
};
