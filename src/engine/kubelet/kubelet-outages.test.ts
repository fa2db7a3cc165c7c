import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import { isPodReady } from '../api/conditions';
import type { Pod } from '../api/types';

const pod = (name: string, more = '') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default}
spec:
  terminationGracePeriodSeconds: 2
  containers:
  - name: main
    image: app:1
    ${more}
`;
const fault = (atMs: number, payload: object) => ({ to: 'fault', kind: 'fault', payload, atMs });
const isReady = (world: World, name: string): boolean => isPodReady(world.get<Pod>('Pod', 'default', name));

describe('host ports', () => {
  const port = (protocol: string, hostIP = '') =>
    `ports: [{containerPort: 80, hostPort: 8080, protocol: ${protocol}${hostIP ? `, hostIP: ${hostIP}` : ''}}]`;
  const phases = (documents: string): (string | undefined)[] => {
    const world = createWorld({ nodes: 1, documents, without: ['default-scheduler'] });
    world.runFor(100);
    for (const { metadata } of world.list<Pod>('Pod')) world.client.bind('default', metadata.name, 'node-1');
    world.runFor(20_000);
    return world.list<Pod>('Pod').map(({ status }) => status.phase);
  };

  it.each([
    ['one Pod', pod('a', port('TCP')), ['Running']],
    ['the same port', `${pod('a', port('TCP'))}---${pod('b', port('TCP'))}`, ['Running', 'Failed']],
    ['another protocol', `${pod('a', port('TCP'))}---${pod('b', port('UDP'))}`, ['Running', 'Running']],
    [
      'two addresses',
      `${pod('a', port('TCP', '10.0.0.1'))}---${pod('b', port('TCP', '10.0.0.2'))}`,
      ['Running', 'Running'],
    ],
    ['an address and all', `${pod('a', port('TCP', '10.0.0.1'))}---${pod('b', port('TCP'))}`, ['Running', 'Failed']],
  ])('%s', (_what, documents, expected) => expect(phases(documents)).toEqual(expected));
});

describe('a kubelet that starts while the API server is down', () => {
  it('reports its Pods once it has registered', () => {
    const world = createWorld({
      nodes: 1,
      documents: pod(
        'a',
        'readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 1}\n    ports: [{containerPort: 80}]',
      ),
      inputs: [
        fault(10_000, { type: 'component-down', component: 'kubelet', node: 'node-1', for: 2000 }),
        fault(10_500, { type: 'api-server-down', for: 5700 }),
      ],
    });
    world.runUntil(9000);
    expect(isReady(world, 'a')).toBe(true);
    world.runUntil(40_000);
    expect(isReady(world, 'a')).toBe(true);
    expect(world.get<Pod>('Pod', 'default', 'a').status.hostIPs?.[0]?.ip).toMatch(/^\d+\./);
  });

  it('removes a Pod that ended in the meantime', () => {
    const world = createWorld({
      nodes: 1,
      documents: pod('a'),
      inputs: [
        fault(10_200, { type: 'component-down', component: 'kubelet', node: 'node-1', for: 1000 }),
        fault(10_300, { type: 'api-server-down', for: 20_000 }),
      ],
    });
    world.runUntil(10_150);
    world.client.delete('Pod', 'default', 'a');
    world.runUntil(60_000);
    expect(world.list('Pod')).toEqual([]);
  });
});

describe('a node that boots while it is cut off', () => {
  it('starts its containers anew when it is connected again', () => {
    const world = createWorld({
      nodes: 1,
      documents: `${pod('a')}---${pod('b')}`,
      inputs: [
        fault(10_000, { type: 'node-crash', node: 'node-1', for: 5000 }),
        fault(12_000, { type: 'node-partition', node: 'node-1', for: 10_000 }),
      ],
    });
    world.runUntil(9990);
    world.client.delete('Pod', 'default', 'b');
    world.runUntil(60_000);
    expect(world.list('Pod').map(({ metadata }) => metadata.name)).toEqual(['a']);
    expect(isReady(world, 'a')).toBe(true);
    expect(world.get<Pod>('Pod', 'default', 'a').status.containerStatuses?.[0]?.restartCount).toBe(1);
  });
});

it('containers of a node that was off have ended, says its runtime, when it came up again', () => {
  const inputs = [fault(10_000, { type: 'node-crash', node: 'node-1', for: 25_000 })];
  const world = createWorld({ nodes: 1, documents: pod('a'), inputs });
  world.runUntil(60_000);
  expect(world.get<Pod>('Pod', 'default', 'a').status.containerStatuses?.[0]).toMatchObject({
    restartCount: 1,
    lastState: { terminated: { exitCode: 255, reason: 'Unknown', finishedAt: '2026-01-01T00:00:35Z' } },
  });
});

describe('a node that crashes and boots while it is cut off', () => {
  it('removes what had ended before', () => {
    const world = createWorld({
      nodes: 1,
      documents: pod('a'),
      inputs: [
        fault(10_500, { type: 'node-partition', node: 'node-1', for: 20_000 }),
        fault(15_000, { type: 'node-crash', node: 'node-1', for: 2000 }),
      ],
    });
    world.runUntil(10_000);
    world.client.delete('Pod', 'default', 'a');
    world.runUntil(60_000);
    expect(world.list('Pod')).toEqual([]);
  });
});

describe('a fault on a Pod while the API server is down', () => {
  it('strikes all the same', () => {
    const world = createWorld({
      nodes: 1,
      documents: pod('a'),
      inputs: [
        fault(10_000, { type: 'api-server-down', for: 5000 }),
        fault(12_000, { type: 'container-exit', pod: 'a', code: 3 }),
      ],
    });
    world.runUntil(30_000);
    expect(world.get<Pod>('Pod', 'default', 'a').status.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 3 } },
    });
  });
});

describe('a kubelet that is restarted while a program is asked to end', () => {
  const goneAt = (down?: object): number | undefined => {
    const deaf = pod('a', 'command: [sleep, "3600"]').replace('Seconds: 2', 'Seconds: 20');
    const inputs = down
      ? [fault(20_000, { type: 'component-down', component: 'kubelet', node: 'node-1', ...down })]
      : [];
    const world = createWorld({ nodes: 1, documents: deaf, inputs });
    world.runUntil(10_000);
    world.client.delete('Pod', 'default', 'a');
    for (let second = 11; second < 100; second += 1) {
      world.runUntil(second * 1000);
      if (world.list('Pod').length === 0) return second;
    }
    return undefined;
  };

  it.each([
    ['without a restart it is killed when its time is over', undefined, 31],
    ['the next kubelet waits the whole grace period again', { forMs: 5_000 }, 46],
    ['nobody kills while there is none', { forMs: 40_000 }, 81],
  ])('%s', (_what, down, expected) => expect(goneAt(down)).toBe(expected));
});
