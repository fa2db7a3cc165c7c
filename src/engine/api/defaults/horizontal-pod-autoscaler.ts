/**
 * Defaults of HorizontalPodAutoscalers. Fills in place.
 * Follows pkg/apis/autoscaling/v2/defaults.go and v1/defaults.go.
 */
import type { KubeObject } from '../meta';
import type { HorizontalPodAutoscaler, HPAScalingPolicy, HPAScalingRules, MetricSpec } from '../types';

/** What is aimed at when nothing is said: 80 % of the requested CPU. */
export function defaultMetrics(): MetricSpec[] {
  const target = { type: 'Utilization', averageUtilization: 80 } as const;
  return [{ type: 'Resource', resource: { name: 'cpu', target } }];
}

function policy(type: HPAScalingPolicy['type'], value: number): HPAScalingPolicy {
  return { type, value, periodSeconds: 15 };
}

/** What rules leave open. The window of a scale-down stays open: the controller's flag decides. */
function fill(rules: HPAScalingRules | undefined, defaults: HPAScalingRules): HPAScalingRules {
  const given = Object.entries(rules ?? {}).filter(([, value]) => value !== undefined && value !== null);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** Fills what an autoscaler of autoscaling/v2 leaves open. */
export function defaultHorizontalPodAutoscaler(draft: KubeObject): void {
  const { spec } = draft as HorizontalPodAutoscaler;
  if (!spec) return;
  spec.minReplicas ??= 1;
  if (!spec.metrics?.length) spec.metrics = defaultMetrics();
  if (!spec.behavior) return;
  spec.behavior.scaleUp = fill(spec.behavior.scaleUp, {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [policy('Pods', 4), policy('Percent', 100)],
  });
  spec.behavior.scaleDown = fill(spec.behavior.scaleDown, {
    selectPolicy: 'Max',
    policies: [policy('Percent', 100)],
  });
}
