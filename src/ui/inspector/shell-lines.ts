/**
 * Lines typed into a container, as the commands that run them. Each is a `sh -c` of its own, as nothing of a container goes on between
 * two commands; where `cd` has led is remembered by what was printed for it. Pure.
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
/** A line that may go elsewhere among other things; what follows a comment or an open end would not be run. */
const MAY_MOVE = /^(?!.*#)(?!.*[;&|\\(]\s*$)(?=.*\bcd\b)/;
/** Says after a line where it led, and ends as the line did. */
const TELL = '; s=$?; echo "in $PWD"; exit $s';
const TOLD = /(?:^|\n)in (\/[^\n]*)\n?$/;
/** Directories that need no quotes. */
const PLAIN = /^\/[\w./@:+-]*$/;
const QUOTE = `'"'"'`;

const prefixOf = ({ name, namespace, container }: ShellTarget): string =>
  `exec ${name} -n ${namespace} -c ${container} -- sh -c '`;

/** The kubectl command that runs a line in a directory. */
export function execOf(target: ShellTarget, directory: string, line: string): string {
  const tail = MOVE.test(line) ? ' && pwd' : MAY_MOVE.test(line) ? TELL : '';
  const script = `${directory && `cd ${directory} && `}${line}${tail}`;
  return `${prefixOf(target)}${script.replaceAll("'", QUOTE)}'`;
}

/** A line as it was typed where the lines before it had led, read off the command that ran it. */
function lineOf(
  target: ShellTarget,
  { id, command, output }: CommandRecord,
  before: string,
): (ShellLine & { moves: boolean }) | undefined {
  const prefix = prefixOf(target);
  if (!command.startsWith(prefix) || !command.endsWith("'")) return undefined;
  const script = command.slice(prefix.length, -1).replaceAll(QUOTE, "'");
  const begin = `cd ${before} && `;
  const directory = before !== '' && script.startsWith(begin) ? before : '';
  const rest = directory === '' ? script : script.slice(begin.length);
  const move = moveIn(rest);
  const line = move ?? (rest.endsWith(TELL) ? rest.slice(0, -TELL.length) : rest);
  return { id, directory, line, output, moves: line !== rest };
}

/** Where a command that moves led, and what it printed besides; undefined when it doesn't say. */
function ledTo(line: string, { stdout, code }: NonNullable<ShellLine['output']>) {
  if (MOVE.test(line)) return code === 0 ? { directory: stdout.trim(), stdout: '' } : undefined;
  const told = TOLD.exec(stdout);
  return told?.[1] === undefined
    ? undefined
    : { directory: told[1], stdout: stdout.slice(0, told.index) + (told.index > 0 ? '\n' : '') };
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
    const found = lineOf(target, command, directory);
    if (!found) return [];
    const { moves, ...line } = found;
    const led = moves && line.output ? ledTo(line.line, line.output) : undefined;
    if (!led || !line.output) return [line];
    if (PLAIN.test(led.directory)) directory = led.directory;
    // Where it led stands before the next line.
    return [{ ...line, output: { ...line.output, stdout: led.stdout } }];
  });
  return { lines, directory };
}
