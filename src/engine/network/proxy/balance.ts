/**
 * Which of several endpoints a new connection goes to. iptables and nftables draw, IPVS schedules; a client with affinity stays where it was.
 * Follows writeServiceToEndpointRules in pkg/proxy/iptables/proxier.go and the kernel's ip_vs_{rr,lc,dh,sh,sed,nq}.c. Simplified: all endpoints
 * have weight 1; when `lc` forgets a connection that has ended is known to some seconds.
 */
import type { KernelNetwork, Turns } from '../../machine/packet-rules';
import type { Destination, PortRules } from './compiled';

/** What of a request decides. */
export interface Connection {
  readonly atMs: number;
  readonly client: string;
  /** In [0, 1). */
  readonly draw: number;
}

const NO_TURNS: Turns = { last: '', counts: [], open: [] };
/** Clients remembered before those whose time is over are forgotten. */
const MANY_CLIENTS = 4096;

function hashOf(text: string): number {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function sticky(network: KernelNetwork, rules: PortRules, list: readonly Destination[], { client, atMs }: Connection) {
  const known = network.affinities.get(`${rules.key} ${client}`);
  if (!known || atMs - known.atMs >= rules.affinityMs) return undefined;
  return list.find(({ key }) => key === known.endpoint);
}

function stick(
  network: KernelNetwork,
  { key, affinityMs }: PortRules,
  endpoint: string,
  { client, atMs }: Connection,
): void {
  const { affinities } = network;
  if (affinities.size > MANY_CLIENTS) {
    for (const [name, { atMs: last }] of affinities) if (atMs - last >= affinityMs) affinities.delete(name);
  }
  affinities.set(`${key} ${client}`, { endpoint, atMs });
}

/** The next one after that whose turn was last. */
function nextInTurn(list: readonly Destination[], last: string): Destination {
  const index = list.findIndex(({ key }) => key === last);
  return list[(index + 1) % list.length] as Destination;
}

function least(list: readonly Destination[], load: (key: string) => number): Destination {
  let best = list[0] as Destination;
  for (const one of list) if (load(one.key) < load(best.key)) best = one;
  return best;
}

/** So long the kernel remembers a connection that has ended (IP_VS_TCP_S_TIME_WAIT), and how exactly that is kept. */
const TIME_WAIT_MS = 120_000;
const TIME_WAIT_STEP_MS = 10_000;

/** The connections of each endpoint that have ended and are remembered, or have not ended. */
function remembered({ counts }: Turns, atMs: number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [endpoint, forgottenMs, count] of counts)
    if (forgottenMs > atMs) sums.set(endpoint, (sums.get(endpoint) ?? 0) + count);
  return sums;
}

/** One more, which lasts until then. */
function counted({ counts }: Turns, endpoint: string, atMs: number, untilMs: number): Turns['counts'] {
  const forgottenMs = Math.ceil((untilMs + TIME_WAIT_MS) / TIME_WAIT_STEP_MS) * TIME_WAIT_STEP_MS;
  const kept = counts.filter((one) => one[1] > atMs);
  const at = kept.findIndex((one) => one[0] === endpoint && one[1] === forgottenMs);
  const count = kept[at]?.[2] ?? 0;
  if (at < 0) return [...kept, [endpoint, forgottenMs, 1]];
  return kept.map((one, index) => (index === at ? [endpoint, forgottenMs, count + 1] : one));
}

function scheduled(
  network: KernelNetwork,
  rules: PortRules,
  list: readonly Destination[],
  connection: Connection,
): Destination {
  const turns = network.turns.get(rules.key) ?? NO_TURNS;
  const active = (key: string): number =>
    turns.open.reduce((sum, [endpoint, untilMs]) => sum + (endpoint === key && untilMs > connection.atMs ? 1 : 0), 0);
  switch (network.scheduler) {
    case 'sh':
      return list[hashOf(connection.client) % list.length] as Destination;
    case 'dh':
      return list[hashOf(rules.key) % list.length] as Destination;
    case 'lc': {
      const known = remembered(turns, connection.atMs);
      return least(list, (key) => active(key) * 256 + (known.get(key) ?? 0));
    }
    case 'sed':
      return least(list, active);
    case 'nq':
      return list.find(({ key }) => active(key) === 0) ?? least(list, active);
    default:
      return nextInTurn(list, turns.last);
  }
}

/** The endpoint of a new connection. Changes nothing. */
export function choose(
  network: KernelNetwork,
  rules: PortRules,
  list: readonly Destination[],
  connection: Connection,
): Destination {
  const known = rules.affinityMs > 0 ? sticky(network, rules, list, connection) : undefined;
  if (known) return known;
  if (network.mode === 'ipvs') return scheduled(network, rules, list, connection);
  return list[Math.min(list.length - 1, Math.floor(connection.draw * list.length))] as Destination;
}

/** What the kernel remembers of a connection it has made, and which lasts until then. */
export function noteConnection(
  network: KernelNetwork,
  rules: PortRules,
  { key }: Destination,
  connection: Connection,
  untilMs: number,
): void {
  if (rules.affinityMs > 0) stick(network, rules, key, connection);
  if (network.mode !== 'ipvs' || network.scheduler === 'sh' || network.scheduler === 'dh') return;
  const turns = network.turns.get(rules.key) ?? NO_TURNS;
  if (network.scheduler === 'rr') {
    network.turns.set(rules.key, { ...NO_TURNS, last: key });
    return;
  }
  network.turns.set(rules.key, {
    last: key,
    counts: network.scheduler === 'lc' ? counted(turns, key, connection.atMs, untilMs) : [],
    open: [...turns.open.filter(([, until]) => until > connection.atMs), [key, untilMs]],
  });
}
