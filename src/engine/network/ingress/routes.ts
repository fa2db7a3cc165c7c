/**
 * The routing core that Ingress, Gateway API and Traefik's own kinds share: which rule a request meets, and what is done with it. Plain
 * data and pure functions.
 * Follows the Ingress reference (path types, wildcard hosts) and gateway-api's precedence: the host that says most, then Exact before
 * prefixes, then the longest path. Traefik goes by priority alone.
 */

import { parseRegularExpression } from '../../api/regular-expression';
import type { Alternative, Canary } from './canary';
import { fitsExpression, headerValues, parameterValues, type RouteTest, testFits } from './route-test';

/**
 * How a path is held against a request's: the whole, element by element, as a mere beginning of the text, or as an expression for that, whose
 * capitals count or not (`~` and `~*` of nginx).
 */
export type PathMatch = 'exact' | 'prefix' | 'text' | 'expression' | 'caseless';

/** Part of a Service that a route sends to. */
export interface RouteBackend {
  /** `namespace/name:port` of the Service. */
  readonly key: string;
  readonly weight: number;
  /** Why nothing may be sent there. */
  readonly refused?: string;
}

/** What takes the place of a path, of a prefix of it, or of a path in which an expression is found: that with its groups. */
export interface Rewrite {
  readonly prefix?: string;
  readonly expression?: string;
  readonly to: string;
}

/** What is answered in place of a backend. */
export interface Redirect {
  readonly scheme?: 'http' | 'https';
  readonly host?: string;
  readonly port?: number;
  readonly path?: Rewrite;
  /** All of it. */
  readonly url?: string;
  readonly status: number;
}

/** One rule. */
export interface Route {
  /** A name, `*.` and the rest of one, or '' for all. */
  readonly host: string;
  readonly path: string;
  readonly match: PathMatch;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly tests?: readonly RouteTest[];
  /** The only scheme it is for, and the only port. */
  readonly scheme?: 'http' | 'https';
  readonly port?: number;
  /** Of Traefik's routers: the highest wins. */
  readonly priority?: number;
  /** `Ingress shop/web`: where it is written. */
  readonly from: string;
  readonly backends: readonly RouteBackend[];
  readonly redirect?: Redirect;
  /** Of its host it is looked at before all others. */
  readonly isFirst?: true;
  /** How an Ingress says that paths are meant. */
  readonly pathType?: string;
  /** It is that of an Ingress's default backend. */
  readonly isDefault?: true;
  /** It only shares the requests of another rule of the same path. */
  readonly canary?: Canary;
  /** Who takes a part of its requests. */
  readonly alternative?: Alternative;
  /** What the controller itself answers in place of a backend. */
  readonly answers?: number;
  /** Why the controller has no router for it: no request meets it then. */
  readonly broken?: string;
  /** Prefixes of which the first that fits is taken off the path. */
  readonly stripPrefixes?: readonly string[];
  readonly rewrite?: Rewrite;
  /** Who is sent the same, and not waited for. */
  readonly mirrors?: readonly RouteBackend[];
  /** Headers that an answer gets, or loses (''). */
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly connectTimeoutMs: number;
  /** Undefined: without end. */
  readonly readTimeoutMs?: number;
}

/** What of a request decides. */
export interface Asked {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  /** Without what follows a question mark. */
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What follows a question mark. */
  readonly query?: string;
  readonly port?: number;
  /** The address of whoever asks. */
  readonly client?: string;
}

/** Whether a host is one that a rule's host stands for; a star stands for one label, or `isDeep` for several. */
export function hostFits(pattern: string, host: string, isDeep = false): boolean {
  if (pattern === '' || pattern === host) return true;
  if (!pattern.startsWith('*.')) return false;
  const dot = isDeep ? host.length - pattern.length + 1 : host.indexOf('.');
  return dot > 0 && host.slice(dot) === pattern.slice(1);
}

/** Whether a path is one that a rule's path stands for. */
export function pathFits(match: PathMatch, pattern: string, path: string): boolean {
  if (match === 'exact') return path === pattern;
  if (match === 'text') return path.startsWith(pattern);
  if (match !== 'prefix') return fitsExpression(`${match === 'caseless' ? '(?i)' : ''}^${pattern}`, path);
  const whole = pattern.endsWith('/') ? pattern.slice(0, -1) : pattern;
  return path === whole || path.startsWith(`${whole}/`);
}

function fits(route: Route, asked: Asked): boolean {
  const { scheme, path, method, headers, query = '', port } = asked;
  if (route.scheme !== undefined && route.scheme !== scheme) return false;
  if (route.port !== undefined && port !== undefined && route.port !== port) return false;
  if (route.method !== undefined && route.method !== method) return false;
  for (const [name, value] of Object.entries(route.headers ?? {}))
    if (!headerValues(headers, name).includes(value)) return false;
  // Of a parameter that is given more than once the first counts.
  for (const [name, value] of Object.entries(route.query ?? {}))
    if (parameterValues(query, name)[0] !== value) return false;
  return pathFits(route.match, route.path, path) && route.tests?.every((test) => testFits(test, asked)) !== false;
}

/** Whether the Gateway API's rules hold for it. */
export const isOfGateway = ({ from }: Route): boolean => from.startsWith('HTTPRoute ');

const isForHost = (route: Route, host: string): boolean => hostFits(route.host, host, isOfGateway(route));

/** Whether a rule says something of a host that is so. */
export const namesHost = (route: Route, asked: Asked): boolean =>
  route.host === ''
    ? route.tests?.some((test) => test.of === 'host' && !test.isNot && testFits(test, asked)) === true
    : isForHost(route, asked.host);

/** How much a host says: a name most, a star less, nothing least. */
const hostRank = (host: string): number => (host === '' ? 0 : host.startsWith('*') ? 1 : 2 + host.length);

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order in which rules are looked at: the first that fits is the one, and of rules that are alike the one that was first. */
export function inPrecedence(routes: readonly Route[]): Route[] {
  return [...routes].sort(
    (a, b) =>
      (b.priority ?? 0) - (a.priority ?? 0) ||
      hostRank(b.host) - hostRank(a.host) ||
      Number(b.isFirst === true) - Number(a.isFirst === true) ||
      Number(b.match === 'exact') - Number(a.match === 'exact') ||
      b.path.length - a.path.length ||
      Number(b.method !== undefined) - Number(a.method !== undefined) ||
      Object.keys(b.headers ?? {}).length - Object.keys(a.headers ?? {}).length ||
      Object.keys(b.query ?? {}).length - Object.keys(a.query ?? {}).length ||
      text(a.host, b.host) ||
      text(a.path, b.path),
  );
}

/**
 * The rule that a request meets, of rules in precedence; undefined: none. Without priorities only the rules of the host that says most are
 * looked at, as a server block of nginx is chosen before its locations.
 */
export function routeOf(routes: readonly Route[], asked: Asked): Route | undefined {
  const ofHost = routes.filter((route) => route.broken === undefined && isForHost(route, asked.host));
  const [first] = ofHost;
  if (!first) return undefined;
  const server = first.priority === undefined ? ofHost.filter(({ host }) => host === first.host) : ofHost;
  return server.find((route) => fits(route, asked));
}

/** The rule that a request would have met, had its router been built. */
export function brokenRouteOf(routes: readonly Route[], asked: Asked): Route | undefined {
  return routes.find((route) => route.broken !== undefined && isForHost(route, asked.host) && fits(route, asked));
}

/** What nginx's `rewrite` makes of a path: where the expression is found, all of it is replaced. */
function rewritten(expression: string, to: string, path: string): string {
  const read = parseRegularExpression(expression);
  const [found] = 'problem' in read ? [] : read.groups(path);
  return found ? to.replace(/\$(\d)/g, (_, group: string) => found.groups[Number(group)] ?? '') : path;
}

/** The path that a backend is asked for; what follows a question mark stays. */
export function pathBehind(
  { stripPrefixes = [], rewrite }: Pick<Route, 'stripPrefixes' | 'rewrite'>,
  whole: string,
): string {
  const mark = whole.indexOf('?');
  const path = mark < 0 ? whole : whole.slice(0, mark);
  if (rewrite?.expression !== undefined)
    return `${rewritten(rewrite.expression, rewrite.to, path)}${whole.slice(path.length)}`;
  const prefix = rewrite?.prefix ?? stripPrefixes.find((one) => pathFits('prefix', one, path));
  if (prefix === undefined) return rewrite ? `${rewrite.to}${whole.slice(path.length)}` : whole;
  const rest = path.slice(prefix.replace(/\/$/, '').length);
  const to = (rewrite?.to ?? '').replace(/\/$/, '');
  const joined = rest === '' || rest.startsWith('/') ? `${to}${rest}` : `${to}/${rest}`;
  return `${joined || '/'}${whole.slice(path.length)}`;
}

/** Where a redirect sends whoever asked. */
export function locationOf(
  { scheme, host, port, path: rewrite, url }: Redirect,
  asked: { readonly scheme: string; readonly host: string; readonly path: string },
): string {
  const path = rewrite ? pathBehind({ rewrite }, asked.path) : asked.path;
  if (url !== undefined) return url;
  return `${scheme ?? asked.scheme}://${host ?? asked.host}${port === undefined ? '' : `:${port}`}${path}`;
}
