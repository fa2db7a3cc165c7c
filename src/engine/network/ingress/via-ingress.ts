/**
 * A request to a host of an Ingress: which controller takes it, which rule it meets, and what comes of sending it on.
 * Follows ingress-nginx (proxy_next_upstream "error timeout", 3 tries, of which one that was taken is the last for what may not be repeated; 502, 503, 504) and Traefik (no second try).
 * Simplified: certificates are not looked at by clients; what is answered in place of a backend takes no time; a host's address is
 * that of the controller that serves it.
 */
import type { Context } from '../../client/component';
import { hasFault } from '../../client/environment';
import { gatewayPage } from '../../machine/error-pages';
import { CLUSTER_DNS_ADDRESS } from '../dns/cluster-dns';
import { lookUp, type ResolverConfig } from '../dns/resolver';
import { isAddress, type Network } from '../plan';
import type { NetworkRequest, Relay, RequestOutcome } from '../request';
import { senderOf, sourceAddress } from '../sender';
import { type Choice, chosenBackend, firstEndpoint } from './balance';
import {
  CONTROLLER_KINDS,
  type ControllerKind,
  INGRESS_CONTROLLER,
  type IngressControllerMemory,
  type LoadedTable,
  tableAt,
} from './controller';
import {
  type Asked,
  brokenRouteOf,
  hostFits,
  isOfGateway,
  namesHost,
  pathBehind,
  type Route,
  routeOf,
  titleOf,
} from './routes';
import type { IngressEndpoint } from './table';
import { hostsWritten } from './written';

const PORTS: Readonly<Record<number, 'http' | 'https'>> = { 80: 'http', 443: 'https' };
const NGINX_TRIES = 3;
const REPEATABLE = /^(?:GET|HEAD|OPTIONS|PUT|DELETE|TRACE)$/;
const ANSWER_MS = 1;

/** How a request is sent on to an endpoint. */
export type SendOn = (network: Network, request: NetworkRequest) => RequestOutcome;

/** A controller that takes a request. */
interface Entry {
  readonly kind: ControllerKind;
  readonly loaded: LoadedTable | undefined;
  readonly title: string;
}

const entryAt = (kind: ControllerKind, loaded: LoadedTable | undefined): Entry => ({
  kind,
  loaded,
  title: titleOf(kind, loaded?.table.routes ?? []),
});

/** What is asked for, as rules see it. */
function askedOf({ scheme, host, port, path, method, headers }: NetworkRequest): Asked {
  const named = headers.Host ?? headers.host ?? host;
  const [plain = '', query = ''] = (path.split('#')[0] as string).split('?');
  const over = scheme === 'https' ? 'https' : 'http';
  return { scheme: over, host: named.toLowerCase(), port, path: plain, query, method, headers };
}

function contextOf({ context }: Network, { name }: ControllerKind): Context<IngressControllerMemory> | undefined {
  return context.peer(name) as Context<IngressControllerMemory> | undefined;
}

/** Whether an Ingress, an HTTPRoute or an IngressRoute names a host, whoever serves it. */
function isNamed(network: Network, host: string): boolean {
  const [first] = CONTROLLER_KINDS;
  const lister = first && contextOf(network, first)?.lister;
  return lister !== undefined && hostsWritten(lister).some((one) => one !== '' && hostFits(one, host));
}

/** Who takes a request to a host; undefined: the host has nothing to do with any Ingress. */
function entryOf(network: Network, asked: Asked, { host, atMs }: NetworkRequest): Entry | 'nobody' | undefined {
  for (const kind of CONTROLLER_KINDS) {
    const context = contextOf(network, kind);
    if (!context?.memory.isThere) continue;
    const loaded = tableAt(context.memory, atMs);
    const isOwnAddress = context.flag('publish-status-address')?.split(',').includes(host);
    const serves = loaded?.table.routes.some((route) => namesHost(route, asked));
    if (isOwnAddress || serves) return entryAt(kind, loaded);
  }
  const isNow = isNamed(network, asked.host);
  // Its class may be one that nobody serves, or what was written may not be loaded yet: then a controller that is there answers.
  for (const kind of CONTROLLER_KINDS) {
    const memory = contextOf(network, kind)?.memory;
    const leadsHere = isNow || memory?.hosts.some((one) => one !== '' && hostFits(one, asked.host));
    if (memory?.isThere && leadsHere) return entryAt(kind, tableAt(memory, atMs));
  }
  return isNow ? 'nobody' : undefined;
}

function answered(
  status: number,
  path: readonly string[],
  because: string,
  cause: number | null,
  latencyMs = ANSWER_MS,
): RequestOutcome {
  const failure = status < 400 ? {} : { failure: `http-${status}` as const };
  return { ...failure, status, latencyMs, path, because, cause };
}

interface Sending {
  readonly network: Network;
  readonly request: NetworkRequest;
  readonly entry: Entry;
  readonly route: Route;
  readonly sendOn: SendOn;
}

const choiceOf = ({ network, request, entry: { kind } }: Sending): Choice => ({
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
  return sendOn(network, {
    ...plain,
    path,
    scheme: 'http',
    source: { kind: 'node', node, controller: entry.kind.title.toLowerCase() },
    host,
    port: endpoint.port,
    atMs: request.atMs + spentMs,
    timeoutMs: route.readTimeoutMs,
    client: 'ingress',
  });
}

/** The stations behind the Service: addresses say nothing to people. */
const reached = ({ path }: RequestOutcome): string[] => path.filter((station) => /^(?:Pod|Node) /.test(station));

/** An outcome as the client sees it: the connection behind the controller is not its own. */
function relayed({ connection: _inner, server: _hidden, ...outcome }: RequestOutcome, relay: Relay): RequestOutcome {
  return { ...outcome, relay };
}

/** What a controller answers when an endpoint failed; undefined: the endpoint's own answer is passed on. */
function gatewayStatus({ failure, status }: RequestOutcome): number | undefined {
  if (failure === undefined || status !== undefined) return undefined;
  return failure === 'timeout' ? 504 : 502;
}

/** Whether a process had taken the request before it failed: an order that was taken is not sent a second time. */
const wasSent = ({ failure, containerId }: RequestOutcome): boolean =>
  failure !== 'refused' && containerId !== undefined;

function throughEndpoints(
  sending: Sending,
  stations: readonly string[],
  backend: string,
  endpoints: readonly IngressEndpoint[],
): RequestOutcome {
  const { request, entry } = sending;
  const first = firstEndpoint(choiceOf(sending), backend, endpoints);
  const relay = { backend, endpoint: (endpoints[first] as IngressEndpoint).address };
  const tries = Math.min(entry.kind.flavour === 'nginx' ? NGINX_TRIES : 1, endpoints.length);
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
    if (gatewayStatus(outcome) === undefined)
      return relayed({ ...outcome, latencyMs: spentMs, path: [...stations, ...reached(outcome)] }, relay);
    failed = outcome;
    if (wasSent(outcome) && !REPEATABLE.test(request.method)) break;
  }
  const last = failed as RequestOutcome;
  const status = gatewayStatus(last) as number;
  const { body: _nothing, ...rest } = last;
  const because = `${entry.title} answers ${status}: ${last.because}`;
  const answer = answered(status, [...stations, ...reached(last)], because, last.cause, spentMs);
  return relayed({ ...rest, ...answer }, relay);
}

function send(sending: Sending): RequestOutcome {
  const { request, entry, route } = sending;
  const { title } = entry;
  // Without a backend an HTTPRoute must answer 500, whoever serves it (gateway-api, HTTPRouteRule.backendRefs).
  const withoutBackend = isOfGateway(route) ? 500 : 503;
  const cause = entry.loaded?.step ?? null;
  const stations = [title, route.from];
  const { redirect } = route;
  if (redirect) {
    const { scheme = request.scheme, host = askedOf(request).host, port } = redirect;
    const location = `${scheme}://${host}${port === undefined ? '' : `:${port}`}${request.path}`;
    return { ...answered(redirect.status, stations, '', cause), location };
  }
  const { answers } = route;
  if (answers !== undefined)
    return answered(answers, stations, answers < 400 ? '' : `${title} answers ${answers} by itself`, cause);
  const key = chosenBackend(choiceOf(sending), route);
  const backend = key === undefined ? undefined : entry.loaded?.table.backends[key];
  if (!backend) {
    const because = `${title} answers ${withoutBackend}: the rule of ${route.from} has no backend`;
    return answered(withoutBackend, stations, because, cause);
  }
  const service = `Service ${backend.service}`;
  if (backend.missing !== undefined) {
    const because = `${title} answers ${withoutBackend}: ${backend.missing}`;
    return answered(withoutBackend, stations, because, cause);
  }
  if (backend.endpoints.length === 0)
    return answered(
      503,
      [...stations, service],
      `${title} answers 503: ${service} has no endpoint that is ready`,
      cause,
    );
  return throughEndpoints(sending, [...stations, service], key as string, backend.endpoints);
}

/** A client waits no longer than it says. */
function awaited(outcome: RequestOutcome, { timeoutMs }: NetworkRequest): RequestOutcome {
  if (outcome.latencyMs < timeoutMs) return outcome;
  const { status: _late, ...rest } = outcome;
  const because = outcome.because || `the answer takes ${outcome.latencyMs} ms, and the client waits ${timeoutMs} ms`;
  return { ...rest, failure: 'timeout', latencyMs: timeoutMs, because };
}

const refused = (path: readonly string[], because: string): RequestOutcome => ({
  failure: 'refused',
  latencyMs: ANSWER_MS,
  path,
  because,
  cause: null,
});

/** Whether the controller listens: at 80 and 443, and where a Gateway of it says so. */
function listens({ loaded }: Entry, { scheme }: Asked, port: number): boolean {
  if (PORTS[port] === scheme) return true;
  return loaded?.table.routes.some((route) => route.port === port && (route.scheme ?? scheme) === scheme) ?? false;
}

/** What becomes of a request to a host of an Ingress; undefined when its host is none. */
export function viaIngress(network: Network, request: NetworkRequest, sendOn: SendOn): RequestOutcome | undefined {
  const sender = senderOf(network, request);
  const asked = { ...askedOf(request), ...(sender ? { client: sourceAddress(sender, request.client) } : {}) };
  const entry = entryOf(network, asked, request);
  if (!entry) return undefined;
  if (entry === 'nobody') return refused([], `no Ingress controller is there to serve ${asked.host}`);
  const { title, kind } = entry;
  const isDown = [INGRESS_CONTROLLER, kind.name].some((component) =>
    hasFault(network.context.environment, 'component-down', { component }),
  );
  if (isDown) return refused([title], `${title} is down`);
  if (!listens(entry, asked, request.port))
    return refused([title], `${title} does not listen for ${asked.scheme} on port ${request.port}`);
  const route = entry.loaded && routeOf(entry.loaded.table.routes, asked);
  if (!route) {
    const broken = brokenRouteOf(entry.loaded?.table.routes ?? [], asked);
    const because = broken
      ? `${title} answers 404: it has no router for ${broken.from}: ${broken.broken}`
      : `${title} answers 404: no rule is for ${asked.host}${asked.path}`;
    return withPage(answered(404, [title], because, entry.loaded?.step ?? null), entry.kind, request);
  }
  return awaited(withPage(send({ network, request, entry, route, sendOn }), entry.kind, request), request);
}

/** What the controller itself answers has a page of its own. */
function withPage(outcome: RequestOutcome, { flavour }: ControllerKind, request: NetworkRequest): RequestOutcome {
  const { status, body } = outcome;
  const isOwn = request.wantsBody && body === undefined && status !== undefined;
  return isOwn ? { ...outcome, body: gatewayPage(flavour, status) } : outcome;
}
