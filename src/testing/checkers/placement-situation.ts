/**
 * What a Pod met when it was placed, and which Nodes could take it: the rules of the default scheduler's filters written down
 * once more, as plainly as they read in the documentation, one Node after the other and without anything kept.
 */
import { podRequests, resourceAmount } from '../../engine/api/pod-resources';
import { matchesLabelSelector } from '../../engine/api/selector';
import { toleratesTaint } from '../../engine/api/taint';
import type { Node, NodeSelectorTerm, Pod, PodAffinityTerm, TopologySpreadConstraint } from '../../engine/api/types';

/** A Pod and the cluster around it. */
export interface Situation {
  readonly pod: Pod;
  readonly nodes: readonly Node[];
  /** All Pods that are on a Node and not finished. */
  readonly placed: readonly Pod[];
  namespaceLabels(name: string): Record<string, string> | undefined;
}

type Labels = Readonly<Record<string, string>>;

export const labelsOf = (object: { metadata: { labels?: Record<string, string> } }): Labels =>
  object.metadata.labels ?? {};

export const labelOf = (node: Node | undefined, key: string): string | undefined =>
  node && Object.hasOwn(labelsOf(node), key) ? labelsOf(node)[key] : undefined;

export const nodeNamed = ({ nodes }: Situation, name: string | undefined): Node | undefined =>
  nodes.find((node) => node.metadata.name === name);

export const podsOn = ({ placed }: Situation, node: Node): Pod[] =>
  placed.filter((pod) => pod.spec.nodeName === node.metadata.name);

/** Whether every taint with one of these effects is tolerated. */
export function toleratesAll(pod: Pod, node: Node, effects: readonly string[]): boolean {
  const taints = (node.spec.taints ?? []).filter((taint) => effects.includes(taint.effect));
  return taints.every((taint) => (pod.spec.tolerations ?? []).some((toleration) => toleratesTaint(toleration, taint)));
}

function meets(value: string | undefined, operator: string, values: readonly string[]): boolean {
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  if (operator === 'NotIn') return value === undefined || !values.includes(value);
  if (value === undefined) return false;
  if (operator === 'In') return values.includes(value);
  return operator === 'Gt' ? Number(value) > Number(values[0]) : Number(value) < Number(values[0]);
}

export function meetsTerm(node: Node, { matchExpressions = [], matchFields = [] }: NodeSelectorTerm): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  return (
    matchExpressions.every(({ key, operator, values = [] }) => meets(labelOf(node, key), operator, values)) &&
    matchFields.every(({ operator, values = [] }) => meets(node.metadata.name, operator, values))
  );
}

/** What nodeSelector and required node affinity say. */
export function isWantedNode(pod: Pod, node: Node): boolean {
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const selected = Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => labelOf(node, key) === value);
  return selected && (terms === undefined || terms.some((term) => meetsTerm(node, term)));
}

/** Whether a term of `owner` is about `other`. */
export function isAbout(situation: Situation, owner: Pod, term: PodAffinityTerm, other: Pod): boolean {
  const { namespaces = [], namespaceSelector, labelSelector } = term;
  const namespace = other.metadata.namespace ?? '';
  const inNamespace =
    namespaces.length === 0 && !namespaceSelector
      ? namespace === owner.metadata.namespace
      : namespaces.includes(namespace) ||
        matchesLabelSelector(namespaceSelector, situation.namespaceLabels(namespace) ?? {});
  return inNamespace && matchesLabelSelector(labelSelector, labelsOf(other));
}

const required = (pod: Pod, kind: 'podAffinity' | 'podAntiAffinity'): readonly PodAffinityTerm[] =>
  pod.spec.affinity?.[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];

/** Whether a Pod is in the Node's domain of this topology. */
function isNear(situation: Situation, other: Pod, node: Node, topologyKey: string): boolean {
  const domain = labelOf(node, topologyKey);
  return domain !== undefined && labelOf(nodeNamed(situation, other.spec.nodeName), topologyKey) === domain;
}

function joinsItsPods(situation: Situation, node: Node): boolean {
  const { pod, placed } = situation;
  const terms = required(pod, 'podAffinity');
  if (terms.length === 0) return true;
  if (terms.some(({ topologyKey }) => labelOf(node, topologyKey) === undefined)) return false;
  const peers = placed.filter((other) => terms.every((term) => isAbout(situation, pod, term, other)));
  const anywhere = peers.filter((other) =>
    terms.some(({ topologyKey }) => labelOf(nodeNamed(situation, other.spec.nodeName), topologyKey) !== undefined),
  );
  if (anywhere.length === 0) return terms.every((term) => isAbout(situation, pod, term, pod));
  return terms.every(({ topologyKey }) => peers.some((other) => isNear(situation, other, node, topologyKey)));
}

function avoidsAndIsAvoided(situation: Situation, node: Node): boolean {
  const { pod, placed } = situation;
  return placed.every(
    (other) =>
      !required(pod, 'podAntiAffinity').some(
        (term) => isAbout(situation, pod, term, other) && isNear(situation, other, node, term.topologyKey),
      ) &&
      !required(other, 'podAntiAffinity').some(
        (term) => isAbout(situation, other, term, pod) && isNear(situation, other, node, term.topologyKey),
      ),
  );
}

/** The constraint's selector with what matchLabelKeys adds. */
export function selectorOf(pod: Pod, { labelSelector, matchLabelKeys = [] }: TopologySpreadConstraint) {
  if (!labelSelector) return undefined;
  const own = matchLabelKeys.filter((key) => Object.hasOwn(labelsOf(pod), key));
  const more = Object.fromEntries(own.map((key) => [key, labelsOf(pod)[key] as string]));
  return { ...labelSelector, matchLabels: { ...more, ...labelSelector.matchLabels } };
}

/** Whether the Pods of a Node count for a constraint at all. */
export function isCounted(pod: Pod, node: Node, constraint: TopologySpreadConstraint): boolean {
  const { nodeAffinityPolicy = 'Honor', nodeTaintsPolicy = 'Ignore' } = constraint;
  if (nodeAffinityPolicy === 'Honor' && !isWantedNode(pod, node)) return false;
  return nodeTaintsPolicy !== 'Honor' || toleratesAll(pod, node, ['NoSchedule', 'NoExecute']);
}

/** How many Pods of a Node match a constraint of a Pod; those that are going do not. */
export function matching(situation: Situation, node: Node, constraint: TopologySpreadConstraint): number {
  const { pod } = situation;
  const selector = selectorOf(pod, constraint);
  const isEmpty = !selector?.matchExpressions?.length && Object.keys(selector?.matchLabels ?? {}).length === 0;
  if (!selector || isEmpty) return 0;
  return podsOn(situation, node).filter(
    ({ metadata }) =>
      metadata.namespace === pod.metadata.namespace &&
      metadata.deletionTimestamp === undefined &&
      matchesLabelSelector(selector, metadata.labels),
  ).length;
}

function keepsSkew(situation: Situation, node: Node): boolean {
  const { pod, nodes } = situation;
  const all = pod.spec.topologySpreadConstraints ?? [];
  const constraints = all.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule');
  const complete = nodes.filter((one) =>
    constraints.every(({ topologyKey }) => labelOf(one, topologyKey) !== undefined),
  );
  return constraints.every((constraint) => {
    const domain = labelOf(node, constraint.topologyKey);
    if (domain === undefined) return false;
    const domains = new Map<string, number>();
    for (const one of complete) {
      if (!isCounted(pod, one, constraint)) continue;
      const name = labelOf(one, constraint.topologyKey) as string;
      domains.set(name, (domains.get(name) ?? 0) + matching(situation, one, constraint));
    }
    const fewest = domains.size < (constraint.minDomains ?? 1) ? 0 : Math.min(...domains.values());
    const own = matchesLabelSelector(selectorOf(pod, constraint), labelsOf(pod)) ? 1 : 0;
    return (domains.get(domain) ?? 0) + own - fewest <= constraint.maxSkew;
  });
}

function hasRoom(situation: Situation, node: Node): boolean {
  const allocatable = node.status?.allocatable ?? {};
  const capacity = (name: string): number => (allocatable[name] ? resourceAmount(name, allocatable[name]) : 0);
  const others = podsOn(situation, node);
  if (others.length + 1 > capacity('pods')) return false;
  for (const [name, wanted] of podRequests(situation.pod)) {
    const used = others.reduce((sum, other) => sum + (podRequests(other).get(name) ?? 0), 0);
    if (wanted > 0 && used + wanted > capacity(name)) return false;
  }
  return true;
}

interface HostPort {
  readonly hostIP: string;
  readonly protocol: string;
  readonly hostPort: number;
}

function hostPortsOf({ spec }: Pod): HostPort[] {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...spec.containers, ...sidecars].flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostIP = '0.0.0.0', protocol = 'TCP', hostPort }) =>
      hostPort ? [{ hostIP: hostIP || '0.0.0.0', protocol, hostPort }] : [],
    ),
  );
}

function clash(one: HostPort, other: HostPort): boolean {
  const sameAddress = one.hostIP === other.hostIP || one.hostIP === '0.0.0.0' || other.hostIP === '0.0.0.0';
  return sameAddress && one.protocol === other.protocol && one.hostPort === other.hostPort;
}

function portsAreFree(situation: Situation, node: Node): boolean {
  const wanted = hostPortsOf(situation.pod);
  const taken = podsOn(situation, node).flatMap(hostPortsOf);
  return !wanted.some((one) => taken.some((other) => clash(one, other)));
}

/** Why a Node can't take the Pod; undefined when it can. */
export function obstacle(situation: Situation, node: Node): string | undefined {
  const { pod } = situation;
  if (node.spec.unschedulable && !toleratesCordon(pod)) return 'is cordoned';
  if (!toleratesAll(pod, node, ['NoSchedule', 'NoExecute'])) return 'has a taint it does not tolerate';
  if (!isWantedNode(pod, node)) return 'is none it asks for';
  if (!hasRoom(situation, node)) return 'has no room';
  if (!portsAreFree(situation, node)) return 'has no free host port for it';
  if (!keepsSkew(situation, node)) return 'breaks its spread constraints';
  if (!joinsItsPods(situation, node)) return 'is not near the Pods it must join';
  return avoidsAndIsAvoided(situation, node) ? undefined : 'is near Pods it must avoid, or that avoid it';
}

function toleratesCordon(pod: Pod): boolean {
  const cordon = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' as const };
  return (pod.spec.tolerations ?? []).some((toleration) => toleratesTaint(toleration, cordon));
}
