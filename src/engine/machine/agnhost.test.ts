import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';
import { agnhostListeners, agnhostStop } from './agnhost';

const shown = (words: Parameters<typeof agnhostListeners>[0]): string =>
  agnhostListeners(words)
    .map(({ port, protocol = 'TCP', path = '', status, afterMs }) => `${protocol} ${port}${path} ${status} ${afterMs}`)
    .join(', ');

test.each([
  [{}, ''],
  [{ args: ['pause'] }, ''],
  [{ args: ['netexec'] }, 'TCP 8080 200 0, UDP 8081 200 0'],
  [{ args: ['netexec', '--http-port=80', '--udp-port', '53'] }, 'TCP 80 200 0, UDP 53 200 0'],
  [{ command: ['/agnhost', 'serve-hostname', '--port', '9000'] }, 'TCP 9000 200 0'],
  [{ command: ['/agnhost'], args: ['serve-hostname'] }, 'TCP 9376 200 0'],
  [{ args: ['test-webserver'] }, 'TCP 80 200 0'],
  [{ args: ['liveness'] }, 'TCP 8080/healthz 500 10000, TCP 8080/healthz 200 0, TCP 8080/started 200 0'],
])('%j listens on: %s', (words, listeners) => expect(shown(words)).toBe(listeners));

test.each([
  [['liveness'], 0, 2],
  [[], 0, 2],
  [['netexec'], 0, 0],
  [['netexec', '--delay-shutdown', '5'], 5000, 0],
  [['serve-hostname'], 60_000, 0],
])('%j ends after %i ms with %i', (args, exitAfterMs, code) => {
  expect(agnhostStop({ args })).toEqual({ exitAfterMs, code });
});

test("the documentation's liveness probe is well for 10 s, and then not", () => {
  const { world, run } = createTerminal({
    documents: `apiVersion: v1
kind: Pod
metadata: {name: liveness-http}
spec:
  containers:
  - name: liveness
    image: registry.k8s.io/e2e-test-images/agnhost:2.40
    args: [liveness]
    livenessProbe: {httpGet: {path: /healthz, port: 8080}, initialDelaySeconds: 3, periodSeconds: 3}
`,
  });
  world.runUntil(12_000);
  const unhealthy = () => world.events().filter(({ reason }) => reason === 'Unhealthy');
  expect(unhealthy()).toEqual([]);
  world.runUntil(35_000);
  expect(unhealthy()[0]?.message).toBe('Liveness probe failed: HTTP probe failed with statuscode: 500');
  expect(run('get pod liveness-http').stdout).toMatch(/Running +1 /);
  const ended = "get pod liveness-http -o jsonpath='{.status.containerStatuses[0].lastState.terminated.exitCode}'";
  expect(run(ended).stdout).toBe('2');
});
