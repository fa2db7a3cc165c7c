/**
 * What NetworkPolicies let through. Pure. Follows the API's own words (networking/v1 types.go): a Pod that any policy selects for a direction
 * takes, or sends, only what one of them lists; connections that are let in are answered.
 */
import { matchesLabelSelector } from '../../api/selector';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, Pod } from '../../api/types';
import { isInBlock } from '../addresses';

type Labels = Readonly<Record<string, string>>;

/** One end of a connection: a Pod, or an address that is none. */
export interface End {
  readonly address: string;
  /** What people are told in place of the address. */
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly namespaceLabels?: Labels;
}

/** What a connection is to, beside its ends. */
export interface Target {
  readonly port: number;
  readonly protocol: string;
  /** The Pod, for ports by name. */
  readonly pod?: Pod;
}

export type Direction = 'Ingress' | 'Egress';

function meetsPeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, end: End, own: string): boolean {
  if (ipBlock)
    return isInBlock(end.address, ipBlock.cidr) && !ipBlock.except?.some((cidr) => isInBlock(end.address, cidr));
  if (end.namespace === undefined) return false;
  const isInNamespace = namespaceSelector
    ? matchesLabelSelector(namespaceSelector, end.namespaceLabels ?? {})
    : end.namespace === own;
  return isInNamespace && (!podSelector || matchesLabelSelector(podSelector, end.labels ?? {}));
}

function numberOf(port: string | number, { pod, protocol }: Target): number | undefined {
  if (typeof port === 'number') return port;
  const sidecars = pod?.spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always') ?? [];
  const ports = [...(pod?.spec.containers ?? []), ...sidecars].flatMap((container) => container.ports ?? []);
  return ports.find((one) => one.name === port && (one.protocol ?? 'TCP') === protocol)?.containerPort;
}

function meetsPort({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort, target: Target): boolean {
  if (protocol !== target.protocol) return false;
  if (port === undefined) return true;
  const first = numberOf(port, target);
  if (first === undefined) return false;
  return endPort === undefined ? first === target.port : target.port >= first && target.port <= endPort;
}

interface Rule {
  readonly peers: readonly NetworkPolicyPeer[] | undefined;
  readonly ports: readonly NetworkPolicyPort[] | undefined;
}

function rulesOf({ spec }: NetworkPolicy, direction: Direction): Rule[] {
  if (direction === 'Ingress') return (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }));
  return (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
}

/** Whether a policy is about a Pod in a direction. */
function selects({ spec, metadata }: NetworkPolicy, direction: Direction, { namespace, labels = {} }: End): boolean {
  if (metadata.namespace !== namespace || !spec.policyTypes?.includes(direction)) return false;
  return matchesLabelSelector(spec.podSelector ?? {}, labels);
}

/** The first of the policies that keep a connection out; undefined when it is let through. */
export function forbidding(
  policies: readonly NetworkPolicy[],
  direction: Direction,
  own: End,
  other: End,
  target: Target,
): NetworkPolicy | undefined {
  const concerned = policies.filter((policy) => selects(policy, direction, own));
  const isLetThrough = concerned.some((policy) =>
    rulesOf(policy, direction).some(
      ({ peers, ports }) =>
        (!peers?.length || peers.some((peer) => meetsPeer(peer, other, own.namespace ?? ''))) &&
        (!ports?.length || ports.some((port) => meetsPort(port, target))),
    ),
  );
  return isLetThrough ? undefined : concerned[0];
}
