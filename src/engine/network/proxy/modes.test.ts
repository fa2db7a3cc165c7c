/** Where the modes of kube-proxy differ. */
import { expect, test } from 'vitest';
import { createNetworkWorld } from '../../../testing/network-world';

const documents = (spec: string): string => `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
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
spec: {clusterIP: 10.96.0.77, internalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80}]${spec}}
`;

test.each([
  ['iptables', '', 'timeout'],
  ['iptables', ', type: NodePort', 'timeout'],
  ['nftables', '', 'timeout'],
  ['ipvs', '', 'no-endpoints'],
  ['ipvs', ', type: NodePort', 200],
])('%s, internalTrafficPolicy Local on a node without Pods%s: %s', (mode, spec, result) => {
  const world = createNetworkWorld({ documents: documents(spec), flags: { 'kube-proxy': { mode } } });
  world.runUntil(10_000);
  const { failure, status } = world.send({ source: world.pod('client'), host: '10.96.0.77' });
  expect(failure ?? status).toBe(result);
});
