/** What a built-in of the shell is. */

import { blames, shellKind } from './held-programs';
import type { Frame } from './process-state';
import type { Process, Running } from './processes';
import { writeTo } from './redirects';

/** A built-in: its status, or undefined when it has seen to everything itself. */
export type Builtin = (running: Running, process: Process, args: readonly string[], frame: Frame) => number | undefined;

/** Says on standard error what a built-in does not do; its status. */
export function saySo(running: Running, process: Process, text: string, status = 1): number {
  writeTo(running, process, 2, `sh: ${text}\n`);
  return status;
}

/** The words of three shells for what a built-in does not do; one that has none says nothing. */
interface Complaints {
  readonly busybox?: string;
  readonly dash?: string;
  readonly bash?: string;
}

/** The words of shells for what is no number. */
export const illegal = (text: string): Complaints => ({
  busybox: `Illegal number: ${text}`,
  dash: `Illegal number: ${text}`,
  bash: `${text}: numeric argument required`,
});

/** Says in the words of the container's shell, with the line, what a built-in does not do; its status, which bash alone has as 1 where others have 2. */
export function complain(
  running: Running,
  process: Process,
  { words = [], node }: Frame,
  said: Complaints,
  status = 2,
): number {
  const { name, title } = process;
  const line = (node.kind === 'simple' ? node.line : undefined) ?? 0;
  const kind = shellKind(running.host, process);
  // BusyBox counts the lines of a text that is handed over from 0, those of a file from 1.
  const isText = /^\S+ (-\S+ )*-\w*c /.test(title);
  const place =
    kind === 'busybox'
      ? `${name}: ${words[0]}: line ${isText ? line : line + 1}: `
      : `${blames(kind, name, line)}${words[0]}: `;
  const text = kind === 'busybox' ? said.busybox : kind === 'bash' ? said.bash : said.dash;
  if (text !== undefined) writeTo(running, process, 2, `${place}${text}\n`);
  return kind === 'bash' && said.bash !== undefined && words[0] === 'cd' ? 1 : status;
}
