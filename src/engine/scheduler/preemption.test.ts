import { describe, expect, it } from 'vitest';
import { place, podOf, schedulingWorld } from '../../testing/placement';
import { manifests, type World } from '../../testing/world';
import type { Pod } from '../api/types';

function nodeNameOf(world: World, name: string): string | undefined {
  return world.get<Pod>('Pod', 'default', name).spec.nodeName;
}

function messages(world: World, reason: string): string[] {
  return world
    .events()
    .filter((event) => event.reason === reason)
    .map((event) => event.message as string);
}

function runningPod(world: World, text: string, startTime?: string): void {
  const pod = world.client.create(podOf(text)) as Pod;
  world.client.updateStatus({ ...pod, status: { ...pod.status, phase: 'Running', startTime } });
}

/** Deletes a Pod and lets it end as its kubelet would. */
function end(world: World, name: string): void {
  world.client.delete('Pod', 'default', name, { gracePeriodSeconds: 0 });
}

describe('preemption', () => {
  const critical = 'priorityClassName: system-cluster-critical';

  function crowded(nodes: readonly string[], pods: readonly string[], more: readonly string[] = []): World {
    const world = schedulingWorld(nodes, more.flatMap(manifests));
    for (const pod of pods) runningPod(world, pod);
    world.runFor(100);
    return world;
  }

  function goingAway(world: World): string[] {
    const going = world.list<Pod>('Pod').filter((pod) => pod.metadata.deletionTimestamp !== undefined);
    return going.map((pod) => pod.metadata.name).sort();
  }

  it('makes room, waits for it and takes it', () => {
    const world = crowded(['n1 cpu=2', 'n2 cpu=1'], ['name: low, nodeName: n1, cpu: 1500m']);
    const high = world.client.create(podOf(`name: high, cpu: 1500m, ${critical}`));
    world.runFor(100);
    expect(messages(world, 'FailedScheduling')).toEqual(['0/2 nodes are available: 2 Insufficient cpu.']);
    expect(messages(world, 'Preempted')).toEqual([`Preempted by pod ${high.metadata.uid} on node n1`]);
    const victim = world.get<Pod>('Pod', 'default', 'low');
    expect(victim.metadata.deletionTimestamp).toBeDefined();
    expect(victim.status.conditions?.find((one) => one.type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: 'default-scheduler: preempting to accommodate a higher priority pod',
    });
    expect(world.get<Pod>('Pod', 'default', 'high').status).toMatchObject({
      phase: 'Pending',
      nominatedNodeName: 'n1',
    });
    end(world, 'low');
    world.runFor(100);
    expect(nodeNameOf(world, 'high')).toBe('n1');
    // The nominated node is looked at first and alone.
    expect(world.steps().findLast((step) => step.object?.name === 'high' && step.verb === 'schedule')?.message).toBe(
      'Bound Pod high to n1: 1 of 1 nodes looked at fit (2 in all)',
    );
  });

  it('takes the node with the fewest victims', () => {
    const world = crowded(
      ['n1 cpu=2', 'n2 cpu=2'],
      ['name: a1, nodeName: n1, cpu: 1', 'name: a2, nodeName: n1, cpu: 1', 'name: b, nodeName: n2, cpu: 2'],
    );
    world.client.create(podOf(`name: high, cpu: 2, ${critical}`));
    world.runFor(100);
    expect(goingAway(world)).toEqual(['b']);
  });

  it('spares what need not go, the most important first', () => {
    const world = crowded(
      ['n1 cpu=3'],
      [
        'name: old, nodeName: n1, cpu: 1',
        'name: young, nodeName: n1, cpu: 1',
        `name: vip, nodeName: n1, cpu: 1, ${critical}`,
      ],
    );
    world.client.create(podOf('name: high, cpu: 1, priorityClassName: system-node-critical'));
    world.runFor(100);
    expect(goingAway(world)).toHaveLength(1);
    expect(goingAway(world)).not.toContain('vip');
  });

  it('respects a disruption budget if it can, and breaks it if it must', () => {
    const budget = `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: guarded, namespace: default}
spec: {minAvailable: 1, selector: {matchLabels: {app: guarded}}}`;
    const guarded = 'name: guarded, labels: {app: guarded}, nodeName: n1, cpu: 1500m';
    const world = crowded(['n1 cpu=2', 'n2 cpu=2'], [guarded, 'name: plain, nodeName: n2, cpu: 1500m'], [budget]);
    world.client.create(podOf(`name: high, cpu: 1500m, ${critical}`));
    world.runFor(100);
    expect(goingAway(world)).toEqual(['plain']);
    const forced = crowded(['n1 cpu=2'], [guarded], [budget]);
    forced.client.create(podOf(`name: high, cpu: 1500m, ${critical}`));
    forced.runFor(100);
    expect(goingAway(forced)).toEqual(['guarded']);
  });

  it('keeps the room for the Pod it was made for', () => {
    const world = crowded(['n1 cpu=2'], ['name: low, nodeName: n1, cpu: 1500m']);
    world.client.create(podOf(`name: high, cpu: 1500m, ${critical}`));
    world.runFor(100);
    world.client.create(podOf('name: sneaky, cpu: 1'));
    end(world, 'low');
    world.runFor(2000);
    expect([nodeNameOf(world, 'high'), nodeNameOf(world, 'sneaky')]).toEqual(['n1', undefined]);
  });

  it('counts the nodes it would not help on', () => {
    const { outcome } = place(
      ['n1', 'n2 !lock:NoSchedule', 'n3 cpu=1'],
      [`name: top, nodeName: n1, cpu: 3, ${critical}`],
      `name: high, cpu: 2, ${critical}`,
    );
    expect(outcome).toMatch(
      /preemption: 0\/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling\.$/,
    );
  });

  const CLASSES = ['low: 0', 'mid: 100', 'high: 1000', 'vip: 10000'].map((one) => {
    const [name, value] = one.split(': ');
    return `{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: ${name}}, value: ${value}}`;
  });
  const budgetFor = (app: string): string =>
    `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: ${app}, namespace: default}, spec: {minAvailable: 1, selector: {matchLabels: {app: ${app}}}}}`;
  const on = (node: string, name: string, priority: string, cpu: string): string =>
    `name: ${name}, nodeName: ${node}, labels: {app: ${name}}, priorityClassName: ${priority}, cpu: ${cpu}`;

  const choices: readonly (readonly [string, readonly string[], readonly string[], string[]])[] = [
    [
      'as many budgets broken on both: the lower highest priority',
      [on('n1', 'high', 'high', '1'), on('n1', 'low', 'low', '1'), on('n2', 'mid', 'mid', '2')],
      [budgetFor('low'), budgetFor('mid')],
      ['mid'],
    ],
    [
      'fewer budgets broken, though a higher priority goes',
      [on('n1', 'high', 'high', '2'), on('n2', 'mid', 'mid', '2')],
      [budgetFor('mid')],
      ['high'],
    ],
    [
      'the lower sum of priorities',
      [on('n1', 'a', 'high', '1'), on('n1', 'b', 'mid', '1'), on('n2', 'c', 'high', '1'), on('n2', 'd', 'low', '1')],
      [],
      ['c', 'd'],
    ],
    [
      'fewer victims before a lower sum, which more of them always exceed',
      [on('n1', 'a', 'mid', '1'), on('n1', 'b', 'low', '1'), on('n2', 'c', 'mid', '2')],
      [],
      ['c'],
    ],
  ];
  it.each(choices)('prefers the node with %s', (_name, pods, budgets, victims) => {
    const world = crowded(['n1 cpu=2', 'n2 cpu=2'], pods, [...CLASSES, ...budgets]);
    world.client.create(podOf('name: vip, cpu: 2, priorityClassName: vip'));
    world.runFor(100);
    expect(goingAway(world)).toEqual(victims);
  });

  it('prefers the node whose most important victims have not run for long', () => {
    const world = schedulingWorld(['n1 cpu=2', 'n2 cpu=2', 'n3 cpu=2'], CLASSES.flatMap(manifests));
    runningPod(world, on('n1', 'old', 'mid', '2'), '2026-01-01T00:00:00Z');
    runningPod(world, on('n2', 'young', 'mid', '2'), '2026-01-01T00:00:09Z');
    runningPod(world, on('n3', 'older', 'mid', '2'), '2025-12-31T00:00:00Z');
    world.runFor(10_000);
    world.client.create(podOf('name: vip, cpu: 2, priorityClassName: vip'));
    world.runFor(100);
    expect(goingAway(world)).toEqual(['young']);
  });

  it('is none for a Pod whose policy is Never', () => {
    const { outcome } = place(
      ['n1 cpu=2'],
      ['name: low, nodeName: n1, cpu: 2'],
      'name: polite, cpu: 2, priorityClassName: polite',
      manifests(
        '{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: polite}, value: 9, preemptionPolicy: Never}',
      ),
    );
    expect(outcome).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
    );
  });

  it('takes nominations of less important Pods back, which then look for another node at once', () => {
    const world = crowded(['n1 cpu=2'], [on('n1', 'low', 'low', '2')], CLASSES);
    world.client.create(podOf('name: mid, cpu: 2, priorityClassName: mid'));
    world.runFor(3000);
    expect(world.get<Pod>('Pod', 'default', 'mid').status.nominatedNodeName).toBe('n1');
    const before = messages(world, 'FailedScheduling').length;
    // Its victim is going already: nobody is deleted for it, so the nomination stays.
    world.client.create(podOf('name: high, cpu: 2, priorityClassName: high'));
    world.runFor(1500);
    expect(world.get<Pod>('Pod', 'default', 'mid').status.nominatedNodeName).toBe('n1');
    expect(world.get<Pod>('Pod', 'default', 'high').status.nominatedNodeName).toBe('n1');
    expect(messages(world, 'FailedScheduling').length).toBeGreaterThan(before);
    end(world, 'low');
    world.runFor(3000);
    expect([nodeNameOf(world, 'high'), nodeNameOf(world, 'mid')]).toEqual(['n1', undefined]);
  });

  it('a nomination that goes makes way for Pods of at most its priority', () => {
    const world = crowded(['n1 cpu=3'], [on('n1', 'low', 'low', '2')], CLASSES);
    world.client.create(podOf('name: mid, cpu: 3, priorityClassName: mid'));
    world.runFor(100);
    world.client.create(podOf('name: small, cpu: 1'));
    world.runFor(3000);
    expect(nodeNameOf(world, 'small')).toBeUndefined();
    end(world, 'mid');
    world.runFor(100);
    expect(nodeNameOf(world, 'small')).toBe('n1');
  });

  it('is tried again when the API server could not be asked to delete the victims', () => {
    const world = crowded(['n1 cpu=2'], [on('n1', 'low', 'low', '2')], CLASSES);
    world.client.create(podOf('name: vip, cpu: 2, priorityClassName: vip'));
    world.simulation.act({ to: 'fault', kind: 'fault', payload: { type: 'api-server-down', for: 1500 } });
    world.runFor(1400);
    expect(goingAway(world)).toEqual([]);
    world.runFor(600);
    expect(goingAway(world)).toEqual(['low']);
  });
});
