/** Whose address counts, for load balancers that take some alone and for policies. */
import { expect, test } from 'vitest';
import { createNetworkWorld } from '../../testing/network-world';
import type { Service } from '../api/types';

const documents = (block: string): string => `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: node-1, containers: [{name: app, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: guarded, labels: {app: guarded}}
spec: {nodeName: node-1, containers: [{name: app, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node-3, containers: [{name: c, image: busybox, command: [sleep, "9999"]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, loadBalancerSourceRanges: ["${block}"], selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: guarded}
spec: {type: NodePort, selector: {app: guarded}, ports: [{port: 80, nodePort: 30095}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard}
spec: {podSelector: {matchLabels: {app: guarded}}, ingress: [{from: [{ipBlock: {cidr: ${block}}}]}]}
`;

test.each([
  ['0.0.0.0/0', [200, 200, 200]],
  ['10.0.0.0/8', ['timeout', 200, 'timeout']],
  ['192.168.0.0/16', ['timeout', 'timeout', 200]],
  ['203.0.113.0/28', [200, 'timeout', 'timeout']],
])('%s: from outside, from a Pod, from a node: %j', (block, results) => {
  const flags = { 'cloud-controller-manager': {}, 'network-plugin': { 'enforces-network-policy': true } };
  const world = createNetworkWorld({ documents: documents(block), flags });
  world.runUntil(15_000);
  const [{ ip: balancer = '' } = {}] =
    world.get<Service>('Service', 'default', 'web').status?.loadBalancer?.ingress ?? [];
  const sources = [
    { client: 'users/3' },
    { source: world.pod('client') },
    { source: { kind: 'node', node: 'node-2' } as const },
  ];
  for (const target of [{ host: balancer }, { host: 'node-1', port: 30095 }]) {
    const answers = sources.map((source) => {
      const host = target.host === 'node-1' ? '192.168.0.10' : target.host;
      const { failure, status } = world.send({ client: 'x', ...source, ...target, host });
      return failure ?? status;
    });
    expect(answers).toEqual(results);
  }
});

test.each(['web.default', 'web.default.svc', 'web.default.svc.cluster.local'])(
  'from outside %s is found, as people write it; a node knows no such name',
  (host) => {
    const world = createNetworkWorld({ documents: documents('0.0.0.0/0') });
    world.runUntil(15_000);
    expect(world.send({ client: 'users/3', host }).status).toBe(200);
    const source = { kind: 'node', node: 'node-2' } as const;
    expect(world.send({ client: 'x', source, host }).failure).toBe('dns');
  },
);
