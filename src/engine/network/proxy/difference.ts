/** What a sync of kube-proxy changes about a Service's rules, and how that is said. Pure. */
import { counted } from '../../api/counted';
import { deepEqual } from '../../api/plain';
import type { EndpointSlice, Service } from '../../api/types';
import type { ServiceRules } from '../../machine/packet-rules';
import { loadBalancerAddresses } from './compiled';
import { isReady, isServingTerminating } from './endpoints';

type Rules = Pick<ServiceRules, 'service' | 'slices' | 'zone'>;

/** See the header. */
export interface Difference {
  readonly kind: 'new' | 'gone' | 'changed';
  /** How many endpoints it has now. */
  readonly endpoints: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** True when the endpoints are those that end and serve still. */
  readonly terminating: boolean;
}

/** How many endpoints a sentence names. */
const NAMED = 3;

/** What of a Service its rules are made of. */
function basis(service: Service | undefined): unknown {
  if (!service) return undefined;
  const { ports, clusterIP, externalIPs, type, sessionAffinity, sessionAffinityConfig } = service.spec;
  const { externalTrafficPolicy, internalTrafficPolicy, healthCheckNodePort, loadBalancerSourceRanges } = service.spec;
  return [
    ports,
    clusterIP,
    externalIPs,
    type,
    sessionAffinity,
    sessionAffinityConfig,
    externalTrafficPolicy,
    internalTrafficPolicy,
    healthCheckNodePort,
    loadBalancerSourceRanges,
    loadBalancerAddresses(service),
  ];
}

type Condition = (endpoint: Parameters<typeof isReady>[0]) => boolean;

function someEndpoint(slices: readonly EndpointSlice[], picks: Condition): boolean {
  return slices.some(({ endpoints }) => endpoints?.some(picks));
}

const isEither: Condition = (endpoint) => isReady(endpoint) || isServingTerminating(endpoint);

/** Endpoints that can matter; where a traffic policy is Local, one that ends may be the last of its node. */
function usable(service: Service | undefined, slices: readonly EndpointSlice[]): Condition {
  const { internalTrafficPolicy, externalTrafficPolicy } = service?.spec ?? {};
  if (internalTrafficPolicy === 'Local' || externalTrafficPolicy === 'Local') return isEither;
  return someEndpoint(slices, isReady) ? isReady : isServingTerminating;
}

/** What is used of some slices: endpoints by address and ports, with whatever else decides about them. */
function usedOf(slices: readonly EndpointSlice[], picks: Condition): Map<string, string> {
  const used = new Map<string, string>();
  for (const { endpoints, ports, addressType } of slices) {
    if (addressType !== 'IPv4') continue;
    const numbers = (ports ?? []).map(({ name = '', port, protocol }) => `${name}${protocol}${port}`).join();
    for (const endpoint of endpoints ?? []) {
      if (!picks(endpoint)) continue;
      const { addresses, nodeName, hints } = endpoint;
      const zones = hints ? JSON.stringify([hints.forZones, hints.forNodes]) : '';
      used.set(addresses[0] ?? '', `${picks === isEither && isReady(endpoint)} ${numbers} ${nodeName ?? ''} ${zones}`);
    }
  }
  return used;
}

function countOf(slices: readonly EndpointSlice[], picks: Condition): number {
  let count = 0;
  for (const { endpoints } of slices) for (const endpoint of endpoints ?? []) if (picks(endpoint)) count++;
  return count;
}

/** Undefined when the rules stay as they are. */
export function differenceOf(before: Rules | undefined, after: Rules): Difference | undefined {
  const picks = usable(after.service, after.slices);
  const pickedBefore = usable(before?.service, before?.slices ?? []);
  const isAlike = picks === pickedBefore;
  // Slices that are the same objects need no look.
  const known = new Set(isAlike ? before?.slices : []);
  const same = new Set(after.slices.filter((slice) => known.has(slice)));
  const old = usedOf(
    (before?.slices ?? []).filter((slice) => !same.has(slice)),
    pickedBefore,
  );
  const fresh = usedOf(
    after.slices.filter((slice) => !same.has(slice)),
    picks,
  );
  const added = [...fresh.keys()].filter((address) => !old.has(address));
  const removed = [...old.keys()].filter((address) => !fresh.has(address));
  const kind = !after.service ? 'gone' : before?.service ? 'changed' : 'new';
  const terminating = picks === isServingTerminating && countOf(after.slices, picks) > 0;
  const difference: Difference = { kind, endpoints: countOf(after.slices, picks), added, removed, terminating };
  if (kind === 'gone') return before?.service ? difference : undefined;
  if (kind === 'new' || added.length > 0 || removed.length > 0 || before?.zone !== after.zone) return difference;
  const isOther = [...fresh].some(([address, traits]) => old.get(address) !== traits);
  return isOther || !deepEqual(basis(before?.service), basis(after.service)) ? difference : undefined;
}

function listed(addresses: readonly string[]): string {
  const more = addresses.length - NAMED;
  return `${addresses.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function told(key: string, { kind, endpoints, added, removed, terminating }: Difference): string {
  if (kind === 'gone') return `no longer has rules for Service ${key}`;
  if (endpoints === 0) return `refuses what is for Service ${key}: it has no endpoints`;
  const count = counted(endpoints, terminating ? 'terminating endpoint' : 'endpoint');
  const changes = [
    ...(kind === 'changed' && added.length > 0 ? [`${listed(added)} added`] : []),
    ...(removed.length > 0 ? [`${listed(removed)} gone`] : []),
  ];
  return `sends what is for Service ${key} to ${count}${changes.length > 0 ? `: ${changes.join(', ')}` : ''}`;
}

/** What a sync did, in one plain sentence. */
export function sentence(node: string, changed: readonly { key: string; difference: Difference }[]): string {
  const [first, ...others] = changed;
  if (!first) return '';
  const rest = others.length > 0 ? ` (and ${counted(others.length, 'other Service')})` : '';
  return `${node} ${told(first.key, first.difference)}${rest}`;
}
