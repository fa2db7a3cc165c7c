import { expect, test } from 'vitest';
import type { Pod } from '../../api/types';
import { ageBucket, deletionCostOf, rankForDeletion } from './deletion-ranking';

const NOW_MS = 10_000_000;
const clock = { nowMs: NOW_MS, timeOf: (text: string) => Number(text) };

interface Traits {
  readonly node?: string;
  readonly phase?: string;
  readonly readyForMs?: number;
  readonly ageMs?: number;
  readonly restarts?: number;
  readonly cost?: string;
}

function pod(name: string, traits: Traits): Pod {
  const { node = 'n1', phase = 'Running', readyForMs, ageMs = 1000, restarts = 0, cost } = traits;
  const ready = { type: 'Ready', status: 'True' as const, lastTransitionTime: String(NOW_MS - (readyForMs ?? 0)) };
  const annotations: Record<string, string> =
    cost === undefined ? {} : { 'controller.kubernetes.io/pod-deletion-cost': cost };
  const container = { name: 'app', ready: true, restartCount: restarts, image: 'app', imageID: '' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, uid: name, annotations, creationTimestamp: String(NOW_MS - ageMs) },
    spec: { nodeName: node, containers: [] },
    status: { phase, conditions: readyForMs === undefined ? [] : [ready], containerStatuses: [container] },
  };
}

function order(pods: readonly Pod[], related: readonly Pod[] = []): string {
  return rankForDeletion(pods, related, clock)
    .map((ranked) => ranked.pod.metadata.name)
    .join(' ');
}

test.each<[string, Traits, Traits]>([
  ['unassigned before assigned', { node: '', phase: 'Pending' }, { phase: 'Pending' }],
  ['pending before unknown', { phase: 'Pending' }, { phase: 'Unknown' }],
  ['unknown before running', { phase: 'Unknown' }, { phase: 'Running' }],
  ['not ready before ready', {}, { readyForMs: 5 }],
  ['lower cost first', { readyForMs: 9000, cost: '-5' }, { readyForMs: 5 }],
  ['no cost counts as zero', { readyForMs: 9000 }, { readyForMs: 5, cost: '10' }],
  ['ready for less time first', { readyForMs: 2000 }, { readyForMs: 40_000 }],
  ['more restarts first', { restarts: 3 }, { restarts: 1 }],
  ['newer first', { ageMs: 2000 }, { ageMs: 40_000 }],
])('%s', (_what, first, second) => {
  // Names (= uids) are against the expected order, so that a tie could not pass.
  expect(order([pod('z', first), pod('a', second)])).toBe('z a');
  expect(order([pod('a', second), pod('z', first)])).toBe('z a');
});

test('Pods that share a node with more related Pods go first, before younger ones', () => {
  const [old, twin, alone] = [
    pod('old', { node: 'n1', readyForMs: 90_000 }),
    pod('twin', { node: 'n1', readyForMs: 90_000 }),
    pod('alone', { node: 'n2', readyForMs: 10 }),
  ];
  expect(order([old, twin, alone], [old, twin, alone])).toBe('old twin alone');
  expect(order([old, twin, alone], [])).toBe('alone old twin');
});

test('ages in one power-of-two bucket of nanoseconds are told apart by uid', () => {
  expect(ageBucket(0)).toBe(-1);
  expect(ageBucket(1)).toBe(19);
  expect(ageBucket(17_179)).toBe(33);
  expect(ageBucket(17_180)).toBe(34);
  expect(order([pod('b', { readyForMs: 20_000 }), pod('a', { readyForMs: 30_000 })])).toBe('a b');
  expect(order([pod('b', { readyForMs: 10_000 }), pod('a', { readyForMs: 30_000 })])).toBe('b a');
});

test.each([
  ['0', 0],
  ['-5', -5],
  ['10', 10],
  ['007', 0],
  ['+5', 0],
  ['1.5', 0],
  ['high', 0],
  ['99999999999', 0],
])('deletion cost %s is %d', (text, cost) => {
  expect(deletionCostOf(pod('p', { cost: text }))).toBe(cost);
});
