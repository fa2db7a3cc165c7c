/**
 * The rules that Ingresses make, as ingress-nginx and Traefik read them.
 * Follows internal/ingress/controller/controller.go and annotations/ of ingress-nginx, pkg/provider/kubernetes/ingress of Traefik. Left out:
 * external authentication, limits, snippets.
 */
import type { Ingress, IngressBackend } from '../../api/types';
import { TRAEFIK_TIMEOUTS } from './from-traefik';
import { annotationsOf, type NginxAnnotations } from './nginx-annotations';
import { type PathMatch, pathFits, type Route, type RouteBackend } from './routes';

/** Which of the two reads it. */
export type Flavour = 'nginx' | 'traefik';

function backendOf(namespace: string, { service }: IngressBackend): RouteBackend[] {
  if (!service) return [];
  return [{ key: `${namespace}/${service.name}:${service.port?.name ?? service.port?.number ?? ''}`, weight: 1 }];
}

/** The hosts of an Ingress that TLS is meant for. */
export function tlsHosts({ spec }: Ingress): readonly { readonly host: string; readonly secret: string | undefined }[] {
  const all = (spec.rules ?? []).map(({ host = '' }) => host);
  return (spec.tls ?? []).flatMap(({ hosts, secretName }) =>
    (hosts?.length ? hosts : all).map((host) => ({ host, secret: secretName })),
  );
}

/** ingress-nginx sends people on to https where there is a certificate, unless an annotation says not to. */
function isSentToHttps(ingress: Ingress, host: string, { forcesTls, sendsToTls }: NginxAnnotations): boolean {
  return forcesTls || (sendsToTls && tlsHosts(ingress).some((one) => one.host === host));
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

/** Where a rule is. */
type Place = Pick<Route, 'path' | 'match' | 'pathType' | 'isDefault'>;

/** The rules of an Ingress. */
export function routesOfIngress(ingress: Ingress, flavour: Flavour): Route[] {
  const { metadata, spec } = ingress;
  const { namespace = '', name } = metadata;
  const from = `Ingress ${namespace}/${name}`;
  const said = annotationsOf(flavour === 'nginx' ? metadata.annotations : {}, flavour);
  const { aliases, guards, usesExpressions, target, redirect: sentTo, appRoot, canary } = said;
  const common = flavour === 'nginx' ? said.common : TRAEFIK_TIMEOUTS;
  const routes: Route[] = [];
  const pushOne = (host: string, place: Place, backend: IngressBackend): void => {
    const { path, match } = place;
    const priority = flavour === 'traefik' ? { priority: priorityOf(host, path, match) } : {};
    const isRewritten = target !== '' && target !== path;
    const route: Route = {
      ...{ ...place, host, match: isRewritten || usesExpressions ? 'caseless' : match, from },
      ...{ backends: backendOf(namespace, backend), ...common, ...priority },
      ...(canary ? { canary } : {}),
      ...(isRewritten ? { rewrite: { expression: `(?i)${path}`, to: target } } : {}),
    };
    const bare: Route = { ...route, backends: [] };
    if (canary) {
      routes.push(route);
      return;
    }
    if (appRoot !== '') {
      const redirect = { status: 302, path: { to: appRoot } };
      routes.push({ ...bare, path: '/', match: 'exact', isFirst: true, redirect });
    }
    const isSent = isSentToHttps(ingress, host, said);
    if (isSent) routes.push({ ...bare, redirect: { scheme: 'https', status: 308 }, scheme: 'http' });
    const over = isSent ? { scheme: 'https' as const } : {};
    if (sentTo) routes.push({ ...bare, ...over, redirect: sentTo });
    else routes.push(...guards.map((guard) => ({ ...bare, ...over, ...guard })), { ...route, ...over });
  };
  const push = (host: string, place: Place, backend: IngressBackend): void => {
    for (const name of host === '' ? [host] : [host, ...aliases]) pushOne(name, place, backend);
  };
  for (const { host = '', http } of spec.rules ?? []) {
    for (const { path = '/', pathType, backend } of http?.paths ?? [])
      push(host, { path, pathType, match: matchOf(pathType, flavour) }, backend);
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
  // That of a canary shares the requests that no host is for.
  for (const host of hosts.size > 0 && !canary ? hosts : ['']) {
    const isTaken = routes.some(
      (route) => route.host === host && !route.isFirst && pathFits(route.match, route.path, '/'),
    );
    if (!isTaken) push(host, { path: '/', pathType: 'Prefix', match: 'prefix', isDefault: true }, defaultBackend);
  }
  return routes;
}
