import { expect, it } from 'vitest';
import { addNode, podOf } from '../../testing/placement';
import { createWorld, manifests, type World } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Node, Pod } from '../api/types';
import type { Component } from '../client/component';
import { Random } from '../kernel/random';
import { CLUSTER_VIEW } from './cluster-view';
import type { SchedulerContext } from './memory';
import { scheduler } from './scheduler';

/** The scheduler, comparing its picture with one made anew before and after everything it does. */
function checkedScheduler(): { component: Component; checks: { pictures: number; answers: number } } {
  const checks = { pictures: 0, answers: 0 };
  const check = (context: SchedulerContext): void => {
    const kept = context.derived.read(CLUSTER_VIEW);
    expect(CLUSTER_VIEW.difference?.(kept, CLUSTER_VIEW.build(context, ''))).toBeUndefined();
    checks.pictures++;
    checks.answers += kept.snapshot.counts.answers.size;
  };
  const component = {
    ...scheduler,
    handle: (context, timer) => {
      check(context);
      scheduler.handle(context, timer);
      check(context);
    },
  } satisfies typeof scheduler;
  return { component: component as unknown as Component, checks };
}

const POD_SHAPES = [
  'cpu: 100m',
  'labels: {app: web}, cpu: 200m, memory: 100Mi',
  'labels: {app: web}, ports: [{containerPort: 80, hostPort: 80}]',
  'labels: {app: db}, affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: db}}, topologyKey: kubernetes.io/hostname}]}}',
  'labels: {app: web}, affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 3, podAffinityTerm: {labelSelector: {matchLabels: {app: db}}, topologyKey: topology.kubernetes.io/zone}}]}}',
  'labels: {app: web}, topologySpreadConstraints: [{maxSkew: 2, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]',
  'cpu: 3, priorityClassName: system-cluster-critical',
];

function changeNode(world: World, random: Random): void {
  const nodes = world.list<Node>('Node');
  const node = nodes[random.below(nodes.length)];
  if (!node) return;
  const draw = random.below(4);
  if (draw === 0) {
    const labels = { ...node.metadata.labels, 'topology.kubernetes.io/zone': `z${random.below(3)}` };
    world.client.update({ ...node, metadata: { ...node.metadata, labels } });
  } else if (draw === 1) {
    const images = [{ names: [`image-${random.below(3)}`], sizeBytes: 1_000_000 * (1 + random.below(500)) }];
    world.client.updateStatus({ ...node, status: { ...node.status, images } });
  } else if (draw === 2) {
    const allocatable = { ...node.status.allocatable, cpu: String(1 + random.below(8)) };
    world.client.updateStatus({ ...node, status: { ...node.status, allocatable } });
  } else world.client.delete('Node', undefined, node.metadata.name);
}

function changePod(world: World, random: Random): void {
  const pods = world.list<Pod>('Pod');
  const pod = pods[random.below(Math.max(1, pods.length))];
  if (!pod) return;
  const draw = random.below(4);
  if (draw === 0) world.client.updateStatus({ ...pod, status: { ...pod.status, phase: 'Running' } });
  else if (draw === 1) world.client.updateStatus({ ...pod, status: { ...pod.status, phase: 'Succeeded' } });
  else if (draw === 2) world.client.delete('Pod', 'default', pod.metadata.name);
  else world.client.delete('Pod', 'default', pod.metadata.name, { gracePeriodSeconds: 0 });
}

it.each([1, 2, 3])('keeps the picture that it would make anew (seed %i)', (seed) => {
  const { component, checks } = checkedScheduler();
  const service = manifests(
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: default}\nspec: {selector: {app: web}, ports: [{port: 80}]}',
  ) as KubeObject[];
  const world = createWorld({
    nodes: [],
    documents: service,
    components: [component],
    without: ['node-lifecycle-controller', 'taint-eviction-controller', 'pod-garbage-collector-controller'],
  });
  const random = Random.split(seed, 'churn');
  let nodes = 0;
  for (let index = 0; index < 150; index++) {
    const draw = random.below(10);
    if (index < 3 || draw === 0) addNode(world, `n${nodes++} zone=z${random.below(3)}`);
    else if (draw < 6) world.client.create(podOf(`name: p${index}, ${POD_SHAPES[random.below(POD_SHAPES.length)]}`));
    else if (draw < 8) changePod(world, random);
    else if (draw < 9) changeNode(world, random);
    world.runFor(random.below(3));
  }
  expect(checks.pictures).toBeGreaterThan(100);
  expect(checks.answers).toBeGreaterThan(100);
});
