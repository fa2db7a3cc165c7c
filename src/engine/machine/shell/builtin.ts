/** What a built-in of the shell is. */

import { blames, isGivenText, shellKind } from './held-programs';
import type { Frame } from './process-state';
import type { Process, Running } from './processes';
import { writeTo } from './redirects';
import { exitShell } from './signals';

/** A built-in: its status, or undefined when it has seen to everything itself. */
export type Builtin = (running: Running, process: Process, args: readonly string[], frame: Frame) => number | undefined;

/** What a shell says: after its name, the line and the built-in's name, or on its own. */
export type Said = string | { readonly alone: string };

/** The words of three shells for what a built-in does not do; one that has none says nothing. */
interface Complaints {
  readonly busybox?: Said;
  readonly dash?: Said;
  readonly bash?: Said;
}

/** The words of shells for what is no number. */
export const illegal = (text: string): Complaints => ({
  busybox: `Illegal number: ${text}`,
  dash: `Illegal number: ${text}`,
  bash: `${text}: numeric argument required`,
});

/** The words of shells for a name that no variable can have. `text`: as it was given, `name`: what stands before its `=`. */
export const badName = (text: string, name: string): Complaints => ({
  busybox: `${name}: bad variable name`,
  dash: `${name}: bad variable name`,
  bash: `\`${text}': not a valid identifier`,
});

/** The words of shells for a variable that may not change. */
export const constant = (process: Process, { node }: Frame, name: string): Complaints => ({
  busybox: `${name}: is read only`,
  dash: `${name}: is read only`,
  bash: { alone: `${blames('bash', process.name, node.kind === 'simple' ? node.line : 0)}${name}: readonly variable` },
});

/** Says in the words of the container's shell, with the line, what a built-in does not do; its status, which bash alone has as 1 where others have 2. */
export function complain(
  running: Running,
  process: Process,
  { words: given = [], node }: Frame,
  said: Complaints,
  status = 2,
): number {
  const { name } = process;
  const words = given.filter((word) => word !== 'command');
  const line = (node.kind === 'simple' ? node.line : undefined) ?? 0;
  const kind = shellKind(running.host, process);
  // BusyBox counts the lines of a text that is handed over from 0, those of a file from 1.
  const isText = isGivenText(process);
  const place =
    kind === 'busybox'
      ? `${name}: ${words[0]}: line ${isText ? line : line + 1}: `
      : `${blames(kind, name, line)}${words[0]}: `;
  const text = kind === 'busybox' ? said.busybox : kind === 'bash' ? said.bash : said.dash;
  if (text !== undefined) writeTo(running, process, 2, `${typeof text === 'string' ? place + text : text.alone}\n`);
  return kind === 'bash' && said.bash !== undefined && words[0] === 'cd' ? 1 : status;
}

/** As {@link complain} for a built-in that POSIX calls special: bash goes on with a status of its own, the others end unless `command` stands before it. */
export function refuse(
  running: Running,
  process: Process,
  frame: Frame,
  said: Complaints,
  statusOfBash = 1,
): number | undefined {
  const status = complain(running, process, frame, said);
  const kind = shellKind(running.host, process);
  if (kind === 'bash' || kind === 'any') return statusOfBash;
  if (frame.words?.[0] === 'command') return status;
  exitShell(process, status);
  return undefined;
}
