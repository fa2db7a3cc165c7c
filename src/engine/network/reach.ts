/**
 * Whether a container gets an answer from a host: a Service's name in the cluster's DNS, and a port of one that has ready endpoints.
 * Simplified: rules and names follow the API server at once, and nothing but Services has a name.
 */
import type { EndpointSlice, Pod, Service } from '../api/types';
import type { Context } from '../client/component';
import { hasFault } from '../client/environment';

/** Whether a host answers a container of a Pod: by name alone, or on a port. */
export function reaches(context: Context, pod: Pod, host: string, port: number | undefined): boolean {
  if (hasFault(context.environment, 'node-partition', { node: pod.spec.nodeName ?? '' })) return false;
  const { lister } = context;
  const [name = '', namespace = pod.metadata.namespace ?? ''] = host.split('.');
  if (!lister.get<Service>('Service', namespace, name)) return false;
  if (port === undefined) return true;
  const slices = lister.byIndex<EndpointSlice>('EndpointSlice', 'service', `${namespace}/${name}`);
  return slices.some((slice) => slice.endpoints?.some((endpoint) => endpoint.conditions?.ready !== false));
}
