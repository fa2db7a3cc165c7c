/**
 * How an Ingress controller sends a request on to one endpoint of a backend after the other, and what it answers where none does.
 * Follows ingress-nginx (proxy_next_upstream "error timeout", 3 tries, of which one that was taken is the last for what may not be repeated; 502, 504) and Traefik (no second try).
 */
import type { Context } from '../../client/component';
import { REPEATABLE } from '../../machine/pass-on';
import { CLUSTER_DNS_ADDRESS } from '../dns/cluster-dns';
import { lookUp, type ResolverConfig } from '../dns/resolver';
import { isAddress, type Network } from '../plan';
import type { NetworkRequest, Relay, RequestOutcome } from '../request';
import { senderOf, sourceAddress } from '../sender';
import { type Choice, firstEndpoint } from './balance';
import type { ControllerKind, IngressControllerMemory, LoadedTable } from './controller';
import { forwardedHeaders } from './forwarded-headers';
import { pathBehind, type Route } from './routes';
import type { IngressEndpoint } from './table';

const NGINX_TRIES = 3;
const ANSWER_MS = 1;

/** How a request is sent on to an endpoint. */
export type SendOn = (network: Network, request: NetworkRequest) => RequestOutcome;

/** A controller that takes a request. */
export interface Entry {
  readonly kind: ControllerKind;
  readonly loaded: LoadedTable | undefined;
  readonly title: string;
}

/** The memory of a controller, and what it sees. */
export function contextOf(
  { context }: Network,
  { name }: ControllerKind,
): Context<IngressControllerMemory> | undefined {
  return context.peer(name) as Context<IngressControllerMemory> | undefined;
}

/** Who refuses a connection. */
export const refused = (path: readonly string[], because: string): RequestOutcome => ({
  failure: 'refused',
  latencyMs: ANSWER_MS,
  path,
  because,
  cause: null,
});

/** An answer of the controller itself. */
export function answered(
  status: number,
  path: readonly string[],
  because: string,
  cause: number | null,
  latencyMs = ANSWER_MS,
): RequestOutcome {
  const failure = status < 400 ? {} : { failure: `http-${status}` as const };
  return { ...failure, status, latencyMs, path, because, cause };
}

/** A request on its way. */
export interface Sending {
  readonly network: Network;
  readonly request: NetworkRequest;
  readonly entry: Entry;
  readonly route: Route;
  readonly sendOn: SendOn;
}

/** What decides where it goes. */
export const choiceOf = ({ network, request, entry: { kind } }: Sending): Choice => ({
  request,
  flavour: kind.flavour,
  turns: contextOf(network, kind)?.memory.turns,
});

/** How the controller's Pod looks up names that are whole. */
const CONTROLLER_RESOLVER: ResolverConfig = { servers: [CLUSTER_DNS_ADDRESS], searches: [], ndots: 1, options: [] };

function addressOfName(network: Network, name: string, atMs: number): string | undefined {
  if (isAddress(name)) return name;
  const found = lookUp(network, CONTROLLER_RESOLVER, name, atMs);
  return found.kind === 'found' ? found.addresses[0] : undefined;
}

/** One try at an endpoint; times and stations of the whole so far are added by the caller. */
function tryEndpoint(
  { network, request, entry, route, sendOn }: Sending,
  endpoint: IngressEndpoint,
  spentMs: number,
): RequestOutcome {
  const path = pathBehind(route, request.path);
  const { connection: _own, ...plain } = request;
  const node = endpoint.node || (network.plan.inOrder[0]?.name ?? '');
  const host = endpoint.node === '' ? addressOfName(network, endpoint.address, request.atMs) : endpoint.address;
  if (host === undefined) return refused([], `no DNS server knows the name ${endpoint.address}`);
  const own = entry.title.toLowerCase().replaceAll(' ', '-');
  const sender = request.wantsBody ? senderOf(network, request) : undefined;
  const client = sender && sourceAddress(sender, request.client);
  return sendOn(network, {
    ...plain,
    ...(client === undefined ? {} : { headers: forwardedHeaders(entry.kind.word, request, client, own) }),
    path,
    scheme: 'http',
    source: { kind: 'node', node, controller: own },
    host,
    port: endpoint.port,
    atMs: request.atMs + spentMs,
    // Who waits without end gives up when whoever asked does.
    timeoutMs: route.readTimeoutMs ?? Math.max(1, request.timeoutMs - spentMs),
    ...(route.readTimeoutMs === undefined ? {} : { waiting: entry.title }),
    client: network.plan.inOrder[0]?.address ?? own,
  });
}

/** The stations behind the Service: addresses say nothing to people. */
const reached = ({ path }: RequestOutcome): string[] => path.filter((station) => /^(?:Pod|Node) /.test(station));

/** An outcome as the client sees it: the connection behind the controller is not its own. */
function relayed({ connection: _inner, server: _hidden, ...outcome }: RequestOutcome, relay: Relay): RequestOutcome {
  return { ...outcome, relay };
}

/** What a controller answers when an endpoint failed; undefined: the endpoint's own answer is passed on. */
function gatewayStatus({ failure, status, containerId }: RequestOutcome, { readTimeoutMs }: Route): number | undefined {
  if (failure === undefined || status !== undefined) return undefined;
  if (failure === 'timeout' && containerId !== undefined && readTimeoutMs === undefined) return undefined;
  return failure === 'timeout' ? 504 : 502;
}

/** Whether a process had taken the request before it failed: an order that was taken is not sent a second time. */
const wasSent = ({ failure, containerId }: RequestOutcome): boolean =>
  failure !== 'refused' && containerId !== undefined;

/** ingress-nginx asks its balancer for each try (balancer.lua, set_more_tries): of a single endpoint it is the same one once more. */
function triesOf({ word, flavour }: ControllerKind, endpoints: number): number {
  if (word === 'nginx') return NGINX_TRIES;
  return flavour === 'nginx' ? Math.min(NGINX_TRIES, endpoints) : 1;
}

/** What comes of sending it on. */
export function throughEndpoints(
  sending: Sending,
  stations: readonly string[],
  backend: string,
  endpoints: readonly IngressEndpoint[],
): RequestOutcome {
  const { request, entry } = sending;
  const first = firstEndpoint(choiceOf(sending), backend, endpoints);
  const relay = { backend, endpoint: (endpoints[first] as IngressEndpoint).address };
  const tries = triesOf(entry.kind, endpoints.length);
  let spentMs = 0;
  let failed: RequestOutcome | undefined;
  for (let turn = 0; turn < tries; turn++) {
    const endpoint = endpoints[(first + turn) % endpoints.length] as IngressEndpoint;
    const outcome = tryEndpoint(sending, endpoint, spentMs);
    // An address that nobody has is no answer within the time to connect.
    const tookMs =
      outcome.containerId === undefined && outcome.failure === 'timeout'
        ? sending.route.connectTimeoutMs
        : outcome.latencyMs;
    spentMs += tookMs;
    if (gatewayStatus(outcome, sending.route) === undefined)
      return relayed({ ...outcome, latencyMs: spentMs, path: [...stations, ...reached(outcome)] }, relay);
    failed = outcome;
    if (wasSent(outcome) && !REPEATABLE.test(request.method)) break;
  }
  const last = failed as RequestOutcome;
  const status = gatewayStatus(last, sending.route) as number;
  const { body: _nothing, ...rest } = last;
  const because = `${entry.title} answers ${status}: ${last.because}`;
  const answer = answered(status, [...stations, ...reached(last)], because, last.cause, spentMs);
  return relayed({ ...rest, ...answer }, relay);
}
