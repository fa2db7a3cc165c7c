import { expect, test } from 'vitest';
import type { CommandRecord } from '../state/session';
import { execOf, linesOf } from './shell-lines';

const WEB = { name: 'web-1', namespace: 'shop', container: 'app' };

let id = 0;
const ran = (command: string, stdout = '', code = 0): CommandRecord => ({
  id: ++id,
  command,
  at: { step: 1, timeMs: 0 },
  output: { stdout, stderr: '', code } as NonNullable<CommandRecord['output']>,
});

test('a line is a sh -c of its own, in the directory that cd led to', () => {
  expect(execOf(WEB, '', 'ls -l')).toBe("exec web-1 -n shop -c app -- sh -c 'ls -l'");
  expect(execOf(WEB, '/etc', "echo 'a'")).toBe(`exec web-1 -n shop -c app -- sh -c 'cd /etc && echo '"'"'a'"'"''`);
  expect(execOf(WEB, '/etc', 'cd nginx')).toBe("exec web-1 -n shop -c app -- sh -c 'cd /etc && cd nginx && pwd'");
});

test('what was typed is read off the commands, those of this container only', () => {
  const { lines, directory } = linesOf(WEB, [
    ran('get pods', 'NAME'),
    ran(execOf(WEB, '', 'cd /etc'), '/etc\n'),
    ran(execOf({ ...WEB, container: 'other' }, '', 'cd /tmp'), '/tmp\n'),
    ran(execOf(WEB, '/etc', "echo 'a' && pwd"), 'a\n/etc\n'),
    ran(execOf(WEB, '/etc', 'cd nowhere'), '', 2),
    ran(execOf(WEB, '/etc', 'cd nginx'), '/etc/nginx\n'),
  ]);
  expect(lines.map(({ directory: from, line, output }) => [from, line, output?.stdout])).toEqual([
    ['', 'cd /etc', ''],
    ['/etc', "echo 'a' && pwd", 'a\n/etc\n'],
    ['/etc', 'cd nowhere', ''],
    ['/etc', 'cd nginx', ''],
  ]);
  expect(directory).toBe('/etc/nginx');
});

test('where a line led that does more than go there is told after it, and is not shown', () => {
  expect(execOf(WEB, '', 'cd /etc && ls')).toBe(
    `exec web-1 -n shop -c app -- sh -c 'cd /etc && ls; s=$?; echo "in $PWD"; exit $s'`,
  );
  const { lines, directory } = linesOf(WEB, [
    ran(execOf(WEB, '', 'cd /etc && ls'), 'hosts\nin /etc\n'),
    ran(execOf(WEB, '/etc', 'ls; cd nginx; false'), 'hosts\nin /etc/nginx\n', 1),
    ran(execOf(WEB, '/etc/nginx', '(cd /; exit 3)'), 'in /etc/nginx\n', 3),
    ran(execOf(WEB, '/etc/nginx', 'cd /; exit'), ''),
  ]);
  expect(lines.map(({ directory: from, line, output }) => [from, line, output?.stdout])).toEqual([
    ['', 'cd /etc && ls', 'hosts\n'],
    ['/etc', 'ls; cd nginx; false', 'hosts\n'],
    ['/etc/nginx', '(cd /; exit 3)', ''],
    ['/etc/nginx', 'cd /; exit', ''],
  ]);
  expect(directory).toBe('/etc/nginx');
});

test.each(['echo cd # there', 'cd /tmp &', 'cd /tmp; \\', 'echo abcd'])('%s is run as it is', (line) => {
  expect(execOf(WEB, '', line)).toBe(`exec web-1 -n shop -c app -- sh -c '${line}'`);
});

test('a directory that would need quotes is not remembered', () => {
  expect(linesOf(WEB, [ran(execOf(WEB, '', 'cd "/a b"'), '/a b\n')]).directory).toBe('');
});
