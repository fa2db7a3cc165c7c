import { expect, test } from 'vitest';
import { createNetworkWorld } from '../../../testing/network-world';
import type { Service } from '../../api/types';

const TEXT = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: node-2, containers: [{name: app, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, nodePort: 30001}]}
`;

const addressOf = ({ status }: Service) => status?.loadBalancer?.ingress?.[0]?.ip;

test('a cloud gives a load balancer its address later, and takes it back before the Service goes', () => {
  const world = createNetworkWorld({ documents: TEXT, flags: { 'cloud-controller-manager': {} } });
  const service = () => world.get<Service>('Service', 'default', 'web');
  world.runUntil(5000);
  expect([addressOf(service()), service().metadata.finalizers]).toEqual([
    undefined,
    ['service.kubernetes.io/load-balancer-cleanup'],
  ]);
  world.runUntil(15_000);
  const host = addressOf(service()) ?? '';
  expect(host).toBe('198.51.100.1');
  // A balancer leaves out nodes without an endpoint; their own node ports drop what comes to them.
  for (const draw of [0, 0.3, 0.6, 0.9]) expect(world.send({ host, draw }).status).toBe(200);
  expect(world.send({ host: 'node-1', port: 30001 }).failure).toBe('timeout');
  expect(world.send({ host: 'node-2', port: 30001 }).status).toBe(200);
  world.client.delete('Service', 'default', 'web');
  world.runFor(1000);
  expect(world.find('Service', 'default', 'web')).toBeUndefined();
  expect(world.events().map(({ reason }) => reason)).toEqual(
    expect.arrayContaining([
      'EnsuringLoadBalancer',
      'EnsuredLoadBalancer',
      'DeletingLoadBalancer',
      'DeletedLoadBalancer',
    ]),
  );
});

test('without a cloud it stays pending', () => {
  const world = createNetworkWorld({ documents: TEXT });
  world.runUntil(60_000);
  expect(addressOf(world.get<Service>('Service', 'default', 'web'))).toBeUndefined();
});
