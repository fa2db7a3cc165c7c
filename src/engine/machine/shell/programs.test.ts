/** Programs that are no utilities: interpreters, package managers, and what runs a shell behind words of its own. */
import { describe, expect, it } from 'vitest';
import { piText } from './interpreters';
import { hostWith, play, playCommand } from './shell-player';

describe('interpreters', () => {
  it('know pi', () => {
    expect(piText(20)).toBe('3.1415926535897932385');
    expect(piText(2000)).toHaveLength(2001);
    expect(piText(1001).endsWith('4201989')).toBe(true);
  });

  const host = () => hostWith({}, { tools: ['python', 'perl', 'node'], holds: () => true });
  it.each<[argv: string[], output: string, sleptMs: number, end: string]>([
    [['python', '-c', 'import os, sys; print("Hello world")'], 'Hello world\n', 0, 'exit 0'],
    [['python3.12', '-c', "import time\ntime.sleep(2)\nprint('done')\nexit(3)"], 'done\n', 2000, 'exit 3'],
    [['perl', '-Mbignum=bpi', '-wle', 'print bpi(10)'], '3.141592654\n', 30, 'exit 0'],
    [['perl', '-e', 'print "a\\n"; print "b"; die'], 'a\nb', 0, 'exit 1'],
    [['node', '-e', "console.log('it')"], 'it\n', 0, 'exit 0'],
    [['node', '-e', 'console.log(1 + 2 * 3);'], '7\n', 0, 'exit 0'],
    [['node', '-e', 'console.log(1 << 4)'], '', 0, 'exit 0'],
    [['node', '-e', "require('http').createServer().listen(80)"], '', 0, 'server'],
    [['python', 'app.py'], '', 0, 'server'],
    [['python', '--version'], '', 0, 'exit 0'],
  ])('%j', (argv, output, sleptMs, end) => {
    expect(playCommand(argv, host())).toEqual({ output, sleptMs, end });
  });
});

describe('a program of which nothing is known', () => {
  it.each<[text: string, output: string, end: string]>([
    ['x=$(iptables-save); echo "[$x]"', '[]\n', 'exit 0'],
    ['[ "$(iptables-save | grep -c AWS)" != 0 ] || echo none', 'none\n', 'exit 0'],
    ['for p in `mongod --version`; do echo $p; done; mongod', '', 'server'],
    ['(iptables-save) | grep -c AWS', '', 'server'],
  ])('has answered where it is asked: %s', (text, output, end) => {
    expect(play(text, hostWith({}, { base: 'debian', holds: () => true }))).toMatchObject({ output, end });
  });
});

describe('package managers', () => {
  const debian = () =>
    hostWith({}, { base: 'debian', holds: (path) => ['apt-get', 'sh', 'echo', 'head', 'which'].includes(path) });
  it('bring programs once they know what there is', () => {
    const tries =
      'apt-get install -y procps; echo $?; which ps; apt-get update; apt-get install -y procps; which ps; ps | head -1';
    const run = play(tries, debian());
    expect(run.output.split('\n').filter((line) => !/^(Reading|Setting)/.test(line))).toEqual([
      'E: Unable to locate package procps',
      '100',
      '/usr/bin/ps',
      'PID   USER     TIME  COMMAND',
      '',
    ]);
    expect(run).toMatchObject({ sleptMs: 5000, end: 'exit 0' });
  });
});

describe('shells behind other words', () => {
  it.each<[text: string, output: string, sleptMs: number]>([
    ['timeout 2 sh -c "echo in; sleep 9; echo late"; echo $?', 'in\nTerminated\n143\n', 2000],
    ['timeout -k 1 5 sh -c "sleep 1; exit 7"; echo $?', '7\n', 1000],
    ["A=0; env A=1 B=2 sh -c 'echo $A$B'; echo $A", '12\n0\n', 0],
    ['nohup sh -c "echo up"; nice -n 5 bash -c "echo nice"', 'up\nnice\n', 0],
  ])('%s', (text, output, sleptMs) => {
    expect(play(text)).toEqual({ output, sleptMs, end: 'exit 0' });
  });
});
