/**
 * The rules that HTTPRoutes make at the Gateways that they name.
 * Follows the Gateway API's reference (v1): hostnames of listener and route, matches of path, method and headers, weights, RequestRedirect and
 * URLRewrite with ReplacePrefixMatch of "/". Left out: regular expressions, references across namespaces that a ReferenceGrant would allow, mirrors.
 */
import type { KubeObject } from '../../api/meta';
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

interface Match {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly method?: string;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
}

interface Filter {
  readonly type: string;
  readonly requestRedirect?: {
    readonly scheme?: 'http' | 'https';
    readonly hostname?: string;
    readonly port?: number;
    readonly statusCode?: number;
  };
  readonly urlRewrite?: { readonly path?: { readonly replacePrefixMatch?: string } };
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

function effectsOf(filters: readonly Filter[] = [], path: string): Pick<Route, 'redirect' | 'stripPrefixes'> {
  const redirect = filters.find(({ type }) => type === 'RequestRedirect')?.requestRedirect;
  const replaced = filters.find(({ type }) => type === 'URLRewrite')?.urlRewrite?.path?.replacePrefixMatch;
  const { scheme, hostname: host, port, statusCode: status = 302 } = redirect ?? {};
  return {
    ...(redirect
      ? { redirect: { status, ...(scheme && { scheme }), ...(host && { host }), ...(port && { port }) } }
      : {}),
    ...(replaced === '/' ? { stripPrefixes: [path] } : {}),
  };
}

/** The rules of an HTTPRoute at the Gateways of `gatewayOf`, which gives those that are served. */
export function routesOfHttpRoute(
  { metadata, spec }: KubeObject,
  gatewayOf: (namespace: string, name: string) => KubeObject | undefined,
): Route[] {
  const { namespace = '', name } = metadata;
  const { parentRefs = [], hostnames, rules = [] } = (spec ?? {}) as RouteSpec;
  const listeners = parentRefs.flatMap((parent) => {
    const all = listenersOf(gatewayOf(parent.namespace ?? namespace, parent.name));
    return all.filter((one) => parent.sectionName === undefined || one.name === parent.sectionName);
  });
  return listeners.flatMap(({ hostname, protocol }) =>
    sharedHosts(hostname, hostnames).flatMap((host) =>
      rules.flatMap(({ matches = [{}], filters, backendRefs = [] }) =>
        matches.flatMap(({ path: { type = 'PathPrefix', value = '/' } = {}, method, headers }) => {
          const match = MATCHES[type];
          if (!match) return [];
          return {
            ...{ host, path: value, match, from: `HTTPRoute ${namespace}/${name}` },
            scheme: protocol === 'HTTPS' ? ('https' as const) : ('http' as const),
            backends: backendRefs.map((one) => ({
              key: `${one.namespace ?? namespace}/${one.name}:${one.port ?? ''}`,
              weight: one.weight ?? 1,
            })),
            ...(method === undefined ? {} : { method }),
            ...(headers ? { headers: Object.fromEntries(headers.map((one) => [one.name, one.value])) } : {}),
            ...{ connectTimeoutMs: 10_000, readTimeoutMs: 60_000 },
            ...effectsOf(filters, value),
          };
        }),
      ),
    ),
  );
}
