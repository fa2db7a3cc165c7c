/** Scripts and what a real BusyBox 1.35 printed and ended with, run by `sh -c` in an empty directory with standard error where the output goes. */
import { expect, it } from 'vitest';
import answers from './recorded/busybox-1.35.json';
import { play } from './shell-player';

it.each(answers)('$script', ({ script, output, exit }) => {
  const { output: printed, end } = play(`mkdir -p /w; cd /w\n${script}`, undefined, 300);
  expect({ printed, end }).toEqual({ printed: output, end: `exit ${exit}` });
});
