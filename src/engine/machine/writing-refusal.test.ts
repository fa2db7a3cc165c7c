import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const ENV = ['POSTGRES_PASSWORD', 'MYSQL_ROOT_PASSWORD'].map((name) => `{name: ${name}, value: x}`).join(', ');
const pod = (name: string, image: string, paths: readonly string[]): string => {
  const mounts = paths.map((path, index) => `{name: v${index}, mountPath: ${path}}`).join(', ');
  const volumes = paths.map((_, index) => `{name: v${index}, emptyDir: {}}`).join(', ');
  return `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers: [{name: c, image: "${image}", env: [${ENV}], securityContext: {readOnlyRootFilesystem: true}, volumeMounts: [${mounts}]}]\n  volumes: [${volumes}]\n`;
};

it.each([
  [
    'nginx:1.27',
    [],
    /can not modify .*conf \(read-only file system\?\)[\s\S]*nginx: \[emerg\] mkdir\(\) "\/var\/cache\/nginx\/client_temp" failed \(30: Read-only file system\)\n$/,
  ],
  [
    'nginx:1.27',
    ['/var/cache/nginx'],
    /nginx: \[emerg\] open\(\) "\/run\/nginx.pid" failed \(30: Read-only file system\)\n$/,
  ],
  ['nginx:1.27', ['/var/cache/nginx', '/var/run'], undefined],
  ['httpd:2.4', [], /AH00099: could not create \/usr\/local\/apache2\/logs\/httpd.pid\n$/],
  ['redis:7', [], undefined],
  ['memcached:1.6', [], undefined],
  ['wordpress:6', [], /AH00100: apache2: could not log pid to file \/var\/run\/apache2\/apache2.pid\n$/],
  ['wordpress:6', ['/var/run/apache2'], undefined],
  [
    'postgres:16',
    ['/var/lib/postgresql/data'],
    /FATAL: {2}could not create lock file "\/var\/run\/postgresql\/.s.PGSQL.5432.lock": Read-only file system\n.* LOG: {2}database system is shut down\n$/,
  ],
  ['postgres:16', ['/run'], undefined],
  ['mysql:8', ['/var/run/mysqld'], /Unable to create temporary file inside "\/tmp"; errno: 30\n[\s\S]*Aborting\n$/],
  ['mysql:8', ['/tmp'], /Could not create unix socket lock file \/var\/run\/mysqld\/mysqld.sock.lock.\n/],
  ['mysql:8', ['/tmp', '/run/mysqld'], undefined],
  ['mariadb:11', ['/run'], /InnoDB: Unable to create temporary file; errno: 30\n/],
  [
    'mariadb:11',
    ['/tmp'],
    /^2026-01-01 {2}0:00:\d\d 0 \[ERROR\] Can't start server : Bind on unix socket: Read-only file system\n/,
  ],
  [
    'mongo:7',
    [],
    /"msg":"Failed to unlink socket file","attr":{"path":"\/tmp\/mongodb-27017.sock","error":"Read-only file system"}}\n/,
  ],
  ['mongo:7', ['/tmp'], undefined],
] as const)('%s that may write only to %j', (image, paths, said) => {
  const terminal = createTerminal();
  terminal.run('apply -f -', pod('web', image, paths));
  terminal.world.runFor(12_000);
  const { stdout } = terminal.run('get pod web -o jsonpath={.status.containerStatuses[0].restartCount}');
  expect(Number(stdout) > 0).toBe(said !== undefined);
  if (!said) return;
  expect(terminal.run('logs web').stdout).toMatch(said);
  const code = terminal.run('get pod web -o jsonpath={..lastState.terminated.exitCode}').stdout;
  expect(code).toBe(image.startsWith('mongo') ? '14' : '1');
});

/** The status of its first instance and what it printed, of a container with a security context. */
function started(image: string, context: string, rest = ''): { readonly isUp: boolean; readonly said: string } {
  const terminal = createTerminal();
  const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: [{name: c, image: "${image}", securityContext: ${context}${rest}}]\n  volumes: [{name: v, emptyDir: {}}]\n`;
  terminal.run('apply -f -', text);
  terminal.world.runFor(12_000);
  const { stdout } = terminal.run('get pod web -o jsonpath={.status.containerStatuses[0].restartCount}');
  return { isUp: stdout === '0', said: terminal.run('logs web').stdout };
}

it('nginx that is not root cannot make its directories', () => {
  const { isUp, said } = started('nginx:1.27', '{runAsUser: 101}');
  expect(isUp).toBe(false);
  expect(said).toMatch(
    /can not modify .*\n[\s\S]*\[warn\] 1#1: the "user" directive makes sense only .*\nnginx: \[warn\] .*\n.* \[emerg\] 1#1: mkdir\(\) "\/var\/cache\/nginx\/client_temp" failed \(13: Permission denied\)\nnginx: \[emerg\] mkdir\(\) .*\n$/,
  );
  const inVolume = started(
    'nginx:1.27',
    '{runAsUser: 101}',
    ', volumeMounts: [{name: v, mountPath: /var/cache/nginx}]',
  );
  expect(inVolume.said).toContain('nginx: [emerg] open() "/run/nginx.pid" failed (13: Permission denied)\n');
});

it('nginx without the capability to give away its directories ends, others do not', () => {
  const { isUp, said } = started('nginx:1.27', '{capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}');
  expect(isUp).toBe(false);
  expect(said).toMatch(
    /nginx: \[emerg\] chown\("\/var\/cache\/nginx\/client_temp", 101\) failed \(1: Operation not permitted\)\n$/,
  );
  expect(started('nginx:1.27', '{capabilities: {drop: [ALL], add: [CHOWN, SETGID, SETUID]}}').isUp).toBe(true);
});

it.each([
  ['nginx:1.27', '{}', true],
  ['nginx:1.27', '{runAsUser: 0}', true],
  ['nginxinc/nginx-unprivileged:1.27', '{runAsUser: 1000, capabilities: {drop: [ALL]}}', true],
  ['httpd:2.4', '{runAsUser: 33}', false],
  ['redis:7', '{runAsUser: 1000, capabilities: {drop: [ALL]}}', true],
  ['wordpress:6', '{runAsUser: 1000}', true],
] as const)('%s with %s is up: %s', (image, context, isUp) => expect(started(image, context).isUp).toBe(isUp));
