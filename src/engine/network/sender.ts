/** Who sends a request: what of the network it stands in. */
import type { MachineContext, MachineSandbox } from '../machine/records';
import { CLUSTER_DNS_ADDRESS } from './dns/cluster-dns';
import { ZONE } from './dns/records';
import { hostsEntry, NODE_RESOLVER, podResolver, type ResolverConfig } from './dns/resolver';
import { isAddress, machineOfNode, type Network, type NodePlan } from './plan';
import type { NetworkRequest } from './request';

/** See the header. */
export interface Sender {
  readonly kind: 'outside' | 'node' | 'pod';
  /** Where its packets enter the cluster; undefined outside. */
  readonly node?: NodePlan;
  readonly machine?: MachineContext;
  /** Of a Pod. */
  readonly sandbox?: MachineSandbox;
  readonly resolver: ResolverConfig;
}

/** A client outside knows the names of the cluster's Services too, as people's examples have it. */
const OUTSIDE: Sender = {
  kind: 'outside',
  resolver: { servers: [CLUSTER_DNS_ADDRESS], searches: [`svc.${ZONE}`, ZONE], ndots: 5, options: [] },
};

function sandboxOf(machine: MachineContext, uid: string): MachineSandbox | undefined {
  return (
    machine.memory.sandboxes.get(uid) ??
    machine.memory.departed.find(({ sandbox }) => sandbox.pod.metadata.uid === uid)?.sandbox
  );
}

function podSender(network: Network, uid: string, hint: string | undefined): Sender | undefined {
  const places = hint === undefined ? network.plan.nodes.values() : [network.plan.nodes.get(hint)];
  for (const node of places) {
    const machine = node && machineOfNode(network, node.name);
    const sandbox = machine && sandboxOf(machine, uid);
    if (!sandbox) continue;
    const resolver = machine.derived.memo('resolvers', uid, [sandbox.pod], () => podResolver(sandbox.pod));
    return { kind: 'pod', node, machine, sandbox, resolver };
  }
  return undefined;
}

/** The sender of a request; undefined when there is none. */
export function senderOf(network: Network, { source }: NetworkRequest): Sender | undefined {
  if (source.kind === 'outside') return OUTSIDE;
  if (source.kind === 'pod') return podSender(network, source.uid, source.node);
  const node = network.plan.nodes.get(source.node);
  const machine = node && machineOfNode(network, node.name);
  return node && machine && { kind: 'node', node, machine, resolver: NODE_RESOLVER };
}

/** Clients outside have the addresses of 203.0.113.0/24 that are for examples, each of a source by its number. */
const OUTSIDE_BLOCK = '203.0.113.';
const OUTSIDE_HOSTS = 254;

/** The address that a sender's packets come from. `client` is how the request names it: `users/7`, or an address. */
export function sourceAddress({ sandbox, node }: Sender, client: string): string {
  const own = sandbox?.ip || node?.address;
  if (own !== undefined && own !== '') return own;
  if (isAddress(client)) return client;
  const number = Number(/\/(\d+)$/.exec(client)?.[1] ?? 0);
  return `${OUTSIDE_BLOCK}${1 + (number % OUTSIDE_HOSTS)}`;
}

/** What the sender's own hosts file says of a host. */
export function hostOf({ kind, sandbox }: Sender, host: string): string | undefined {
  if (sandbox) return hostsEntry(sandbox.pod, sandbox.ip, host);
  return kind === 'node' && host === 'localhost' ? '127.0.0.1' : undefined;
}
