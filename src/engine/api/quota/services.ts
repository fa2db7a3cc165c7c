/** What Services use. Follows pkg/quota/v1/evaluator/core/services.go. */
import type { Service } from '../types';
import type { QuotaEvaluator } from './measure';

const NAMES = ['count/services', 'services', 'services.nodeports', 'services.loadbalancers'];

function nodePortsOf({ spec }: Service): number {
  const { type, ports = [], allocateLoadBalancerNodePorts } = spec;
  if (type === 'NodePort') return ports.length;
  if (type !== 'LoadBalancer') return 0;
  return allocateLoadBalancerNodePorts === false ? ports.filter(({ nodePort }) => nodePort).length : ports.length;
}

function chargedType({ spec }: Service): string {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer' ? spec.type : '';
}

/** Services. */
export const serviceEvaluator: QuotaEvaluator = {
  matching: (names) => names.filter((name) => NAMES.includes(name)),
  matchesScope: () => false,
  usage: (object) => ({
    'count/services': '1',
    services: '1',
    'services.loadbalancers': (object as Service).spec.type === 'LoadBalancer' ? '1' : '0',
    'services.nodeports': String(nodePortsOf(object as Service)),
  }),
  handlesUpdate: () => true,
  replenishes: (old, object) => chargedType(old as Service) !== chargedType(object as Service),
};
