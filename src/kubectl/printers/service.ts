/** Service as a table row. Follows printService in pkg/printers/internalversion/printers.go. */
import type { Service, ServicePort } from '../../engine/api/types';
import { ageOf, columns, formatLabels, type Printer } from './columns';

function loadBalancerAddresses(service: Service): string[] {
  const addresses = (service.status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
  return [...new Set(addresses.filter((address) => address !== ''))].sort();
}

/** The EXTERNAL-IP cell: addresses that the outside reaches it under. */
function externalAddresses(service: Service): string {
  const external = service.spec.externalIPs ?? [];
  switch (service.spec.type) {
    case 'ClusterIP':
    case 'NodePort':
      return external.join(',') || '<none>';
    case 'LoadBalancer':
      return [...loadBalancerAddresses(service), ...external].join(',') || '<pending>';
    case 'ExternalName':
      return service.spec.externalName ?? '';
    default:
      return '<unknown>';
  }
}

function portText({ port, nodePort, protocol }: ServicePort): string {
  return nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;
}

/** Service. */
export const servicePrinter: Printer<Service> = {
  columns: columns('NAME,TYPE,CLUSTER-IP,EXTERNAL-IP,PORT(S),AGE|SELECTOR'),
  row: (service, clock) => {
    const { metadata, spec } = service;
    return [
      metadata.name,
      spec.type ?? '',
      spec.clusterIPs?.[0] ?? '<none>',
      externalAddresses(service),
      (spec.ports ?? []).map(portText).join(',') || '<none>',
      ageOf(service, clock),
      formatLabels(spec.selector),
    ];
  },
};
