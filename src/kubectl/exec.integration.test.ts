import { describe, expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const PODS = `
apiVersion: v1
kind: Pod
metadata: {name: box}
spec:
  containers:
  - {name: c, image: "busybox:1", env: [{name: A, value: b}], workingDir: /tmp, command: [sh, -c, "trap 'echo caught; exit 0' TERM; while true; do echo tick; sleep 1; done"]}
---
apiVersion: v1
kind: Pod
metadata: {name: two}
spec: {containers: [{name: a, image: "nginx:1.27"}, {name: b, image: "busybox:1", command: [sleep, "900"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: done}
spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1", command: ["true"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: late}
spec: {containers: [{name: c, image: "busybox:1", command: [sh, -c, "exit 1"]}]}
`;

function terminal(): ReturnType<typeof createTerminal> {
  const one = createTerminal();
  one.run('create -f -', PODS);
  one.world.runFor(15_000);
  return one;
}

describe('kubectl exec', () => {
  const { run } = terminal();
  it.each<[line: string, stdout: string | RegExp, stderr: string | RegExp, code: number]>([
    ['exec box -- pwd', '/tmp\n', '', 0],
    ['exec pod/box -- env', /^A=b$/m, '', 0],
    [
      "exec box -- sh -c 'echo out; echo err >&2; sleep 2; exit 7'",
      'out\n',
      'err\ncommand terminated with exit code 7\n',
      7,
    ],
    [
      "exec two -- sh -c 'cd /usr/share/nginx/html; echo hello > a; curl -s localhost/a; rm a; curl -so /dev/null -w %{http_code} localhost/a'",
      'hello\n404',
      'Defaulted container "a" out of: a, b\n',
      0,
    ],
    [
      'exec two -- head -n 3 /usr/share/nginx/html/index.html',
      '<!DOCTYPE html>\n<html>\n<head>\n',
      'Defaulted container "a" out of: a, b\n',
      0,
    ],
    ['exec two -c b -- hostname', 'two\n', '', 0],
    ['exec two -q -- hostname', 'two\n', '', 0],
    ['exec two -c x -- ls', '', 'error: container x is not valid for pod two out of: a, b\n', 1],
    [
      'exec box -- nosuch',
      '',
      /failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: .* exec: "nosuch": executable file not found in \$PATH: unknown\n$/,
      1,
    ],
    ['exec box -- sh -c nosuch', '', 'sh: nosuch: not found\ncommand terminated with exit code 127\n', 127],
    ['exec done -- ls', '', 'error: cannot exec into a container in a completed pod; current phase is Succeeded\n', 1],
    ['exec late -- ls', '', 'error: unable to upgrade connection: container not found ("c")\n', 1],
    ['exec none -- ls', '', 'Error from server (NotFound): pods "none" not found\n', 1],
    ['exec box', '', 'error: you must specify at least one command for the container\n', 1],
    ['exec box ls', '', /^error: exec \[POD\] \[COMMAND\] is not supported anymore/, 1],
    ['exec', '', 'error: pod, type/name or --filename must be specified\n', 1],
    ['exec box --as=bob -- ls', '', /User "bob" cannot get resource "pods"/, 1],
  ])('%s', (line, stdout, stderr, code) => {
    const result = run(line);
    expect(result.code).toBe(code);
    if (typeof stdout === 'string') expect(result.stdout).toBe(stdout);
    else expect(result.stdout).toMatch(stdout);
    if (typeof stderr === 'string') expect(result.stderr).toBe(stderr);
    else expect(result.stderr).toMatch(stderr);
  });

  it('hands on standard input, and needs the right to create pods/exec', () => {
    expect(run('exec -i box -- cat', 'typed\n').stdout).toBe('typed\n');
    run('create role r --verb=get --resource=pods');
    run('create rolebinding rb --role=r --user=bob');
    expect(run('exec box --as=bob -- ls').stderr).toBe(
      'error: unable to upgrade connection: pods "box" is forbidden: User "bob" cannot create resource "pods/exec" in API group "" in the namespace "default"\n',
    );
  });

  it('ends with its container, whose first process it can ask to end', () => {
    const { type, run: now, world, records } = terminal();
    type('exec box -- sleep 900');
    now('exec box -- kill -TERM 1');
    world.runFor(2_000);
    expect(records().find(({ command }) => command.includes('sleep 900'))).toMatchObject({ code: 137 });
    expect(now('logs box --previous --tail=1').stdout).toBe('caught\n');
  });
});

describe('kubectl attach and cp', () => {
  it('shows what is printed from now on', () => {
    const { type, world, records } = terminal();
    type('timeout 3s kubectl attach box');
    world.runFor(4_000);
    const { stdout = '', stderr } = records().find(({ command }) => command.includes('attach')) ?? {};
    expect(stdout).toMatch(/^(tick\n){2,3}$/);
    expect(stderr).toContain("If you don't see a command prompt, try pressing enter.\n");
  });

  it('copies both ways, files and directories', () => {
    const { run } = terminal();
    run('cat > page.html', '');
    run(`exec box -- sh -c 'mkdir /d; echo 1 > /d/a; echo 2 > /d/b'`);
    expect(run('cp box:/d back')).toMatchObject({ stdout: "tar: removing leading '/' from member names\n", code: 0 });
    expect(run('cat back/a back/b').stdout).toBe('1\n2\n');
    expect(run('cp back two:/tmp -c b').code).toBe(0);
    expect(run('exec two -c b -- cat /tmp/back/b').stdout).toBe('2\n');
    expect(run('cp back/a default/box:/etc/renamed').code).toBe(0);
    expect(run('exec box -- cat /etc/renamed').stdout).toBe('1\n');
    expect(run('cp none box:/x').stderr).toBe("error: none doesn't exist in local filesystem\n");
    expect(run('cp box:/none x')).toMatchObject({ stderr: 'command terminated with exit code 1\n', code: 1 });
    expect(run('cp a b').stderr).toBe('error: one of src or dest must be a remote file specification\n');
    expect(run('cp box:/a two:/b').stderr).toBe('error: one of src or dest must be a local file specification\n');
  });
});

it('cp leaves symbolic links out and says so, which the keys of a ConfigMap are; tar keeps them', () => {
  const { run, world } = createTerminal({ nodes: 1 });
  run('create configmap cm --from-literal=a=1 --from-literal=b=bb');
  const volume = { volumes: [{ name: 'cm', configMap: { name: 'cm' } }] };
  const container = { name: 'c', image: 'busybox:1', command: ['sleep', '900'] };
  const spec = { ...volume, containers: [{ ...container, volumeMounts: [{ name: 'cm', mountPath: '/cm' }] }] };
  run('create -f -', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec }));
  world.runFor(15_000);
  const hint = (path: string) => ` (consider using "kubectl exec -n "" "p" -- tar cf - "${path}" | tar xf -")`;
  expect(run('cp p:/cm/a ./a.txt').stderr).toBe(`warning: skipping symlink: "a.txt" -> "..data/a"${hint('/cm/a')}\n`);
  expect(run('cat a.txt').code).toBe(1);
  const stamp = run('exec p -- readlink /cm/..data').stdout.trim();
  expect(run('cp p:/cm/ dir').stderr.split('\n')).toEqual([
    `warning: skipping symlink: "dir/..data" -> "${stamp}"${hint('/cm')}`,
    'warning: skipping symlink: "dir/a" -> "..data/a"',
    'warning: skipping symlink: "dir/b" -> "..data/b"',
    '',
  ]);
  expect(run(`cat dir/${stamp}/a dir/${stamp}/b`).stdout).toBe('1bb');
  expect(run('cat dir/a').code).toBe(1);
  expect(run('cp p:/cm/..data/b ./b.txt').stderr).toBe('');
  expect(run('cat b.txt').stdout).toBe('bb');
  const unpack =
    'cd /tmp; tar cf x.tar /cm; tar xf x.tar; readlink cm/a; cat cm/a; tar chf - /cm/a | tar xf - -C /tmp; readlink cm/a || cat cm/a';
  expect(run(`exec p -- sh -c '${unpack}'`).stdout).toBe('..data/a\n11');
});

it('a static Pod is entered by its mirror, which is another object, and so it is attached to, copied from and forwarded to', () => {
  const spec = { containers: [{ name: 'c', image: 'nginx' }] };
  const staticPods = [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'st' }, spec }];
  const { run, type, records, world } = createTerminal({ nodes: [{ name: 'node-1', staticPods }] });
  world.runFor(15_000);
  expect(run('exec st-node-1 -- hostname')).toMatchObject({ stdout: 'st-node-1\n', stderr: '', code: 0 });
  expect(run("exec st-node-1 -- sh -c 'echo hi > /tmp/a; cat /tmp/a'").stdout).toBe('hi\n');
  expect(run('cp st-node-1:/tmp/a a')).toMatchObject({ stderr: '', code: 0 });
  expect(run('port-forward st-node-1 8080:80').code).toBe(0);
  type('attach st-node-1');
  world.runFor(1000);
  expect(records().map(({ command }) => command)).not.toContain('attach st-node-1');
});
