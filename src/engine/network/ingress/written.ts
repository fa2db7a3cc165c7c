/** The hosts that are written anywhere in the cluster as those of an Ingress, an HTTPRoute or an IngressRoute, whether somebody serves them or not. */
import type { KubeObject } from '../../api/meta';
import type { Ingress } from '../../api/types';
import type { Lister } from '../../client/client';
import { GATEWAY_GROUP } from './from-gateway';
import { hostsOfIngressRoute, TRAEFIK_GROUPS } from './from-traefik';

const hostsOfIngress = ({ spec }: Ingress): string[] => (spec.rules ?? []).map(({ host = '' }) => host);

const hostsOfHttpRoute = ({ spec }: KubeObject): readonly string[] =>
  (spec as { hostnames?: readonly string[] } | undefined)?.hostnames ?? [];

/** See the header. */
export function hostsWritten(lister: Lister): readonly string[] {
  return [
    ...lister.list<Ingress>('Ingress').flatMap(hostsOfIngress),
    ...lister.list<KubeObject>(`HTTPRoute.${GATEWAY_GROUP}`).flatMap(hostsOfHttpRoute),
    ...TRAEFIK_GROUPS.flatMap((group) => lister.list<KubeObject>(`IngressRoute.${group}`)).flatMap(hostsOfIngressRoute),
  ];
}
