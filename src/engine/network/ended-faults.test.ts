/** Faults that have ended in the second that is worked out: requests from before their end meet them, those after it don't. */
import { expect, test } from 'vitest';
import { createNetworkWorld } from '../../testing/network-world';
import { type ActiveFault, endFault, faultsAt } from '../client/environment';
import type { TimedInput } from '../simulation';

const DOCUMENTS = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: node-1, containers: [{name: web, image: "nginx:1.27"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node-1, containers: [{name: client, image: "pause:3.9"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

const fault = (payload: object): TimedInput => ({ to: 'fault', kind: 'fault', atMs: 20_100, payload });
const heal = (payload: object): TimedInput => ({ to: 'fault', kind: 'heal', atMs: 22_400, payload });

test.each([
  ['by itself', [fault({ type: 'dns-down', for: '2300ms' })]],
  ['by hand', [fault({ type: 'dns-down' }), heal({ type: 'dns-down' })]],
])('cluster DNS that was silent, %s', (_how, inputs) => {
  const world = createNetworkWorld({ documents: DOCUMENTS, inputs });
  world.runUntil(22_900);
  const failureAt = (atMs: number) => world.send({ source: world.pod('client'), host: 'web', atMs }).failure;
  expect([20_050, 20_100, 22_399, 22_400, 22_800].map(failureAt)).toEqual([
    undefined,
    'dns',
    'dns',
    undefined,
    undefined,
  ]);
});

test('an API server that was down', () => {
  const inputs = [fault({ type: 'api-server-down', for: '2300ms' })];
  const world = createNetworkWorld({ documents: DOCUMENTS, inputs });
  world.runUntil(22_900);
  const failureAt = (atMs: number) =>
    world.send({ source: world.pod('client'), host: 'kubernetes', port: 443, scheme: 'https', atMs }).failure;
  expect([22_399, 22_400].map(failureAt)).toEqual(['refused', 'http-403']);
});

test('what ended long ago is forgotten when something else ends', () => {
  const environment = { faults: new Map<string, ActiveFault>(), ended: [] };
  const strike = (key: string, sinceMs: number) => environment.faults.set(key, { type: 'dns-down', sinceMs, step: 1 });
  strike('a', 1000);
  expect(endFault(environment, 'a', 2000)).toMatchObject({ sinceMs: 1000 });
  expect(endFault(environment, 'a', 2000)).toBeUndefined();
  expect([999, 1000, 1999, 2000].map((atMs) => faultsAt(environment, atMs).length)).toEqual([0, 1, 1, 0]);
  strike('b', 30_000);
  endFault(environment, 'b', 31_000);
  expect(faultsAt(environment, 1500)).toEqual([]);
  expect(faultsAt(environment, 30_500)).toHaveLength(1);
});
