import { expect, it } from 'vitest';
import { createTerminal } from '../../../testing/terminal';

const pod = (name: string, image: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: {
    containers: [
      {
        name: 'c',
        image,
        env: ['MYSQL', 'MARIADB', 'POSTGRES'].flatMap((one) => [
          { name: `${one}_ROOT_PASSWORD`, value: 'x' },
          { name: `${one}_PASSWORD`, value: 'x' },
        ]),
      },
    ],
  },
});

const TOLD = '2026/01/01 00:00:20 [notice] 60#60: signal process started\n';

it.each([
  ['nginx', 'nginx -s stop', 0, TOLD, 1],
  ['nginx', 'nginx -s reload', 0, TOLD, 0],
  ['nginx:1.18', 'nginx -s reload', 0, '', 0],
  ['nginx', 'nginx -s bogus', 1, 'nginx: invalid option: "-s bogus"\ncommand terminated with exit code 1\n', 0],
  ['httpd:2.4', 'apachectl -k graceful-stop', 0, '', 1],
  ['httpd:2.4', 'apachectl graceful', 0, '', 0],
  ['redis:7', 'redis-cli shutdown nosave', 0, '', 1],
  ['mysql:8', 'mysqladmin -uroot -px shutdown', 0, '', 1],
  ['mysql:8', 'mysqladmin -h db.example shutdown', 1, undefined, 0],
  ['mariadb:11', 'mariadb-admin shutdown', 0, '', 1],
  ['postgres:17', 'gosu postgres pg_ctl stop -m fast', 0, '', 1],
  ['postgres:17', 'pg_ctl status', 1, undefined, 0],
  ['rabbitmq:4', 'rabbitmqctl stop', 0, '', 1],
  ['rabbitmq:4', 'rabbitmqctl stop_app', 0, '', 0],
])('in %s, %s ends with %i', (image, command, code, stderr, restarts) => {
  const terminal = createTerminal({ nodes: 1 });
  terminal.world.client.create(pod('a', image) as never);
  terminal.world.runUntil(20_000);
  const said = terminal.run(`exec a -- ${command}`);
  expect([said.code, said.stderr]).toEqual([code, stderr ?? said.stderr]);
  terminal.world.runUntil(30_000);
  const { status } = terminal.world.get('Pod', 'default', 'a') as {
    status?: { containerStatuses?: { restartCount: number }[] };
  };
  expect(status?.containerStatuses?.[0]?.restartCount).toBe(restarts);
});
