import { expect, test } from 'vitest';
import type { Pod } from '../../api/types';
import { type PodMetric, replicasForAverage, replicasForUtilization, type Situation } from './replica-calculator';

const NOW = 1_000_000;

interface PodSketch {
  readonly use?: number;
  readonly request?: string;
  readonly phase?: string;
  readonly ready?: boolean;
  readonly startedAgoS?: number;
  readonly readyAgoS?: number;
  readonly deleted?: boolean;
}

/** Times are written as numbers of ms. */
function podOf(name: string, sketch: PodSketch): Pod {
  const { request = '100m', phase = 'Running', ready = true, startedAgoS = 600, readyAgoS = 590, deleted } = sketch;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(deleted ? { deletionTimestamp: '0' } : {}) },
    spec: { containers: [{ name: 'app', resources: request ? { requests: { cpu: request } } : {} }] },
    status: {
      phase,
      startTime: String(NOW - startedAgoS * 1000),
      conditions: [
        { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: String(NOW - readyAgoS * 1000) },
      ],
    },
  } as Pod;
}

function situationOf(currentReplicas: number, sketches: readonly PodSketch[]): Situation {
  const metrics = new Map<string, PodMetric>();
  const pods = sketches.map((sketch, index) => {
    if (sketch.use !== undefined)
      metrics.set(`p${index}`, { timestampMs: NOW - 2000, windowMs: 10_000, value: sketch.use });
    return podOf(`p${index}`, sketch);
  });
  return {
    resource: 'cpu',
    container: '',
    pods,
    metrics,
    currentReplicas,
    tolerances: { scaleDown: 0.1, scaleUp: 0.1 },
    nowMs: NOW,
    cpuInitializationMs: 300_000,
    initialReadinessMs: 30_000,
    timeOf: Number,
  };
}

const YOUNG = { startedAgoS: 20, readyAgoS: 5 };

test.each<[string, number, readonly PodSketch[], number, number]>([
  ['at the target', 2, [{ use: 50 }, { use: 50 }], 2, 50],
  ['8 % above is tolerated', 2, [{ use: 54 }, { use: 54 }], 2, 54],
  ['12 % above is not', 2, [{ use: 56 }, { use: 56 }], 3, 56],
  ['12 % below is not', 4, [{ use: 44 }, { use: 44 }, { use: 44 }, { use: 44 }], 4, 44],
  ['half the target', 4, [{ use: 25 }, { use: 25 }, { use: 25 }, { use: 25 }], 2, 25],
  ['one that goes does not count', 3, [{ use: 100 }, { use: 100 }, { use: 900, deleted: true }], 4, 100],
  ['one that starts counts as idle', 2, [{ use: 100 }, { use: 900, ...YOUNG }], 2, 100],
  ['a pending one too', 3, [{ use: 150 }, { use: 150 }, { phase: 'Pending' }], 6, 150],
  ['one without metrics is idle when it grows', 2, [{ use: 200 }, {}], 4, 200],
  ['one without metrics is busy when it shrinks', 2, [{ use: 10 }, {}], 2, 10],
])('%s', (_what, current, pods, replicas, utilization) => {
  const outcome = replicasForUtilization(situationOf(current, pods), 50);
  expect(outcome).toMatchObject({ replicas, utilization });
});

test.each<[string, readonly PodSketch[], string]>([
  ['no Pods', [], 'no pods returned by selector while calculating replica count'],
  ['no request', [{ use: 10, request: '' }], 'missing request for cpu in container app of Pod p0'],
  ['nobody is ready', [{ use: 10, ...YOUNG }], 'did not receive metrics for targeted pods (pods might be unready)'],
])('%s', (_what, pods, error) => {
  expect(replicasForUtilization(situationOf(1, pods), 50)).toEqual({ error });
});

test('an amount per Pod', () => {
  const situation = { ...situationOf(2, [{ use: 80 }, { use: 120 }]), resource: 'memory' };
  expect(replicasForAverage(situation, 50)).toMatchObject({ replicas: 4, average: 100, ratio: 2 });
});

test('one container alone', () => {
  const missing = { error: 'container side not found in Pod p0' };
  expect(replicasForUtilization({ ...situationOf(1, [{ use: 10 }]), container: 'side' }, 50)).toEqual(missing);
});
