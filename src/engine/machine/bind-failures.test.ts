/** Second listeners on a port. What nginx 1.22, Apache 2.4, Redis 7, Python 3.11 and BusyBox 1.35 say was read off them. */
import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';
import type { Pod } from '../api/types';

const NGINX = '{name: a, image: nginx}';
const python = (name: string) => `{name: ${name}, image: python, command: [python3, -m, http.server, "8000"]}`;
const shell = (name: string, image: string, text: string) =>
  `{name: ${name}, image: ${image}, command: [sh, -c, "${text}"]}`;
const pod = (name: string, containers: string, more = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: default}, spec: {nodeName: node-1, ${more} containers: [${containers}]}}`;
const onNode = (name: string, container: string): string => pod(name, container, 'hostNetwork: true,');

const IN_USE = 'Address already in use';
const EMERGENCY = `nginx: [emerg] bind() to 0.0.0.0:80 failed (98: ${IN_USE})\n`;
const APACHE = `(98)${IN_USE}: AH00072: make_sock: could not bind to address [::]:80
(98)${IN_USE}: AH00072: make_sock: could not bind to address 0.0.0.0:80
no listening sockets available, shutting down
AH00015: Unable to open logs\n`;

it.each<[what: string, documents: string[], pod: string, container: string, said: string, code: number]>([
  ['nginx twice', [pod('p', `${NGINX}, {name: b, image: nginx}`)], 'p', 'b', EMERGENCY, 1],
  ['httpd after nginx', [pod('p', `${NGINX}, {name: b, image: httpd}`)], 'p', 'b', APACHE, 1],
  [
    "BusyBox's httpd after nginx",
    [pod('p', `${NGINX}, {name: b, image: busybox, command: [httpd, -f, -p, "80"]}`)],
    'p',
    'b',
    `httpd: bind: ${IN_USE}\n`,
    1,
  ],
  ['Python twice', [pod('p', `${python('a')}, ${python('b')}`)], 'p', 'b', `\nOSError: [Errno 98] ${IN_USE}\n`, 1],
  [
    'redis after nc',
    [pod('p', `${shell('a', 'busybox', 'nc -lk -p 6379')}, {name: b, image: redis}`)],
    'p',
    'b',
    `# Warning: Could not create server TCP listening socket *:6379: bind: ${IN_USE}\n`,
    1,
  ],
  [
    'nginx that a shell begins later',
    [pod('p', `${NGINX}, ${shell('b', 'nginx', "sleep 5; exec nginx -g 'daemon off;'")}`)],
    'p',
    'b',
    'nginx: [emerg] still could not bind()\n',
    1,
  ],
  [
    'mariadb beside a mysql that is not ready yet',
    [
      pod(
        'p',
        '{name: a, image: mysql, env: [{name: MYSQL_ROOT_PASSWORD, value: x}]}, {name: b, image: mariadb, env: [{name: MARIADB_ROOT_PASSWORD, value: x}]}',
      ),
    ],
    'p',
    'b',
    `[ERROR] Can't start server: Bind on TCP/IP port. Got error: 98: ${IN_USE}\n`,
    1,
  ],
  [
    "Pods that have the node's network",
    [onNode('one', NGINX), onNode('two', '{name: a, image: httpd}')],
    'two',
    'a',
    APACHE,
    1,
  ],
  [
    'a shell there',
    [onNode('one', NGINX), onNode('two', shell('a', 'busybox', 'sleep 3; nc -l -p 80'))],
    'two',
    'a',
    `nc: bind: ${IN_USE}\n`,
    1,
  ],
])('%s: the second says so and ends', (_what, documents, name, container, said, code) => {
  const { world, run } = createTerminal({ documents: documents.join('\n---\n'), nodes: 1 });
  world.runUntil(12_000);
  expect(run(`logs ${name} -c ${container} --previous`).stdout).toContain(said);
  const { containerStatuses = [] } = world.get<Pod>('Pod', 'default', name).status;
  expect(containerStatuses.find((one) => one.name === container)?.lastState?.terminated?.exitCode).toBe(code);
  const { restartCount } = world.get<Pod>('Pod', 'default', documents.length > 1 ? 'one' : 'p').status
    .containerStatuses?.[0] ?? { restartCount: -1 };
  expect(restartCount).toBe(0);
});

it('networks of Pods are their own, and what is not known to listen anywhere is let be', () => {
  const documents = [
    pod('one', NGINX),
    pod('two', NGINX),
    onNode('three', NGINX),
    pod(
      'four',
      '{name: a, image: x, ports: [{containerPort: 8080}]}, {name: b, image: y, ports: [{containerPort: 8080}]}',
    ),
  ];
  const { world, run } = createTerminal({ documents: documents.join('\n---\n'), nodes: 1 });
  world.runUntil(20_000);
  expect(run('get pods --no-headers').stdout.match(/Running +0/g)).toHaveLength(4);
});
