/**
 * Scripts and what real shells printed and ended with, run by `sh -c` in an empty directory with standard error where the output goes: a BusyBox 1.35,
 * Debian 12's dash with its GNU utilities, and its bash.
 */
import { describe, expect, it } from 'vitest';
import bash from './recorded/bash-5.2.json';
import busybox from './recorded/busybox-1.35.json';
import debian from './recorded/dash-and-gnu.json';
import { hostWith, play, playCommand } from './shell-player';

describe.each([
  ['busybox', busybox],
  ['debian', debian],
] as const)('%s', (base, answers) => {
  it.each(answers)('$script', ({ script, output, exit }) => {
    const { output: printed, end } = play(`mkdir -p /w; cd /w\n${script}`, hostWith({}, { base }), 300);
    expect({ printed, end }).toEqual({ printed: output, end: `exit ${exit}` });
  });
});

it.each(bash)('bash: $script', ({ script, output, exit }) => {
  const { output: printed, end } = playCommand(
    ['bash', '-c', `mkdir -p /w; cd /w\n${script}`],
    hostWith({}, { base: 'debian' }),
    300,
  );
  expect({ printed, end }).toEqual({ printed: output, end: `exit ${exit}` });
});

// dash adds what it expected, bash the line; BusyBox says what is recorded.
it.each([
  ['busybox', 'sh', 'done', 'sh: syntax error: unexpected "done"'],
  ['debian', 'sh', 'if true; then echo a', 'sh: 1: Syntax error: end of file unexpected (expecting "fi")'],
  ['busybox', 'sh', 'cat <<< a', 'sh: syntax error: unexpected redirection'],
  ['debian', 'sh', 'cat <<< a', 'sh: 1: Syntax error: redirection unexpected'],
  ['debian', 'sh', 'function f { echo x; }; f', 'sh: 1: Syntax error: "}" unexpected'],
  ['debian', 'sh', 'function f() { echo x; }; f', 'sh: 1: Syntax error: "(" unexpected'],
  ['debian', 'bash', 'done', "bash: -c: line 1: syntax error near unexpected token `done'"],
  ['debian', 'bash', 'if true; then echo a', 'bash: -c: line 2: syntax error: unexpected end of file'],
] as const)('of %s, %s says of %j what is wrong', (base, shell, text, said) => {
  expect(playCommand([shell, '-c', text], hostWith({}, { base }))).toMatchObject({ output: said, end: 'unreadable' });
});

// In the words of bash 5.2.
it.each([
  ['kill; echo $?', 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n2'],
  ['kill -- 999; echo $?', 'bash: line 1: kill: (999) - No such process\n1'],
  ['kill -s; echo $?', 'bash: line 1: kill: -s: option requires an argument\n1'],
  ['kill -sTERM 99999; echo $?', 'bash: line 1: kill: (99999) - No such process\n1'],
  ['kill 0x1; echo $?', 'bash: line 1: kill: 0x1: arguments must be process or job IDs\n1'],
  ['kill ""; echo $?', "bash: line 1: kill: `': not a pid or valid job spec\n1"],
  ['sleep 9 & kill 99999 $!; echo $?', 'bash: line 1: kill: (99999) - No such process\n0'],
  ['kill -l TERM 9', '15\nKILL'],
  ['trap "echo a" NOPE EXIT; echo $?', 'bash: line 1: trap: NOPE: invalid signal specification\n1\na'],
  ['trap "echo a" SIGTERM; echo $?', '0'],
  [
    'wait 5 %9; echo $?',
    'bash: line 1: wait: pid 5 is not a child of this shell\nbash: line 1: wait: %9: no such job\n127',
  ],
  ['wait -n; echo $?', '127'],
  ['set -u; echo $nope; echo $?', 'bash: line 1: nope: unbound variable'],
  ['readonly a=1; a=2; echo $?', 'bash: line 1: a: readonly variable'],
  ['readonly a=1; export a=3; echo $?', 'bash: line 1: a: readonly variable\n1'],
  ['readonly a=1; unset a; echo $?', 'bash: line 1: unset: a: cannot unset: readonly variable\n1'],
  ['command export 1a=2; echo $?', "bash: line 1: export: `1a=2': not a valid identifier\n1"],
  ['unset 1a; echo $?', '0'],
  ['x=; [ $x = y ]; echo $?', 'bash: line 1: [: =: unary operator expected\n2'],
  ['[ a b c ]; echo $?', 'bash: line 1: [: b: binary operator expected\n2'],
  ['type nosuch; echo $?', 'bash: line 1: type: nosuch: not found\n1'],
  ['./nosuch; echo $?', 'bash: line 1: ./nosuch: No such file or directory\n127'],
  ['mkdir d; ./d; echo $?', 'bash: line 1: ./d: Is a directory\n126'],
  ['echo $LINENO\necho $LINENO', '1\n2'],
  ['exec nosuch; echo after', 'bash: line 1: exec: nosuch: not found'],
  ['printf "%q %q %q\\n" "a b" "" "x\\"y"', "a\\ b '' x\\\"y"],
  ['printf "%q\\n" "$(printf "a\\nb")"', "$'a\\nb'"],
  [
    'sleep 1 & sleep 2 & jobs; jobs -p | wc -l; wait %1; jobs; kill %2; wait; jobs',
    '[1]-  Running                 sleep 1 &\n[2]+  Running                 sleep 2 &\n2\n[2]+  Running                 sleep 2 &',
  ],
  ['(sleep 1; exit 3) & sleep 2; jobs; wait $!; echo $?', '3'],
])('bash of %j says %j', (text, output) => {
  expect(playCommand(['bash', '-c', text], hostWith({}, { base: 'debian' })).output.trim()).toBe(output);
});
