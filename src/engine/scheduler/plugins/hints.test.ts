/** Which changes bring a rejected Pod back at once, and which leave it waiting, as Kubernetes 1.36 has them. */
import { describe, expect, it } from 'vitest';
import { addNode, podOf, schedulingWorld } from '../../../testing/placement';
import { manifests, type World } from '../../../testing/world';
import type { Node, Pod } from '../../api/types';

/** How often the scheduler has tried a Pod. */
function attempts(world: World, name: string): number {
  return world.steps().filter((step) => step.actor === 'default-scheduler' && step.object?.name === name).length;
}

interface Case {
  readonly nodes: readonly string[];
  readonly placed?: readonly string[];
  readonly others?: string;
  /** Waits in vain until the change. */
  readonly pod: string;
  change(world: World): void;
  readonly retried: boolean;
}

function relabelNode(world: World, name: string, labels: Record<string, string>): void {
  const node = world.get<Node>('Node', undefined, name);
  world.client.update({ ...node, metadata: { ...node.metadata, labels: { ...node.metadata.labels, ...labels } } });
}

function relabelPod(world: World, name: string, labels: Record<string, string>): void {
  const pod = world.get<Pod>('Pod', 'default', name);
  world.client.update({ ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, ...labels } } });
}

const end = (world: World, name: string): unknown =>
  world.client.delete('Pod', 'default', name, { gracePeriodSeconds: 0 });

const joins = (term: string, labels = 'app: p'): string =>
  `name: p, labels: {${labels}}, affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: db}}, topologyKey: topology.kubernetes.io/zone, ${term}}]}}`;
const avoids = (selector: string): string =>
  `name: p, affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [${selector}]}}`;
const term = (app: string): string =>
  `{labelSelector: {matchLabels: {app: ${app}}}, topologyKey: kubernetes.io/hostname}`;
const spread = (more = ''): string =>
  `name: p, labels: {app: web}, topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}${more}}]`;

const CASES: Readonly<Record<string, Case>> = {
  'affinity: a Pod to join comes': {
    nodes: ['n1 zone=a'],
    pod: joins(''),
    change: (world) => world.client.create(podOf('name: db, labels: {app: db}, nodeName: n1')),
    retried: true,
  },
  'affinity: a Pod to join comes to a namespace that only a namespaceSelector names': {
    nodes: ['n1 zone=a'],
    others: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: data, labels: {team: x}}',
    pod: joins('namespaceSelector: {matchLabels: {team: x}}'),
    change: (world) => {
      const pod = podOf('name: db, labels: {app: db}, nodeName: n1');
      world.client.create({ ...pod, metadata: { ...pod.metadata, namespace: 'data' } });
    },
    retried: false,
  },
  'affinity: a Pod to join comes to a namespace that is named': {
    nodes: ['n1 zone=a'],
    others: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: data, labels: {team: x}}',
    pod: joins('namespaces: [data]'),
    change: (world) => {
      const pod = podOf('name: db, labels: {app: db}, nodeName: n1');
      world.client.create({ ...pod, metadata: { ...pod.metadata, namespace: 'data' } });
    },
    retried: true,
  },
  'affinity: the Pod to join goes, and leaves room that was lacking': {
    nodes: ['n1 zone=a cpu=1', 'n2 zone=b'],
    placed: ['name: first, labels: {app: db}, nodeName: n1'],
    pod: `${joins('', 'app: db')}, cpu: 3`,
    change: (world) => end(world, 'first'),
    retried: true,
  },
  'affinity alone: the Pod to join goes': {
    nodes: ['n1 zone=a !x:NoSchedule', 'n2 zone=b'],
    placed: ['name: first, labels: {app: db}, nodeName: n1'],
    pod: joins('', 'app: db'),
    change: (world) => end(world, 'first'),
    retried: false,
  },
  // A node that joins loses its first taint, and whoever hears of new nodes hears of that.
  'affinity: a node without the topology key joins': {
    nodes: ['n1 zone=a'],
    pod: joins(''),
    change: (world) => addNode(world, 'n2'),
    retried: true,
  },
  'resources: a node is tainted': {
    nodes: ['n1 cpu=1'],
    pod: 'name: p, cpu: 3',
    change: (world) => {
      const node = world.get<Node>('Node', undefined, 'n1');
      world.client.update({ ...node, spec: { ...node.spec, taints: [{ key: 'x', effect: 'NoSchedule' }] } });
    },
    retried: true,
  },
  'affinity: a node loses nothing but gains another label': {
    nodes: ['n1 zone=a'],
    pod: joins(''),
    change: (world) => relabelNode(world, 'n1', { colour: 'red' }),
    retried: false,
  },
  'affinity: a node changes its domain': {
    nodes: ['n1 zone=a'],
    pod: joins(''),
    change: (world) => relabelNode(world, 'n1', { 'topology.kubernetes.io/zone': 'b' }),
    retried: true,
  },
  'anti-affinity: one of two hated Pods goes, which only one term is about': {
    nodes: ['n1'],
    placed: ['name: a, labels: {app: a}, nodeName: n1', 'name: b, labels: {app: b}, nodeName: n1'],
    pod: avoids(`${term('a')}, ${term('b')}`),
    change: (world) => end(world, 'a'),
    retried: false,
  },
  'anti-affinity: the hated Pod goes': {
    nodes: ['n1'],
    placed: ['name: a, labels: {app: a}, nodeName: n1'],
    pod: avoids(term('a')),
    change: (world) => end(world, 'a'),
    retried: true,
  },
  'anti-affinity of a placed Pod: it goes': {
    nodes: ['n1'],
    placed: [`${avoids(term('p')).replace('name: p', 'name: a')}, nodeName: n1`],
    pod: 'name: p, labels: {app: p}',
    change: (world) => end(world, 'a'),
    retried: true,
  },
  'anti-affinity of a placed Pod: a node joins': {
    nodes: ['n1'],
    placed: [`${avoids(term('p')).replace('name: p', 'name: a')}, nodeName: n1`],
    pod: 'name: p, labels: {app: p}',
    change: (world) => addNode(world, 'n2'),
    retried: true,
  },
  'spreading: its own labels change what it counts as': {
    nodes: ['n1', 'n2 !x:NoSchedule'],
    placed: ['name: w, labels: {app: web}, nodeName: n1'],
    pod: spread(),
    change: (world) => relabelPod(world, 'p', { app: 'other' }),
    retried: true,
  },
  'spreading: its own labels change, but not what counts': {
    nodes: ['n1', 'n2 !x:NoSchedule'],
    placed: ['name: w, labels: {app: web}, nodeName: n1'],
    pod: spread(),
    change: (world) => relabelPod(world, 'p', { colour: 'red' }),
    retried: false,
  },
  'spreading: a node gets a label that is no topology key': {
    nodes: ['n1', 'n2 !x:NoSchedule'],
    placed: ['name: w, labels: {app: web}, nodeName: n1'],
    pod: spread(),
    change: (world) => relabelNode(world, 'n1', { colour: 'red' }),
    retried: false,
  },
  'host ports: an init container that has run never held one': {
    nodes: ['n1'],
    placed: [
      'name: a, nodeName: n1, ports: [{containerPort: 1, hostPort: 80}]',
      'name: b, nodeName: n1, initContainers: [{name: i, image: i, ports: [{containerPort: 1, hostPort: 80}]}]',
    ],
    pod: 'name: p, ports: [{containerPort: 1, hostPort: 80}]',
    change: (world) => end(world, 'b'),
    retried: false,
  },
};

describe('after a change', () => {
  it.each(Object.entries(CASES))('%s', (_name, { nodes, placed = [], others, pod, change, retried }) => {
    const world = schedulingWorld(nodes, others ? manifests(others) : []);
    for (const one of placed) world.client.create(podOf(one));
    world.runFor(100);
    world.client.create(podOf(pod));
    world.runFor(3000);
    expect(attempts(world, 'p')).toBe(1);
    change(world);
    world.runFor(1000);
    expect(attempts(world, 'p')).toBe(retried ? 2 : 1);
  });

  it('what a hint misses waits for the flush: five minutes, then the next beat of 30 s', () => {
    const world = schedulingWorld(['n1 zone=a !x:NoSchedule', 'n2 zone=b']);
    world.client.create(podOf('name: first, labels: {app: db}, nodeName: n1'));
    world.client.create(podOf(joins('', 'app: db')));
    world.runFor(3000);
    end(world, 'first');
    world.runUntil(329_999);
    expect(world.get<Pod>('Pod', 'default', 'p').spec.nodeName).toBeUndefined();
    world.runUntil(330_100);
    expect(world.get<Pod>('Pod', 'default', 'p').spec.nodeName).toBe('n2');
  });
});
