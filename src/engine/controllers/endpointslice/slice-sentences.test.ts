/** What steps say of a slice whose endpoints end. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../../testing/terminal';

const WORLD = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  terminationGracePeriodSeconds: 20
  containers:
  - name: c
    image: nginx
    lifecycle: {preStop: {exec: {command: [sleep, "15"]}}}
    readinessProbe: {httpGet: {port: 80, path: /index.html}, periodSeconds: 1, failureThreshold: 1}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

test('a slice says which of its endpoints end and still serve, which is all that changes then', () => {
  const { run, world } = createTerminal({ documents: WORLD });
  world.runUntil(15_000);
  const before = world.simulation.step;
  run('delete pod web --wait=false');
  world.runFor(3000);
  run('exec web -- rm /usr/share/nginx/html/index.html');
  world.runFor(6000);
  const said = Array.from({ length: world.simulation.step - before }, (_, index) => {
    return world.simulation.traceAt(before + index + 1).message;
  }).filter((text) => text.startsWith('EndpointSlice'));
  expect(said.map((text) => text.replace(/web-\w+/, 'web'))).toEqual([
    'EndpointSlice web has 1 endpoint, 0 ready, 1 terminating, of which 1 still serving',
    'EndpointSlice web has 1 endpoint, 0 ready, 1 terminating, of which 0 still serving',
  ]);
});
