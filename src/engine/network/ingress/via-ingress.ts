/**
 * A request to a host of an Ingress: which controller takes it, which rule it meets, and what comes of sending it on.
 * Simplified: certificates are not looked at by clients; what is answered in place of a backend takes no time; a host's address is
 * that of the controller that serves it.
 */
import { hasFault } from '../../client/environment';
import { gatewayPage } from '../../machine/error-pages';
import { hostAsked, withoutPort } from '../../machine/sites';
import type { Network } from '../plan';
import type { NetworkRequest, RequestOutcome } from '../request';
import { senderOf, sourceAddress } from '../sender';
import { chosenBackend } from './balance';
import { CONTROLLER_KINDS, type ControllerKind, INGRESS_CONTROLLER, tableAt } from './controller';
import { type Asked, brokenRouteOf, hostFits, isOfGateway, locationOf, namesHost, type Route, routeOf } from './routes';
import {
  answered,
  choiceOf,
  contextOf,
  type Entry,
  refused,
  type Sending,
  type SendOn,
  throughEndpoints,
} from './through-endpoints';
import { hostsWritten } from './written';

const PORTS: Readonly<Record<number, 'http' | 'https'>> = { 80: 'http', 443: 'https' };

/** A path as servers look at it: a stroke for several, without steps up and down, its escapes undone. */
function plainPath(path: string): string {
  if (!/\/[/.]|%/.test(path)) return path;
  const text = path.replace(/%([0-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const parts: string[] = [];
  for (const part of text.split('/').slice(1)) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.join('/')}${parts.length > 0 && /\/\.{0,2}$/.test(text) ? '/' : ''}`;
}

/** What is asked for, as rules see it. */
function askedOf(request: NetworkRequest): Asked {
  const { scheme, port, path, method, headers } = request;
  const named = withoutPort(hostAsked(request));
  const [plain = '', query = ''] = (path.split('#')[0] as string).split('?');
  const over = scheme === 'https' ? 'https' : 'http';
  return { scheme: over, host: named.toLowerCase(), port, path: plainPath(plain), query, method, headers };
}

/** Whether an Ingress, an HTTPRoute or an IngressRoute names a host, whoever serves it. */
function isNamed(network: Network, host: string): boolean {
  const [first] = CONTROLLER_KINDS;
  const lister = first && contextOf(network, first)?.lister;
  return lister !== undefined && hostsWritten(lister).some((one) => one !== '' && hostFits(one, host));
}

/** Who takes a request to a host; undefined: the host has nothing to do with any Ingress. */
function entryOf(network: Network, asked: Asked, { host, atMs }: NetworkRequest): Entry | 'nobody' | undefined {
  const own: Entry[] = [];
  const serving: Entry[] = [];
  for (const kind of CONTROLLER_KINDS) {
    const context = contextOf(network, kind);
    if (!context?.memory.isThere) continue;
    const entry = { kind, loaded: tableAt(context.memory, atMs), title: kind.title };
    if (entry.loaded?.table.routes.some((route) => namesHost(route, asked))) serving.push(entry);
    else if (context.flag('publish-status-address')?.split(',').includes(host)) own.push(entry);
  }
  // Of several that could be meant, one that listens there.
  const meant = serving.length > 0 ? serving : own;
  if (meant[0]) return meant.find((one) => unheard(one, asked) === undefined) ?? meant[0];
  const isNow = isNamed(network, asked.host);
  // Its class may be one that nobody serves, or what was written may not be loaded yet: then a controller that is there answers.
  for (const kind of CONTROLLER_KINDS) {
    const memory = contextOf(network, kind)?.memory;
    const leadsHere = isNow || memory?.hosts.some((one) => one !== '' && hostFits(one, asked.host));
    if (memory?.isThere && leadsHere) return { kind, loaded: tableAt(memory, atMs), title: kind.title };
  }
  return isNow ? 'nobody' : undefined;
}

function send(sending: Sending, asked: Asked): RequestOutcome {
  const { request, entry, route } = sending;
  const { title } = entry;
  // Without a backend an HTTPRoute must answer 500, whoever serves it (gateway-api, HTTPRouteRule.backendRefs).
  const withoutBackend = isOfGateway(route) ? 500 : 503;
  const cause = entry.loaded?.step ?? null;
  const { redirect } = route;
  if (redirect)
    return {
      ...answered(redirect.status, [title, route.from], '', cause),
      location: locationOf(redirect, { ...request, host: asked.host }),
    };
  const { answers } = route;
  if (answers !== undefined)
    return answered(answers, [title, route.from], answers < 400 ? '' : `${title} answers ${answers} by itself`, cause);
  const backends = entry.loaded?.table.backends ?? {};
  const hasEndpoints = (one: string): boolean => (backends[one]?.endpoints.length ?? 0) > 0;
  const { key, from, draw } = chosenBackend(choiceOf(sending), route, asked, hasEndpoints);
  const stations = [title, from];
  const refusal = route.backends.find((one) => one.key === key)?.refused;
  if (refusal !== undefined)
    return answered(withoutBackend, stations, `${title} answers ${withoutBackend}: ${refusal}`, cause);
  for (const mirror of route.mirrors ?? []) {
    const { endpoints = [] } = backends[mirror.key] ?? {};
    if (mirror.refused === undefined && endpoints.length > 0) throughEndpoints(sending, [], mirror.key, endpoints);
  }
  const backend = key === undefined ? undefined : backends[key];
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
  const drawn = { ...sending, request: { ...request, draw } };
  return throughEndpoints(drawn, [...stations, service], key as string, backend.endpoints);
}

/** A client waits no longer than it says. */
function awaited(outcome: RequestOutcome, { timeoutMs }: NetworkRequest): RequestOutcome {
  if (outcome.latencyMs < timeoutMs) return outcome;
  const { status: _late, ...rest } = outcome;
  const because = outcome.because || `the answer takes ${outcome.latencyMs} ms, and the client waits ${timeoutMs} ms`;
  return { ...rest, failure: 'timeout', latencyMs: timeoutMs, because };
}

/**
 * Why nobody takes a connection; undefined: the controller listens, at 80 and 443 and where a Gateway of it says so. nginx that serves Gateways has the
 * ports of their listeners alone, and none of one that lacks its certificate.
 */
function unheard({ kind, loaded, title }: Entry, asked: Asked): string | undefined {
  const { scheme, port = 0 } = asked;
  const { routes = [] } = loaded?.table ?? {};
  const isThere = (route: Route): boolean => route.port === port && (route.scheme ?? scheme) === scheme;
  const because = `${title} does not listen for ${scheme} on port ${port}`;
  if (kind.word !== 'nginx-gateway') return PORTS[port] === scheme || routes.some(isThere) ? undefined : because;
  if (routes.some((route) => route.broken === undefined && isThere(route))) return undefined;
  const closed = routes.find((route) => namesHost(route, asked) && isThere(route));
  return closed ? `${because}: ${closed.broken}` : because;
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
  const silence = unheard(entry, asked);
  if (silence !== undefined) return refused([title], silence);
  const route = entry.loaded && routeOf(entry.loaded.table.routes, asked);
  if (!route) {
    const broken = brokenRouteOf(entry.loaded?.table.routes ?? [], asked);
    const because = broken
      ? `${title} answers 404: it has no router for ${broken.from}: ${broken.broken}`
      : `${title} answers 404: no rule is for ${asked.host}${asked.path}`;
    return withPage(answered(404, [title], because, entry.loaded?.step ?? null), entry.kind, request);
  }
  const sent = withPage(send({ network, request, entry, route, sendOn }, asked), entry.kind, request);
  return awaited(route.answerHeaders ? { ...sent, headers: route.answerHeaders } : sent, request);
}

/** What the controller itself answers has a page of its own. */
function withPage(outcome: RequestOutcome, { flavour }: ControllerKind, request: NetworkRequest): RequestOutcome {
  const { status, body } = outcome;
  const isOwn = request.wantsBody && body === undefined && status !== undefined;
  return isOwn ? { ...outcome, body: gatewayPage(flavour, status) } : outcome;
}
