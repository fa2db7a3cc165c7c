/**
 * Lines typed into a container, as the commands that run them. Each is a `sh -c` of its own, as nothing of a container goes on between
 * two commands; where `cd` has led is remembered by what it printed. Pure.
 */
import type { CommandRecord } from '../state/session';

/** Where lines are run. */
export interface ShellTarget {
  readonly name: string;
  readonly namespace: string;
  readonly container: string;
}

/** A line that was run, in its directory; '' is the container's own. */
export interface ShellLine {
  readonly id: number;
  readonly directory: string;
  readonly line: string;
  /** Missing while it runs. */
  readonly output: CommandRecord['output'];
}

/** A line that only goes elsewhere. */
const MOVE = /^cd( +[^;&|<>()]*)?$/;
/** Directories that need no quotes. */
const PLAIN = /^\/[\w./@:+-]*$/;
const QUOTE = `'"'"'`;

const prefixOf = ({ name, namespace, container }: ShellTarget): string =>
  `exec ${name} -n ${namespace} -c ${container} -- sh -c '`;

/** The kubectl command that runs a line in a directory. */
export function execOf(target: ShellTarget, directory: string, line: string): string {
  const script = `${directory && `cd ${directory} && `}${line}${MOVE.test(line) ? ' && pwd' : ''}`;
  return `${prefixOf(target)}${script.replaceAll("'", QUOTE)}'`;
}

/** A line as it was typed, read off the command that ran it. */
function lineOf(
  target: ShellTarget,
  { id, command, output }: CommandRecord,
): (ShellLine & { moves: boolean }) | undefined {
  const prefix = prefixOf(target);
  if (!command.startsWith(prefix) || !command.endsWith("'")) return undefined;
  const script = command.slice(prefix.length, -1).replaceAll(QUOTE, "'");
  const [, directory = '', rest = script] = (!moveIn(script) && /^cd (\/\S*) && (.*)$/s.exec(script)) || [];
  const move = moveIn(rest);
  return { id, directory, line: move ?? rest, output, moves: move !== undefined };
}

/** The `cd` of a script that only goes elsewhere. */
function moveIn(script: string): string | undefined {
  const move = script.endsWith(' && pwd') ? script.slice(0, -' && pwd'.length) : '';
  return MOVE.test(move) ? move : undefined;
}

/** What was typed into a container so far, and the directory that the next line is run in. */
export function linesOf(
  target: ShellTarget,
  commands: readonly CommandRecord[],
): { readonly lines: readonly ShellLine[]; readonly directory: string } {
  let directory = '';
  const lines = commands.flatMap((command): ShellLine[] => {
    const found = lineOf(target, command);
    if (!found) return [];
    const { moves, ...line } = found;
    const printed = line.output?.stdout.trim() ?? '';
    if (!moves || line.output?.code !== 0 || !PLAIN.test(printed)) return [line];
    directory = printed;
    // Where it led stands before the next line.
    return [{ ...line, output: { ...line.output, stdout: '' } }];
  });
  return { lines, directory };
}
