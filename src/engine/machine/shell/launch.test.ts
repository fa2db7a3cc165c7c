import { describe, expect, it } from 'vitest';
import { hostWith, play, playCommand } from './shell-player';

describe.each([
  ['busybox', 'Terminated\n143\n'],
  ['debian', '124\n'],
] as const)('timeout of %s', (base, said) => {
  it.each([
    'tail -f /dev/null',
    'tail -f log',
    'nc -l -p 7777',
    'yes > /dev/null',
    'sh -c "yes | cat > /dev/null"',
    'sh -c "while :; do :; done"',
    'sh -c "sleep 9 & wait"',
    'env A=1 sleep 9',
  ])('ends %s', (command) => {
    const { output, sleptMs } = play(`echo x > log; timeout 2 ${command}; echo $?`, hostWith({}, { base }), 300);
    expect({ output: output.replace(/^x\n/, ''), sleptMs }).toEqual({ output: said, sleptMs: 2000 });
  });

  it('lets what ends earlier be', () => {
    expect(play('echo a | timeout 5 cat; echo $?', hostWith({}, { base }))).toMatchObject({
      output: 'a\n0\n',
      sleptMs: 0,
    });
  });
});

it.each([
  ['busybox', ['timeout', '9', 'sleep', '5'], 'exit 0', 5000],
  ['debian', ['timeout', '9', 'sleep', '5'], 'exit 143', 1000],
  ['debian', ['timeout', '9', 'sh', '-c', 'trap "exit 4" TERM; while :; do sleep 0.1; done'], 'exit 4', 1000],
  ['busybox', ['env', 'A=1', 'sh', '-c', 'trap "exit 4" TERM; while :; do sleep 0.1; done'], 'exit 4', 1000],
] as const)('in %s the first process %j that gets SIGTERM after a second comes to %s', (base, argv, end, sleptMs) => {
  const played = playCommand(argv, hostWith({}, { base }), 300, { 1000: 'TERM' });
  expect({ ...played, sleptMs: Math.floor(played.sleptMs / 500) * 500 }).toMatchObject({ end, sleptMs });
});

it('a server in the background serves', () => {
  expect(play(`nginx -g 'daemon off;' & wait`).end).toBe('server');
});

it.each([
  [
    'sleep 9 & kill -9 $!\nsleep 1; echo a; sleep 1; wait $!; echo $?',
    'bash: line 2:     7 Killed                  sleep 9\na\n137\n',
  ],
  ['sleep 9 & kill -9 $!; wait; echo b; sleep 1', 'bash: line 1:     7 Killed                  sleep 9\nb\n'],
  [
    'sleep 9 & sleep 8 & kill -9 $!; (sleep 1); kill -9 %1; sleep 1 | cat',
    'bash: line 1:     8 Killed                  sleep 8\nbash: line 1:     7 Killed                  sleep 9\n',
  ],
  ['sleep 9 & kill $!; sleep 1; echo c', 'c\n'],
  ['sleep 9 & kill -9 $!; x=$(sleep 1); echo d', 'd\n'],
  ['sleep 5 & kill -9 $!; wait $!', 'bash: line 1:     7 Killed                  sleep 5\n'],
  ['true\nsh -c "kill -9 \\$\\$"', 'bash: line 2:     7 Killed                  sh -c kill -9 $$\n'],
  ['sh -c "kill \\$\\$"; true', 'Terminated\n'],
  ['sleep 5 & kill $!; wait $!', ''],
  ['time sleep 1', '\nreal\t0m1.000s\nuser\t0m0.000s\nsys\t0m0.000s\n'],
])('bash of %j says %j', (text, output) => {
  expect(playCommand(['bash', '-c', text], hostWith({}, { base: 'debian' })).output).toBe(output);
});

it('a utility of BusyBox is run by its own name and through busybox', () => {
  const holds = () => true;
  const listed = (text: string) => play(`echo x > a; ${text}`, hostWith({}, { holds })).output;
  expect(listed('busybox cat a')).toBe('x\n');
  expect(listed(`busybox sh -c "echo in"`)).toBe('in\n');
});

it('set lists what came from the environment beside what was set', () => {
  const { output } = play("own=1; set | grep -E '^(GREETING|HOSTNAME|own)='");
  expect(output).toBe("GREETING='hello world'\nHOSTNAME='web-0'\nown='1'\n");
});
