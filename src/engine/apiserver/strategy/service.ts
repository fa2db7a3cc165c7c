/**
 * Services. As upstream, addresses and ports are allocated before anything is validated.
 * Follows pkg/registry/core/service/strategy.go and storage/storage.go.
 */
import { defaultService, isExternallyAccessible } from '../../api/defaults/service';
import type { KubeObject } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import type { Service, ServiceSpec } from '../../api/types';
import {
  needsHealthCheck,
  validateService,
  validateServiceStatusUpdate,
  validateServiceUpdate,
} from '../../api/validation/service';
import { allocateForCreate, allocateForUpdate } from '../allocators';
import type { RequestContext, Strategy } from '../strategy';

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

/** The rules of Services. */
export const serviceStrategy: Strategy = {
  default: defaultService,
  prepareForCreate,
  prepareForUpdate,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  validateStatusUpdate: validateServiceStatusUpdate,
};
