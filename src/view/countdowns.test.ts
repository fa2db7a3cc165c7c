import { expect, test } from 'vitest';
import type { KubeObject } from '../engine/api/meta';
import { parseTimestamp } from '../engine/api/timestamp';
import type { Lease } from '../engine/api/types';
import { countdownsOf } from './countdowns';

const START = parseTimestamp('2026-01-01T00:00:00Z');
const of = (object: object, nowMs = 0, lease?: object) =>
  countdownsOf(object as KubeObject, { lease: lease as Lease, waits: [] }, START, nowMs);
const pod = (metadata: object) => ({ kind: 'Pod', metadata, status: {} });
const deployment = (reason: string) => ({
  kind: 'Deployment',
  metadata: {},
  spec: { progressDeadlineSeconds: 30 },
  status: { conditions: [{ type: 'Progressing', status: 'True', reason, lastUpdateTime: '2026-01-01T00:00:05Z' }] },
});

test.each([
  ['a grace period', pod({ deletionTimestamp: '2026-01-01T00:00:40Z' }), 0, [{ what: 'grace', of: '', atMs: 40_000 }]],
  ['a rollout that gets on', deployment('ReplicaSetUpdated'), 0, [{ what: 'progress', of: '', atMs: 35_000 }]],
  ['a rollout that is complete', deployment('NewReplicaSetAvailable'), 0, []],
  [
    'a Job under way',
    {
      kind: 'Job',
      metadata: {},
      spec: { activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 5 },
      status: { startTime: '2026-01-01T00:00:01Z' },
    },
    0,
    [{ what: 'jobDeadline', of: '', atMs: 61_000 }],
  ],
  [
    'a Job that has failed',
    {
      kind: 'Job',
      metadata: {},
      spec: { activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 5 },
      status: {
        startTime: '2026-01-01T00:00:01Z',
        conditions: [{ type: 'Failed', status: 'True', lastTransitionTime: '2026-01-01T00:00:20Z' }],
      },
    },
    0,
    [{ what: 'ttl', of: '', atMs: 25_000 }],
  ],
  ['what waits for nothing', { kind: 'ConfigMap', metadata: {} }, 0, []],
])('%s', (_what, object, nowMs, found) => {
  expect(of(object, nowMs)).toEqual(found);
});

test("a node's lease", () => {
  const lease = { spec: { renewTime: '2026-01-01T00:00:10.000000Z', leaseDurationSeconds: 40 } };
  expect(of({ kind: 'Node', metadata: { name: 'a' } }, 0, lease)).toEqual([{ what: 'lease', of: '', atMs: 50_000 }]);
});
