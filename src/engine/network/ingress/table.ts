/** What an Ingress controller has loaded: its rules in precedence, the endpoints behind them, the certificates it has. Plain data, made anew as a whole. */

import { counted } from '../../api/counted';
import type { KubeObject } from '../../api/meta';
import type { EndpointSlice, Ingress, Secret, Service, ServicePort } from '../../api/types';
import type { Lister } from '../../client/client';
import { isReady } from '../proxy/endpoints';
import { type Flavour, routesOfIngress, tlsHosts } from './from-ingress';
import { tlsHostsOfIngressRoute } from './from-traefik';
import { asServers } from './nginx-annotations';
import { inPrecedence, isOfGateway, type Route } from './routes';

/** An endpoint that requests are sent on to. */
export interface IngressEndpoint {
  /** An address, or the name that a Service of type ExternalName stands for. */
  readonly address: string;
  readonly port: number;
  /** The node that it is on, if it is on one. */
  readonly node: string;
}

/** Part of a Service as the controller knows it. */
export interface IngressBackendState {
  /** `namespace/name`. */
  readonly service: string;
  /** Why there is nothing to send to: there is no such Service, it has no such port, or it only stands for a name. */
  readonly missing?: string;
  readonly endpoints: readonly IngressEndpoint[];
}

/** See the header. */
export interface IngressTable {
  readonly routes: readonly Route[];
  readonly backends: Readonly<Record<string, IngressBackendState>>;
  /** Hosts served with a certificate, and whether it is the controller's own because the Secret is missing. */
  readonly certificates: readonly { readonly host: string; readonly secret: string; readonly isDefault: boolean }[];
}

/** Nothing loaded. */
export const EMPTY_TABLE: IngressTable = { routes: [], backends: {}, certificates: [] };

const targetPort = (port: ServicePort | undefined): string =>
  typeof port?.targetPort === 'number' ? String(port.targetPort) : port ? String(port.port) : '';

/** Of a Service that stands for a name: nginx looks that up each time, Traefik does not take such Services. */
function namedState(service: string, name: string, port: string, flavour: Flavour): IngressBackendState {
  if (flavour === 'traefik')
    return { service, missing: `externalName services not allowed: ${service}`, endpoints: [] };
  return { service, endpoints: [{ address: name, port: Number(port), node: '' }] };
}

/** The endpoints of a Service's port that are ready. */
function backendState(lister: Lister, key: string, flavour: Flavour): IngressBackendState {
  const [service = '', port = ''] = key.split(':');
  const object = lister.byKey<Service>('Service', service);
  if (!object) return { service, missing: `Service ${service} does not exist`, endpoints: [] };
  const wanted = object.spec.ports?.find((one) => one.name === port || String(one.port) === port);
  const { type, externalName = '' } = object.spec;
  // An ExternalName need not have the ports that it is asked for.
  if (type === 'ExternalName' && (wanted || /^\d+$/.test(port)))
    return namedState(service, externalName, targetPort(wanted) || port, flavour);
  if (!wanted) return { service, missing: `Service ${service} has no port ${port}`, endpoints: [] };
  const endpoints = lister.byIndex<EndpointSlice>('EndpointSlice', 'service', service).flatMap((slice) => {
    const target = slice.ports?.find(({ name = '' }) => name === (wanted.name ?? ''))?.port;
    if (target === undefined) return [];
    return (slice.endpoints ?? [])
      .filter(isReady)
      .map(({ addresses, nodeName = '' }) => ({ address: addresses[0] ?? '', port: target, node: nodeName }));
  });
  return { service, endpoints };
}

function certificatesOf(lister: Lister, written: readonly KubeObject[]): IngressTable['certificates'] {
  return written.flatMap((one) => {
    const { namespace } = one.metadata;
    const hosts = one.kind === 'Ingress' ? tlsHosts(one as Ingress) : tlsHostsOfIngressRoute(one);
    return hosts.map(({ host, secret = '' }) => {
      const found = lister.get<Secret>('Secret', namespace, secret);
      return { host, secret: `${namespace}/${secret}`, isDefault: found?.data?.['tls.crt'] === undefined };
    });
  });
}

/** Traefik builds no router that leads to something which is not there; for an HTTPRoute the Gateway API wants one all the same. */
function withRouters(routes: readonly Route[], backends: IngressTable['backends']): Route[] {
  return routes.map((route) => {
    if (route.broken !== undefined || isOfGateway(route)) return route;
    const missing = route.backends.map(({ key }) => backends[key]?.missing).find((one) => one !== undefined);
    return missing === undefined ? route : { ...route, broken: missing };
  });
}

/** Makes the table of Ingresses, and of the rules that are written in IngressRoutes and elsewhere. */
export function tableOf(
  lister: Lister,
  ingresses: readonly Ingress[],
  ingressRoutes: readonly KubeObject[],
  further: readonly Route[],
  flavour: Flavour,
): IngressTable {
  const routes = inPrecedence([
    ...asServers(ingresses.flatMap((ingress) => routesOfIngress(ingress, flavour))),
    ...further,
  ]);
  const keys = new Set(
    routes.flatMap(({ backends, mirrors = [], alternative }) =>
      [...backends, ...mirrors, ...(alternative ? [alternative] : [])].map(({ key }) => key),
    ),
  );
  const backends = Object.fromEntries([...keys].sort().map((key) => [key, backendState(lister, key, flavour)]));
  return {
    routes: flavour === 'traefik' ? withRouters(routes, backends) : routes,
    backends,
    certificates: certificatesOf(lister, [...ingresses, ...ingressRoutes]),
  };
}

/** What is different between two tables, in words; undefined: nothing. Other rules need a reload, other endpoints don't. */
export function tableDifference(
  before: IngressTable,
  after: IngressTable,
): { readonly needsReload: boolean; readonly sentence: string } | undefined {
  const json = (value: unknown): string => JSON.stringify(value);
  if (json([before.routes, before.certificates]) !== json([after.routes, after.certificates])) {
    const built = after.routes.filter(({ broken }) => broken === undefined);
    const sources = new Set(built.map(({ from }) => from));
    const hosts = new Set(built.map(({ host }) => host));
    const unbuilt = after.routes.find(({ broken }) => broken !== undefined);
    const without = unbuilt ? `; ${unbuilt.from} gets no router: ${unbuilt.broken}` : '';
    const missing = after.certificates.find(({ isDefault }) => isDefault);
    const lacking = missing
      ? `; Secret ${missing.secret} has no certificate, so ${missing.host} is served with the default one`
      : '';
    return {
      needsReload: true,
      sentence: `reloads its configuration: ${counted(built.length, 'rule')} for ${counted(hosts.size, 'host')} from ${counted(sources.size, 'object')}${lacking}${without}`,
    };
  }
  const changed = Object.keys(after.backends).filter((key) => json(before.backends[key]) !== json(after.backends[key]));
  const [first] = changed;
  if (first === undefined) return undefined;
  const { service, endpoints } = after.backends[first] as IngressBackendState;
  const others = changed.length > 1 ? `, and ${changed.length - 1} more` : '';
  return {
    needsReload: false,
    sentence: `sends requests for Service ${service} to ${counted(endpoints.length, 'endpoint')} now (${before.backends[first]?.endpoints.length ?? 0} before)${others}`,
  };
}
