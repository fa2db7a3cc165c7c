/** kubectl describe daemonset. Follows describeDaemonSet in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { formatLabels } from '../../engine/api/kinds/table';
import { formatLabelSelector } from '../../engine/api/selector';
import type { DaemonSet } from '../../engine/api/types';
import { withEventsOf } from './events';
import { podCountLine } from './pod-counts';
import { podTemplateLines } from './pod-template';
import { annotationLines, type Describer, field, labelLines } from './text';

/** DaemonSet. */
export const describeDaemonSet: Describer<DaemonSet> = (daemonSet, reader, clock) => {
  const { metadata, spec } = daemonSet;
  const status: Partial<DaemonSet['status']> = daemonSet.status ?? {};
  const text = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace ?? ''),
    field('Selector', formatLabelSelector(spec.selector)),
    field('Node-Selector', formatLabels(spec.template.spec?.nodeSelector)),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled ?? 0}\n`,
    `Current Number of Nodes Scheduled: ${status.currentNumberScheduled ?? 0}\n`,
    `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}\n`,
    `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}\n`,
    `Number of Nodes Misscheduled: ${status.numberMisscheduled ?? 0}\n`,
    podCountLine(daemonSet, spec.selector, reader),
    podTemplateLines(spec.template),
  ].join('');
  return withEventsOf(daemonSet, text, reader, clock);
};
