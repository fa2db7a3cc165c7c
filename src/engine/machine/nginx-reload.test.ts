/** nginx reads its configuration again when it is told to. */
import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const conf = (text: string) => `server { listen 80; location / { return 200 ${text}; } }`;

/** A terminal beside a Pod whose server is configured by a ConfigMap, or by nobody. */
function terminalWith(container: object, data?: string) {
  const terminal = createTerminal({ nodes: 1 });
  const { world, run } = terminal;
  const metadata = { name: 'ng', namespace: 'default' };
  if (data)
    world.client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'default.conf': data } } as never);
  const mounts = data ? { volumeMounts: [{ name: 'v', mountPath: '/etc/nginx/conf.d' }] } : {};
  const volumes = data ? { volumes: [{ name: 'v', configMap: { name: 'ng' } }] } : {};
  const containers = [{ name: 'c', image: 'nginx', ...mounts, ...container }];
  world.client.create({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers, ...volumes } } as never);
  world.runUntil(20_000);
  const curl = (where = 'localhost') => run(`exec ng -- curl -s ${where}`).stdout;
  const logs = () => run('logs ng').stdout.replace(/^\S+ \S+ (?=\[)/gm, '');
  return { ...terminal, curl, logs };
}

it('serves what an edited ConfigMap says once it is told to, and not before', () => {
  const { world, run, curl, logs } = terminalWith({}, conf('old'));
  expect(curl()).toBe('old');
  run(`patch cm ng -p '${JSON.stringify({ data: { 'default.conf': conf('new') } })}'`);
  world.runUntil(150_000);
  expect(run('exec ng -- cat /etc/nginx/conf.d/default.conf').stdout).toBe(conf('new'));
  expect(curl()).toBe('old');
  const told = run('exec ng -- nginx -s reload');
  expect([told.code, told.stderr]).toEqual([0, expect.stringMatching(/ \[notice\] 60#60: signal process started\n$/)]);
  expect(curl()).toBe('new');
  expect(logs()).toContain(`[notice] 1#1: signal 1 (SIGHUP) received from 60, reconfiguring
[notice] 1#1: reconfiguring
[notice] 1#1: using the "epoll" event method
[notice] 1#1: start worker processes
[notice] 1#1: start worker process 61
[notice] 29#29: gracefully shutting down
`);
  expect(run('exec ng -- cat /proc/61/cmdline').stdout).toContain('worker');
});

const write = (text: string, file = 'default') => `echo "${text}" > /etc/nginx/conf.d/${file}.conf`;

it.each([
  ['nginx -s reload', {}],
  ['kill -HUP 1', {}],
  ['nginx  -s  reload', { command: ['sh', '-c', 'nginx -g "daemon off;" & wait'] }],
])('%s has it listen on a port of a new file, with %j', (told, container) => {
  const { world, run, curl } = terminalWith(container);
  expect(run('exec ng -- curl -s localhost:8080').code).toBe(7);
  expect(run(`exec ng -- sh -c '${write('server { listen 8080; return 200 three; }', 'x')}; ${told}'`).code).toBe(0);
  world.runFor(1000);
  expect([curl('localhost:8080'), curl()]).toEqual(['three', expect.stringContaining('Welcome to nginx')]);
  run(`exec ng -- sh -c 'rm /etc/nginx/conf.d/x.conf; ${told}'`);
  world.runFor(1000);
  expect(run('exec ng -- curl -s localhost:8080').code).toBe(7);
  expect(curl()).toContain('Welcome to nginx');
});

it('is told by the shell that began it', () => {
  const text = `nginx -g 'daemon off;' & sleep 5; ${write('server { listen 80; return 200 two; }')}; kill -HUP $!; wait`;
  expect(terminalWith({ command: ['sh', '-c', text] }).curl()).toBe('two');
});

it('goes on with the old configuration where the new one is bad', () => {
  const { world, run, curl, logs } = terminalWith({}, conf('old'));
  run(`patch cm ng -p '${JSON.stringify({ data: { 'default.conf': 'server {' } })}'`);
  world.runUntil(150_000);
  const said = '[emerg] 1#1: unexpected end of file, expecting "}" in /etc/nginx/conf.d/default.conf:1\n';
  expect(run('exec ng -- nginx -t').stderr).toContain('nginx: configuration file /etc/nginx/nginx.conf test failed');
  const told = run('exec ng -- nginx -s reload');
  expect([told.code, told.stderr]).toEqual([1, expect.stringContaining('nginx: [emerg] unexpected end of file')]);
  expect(logs()).not.toContain('SIGHUP');
  expect(run('exec ng -- kill -HUP 1').code).toBe(0);
  expect(logs()).toContain(`reconfiguring\n[notice] 1#1: reconfiguring\n${said}`);
  expect(curl()).toBe('old');
});

it('tests what the same command has written', () => {
  const { run } = terminalWith({});
  expect(run(`exec ng -- sh -c '${write('server {')}; nginx -t'`).stderr).toContain('unexpected end of file');
});
