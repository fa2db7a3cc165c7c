/** Writes the status of the Gateway API objects that a controller serves (gateway-status.ts). */
import type { KubeObject } from '../../api/meta';
import { StatusError } from '../../api/status-error';
import type { Context } from '../../client/component';
import { classStatus, gatewayStatus, routeStatus } from './gateway-status';

/** The API group of its kinds. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

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
  controllers: readonly string[],
  gatewayOf: (namespace: string, name: string) => KubeObject | undefined,
): void {
  const { lister, now } = context;
  const listed = (name: string): KubeObject[] => lister.list<KubeObject>(`${name}.${GATEWAY_GROUP}`);
  const classes = listed('GatewayClass').filter(({ spec }) =>
    controllers.includes((spec as { controllerName?: string }).controllerName ?? ''),
  );
  if (classes.length === 0) return;
  const gateways = listed('Gateway').filter(({ metadata }) => gatewayOf(metadata.namespace ?? '', metadata.name));
  const routes = listed('HTTPRoute');
  for (const one of classes) putStatus(context, one, classStatus(one, now));
  for (const one of gateways) putStatus(context, one, gatewayStatus(one, routes, now));
  const { controllerName = '' } = (classes[0]?.spec ?? {}) as { controllerName?: string };
  const hasService = (namespace: string, name: string): boolean => lister.get('Service', namespace, name) !== undefined;
  for (const one of routes) {
    const status = routeStatus(one, gateways, controllerName, hasService, now);
    if ((status as { parents: readonly object[] }).parents.length > 0) putStatus(context, one, status);
  }
}
