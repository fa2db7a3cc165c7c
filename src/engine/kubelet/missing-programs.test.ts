/** Commands, probes and hooks of programs that an image does not hold, as the runtime and the kubelet tell of them. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';
import type { Pod } from '../api/types';

const INIT =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';

const pod = (name: string, container: string, spec = ''): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec: {${spec}containers: [{name: c, ${container}}]}
---`;

const NEVER = 'restartPolicy: Never, volumes: [{name: s, configMap: {name: scripts, defaultMode: 0755}}], ';
const MOUNT = 'volumeMounts: [{name: s, mountPath: /s}]';

const DOCUMENTS = `
apiVersion: v1
kind: ConfigMap
metadata: {name: scripts}
data: {plain: "echo hi", bash: "#!/bin/bash\\necho hi", sh: "#!/bin/sh\\necho hi"}
---${[
  pod('missing', 'image: "nginx:1.27", command: [nosuch]'),
  pod('path', 'image: "nginx:1.27", command: [/app/run]'),
  pod('folder', 'image: "nginx:1.27", command: [/etc]'),
  pod(
    'mode',
    'image: "acme/x:1", command: [/s/sh], volumeMounts: [{name: s, mountPath: /s}]',
    'volumes: [{name: s, configMap: {name: scripts}}], ',
  ),
  pod('file', 'image: busybox, workingDir: /etc/passwd/x, command: [sleep, "9"]'),
  pod('root', 'image: busybox, workingDir: /root, command: [sleep, "9"]', 'securityContext: {runAsUser: 1000}, '),
  pod('shell', 'image: "nginx:1.27", command: [sh, -c, nosuch]', NEVER),
  pod('args', 'image: "nginx:1.27", args: [nosuch]', NEVER),
  pod('plain', `image: busybox, command: [/s/plain], ${MOUNT}`, NEVER),
  pod('bash', `image: busybox, command: [/s/bash], ${MOUNT}`, NEVER),
  pod('script', `image: busybox, workingDir: /new/place, command: [/s/sh], ${MOUNT}`, NEVER),
  pod(
    'probed',
    'image: "nginx:1.27", readinessProbe: {exec: {command: [nosuch]}}, startupProbe: {exec: {command: [sh, -c, "nosuch || true"]}}',
  ),
  pod('hooked', 'image: "nginx:1.27", lifecycle: {postStart: {exec: {command: [nosuch]}}}'),
].join('')}`;

test('commands that are not there', { timeout: 60_000 }, () => {
  const { run, world } = createTerminal();
  run('create -f -', DOCUMENTS.replace(/---$/, ''));
  world.runFor(40_000);
  const stateOf = (name: string) => world.get<Pod>('Pod', 'default', name)?.status.containerStatuses?.[0];
  for (const [name, why] of [
    ['missing', 'exec: "nosuch": executable file not found in $PATH'],
    ['path', 'exec: "/app/run": stat /app/run: no such file or directory'],
    ['folder', 'exec: "/etc": is a directory'],
    ['mode', 'exec: "/s/sh": permission denied'],
    ['file', 'mkdir /etc/passwd: not a directory'],
    ['root', 'chdir to cwd ("/root") set in config.json failed: permission denied'],
  ]) {
    const message = `${INIT}${why}: unknown`;
    expect(stateOf(name as string), name).toMatchObject({
      lastState: { terminated: { exitCode: 128, reason: 'StartError', message } },
    });
    expect(run(`get events --field-selector involvedObject.name=${name}`).stdout).toContain(`Error: ${message}`);
  }
  for (const [name, exitCode, log] of [
    ['shell', 127, 'sh: 1: nosuch: not found\n'],
    ['args', 127, '/docker-entrypoint.sh: 47: exec: nosuch: not found\n'],
    ['plain', 255, 'exec /s/plain: exec format error\n'],
    ['bash', 255, 'exec /s/bash: no such file or directory\n'],
    ['script', 0, 'hi\n'],
  ] as const) {
    expect(stateOf(name), name).toMatchObject({ state: { terminated: { exitCode } } });
    expect(run(`logs ${name}`).stdout).toBe(log);
  }
  const events = run('get events').stdout;
  expect(events).toMatch(
    /Unhealthy +pod\/probed +Readiness probe errored and resulted in unknown state: .* exec: "nosuch": executable file not found/,
  );
  expect(events).not.toMatch(/Startup probe failed/);
  expect(events).toMatch(/FailedPostStartHook +pod\/hooked/);
  expect(stateOf('probed')).toMatchObject({ ready: false, started: true });
  for (const [line, stderr, code] of [
    ['probed -- sh -c foo', 'sh: 1: foo: not found\n', 127],
    ['probed -- bash -c foo', 'bash: line 1: foo: command not found\n', 127],
    ['probed -- ps', 'exec: "ps": executable file not found in $PATH: unknown\n', 1],
    ["probed -- sh -c 'echo 1 | xargs foo'", 'xargs: foo: No such file or directory\n', 127],
  ] as const) {
    const result = run(`exec ${line}`);
    expect(result, line).toMatchObject({ code });
    expect(result.stderr).toContain(stderr);
  }
});

test('volumes that the kubelet fills are laid out as its atomic writer lays them out', () => {
  const { run, world } = createTerminal();
  const mounts = 'volumeMounts: [{name: s, mountPath: /etc/s}, {name: s, mountPath: /one, subPath: plain}]';
  run('create -f -', DOCUMENTS.split('---')[0]);
  run(
    'create -f -',
    pod(
      'p',
      `image: busybox, command: [sleep, "9999"], ${mounts}`,
      'volumes: [{name: s, configMap: {name: scripts}}], ',
    ).replace('---', ''),
  );
  world.runFor(5_000);
  const sh = (text: string): string => run(`exec p -- sh -c '${text}'`).stdout;
  const listed = (): string[] => sh('ls -la /etc/s').split('\n').slice(3);
  const before = listed();
  expect(before[0]).toMatch(/^drwxr-xr-x .* \.\.2026_01_01_00_00_0\d\.\d+$/);
  expect(before[1]).toMatch(/^lrwxrwxrwx .* \.\.data -> \.\.2026_01_01_00_00_0\d\.\d+$/);
  expect(before[3]).toMatch(/ plain -> \.\.data\/plain$/);
  expect(sh('ls /etc/s; cat /etc/s/..data/plain /one; ls -l /one')).toMatch(
    /^bash\nplain\nsh\necho hiecho hi-rw-r--r-- /,
  );
  run(`patch configmap scripts -p '{"data":{"plain":"new"}}'`);
  world.runFor(95_000);
  expect(listed()[0]).not.toBe(before[0]);
  expect(listed()).toHaveLength(before.length);
  expect(sh('cat /etc/s/plain /one')).toBe('newecho hi');
});

test('a hook ends when what it asks of programs that nobody knows has been answered', () => {
  const { run, world } = createTerminal();
  const hook = `lifecycle: {postStart: {exec: {command: [bash, -c, 'if [[ "$(tables-save | grep -c X)" != 0 ]]; then tables-drop | cat; fi']}}}`;
  run('create -f -', pod('hooked', `image: "acme/agent:1", ${hook}`).replace(/---$/, ''));
  run('create -f -', pod('piped', `image: "acme/agent:1", ${hook.replace('!= 0', '== 0')}`).replace(/---$/, ''));
  world.runFor(10_000);
  for (const name of ['hooked', 'piped'])
    expect(world.get<Pod>('Pod', 'default', name)?.status.containerStatuses?.[0]?.ready).toBe(true);
});

test('what a mounted script that a shell is given names is there', () => {
  const { run, world } = createTerminal();
  const scripts = `
apiVersion: v1
kind: ConfigMap
metadata: {name: scripts}
data: {setup: "/opt/prepare it", other: /opt/other}
---`;
  const mount = 'volumes: [{name: s, configMap: {name: scripts}}], restartPolicy: Never, ';
  const init = (script: string): string =>
    `${mount}initContainers: [{name: i, image: "acme/x:1", command: [sh, /s/${script}], ${MOUNT}}], `;
  const two = [pod('given', 'image: "acme/x:1"', init('setup')), pod('none', 'image: "acme/x:1"', init('missing'))];
  run('create -f -', [scripts, ...two].join('').replace(/---$/, ''));
  world.runFor(20_000);
  const phaseOf = (name: string) => world.get<Pod>('Pod', 'default', name)?.status.phase;
  expect([phaseOf('given'), phaseOf('none')]).toEqual(['Running', 'Failed']);
});
