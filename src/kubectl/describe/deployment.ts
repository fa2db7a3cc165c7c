/** kubectl describe deployment. Follows describeDeployment in staging/src/k8s.io/kubectl/pkg/describe/describe.go and util/deployment/deployment.go. */
import { formatLabelSelector } from '../../engine/api/selector';
import type { Deployment, ReplicaSet } from '../../engine/api/types';
import type { Reader } from '../command';
import { replicaSetsOf, sameTemplate, templateOf } from '../deployment-history';
import { attempt } from '../errors';
import { withEventsOf } from './events';
import { podTemplateLines } from './pod-template';
import { annotationLines, conditionLines, type Describer, field, labelLines, timeText } from './text';

/** Oldest first; of the same age in order of name. */
function byAge(replicaSets: readonly ReplicaSet[]): ReplicaSet[] {
  const keyOf = ({ metadata }: ReplicaSet): string => `${metadata.creationTimestamp ?? ''} ${metadata.name}`;
  return replicaSets.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function replicaSetsText(replicaSets: readonly ReplicaSet[]): string {
  const texts = replicaSets.map(
    ({ metadata, spec, status }) =>
      `${metadata.name} (${status?.replicas ?? 0}/${spec.replicas ?? 1} replicas created)`,
  );
  return texts.join(', ') || '<none>';
}

function replicaSetLines(deployment: Deployment, reader: Reader): string {
  const found = attempt(() => replicaSetsOf(reader, deployment));
  if (found instanceof Error || found.length === 0) return '';
  const all = byAge(found);
  const current = all.find((replicaSet) => sameTemplate(templateOf(replicaSet), deployment.spec.template));
  const others = all.filter((replicaSet) => replicaSet !== current);
  return (
    field('OldReplicaSets', replicaSetsText(others)) + field('NewReplicaSet', replicaSetsText(current ? [current] : []))
  );
}

function strategyLines({ strategy, minReadySeconds = 0 }: Deployment['spec']): string {
  const { maxUnavailable = '25%', maxSurge = '25%' } = strategy?.rollingUpdate ?? {};
  return (
    field('StrategyType', strategy?.type ?? '') +
    field('MinReadySeconds', minReadySeconds) +
    (strategy?.rollingUpdate
      ? field('RollingUpdateStrategy', `${maxUnavailable} max unavailable, ${maxSurge} max surge`)
      : '')
  );
}

/** Deployment. */
export const describeDeployment: Describer<Deployment> = (deployment, reader, clock) => {
  const { metadata, spec } = deployment;
  const status = deployment.status ?? {};
  const counts = [
    `${spec.replicas ?? 1} desired`,
    `${status.updatedReplicas ?? 0} updated`,
    `${status.replicas ?? 0} total`,
    `${status.availableReplicas ?? 0} available`,
    `${status.unavailableReplicas ?? 0} unavailable`,
  ];
  const text = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace ?? ''),
    field('CreationTimestamp', timeText(metadata.creationTimestamp)),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    field('Selector', formatLabelSelector(spec.selector)),
    field('Replicas', counts.join(' | ')),
    strategyLines(spec),
    podTemplateLines(spec.template),
    conditionLines(status.conditions),
    replicaSetLines(deployment, reader),
  ].join('');
  return withEventsOf(deployment, text, reader, clock);
};
