import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import type { CoreEvent, Lease, Node } from '../api/types';

const node = (world: World, name: string): Node => world.get<Node>('Node', undefined, name);
const condition = (world: World, name: string, type: string) =>
  node(world, name).status.conditions?.find((one) => one.type === type);
const reasons = (world: World, name: string): string[] =>
  (world.events() as CoreEvent[])
    .filter((event) => event.involvedObject.name === name && event.source?.component === 'kubelet')
    .map((event) => `${event.reason}: ${event.message}`);

describe('a node that was there from the start', () => {
  it('is ready at once, without a taint and without noise', () => {
    const world = createWorld({
      nodes: [{ name: 'n1', labels: { disk: 'ssd' }, capacity: { cpu: '2', memory: '4Gi' } }],
    });
    world.runUntil(100);
    expect(node(world, 'n1')).toMatchObject({
      metadata: {
        labels: {
          disk: 'ssd',
          'kubernetes.io/hostname': 'n1',
          'kubernetes.io/os': 'linux',
          'kubernetes.io/arch': 'amd64',
        },
      },
      spec: { podCIDR: '10.244.0.0/24' },
      status: {
        capacity: { cpu: '2', memory: '4Gi', pods: '110' },
        allocatable: { cpu: '2', memory: '4Gi', pods: '110' },
        addresses: [
          { type: 'InternalIP', address: '192.168.0.10' },
          { type: 'Hostname', address: 'n1' },
        ],
        nodeInfo: { kubeletVersion: 'v1.36.3', operatingSystem: 'linux', architecture: 'amd64' },
      },
    });
    expect(node(world, 'n1').spec.taints).toBeUndefined();
    expect(
      node(world, 'n1').status.conditions?.map((one) => `${one.type}=${one.status} ${one.reason}: ${one.message}`),
    ).toEqual([
      'MemoryPressure=False KubeletHasSufficientMemory: kubelet has sufficient memory available',
      'DiskPressure=False KubeletHasNoDiskPressure: kubelet has no disk pressure',
      'PIDPressure=False KubeletHasSufficientPID: kubelet has sufficient PID available',
      'Ready=True KubeletReady: kubelet is posting ready status',
    ]);
    expect(reasons(world, 'n1')).toEqual([]);
  });

  it('lets Pods have what people say that it has beside what it measures, from its next round on', () => {
    const world = createWorld({ nodes: [{ name: 'n1', capacity: { cpu: '2', memory: '4Gi' } }] });
    const stored = () => node(world, 'n1').status;
    const saying = (capacity: Record<string, string>) =>
      world.client.updateStatus<Node>({ ...node(world, 'n1'), status: { ...stored(), capacity } });
    world.runUntil(1_000);
    saying({ ...stored().capacity, cpu: '64', 'example.com/dongle': '4' });
    world.runUntil(9_000);
    expect(stored().allocatable).toMatchObject({ cpu: '2', memory: '4Gi' });
    expect(stored().allocatable).not.toHaveProperty(['example.com/dongle']);
    world.runUntil(21_000);
    expect(stored().allocatable).toMatchObject({ cpu: '2', memory: '4Gi', 'example.com/dongle': '4' });
    expect(stored().capacity).toEqual(stored().allocatable);
    const { 'example.com/dongle': _dongle, ...without } = stored().capacity ?? {};
    saying(without);
    world.runUntil(42_000);
    expect(stored().allocatable).not.toHaveProperty(['example.com/dongle']);
  });

  it('keeps the taints it is given', () => {
    const world = createWorld({
      nodes: [{ name: 'n1', taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }] }],
    });
    world.runUntil(100);
    expect(node(world, 'n1').spec.taints).toEqual([{ key: 'gpu', value: 'true', effect: 'NoSchedule' }]);
  });

  it('has its own block of addresses, a wider one for many Pods', () => {
    const nodes = [{ name: 'a' }, { name: 'b', capacity: { pods: '500' } }, { name: 'c' }];
    const world = createWorld({ nodes });
    world.runUntil(100);
    expect(nodes.map(({ name }) => node(world, name).spec.podCIDR)).toEqual([
      '10.244.0.0/24',
      '10.244.2.0/23',
      '10.244.4.0/24',
    ]);
    expect(nodes.map(({ name }) => node(world, name).status.addresses?.[0]?.address)).toEqual([
      '192.168.0.10',
      '192.168.0.11',
      '192.168.0.12',
    ]);
  });
});

describe('heartbeats', () => {
  it('renew the Lease every 10 s and the status every 5 min', () => {
    const world = createWorld({ nodes: [{ name: 'n1' }] });
    world.runUntil(35_000);
    expect(world.get<Lease>('Lease', 'kube-node-lease', 'n1')).toMatchObject({
      metadata: { ownerReferences: [{ kind: 'Node', name: 'n1' }] },
      spec: { holderIdentity: 'n1', leaseDurationSeconds: 40, renewTime: '2026-01-01T00:00:30.000000Z' },
    });
    expect(condition(world, 'n1', 'Ready')?.lastHeartbeatTime).toBe('2026-01-01T00:00:00Z');
    world.runUntil(305_000);
    expect(condition(world, 'n1', 'Ready')).toMatchObject({
      lastHeartbeatTime: '2026-01-01T00:05:00Z',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    });
  });

  it('tell which images are there', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default' },
      spec: { containers: [{ name: 'app', image: 'nginx:1' }] },
    };
    const world = createWorld({ nodes: [{ name: 'n1' }], documents: [pod] });
    world.runUntil(11_000);
    expect(node(world, 'n1').status.images?.[0]?.names?.[1]).toBe('docker.io/library/nginx:1');
  });

  it('stop with the Node object: it does not come back by itself', () => {
    const world = createWorld({ nodes: [{ name: 'n1' }] });
    world.runUntil(15_000);
    world.client.delete('Node', undefined, 'n1');
    world.runUntil(60_000);
    expect(world.find('Node', undefined, 'n1')).toBeUndefined();
  });
});

describe('a node that joins later', () => {
  it('is not ready at first, then ready, and says so', () => {
    const world = createWorld({ nodes: [{ name: 'n1' }, { name: 'n2', joinsAtMs: 30_000 }] });
    world.runUntil(29_000);
    expect(world.find('Node', undefined, 'n2')).toBeUndefined();
    world.runUntil(30_500);
    expect(condition(world, 'n2', 'Ready')).toMatchObject({ status: 'False', reason: 'KubeletNotReady' });
    expect(node(world, 'n2').spec.taints).toMatchObject([
      { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
    ]);
    world.runUntil(32_000);
    expect(condition(world, 'n2', 'Ready')).toMatchObject({
      status: 'True',
      lastTransitionTime: '2026-01-01T00:00:31Z',
    });
    expect(node(world, 'n2').spec.taints).toBeUndefined();
    expect(reasons(world, 'n2').sort()).toEqual([
      'NodeAllocatableEnforced: Updated Node Allocatable limit across pods',
      'NodeHasNoDiskPressure: Node n2 status is now: NodeHasNoDiskPressure',
      'NodeHasSufficientMemory: Node n2 status is now: NodeHasSufficientMemory',
      'NodeHasSufficientPID: Node n2 status is now: NodeHasSufficientPID',
      'NodeReady: Node n2 status is now: NodeReady',
      'Starting: Starting kubelet.',
    ]);
  });
});

describe('a kubelet tells of each change', () => {
  const fault = (atMs: number, payload: object) => ({ to: 'fault', kind: 'fault', payload, atMs });
  /** What the kubelet says of its node, but for what a start always says, with the second. */
  const told = (world: World): string[] =>
    (world.events() as CoreEvent[])
      .filter(({ involvedObject, source }) => involvedObject.name === 'n1' && source?.component === 'kubelet')
      .map(({ reason, firstTimestamp }) => `${firstTimestamp?.slice(14, 19)} ${reason}`)
      .filter((one) => !/NodeHas|Allocatable/.test(one))
      .sort();
  const down = { type: 'component-down', component: 'kubelet', node: 'n1' };

  it.each([
    ['restart', [fault(20_000, { ...down, for: 5_000 })], ['00:25 Starting']],
    [
      'restart after its node was given up',
      [fault(20_000, { ...down, for: 70_000 })],
      ['01:30 NodeReady', '01:30 Starting'],
    ],
    ['boot', [fault(20_000, { type: 'node-crash', node: 'n1', for: 5_000 })], ['00:25 Rebooted', '00:25 Starting']],
    [
      'boot after its node was given up',
      [fault(20_000, { type: 'node-crash', node: 'n1', for: 70_000 })],
      ['01:30 NodeReady', '01:30 Rebooted', '01:30 Starting'],
    ],
    ['partition', [fault(20_000, { type: 'node-partition', node: 'n1', for: 70_000 })], ['01:30 NodeReady']],
  ])('after a %s', (_what, inputs, expected) => {
    const world = createWorld({ nodes: [{ name: 'n1' }, { name: 'n2' }], inputs });
    world.runUntil(100_000);
    expect(told(world)).toEqual(expected);
  });

  it('of what a start finds sufficient', () => {
    const world = createWorld({ nodes: [{ name: 'n1' }], inputs: [fault(20_000, { ...down, for: 5_000 })] });
    world.runUntil(30_000);
    const sufficient = ['NodeHasNoDiskPressure', 'NodeHasSufficientMemory', 'NodeHasSufficientPID'];
    expect(
      reasons(world, 'n1')
        .map((one) => one.split(':')[0])
        .sort(),
    ).toEqual(['NodeAllocatableEnforced', ...sufficient, 'Starting']);
  });

  it('of a node that is cordoned, and opened again', () => {
    const world = createWorld({ nodes: [{ name: 'n1' }] });
    world.runUntil(12_000);
    const cordon = (unschedulable: boolean): void => {
      world.client.update<Node>({ ...node(world, 'n1'), spec: { ...node(world, 'n1').spec, unschedulable } });
    };
    cordon(true);
    world.runUntil(32_000);
    cordon(false);
    world.runUntil(42_000);
    expect(told(world)).toEqual(['00:20 NodeNotSchedulable', '00:40 NodeSchedulable']);
  });
});
