/**
 * Where each node of a scenario is in the network: its own address and the block of its Pods' addresses, in the order in which nodes join.
 * In place of the node IPAM controller (pkg/controller/nodeipam), which gives out blocks in the same order and here gives those of Nodes
 * that people make.
 */
import type { Node } from '../api/types';
import { type AddressBlock, machineAddress, nextBlock, parseBlock } from '../machine/pod-ip';
import type { NodeConfig } from '../simulation';
import { capacityOf } from './node-object';

/** See the header. */
export interface NodePlace {
  readonly address: string;
  readonly block: AddressBlock;
}

/** The places of all nodes, by name. */
export function nodePlaces(nodes: readonly NodeConfig[]): ReadonlyMap<string, NodePlace> {
  const places = new Map<string, NodePlace>();
  const joinsAtMs = ({ joinsAtMs: at = 0 }: NodeConfig) => at;
  const order = nodes.map((node, index) => ({ node, index }));
  order.sort((a, b) => joinsAtMs(a.node) - joinsAtMs(b.node) || a.index - b.index);
  let block: AddressBlock | undefined;
  for (const { node } of order) {
    block = nextBlock(block, Number(capacityOf(node).pods) || 110);
    places.set(node.name, { address: machineAddress(places.size), block });
  }
  return places;
}

/** The places with that of a machine that is added later: the block that its Node has, or the next that neither they nor the Nodes have. */
export function placesWith(
  places: ReadonlyMap<string, NodePlace>,
  node: NodeConfig,
  nodes: readonly Node[],
): ReadonlyMap<string, NodePlace> {
  const own = nodes.find(({ metadata }) => metadata.name === node.name)?.spec.podCIDR;
  const taken = [
    ...[...places.values()].map(({ block }) => block),
    ...nodes.flatMap(({ spec }) => (spec.podCIDR ? [parseBlock(spec.podCIDR)] : [])),
  ];
  const last = taken.reduce<AddressBlock | undefined>(
    (before, block) => (before && before.base + before.size > block.base + block.size ? before : block),
    undefined,
  );
  const block = own ? parseBlock(own) : nextBlock(last, Number(capacityOf(node).pods) || 110);
  return new Map([...places, [node.name, { address: machineAddress(places.size), block }]]);
}

/** How many blocks of 256 addresses the places take, from the beginning of the cluster's range. */
export function reservedBlocks(places: ReadonlyMap<string, NodePlace>): number {
  const first = nextBlock(undefined, 0).base;
  return Math.max(0, ...[...places.values()].map(({ block }) => (block.base + block.size - first) / 256));
}
