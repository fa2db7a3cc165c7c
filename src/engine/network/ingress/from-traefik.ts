/**
 * The rules that Traefik's own kinds make: IngressRoute with the Middlewares and TraefikServices that it names.
 * Follows pkg/provider/kubernetes/crd and pkg/server/router of Traefik: a router's priority is the length of its rule, and a router that lacks something it
 * names is not built, so that its requests meet another one or are answered 404. Simplified: of the middlewares redirectScheme and stripPrefix
 * have an effect; mirrors get nothing.
 */
import type { KubeObject } from '../../api/meta';
import type { Redirect, Route, RouteBackend } from './routes';
import { hostsNamedIn, type Syntax, waysOf } from './traefik-rule';

interface Named {
  readonly name: string;
  readonly namespace?: string;
}

interface ServiceRef extends Named {
  readonly kind?: string;
  readonly port?: number | string;
  readonly weight?: number;
}

interface IngressRouteSpec {
  readonly entryPoints?: readonly string[];
  readonly routes?: readonly {
    readonly kind?: string;
    readonly match?: string;
    readonly priority?: number;
    readonly syntax?: string;
    readonly services?: readonly ServiceRef[];
    readonly middlewares?: readonly Named[];
  }[];
  readonly tls?: { readonly secretName?: string };
}

type RouterSpec = NonNullable<IngressRouteSpec['routes']>[number];

interface MiddlewareSpec {
  readonly redirectScheme?: { readonly scheme?: string; readonly permanent?: boolean; readonly port?: string };
  readonly stripPrefix?: { readonly prefixes?: readonly string[] };
}

interface TraefikServiceSpec {
  readonly weighted?: { readonly services?: readonly ServiceRef[] };
  readonly mirroring?: ServiceRef;
}

/** What an IngressRoute is read with. */
export interface Surroundings {
  find(kind: 'Middleware' | 'TraefikService', namespace: string, name: string): KubeObject | undefined;
  /** `providers.kubernetescrd.allowcrossnamespace`. */
  readonly allowsCrossNamespace: boolean;
}

interface Effect {
  readonly redirect?: Redirect;
  readonly stripPrefixes?: readonly string[];
}

/** Why a router is not built. */
interface Broken {
  readonly broken: string;
}

/** The API groups of its kinds, now and in version 2. */
export const TRAEFIK_GROUPS = ['traefik.io', 'traefik.containo.us'];

/** How long Traefik tries to connect; for an answer it waits as long as whoever asks does (responseHeaderTimeout 0). */
export const TRAEFIK_TIMEOUTS: Pick<Route, 'connectTimeoutMs'> = { connectTimeoutMs: 30_000 };

/** So many TraefikServices may stand one behind the other. */
const MOST_NESTED = 8;
/** What Traefik's own services answer. */
const INTERNAL: Readonly<Record<string, number>> = { 'noop@internal': 418, 'api@internal': 200, 'ping@internal': 200 };

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

function effectsOf({ middlewares = [] }: RouterSpec, own: string, around: Surroundings): Effect | Broken {
  let effects: Effect = {};
  for (const { name, namespace = own } of middlewares) {
    if (namespace !== own && !around.allowsCrossNamespace)
      return { broken: `middleware ${namespace}/${name} is not in the IngressRoute namespace ${own}` };
    const found = around.find('Middleware', namespace, name);
    if (!found) return { broken: `middleware "${namespace}-${name}@kubernetescrd" does not exist` };
    effects = { ...effects, ...effectOf(found) };
  }
  return effects;
}

/** What is behind services, by the share that each gets of its parent's. */
function backendsOf(
  services: readonly ServiceRef[],
  own: string,
  around: Surroundings,
  nested = 0,
): readonly RouteBackend[] | Broken {
  const all: RouteBackend[] = [];
  for (const service of services) {
    const { kind = 'Service', name, namespace = own, port = '', weight = 1 } = service;
    if (namespace !== own && !around.allowsCrossNamespace)
      return { broken: `service ${namespace}/${name} is not in the parent resource namespace ${own}` };
    if (kind !== 'TraefikService') {
      all.push({ key: `${namespace}/${name}:${port}`, weight });
      continue;
    }
    const { weighted, mirroring } = (around.find(kind, namespace, name)?.spec ?? {}) as TraefikServiceSpec;
    const behind = weighted?.services ?? (mirroring ? [{ ...mirroring, weight: 1 }] : undefined);
    if (!behind || nested > MOST_NESTED)
      return { broken: `the service "${namespace}-${name}@kubernetescrd" does not exist` };
    const inner = backendsOf(behind, namespace, around, nested + 1);
    if ('broken' in inner) return inner;
    const total = inner.reduce((sum, one) => sum + one.weight, 0);
    all.push(...inner.map((one) => ({ key: one.key, weight: total > 0 ? (weight * one.weight) / total : 0 })));
  }
  return all;
}

/** What a router leads to. */
function targetOf(
  { services = [] }: RouterSpec,
  own: string,
  around: Surroundings,
): Pick<Route, 'backends' | 'answers'> | Broken {
  const [only] = services;
  if (!only) return { broken: 'it names no service' };
  const answers = INTERNAL[only.name];
  if (answers !== undefined && services.length === 1) return { backends: [], answers };
  const backends = backendsOf(services, own, around);
  return 'broken' in backends ? backends : { backends };
}

/** Entry points by the names and settings that Traefik's chart gives them: TLS at `websecure`, and wherever a router asks for it. */
function schemeOf({ entryPoints = [], tls }: IngressRouteSpec): Pick<Route, 'scheme'> {
  const [only, more] = entryPoints;
  if (tls) return { scheme: 'https' };
  if (more !== undefined) return {};
  return only === 'web' ? { scheme: 'http' } : only === 'websecure' ? { scheme: 'https' } : {};
}

const syntaxOf = ({ apiVersion }: KubeObject, { syntax }: RouterSpec): Syntax =>
  syntax === 'v2' || apiVersion.startsWith('traefik.containo.us/') ? 'v2' : 'v3';

/** The rules of an IngressRoute; those of routers that are not built say why. */
export function routesOfIngressRoute(object: KubeObject, around: Surroundings): Route[] {
  const { namespace = '', name } = object.metadata;
  const spec = (object.spec ?? {}) as IngressRouteSpec;
  return (spec.routes ?? []).flatMap((router) => {
    const { match = '', kind = 'Rule' } = router;
    const common = {
      ...{ priority: router.priority || match.length, from: `IngressRoute ${namespace}/${name}` },
      ...TRAEFIK_TIMEOUTS,
      ...schemeOf(spec),
    };
    const unbuilt = (host: string, broken: string): Route => ({
      ...{ ...common, host, path: '/', match: 'text', backends: [], broken },
    });
    const found = kind === 'Rule' ? waysOf(match, syntaxOf(object, router)) : { because: `unsupported kind: ${kind}` };
    if ('because' in found) return hostsNamedIn(match).map((host) => unbuilt(host, found.because));
    const effects = effectsOf(router, namespace, around);
    const target = targetOf(router, namespace, around);
    return found.ways.map(({ host = '', path = '/', match: how = 'text', method, headers, tests }): Route => {
      if ('broken' in effects) return { ...unbuilt(host, effects.broken), path, match: how };
      if ('broken' in target) return { ...unbuilt(host, target.broken), path, match: how };
      return {
        ...{ ...common, host, path, match: how, ...target, ...effects },
        ...(method === undefined ? {} : { method }),
        ...(tests ? { tests } : {}),
        ...(headers && Object.keys(headers).length > 0 ? { headers } : {}),
      };
    });
  });
}

/** The hosts that an IngressRoute names. */
export const hostsOfIngressRoute = ({ spec }: KubeObject): readonly string[] =>
  ((spec ?? {}) as IngressRouteSpec).routes?.flatMap(({ match = '' }) => hostsNamedIn(match)) ?? [];

/** The hosts of an IngressRoute that TLS is meant for, with its Secret. */
export function tlsHostsOfIngressRoute(
  object: KubeObject,
): readonly { readonly host: string; readonly secret: string }[] {
  const secret = ((object.spec ?? {}) as IngressRouteSpec).tls?.secretName;
  return secret ? hostsOfIngressRoute(object).map((host) => ({ host, secret })) : [];
}
