/**
 * Scripts and what real shells printed and ended with, run by `sh -c` in an empty directory with standard error where the output goes: a BusyBox 1.35,
 * and Debian 12's dash with its GNU utilities.
 */
import { describe, expect, it } from 'vitest';
import busybox from './recorded/busybox-1.35.json';
import debian from './recorded/dash-and-gnu.json';
import { hostWith, play } from './shell-player';

describe.each([
  ['busybox', busybox],
  ['debian', debian],
] as const)('%s', (base, answers) => {
  it.each(answers)('$script', ({ script, output, exit }) => {
    const { output: printed, end } = play(`mkdir -p /w; cd /w\n${script}`, hostWith({}, { base }), 300);
    expect({ printed, end }).toEqual({ printed: output, end: `exit ${exit}` });
  });
});
