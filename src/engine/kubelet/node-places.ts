/**
 * Where each node of a scenario is in the network: its own address and the block of its Pods' addresses, in the order in which nodes join.
 * In place of the node IPAM controller (pkg/controller/nodeipam), which gives out blocks in the same order and here gives those of Nodes
 * that people make.
 */
import { type AddressBlock, machineAddress, nextBlock } from '../machine/pod-ip';
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

/** How many blocks of 256 addresses the places take, from the beginning of the cluster's range. */
export function reservedBlocks(places: ReadonlyMap<string, NodePlace>): number {
  const first = nextBlock(undefined, 0).base;
  return Math.max(0, ...[...places.values()].map(({ block }) => (block.base + block.size - first) / 256));
}
