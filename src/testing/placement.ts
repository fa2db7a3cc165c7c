/** For tests of the scheduler: a cluster of given nodes and placed Pods, one Pod to place, and what became of it. */
import { parse } from 'yaml';
import type { KubeObject } from '../engine/api/meta';
import type { Pod } from '../engine/api/types';
import type { SchedulingEvidence } from '../engine/scheduler/evidence';
import { createWorld, type World } from './world';

/** What became of a Pod. */
export interface Placement {
  readonly world: World;
  /** The node, or the message of its PodScheduled condition. */
  readonly outcome: string;
  readonly evidence: SchedulingEvidence;
}

/** `n1 zone=a cpu=2 !gpu=yes:NoSchedule` → a Node; unless it says otherwise it has 4 CPUs, 8Gi and room for 110 Pods. */
export function nodeOf(text: string): KubeObject {
  const [name = '', ...words] = text.split(' ');
  const labels: Record<string, string> = { 'kubernetes.io/hostname': name };
  const taints: { key: string; value?: string; effect: string }[] = [];
  const allocatable: Record<string, string> = { cpu: '4', memory: '8Gi', pods: '110', 'ephemeral-storage': '100Gi' };
  for (const word of words) {
    const taint = /^!([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(word);
    const [key = '', value = ''] = word.split('=');
    if (taint) taints.push({ key: taint[1] ?? '', value: taint[2], effect: taint[3] ?? '' });
    else if (Object.hasOwn(allocatable, key) || key.includes('.com/')) allocatable[key] = value;
    else labels[key === 'zone' ? 'topology.kubernetes.io/zone' : key] = value;
  }
  const spec = taints.length > 0 ? { taints } : {};
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec, status: { allocatable } };
}

/** A Pod from a line of flow YAML: `{name: a, labels: {…}, cpu: 1, …spec}`; cpu and memory are the requests. */
export function podOf(text: string): KubeObject {
  const { name, labels, cpu, memory, ports, image, ...spec } = parse(`{${text}}`) as Record<string, unknown>;
  const requests = { ...(cpu ? { cpu: String(cpu) } : {}), ...(memory ? { memory } : {}) };
  const container = { name: 'app', image: image ?? 'app:v1', resources: { requests }, ...(ports ? { ports } : {}) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: name as string,
      namespace: 'default',
      ...(labels ? { labels: labels as Record<string, string> } : {}),
    },
    spec: { containers: [container], ...spec },
  };
}

/** A cluster of Nodes without kubelets, in which nobody minds that they never report. */
export function schedulingWorld(nodes: readonly string[], others: readonly KubeObject[] = []): World {
  const world = createWorld({
    nodes: [],
    documents: others,
    without: ['node-lifecycle-controller', 'taint-eviction-controller', 'pod-garbage-collector-controller'],
  });
  for (const text of nodes) addNode(world, text);
  world.runFor(100);
  return world;
}

/** Adds a Node that is ready at once: without the taint that admission gives to new ones. */
export function addNode(world: World, text: string): void {
  const node = nodeOf(text);
  const { resourceVersion, uid } = world.client.create(node).metadata;
  world.client.update({ ...node, metadata: { ...node.metadata, resourceVersion, uid } });
}

/** Places `pod` after `placed` (with nodeName, or scheduled one after the other) are there. */
export function place(
  nodes: readonly string[],
  placed: readonly string[],
  pod: string,
  others: readonly KubeObject[] = [],
): Placement {
  const world = schedulingWorld(nodes, others);
  for (const one of placed) {
    world.client.create(podOf(one));
    world.runFor(100);
  }
  world.client.create(podOf(pod));
  world.runFor(100);
  const name = podOf(pod).metadata.name;
  const now = world.get<Pod>('Pod', 'default', name);
  const condition = now.status.conditions?.find((one) => one.type === 'PodScheduled');
  const step = world.steps().findLast((one) => one.actor === 'default-scheduler' && one.object?.name === name);
  const evidence = (step && world.simulation.detailAt(step.step)) as SchedulingEvidence;
  return { world, outcome: now.spec.nodeName ?? condition?.message ?? 'not tried', evidence };
}

/** Each node's verdict: `n1 ok`, or `n2 TaintToleration`. */
export function verdicts(evidence: SchedulingEvidence): string {
  const words = evidence.nodes.map(({ node, verdict }) => `${node} ${verdict === 'feasible' ? 'ok' : verdict}`);
  return words.sort().join(', ');
}

/** One plugin's weighted scores by node. */
export function scoresOf(evidence: SchedulingEvidence, plugin: string): Record<string, number | undefined> {
  return Object.fromEntries(evidence.nodes.map(({ node, scores }) => [node, scores[plugin]]).sort());
}
