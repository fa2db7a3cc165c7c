/** The network that programs in a Pod's containers have, for machine/shell/network-commands.ts. */
import type { Pod } from '../api/types';
import type { Context } from '../client/component';
import { openPorts } from '../machine/listeners';
import { networkOf } from '../machine/neighbours';
import type { NameAnswer, NetworkOfPod, ShellNetwork } from '../machine/network-face';
import { parseAddress } from '../machine/pod-ip';
import type { MachineContext } from '../machine/records';
import { noteSent } from '../machine/sent-requests';
import { isServiceAddress } from './addresses';
import { lookUpFrom } from './dns/lookup-from';
import { reverseAnswer, serviceRecords } from './dns/records';
import {
  candidates,
  dnsMemory,
  hostsEntry,
  type Lookup,
  NODE_RESOLVER,
  podResolver,
  type ResolverConfig,
} from './dns/resolver';
import { covers, isAddress, machineOfNode, type Network, type NetworkPlan, ownerOf } from './plan';
import { holdsClusterIp } from './proxy/compiled';
import { sendRequest } from './send-request';

/** Chance that needs no generator: programs draw nothing from their machine's, so that they alter nothing else. */
function drawOf(text: string): number {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** As many addresses, beginning elsewhere: cluster DNS mixes them. */
function turned(addresses: readonly string[], draw: number): readonly string[] {
  const from = Math.floor(draw * addresses.length);
  return [...addresses.slice(from), ...addresses.slice(0, from)];
}

function answered(lookup: Lookup, draw: number): NameAnswer {
  if (lookup.kind === 'found') return { ...lookup, addresses: turned(lookup.addresses, draw) };
  return lookup.kind === 'silent' ? { kind: 'silent' } : { kind: lookup.kind, aliases: lookup.aliases };
}

/** Whether an address answers an echo request: a Pod's or a node's that is there; Services' do with ipvs alone. */
function echoes(network: Network, own: MachineContext, address: string): boolean {
  const { plan, context } = network;
  if (address.startsWith('127.')) return true;
  if (isServiceAddress(parseAddress(address))) return holdsClusterIp(own.memory.network, address);
  const node = ownerOf(plan, address);
  const machine = node && machineOfNode(network, node.name);
  if (!node || !machine) return false;
  const { powerCut, partition, addresses } = machine.memory;
  const isCut = (one: typeof partition): boolean => covers(one, context.nowMs);
  if (isCut(powerCut) || (machine !== own && (isCut(partition) || isCut(own.memory.partition)))) return false;
  return address === node.address || addresses.has(parseAddress(address));
}

/** What a Pod's programs are given. */
export function networkOfPods(plan: NetworkPlan): NetworkOfPod {
  return (context: Context, pod: Pod | undefined, node: string): ShellNetwork => {
    const network: Network = { plan, context };
    const { uid = '' } = pod?.metadata ?? {};
    const own = context as unknown as MachineContext;
    const sandbox = own.memory.sandboxes.get(uid);
    const ip = sandbox?.ip || (plan.nodes.get(node)?.address ?? '');
    const resolver = (isWhole = false): ResolverConfig => {
      const config = pod ? podResolver(pod) : NODE_RESOLVER;
      return isWhole ? { ...config, searches: [] } : config;
    };
    let asked = 0;
    const draw = (): number => drawOf(`${uid || node} ${context.nowMs} ${asked++}`);
    const face: ShellNetwork = {
      address: ip,
      gateway: sandbox?.ip ? sandbox.ip.replace(/\d+$/, '1') : '',
      listening: () => openPorts(networkOf(own, uid), context.nowMs),
      services: (name, isWhole) => {
        const memory = dnsMemory(network);
        for (const one of candidates(name, resolver(isWhole))) {
          const records = memory && serviceRecords(memory, one, context.nowMs);
          if (records && records.length > 0) return { name: one, records };
        }
        return undefined;
      },
      get resolver() {
        return resolver();
      },
      get server() {
        return resolver().servers[0] ?? '';
      },
      lookUp: (name, isWhole = false) => {
        if (isAddress(name)) return { kind: 'found', name, aliases: [], addresses: [name] };
        const config = resolver(isWhole);
        const known = isWhole
          ? undefined
          : pod
            ? hostsEntry(pod, ip, name)
            : name === 'localhost'
              ? '127.0.0.1'
              : undefined;
        if (known !== undefined) return { kind: 'found', name, aliases: [], addresses: [known] };
        return answered(
          lookUpFrom(network, sandbox ? { machine: own, sandbox } : { machine: own }, config, name, context.nowMs),
          draw(),
        );
      },
      nameOf: (address) => {
        const memory = dnsMemory(network);
        return memory && reverseAnswer(memory, address, context.nowMs);
      },
      send: ({ address, ...request }) => {
        const result = sendRequest(network, {
          ...request,
          atMs: context.nowMs,
          source: pod ? { kind: 'pod', uid, node } : { kind: 'node', node },
          host: address,
          client: address.startsWith('127.') ? address : ip,
          draw: draw(),
          wantsBody: true,
        });
        if (result.containerId !== undefined) noteSent(own, face.sender, result.containerId, context.nowMs);
        return result;
      },
      echoes: (address) => echoes(network, own, address),
    };
    return face;
  };
}
