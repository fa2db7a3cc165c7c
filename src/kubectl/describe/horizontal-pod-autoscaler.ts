/** kubectl describe hpa. Follows describeHorizontalPodAutoscalerV2 in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import type {
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from '../../engine/api/types';
import { withEventsOf } from './events';
import { annotationLines, type Describer, field, labelLines, timeText } from './text';

const UNKNOWN = '<unknown>';

function resourceLine(head: string, target: MetricTarget, current: MetricValueStatus | undefined): string {
  const { averageValue, averageUtilization } = target;
  if (averageValue !== undefined) return `  ${head}:\t${current?.averageValue ?? UNKNOWN} / ${averageValue}\n`;
  const share = current?.averageUtilization;
  const used = share === undefined ? UNKNOWN : `${share}% (${current?.averageValue})`;
  const wanted = averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`;
  return `  ${head}  (as a percentage of request):\t${used} / ${wanted}\n`;
}

function metricLine(spec: MetricSpec, status: MetricStatus | undefined): string {
  const quote = JSON.stringify;
  switch (spec.type) {
    case 'External': {
      const { metric, target } = spec.external ?? {};
      const current = status?.external?.current;
      return target?.averageValue !== undefined
        ? `  ${quote(metric?.name)} (target average value):\t${current?.averageValue ?? UNKNOWN} / ${target.averageValue}\n`
        : `  ${quote(metric?.name)} (target value):\t${current?.value ?? UNKNOWN} / ${target?.value}\n`;
    }
    case 'Pods': {
      const current = status?.pods?.current.averageValue ?? UNKNOWN;
      return `  ${quote(spec.pods?.metric.name)} on pods:\t${current} / ${spec.pods?.target.averageValue}\n`;
    }
    case 'Object': {
      const { metric, target, describedObject } = spec.object ?? {};
      const current = status?.object?.current;
      const head = `  "${metric?.name}" on ${describedObject?.kind}/${describedObject?.name} `;
      return target?.type === 'AverageValue'
        ? `${head}(target average value):\t${current?.averageValue ?? UNKNOWN} / ${target.averageValue}\n`
        : `${head}(target value):\t${current?.value ?? UNKNOWN} / ${target?.value}\n`;
    }
    case 'Resource': {
      const { name, target } = spec.resource ?? {};
      return resourceLine(`resource ${name} on pods`, target as MetricTarget, status?.resource?.current);
    }
    case 'ContainerResource': {
      const { name, container, target } = spec.containerResource ?? {};
      const head = `resource ${name} of container "${container}" on pods`;
      return resourceLine(head, target as MetricTarget, status?.containerResource?.current);
    }
    default:
      return `  <unknown metric type ${quote(spec.type)}>\n`;
  }
}

function ruleLines(direction: string, rules: HPAScalingRules | undefined): string {
  if (!rules) return '';
  const { stabilizationWindowSeconds: window, policies = [], selectPolicy } = rules;
  const listed = policies.map(
    ({ type, value, periodSeconds }) => `      - Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds\n`,
  );
  return [
    `  ${direction}:\n`,
    window === undefined ? '' : `    Stabilization Window: ${window} seconds\n`,
    policies.length === 0 ? '' : `    Select Policy: ${selectPolicy ?? 'Max'}\n    Policies:\n${listed.join('')}`,
  ].join('');
}

/** HorizontalPodAutoscaler. */
export const describeHorizontalPodAutoscaler: Describer<HorizontalPodAutoscaler> = (autoscaler, reader, clock) => {
  const { metadata, spec, status } = autoscaler;
  const conditions = (status.conditions ?? []).map(
    ({ type, status: state, reason = '', message = '' }) => `  ${type}\t${state}\t${reason}\t${message}\n`,
  );
  const text = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace ?? ''),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    field('CreationTimestamp', timeText(metadata.creationTimestamp)),
    field('Reference', `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`),
    field('Metrics', '( current / target )'),
    ...(spec.metrics ?? []).map((metric, index) => metricLine(metric, status.currentMetrics?.[index])),
    field('Min replicas', spec.minReplicas ?? '<unset>'),
    field('Max replicas', spec.maxReplicas),
    spec.behavior
      ? `Behavior:\n${ruleLines('Scale Up', spec.behavior.scaleUp)}${ruleLines('Scale Down', spec.behavior.scaleDown)}`
      : '',
    `${spec.scaleTargetRef.kind} pods:\t${status.currentReplicas ?? 0} current / ${status.desiredReplicas} desired\n`,
    conditions.length === 0
      ? ''
      : `Conditions:\n  Type\tStatus\tReason\tMessage\n  ----\t------\t------\t-------\n${conditions.join('')}`,
  ].join('');
  return withEventsOf(autoscaler, text, reader, clock);
};
