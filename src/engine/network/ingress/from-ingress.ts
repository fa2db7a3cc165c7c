/**
 * The rules that Ingresses make, as ingress-nginx and Traefik read them.
 * Follows internal/ingress/controller/controller.go and annotations/ of ingress-nginx, pkg/provider/kubernetes/ingress of Traefik. Left out:
 * rewrites with regular expressions, canaries, authentication, limits, snippets.
 */
import type { Ingress, IngressBackend } from '../../api/types';
import { type PathMatch, pathFits, type Route, type RouteBackend } from './routes';

const CONNECT_TIMEOUT_MS = 5000;
const READ_TIMEOUT_MS = 60_000;
const NGINX = 'nginx.ingress.kubernetes.io/';

/** Which of the two reads it. */
export type Flavour = 'nginx' | 'traefik';

function backendOf(namespace: string, { service }: IngressBackend): RouteBackend[] {
  if (!service) return [];
  return [{ key: `${namespace}/${service.name}:${service.port?.name ?? service.port?.number ?? ''}`, weight: 1 }];
}

const secondsMs = (text: string | undefined, fallbackMs: number): number =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) * 1000 : fallbackMs;

/** The hosts of an Ingress that TLS is meant for. */
export function tlsHosts({ spec }: Ingress): readonly { readonly host: string; readonly secret: string | undefined }[] {
  const all = (spec.rules ?? []).map(({ host = '' }) => host);
  return (spec.tls ?? []).flatMap(({ hosts, secretName }) =>
    (hosts?.length ? hosts : all).map((host) => ({ host, secret: secretName })),
  );
}

/** What the annotations of ingress-nginx say of all rules of an Ingress. */
function commonOf({ metadata }: Ingress, flavour: Flavour): Pick<Route, 'connectTimeoutMs' | 'readTimeoutMs'> {
  const said = (name: string) => (flavour === 'nginx' ? metadata.annotations?.[`${NGINX}${name}`] : undefined);
  return {
    connectTimeoutMs: secondsMs(said('proxy-connect-timeout'), CONNECT_TIMEOUT_MS),
    readTimeoutMs: secondsMs(said('proxy-read-timeout'), READ_TIMEOUT_MS),
  };
}

/** ingress-nginx sends people on to https where there is a certificate, unless an annotation says not to. */
function isSentToHttps(ingress: Ingress, host: string, flavour: Flavour): boolean {
  if (flavour !== 'nginx') return false;
  const { annotations = {} } = ingress.metadata;
  if (annotations[`${NGINX}force-ssl-redirect`] === 'true') return true;
  const hasTls = tlsHosts(ingress).some((one) => one.host === host);
  return hasTls && annotations[`${NGINX}ssl-redirect`] !== 'false';
}

/** Traefik's prefixes are beginnings of the text, unless it is told to be strict; so are nginx's where the Ingress leaves it to it. */
function matchOf(pathType: string, flavour: Flavour): PathMatch {
  return pathType === 'Exact' ? 'exact' : pathType === 'Prefix' && flavour === 'nginx' ? 'prefix' : 'text';
}

/** The length of the rule that Traefik makes of a host and a path. */
function priorityOf(host: string, path: string, match: PathMatch): number {
  const pattern = host.replaceAll('.', '\\\\.').replace('*', '[a-zA-Z0-9-]+');
  const ofHost = host === '' ? '' : host.startsWith('*.') ? `HostRegexp("^${pattern}$") && ` : `Host("${host}") && `;
  return `${ofHost}${match === 'exact' ? 'Path' : 'PathPrefix'}("${path}")`.length;
}

/** The rules of an Ingress. */
export function routesOfIngress(ingress: Ingress, flavour: Flavour): Route[] {
  const { metadata, spec } = ingress;
  const { namespace = '', name } = metadata;
  const from = `Ingress ${namespace}/${name}`;
  const common = commonOf(ingress, flavour);
  const redirected = (host: string) =>
    isSentToHttps(ingress, host, flavour)
      ? { redirect: { scheme: 'https', status: 308 } as const, scheme: 'http' as const }
      : undefined;
  const routes: Route[] = [];
  const push = (host: string, path: string, match: PathMatch, backend: IngressBackend): void => {
    const priority = flavour === 'traefik' ? { priority: priorityOf(host, path, match) } : {};
    const route = { host, path, match, from, backends: backendOf(namespace, backend), ...common, ...priority };
    const redirect = redirected(host);
    if (redirect) routes.push({ ...route, ...redirect, backends: [] });
    routes.push(redirect ? { ...route, scheme: 'https' } : route);
  };
  for (const { host = '', http } of spec.rules ?? []) {
    for (const { path = '/', pathType, backend } of http?.paths ?? [])
      push(host, path, matchOf(pathType, flavour), backend);
  }
  const { defaultBackend } = spec;
  if (!defaultBackend) return routes;
  // Traefik has it for requests that no other router takes, and only of an Ingress without rules.
  if (flavour === 'traefik') {
    const isAlone = routes.length === 0 && !spec.rules?.length;
    const last = { host: '', path: '/', match: 'text', priority: -(2 ** 31), from } as const;
    return isAlone ? [{ ...last, backends: backendOf(namespace, defaultBackend), ...common }] : routes;
  }
  const hosts = new Set((spec.rules ?? []).map(({ host = '' }) => host));
  for (const host of hosts.size > 0 ? hosts : ['']) {
    const isTaken = routes.some((route) => route.host === host && pathFits(route.match, route.path, '/'));
    if (!isTaken) push(host, '/', 'prefix', defaultBackend);
  }
  return routes;
}
