import { expect, test } from 'vitest';
import { manifests } from '../../../testing/world';
import { defaultHorizontalPodAutoscaler } from '../defaults/horizontal-pod-autoscaler';
import type { KubeObject } from '../meta';
import { autoscalerFromV1, autoscalerToV1 } from './autoscaling-v1';

const SPEC = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: x, annotations: {mine: kept}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 3
  metrics:
`;
const METRICS: Readonly<Record<string, string>> = {
  memory: '{type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 10Mi}}}',
  container:
    '{type: ContainerResource, containerResource: {name: cpu, container: a, target: {type: Utilization, averageUtilization: 5}}}',
  pods: '{type: Pods, pods: {metric: {name: rps, selector: {matchLabels: {a: b}}}, target: {type: AverageValue, averageValue: "7"}}}',
  object:
    '{type: Object, object: {describedObject: {apiVersion: v1, kind: Service, name: s}, metric: {name: rps}, target: {type: Value, value: "7"}}}',
  external: '{type: External, external: {metric: {name: queue}, target: {type: AverageValue, averageValue: "7"}}}',
};

function stored(metrics: readonly string[], more = ''): KubeObject {
  const [object] = manifests(`${SPEC}${metrics.map((metric) => `  - ${metric}\n`).join('')}${more}`);
  const autoscaler = { ...(object as KubeObject), status: { desiredReplicas: 0, currentMetrics: null } };
  defaultHorizontalPodAutoscaler(autoscaler);
  return autoscaler;
}

test.each(Object.entries(METRICS))('a metric of %s goes there and back', (_what, metric) => {
  const object = stored([metric]);
  const older = autoscalerToV1(object);
  expect(older.metadata.annotations).toHaveProperty(['autoscaling.alpha.kubernetes.io/metrics']);
  expect(autoscalerFromV1(older)).toEqual(object);
});

test.each([
  ['object', '"target":{"kind":"Service","name":"s","apiVersion":"v1"},"metricName":"rps","targetValue":"7"'],
  ['pods', '"metricName":"rps","targetAverageValue":"7","selector":{"matchLabels":{"a":"b"}}'],
])('a metric of %s is written in the order of its fields', (what, text) => {
  const older = autoscalerToV1(stored([METRICS[what] ?? '']));
  expect(older.metadata.annotations?.['autoscaling.alpha.kubernetes.io/metrics']).toContain(text);
});

test('a share of the CPU has a field of its own, behavior does not', () => {
  const cpu = '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}';
  const object = stored([cpu], '  behavior: {scaleDown: {stabilizationWindowSeconds: 7}}\n');
  const older = autoscalerToV1(object);
  expect(older.spec).toMatchObject({ maxReplicas: 3, minReplicas: 1, targetCPUUtilizationPercentage: 50 });
  expect(older.metadata.annotations?.['autoscaling.alpha.kubernetes.io/behavior']).toContain(
    '"ScaleDown":{"StabilizationWindowSeconds":7,"SelectPolicy":"Max"',
  );
  expect(autoscalerFromV1(older)).toEqual(object);
});

test.each(['{', '7', '[7, null]', '"text"', '[{"type": "Resource", "resource": {"name": 7}}]'])(
  'annotations that hold %s are dropped',
  (text) => {
    const older = autoscalerToV1(stored([METRICS.memory ?? '']));
    const annotations = {
      'autoscaling.alpha.kubernetes.io/metrics': text,
      'autoscaling.alpha.kubernetes.io/behavior': text,
    };
    const back = autoscalerFromV1({ ...older, metadata: { ...older.metadata, annotations } });
    expect(back.metadata.annotations).toBeUndefined();
    expect(back.spec).toMatchObject({ metrics: [{ resource: { name: 'cpu' } }] });
  },
);
