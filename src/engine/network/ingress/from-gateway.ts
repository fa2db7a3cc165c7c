/**
 * The rules that HTTPRoutes make at the Gateways that they name.
 * Follows the Gateway API's reference (v1): hostnames of listener and route, matches of path, method, headers and parameters, weights, RequestRedirect,
 * URLRewrite, ResponseHeaderModifier and RequestMirror, and the ReferenceGrants that references across namespaces need.
 */
import type { KubeObject } from '../../api/meta';
import type { CertificateProblems } from './certificates';
import type { Flavour } from './from-ingress';
import { TRAEFIK_TIMEOUTS } from './from-traefik';
import type { RouteTest } from './route-test';
import { hostFits, type PathMatch, type Rewrite, type Route, type RouteBackend } from './routes';

/** The API group of its kinds. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** A port at which a Gateway listens. */
export interface Listener {
  readonly name?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly hostname?: string;
  readonly tls?: { readonly certificateRefs?: readonly { readonly name: string; readonly namespace?: string }[] };
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

interface PathModifier {
  readonly replacePrefixMatch?: string;
  readonly replaceFullPath?: string;
}

/** A Service that a route names. */
export interface BackendRef {
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
}

interface Filter {
  readonly type: string;
  readonly requestRedirect?: {
    readonly scheme?: 'http' | 'https';
    readonly hostname?: string;
    readonly port?: number;
    readonly statusCode?: number;
    readonly path?: PathModifier;
  };
  readonly urlRewrite?: { readonly path?: PathModifier };
  readonly requestMirror?: { readonly backendRef: BackendRef };
  readonly responseHeaderModifier?: {
    readonly set?: readonly Named[];
    readonly add?: readonly Named[];
    readonly remove?: readonly string[];
  };
}

/** Whether an object of another namespace may be named from one. */
export type IsGranted = (from: string, namespace: string, name: string) => boolean;

interface Grant {
  readonly from?: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  readonly to?: readonly { readonly group: string; readonly kind: string; readonly name?: string }[];
}

interface RouteSpec {
  readonly parentRefs?: readonly ParentRef[];
  readonly hostnames?: readonly string[];
  readonly rules?: readonly {
    readonly matches?: readonly Match[];
    readonly filters?: readonly Filter[];
    readonly backendRefs?: readonly BackendRef[];
  }[];
}

/** The listeners of a Gateway. */
export const listenersOf = (gateway: KubeObject | undefined): readonly Listener[] =>
  (gateway?.spec as { listeners?: readonly Listener[] } | undefined)?.listeners ?? [];

/** The hosts that a listener and a route have in common. */
function sharedHosts(listener = '', hostnames: readonly string[] = []): readonly string[] {
  if (hostnames.length === 0) return [listener];
  return hostnames.filter((host) => listener === '' || hostFits(listener, host, true) || listener === host);
}

const MATCHES: Readonly<Record<string, PathMatch>> = {
  Exact: 'exact',
  PathPrefix: 'prefix',
  RegularExpression: 'expression',
};

const rewriteOf = ({ replacePrefixMatch, replaceFullPath }: PathModifier = {}, path: string): Rewrite | undefined =>
  replacePrefixMatch !== undefined
    ? { prefix: path, to: replacePrefixMatch }
    : replaceFullPath !== undefined
      ? { to: replaceFullPath }
      : undefined;

type Effects = Pick<Route, 'redirect' | 'rewrite' | 'mirrors' | 'answerHeaders'>;

function effectsOf(
  filters: readonly Filter[] = [],
  path: string,
  backendOf: (one: BackendRef) => RouteBackend,
): Effects {
  const redirect = filters.find(({ type }) => type === 'RequestRedirect')?.requestRedirect;
  const rewrite = rewriteOf(filters.find(({ type }) => type === 'URLRewrite')?.urlRewrite?.path, path);
  const { scheme, hostname: host, port, statusCode: status = 302 } = redirect ?? {};
  const to = rewriteOf(redirect?.path, path);
  const mirrors = filters.flatMap(({ requestMirror }) => (requestMirror ? [backendOf(requestMirror.backendRef)] : []));
  const {
    set = [],
    add = [],
    remove = [],
  } = filters.find(({ type }) => type === 'ResponseHeaderModifier')?.responseHeaderModifier ?? {};
  const answerHeaders = { ...Object.fromEntries(remove.map((name) => [name, ''])), ...valuesOf([...set, ...add]) };
  return {
    ...(redirect && {
      redirect: {
        status,
        ...(scheme && { scheme }),
        ...(host && { host }),
        ...(port && { port }),
        ...(to && { path: to }),
      },
    }),
    ...(rewrite && { rewrite }),
    ...(mirrors.length > 0 && { mirrors }),
    ...(Object.keys(answerHeaders).length > 0 && { answerHeaders }),
  };
}

const isExpression = ({ type }: Named): boolean => type === 'RegularExpression';

/** What of headers and parameters is asked as an expression. */
const testsOf = (of: RouteTest['of'], wanted: readonly Named[] = []): RouteTest[] =>
  wanted.filter(isExpression).map(({ name, value: pattern }) => ({ of, name, pattern }));

const valuesOf = (wanted: readonly Named[]): Readonly<Record<string, string>> =>
  Object.fromEntries(wanted.filter((one) => !isExpression(one)).map(({ name, value }) => [name, value]));

/** What an HTTPRoute is read with. */
export interface GatewaySurroundings {
  /** Finds the Gateways that are served. */
  readonly gatewayOf: (namespace: string, name: string) => KubeObject | undefined;
  readonly flavour: Flavour;
  readonly isGranted: IsGranted;
  readonly problemOf: CertificateProblems;
}

/** NGINX Gateway Fabric sets no times of its own, so that nginx's hold; Traefik waits for an answer without end. */
const TIMEOUTS: Readonly<Record<Flavour, Pick<Route, 'connectTimeoutMs' | 'readTimeoutMs'>>> = {
  nginx: { connectTimeoutMs: 60_000, readTimeoutMs: 60_000 },
  traefik: TRAEFIK_TIMEOUTS,
};

/** The rules of an HTTPRoute at the Gateways that it names; those of a listener without a certificate say why nobody meets them. */
export function routesOfHttpRoute(
  { metadata, spec }: KubeObject,
  { gatewayOf, flavour, isGranted, problemOf }: GatewaySurroundings,
): Route[] {
  const { namespace = '', name } = metadata;
  const backendOf = ({ name: service, namespace: where = namespace, port, weight = 1 }: BackendRef): RouteBackend => ({
    key: `${where}/${service}:${port ?? ''}`,
    weight,
    ...(where === namespace || isGranted(namespace, where, service)
      ? {}
      : {
          refused: `no ReferenceGrant in ${where} lets HTTPRoutes of ${namespace} refer to Service ${where}/${service}`,
        }),
  });
  const { parentRefs = [], hostnames, rules = [] } = (spec ?? {}) as RouteSpec;
  const listeners = parentRefs.flatMap((parent) => {
    const gateway = gatewayOf(parent.namespace ?? namespace, parent.name);
    return listenersOf(gateway)
      .filter((one) => parent.sectionName === undefined || one.name === parent.sectionName)
      .map((one) => ({ ...one, broken: gateway && problemOf(gateway, one)?.because }));
  });
  return listeners.flatMap(({ hostname, protocol, port, broken }) =>
    sharedHosts(hostname, hostnames).flatMap((host) =>
      rules.flatMap(({ matches = [{}], filters, backendRefs = [] }) =>
        matches.flatMap(({ path: { type = 'PathPrefix', value = '/' } = {}, method, headers, queryParams }) => {
          const match = MATCHES[type];
          if (!match) return [];
          const tests = [...testsOf('header', headers), ...testsOf('query', queryParams)];
          return {
            ...{ host, path: value, match, from: `HTTPRoute ${namespace}/${name}` },
            scheme: protocol === 'HTTPS' ? ('https' as const) : ('http' as const),
            backends: backendRefs.map(backendOf),
            ...(method === undefined ? {} : { method }),
            ...(headers ? { headers: valuesOf(headers) } : {}),
            ...(queryParams ? { query: valuesOf(queryParams) } : {}),
            ...(tests.length > 0 ? { tests } : {}),
            // Traefik listens at its entry points alone, whatever a Gateway says.
            ...(flavour === 'nginx' && port !== undefined ? { port } : {}),
            ...TIMEOUTS[flavour],
            ...(broken === undefined ? {} : { broken }),
            ...effectsOf(filters, value, backendOf),
          };
        }),
      ),
    ),
  );
}

/** What ReferenceGrants allow HTTPRoutes, or others; these stand where what is referred to is. */
export function isGrantedBy(grants: readonly KubeObject[], by = 'HTTPRoute', what = 'Service'): IsGranted {
  return (from, namespace, name) =>
    grants.some(({ metadata, spec }) => {
      const { from: whom = [], to = [] } = (spec ?? {}) as Grant;
      return (
        metadata.namespace === namespace &&
        whom.some((one) => one.group === GATEWAY_GROUP && one.kind === by && one.namespace === from) &&
        to.some((one) => one.group === '' && one.kind === what && (one.name ?? name) === name)
      );
    });
}
