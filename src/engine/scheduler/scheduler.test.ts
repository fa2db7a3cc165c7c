import { describe, expect, it } from 'vitest';
import { addNode, place, podOf, schedulingWorld } from '../../testing/placement';
import { createWorld, type World } from '../../testing/world';
import type { Node, Pod } from '../api/types';
import type { SchedulingEvidence } from './evidence';

function nodeNameOf(world: World, name: string): string | undefined {
  return world.get<Pod>('Pod', 'default', name).spec.nodeName;
}

function messages(world: World, reason: string): string[] {
  return world
    .events()
    .filter((event) => event.reason === reason)
    .map((event) => event.message as string);
}

function attempts(world: World, name: string): number[] {
  return world
    .steps()
    .filter((step) => step.actor === 'default-scheduler' && step.object?.name === name)
    .map((step) => step.time);
}

function runningPod(world: World, text: string): void {
  const pod = world.client.create(podOf(text)) as Pod;
  world.client.updateStatus({ ...pod, status: { ...pod.status, phase: 'Running' } });
}

/** Deletes a Pod and lets it end as its kubelet would. */
function end(world: World, name: string): void {
  world.client.delete('Pod', 'default', name, { gracePeriodSeconds: 0 });
}

describe('an attempt that finds a node', () => {
  const { world, outcome, evidence } = place(['n1', 'n2 cpu=1'], [], 'name: p, cpu: 2');

  it('binds the Pod and says so', () => {
    expect(outcome).toBe('n1');
    expect(messages(world, 'Scheduled')).toEqual(['Successfully assigned default/p to n1']);
    const condition = world
      .get<Pod>('Pod', 'default', 'p')
      .status.conditions?.find((one) => one.type === 'PodScheduled');
    expect(condition).toMatchObject({ status: 'True' });
  });

  it('is one step, which keeps every verdict', () => {
    expect(attempts(world, 'p')).toHaveLength(1);
    expect(evidence).toEqual({
      type: 'scheduling',
      pod: 'default/p',
      nodes: [
        { node: 'n1', verdict: 'feasible', reasons: [], scores: {}, raw: {}, total: 0 },
        { node: 'n2', verdict: 'NodeResourcesFit', reasons: ['Insufficient cpu'], scores: {}, raw: {}, total: 0 },
      ],
      omittedNodes: 0,
      notLookedAt: 0,
      chosen: 'n1',
      weights: {},
    });
    const step = world.steps().find((one) => one.actor === 'default-scheduler');
    expect(step).toMatchObject({ verb: 'schedule', message: 'Bound Pod p to n1: 1 of 2 nodes fit' });
  });

  it('keeps the weighted scores of the nodes that fit', () => {
    const { evidence: scored } = place(['n1 !x:PreferNoSchedule', 'n2'], [], 'name: p, cpu: 1, memory: 2Gi');
    expect(scored.weights).toEqual({
      TaintToleration: 3,
      NodeResourcesFit: 1,
      NodeResourcesBalancedAllocation: 1,
      ImageLocality: 1,
    });
    expect(scored.nodes).toEqual([
      {
        node: 'n1',
        verdict: 'feasible',
        reasons: [],
        scores: { TaintToleration: 0, NodeResourcesFit: 75, NodeResourcesBalancedAllocation: 75, ImageLocality: 0 },
        raw: { TaintToleration: 1 },
        total: 150,
      },
      {
        node: 'n2',
        verdict: 'feasible',
        reasons: [],
        scores: { TaintToleration: 300, NodeResourcesFit: 75, NodeResourcesBalancedAllocation: 75, ImageLocality: 0 },
        raw: { TaintToleration: 0 },
        total: 450,
      },
    ]);
  });

  it('spreads ties over equal nodes, the same way every time', () => {
    const placements = (): (string | undefined)[] => {
      const world = schedulingWorld(['n1', 'n2', 'n3', 'n4']);
      const names = Array.from({ length: 40 }, (_, index) => `p${index}`);
      for (const name of names) world.client.create(podOf(`name: ${name}`));
      world.runFor(100);
      return names.map((name) => nodeNameOf(world, name));
    };
    const first = placements();
    expect(new Set(first)).toEqual(new Set(['n1', 'n2', 'n3', 'n4']));
    expect(placements()).toEqual(first);
  });
});

describe('an attempt that finds none', () => {
  it('names and counts the reasons', () => {
    const { world, outcome, evidence } = place(
      [
        'n1 pool=main cpu=1',
        'n2 pool=main cpu=1 memory=1Gi',
        'n3 pool=main !gpu=yes:NoSchedule',
        'n4 pool=other',
        'n5 pool=main',
      ],
      ['name: hog, nodeName: n5, cpu: 3'],
      'name: a, nodeSelector: {pool: main}, cpu: 2, memory: 3Gi',
    );
    const message =
      "0/5 nodes are available: 1 Insufficient memory, 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s), 3 Insufficient cpu. no new claims to deallocate, preemption: 0/5 nodes are available: 1 No preemption victims found for incoming pod, 4 Preemption is not helpful for scheduling.";
    expect(outcome).toBe(message);
    expect(messages(world, 'FailedScheduling')).toEqual([message]);
    expect(evidence.chosen).toBeNull();
    expect(world.get<Pod>('Pod', 'default', 'a').status.conditions).toEqual([
      {
        type: 'PodScheduled',
        observedGeneration: 1,
        status: 'False',
        lastProbeTime: null,
        lastTransitionTime: '2026-01-01T00:00:00Z',
        reason: 'Unschedulable',
        message,
      },
    ]);
  });

  it('says so of a cordoned node', () => {
    const world = schedulingWorld(['n1']);
    const node = world.get<Node>('Node', undefined, 'n1');
    world.client.update({ ...node, spec: { ...node.spec, unschedulable: true } });
    world.runFor(10);
    world.client.create(podOf('name: a'));
    world.runFor(10);
    expect(messages(world, 'FailedScheduling')[0]).toMatch(
      /^0\/1 nodes are available: 1 node\(s\) were unschedulable\. /,
    );
  });

  it('leaves the nodes aside that a DaemonSet Pod does not name', () => {
    const { outcome } = place(
      ['n1 cpu=1', 'n2'],
      ['name: hog, nodeName: n1, cpu: 800m'],
      `name: a, cpu: 500m, affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
        {matchFields: [{key: metadata.name, operator: In, values: [n1]}]}]}}}`,
    );
    expect(outcome).toBe(
      "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.",
    );
  });

  it('retries with back-off while there are no nodes at all', () => {
    const { world, outcome } = place([], [], 'name: a');
    expect(outcome).toBe('no nodes available to schedule pods');
    world.runFor(20_000);
    const [first = 0, ...later] = attempts(world, 'a');
    expect(later).toEqual([2000, 5000, 10_000, 19_000]);
    expect(first).toBeLessThan(200);
    addNode(world, 'n1');
    world.runFor(10_000);
    expect(nodeNameOf(world, 'a')).toBe('n1');
  });

  it('leaves Pods of other schedulers alone', () => {
    const { world } = place(['n1'], [], 'name: a, schedulerName: custom');
    expect(attempts(world, 'a')).toEqual([]);
    expect(world.get<Pod>('Pod', 'default', 'a').status.conditions ?? []).toEqual([]);
  });
});

describe('a waiting Pod is tried again', () => {
  it('when the taint goes that kept it away, not for other changes', () => {
    const world = schedulingWorld(['n1 !lock=on:NoSchedule', 'n2 cpu=100m']);
    world.client.create(podOf('name: a, cpu: 500m'));
    world.runFor(2000);
    expect(attempts(world, 'a')).toHaveLength(1);
    const n1 = world.get<Node>('Node', undefined, 'n1');
    world.client.update({ ...n1, metadata: { ...n1.metadata, labels: { ...n1.metadata.labels, colour: 'red' } } });
    runningPod(world, 'name: other, nodeName: n2');
    world.runFor(100);
    expect(attempts(world, 'a')).toHaveLength(1);
    const labelled = world.get<Node>('Node', undefined, 'n1');
    world.client.update({ ...labelled, spec: { ...labelled.spec, taints: [] } });
    world.runFor(100);
    expect(nodeNameOf(world, 'a')).toBe('n1');
  });

  it('and every attempt names the Pod as it was then', () => {
    const world = schedulingWorld(['n1 cpu=1']);
    world.client.create(podOf('name: a, cpu: 3'));
    world.runFor(2000);
    const waiting = world.get<Pod>('Pod', 'default', 'a').metadata.resourceVersion;
    addNode(world, 'n2');
    world.runFor(100);
    const tried = world.steps().filter((step) => step.actor === 'default-scheduler' && step.object?.name === 'a');
    expect(tried).toHaveLength(2);
    expect(tried[1]?.object?.resourceVersion).toBe(waiting);
    expect(tried[0]?.object?.resourceVersion).not.toBe(waiting);
  });

  it('when a Pod goes, in order of priority and of waiting', () => {
    const world = schedulingWorld(['n1 cpu=2']);
    runningPod(world, 'name: hog, nodeName: n1, cpu: 1500m, priorityClassName: system-node-critical');
    for (const name of ['first', 'second']) {
      world.runFor(3000);
      world.client.create(podOf(`name: ${name}, cpu: 1500m`));
    }
    world.runFor(3000);
    world.client.create(podOf('name: top, cpu: 1500m, priorityClassName: system-cluster-critical'));
    world.runFor(2000);
    for (const [gone, next] of [
      ['hog', 'top'],
      ['top', 'first'],
      ['first', 'second'],
    ] as const) {
      end(world, gone);
      world.runFor(3000);
      expect(nodeNameOf(world, next)).toBe('n1');
    }
  });

  it('when the Pod it must join appears', () => {
    const world = schedulingWorld(['n1', 'n2']);
    world.client.create(
      podOf(
        'name: web, affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: db}}, topologyKey: kubernetes.io/hostname}]}}',
      ),
    );
    world.runFor(3000);
    expect(attempts(world, 'web')).toHaveLength(1);
    world.client.create(podOf('name: db, labels: {app: db}, nodeSelector: {kubernetes.io/hostname: n2}'));
    world.runFor(100);
    expect(nodeNameOf(world, 'web')).toBe('n2');
  });

  it('when a node joins or grows', () => {
    const world = schedulingWorld(['n1 cpu=1']);
    world.client.create(podOf('name: a, cpu: 3'));
    world.client.create(podOf('name: b, cpu: 6'));
    world.runFor(2000);
    addNode(world, 'n2');
    world.runFor(100);
    expect([nodeNameOf(world, 'a'), nodeNameOf(world, 'b')]).toEqual(['n2', undefined]);
    const n1 = world.get<Node>('Node', undefined, 'n1');
    world.client.updateStatus({ ...n1, status: { ...n1.status, allocatable: { cpu: '8', memory: '8Gi', pods: '9' } } });
    world.runFor(100);
    expect(nodeNameOf(world, 'b')).toBe('n1');
  });

  it('after five minutes in any case', () => {
    const world = schedulingWorld(['n1 cpu=1']);
    world.client.create(podOf('name: a, cpu: 3'));
    world.runFor(700_000);
    expect(attempts(world, 'a').slice(1)).toEqual([330_000, 660_000]);
  });

  it('when its last scheduling gate goes, never before', () => {
    const world = schedulingWorld(['n1']);
    world.client.create(podOf('name: a, schedulingGates: [{name: wait}]'));
    world.runFor(400_000);
    expect(attempts(world, 'a')).toEqual([]);
    const pod = world.get<Pod>('Pod', 'default', 'a');
    world.client.update({ ...pod, spec: { ...pod.spec, schedulingGates: [] } });
    world.runFor(100);
    expect(nodeNameOf(world, 'a')).toBe('n1');
  });

  it.each([
    ['a claim', 'resourceClaimName: gpus'],
    ['a claim of its own', 'resourceClaimTemplateName: gpus'],
  ])('never when it asks for %s, as there are none', (_, source) => {
    const world = schedulingWorld(['n1']);
    world.client.create(podOf(`name: a, resourceClaims: [{name: gpu, ${source}}]`));
    world.runFor(400_000);
    expect(attempts(world, 'a')).toEqual([]);
    expect(world.get<Pod>('Pod', 'default', 'a').status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
  });
});

describe('a large cluster', () => {
  const names = Array.from({ length: 120 }, (_, index) => `n${index} zone=z${index % 3}`);

  it('looks at 100 feasible nodes, starting where it stopped, and lists at most 100', () => {
    const { world, evidence } = place(names, [], 'name: a');
    expect(evidence.nodes).toHaveLength(100);
    expect(evidence).toMatchObject({ omittedNodes: 0, notLookedAt: 20 });
    const said = world.steps().find((one) => one.object?.name === 'a' && one.actor === 'default-scheduler')?.message;
    expect(said).toMatch(/^Bound Pod a to n\d+: 100 of 100 nodes looked at fit \(120 in all\) and /);
    const zones = evidence.nodes.slice(0, 6).map(({ node }) => Number(node.slice(1)) % 3);
    expect(zones).toEqual([0, 1, 2, 0, 1, 2]);
    world.client.create(podOf('name: b'));
    world.runFor(50);
    const step = world.steps().findLast((one) => one.object?.name === 'b' && one.actor === 'default-scheduler');
    const next = world.simulation.detailAt(step?.step ?? 0) as SchedulingEvidence;
    const before = new Set(evidence.nodes.map(({ node }) => node));
    expect(next.nodes.slice(0, 20).every(({ node }) => !before.has(node))).toBe(true);
    expect(next.nodes.map(({ node }) => node)).toContain(next.chosen);
  });
});

describe('interruptions', () => {
  const web = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  replicas: 12
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: nginx, resources: {requests: {cpu: 900m}}}]}`;

  it('picks up what it missed while it was down', () => {
    const world = createWorld({
      nodes: 3,
      documents: web,
      // Nobody has to wait for a Lease.
      flags: { 'kube-scheduler': { 'leader-elect': 'false' } },
      inputs: [
        {
          to: 'fault',
          kind: 'fault',
          atMs: 0,
          payload: { type: 'component-down', component: 'kube-scheduler', for: 5000 },
        },
      ],
    });
    const placed = (): number => world.list<Pod>('Pod').filter((pod) => pod.spec.nodeName).length;
    world.runUntil(4900);
    expect(placed()).toBe(0);
    world.runUntil(5500);
    expect(placed()).toBe(12);
  });

  it('goes on as before where a fork begins, with the same evidence', () => {
    const vip = podOf('name: vip, cpu: 3, priorityClassName: system-cluster-critical');
    const world = createWorld({
      nodes: 3,
      documents: web,
      inputs: [{ to: 'test-user', kind: 'call', atMs: 2000, payload: { method: 'create', args: [vip] } }],
    });
    world.runFor(40_000);
    const { simulation } = world;
    expect(messages(world, 'Preempted').length).toBeGreaterThan(0);
    expect(nodeNameOf(world, 'vip')).toBeDefined();
    for (const at of [4, 20, 33, Math.floor(simulation.step / 2), simulation.step - 10]) {
      const fork = simulation.fork(at);
      fork.run({ timeMs: simulation.nowMs });
      expect(fork.step).toBe(simulation.step);
      expect(fork.trace(1, fork.step)).toEqual(simulation.trace(1, simulation.step));
      for (let step = at; step <= fork.step; step++) expect(fork.detailAt(step)).toEqual(simulation.detailAt(step));
    }
  });

  it('tries again when the API server refused the binding', () => {
    const world = schedulingWorld(['n1']);
    const down = { type: 'api-server-down', for: 1500 };
    world.client.create(podOf('name: a'));
    world.simulation.act({ to: 'fault', kind: 'fault', payload: down });
    world.runFor(500);
    expect(nodeNameOf(world, 'a')).toBeUndefined();
    world.runFor(5000);
    expect(nodeNameOf(world, 'a')).toBe('n1');
  });
});
