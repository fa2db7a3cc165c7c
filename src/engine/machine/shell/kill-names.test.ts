/** killall and pkill. */
import { expect, it } from 'vitest';
import { createTerminal } from '../../../testing/terminal';
import { play } from './shell-player';

const TWO = 'sleep 50 & sleep 60 & sleep 1';

it.each<[text: string, output: string]>([
  [`${TWO}; killall sleep; wait %1; echo $?; wait %2; echo $?`, 'Terminated\n143\nTerminated\n143\n'],
  [`${TWO}; pkill -f "p 60"; echo $?; ps | grep -c "sleep [56]0$"`, '0\n1\n'],
  [`${TWO}; killall -9 sleep; wait %1; echo $?`, 'Killed\n137\n'],
  [`${TWO}; pkill -n -x sleep; ps | grep -o "sleep [56]0$"`, 'sleep 50\n'],
  [
    'killall nosuch sleep; echo $?; killall -q nosuch; echo $?',
    'killall: nosuch: no process killed\nkillall: sleep: no process killed\n2\n1\n',
  ],
  [
    'killall; killall -FOO x; killall -l | head -2; pkill nosuch; echo $?',
    "killall: you need to specify whom to kill\nkillall: bad signal name 'FOO'\n 1) HUP\n 2) INT\n1\n",
  ],
  [
    `sh -c 'trap "echo T; exit" USR1; while :; do sleep 1; done' & sleep 1; pkill -USR1 -f "trap .echo"; wait; echo over`,
    'T\nover\n',
  ],
])('%s', (text, output) => expect(play(text).output).toBe(output));

it.each([
  ['busybox', 'killall sleep'],
  ['alpine:3.20', 'pkill sleep'],
])('in a container of %s another process runs %s', (image, command) => {
  const text = 'sleep 1000; echo went on; sleep 1000';
  const { world, run } = createTerminal({
    documents: `{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: "${image}", command: [sh, -c, "${text}"]}]}}`,
  });
  world.runUntil(20_000);
  expect(run(`exec p -- ${command}`)).toMatchObject({ code: 0, stdout: '' });
  expect(run('logs p').stdout).toContain('went on\n');
});

it('Debian has neither until its packages are there', () => {
  const { world, run } = createTerminal({
    documents:
      '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: "debian:12", command: [sleep, "1000"]}]}}',
  });
  world.runUntil(20_000);
  expect(run("exec p -- sh -c 'pkill a; killall a'").stderr).toMatch(/pkill: not found\n.*killall: not found/);
  run("exec p -- sh -c 'apt-get update; apt-get install -y procps psmisc'");
  expect(run("exec p -- sh -c 'pkill a; killall a'").stderr).toMatch(/^killall: a: no process killed/);
});
