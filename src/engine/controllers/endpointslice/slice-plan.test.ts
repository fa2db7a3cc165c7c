import { expect, test } from 'vitest';
import type { Endpoint, EndpointSlice } from '../../api/types';
import { endpointIdentity } from './endpoints';
import { planGroup, reuseDeleted } from './slice-plan';

const PORTS = [{ name: '', protocol: 'TCP', port: 80 }];
const LABELS = { app: 'web' };

function endpoint(name: string, ready = true): Endpoint {
  return {
    addresses: [`ip-${name}`],
    conditions: { ready, serving: ready, terminating: false },
    targetRef: { kind: 'Pod', namespace: 'default', name, uid: name },
  };
}

function slice(name: string, pods: string, labels: Record<string, string> = LABELS): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace: 'default', labels },
    addressType: 'IPv4',
    endpoints: pods
      .split(' ')
      .filter(Boolean)
      .map((pod) => endpoint(pod)),
    ports: PORTS,
  };
}

const print = (slices: readonly EndpointSlice[]): string =>
  slices
    .map(({ metadata, endpoints = [] }) => {
      const pods = endpoints.map(({ targetRef, conditions }) => `${targetRef?.name}${conditions?.ready ? '' : '!'}`);
      return `${metadata.name}[${pods.join(' ')}]`;
    })
    .join(' ');

/** Pods with `!` are not ready; at most 3 endpoints per slice. */
function plan(present: readonly EndpointSlice[], pods: string) {
  const wanted = pods.split(' ').filter(Boolean);
  const desired = new Map(
    wanted.map((text) => {
      const one = endpoint(text.replace('!', ''), !text.endsWith('!'));
      return [endpointIdentity(one), one];
    }),
  );
  return planGroup({
    group: { ports: PORTS, desired },
    examined: present,
    untouched: [],
    isUnchanged: () => false,
    labels: LABELS,
    maxEndpoints: 3,
    newSlice: () => slice('', ''),
  });
}

test.each<[string, [string, string][], string, string, string, string]>([
  // what, slices, pods → create, update, delete
  ['first endpoints', [], 'a b', '[a b]', '', ''],
  ['more than fit in one', [], 'a b c d', '[a b c] [d]', '', ''],
  ['nothing changed', [['s', 'a b']], 'a b', '', '', ''],
  ['readiness changes in place', [['s', 'a b']], 'a b!', '', 's[a b!]', ''],
  ['one goes', [['s', 'a b']], 'a', '', 's[a]', ''],
  [
    'all of a slice go',
    [
      ['s', 'a'],
      ['t', 'b'],
    ],
    'b',
    '',
    '',
    's[a]',
  ],
  [
    'a changed slice is filled first',
    [
      ['s', 'a b'],
      ['t', 'c d'],
    ],
    'a c d e',
    '',
    's[a e]',
    '',
  ],
  [
    'the fullest slice that has room',
    [
      ['s', 'a'],
      ['t', 'b c'],
    ],
    'a b c d',
    '',
    't[b c d]',
    '',
  ],
  ['no slice has room for both', [['s', 'a b']], 'a b c d', '[c d]', '', ''],
  ['the changed slice, then a new one', [['s', 'a b c']], 'b c d e', '[e]', 's[b c d]', ''],
])('%s', (_what, slices, pods, create, update, remove) => {
  const result = plan(
    slices.map(([name, text]) => slice(name, text)),
    pods,
  );
  expect(print(result.create)).toBe(create);
  expect(print(result.update)).toBe(update);
  expect(print(result.delete)).toBe(remove);
});

test('labels follow the Service', () => {
  const { update } = plan([slice('s', 'a', { app: 'old' })], 'a');
  expect(update.map(({ metadata }) => metadata.labels)).toEqual([LABELS]);
});

test('an unchanged endpoint stays the very same object', () => {
  const present = slice('s', 'a b');
  const { update } = plan([present], 'a b!');
  expect(update[0]?.endpoints?.[0]).toBe(present.endpoints?.[0]);
});

test('a slice to delete becomes the one to create', () => {
  const result = reuseDeleted(
    { create: [slice('', 'a')], update: [], delete: [slice('s', ''), slice('t', '')] },
    () => true,
  );
  expect(print(result.create)).toBe('');
  expect(print(result.update)).toBe('s[a]');
  expect(print(result.delete)).toBe('t[]');
});
