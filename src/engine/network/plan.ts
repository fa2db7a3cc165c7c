/** Where everything is in the cluster's network, as far as that never changes, and how network code looks at the world. */
import type { Context } from '../client/component';
import { machineName } from '../machine/machine';
import { type AddressBlock, parseAddress } from '../machine/pod-ip';
import type { MachineContext, Outage } from '../machine/records';

/** A machine's place. */
export interface NodePlan {
  readonly name: string;
  readonly address: string;
  readonly block: AddressBlock;
  readonly joinsAtMs: number;
}

/** The places of all machines. */
export interface NetworkPlan {
  /** By name, in the order of the scenario. */
  readonly nodes: ReadonlyMap<string, NodePlan>;
  readonly inOrder: readonly NodePlan[];
  /** The components of their machines, by node. */
  readonly machines: ReadonlyMap<string, string>;
  readonly byAddress: ReadonlyMap<string, NodePlan>;
  /** By the number of each 256 addresses of its block. */
  readonly byBlock: ReadonlyMap<number, NodePlan>;
}

/** The network as somebody sees it who sends something: `context` is the sender's, whose component `reads` machines and cluster DNS. */
export interface Network {
  readonly plan: NetworkPlan;
  readonly context: Context;
}

const BLOCK = 256;

/** Makes the plan. */
export function networkPlan(places: readonly NodePlan[]): NetworkPlan {
  const byBlock = new Map<number, NodePlan>();
  for (const place of places) {
    const first = place.block.base / BLOCK;
    for (let number = first; number < first + place.block.size / BLOCK; number++) byBlock.set(number, place);
  }
  return {
    inOrder: places,
    nodes: new Map(places.map((place) => [place.name, place])),
    machines: new Map(places.map(({ name }) => [name, machineName(name)])),
    byAddress: new Map(places.map((place) => [place.address, place])),
    byBlock,
  };
}

/** The machine that has an address: its own, or one of its Pods'. */
export function ownerOf({ byAddress, byBlock }: NetworkPlan, address: string): NodePlan | undefined {
  return byAddress.get(address) ?? byBlock.get(Math.floor(parseAddress(address) / BLOCK));
}

/** A machine's context. */
export function machineOfNode({ context, plan }: Network, node: string): MachineContext | undefined {
  const machine = plan.machines.get(node);
  return machine === undefined ? undefined : (context.peer(machine) as MachineContext | undefined);
}

/** Whether an outage lasts at a moment. */
export function covers(outage: Outage | undefined, atMs: number): outage is Outage {
  return outage !== undefined && outage.sinceMs <= atMs && (outage.untilMs < 0 || atMs < outage.untilMs);
}

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Whether a host is written as an address. */
export function isAddress(host: string): boolean {
  return ADDRESS.test(host);
}
