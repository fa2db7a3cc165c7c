/**
 * How well a Node suits a Pod: the scores of the default scheduler's plugins with their weights, written down once more from
 * their definitions. What is the same for all Nodes is left out.
 */
import { podRequests, resourceAmount } from '../../engine/api/pod-resources';
import { toleratesTaint } from '../../engine/api/taint';
import type { Node, Pod, PodAffinityTerm, TopologySpreadConstraint } from '../../engine/api/types';
import {
  isAbout,
  isCounted,
  labelOf,
  matching,
  meetsTerm,
  nodeNamed,
  podsOn,
  type Situation,
} from './placement-situation';

const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/** Constraints for Pods without any of their own, over the Pods that belong together with it. */
export function defaultConstraints(
  labelSelector: TopologySpreadConstraint['labelSelector'],
): TopologySpreadConstraint[] {
  if (!labelSelector) return [];
  return [
    { topologyKey: HOSTNAME, maxSkew: 3, whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
    { topologyKey: ZONE, maxSkew: 5, whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
  ];
}

/** To 0–100 by the largest; the largest is the worst if `reverse`. */
function byLargest(raw: readonly number[], reverse: boolean): number[] {
  const most = Math.max(0, ...raw);
  return raw.map((score) => {
    const share = most === 0 ? 0 : Math.floor((100 * score) / most);
    return reverse ? 100 - share : share;
  });
}

function byRange(raw: readonly number[]): number[] {
  const least = Math.min(...raw);
  const range = Math.max(...raw) - least;
  return raw.map((score) => (range === 0 ? 0 : Math.floor(100 * ((score - least) / range))));
}

function intolerable(pod: Pod, node: Node): number {
  const tolerations = (pod.spec.tolerations ?? []).filter(({ effect }) => !effect || effect === 'PreferNoSchedule');
  return (node.spec.taints ?? []).filter(
    (taint) => taint.effect === 'PreferNoSchedule' && !tolerations.some((one) => toleratesTaint(one, taint)),
  ).length;
}

function preference(pod: Pod, node: Node): number {
  const terms = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return terms.reduce((sum, { weight, preference: term }) => sum + (meetsTerm(node, term) ? weight : 0), 0);
}

const RESOURCES = ['cpu', 'memory'] as const;

function capacity(node: Node, name: string): number {
  const quantity = node.status?.allocatable?.[name];
  return quantity === undefined ? 0 : resourceAmount(name, quantity);
}

function freeShare(situation: Situation, node: Node): number {
  const shares = RESOURCES.filter((name) => capacity(node, name) > 0).map((name) => {
    const ask = (pod: Pod, arriving: boolean): number =>
      podRequests(pod, { nonzero: true, excludePodLevel: arriving }).get(name) ?? 0;
    const used = podsOn(situation, node).reduce((sum, other) => sum + ask(other, false), ask(situation.pod, true));
    const total = capacity(node, name);
    return used > total ? 0 : Math.floor(((total - used) * 100) / total);
  });
  return shares.length === 0 ? 0 : Math.floor(shares.reduce((sum, share) => sum + share, 0) / shares.length);
}

function balance(node: Node, used: readonly number[]): number {
  const [cpu, memory] = RESOURCES.map((name, index) => {
    const total = capacity(node, name);
    return total === 0 ? undefined : Math.min(1, (used[index] as number) / total);
  });
  if (cpu === undefined || memory === undefined) return 100;
  return Math.floor((1 - Math.abs((cpu - memory) / 2)) * 100);
}

function evenness(situation: Situation, node: Node): number {
  const wanted = RESOURCES.map((name) => podRequests(situation.pod).get(name) ?? 0);
  if (wanted.every((amount) => amount === 0)) return 0;
  const others = podsOn(situation, node).map((other) => podRequests(other));
  const used = RESOURCES.map((name) => others.reduce((sum, other) => sum + (other.get(name) ?? 0), 0));
  const after = used.map((amount, index) => amount + (wanted[index] as number));
  return 50 + Math.floor((50 + balance(node, after) - balance(node, used)) / 2);
}

const tagged = (image: string): string =>
  image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;

function imagesThere(situation: Situation, node: Node): number {
  const { containers, initContainers = [] } = situation.pod.spec;
  const has = (one: Node, name: string) => one.status?.images?.find((image) => image.names?.includes(name));
  const sum = [...containers, ...initContainers].reduce((total, container) => {
    const name = tagged(container.image ?? '');
    const spread = situation.nodes.filter((one) => has(one, name)).length / situation.nodes.length;
    return total + Math.floor((has(node, name)?.sizeBytes ?? 0) * spread);
  }, 0);
  const least = 23 * 2 ** 20;
  const most = 1000 * 2 ** 20 * (containers.length + initContainers.length);
  return Math.floor((100 * (Math.min(Math.max(sum, least), most) - least)) / (most - least));
}

interface Weighted {
  readonly term: PodAffinityTerm;
  readonly weight: number;
}

function preferred(pod: Pod, kind: 'podAffinity' | 'podAntiAffinity', sign: 1 | -1): Weighted[] {
  const terms = pod.spec.affinity?.[kind]?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return terms.map(({ weight, podAffinityTerm }) => ({ term: podAffinityTerm, weight: sign * weight }));
}

const preferences = (pod: Pod): Weighted[] => [
  ...preferred(pod, 'podAffinity', 1),
  ...preferred(pod, 'podAntiAffinity', -1),
];

function company(situation: Situation, node: Node): number {
  const { pod, placed } = situation;
  let sum = 0;
  for (const other of placed) {
    const required = other.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const mine = preferences(pod).filter(({ term }) => isAbout(situation, pod, term, other));
    const theirs = [...preferences(other), ...required.map((term) => ({ term, weight: 1 }))].filter(({ term }) =>
      isAbout(situation, other, term, pod),
    );
    for (const { term, weight } of [...mine, ...theirs]) {
      const domain = labelOf(nodeNamed(situation, other.spec.nodeName), term.topologyKey);
      if (domain !== undefined && domain === labelOf(node, term.topologyKey)) sum += weight;
    }
  }
  return sum;
}

/** Of all candidates at once, since what counts is how they differ. */
function spreading(
  situation: Situation,
  candidates: readonly Node[],
  defaults: readonly TopologySpreadConstraint[],
): number[] {
  const { pod, nodes } = situation;
  const own = pod.spec.topologySpreadConstraints ?? [];
  const constraints = own.length === 0 ? defaults : own.filter((one) => one.whenUnsatisfiable === 'ScheduleAnyway');
  if (constraints.length === 0) return candidates.map(() => 0);
  const takesPart = (node: Node): boolean =>
    own.length === 0 || constraints.every(({ topologyKey }) => labelOf(node, topologyKey) !== undefined);
  const scored = candidates.filter(takesPart);
  const raw = new Map(scored.map((node) => [node, 0]));
  for (const constraint of constraints) {
    const { topologyKey, maxSkew } = constraint;
    const domains = new Set(scored.map((node) => labelOf(node, topologyKey) ?? ''));
    const weight = Math.log((topologyKey === HOSTNAME ? scored.length : domains.size) + 2);
    for (const node of scored) {
      const domain = labelOf(node, topologyKey);
      if (domain === undefined) continue;
      const near = topologyKey === HOSTNAME ? [node] : nodes.filter((one) => labelOf(one, topologyKey) === domain);
      const counted = near.filter(
        (one) => topologyKey === HOSTNAME || (takesPart(one) && isCounted(pod, one, constraint)),
      );
      const count = counted.reduce((sum, one) => sum + matching(situation, one, constraint), 0);
      raw.set(node, (raw.get(node) ?? 0) + count * weight + maxSkew - 1);
    }
  }
  const rounded = scored.map((node) => Math.round(raw.get(node) ?? 0));
  const most = Math.max(0, ...rounded);
  const least = Math.min(...rounded);
  return candidates.map((node) => {
    const index = scored.indexOf(node);
    if (index < 0) return 0;
    return most === 0 ? 100 : Math.floor((100 * (most + least - (rounded[index] as number))) / most);
  });
}

/** Each candidate's total. `defaults`: for a Pod without constraints. */
export function totals(
  situation: Situation,
  candidates: readonly Node[],
  defaults: readonly TopologySpreadConstraint[],
): number[] {
  const { pod } = situation;
  const taints = byLargest(
    candidates.map((node) => intolerable(pod, node)),
    true,
  );
  const wishes = byLargest(
    candidates.map((node) => preference(pod, node)),
    false,
  );
  const near = byRange(candidates.map((node) => company(situation, node)));
  const spread = spreading(situation, candidates, defaults);
  return candidates.map((node, index) => {
    const at = (scores: readonly number[]): number => scores[index] as number;
    const room = freeShare(situation, node) + evenness(situation, node) + imagesThere(situation, node);
    return 3 * at(taints) + 2 * at(wishes) + 2 * at(near) + 2 * at(spread) + room;
  });
}
