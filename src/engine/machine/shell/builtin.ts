/** What a built-in of the shell is. */

import type { Frame } from './process-state';
import type { Process, Running } from './processes';
import { writeTo } from './redirects';

/** A built-in: its status, or undefined when it has seen to everything itself. */
export type Builtin = (running: Running, process: Process, args: readonly string[], frame: Frame) => number | undefined;

/** Says on standard error what a built-in does not do; its status. */
export function complain(running: Running, process: Process, text: string, status = 1): number {
  writeTo(running, process, 2, `sh: ${text}\n`);
  return status;
}
