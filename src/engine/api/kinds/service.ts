/**
 * Services. As upstream, addresses and ports are allocated before anything is validated. Follows pkg/registry/core/service/strategy.go and storage/storage.go.
 * As a table: printService in pkg/printers/internalversion/printers.go.
 */
import { defaultService, isExternallyAccessible } from '../defaults/service';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import type { Service, ServicePort, ServiceSpec } from '../types';
import {
  needsHealthCheck,
  validateService,
  validateServiceStatusUpdate,
  validateServiceUpdate,
} from '../validation/service';
import { serviceWarnings } from '../warnings/service';
import { type KindDefinition, resource } from './definition';
import { allocateForCreate, allocateForUpdate } from './service-allocators';
import type { RequestContext, Strategy } from './strategy';
import { ageOf, columns, formatLabels, type TableDefinition } from './table';

function prepareForCreate(draft: KubeObject, request: RequestContext): void {
  const service = draft as Service;
  service.status = { loadBalancer: {} };
  allocateForCreate(service, request);
}

function prepareForUpdate(draft: KubeObject, oldObject: KubeObject, request: RequestContext): void {
  const service = draft as Service;
  const old = oldObject as Service;
  allocateForUpdate(service, old, request);
  dropTypeDependentFields(service.spec, old.spec);
  if (service.spec.type !== 'LoadBalancer') service.status = { ...service.status, loadBalancer: {} };
}

/** Whoever changes the type is not asked to clear by hand what only the old type had. */
function dropTypeDependentFields(spec: ServiceSpec, old: ServiceSpec): void {
  if (old.type !== 'ExternalName' && spec.type === 'ExternalName') dropAddresses(spec, old);
  const wasExposed = old.type === 'NodePort' || old.type === 'LoadBalancer';
  const isExposed = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  if (wasExposed && !isExposed) dropNodePorts(spec, old);
  if (needsHealthCheck(old) && !needsHealthCheck(spec) && spec.healthCheckNodePort === old.healthCheckNodePort) {
    delete spec.healthCheckNodePort;
  }
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (spec.allocateLoadBalancerNodePorts === old.allocateLoadBalancerNodePorts) {
      delete spec.allocateLoadBalancerNodePorts;
    }
    if (spec.loadBalancerClass === old.loadBalancerClass) delete spec.loadBalancerClass;
  }
  const hidden = isExternallyAccessible(old) && !isExternallyAccessible(spec);
  if (hidden && spec.externalTrafficPolicy === old.externalTrafficPolicy) delete spec.externalTrafficPolicy;
}

function dropAddresses(spec: ServiceSpec, old: ServiceSpec): void {
  if (spec.clusterIP === old.clusterIP && deepEqual(spec.clusterIPs, old.clusterIPs)) {
    delete spec.clusterIP;
    delete spec.clusterIPs;
  }
  if (deepEqual(spec.ipFamilies, old.ipFamilies)) delete spec.ipFamilies;
  if (spec.ipFamilyPolicy === old.ipFamilyPolicy) delete spec.ipFamilyPolicy;
}

function dropNodePorts(spec: ServiceSpec, old: ServiceSpec): void {
  const held = new Set((old.ports ?? []).map((port) => port.nodePort));
  const ports = spec.ports ?? [];
  if (!ports.every(({ nodePort }) => !nodePort || held.has(nodePort))) return;
  for (const port of ports) delete port.nodePort;
}

const strategy: Strategy = {
  default: defaultService,
  prepareForCreate,
  prepareForUpdate,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  validateStatusUpdate: validateServiceStatusUpdate,
  warningsOnCreate: (object) => serviceWarnings(object as Service),
  warningsOnUpdate: (object) => serviceWarnings(object as Service),
};

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

const table: TableDefinition<Service> = {
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

/** Service. */
export const serviceKind: KindDefinition = {
  ...resource('', 'v1', 'Service', 'services', 'svc', { categories: ['all'], subresources: ['status'] }),
  // The service controller of a cloud patches its finalizer through the status.
  statusMetadata: ['annotations', 'finalizers'],
  selectableFields: ['spec.clusterIP', 'spec.type'],
  strategy,
  table,
};
