/** What SIGTERM does to the first process of a container, by what that is. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const OWN = `import signal; signal.signal(signal.SIGTERM, lambda *a: sys.exit(0))`;

test.each<[string, string, readonly string[] | undefined, 'ends' | 'stays']>([
  ['a server of files of Python', 'python:3', ['python', '-m', 'http.server', '8000'], 'stays'],
  ['a script of Python', 'python:3', ['python', 'app.py'], 'stays'],
  ['one below a shell that gives it its place', 'python:3', ['sh', '-c', 'cd /tmp && exec python app.py'], 'stays'],
  ['one that has a handler', 'python:3', ['python', '/own/app.py'], 'ends'],
  [
    'one that has a handler, by a path of its directory',
    'python:3',
    ['sh', '-c', 'cd /own; exec python3 app.py'],
    'ends',
  ],
  ['a server that has one', 'python:3', ['gunicorn', 'app'], 'ends'],
  ['a script of node', 'node:20', ['node', 'server.js'], 'stays'],
  ['npm', 'node:20', ['npm', 'start'], 'ends'],
  ['that of the tutorial', 'gcr.io/google-samples/kubernetes-bootcamp:v1', undefined, 'stays'],
  ["BusyBox's httpd", 'busybox:1', ['httpd', '-f', '-p', '80'], 'stays'],
  ['Apache', 'httpd:2', ['sh', '-c', 'exec httpd -DFOREGROUND'], 'ends'],
  ['an image that nobody knows', 'me/app:1', ['python', 'app.py'], 'ends'],
])('%s', (_what, image, command, outcome) => {
  const { run, world } = createTerminal();
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: {
      volumes: [{ name: 'own', configMap: { name: 'own' } }],
      containers: [{ name: 'c', image, command, volumeMounts: [{ name: 'own', mountPath: '/own' }] }],
    },
  };
  run(
    'create -f -',
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own' }, data: { 'app.py': OWN } }),
  );
  run('create -f -', JSON.stringify(pod));
  world.runFor(8000);
  run('delete pod p --wait=false');
  world.runFor(10_000);
  expect(run('get pod p -o name').stdout).toBe(outcome === 'stays' ? 'pod/p\n' : '');
  world.runFor(25_000);
  expect(run('get pod p -o name').stdout).toBe('');
});

test("the script of node's image runs with node what is no program, and npm ends with an error of its own", () => {
  const { run, world } = createTerminal();
  const pod = (name: string, args: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {restartPolicy: Never, containers: [{name: c, image: "node:20", args: ${args}}]}\n`;
  run(
    'apply -f -',
    [pod('file', '[server.js]'), pod('flag', '[--inspect, server.js]'), pod('npm', '[npm, start]')].join('---\n'),
  );
  world.runFor(10_000);
  expect(run('exec file -- cat /proc/1/cmdline').stdout.replaceAll('\0', ' ')).toBe('node server.js ');
  expect(run('exec flag -- cat /proc/1/cmdline').stdout.replaceAll('\0', ' ')).toBe('node --inspect server.js ');
  run('exec npm -- kill 1');
  world.runFor(3000);
  expect(run('get pod npm -o jsonpath={.status.containerStatuses[0].state.terminated.exitCode}').stdout).toBe('1');
});
