/** Process numbers that containers of a Pod share. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';
import type { Pod } from '../api/types';

const pod = (name: string, spec: string): string => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  restartPolicy: Never
  ${spec}
  containers:
  - {name: web, image: nginx:1.27}
  - {name: loop, image: "busybox:1.36", command: [sh, -c, "trap 'echo hup' HUP; while true; do sleep 5; done"]}
  - {name: rest, image: "busybox:1.36", command: [sleep, "9999"]}
`;

function terminal() {
  const { world, run } = createTerminal({
    documents: `${pod('shared', 'shareProcessNamespace: true')}${pod('apart', 'terminationGracePeriodSeconds: 30')}`,
  });
  world.runUntil(30_000);
  const inside = (name: string, command: string): string => run(`exec ${name} -c loop -- ${command}`).stdout;
  const exitOf = (name: string, container: string) =>
    world.get<Pod>('Pod', 'default', name).status.containerStatuses?.find((one) => one.name === container)?.state
      ?.terminated?.exitCode;
  return { world, run, inside, exitOf };
}

const titles = (ps: string): string[] => ps.split('\n').flatMap((line) => /\d:\d\d (.*)$/.exec(line)?.[1] ?? []);

test('with shareProcessNamespace all are seen, after the pause; without, those of the container alone', () => {
  const { inside } = terminal();
  expect(titles(inside('shared', 'ps'))).toEqual([
    '/pause',
    'nginx: master process nginx -g daemon off;',
    'nginx: worker process',
    expect.stringMatching(/^sh -c trap/),
    'sleep 9999',
    'sleep 5',
    'ps',
  ]);
  expect(titles(inside('apart', 'ps'))).toEqual([expect.stringMatching(/^sh -c trap/), 'sleep 5', 'ps']);
  expect(inside('shared', 'pidof nginx').trim()).toBe('8 36');
  expect(inside('shared', 'ps')).toMatch(/^ +37 root +0:00 sh -c trap/m);
});

test('a process of another container can be sent signals, and is no first process that they pass by', () => {
  const { world, run, inside, exitOf } = terminal();
  const pidOf = (title: RegExp): string =>
    inside('shared', 'ps')
      .split('\n')
      .find((line) => title.test(line))
      ?.trim()
      .split(' ')[0] ?? '';
  inside('shared', `kill ${pidOf(/nginx/)}`);
  inside('shared', `kill -HUP ${pidOf(/trap/)}`);
  inside('shared', `kill -KILL ${pidOf(/9999/)}`);
  world.runFor(10_000);
  expect([exitOf('shared', 'web'), exitOf('shared', 'rest')]).toEqual([0, 137]);
  expect(run('logs shared -c loop').stdout).toBe('hup\n');
});

test('asked to end, a program that is not the first process ends at once', () => {
  const { world, run, exitOf } = terminal();
  run('delete pod apart --wait=false');
  run('delete pod shared --wait=false');
  world.runFor(3_000);
  expect(() => exitOf('shared', 'rest')).toThrow();
  expect(world.get<Pod>('Pod', 'default', 'apart').metadata.deletionTimestamp).toBeDefined();
});

test("a debug container sees its target's processes", () => {
  const { world, run } = terminal();
  run('debug apart --image=busybox:1.36 --target=rest -c look -- sh -c "ps; kill -KILL 1; sleep 1; ps"');
  world.runFor(10_000);
  const seen = titles(run('logs apart -c look').stdout);
  expect(seen.slice(0, 3)).toEqual(['sleep 9999', expect.stringMatching(/^sh -c ps;/), 'ps']);
  expect(seen).not.toContain('nginx');
});

test("the end of a target's first process is the end of its debug container, too", () => {
  const { world, run } = terminal();
  run("debug apart --image=busybox:1.36 --target=web -c look -- sh -c 'trap : TERM; while :; do sleep 1; done'");
  world.runFor(5_000);
  run('exec apart -c web -- sh -c "kill 1"');
  world.runFor(3_000);
  const { ephemeralContainerStatuses: [look] = [], containerStatuses = [] } = world.get<Pod>(
    'Pod',
    'default',
    'apart',
  ).status;
  expect(look?.state?.terminated).toMatchObject({ exitCode: 137, reason: 'Error' });
  expect(containerStatuses.find(({ name }) => name === 'loop')?.state?.running).toBeDefined();
});
