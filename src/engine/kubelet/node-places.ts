/**
 * Where each node of a scenario is in the network: its own address and the block of its Pods' addresses, in the order in which nodes join.
 * In place of the node IPAM controller (pkg/controller/nodeipam), which gives out blocks in the same order and takes back those of deleted nodes.
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
