import { expect, test } from 'vitest';
import { createTerminal } from '../testing/terminal';

const TEXT = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: app, image: nginx, ports: [{name: http, containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: plain, port: 8080, targetPort: http}]}
---
apiVersion: v1
kind: Pod
metadata: {name: stuck}
spec: {nodeName: nowhere, containers: [{name: app, image: nginx}]}
`;

const note = (local: number): string =>
  `kubestep: there is no network out of the simulated cluster; port ${local} would reach container app of Pod default/web, port 80\n`;
const both = (local: number): string =>
  `Forwarding from 127.0.0.1:${local} -> 80\nForwarding from [::1]:${local} -> 80\n`;

test.each([
  ['port-forward web 8888:80', both(8888), note(8888), 0],
  ['port-forward pod/web http', both(80), note(80), 0],
  ['port-forward svc/web 8080', both(8080), note(8080), 0],
  ['port-forward svc/web plain', both(8080), note(8080), 0],
  ['port-forward --address 0.0.0.0 web 1:80', 'Forwarding from 0.0.0.0:1 -> 80\n', note(1), 0],
  [
    'port-forward web 81',
    'Forwarding from 127.0.0.1:81 -> 81\nForwarding from [::1]:81 -> 81\n',
    'kubestep: there is no network out of the simulated cluster; port 81 would reach whatever listens on port 81 of Pod default/web, which none of its containers names\n',
    0,
  ],
  ['port-forward svc/web 81', '', 'error: Service web does not have a service port 81\n', 1],
  ['port-forward svc/web nope', '', "error: Service 'web' does not have a named port 'nope'\n", 1],
  ['port-forward web nope', '', "error: Pod 'web' does not have a named port 'nope'\n", 1],
  [
    'port-forward stuck 80',
    '',
    'error: unable to forward port because pod is not running. Current status=Pending\n',
    1,
  ],
  ['port-forward none 80', '', 'Error from server (NotFound): pods "none" not found\n', 1],
  [
    'port-forward web',
    '',
    "error: TYPE/NAME and list of ports are required for port-forward\nSee 'kubectl port-forward -h' for help and examples\n",
    1,
  ],
  [
    'proxy',
    'Starting to serve on 127.0.0.1:8001\n',
    'kubestep: there is no network out of the simulated cluster; requests would reach the API server as you\n',
    0,
  ],
])('%s', (command, stdout, stderr, code) => {
  const { world, run } = createTerminal({ documents: TEXT });
  world.runUntil(10_000);
  expect(run(command)).toMatchObject({ stdout, stderr, code });
});

test('nothing is forwarded where the kubelet does not answer', () => {
  const payload = { type: 'component-down', component: 'kubelet', node: 'node-1' };
  const { world, run } = createTerminal({
    documents: TEXT,
    inputs: [{ to: 'fault', kind: 'fault', payload, atMs: 10_000 }],
  });
  world.runUntil(12_000);
  expect(run('port-forward web 80')).toMatchObject({
    stdout: '',
    stderr: expect.stringMatching(
      /^error: error upgrading connection: unable to upgrade connection: error dialing backend: dial tcp \S+:10250: connect: connection refused\n$/,
    ),
    code: 1,
  });
});
