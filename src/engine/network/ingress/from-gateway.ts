/**
 * The rules that HTTPRoutes make at the Gateways that they name.
 * Follows the Gateway API's reference (v1): hostnames of listener and route, matches of path, method, headers and parameters, weights, RequestRedirect
 * and URLRewrite. Left out: regular expressions, references across namespaces that a ReferenceGrant would allow, mirrors.
 */
import type { KubeObject } from '../../api/meta';
import type { Flavour } from './from-ingress';
import { hostFits, type PathMatch, type Route } from './routes';

/** A port at which a Gateway listens. */
export interface Listener {
  readonly name?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly hostname?: string;
}

/** A Gateway, or one of its listeners, that a route names. */
export interface ParentRef {
  readonly name: string;
  readonly namespace?: string;
  readonly sectionName?: string;
}

/** A header or a parameter that must have a value. */
interface Named {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
}

interface Match {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly method?: string;
  readonly headers?: readonly Named[];
  readonly queryParams?: readonly Named[];
}

interface Filter {
  readonly type: string;
  readonly requestRedirect?: {
    readonly scheme?: 'http' | 'https';
    readonly hostname?: string;
    readonly port?: number;
    readonly statusCode?: number;
  };
  readonly urlRewrite?: { readonly path?: { readonly replacePrefixMatch?: string; readonly replaceFullPath?: string } };
}

interface RouteSpec {
  readonly parentRefs?: readonly ParentRef[];
  readonly hostnames?: readonly string[];
  readonly rules?: readonly {
    readonly matches?: readonly Match[];
    readonly filters?: readonly Filter[];
    readonly backendRefs?: readonly {
      readonly name: string;
      readonly namespace?: string;
      readonly port?: number;
      readonly weight?: number;
    }[];
  }[];
}

/** The listeners of a Gateway. */
export const listenersOf = (gateway: KubeObject | undefined): readonly Listener[] =>
  (gateway?.spec as { listeners?: readonly Listener[] } | undefined)?.listeners ?? [];

/** The hosts that a listener and a route have in common. */
function sharedHosts(listener = '', hostnames: readonly string[] = []): readonly string[] {
  if (hostnames.length === 0) return [listener];
  return hostnames.filter((host) => listener === '' || hostFits(listener, host) || listener === host);
}

const MATCHES: Readonly<Record<string, PathMatch>> = { Exact: 'exact', PathPrefix: 'prefix' };

function effectsOf(filters: readonly Filter[] = [], path: string): Pick<Route, 'redirect' | 'rewrite'> {
  const redirect = filters.find(({ type }) => type === 'RequestRedirect')?.requestRedirect;
  const { replacePrefixMatch, replaceFullPath } =
    filters.find(({ type }) => type === 'URLRewrite')?.urlRewrite?.path ?? {};
  const { scheme, hostname: host, port, statusCode: status = 302 } = redirect ?? {};
  return {
    ...(redirect
      ? { redirect: { status, ...(scheme && { scheme }), ...(host && { host }), ...(port && { port }) } }
      : {}),
    ...(replacePrefixMatch === undefined ? {} : { rewrite: { prefix: path, to: replacePrefixMatch } }),
    ...(replaceFullPath === undefined ? {} : { rewrite: { to: replaceFullPath } }),
  };
}

const hasExpression = (wanted: readonly Named[] | undefined): boolean =>
  wanted?.some(({ type }) => type === 'RegularExpression') ?? false;

const valuesOf = (wanted: readonly Named[]): Readonly<Record<string, string>> =>
  Object.fromEntries(wanted.map(({ name, value }) => [name, value]));

/** The rules of an HTTPRoute at the Gateways of `gatewayOf`, which gives those that are served. */
export function routesOfHttpRoute(
  { metadata, spec }: KubeObject,
  gatewayOf: (namespace: string, name: string) => KubeObject | undefined,
  flavour: Flavour,
): Route[] {
  const { namespace = '', name } = metadata;
  const { parentRefs = [], hostnames, rules = [] } = (spec ?? {}) as RouteSpec;
  const listeners = parentRefs.flatMap((parent) => {
    const all = listenersOf(gatewayOf(parent.namespace ?? namespace, parent.name));
    return all.filter((one) => parent.sectionName === undefined || one.name === parent.sectionName);
  });
  return listeners.flatMap(({ hostname, protocol, port }) =>
    sharedHosts(hostname, hostnames).flatMap((host) =>
      rules.flatMap(({ matches = [{}], filters, backendRefs = [] }) =>
        matches.flatMap(({ path: { type = 'PathPrefix', value = '/' } = {}, method, headers, queryParams }) => {
          const match = MATCHES[type];
          if (!match || [headers, queryParams].some(hasExpression)) return [];
          return {
            ...{ host, path: value, match, from: `HTTPRoute ${namespace}/${name}` },
            scheme: protocol === 'HTTPS' ? ('https' as const) : ('http' as const),
            backends: backendRefs.map((one) => ({
              key: `${one.namespace ?? namespace}/${one.name}:${one.port ?? ''}`,
              weight: one.weight ?? 1,
            })),
            ...(method === undefined ? {} : { method }),
            ...(headers ? { headers: valuesOf(headers) } : {}),
            ...(queryParams ? { query: valuesOf(queryParams) } : {}),
            // Traefik listens at its entry points alone, whatever a Gateway says.
            ...(flavour === 'nginx' && port !== undefined ? { port } : {}),
            ...{ connectTimeoutMs: 10_000, readTimeoutMs: 60_000 },
            ...effectsOf(filters, value),
          };
        }),
      ),
    ),
  );
}
