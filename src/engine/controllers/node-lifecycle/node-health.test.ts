import { describe, expect, it } from 'vitest';
import type { Lease, Node } from '../../api/types';
import { lookAtNode, type NodeHealth } from './node-health';
import { planNoExecute, planNoSchedule } from './node-taints';

const START = '2026-01-01T00:00:00Z';
const grace = { monitorMs: 50_000, startupMs: 60_000 };
const clock = (nowMs: number) => ({ nowMs, now: '2026-01-01T00:10:00Z', createdMs: 0 });

function node(conditions?: { type: string; status: string; lastHeartbeatTime?: string }[], spec = {}): Node {
  return { metadata: { name: 'n1', creationTimestamp: START }, spec, status: { conditions } } as unknown as Node;
}
const lease = (renewTime: string) => ({ spec: { renewTime } }) as unknown as Lease;
const health = (probeMs: number, renewTime?: string, heartbeat = 'h1'): NodeHealth => ({
  probeMs,
  renewTime,
  heartbeat,
});
const readyNode = node([{ type: 'Ready', status: 'True', lastHeartbeatTime: 'h1' }]);

describe('lookAtNode', () => {
  it('takes the first look as a sign of life', () => {
    const look = lookAtNode(readyNode, undefined, undefined, clock(90_000), grace);
    expect(look.health.probeMs).toBe(90_000);
    expect(look.conditions).toBeUndefined();
  });

  it.each([
    ['a renewed lease', health(1000, 'a'), lease('b'), 60_000],
    ['a new heartbeat', health(1000, 'a', 'h0'), lease('a'), 60_000],
    ['neither', health(1000, 'a'), lease('a'), 1000],
  ])('with %s', (_what, before, observed, probeMs) => {
    expect(lookAtNode(readyNode, observed, before, clock(60_000), grace).health.probeMs).toBe(probeMs);
  });

  it('turns a silent Node Unknown only after the grace period', () => {
    expect(lookAtNode(readyNode, undefined, health(1000), clock(51_000), grace).conditions).toBeUndefined();
    const look = lookAtNode(readyNode, undefined, health(1000), clock(51_001), grace);
    expect(look.observed.status).toBe('True');
    expect(look.current).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
    expect(look.conditions?.map((condition) => condition.type)).toEqual([
      'Ready',
      'MemoryPressure',
      'DiskPressure',
      'PIDPressure',
    ]);
    expect(look.conditions?.[1]).toMatchObject({ reason: 'NodeStatusNeverUpdated', status: 'Unknown' });
  });

  it('writes nothing when all is Unknown already', () => {
    const types = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];
    const unknown = node(types.map((type) => ({ type, status: 'Unknown', lastHeartbeatTime: 'h1' })));
    const look = lookAtNode(unknown, undefined, health(0), clock(100_000), grace);
    expect(look.conditions).toBeUndefined();
    expect(look.observed.status).toBe('Unknown');
  });

  it('gives a Node that never posted the startup period', () => {
    expect(lookAtNode(node(), undefined, undefined, clock(60_000), grace).conditions).toBeUndefined();
    expect(lookAtNode(node(), undefined, undefined, clock(60_001), grace).current?.status).toBe('Unknown');
  });
});

describe('taints', () => {
  const taint = (key: string, effect = 'NoSchedule') => ({ key: `node.kubernetes.io/${key}`, effect });
  it.each([
    ['nothing to do', { status: 'True' }, {}, undefined],
    ['not ready', { status: 'False' }, {}, ['not-ready']],
    ['unreachable', { status: 'Unknown' }, {}, ['unreachable']],
    ['cordoned', { status: 'True' }, { unschedulable: true }, ['unschedulable']],
    ['ready again', { status: 'True' }, { taints: [taint('not-ready')] }, []],
    ['right already', { status: 'False' }, { taints: [taint('not-ready')] }, undefined],
    ['swapped', { status: 'Unknown' }, { taints: [taint('not-ready')] }, ['unreachable']],
  ])('NoSchedule: %s', (_what, ready, spec, keys) => {
    const plan = planNoSchedule(node([{ type: 'Ready', ...ready }], spec), START);
    expect(plan?.map((one) => one.key.replace('node.kubernetes.io/', ''))).toEqual(keys);
  });

  it('NoExecute: adds one and removes its opposite, and leaves others alone', () => {
    const before = node([], { taints: [{ key: 'own', effect: 'NoExecute' }, taint('not-ready', 'NoExecute')] });
    const plan = planNoExecute(before, 'node.kubernetes.io/unreachable', ['node.kubernetes.io/not-ready'], START);
    expect(plan?.map((one) => one.key)).toEqual(['own', 'node.kubernetes.io/unreachable']);
    expect(planNoExecute(before, undefined, [], START)).toBeUndefined();
  });
});
