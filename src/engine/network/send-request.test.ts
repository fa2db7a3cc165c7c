import { expect, test } from 'vitest';
import { createNetworkWorld } from '../../testing/network-world';

const APP = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30001}]}
---
apiVersion: v1
kind: Service
metadata: {name: empty}
spec: {type: NodePort, selector: {app: none}, ports: [{port: 80, nodePort: 30002}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {containers: [{name: c, image: busybox, command: [sleep, "1000"]}]}
`;

test('a request through a node port reaches a Pod on any node', () => {
  const world = createNetworkWorld({ documents: APP });
  world.runUntil(10_000);
  for (const host of ['node-1', 'node-2', 'node-3', '192.168.0.10']) {
    const { status, path, failure } = world.send({ host, port: 30001 });
    expect([status, failure, path[1]]).toEqual([200, undefined, 'Service default/web (iptables)']);
    expect(path[2]).toMatch(/^Pod default\/web-/);
  }
  expect(world.send({ host: 'node-1', port: 30002 }).failure).toBe('no-endpoints');
  expect(world.send({ host: 'node-1', port: 80 })).toMatchObject({
    failure: 'refused',
    path: ['node-1:80', 'Node node-1'],
  });
});

test.each([
  ['web', 80, 200],
  ['web.default', 80, 200],
  ['web.default.svc.cluster.local', 80, 200],
  ['web.default.svc.cluster.local.', 80, 200],
  ['kubernetes.default', 443, 'http-400'],
  ['web.other', 80, 'dns'],
  ['empty', 80, 'no-endpoints'],
  ['web', 81, 'timeout'],
  ['localhost', 80, 'refused'],
])('from a Pod, %s:%i comes to %s', (host, port, result) => {
  const world = createNetworkWorld({ documents: APP });
  world.runUntil(10_000);
  const { status, failure } = world.send({ host, port, source: world.pod('client') });
  expect(failure ?? status).toBe(result);
});

test('a name that is no longer known, or has nobody behind it, says why and since which step', () => {
  const headless = APP.replace(
    '{type: NodePort, selector: {app: none}, ports: [{port: 80, nodePort: 30002}]}',
    '{clusterIP: None, selector: {app: none}}',
  );
  const world = createNetworkWorld({ documents: headless });
  world.runUntil(10_000);
  expect(world.send({ host: 'empty.default' })).toMatchObject({
    failure: 'dns',
    because: 'no DNS server knows the name empty.default: Service default/empty has no Pod behind it that is ready',
  });
  expect(world.send({ host: 'web.default', source: { kind: 'node', node: 'node-1' } }).because).toBe(
    'no DNS server knows the name web.default: cluster DNS, which only Pods ask, knows Service default/web',
  );
  world.client.delete('Service', 'default', 'web');
  world.runFor(1000);
  const { because, cause } = world.send({ host: 'web', source: world.pod('client') });
  expect(because).toBe('no DNS server knows the name web: Service default/web is gone');
  expect(cause).not.toBeNull();
  expect(world.send({ host: 'never.default' }).because).toBe('no DNS server knows the name never.default');
});

test('nodes take in what comes from outside also before their proxies have rules: none is for it, but only until they have heard of it', () => {
  const world = createNetworkWorld({
    documents:
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: 10.96.0.77, selector: {app: web}, ports: [{port: 80}]}\n',
  });
  world.runUntil(0);
  expect(world.send({ host: '10.96.0.77' })).toMatchObject({
    failure: 'timeout',
    because: 'no rule of the node is for 10.96.0.77:80',
  });
  world.runUntil(100);
  expect(world.send({ host: 'web.default' }).failure).toBe('no-endpoints');
});
