import { expect, test } from 'vitest';
import type { Pod } from '../../api/types';
import { planSet, type SetFacts } from './set-plan';
import { type Member, memberOf } from './set-view';

/** `web-0 ready old`: name, then what holds; `going`, `failed`, `pending`, `young` (ready, not available). */
function member(text: string): readonly [number, Member] {
  const [name = '', ...is] = text.split(' ');
  const phase = is.includes('failed') ? 'Failed' : is.includes('pending') ? 'Pending' : 'Running';
  const isReady = is.includes('ready') || is.includes('young');
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: {
        'controller-revision-hash': is.includes('old') ? 'old' : 'new',
        ...(is.includes('young') ? { young: '' } : {}),
      },
      ...(is.includes('going') ? { deletionTimestamp: 'now' } : {}),
    },
    spec: { containers: [] },
    status: { phase, conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  } as Pod;
  return [
    Number(name.split('-')[1]),
    memberOf(pod, { conforms: !is.includes('unlabelled'), ownsClaims: !is.includes('unclaimed') }),
  ];
}

function print(replicas: number, texts: string, changes: Partial<SetFacts> = {}): string {
  const members = new Map(texts.split(', ').filter(Boolean).map(member));
  const updated = [...members.values()].filter(({ revision, isTerminating }) => revision === 'new' && !isTerminating);
  const { stages, wait } = planSet({
    ordinals: { first: 0, last: replicas - 1 },
    members,
    isOrdered: true,
    isOnDelete: false,
    partition: 0,
    updateRevision: 'new',
    updated: updated.length,
    hasClaims: false,
    isAvailable: ({ pod }) => pod.metadata.labels?.young === undefined,
    isStale: () => false,
    lacksClaims: () => true,
    ...changes,
  });
  const actions = stages.flat().map(({ verb, ordinal, why }) => `${verb} ${ordinal} ${why}`);
  return [...actions, ...(wait ? [`wait ${wait.ordinal} ${wait.until}`] : [])].join('; ');
}

test.each([
  // replicas, Pods → plan
  [3, '', 'create 0 missing'],
  [3, 'web-0', 'wait 0 ready'],
  [3, 'web-0 ready', 'create 1 missing'],
  [3, 'web-0 young', 'wait 0 available'],
  [3, 'web-0 ready, web-2 ready', 'create 1 missing'],
  [3, 'web-0 ready, web-1 going, web-2 ready', 'wait 1 gone'],
  [2, 'web-0 ready, web-1 failed', 'delete 1 ended'],
  [2, 'web-0 ready, web-1 failed going', 'wait 1 gone'],
  [1, 'web-0 ready', ''],
  [1, 'web-0 ready, web-1 ready, web-2 ready', 'delete 2 surplus'],
  [1, 'web-0 ready, web-1 ready, web-2 ready going', 'wait 2 gone'],
  // The lowest that is not ready may go although it is not; what lies above it waits for it.
  [1, 'web-0 ready, web-1 ready, web-2', 'delete 2 surplus'],
  [1, 'web-0 ready, web-1, web-2', 'wait 1 ready'],
  [1, 'web-0, web-1 ready', 'wait 0 ready'],
  [3, 'web-0 ready old, web-1 ready old, web-2 ready old', 'delete 2 outdated'],
  [3, 'web-0 ready old, web-1 ready old, web-2 ready old going', 'wait 2 gone'],
  [3, 'web-0 ready old, web-1 ready old', 'create 2 missing'],
  [3, 'web-0 ready old, web-1 ready old, web-2', 'wait 2 ready'],
  [3, 'web-0 ready old, web-1 ready old, web-2 ready', 'delete 1 outdated'],
  // A Pod that never gets ready holds up even its own update.
  [2, 'web-0 ready, web-1 old', 'wait 1 ready'],
  [1, 'web-0 ready unlabelled', 'conform 0 claims'],
  [0, 'web-0 ready', 'delete 0 surplus'],
])('%d in order: %s', (replicas, texts, plan) => {
  expect(print(replicas, texts)).toBe(plan);
});

test.each([
  [3, '', 'create 0 missing; create 1 missing; create 2 missing'],
  [3, 'web-1', 'create 0 missing; create 2 missing'],
  [1, 'web-0, web-1, web-2 going, web-3 ready', 'delete 3 surplus; delete 1 surplus; wait 0 ready'],
  [2, 'web-0 failed, web-1 ready', 'delete 0 ended'],
  [2, 'web-0 ready old, web-1 ready old', 'delete 1 outdated'],
  [2, 'web-0 old, web-1 ready', 'delete 0 outdated'],
  [2, 'web-0 ready old, web-1', 'wait 1 ready'],
])('%d in parallel: %s', (replicas, texts, plan) => {
  expect(print(replicas, texts, { isOrdered: false })).toBe(plan);
});

test('updates go down to the partition, and OnDelete leaves them alone', () => {
  const texts = 'web-0 ready old, web-1 ready old, web-2 ready';
  expect(print(3, texts, { partition: 2 })).toBe('');
  expect(print(3, texts, { partition: 1 })).toBe('delete 1 outdated');
  expect(print(3, texts, { isOnDelete: true })).toBe('');
});

test('ordinals may begin elsewhere', () => {
  const ordinals = { first: 5, last: 6 };
  expect(print(0, 'web-4 ready, web-5 ready', { ordinals })).toBe('create 6 missing');
  expect(print(0, 'web-4 ready, web-5 ready, web-6 ready', { ordinals })).toBe('delete 4 surplus');
  expect(print(0, 'web-5 ready old, web-6 ready', { ordinals, partition: 1 })).toBe('');
});

test('claims are made for pending Pods, handed over, and waited for', () => {
  const hasClaims = true;
  expect(print(1, 'web-0 pending', { hasClaims })).toBe('claims 0 claims; wait 0 ready');
  expect(print(1, 'web-0 pending', { hasClaims, lacksClaims: () => false })).toBe('wait 0 ready');
  expect(print(1, 'web-0 ready unclaimed', { hasClaims })).toBe('conform 0 claims');
  expect(print(1, 'web-0 ready, web-1 ready unclaimed', { hasClaims })).toBe('owners 1 claims; delete 1 surplus');
  expect(print(1, '', { hasClaims, isStale: () => true })).toBe('wait 0 its old claim is gone');
});
