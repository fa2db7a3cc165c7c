import { expect, test } from 'vitest';
import type { KubeObject } from '../../engine/api/meta';
import type { WatchEvent } from '../../engine/client/component';
import type { TraceStep } from '../../engine/trace/trace';
import { autoscalers } from './autoscalers';
import { complaintsOf } from './history';

const HPA = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'default' },
  spec: { minReplicas: 2, maxReplicas: 6 },
} as KubeObject;

/** Sizes that the controller set, or somebody else, and when. */
function complaints(...sizes: readonly (readonly [seconds: number, replicas: number, by?: string])[]): string[] {
  const deployment = (replicas: number): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas },
  });
  const change = (kind: string, atMs: number, step: number, value: KubeObject, previous?: KubeObject): WatchEvent => ({
    revision: step,
    step,
    atMs,
    kind,
    key: 'default/web',
    value,
    previous,
  });
  const changes = [change(HPA.kind, 0, 1, HPA), change('Deployment', 0, 2, deployment(2))];
  let before = 2;
  for (const [seconds, replicas] of sizes) {
    const step = changes.length + 1;
    changes.push(change('Deployment', seconds * 1000, step, deployment(replicas), deployment(before)));
    before = replicas;
  }
  const steps = changes.map(({ step, atMs }) => ({
    step,
    time: atMs,
    actor: step < 3 ? 'user' : (sizes[step - 3]?.[2] ?? 'horizontal-pod-autoscaler-controller'),
    verb: 'scale',
    cause: null,
    message: '',
  })) as unknown as TraceStep[];
  return complaintsOf({ changes, steps, timeOf: () => 0 }, [autoscalers]).map((one) =>
    one.replace(/^.*autoscalers: /, ''),
  );
}

test.each([
  [
    'within its bounds, and back after the window',
    [
      [10, 6],
      [310, 2],
    ],
    [],
  ],
  ['below the minimum', [[10, 1]], ['Deployment default/web was scaled to 1, which is not within 2 and 6']],
  ['beyond the maximum', [[10, 7]], ['Deployment default/web was scaled to 7, which is not within 2 and 6']],
  [
    'flapping',
    [
      [10, 5],
      [200, 3],
    ],
    ['Deployment default/web was scaled down to 3 190000 ms after it was scaled up to 5'],
  ],
  [
    'back to what somebody else took away, for what is left of the window',
    [
      [10, 6],
      [200, 4, 'user'],
      [210, 6],
      [320, 4],
    ],
    [],
  ],
  [
    'flapping after somebody else scaled',
    [
      [10, 4],
      [200, 3, 'user'],
      [210, 6],
      [320, 4],
    ],
    ['Deployment default/web was scaled down to 4 110000 ms after it was scaled up to 6'],
  ],
] as const)('%s', (_what, sizes, expected) => {
  expect(complaints(...sizes)).toEqual(expected);
});
