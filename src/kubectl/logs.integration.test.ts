import { describe, expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const pod = (name: string, containers: string, more = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${name}}${more}}, spec: {containers: [${containers}]}}`;
const shell = (name: string, text: string): string =>
  `{name: ${name}, image: "busybox:1", command: [sh, -c, ${JSON.stringify(text)}]}`;

const TWO = `${shell('a', 'echo one; sleep 2; echo two; sleep 900')}, ${shell('b', 'echo other; sleep 900')}`;

function terminal(): ReturnType<typeof createTerminal> {
  const one = createTerminal();
  const create = (text: string): void => {
    one.run('create -f -', text);
  };
  create(pod('hello', shell('c', 'echo Hello Kubernetes! && sleep 900')));
  create(pod('two', TWO));
  create(pod('chosen', TWO, ', annotations: {kubectl.kubernetes.io/default-container: b}'));
  create(pod('crash', shell('c', 'echo bye; exit 3')));
  create(pod('web', '{name: web, image: "nginx:1.27.0"}'));
  return one;
}

describe('kubectl logs', () => {
  it.each<[line: string, stdout: string | RegExp, stderr: string, code: number]>([
    ['logs hello', 'Hello Kubernetes!\n', '', 0],
    ['logs pod/hello', 'Hello Kubernetes!\n', '', 0],
    ['logs two', 'one\ntwo\n', 'Defaulted container "a" out of: a, b\n', 0],
    ['logs two b', 'other\n', '', 0],
    ['logs chosen', 'other\n', '', 0],
    ['logs two --all-containers --prefix', '[pod/two/a] one\n[pod/two/a] two\n[pod/two/b] other\n', '', 0],
    ['logs -l app=two -c a --tail=1', 'two\n', '', 0],
    ['logs -l app=none', '', 'No resources found in default namespace.\n', 0],
    ['logs two -c a --limit-bytes=6', 'one\ntw', '', 0],
    ['logs hello --since=1s', '', '', 0],
    ['logs hello --since-time=2026-01-01T00:00:00Z', 'Hello Kubernetes!\n', '', 0],
    ['logs hello --timestamps', /^2026-01-01T00:00:\d\d\.\d{9}Z Hello Kubernetes!\n$/, '', 0],
    ['logs crash --previous', 'bye\n', '', 0],
    ['logs web --tail=1', /start worker process 29\n$/, '', 0],
    ['logs web --previous', '', BAD('previous terminated container "web" in pod "web" not found'), 1],
    ['logs two -c x', '', 'error: container x is not valid for pod two out of: a, b\n', 1],
    ['logs none', '', 'error: error from server (NotFound): pods "none" not found in namespace "default"\n', 1],
    ['logs two a -c a', '', 'error: only one of -c or an inline [CONTAINER] arg is allowed\n', 1],
    [
      'logs two -c a --all-containers',
      '',
      'error: --all-containers=true should not be specified with container name a\n',
      1,
    ],
    ['logs hello --tail=-2', '', 'error: --tail must be greater than or equal to -1\n', 1],
    [
      'logs cm/kube-root-ca.crt',
      '',
      'error: cannot get the logs from *v1.ConfigMap: selector for *v1.ConfigMap not implemented\n',
      1,
    ],
    [
      'logs two -f --all-containers --max-log-requests=1',
      '',
      'error: you are attempting to follow 2 log streams, but maximum allowed concurrency is 1, use --max-log-requests to increase the limit\n',
      1,
    ],
  ])('%s', (line, stdout, stderr, code) => {
    const { run, world } = terminal();
    world.runFor(45_000);
    const result = run(line);
    expect(result).toMatchObject({ stderr, code });
    if (typeof stdout === 'string') expect(result.stdout).toBe(stdout);
    else expect(result.stdout).toMatch(stdout);
  });

  function BAD(text: string): string {
    return `Error from server (BadRequest): ${text}\n`;
  }

  it('follows what is printed, from before the container runs until it ends', () => {
    const { run, type, records, world } = terminal();
    run('create -f -', pod('later', shell('c', 'echo a; sleep 2; echo b; sleep 1')));
    world.runFor(500);
    type('logs later -f');
    world.runFor(60_000);
    const followed = records().find(({ command }) => command === 'logs later -f');
    expect(followed).toMatchObject({ stdout: 'a\nb\n', code: 0 });
    expect(followed?.stderr).toContain('container "c" in pod "later" is waiting to start: ContainerCreating\n');
  });

  it('chooses one of several Pods behind a Deployment', () => {
    const { run, world } = createTerminal();
    run('create deployment d --image=nginx:1.27 --replicas=2');
    world.runFor(10_000);
    const { stdout, stderr } = run('logs deploy/d --tail=1');
    expect(stderr).toMatch(/^Found 2 pods, using pod\/d-\w+-\w+\n$/);
    expect(stdout).toContain('start worker process');
    expect(run('logs deploy/d --all-pods --tail=1').stdout.match(/^\[pod\/d-\w+-\w+\/nginx\] /gm)).toHaveLength(2);
  });

  it('needs the right to read logs beside that to read Pods', () => {
    const { run, world } = terminal();
    world.runFor(20_000);
    expect(run('logs hello --as=bob').stderr).toContain('User "bob" cannot get resource "pods"');
    run('create role r --verb=get --resource=pods');
    run('create rolebinding rb --role=r --user=bob');
    expect(run('logs hello --as=bob').stderr).toBe(
      'Error from server (Forbidden): pods "hello" is forbidden: User "bob" cannot get resource "pods/log" in API group "" in the namespace "default"\n',
    );
    run('create role r2 --verb=get --resource=pods/log');
    run('create rolebinding rb2 --role=r2 --user=bob');
    expect(run('logs hello --as=bob').stdout).toBe('Hello Kubernetes!\n');
  });
});
