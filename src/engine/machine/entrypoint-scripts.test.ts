import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

interface Asked {
  readonly image: string;
  readonly at: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly mode?: string;
  readonly env?: string;
  readonly subPath?: string;
}

function started({ image, at, scripts, mode = '0644', env = '', subPath }: Asked) {
  const mounts = subPath
    ? `{name: s, mountPath: ${at}/${subPath}, subPath: ${subPath}}`
    : `{name: s, mountPath: ${at}}`;
  const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: scripts}
data:
${Object.entries(scripts)
  .map(([name, script]) => `  ${name}: |\n${script.replace(/^/gm, '    ')}\n`)
  .join('')}---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: c, image: "${image}", env: [${env}], volumeMounts: [${mounts}, {name: d, mountPath: /data}]}]
  volumes: [{name: s, configMap: {name: scripts, defaultMode: ${mode}}}, {name: d, emptyDir: {}}]
`;
  const { run, world } = createTerminal();
  run('apply -f -', text);
  world.runUntil(30_000);
  const logs = run('logs web').stdout.split('\n');
  const state = run('get pod web -o jsonpath={..restartCount}/{..lastState.terminated.exitCode}').stdout;
  return { logs, state, run };
}

const NGINX = '/docker-entrypoint.d';
const hello = { '40-hello.sh': '#!/bin/sh\necho hello > /usr/share/nginx/html/index.html\necho "said $0"' };

test('nginx runs the scripts of its directory that may be run', () => {
  const { logs, state, run } = started({
    image: 'nginx:1.27',
    at: NGINX,
    scripts: hello,
    mode: '0755',
    subPath: '40-hello.sh',
  });
  expect(logs.slice(0, 13)).toEqual([
    '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
    '/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/',
    '/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh',
    '10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf',
    '10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf',
    '/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh',
    '/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh',
    '/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh',
    '/docker-entrypoint.sh: Launching /docker-entrypoint.d/40-hello.sh',
    'said /docker-entrypoint.d/40-hello.sh',
    '/docker-entrypoint.sh: Configuration complete; ready for start up',
    expect.stringContaining('[notice] 1#1: using the "epoll" event method'),
    expect.stringContaining('[notice] 1#1: nginx/'),
  ]);
  expect(state).toBe('0/');
  expect(run('exec web -- curl -s localhost').stdout).toBe('hello\n');
});

test('a ConfigMap over the directory hides those of the image, and shows each of its own three times', () => {
  const { logs } = started({ image: 'nginx:1.27', at: NGINX, scripts: hello, mode: '0755' });
  const launched = logs.filter((line) => line.includes('Launching'));
  expect(launched.map((line) => line.replace(/\.\.2026[\d_.]+/, '..STAMP'))).toEqual([
    '/docker-entrypoint.sh: Launching /docker-entrypoint.d/40-hello.sh',
    '/docker-entrypoint.sh: Launching /docker-entrypoint.d/..STAMP/40-hello.sh',
    '/docker-entrypoint.sh: Launching /docker-entrypoint.d/..data/40-hello.sh',
  ]);
});

test('without the right to run it a script is passed over', () => {
  const { logs, state } = started({ image: 'nginx:1.27', at: NGINX, scripts: hello });
  expect(logs).toContain('/docker-entrypoint.sh: Ignoring /docker-entrypoint.d/40-hello.sh, not executable');
  expect(state).toBe('0/');
});

test('a script that fails ends the container', () => {
  const scripts = { '40-fail.sh': '#!/bin/sh\nexit 3' };
  const { logs, state } = started({ image: 'nginx:1.27', at: NGINX, scripts, mode: '0755' });
  expect(state).toMatch(/^[1-9]\/3$/);
  expect(logs.join('\n')).not.toContain('ready for start up');
});

test('a command in place of the entrypoint leaves that silent', () => {
  const { run, world } = createTerminal();
  run('run web --image=nginx:1.27 --command -- nginx -g "daemon off;"');
  world.runFor(10_000);
  expect(run('logs web').stdout).toMatch(/^2026\/01\/01 \S+ \[notice\] 1#1: using the "epoll" event method\n/);
});

const INIT = '/docker-entrypoint-initdb.d';
const PASSWORD = ['POSTGRES_PASSWORD', 'MYSQL_ROOT_PASSWORD'].map((name) => `{name: ${name}, value: x}`).join(', ');
const both = { 'a.sh': 'psql -c "select 1"\necho seed', 'b.sql': 'create table t ();', 'c.txt': 'x' };

test('Postgres runs what is mounted for it once, before it serves', () => {
  const { logs, state, run } = started({
    image: 'postgres:16',
    at: INIT,
    scripts: both,
    env: `${PASSWORD}, {name: PGDATA, value: /data/pg}`,
  });
  const said = logs.filter((line) => line !== '').slice(0, 8);
  expect(said).toEqual([
    '/usr/local/bin/docker-entrypoint.sh: sourcing /docker-entrypoint-initdb.d/a.sh',
    ' ?column? ',
    '----------',
    '        1',
    '(1 row)',
    'seed',
    '/usr/local/bin/docker-entrypoint.sh: running /docker-entrypoint-initdb.d/b.sql',
    '/usr/local/bin/docker-entrypoint.sh: ignoring /docker-entrypoint-initdb.d/c.txt',
  ]);
  expect(logs).toContain('PostgreSQL init process complete; ready for start up.');
  expect(state).toBe('0/');
  expect(run('exec web -- pg_isready').stdout).toContain('accepting connections');
  // The database is there when the container starts again.
  run('exec web -- sh -c "kill 1"');
  run('wait --for=condition=Ready=false pod/web --timeout=5s');
  run('wait --for=condition=Ready pod/web --timeout=30s');
  expect(run('logs web').stdout).not.toContain('docker-entrypoint-initdb.d');
});

test.each([
  ['mysql:8', ' [Note] [Entrypoint]: /usr/local/bin/docker-entrypoint.sh: running /docker-entrypoint-initdb.d/b.sql'],
  ['mariadb:11', ' [Note] [Entrypoint]: MariaDB init process done. Ready for start up.'],
  ['mongo:7', '/usr/local/bin/docker-entrypoint.sh: ignoring /docker-entrypoint-initdb.d/b.sql'],
])('%s says what it does', (image, line) => {
  const { logs, state } = started({ image, at: INIT, scripts: { 'a.sh': 'echo seed', 'b.sql': 'x' }, env: PASSWORD });
  expect(logs.join('\n')).toContain(line);
  expect(logs).toContain('seed');
  expect(state).toBe('0/');
});

test('a script of a database that fails ends the container', () => {
  const { state } = started({ image: 'postgres:16', at: INIT, scripts: { 'a.sh': 'false' }, env: PASSWORD });
  expect(state).toMatch(/^[1-9]\/1$/);
});
