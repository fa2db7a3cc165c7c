/** ping and `nc -l` in a Pod, as they are heard by whoever reads what they print, over time. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const playing = (command: string, more = ''): string => `apiVersion: v1
kind: Pod
metadata: {name: client}
spec:
  restartPolicy: Never
  containers: [{name: c, image: busybox, command: [sh, -c, ${JSON.stringify(`date +%M:%S; ${command}; echo "code $?"; date +%M:%S`)}]}]
${more}`;

const HEAD = (address: string): string => `PING ${address} (${address}): 56 data bytes\n`;
const line = (sequence: number): string => `64 bytes from 127.0.0.1: seq=${sequence} ttl=64 time=0.100 ms\n`;
const sums = (address: string, sent: number, received: number): string =>
  `\n--- ${address} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${100 - (100 * received) / sent}% packet loss\n`;
const TIMES = 'round-trip min/avg/max = 0.100/0.100/0.100 ms\n';
const NOBODY = '10.244.9.9';

test.each<[command: string, seconds: number, printed: string]>([
  ['ping 127.0.0.1 | head -2', 1, `${HEAD('127.0.0.1')}${line(0)}code 0\n`],
  [`ping -c1 ${NOBODY} | head -1`, 10, `${HEAD(NOBODY)}code 0\n`],
  ['ping -w2 127.0.0.1', 2, `${HEAD('127.0.0.1')}${line(0)}${line(1)}${sums('127.0.0.1', 2, 2)}${TIMES}code 0\n`],
  [`ping -w2 ${NOBODY}`, 2, `${HEAD(NOBODY)}${sums(NOBODY, 2, 0)}code 1\n`],
  [`ping -c2 -W3 ${NOBODY}`, 4, `${HEAD(NOBODY)}${sums(NOBODY, 2, 0)}code 1\n`],
  ['ping -q -c3 -i 2 127.0.0.1', 4, `${HEAD('127.0.0.1')}${sums('127.0.0.1', 3, 3)}${TIMES}code 0\n`],
  ['timeout 3 ping 127.0.0.1 | grep -c seq', 3, '3\ncode 0\n'],
  ['ping -c x 127.0.0.1', 0, "ping: invalid number 'x'\ncode 1\n"],
  ['echo one > f; (sleep 2; echo two >> f; sleep 2; echo three >> f) & tail -f f | head -2', 4, 'one\ntwo\ncode 0\n'],
])('%s takes %i s', (command, seconds, printed) => {
  const { world, run } = createTerminal({ documents: playing(command) });
  world.runUntil(60_000);
  const { stdout } = run('logs client');
  const [begin = '', ...rest] = stdout.split(/(?<=\n)/);
  const end = rest.pop() ?? '';
  const at = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  expect(rest.join('')).toBe(printed);
  expect(at(end) - at(begin)).toBe(seconds);
});

test('a listener that begins anew says nothing of its own port, and one beside another can not have it', () => {
  const client = `---
apiVersion: v1
kind: Pod
metadata: {name: other}
spec:
  restartPolicy: Never
  containers:
  - {name: a, image: busybox, command: [sh, -c, "while true; do echo hey | nc -l -p 7000; done"]}
  - {name: b, image: busybox, command: [sh, -c, "sleep 5; for i in 1 2 3; do echo hi | nc localhost 7000; sleep 1; done; nc -l -p 7000"]}
`;
  const { world, run } = createTerminal({ documents: playing('nc -l -p 80 & sleep 1; nc -l -p 80', client) });
  world.runUntil(30_000);
  expect(run('logs client').stdout).toContain('nc: bind: Address already in use\ncode 1\n');
  expect(run('logs other -c b').stdout).toBe('hey\nhey\nhey\nnc: bind: Address already in use\n');
  expect(run('logs other -c a').stdout).toBe('hi\nhi\nhi\n');
});
