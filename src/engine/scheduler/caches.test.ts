/**
 * What the scheduler keeps to be faster must never show: a run in which it forgets all of that at every turn is the same,
 * byte for byte, as one in which it keeps it, and so is a fork from any point.
 */
import { describe, expect, it } from 'vitest';
import { addNode, podOf } from '../../testing/placement';
import { createWorld, manifests, type World } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Node, Pod } from '../api/types';
import type { Component } from '../client/component';
import type { DerivedCaches } from '../client/derived';
import { Random } from '../kernel/random';
import type { Simulation } from '../simulation';
import type { SchedulerContext } from './memory';
import { scheduler } from './scheduler';

/** The scheduler without anything kept from one call to the next. */
function forgetfulScheduler(): Component {
  const forget = (context: SchedulerContext): void => (context.derived as unknown as DerivedCaches).clear();
  const forgetful: typeof scheduler = {
    ...scheduler,
    watches: scheduler.watches.map((watch) => ({
      ...watch,
      on: (context, event) => {
        forget(context);
        watch.on(context, event);
      },
    })),
    handle: (context, timer) => {
      forget(context);
      scheduler.handle(context, timer);
    },
  };
  return forgetful as unknown as Component;
}

const near = (kind: string, rule: string, app: string): string =>
  `affinity: {${kind}: {${rule}: [{labelSelector: {matchLabels: {app: ${app}}}, topologyKey: kubernetes.io/hostname}]}}`;

const SHAPES = [
  'cpu: 300m',
  'labels: {app: web}, cpu: 500m, memory: 1Gi',
  'labels: {app: web}, cpu: 2, priorityClassName: high',
  'labels: {app: vip}, cpu: 3, priorityClassName: system-cluster-critical',
  `labels: {app: db}, cpu: 200m, ${near('podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'db')}`,
  `labels: {app: side}, cpu: 200m, ${near('podAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'db')}`,
  'labels: {app: web}, cpu: 400m, topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]',
  'labels: {app: gated}, cpu: 1, schedulingGates: [{name: later}]',
  'labels: {app: port}, ports: [{containerPort: 80, hostPort: 80}]',
  'labels: {app: big}, cpu: 9',
];

const DOCUMENTS = `
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: default}, spec: {selector: {app: web}, ports: [{port: 80}]}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web, namespace: default}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: back, namespace: default}
spec:
  replicas: 5
  selector: {matchLabels: {app: back}}
  template: {metadata: {labels: {app: back}}, spec: {containers: [{name: c, image: nginx, resources: {requests: {cpu: 300m}}}]}}`;

function pick<T>(random: Random, from: readonly T[]): T | undefined {
  return from[random.below(Math.max(1, from.length))];
}

function changeNode(world: World, random: Random): void {
  const node = pick(random, world.list<Node>('Node'));
  if (!node) return;
  const { metadata, spec } = node;
  const labels = { ...metadata.labels, 'topology.kubernetes.io/zone': `z${random.below(3)}` };
  const draw = random.below(3);
  if (draw === 0) world.client.update({ ...node, metadata: { ...metadata, labels } });
  else if (draw === 1) world.client.update({ ...node, spec: { ...spec, unschedulable: spec.unschedulable !== true } });
  else
    world.client.update({
      ...node,
      spec: { ...spec, taints: spec.taints?.length ? [] : [{ key: 'x', effect: 'NoSchedule' }] },
    });
}

function changePod(world: World, random: Random): void {
  const pod = pick(random, world.list<Pod>('Pod', 'default'));
  if (!pod) return;
  const draw = random.below(3);
  if (draw === 0) world.client.delete('Pod', 'default', pod.metadata.name);
  else if (draw === 1)
    world.client.update({ ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, app: 'web' } } });
  else world.client.update({ ...pod, spec: { ...pod.spec, schedulingGates: [] } });
}

/** People at work; the same for worlds that are the same. */
function churn(world: World, seed: number): void {
  const random = Random.split(seed, 'churn');
  for (let index = 0; index < 90; index++) {
    const draw = random.below(12);
    if (draw < 6) world.client.create(podOf(`name: p${index}, ${pick(random, SHAPES)}`));
    else if (draw < 9) changePod(world, random);
    else if (draw < 11) changeNode(world, random);
    else addNode(world, `extra-${index} zone=z${random.below(3)} cpu=2`);
    world.runFor(random.below(2) ? random.below(30) : random.below(1500));
  }
  world.runFor(20_000);
}

function newWorld(seed: number, options: Parameters<typeof createWorld>[0]): World {
  const documents = manifests(DOCUMENTS) as KubeObject[];
  // What Nodes without kubelets would suffer is not of interest here.
  const without = ['node-lifecycle-controller', 'taint-eviction-controller', 'pod-garbage-collector-controller'];
  return createWorld({ seed, nodes: 3, documents, without, ...options });
}

/** All that a run has come to: every step with its evidence, and every object, a line each. */
function outcome(simulation: Simulation): string[] {
  const steps = simulation.trace(1, simulation.step).map((step) => [step, simulation.detailAt(step.step)]);
  const objects = simulation.kinds().flatMap((kind) => simulation.objectsAt(simulation.step, kind));
  return [...steps, ...objects].map((line) => JSON.stringify(line));
}

function expectSame(one: World, other: World): void {
  const lines = outcome(one.simulation);
  const others = outcome(other.simulation);
  const first = lines.findIndex((line, index) => line !== others[index]);
  expect(others[first]).toBe(lines[first]);
  expect(others).toHaveLength(lines.length);
}

describe.each([1, 2])('seed %i', (seed) => {
  it('forgetting everything at every turn changes nothing', () => {
    // In the same place among the components, or steps of one millisecond would come in another order.
    const kept = newWorld(seed, { derivedTrial: 'none', components: [scheduler as unknown as Component] });
    churn(kept, seed);
    const dropped = newWorld(seed, { derivedTrial: 'drop', components: [forgetfulScheduler()] });
    churn(dropped, seed);
    expectSame(kept, dropped);
    const reasons = new Set(kept.events().map(({ reason }) => reason));
    expect([...reasons]).toEqual(expect.arrayContaining(['Preempted', 'FailedScheduling', 'Scheduled']));
  });

  it('what is kept is what would be made anew, after each delivery', () => {
    expect(() => churn(newWorld(seed, { derivedTrial: 'verify' }), seed)).not.toThrow();
  });

  it('a fork from anywhere, also just after a checkpoint, is the run it comes from', () => {
    const world = newWorld(seed, { derivedTrial: 'none', stepsPerCheckpoint: 7 });
    churn(world, seed);
    const { simulation } = world;
    for (const at of [20, 41, 90, Math.floor(simulation.step / 2), simulation.step - 5]) {
      const fork = simulation.fork(at);
      expect(fork.step).toBe(at);
      expect(fork.trace(1, at)).toEqual(simulation.trace(1, at));
      expect(fork.detailAt(at)).toEqual(simulation.detailAt(at));
    }
  });
});
