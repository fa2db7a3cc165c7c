/**
 * The rules that Traefik's own kinds make: IngressRoute with the Middlewares that it names.
 * Follows pkg/provider/kubernetes/crd and pkg/muxer/http of Traefik: a router's priority is the length of its rule. Simplified: Host, PathPrefix,
 * Path, Method and Header with && and ||; of the middlewares redirectScheme and stripPrefix.
 */
import type { KubeObject } from '../../api/meta';
import type { PathMatch, Redirect, Route } from './routes';

interface Named {
  readonly name: string;
  readonly namespace?: string;
}

interface IngressRouteSpec {
  readonly entryPoints?: readonly string[];
  readonly routes?: readonly {
    readonly match?: string;
    readonly priority?: number;
    readonly services?: readonly (Named & { readonly port?: number | string; readonly weight?: number })[];
    readonly middlewares?: readonly Named[];
  }[];
  readonly tls?: { readonly secretName?: string };
}

interface MiddlewareSpec {
  readonly redirectScheme?: { readonly scheme?: string; readonly permanent?: boolean; readonly port?: string };
  readonly stripPrefix?: { readonly prefixes?: readonly string[] };
}

/** One way to meet a rule. */
interface Terms {
  readonly host?: string;
  readonly path?: string;
  readonly match?: PathMatch;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The signs and matchers of a rule; undefined when there is something else in it. */
function tokensOf(rule: string): string[] | undefined {
  const parts = rule.matchAll(/&&|\|\||[()]|[A-Za-z]+\((?:\s*[`"'][^`"']*[`"']\s*(?:,|(?=\))))*\)|\S/g);
  const tokens = [...parts].map(([token]) => token);
  return tokens.every((token) => token.length > 1 || token === '(' || token === ')') ? tokens : undefined;
}

/** The ways that one matcher makes; undefined for one that is not known. */
function waysOfMatcher(token: string): Terms[] | undefined {
  const name = token.slice(0, token.indexOf('('));
  const values = [...token.matchAll(/[`"']([^`"']*)[`"']/g)].map(([, value = '']) => value);
  switch (name) {
    case 'Host':
      return values.map((host) => ({ host: host.toLowerCase() }));
    case 'PathPrefix':
      return values.map((path) => ({ path, match: 'text' }));
    case 'Path':
      return values.map((path) => ({ path, match: 'exact' }));
    case 'Method':
      return values.map((method) => ({ method }));
    case 'Header':
    case 'Headers':
      return [{ headers: { [values[0] ?? '']: values[1] ?? '' } }];
    default:
      return undefined;
  }
}

const both = (left: readonly Terms[], right: readonly Terms[]): Terms[] =>
  left.flatMap((one) => right.map((other) => ({ ...one, ...other, headers: { ...one.headers, ...other.headers } })));

/** All ways to meet a rule: `||` adds, `&&` combines. Undefined for a rule that can't be read. */
export function waysOf(rule: string): readonly Terms[] | undefined {
  const tokens = tokensOf(rule);
  let at = 0;
  const one = (): Terms[] | undefined => {
    const token = tokens?.[at++];
    if (token === undefined) return undefined;
    if (token !== '(') return waysOfMatcher(token);
    const inner = either();
    return tokens?.[at++] === ')' ? inner : undefined;
  };
  const all = (): Terms[] | undefined => {
    let ways = one();
    while (ways && tokens?.[at] === '&&') {
      at++;
      const more = one();
      ways = more && both(ways, more);
    }
    return ways;
  };
  const either = (): Terms[] | undefined => {
    let ways = all();
    while (ways && tokens?.[at] === '||') {
      at++;
      const more = all();
      ways = more && [...ways, ...more];
    }
    return ways;
  };
  const ways = either();
  return at === tokens?.length ? ways : undefined;
}

type Find = (kind: 'Middleware', namespace: string, name: string) => KubeObject | undefined;

interface Effect {
  readonly redirect?: Redirect;
  readonly stripPrefixes?: readonly string[];
}

function effectOf(middleware: KubeObject): Effect {
  const { redirectScheme, stripPrefix } = (middleware.spec ?? {}) as MiddlewareSpec;
  const scheme = redirectScheme?.scheme === 'http' ? 'http' : 'https';
  // For a GET; other methods are answered 308 and 307.
  const status = redirectScheme?.permanent ? 301 : 302;
  const port = Number(redirectScheme?.port);
  return {
    ...(redirectScheme ? { redirect: { scheme, status, ...(port > 0 ? { port } : {}) } } : {}),
    ...(stripPrefix?.prefixes ? { stripPrefixes: stripPrefix.prefixes } : {}),
  };
}

/** Entry points by the names that Traefik's chart gives them. */
function schemeOf(entryPoints: readonly string[] | undefined): Pick<Route, 'scheme'> {
  const [only, more] = entryPoints ?? [];
  if (more !== undefined) return {};
  return only === 'web' ? { scheme: 'http' } : only === 'websecure' ? { scheme: 'https' } : {};
}

/** The rules of an IngressRoute; a route that names a Middleware which is not there has none. */
export function routesOfIngressRoute({ metadata, spec }: KubeObject, find: Find): Route[] {
  const { namespace = '', name } = metadata;
  const { entryPoints, routes = [] } = (spec ?? {}) as IngressRouteSpec;
  return routes.flatMap(({ match = '', priority = match.length, services = [], middlewares = [] }) => {
    const found = middlewares.map((one) => find('Middleware', one.namespace ?? namespace, one.name));
    if (found.some((middleware) => middleware === undefined)) return [];
    const effects: Effect = Object.assign({}, ...found.map((middleware) => effectOf(middleware as KubeObject)));
    const backends = services.map((service) => ({
      key: `${service.namespace ?? namespace}/${service.name}:${service.port ?? ''}`,
      weight: service.weight ?? 1,
    }));
    return (waysOf(match) ?? []).map(({ host = '', path = '/', match: how = 'text', method, headers }) => ({
      ...{ host, path, match: how, priority, backends, from: `IngressRoute ${namespace}/${name}` },
      ...(method === undefined ? {} : { method }),
      ...(headers && Object.keys(headers).length > 0 ? { headers } : {}),
      ...{ connectTimeoutMs: 30_000, readTimeoutMs: 60_000 },
      ...schemeOf(entryPoints),
      ...effects,
    }));
  });
}
