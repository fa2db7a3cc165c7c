/**
 * Gives each Node that has none a block of Pod addresses and the annotation of how long its kubelet may keep ConfigMaps and Secrets.
 * Follows pkg/controller/nodeipam/ipam/range_allocator.go (blocks in turn, so that one that is free again is not given at once) and
 * pkg/controller/ttl/ttl_controller.go. The scenario's nodes bring both with them (kubelet/node-places.ts), so only Nodes that people
 * make are written, and what the annotation says is not changed when the cluster grows.
 */
import type { Node } from '../../api/types';
import type { Component, Context } from '../../client/component';
import { type ControllerMemory, defineController, type Result } from '../../client/controller';

/** Its memory: how many blocks have been given so far. */
interface IpamMemory extends ControllerMemory {
  given: number;
}

const TTL = 'node.alpha.kubernetes.io/ttl';

/** From how many Nodes on which time holds, in seconds. */
const TTL_SECONDS: readonly (readonly [nodes: number, seconds: number])[] = [
  [2000, 300],
  [1000, 60],
  [500, 30],
  [100, 15],
];

/** The value of the annotation in a cluster of so many Nodes. */
export function timeToLive(nodes: number): string {
  return String(TTL_SECONDS.find(([from]) => nodes > from)?.[1] ?? 0);
}

/** The block after so many others: 10.244.0.0/24, 10.244.1.0/24 … */
export function blockAfter(given: number): string {
  return `10.${244 + Math.floor(given / 256)}.${given % 256}.0/24`;
}

/** The numbers of the blocks that a Node's range takes. */
function numbersOf({ spec }: Node): number[] {
  const [, second, third, bits] = /^10\.(\d+)\.(\d+)\.0\/(\d+)$/.exec(spec.podCIDR ?? '') ?? [];
  if (bits === undefined) return [];
  const first = (Number(second) - 244) * 256 + Number(third);
  return Array.from({ length: 2 ** Math.max(0, 24 - Number(bits)) }, (_, index) => first + index);
}

const isComplete = (node: Node): boolean =>
  (node.spec.podCIDRs?.length ?? 0) > 0 && node.metadata.annotations?.[TTL] !== undefined;

/** The controller; `reserved`: blocks that the scenario's nodes have or will have. */
export function nodeIpamController(reserved: number): Component<IpamMemory> {
  return defineController<IpamMemory>({
    name: 'node-ipam-controller',
    for: 'Node',
    eventSource: 'cidrAllocator',
    memory: () => ({ given: reserved }),
    filter: (_actor, { value }) => value !== undefined && !isComplete(value as Node),
    reconcile,
  });
}

function reconcile(context: Context<IpamMemory>, key: string): Result {
  const node = context.lister.byKey<Node>('Node', key);
  if (!node || node.metadata.deletionTimestamp || isComplete(node)) return undefined;
  const { name, annotations } = node.metadata;
  const ttl = annotations?.[TTL] ?? timeToLive(context.lister.list('Node').length);
  const hasBlock = (node.spec.podCIDRs?.length ?? 0) > 0;
  const taken = new Set(hasBlock ? [] : context.lister.list<Node>('Node').flatMap(numbersOf));
  let { given } = context.memory;
  while (taken.has(given)) given++;
  const block = blockAfter(given);
  if (!hasBlock) context.memory.given = given + 1;
  context.client.patch('Node', undefined, name, {
    type: 'strategic',
    body: {
      metadata: { annotations: { [TTL]: ttl } },
      ...(hasBlock ? {} : { spec: { podCIDR: block, podCIDRs: [block] } }),
    },
  });
  context.say(
    'update',
    node,
    hasBlock ? `Node ${name} is told how long to cache` : `Node ${name} gets ${block} for its Pods`,
  );
  return undefined;
}
