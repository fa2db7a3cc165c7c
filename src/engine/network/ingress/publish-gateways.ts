/** Writes the status of the Gateway API objects that a controller serves (gateway-status.ts). */
import type { KubeObject } from '../../api/meta';
import { StatusError } from '../../api/status-error';
import type { Service } from '../../api/types';
import type { Context } from '../../client/component';
import type { CertificateProblems } from './certificates';
import type { ControllerKind } from './controller';
import { GATEWAY_GROUP, type GatewaySurroundings, isGrantedBy } from './from-gateway';
import { classStatus, controllerNameOf, gatewayStatus, routeStatus } from './gateway-status';

/** Writes a status that has changed; a definition without one, or with another, refuses it. */
function putStatus({ client }: Context, object: KubeObject, status: object): void {
  const { status: before } = object as { status?: object };
  if (JSON.stringify(before) === JSON.stringify(status)) return;
  try {
    client.updateStatus({ ...object, status } as KubeObject);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

/** Brings the status of Gateway API objects in line. */
export function publishGateways(
  context: Context,
  { controllers, flavour }: Pick<ControllerKind, 'controllers' | 'flavour'>,
  gatewayOf: GatewaySurroundings['gatewayOf'],
  problemOf: CertificateProblems,
): void {
  const { lister, now } = context;
  const listed = (name: string): KubeObject[] => lister.list<KubeObject>(`${name}.${GATEWAY_GROUP}`);
  const classes = listed('GatewayClass').filter((one) => controllers.includes(controllerNameOf(one)));
  if (classes.length === 0) return;
  const gateways = listed('Gateway').filter(({ metadata }) => gatewayOf(metadata.namespace ?? '', metadata.name));
  const routes = listed('HTTPRoute');
  for (const one of classes) putStatus(context, one, classStatus(one, now));
  for (const one of gateways) putStatus(context, one, gatewayStatus(one, routes, { problemOf, flavour }, now));
  const controllerName = controllerNameOf(classes[0]);
  const hasService = (namespace: string, name: string): boolean => lister.get('Service', namespace, name) !== undefined;
  const isGranted = isGrantedBy(listed('ReferenceGrant'));
  for (const one of routes) {
    const status = routeStatus(one, gateways, { controllerName, hasService, isGranted, problemOf, flavour }, now);
    if ((status as { parents: readonly object[] }).parents.length > 0) putStatus(context, one, status);
  }
}

/** The addresses that it writes into status: of the Service or as it is told; none otherwise. */
export function publishedAddresses({
  flag,
  lister,
}: Pick<Context, 'flag' | 'lister'>): readonly { ip?: string; hostname?: string }[] {
  const address = flag('publish-status-address');
  if (address !== undefined) return address.split(',').map((ip) => ({ ip: ip.trim() }));
  const [namespace = '', name = ''] = (flag('publish-service') ?? '').split('/');
  const service = name ? lister.get<Service>('Service', namespace, name) : undefined;
  return (service?.status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => (ip ? { ip } : { hostname }));
}
