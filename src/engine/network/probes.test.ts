/** Probes of another host than the Pod's own go over the node's network. */
import { expect, test } from 'vitest';
import { createWorld } from '../../testing/world';

const text = (probe: string): string => `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: app, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.77, selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: asker}
spec: {containers: [{name: app, image: nginx, readinessProbe: ${probe}}]}
`;

test.each([
  ['{httpGet: {host: 10.96.0.77, port: 80}, initialDelaySeconds: 5}', undefined],
  [
    '{httpGet: {host: 10.96.0.77, port: 80, path: /none}, initialDelaySeconds: 5}',
    'HTTP probe failed with statuscode: 404',
  ],
  ['{tcpSocket: {host: 10.96.0.77, port: 80}, initialDelaySeconds: 5}', undefined],
  ['{tcpSocket: {host: 10.96.0.77, port: 81}, initialDelaySeconds: 5}', 'dial tcp 10.96.0.77:81: i/o timeout'],
  // The kubelet's loopback is its node's.
  [
    '{httpGet: {host: 127.0.0.1, port: 80}, initialDelaySeconds: 5}',
    'Get "http://127.0.0.1:80/": dial tcp 127.0.0.1:80: connect: connection refused',
  ],
  [
    '{tcpSocket: {host: localhost, port: 80}, initialDelaySeconds: 5}',
    'dial tcp 127.0.0.1:80: connect: connection refused',
  ],
  // A node asks its own servers, which know nothing of the cluster's names.
  ['{tcpSocket: {host: web, port: 80}, initialDelaySeconds: 5}', 'dial tcp: lookup web: no such host'],
])('%s', (probe, problem) => {
  const world = createWorld({ documents: text(probe) });
  world.runUntil(20_000);
  const messages = world.events().flatMap(({ reason, message }) => (reason === 'Unhealthy' ? [message] : []));
  expect(messages[0]).toBe(problem === undefined ? undefined : `Readiness probe failed: ${problem}`);
});
