/** Binding cycles in which a plugin waits: made-up plugins beside the default profile. */
import { describe, expect, it } from 'vitest';
import { addNode, podOf } from '../../testing/placement';
import { createWorld, type World } from '../../testing/world';
import type { Pod } from '../api/types';
import type { Component } from '../client/component';
import { definePlugin, failure, type Plugin, SKIP, unschedulable, wait } from './framework';
import { DEFAULT_PROFILE } from './plugins/registry';
import { createScheduler } from './scheduler';

const CRITICAL = 'priorityClassName: system-cluster-critical';

function worldWith(plugins: readonly Plugin[], nodes: readonly string[]): World {
  const profile = [...DEFAULT_PROFILE, ...plugins.map((plugin) => ({ plugin, weight: 0 }))];
  const world = createWorld({
    nodes: [],
    components: [createScheduler(profile) as unknown as Component],
    without: ['node-lifecycle-controller', 'taint-eviction-controller', 'pod-garbage-collector-controller'],
  });
  for (const node of nodes) addNode(world, node);
  world.runFor(100);
  return world;
}

const nodeOf = (world: World, name: string): string | undefined =>
  world.find<Pod>('Pod', 'default', name)?.spec.nodeName;

const nominatedTo = (world: World, name: string): string | undefined =>
  world.get<Pod>('Pod', 'default', name).status.nominatedNodeName;

function notes(world: World, reason: string): string[] {
  return world.events().flatMap((event) => (event.reason === reason ? [event.message as string] : []));
}

function said(world: World, name: string): string[] {
  const own = world.steps().filter((step) => step.actor === 'default-scheduler' && step.object?.name === name);
  return own.map((step) => `${step.time} ${step.message}`);
}

/** Has Pods with the label `slow` wait that many ms in PreBind. */
const slow = definePlugin({
  name: 'Slow',
  preBindPreFlight: ({ pod }) => (pod.labels.slow ? undefined : SKIP),
  preBind: ({ pod, handle }, sinceMs) => {
    const leftMs = sinceMs + Number(pod.labels.slow) - handle.nowMs;
    if (leftMs > 0) return wait(Math.min(leftMs, 1000));
    return pod.labels.breaks ? failure('the disk is gone') : undefined;
  },
});

/** Holds Pods with the label `held` until one with the label `opens` or `closes` comes, at most 2 s. */
const gate = definePlugin({
  name: 'Gate',
  permit: ({ pod, handle }) => {
    for (const waiting of handle.waitingPods()) {
      if (pod.labels.opens) handle.allow(waiting, 'Gate');
      if (pod.labels.closes) handle.reject(waiting, 'Gate', 'the gate was closed');
    }
    if (pod.labels.unwanted) return unschedulable('not today');
    return pod.labels.held ? wait(2000) : undefined;
  },
  events: { AssignedPodAdd: (_pod, _before, after) => after?.metadata.labels?.news === 'yes' },
});

describe('PreBind that waits', () => {
  const first = 'name: first, cpu: 3, labels: {slow: "5000"}';

  it('keeps the room on the node while other Pods go on, and then binds', () => {
    const world = worldWith([slow], ['n1', 'n2 cpu=1']);
    world.client.create(podOf(first));
    world.client.create(podOf('name: second, cpu: 3'));
    world.client.create(podOf('name: third, cpu: 1'));
    world.runFor(1000);
    expect([nodeOf(world, 'first'), nodeOf(world, 'second')]).toEqual([undefined, undefined]);
    expect(nodeOf(world, 'third')).toBeDefined();
    expect(notes(world, 'FailedScheduling')[0]).toMatch(/^0\/2 nodes are available: 2 Insufficient cpu\./);
    expect(nominatedTo(world, 'first')).toBe('n1');
    world.runFor(5000);
    expect(nodeOf(world, 'first')).toBe('n1');
    expect(nominatedTo(world, 'first')).toBeUndefined();
    expect(said(world, 'first')).toEqual([
      '110 Chose n1 for Pod first, which waits for Slow',
      '5110 Bound Pod first to n1: 1 of 2 nodes fit',
    ]);
  });

  it('that fails forgets the Pod, lets others have the room and tries again', () => {
    const world = worldWith([slow], ['n1']);
    world.client.create(podOf(first.replace('slow', 'breaks: "1", slow')));
    world.client.create(podOf('name: second, cpu: 3'));
    world.runFor(5500);
    expect(notes(world, 'FailedScheduling')).toContain('running PreBind plugin "Slow": the disk is gone');
    const { status } = world.get<Pod>('Pod', 'default', 'first');
    expect(status.conditions).toEqual([expect.objectContaining({ reason: 'SchedulerError', status: 'False' })]);
    expect(status.nominatedNodeName).toBeUndefined();
    expect(nodeOf(world, 'second')).toBe('n1');
    world.runFor(3000);
    expect(said(world, 'first').at(-1)).toMatch(/^7\d\d\d Found no node for Pod first: 0\/1 nodes are available/);
  });

  it('gives the room back when the Pod goes', () => {
    const world = worldWith([slow], ['n1']);
    world.client.create(podOf(first));
    world.client.create(podOf('name: second, cpu: 3'));
    world.runFor(2000);
    world.client.delete('Pod', 'default', 'first');
    world.runFor(100);
    expect(nodeOf(world, 'second')).toBe('n1');
    // A new Pod of that name is nobody the old cycle may bind.
    world.client.create(podOf('name: first'));
    world.runFor(10_000);
    expect(said(world, 'first').filter((text) => text.includes('Bound'))).toHaveLength(1);
    // A node had been found: what failed is the binding, and the Event says so as the real one does.
    expect(said(world, 'first').at(-1)).toMatch(/^5110 Could not bind Pod first to n1: running Bind plugin /);
    expect(notes(world, 'FailedScheduling')).toContainEqual(
      expect.stringMatching(/^running Bind plugin "DefaultBinder": /),
    );
  });

  it('is ended, without a deletion, when a more important Pod needs the room', () => {
    const world = worldWith([slow], ['n1']);
    world.client.create(podOf(first));
    world.runFor(2000);
    const { metadata } = world.client.create(podOf(`name: vip, cpu: 3, ${CRITICAL}`));
    world.runFor(100);
    expect(notes(world, 'Preempted')).toEqual([
      `Preempted by pod ${metadata.uid} on node n1 (in kube-scheduler memory).`,
    ]);
    expect(notes(world, 'FailedScheduling')).toContain('running PreBind plugin "Slow": preempted by DefaultPreemption');
    expect(world.get<Pod>('Pod', 'default', 'first').metadata.deletionTimestamp).toBeUndefined();
    world.runFor(2000);
    expect(nodeOf(world, 'vip')).toBe('n1');
  });

  it('goes on in a fork', () => {
    const world = worldWith([slow], ['n1']);
    world.client.create(podOf(first));
    world.client.create(podOf('name: second, cpu: 3'));
    world.runFor(3000);
    const fork = world.simulation.fork(world.simulation.step);
    world.runUntil(9000);
    fork.run({ timeMs: 9000 });
    expect(fork.trace(1, fork.step)).toEqual(world.simulation.trace(1, world.simulation.step));
  });
});

describe('Permit that waits', () => {
  it('refuses the Pod when its time is over', () => {
    const world = worldWith([gate], ['n1']);
    world.client.create(podOf('name: a, labels: {held: "1"}'));
    world.runFor(2200);
    expect(said(world, 'a')).toEqual([
      '110 Chose n1 for Pod a, which waits for Gate',
      '2110 Found no node for Pod a: 0/1 nodes are available: 1 rejected due to timeout after waiting 2s at plugin Gate.',
    ]);
    world.runFor(60_000);
    expect(said(world, 'a')).toHaveLength(2);
  });

  it('lets the Pod go on when it is allowed, and not before', () => {
    const world = worldWith([gate], ['n1']);
    world.client.create(podOf('name: a, labels: {held: "1"}'));
    world.runFor(1000);
    expect(nodeOf(world, 'a')).toBeUndefined();
    world.client.create(podOf('name: b, labels: {opens: "1"}'));
    world.runFor(100);
    expect([nodeOf(world, 'a'), nodeOf(world, 'b')]).toEqual(['n1', 'n1']);
  });

  it('tries a refused Pod again at once when something has happened meanwhile that its plugin cares about', () => {
    const world = worldWith([gate], ['n1']);
    world.client.create(podOf('name: a, labels: {held: "1"}'));
    world.runFor(1000);
    world.client.create(podOf('name: n, labels: {news: yes}'));
    world.runFor(1200);
    world.client.create(podOf('name: c, labels: {opens: "1"}'));
    world.runFor(3000);
    expect(said(world, 'a').map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      '110 Chose',
      '2110 Found',
      '2110 Chose',
      '2310 Bound',
    ]);
  });

  it('ends for a Pod that is refused by another or goes, with its room', () => {
    const world = worldWith([gate], ['n1']);
    world.client.create(podOf('name: a, cpu: 3, labels: {held: "1"}'));
    world.client.create(podOf('name: late, cpu: 3'));
    world.runFor(500);
    world.client.create(podOf('name: b, labels: {closes: "1"}'));
    world.runFor(100);
    expect(said(world, 'a').at(-1)).toBe(
      '610 Found no node for Pod a: 0/1 nodes are available: 1 the gate was closed.',
    );
    world.runFor(2000);
    expect(nodeOf(world, 'late')).toBe('n1');
    const gone = worldWith([gate], ['n1']);
    gone.client.create(podOf('name: a, cpu: 3, labels: {held: "1"}'));
    gone.client.create(podOf('name: late, cpu: 3'));
    gone.runFor(1500);
    gone.client.delete('Pod', 'default', 'a');
    gone.runFor(600);
    expect(nodeOf(gone, 'late')).toBe('n1');
  });

  it('refuses at once what it does not want, within the scheduling cycle', () => {
    const world = worldWith([gate], ['n1']);
    world.client.create(podOf('name: a, labels: {unwanted: "1"}'));
    world.runFor(100);
    expect(said(world, 'a')).toEqual(['110 Found no node for Pod a: 0/1 nodes are available: 1 not today.']);
  });
});

it('Reserve is undone, last first, when a later plugin refuses, and its data reaches PreBind', () => {
  const calls: string[] = [];
  const keeper = (name: string, refuses: boolean): Plugin =>
    definePlugin({
      name,
      reserve: ({ pod }) => {
        calls.push(`${name} reserves`);
        return refuses ? { status: unschedulable('full') } : { reserved: { for: pod.key } };
      },
      unreserve: ({ reserved }) => calls.push(`${name} gives back ${JSON.stringify(reserved)}`),
      preBindPreFlight: () => undefined,
      preBind: ({ reserved }) => {
        calls.push(`${name} prepares ${JSON.stringify(reserved)}`);
        return undefined;
      },
    });
  const world = worldWith([keeper('One', false)], ['n1']);
  world.client.create(podOf('name: a'));
  world.runFor(100);
  expect(calls.splice(0)).toEqual(['One reserves', 'One prepares {"for":"default/a"}']);
  expect(said(world, 'a')).toEqual(['110 Bound Pod a to n1: 1 of 1 nodes fit']);
  const refused = worldWith([keeper('One', false), keeper('Two', true)], ['n1']);
  refused.client.create(podOf('name: a'));
  refused.runFor(100);
  expect(calls).toEqual([
    'One reserves',
    'Two reserves',
    'Two gives back undefined',
    'One gives back {"for":"default/a"}',
  ]);
  expect(notes(refused, 'FailedScheduling')).toEqual(['0/1 nodes are available: 1 full.']);
});
