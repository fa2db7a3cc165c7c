/**
 * Scripts and what real shells printed and ended with, run by `sh -c` in an empty directory with standard error where the output goes: a BusyBox 1.35,
 * and Debian 12's dash with its GNU utilities.
 */
import { describe, expect, it } from 'vitest';
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

// dash adds what it expected, bash the line; BusyBox says what is recorded.
it.each([
  ['busybox', 'sh', 'done', 'sh: syntax error: unexpected "done"'],
  ['debian', 'sh', 'echo a\ndone', 'sh: 2: Syntax error: "done" unexpected'],
  ['debian', 'sh', 'if true; then echo a', 'sh: 1: Syntax error: end of file unexpected'],
  ['debian', 'bash', 'done', "bash: -c: line 1: syntax error near unexpected token `done'"],
  ['debian', 'bash', 'if true; then echo a', 'bash: -c: line 2: syntax error: unexpected end of file'],
] as const)('of %s, %s says of %j what is wrong', (base, shell, text, said) => {
  expect(playCommand([shell, '-c', text], hostWith({}, { base }))).toMatchObject({ output: said, end: 'unreadable' });
});
