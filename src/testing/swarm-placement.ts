/** Who goes first in the swarm's clusters, and where its Pods may run: priorities, affinity, topology spread. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { once, pick } from './swarm-draws';

/** The zones of the swarm's Nodes. */
export const ZONES = ['zone-a', 'zone-b', 'zone-c'];

const HOST = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/** PriorityClasses that push aside, that wait their turn, and that give way. */
export const PRIORITY_CLASSES: readonly KubeObject[] = [
  { name: 'high', value: 1000 },
  { name: 'polite', value: 500, preemptionPolicy: 'Never' },
  { name: 'low', value: -10 },
].map(({ name, ...rest }) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  ...rest,
}));

/** One of the classes, for a part of the Pods. */
export const drawPriority = (random: Random): object =>
  once(random, 3) ? {} : { priorityClassName: pick(random, PRIORITY_CLASSES).metadata.name };

/** A workload that others may want to be near. */
export interface Peer {
  readonly name: string;
  /** Whether it has Pods when all is well: who must join it can't run without. */
  readonly hasPods: boolean;
}

/** What is said of the places of a workload's Pods, and how many Pods it may have so that all of them find one. */
export interface Placement {
  readonly spec: object;
  readonly most: number;
  /** So many where no two of them fit one Node: a zone may have a single one. */
  readonly mostApart?: number;
}

const term = (random: Random, app: string, topologyKey: string): object => ({
  topologyKey,
  labelSelector: { matchLabels: { app } },
  // Names are unique among the namespaces, so that this changes nothing for the Pods' own.
  ...(once(random, 3) ? { namespaceSelector: {} } : {}),
});

const preferred = (random: Random, app: string): object[] => [
  { weight: 1 + random.below(100), podAffinityTerm: term(random, app, pick(random, [HOST, ZONE])) },
];

function drawSpread(random: Random, app: string): object {
  const isHard = once(random, 2);
  return {
    // One Node of each zone always takes more in the end; a single Node may be full.
    topologyKey: isHard ? ZONE : pick(random, [HOST, ZONE]),
    whenUnsatisfiable: isHard ? 'DoNotSchedule' : 'ScheduleAnyway',
    maxSkew: 1 + random.below(2),
    labelSelector: { matchLabels: { app } },
    ...(isHard && once(random, 3) ? { minDomains: 1 + random.below(3) } : {}),
    ...(once(random, 3) ? { matchLabelKeys: ['pod-template-hash'] } : {}),
    ...(once(random, 3) ? { nodeTaintsPolicy: 'Honor' } : {}),
  };
}

/** Where the Pods of a workload may and would like to run. What is hard can be met by the three Nodes that come in the end. */
export function drawPlacement(random: Random, app: string, peers: readonly Peer[]): Placement {
  const others = peers.filter(({ hasPods }) => hasPods);
  const joined = others.length > 0 && once(random, 2) ? pick(random, others).name : app;
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const liked = 'preferredDuringSchedulingIgnoredDuringExecution';
  return pick<() => Placement>(random, [
    () => ({ spec: {}, most: 7 }),
    () => ({ spec: {}, most: 7 }),
    () => ({ spec: { affinity: { podAntiAffinity: { [liked]: preferred(random, app) } } }, most: 7 }),
    () => ({ spec: { affinity: { podAffinity: { [liked]: preferred(random, joined) } } }, most: 7 }),
    () => ({
      spec: { affinity: { podAntiAffinity: { [required]: [term(random, app, pick(random, [HOST, ZONE]))] } } },
      most: 2,
    }),
    () => ({
      spec: { affinity: { podAffinity: { [required]: [term(random, joined, ZONE)] } } },
      most: 7,
      mostApart: 1,
    }),
    () => ({ spec: { topologySpreadConstraints: [drawSpread(random, app)] }, most: 7 }),
    () => ({ spec: { topologySpreadConstraints: [drawSpread(random, app)] }, most: 7 }),
    () => ({ spec: { nodeSelector: { [ZONE]: pick(random, ZONES) } }, most: 7, mostApart: 1 }),
  ])();
}
