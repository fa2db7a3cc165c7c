/** What a controller finds in the cluster that is its to serve. */

import { namesOf } from '../../api/ingress-controllers';
import type { KubeObject } from '../../api/meta';
import type { Ingress, IngressClass, Secret } from '../../api/types';
import { type CertificateProblems, certificateProblemOf } from './certificates';
import type { ControllerContext, PlacedKind } from './controller';
import { GATEWAY_GROUP, isGrantedBy, routesOfHttpRoute } from './from-gateway';
import { routesOfIngressRoute, TRAEFIK_GROUPS } from './from-traefik';
import { controllerNameOf } from './gateway-status';
import type { Route } from './routes';

/** Older ones have their say first: of one age, in the order they are in. */
function oldestFirst<T extends KubeObject>(objects: readonly T[]): T[] {
  const age = ({ metadata }: T): string => metadata.creationTimestamp ?? '';
  return [...objects].sort((a, b) => (age(a) < age(b) ? -1 : age(a) > age(b) ? 1 : 0));
}

/** Tells what is wrong with the certificates of a Gateway's listener. */
export function certificateProblems({ lister }: ControllerContext): CertificateProblems {
  const isGranted = isGrantedBy(lister.list(`ReferenceGrant.${GATEWAY_GROUP}`), 'Gateway', 'Secret');
  const find = (namespace: string, name: string): Secret | undefined => lister.get<Secret>('Secret', namespace, name);
  return (gateway, listener) => certificateProblemOf(gateway, listener, find, isGranted);
}

/** Whether the scenario says that this controller is there. */
export function isDeclared({ flag }: ControllerContext, kind: PlacedKind): boolean {
  if (!kind.settings) return false;
  const named = flag('controller-class');
  return named === undefined ? kind.word === 'nginx' : namesOf(kind).includes(named);
}

/** The IngressClasses that name it. */
export function classesOf({ lister }: ControllerContext, { controllers }: PlacedKind): ReadonlySet<string> {
  const ours = lister
    .list<IngressClass>('IngressClass')
    .filter(({ spec }) => controllers.includes(spec.controller ?? ''));
  return new Set(ours.map(({ metadata }) => metadata.name));
}

/** Finds Gateways, those alone whose class it serves. */
export function servedGateways(
  { lister }: ControllerContext,
  { controllers }: PlacedKind,
): (namespace: string, name: string) => KubeObject | undefined {
  return (namespace, name) => {
    const gateway = lister.get<KubeObject>(`Gateway.${GATEWAY_GROUP}`, namespace, name);
    const className = (gateway?.spec as { gatewayClassName?: string } | undefined)?.gatewayClassName ?? '';
    const found = lister.get<KubeObject>(`GatewayClass.${GATEWAY_GROUP}`, undefined, className);
    return controllers.includes(controllerNameOf(found)) ? gateway : undefined;
  };
}

/** The Ingresses that it serves, the oldest first. */
export function ingressesOf(context: ControllerContext, kind: PlacedKind): Ingress[] {
  if (kind.word === 'nginx-gateway') return [];
  const classes = classesOf(context, kind);
  const takesAll = isDeclared(context, kind) && context.flag('watch-ingress-without-class') !== 'false';
  const served = context.lister.list<Ingress>('Ingress').filter(({ metadata, spec }) => {
    const named = spec.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'];
    // Once there is a class of its own, ingress-nginx leaves out those without one, as its own default is.
    if (named === undefined)
      return (
        takesAll &&
        (kind.flavour === 'traefik' || classes.size === 0 || context.flag('watch-ingress-without-class') === 'true')
      );
    return classes.has(named) || (takesAll && named === (context.flag('ingress-class') ?? kind.flavour));
  });
  // Of those of the same second ingress-nginx takes the last in the order of names (sortIngressSlice).
  return kind.flavour === 'nginx' ? oldestFirst(served.reverse()) : served;
}

/** Those of Traefik. */
export function ingressRoutesOf({ lister }: ControllerContext, { flavour }: PlacedKind): KubeObject[] {
  if (flavour !== 'traefik') return [];
  return TRAEFIK_GROUPS.flatMap((group) => lister.list<KubeObject>(`IngressRoute.${group}`));
}

/** The rules that are written elsewhere than in Ingresses. */
export function furtherRoutes(context: ControllerContext, kind: PlacedKind): Route[] {
  const { lister } = context;
  const [gatewayOf, granted] = [servedGateways(context, kind), lister.list(`ReferenceGrant.${GATEWAY_GROUP}`)];
  const problemOf = certificateProblems(context);
  const routes = oldestFirst(lister.list<KubeObject>(`HTTPRoute.${GATEWAY_GROUP}`)).flatMap((route) =>
    routesOfHttpRoute(route, { gatewayOf, flavour: kind.flavour, isGranted: isGrantedBy(granted), problemOf }),
  );
  const own = ingressRoutesOf(context, kind).flatMap((route) => {
    const group = route.apiVersion.split('/')[0] ?? '';
    return routesOfIngressRoute(route, {
      find: (what, namespace, name) => lister.get(`${what}.${group}`, namespace, name),
      allowsCrossNamespace: context.flag('providers.kubernetescrd.allowcrossnamespace') === 'true',
    });
  });
  return [...own, ...routes];
}
