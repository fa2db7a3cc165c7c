/** Servers that scripts begin. What BusyBox's httpd, nginx and Apache do was tried out with them. */
import { expect, it } from 'vitest';
import { createNetworkWorld } from '../../../testing/network-world';
import { createTerminal } from '../../../testing/terminal';
import type { Pod } from '../../api/types';

function worldOf(image: string, text: string) {
  const container = `{name: c, image: "${image}", command: [sh, -c, ${JSON.stringify(text)}]}`;
  const client =
    '{apiVersion: v1, kind: Pod, metadata: {name: cl, namespace: default}, spec: {containers: [{name: c, image: busybox, command: [sleep, 1d]}]}}';
  const server = `{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default}, spec: {restartPolicy: Never, containers: [${container}]}}`;
  const terminal = createTerminal({ documents: `${server}\n---\n${client}`, nodes: 1 });
  const open = (port = 80) =>
    terminal.run(`exec cl -- nc -z -w 1 ${terminal.run('get pod p -o jsonpath={.status.podIP}').stdout} ${port}`)
      .code === 0;
  return { ...terminal, open };
}

it.each([
  ["BusyBox's httpd without -f", 'busybox', 'httpd -p 80', 'killall httpd', ''],
  ['nginx', 'nginx', 'nginx', 'nginx -s quit', ''],
  ['Apache', 'httpd', 'apachectl start', 'apachectl -k stop', ''],
  ['Redis that is told to', 'redis', 'redis-server --port 80 --daemonize yes', 'redis-cli -p 80 shutdown', ''],
])('%s goes into the background, and is gone when it has been told to end', (_what, image, begin, end) => {
  const { world, run, open } = worldOf(image, `${begin}; echo after $?; sleep 20; ${end}; sleep 20; exit 4`);
  world.runUntil(15_000);
  expect(run('logs p').stdout).toContain('after 0\n');
  expect(open()).toBe(true);
  world.runUntil(35_000);
  expect(open()).toBe(false);
  world.runUntil(50_000);
  expect(run('get pod p -o jsonpath={.status.containerStatuses[0].state.terminated.exitCode}').stdout).toBe('4');
});

it.each([
  ["nginx -g 'daemon off;'", 'nginx', 80, 0],
  ['python3 -m http.server 80', 'python', 80, 143],
  ['httpd -f -p 80', 'busybox', 80, 143],
  ['redis-server', 'redis', 6379, 0],
])('%s answers no more once it has been killed', (begin, image, port, code) => {
  const { world, run, open } = worldOf(image, `${begin} & P=$!; sleep 20; kill $P; wait $P; echo gone $?; sleep 99`);
  world.runUntil(15_000);
  expect(open(port)).toBe(true);
  world.runUntil(35_000);
  expect(open(port)).toBe(false);
  expect(run('logs p').stdout).toContain(`gone ${code}\n`);
});

it('one that begins again where it has ended has its port again, and the container of one that leaves its only caller ends', () => {
  const again = worldOf('busybox', 'httpd -f -p 80 & P=$!; sleep 5; kill $P; wait $P; httpd -f -p 80; echo $?');
  again.world.runUntil(20_000);
  expect(again.open()).toBe(true);
  expect(again.run('logs p').stdout).toBe('Terminated\n');
  const left = worldOf('nginx', 'nginx');
  left.world.runUntil(20_000);
  expect(left.run('get pod p --no-headers').stdout).toContain('Completed');
});

it('whoever asks a server that its script has ended is told so', () => {
  const documents =
    '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeName: node-1, containers: [{name: c, image: nginx, command: [sh, -c, "nginx; sleep 5; nginx -s stop; sleep 99"]}]}}';
  const world = createNetworkWorld({ documents });
  world.runUntil(5000);
  const host = world.get<Pod>('Pod', 'default', 'p').status.podIP ?? '';
  expect(world.send({ client: 'x', host }).status).toBe(200);
  world.runUntil(15_000);
  expect(world.send({ client: 'x', host }).because).toContain('container c does not listen any more');
});
