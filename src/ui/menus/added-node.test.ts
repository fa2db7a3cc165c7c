import { expect, test } from 'vitest';
import type { NodeRow } from '../../view/rows';
import { adding, nextName } from './added-node';

test.each([
  ['node-3', ['node-1', 'node-2', 'node-3'], 'node-4'],
  ['node-3', ['node-3', 'node-4'], 'node-5'],
  ['a-2', ['a-2', 'b-2'], 'a-3'],
  ['k-master', ['k-master'], 'k-master-1'],
  [undefined, [], 'node-1'],
])('after %s comes a name that none has', (last, taken, name) => {
  expect(nextName(last, new Set(taken))).toBe(name);
});

test('it is as large as the node it is to be like, in the units of Kubernetes', () => {
  const like = { cpuMilli: 3500, memoryBytes: 8 * 1024 ** 3, pods: 110 } as NodeRow;
  expect(adding('node-4', 'zone-b', like)).toEqual({
    to: 'user',
    kind: 'join',
    payload: {
      name: 'node-4',
      labels: { 'topology.kubernetes.io/zone': 'zone-b' },
      capacity: { cpu: '3500m', memory: '8Gi', pods: '110' },
    },
  });
  expect(adding('node-4', '', { ...like, cpuMilli: 4000, memoryBytes: 1536 * 1024 ** 2 }).payload).toEqual({
    name: 'node-4',
    capacity: { cpu: '4', memory: '1536Mi', pods: '110' },
  });
  expect(adding('node-4', '', undefined).payload).toEqual({ name: 'node-4' });
});
