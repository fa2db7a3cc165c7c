/** What each node says to a Pod, in numbers: what is asked for, what is left, which taint, which label. */

import { isSameHostPort } from '../../engine/api/host-ports';
import { nodeAffinityHolds, requiredNodeAffinity } from '../../engine/api/node-selector';
import { isPodTerminal } from '../../engine/api/pod';
import { podRequests, resourceAmount } from '../../engine/api/pod-resources';
import { formatQuantity } from '../../engine/api/quantity';
import { findUntoleratedTaint, taintText } from '../../engine/api/taint';
import type { ContainerPort, Node, Pod, Taint } from '../../engine/api/types';
import { inNamespace, type Said, say, type World } from './said';

/** One resource of a node: thousandths of a CPU, whole units of anything else. */
export interface Room {
  readonly resource: string;
  readonly need: number;
  readonly free: number;
  readonly full: number;
}

/** A host port that it asks for and another Pod of the node has. */
export interface TakenPort {
  readonly container: number;
  readonly place: number;
  readonly port: number;
  readonly holder: Pod;
}

/** What keeps a Pod off a node. */
export interface Obstacles {
  readonly node: Node;
  readonly cordoned: boolean;
  readonly taint: Taint | undefined;
  /** Labels of the node selector that it lacks. */
  readonly labels: readonly (readonly [string, string])[];
  readonly affinity: boolean;
  /** Resources of which not enough is left. */
  readonly short: readonly Room[];
  readonly podsFull: Room | undefined;
  readonly ports: readonly TakenPort[];
}

/** An amount as people write it. */
export function amountText(resource: string, amount: number): string {
  if (resource === 'cpu') return amount % 1000 === 0 ? String(amount / 1000) : `${amount}m`;
  const format = resource === 'memory' || resource.endsWith('storage') ? 'BinarySI' : 'DecimalSI';
  return formatQuantity({ nano: BigInt(Math.round(amount)) * 1_000_000_000n, format });
}

const KEEPS_OFF = ({ effect, key }: Taint): boolean =>
  effect !== 'PreferNoSchedule' && key !== 'node.kubernetes.io/unschedulable';

function usedOn(pods: readonly Pod[]): Map<string, number> {
  const used = new Map<string, number>();
  for (const pod of pods)
    for (const [resource, amount] of podRequests(pod)) used.set(resource, (used.get(resource) ?? 0) + amount);
  return used;
}

function takenPorts({ spec }: Pod, held: readonly Pod[]): TakenPort[] {
  return spec.containers.flatMap(({ ports = [] }, container) =>
    ports.flatMap((wanted, place) => {
      const { hostPort } = wanted;
      const holder = hostPort && held.find((each) => hasPort(each, wanted));
      return holder ? [{ container, place, port: hostPort, holder }] : [];
    }),
  );
}

const hasPort = ({ spec }: Pod, wanted: ContainerPort): boolean =>
  spec.containers.some(({ ports }) => ports?.some((port) => port.hostPort && isSameHostPort(port, wanted)));

/** The obstacles on one node, whose Pods are given. */
function obstaclesOn(node: Node, pod: Pod, held: readonly Pod[]): Obstacles {
  const { allocatable = {} } = node.status ?? {};
  const used = usedOn(held);
  const short: Room[] = [];
  for (const [resource, need] of podRequests(pod)) {
    const full = resourceAmount(resource, allocatable[resource] ?? '0');
    const free = Math.max(0, full - (used.get(resource) ?? 0));
    if (need > free) short.push({ resource, need, free, full });
  }
  const most = Number(allocatable.pods ?? 0);
  const wanted = Object.entries(pod.spec.nodeSelector ?? {});
  const labels = wanted.filter(([key, value]) => node.metadata.labels?.[key] !== value);
  return {
    node,
    cordoned: node.spec?.unschedulable === true,
    taint: findUntoleratedTaint(node.spec?.taints, pod.spec.tolerations, KEEPS_OFF),
    labels,
    affinity: labels.length === 0 && !nodeAffinityHolds(requiredNodeAffinity(pod.spec), node),
    short,
    podsFull: held.length >= most ? { resource: 'pods', need: 1, free: 0, full: most } : undefined,
    ports: takenPorts(pod, held),
  };
}

/** See the header. By node, in the order of their names. */
export function obstaclesOf(world: World, pod: Pod): readonly Obstacles[] {
  const held = new Map<string, Pod[]>();
  for (const each of world.list<Pod>('Pod')) {
    const { nodeName } = each.spec;
    if (!nodeName || isPodTerminal(each)) continue;
    const pods = held.get(nodeName);
    if (pods) pods.push(each);
    else held.set(nodeName, [each]);
  }
  return world.list<Node>('Node').map((node) => obstaclesOn(node, pod, held.get(node.metadata.name) ?? []));
}

/** The obstacles in words; none where the Pod would fit. */
export function reasonsOf({ cordoned, taint, labels, affinity, short, podsFull, ports }: Obstacles): Said[] {
  return [
    ...(cordoned ? [say('verdict.cordoned')] : []),
    ...(taint ? [say('verdict.taint', { taint: taintText(taint) })] : []),
    ...(labels.length > 0 ? [say('verdict.labels', { labels: labels.map((pair) => pair.join('=')).join(', ') })] : []),
    ...(affinity ? [say('verdict.affinity')] : []),
    ...short.map(({ resource, need, free, full }) => {
      const [needText, freeText, fullText] = [need, free, full].map((amount) => amountText(resource, amount));
      return say('verdict.room', { resource, need: needText!, free: freeText!, full: fullText! });
    }),
    ...(podsFull ? [say('verdict.pods', { full: podsFull.full })] : []),
    ...ports.map(({ port, holder: { metadata } }) =>
      say('verdict.port', {
        port,
        pod: `${inNamespace(metadata.namespace) && `${metadata.namespace}/`}${metadata.name}`,
      }),
    ),
  ];
}
