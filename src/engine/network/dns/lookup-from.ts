/** A lookup as a sender makes it: its packets to cluster DNS must get through first. */

import { covers, type Network } from '../plan';
import { dnsDropped } from '../policy/network-plugin';
import type { Sender } from '../sender';
import { CLUSTER_DNS_ADDRESS } from './cluster-dns';
import { type Lookup, lookUp, type ResolverConfig } from './resolver';

/** See the header. `config` is the sender's own, or one made for this lookup. */
export function lookUpFrom(
  network: Network,
  { machine, sandbox }: Pick<Sender, 'machine' | 'sandbox'>,
  config: ResolverConfig,
  host: string,
  atMs: number,
): Lookup {
  if (machine && config.servers.includes(CLUSTER_DNS_ADDRESS)) {
    const { partition } = machine.memory;
    if (covers(partition, atMs))
      return { kind: 'silent', because: 'its node is cut off from the network', cause: partition.step };
    const forbidden = sandbox && dnsDropped(network, sandbox);
    if (forbidden) return { kind: 'silent', ...forbidden };
  }
  return lookUp(network, config, host, atMs);
}
