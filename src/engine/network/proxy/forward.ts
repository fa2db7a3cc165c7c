/**
 * Where the rules of the node on which a packet enters send it. Follows the chains of pkg/proxy/iptables (KUBE-SERVICES, KUBE-NODEPORTS,
 * KUBE-EXT, KUBE-FW) and what ipvs and nftables do otherwise: the first answers for every port of a cluster IP, the last refuses those that have
 * no rule. Changes nothing.
 */

import { type KernelNetwork, rulesAt } from '../../machine/packet-rules';
import { parseAddress } from '../../machine/pod-ip';
import type { MachineContext, MachineSandbox } from '../../machine/records';
import { isInBlock, isServiceAddress } from '../addresses';
import { covers, machineOfNode, type Network, type NodePlan, ownerOf } from '../plan';
import type { NetworkRequest, RequestFailure } from '../request';
import { type Sender, sourceAddress } from '../sender';
import { choose } from './balance';
import {
  compiledRules,
  type Destination,
  holdsClusterIp,
  type Match,
  matchOf,
  type PortRules,
  portKey,
} from './compiled';

/** Where a packet goes. */
export interface Forwarding {
  readonly address: string;
  readonly numeric: number;
  readonly port: number;
  /** The machine that has the address; undefined when nobody has it. */
  readonly node: NodePlan | undefined;
  /** The machine that sent it on; undefined when it comes from its sender. */
  readonly from: MachineContext | undefined;
  readonly path: readonly string[];
  /** The Pod it is meant for, if the rules know. */
  readonly podUid?: string | undefined;
  readonly chosen?: Destination;
  readonly rules?: PortRules;
  /** The step that programmed the rule. */
  readonly step: number | null;
  /** It stays within the sender's Pod, or its node. */
  readonly isLoopback: boolean;
  /** Of the Pod that talks to itself. */
  readonly sandbox?: MachineSandbox;
  /** It is for the API server. */
  readonly isApiServer?: boolean;
}

/** Why it goes nowhere. */
export interface Refusal {
  readonly failure: RequestFailure;
  readonly because: string;
  readonly step: number | null;
  readonly path: readonly string[];
}

const API_SERVER = 'default/kubernetes';

/** Where a packet enters: the node whose rules decide first. */
interface Entry {
  readonly node: NodePlan;
  readonly machine: MachineContext | undefined;
  /** What its rules say of the address, where that was looked up. */
  readonly match?: Match | undefined;
}

/** A node as the entry of something from outside for an address; undefined: a load balancer leaves out those that would drop it. */
function takenInBy(network: Network, node: NodePlan, address: string, port: string): Entry | undefined {
  const machine = machineOfNode(network, node.name);
  if (!machine) return undefined;
  const { isOff, partition, network: kernel } = machine.memory;
  if (isOff || partition?.untilMs === -1) return undefined;
  const match = matchOf(machine, address, port);
  if (match?.isLoadBalancer) {
    const rules = kernel.services.get(match.service);
    const compiled = rules && compiledRules(machine, node.name, rules, match.service);
    if (compiled?.get(match.port)?.external === 'drop') return undefined;
  }
  return { node, machine, match };
}

const keyOf = (port: number, scheme: NetworkRequest['scheme']): string =>
  portKey({ port, protocol: scheme === 'udp' ? 'UDP' : 'TCP' });

/** The node whose rules decide: the sender's own; from outside, the one that is addressed, or any that is up for addresses of Services. */
function entryOf(
  network: Network,
  sender: Sender,
  { draw, port, scheme, atMs }: NetworkRequest,
  address: string,
): Entry | undefined {
  const { inOrder: all, byAddress } = network.plan;
  const only = sender.node ?? byAddress.get(address);
  if (only) return { node: only, machine: machineOfNode(network, only.name) };
  // Which node it is has nothing to do with which endpoint the node draws.
  const first = Math.floor(((draw * 7919) % 1) * all.length);
  const wanted = keyOf(port, scheme);
  let unprogrammed: Entry | undefined;
  for (let turn = 0; turn < all.length; turn++) {
    const node = all[(first + turn) % all.length] as NodePlan;
    const entry = node.joinsAtMs <= atMs ? takenInBy(network, node, address, wanted) : undefined;
    if (entry && entry.machine?.memory.network.generation !== 0) return entry;
    unprogrammed ??= entry;
  }
  // A node whose proxy has written no rule yet is there all the same: what comes in finds none.
  return unprogrammed;
}

/** Applies the rules of a port of a Service. */
function byRules(
  { plan }: Network,
  sender: Sender,
  request: NetworkRequest,
  machine: MachineContext,
  { way, isLoadBalancer }: Match,
  rules: PortRules,
  at: string,
): Forwarding | Refusal {
  const { network: kernel } = machine.memory;
  const via = rules.station;
  // Packets of its own Pods alone; those of others have their node's address by then.
  const isInside = sender.machine === machine;
  if (isLoadBalancer && rules.sourceRanges.length > 0) {
    const source = sourceAddress(sender, request.client);
    const because = `${rules.label} takes nothing from ${source}: it is outside of its loadBalancerSourceRanges`;
    if (!rules.sourceRanges.some((range) => isInBlock(source, range.trim())))
      return { failure: 'timeout', because, step: rules.step, path: [at, via] };
  }
  const verdict = way === 'internal' ? rules.internal : isInside ? rules.short : rules.external;
  if (verdict === 'reject') {
    const because = `${rules.label} has no endpoints in the rules of the node`;
    return { failure: 'no-endpoints', because, step: rules.step, path: [at, via] };
  }
  if (verdict === 'drop') {
    const because = `${rules.label} has no endpoints on this node, and its traffic policy is Local: packets are dropped`;
    return { failure: 'timeout', because, step: rules.step, path: [at, via] };
  }
  const chosen = choose(kernel, rules, verdict, request);
  const node = (chosen.node === undefined ? undefined : plan.nodes.get(chosen.node)) ?? ownerOf(plan, chosen.address);
  return {
    address: chosen.address,
    numeric: chosen.numeric,
    port: chosen.port,
    node,
    from: machine,
    path: [at, via, chosen.label],
    podUid: chosen.podUid,
    chosen,
    rules,
    step: rules.step,
    isLoopback: false,
  };
}

/** What becomes of packets to an address of Services for which there is no rule. */
function withoutRule(kernel: KernelNetwork, address: string, at: string): Refusal {
  const because = `no rule of the node is for ${at}`;
  const isRefused = kernel.mode === 'nftables' || holdsClusterIp(kernel, address);
  return { failure: isRefused ? 'refused' : 'timeout', because, step: null, path: [at] };
}

/** The rules of a port of a Service in a node's kernel as they were at a moment. */
function rulesOf(machine: MachineContext, node: string, match: Match, atMs: number): PortRules | undefined {
  const rules = rulesAt(machine.memory.network.services.get(match.service), atMs);
  return rules && compiledRules(machine, node, rules, match.service).get(match.port);
}

/** Packets to oneself. Node ports are among a node's own, though not with nftables (`--iptables-localhost-nodeports` upstream). */
function toLoopback(
  network: Network,
  { sandbox, node, ...sender }: Sender,
  request: NetworkRequest,
  address: string,
): Forwarding | Refusal {
  const { port, atMs, scheme } = request;
  const at = `${address}:${port}`;
  const isOnNode = !sandbox || sandbox.pod.spec.hostNetwork === true;
  const machine = isOnNode && node ? machineOfNode(network, node.name) : undefined;
  const match =
    machine?.memory.network.mode === 'nftables' ? undefined : machine && matchOf(machine, '', keyOf(port, scheme));
  const rules = match && machine && node && rulesOf(machine, node.name, match, atMs);
  if (match && rules && machine) return byRules(network, { ...sender, machine }, request, machine, match, rules, at);
  const plain = { address, numeric: parseAddress(address), port, from: undefined, step: null, isLoopback: true };
  return { ...plain, node, path: [at], ...(sandbox ? { sandbox } : {}) };
}

/** See the header. */
export function forward(
  network: Network,
  sender: Sender,
  request: NetworkRequest,
  address: string,
): Forwarding | Refusal {
  const { port, atMs } = request;
  const { plan } = network;
  if (address.startsWith('127.')) return toLoopback(network, sender, request, address);
  const entry = entryOf(network, sender, request, address);
  const machine = entry?.machine;
  const addressed = plan.byAddress.get(address);
  const named = (): string => `${addressed?.name ?? address}:${port}`;
  if (!entry || !machine)
    return { failure: 'timeout', because: 'no node is there to take it in', step: null, path: [named()] };
  // Rules of the sender's node hold for the ports of every node, but only a node that is reached can apply its own.
  const deciding = addressed && sender.node !== addressed ? machineOfNode(network, addressed.name) : machine;
  const isReached = deciding === machine || passes(sender.machine, deciding, atMs);
  const wanted = addressed ? '' : address;
  const match =
    deciding && isReached ? (entry.match ?? matchOf(deciding, wanted, keyOf(port, request.scheme))) : undefined;
  const found = match && deciding && rulesOf(deciding, (addressed ?? entry.node).name, match, atMs);
  const at = match?.at ?? named();
  if (match && found && deciding && match.service !== API_SERVER)
    return byRules(network, sender, request, deciding, match, found, at);
  const numeric = parseAddress(address);
  const plain = { address, numeric, port, from: undefined, step: null, isLoopback: false };
  if (match && found) return { ...plain, node: undefined, path: [at, found.label], isApiServer: true };
  if (isServiceAddress(numeric)) return withoutRule(machine.memory.network, address, at);
  return { ...plain, node: ownerOf(plan, address), path: [at] };
}

/** Whether packets get from one machine to another. */
function passes(from: MachineContext | undefined, to: MachineContext | undefined, atMs: number): boolean {
  if (!to) return false;
  return !covers(from?.memory.partition, atMs) && !covers(to.memory.partition, atMs);
}
