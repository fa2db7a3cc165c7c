/** The rows of what leads requests to Pods. */
import type { KubeObject } from '../../engine/api/meta';
import type { EndpointSlice, Ingress, IngressBackend, Service } from '../../engine/api/types';
import { type EndpointSliceRow, type IngressRow, type Row, type RowBase, rowId, type ServiceRow } from '../rows';
import { nobodysRow } from './other';
import type { Unfinished } from './unfinished';

/** A Service; a headless one is called so. */
export function serviceRow(base: RowBase, object: KubeObject): ServiceRow {
  const { spec } = object as Unfinished<Service>;
  const ports = (spec?.ports ?? []).map(({ port, nodePort }) => (nodePort ? `${port}:${nodePort}` : `${port}`));
  return {
    ...base,
    kind: 'Service',
    type: spec?.clusterIP === 'None' ? 'Headless' : (spec?.type ?? 'ClusterIP'),
    clusterIP: spec?.clusterIP ?? '',
    ports: ports.join(', '),
    selector: spec?.selector,
  };
}

/** The addresses behind a Service; of no Service, it is listed by its name. */
export function endpointSliceRow(base: RowBase, object: KubeObject): Row {
  const { endpoints } = object as Partial<EndpointSlice>;
  const service = object.metadata.labels?.['kubernetes.io/service-name'];
  if (!service) return nobodysRow(base, object);
  const row: EndpointSliceRow = {
    ...base,
    kind: 'EndpointSlice',
    service,
    ready: (endpoints ?? []).filter((endpoint) => endpoint.conditions?.ready !== false).length,
    total: endpoints?.length ?? 0,
  };
  return row;
}

/** An Ingress: which hosts it answers for, and the Services behind. */
export function ingressRow(base: RowBase, object: KubeObject): IngressRow {
  const { spec } = object as Unfinished<Ingress>;
  const rules = spec?.rules ?? [];
  const backends = [spec?.defaultBackend, ...rules.flatMap(({ http }) => http?.paths.map(({ backend }) => backend))];
  const names = backends.flatMap((backend: IngressBackend | undefined) => backend?.service?.name ?? []);
  return {
    ...base,
    kind: 'Ingress',
    hosts: [...new Set(rules.map(({ host }) => host || '*'))].join(', ') || '*',
    ingressClass: spec?.ingressClassName ?? '',
    tls: (spec?.tls?.length ?? 0) > 0,
    services: [...new Set(names)].map((name) => rowId('Service', base.namespace, name)),
  };
}
