/** What the terminal tells of a line before it runs. */
import { SHELL_COMMANDS } from '../../engine/api/shell-commands';

/** What may stand first in a line that is not kubectl's: a command that handles files, or `timeout` before another one. */
const FIRST_WORDS: readonly string[] = [...SHELL_COMMANDS, 'timeout'];

/** True for a command that handles files, beside kubectl. */
export function isShellLine(line: string): boolean {
  const [word = ''] = line.trimStart().split(/\s/, 1);
  return FIRST_WORDS.includes(word);
}

/** The command of a line, without `kubectl` in front. */
export const commandOf = (line: string): string => line.trim().replace(/^kubectl\s+/, '');

/** True while a line wants another one: after a backslash at its end, or before the end of a here-document. */
export function isUnfinished(text: string): boolean {
  if (/\\$/.test(text)) return true;
  const found = /<<-?\s*(['"]?)(\w+)\1[^\n]*/.exec(text);
  if (!found) return false;
  const body = text.slice(found.index + found[0].length).split('\n');
  return !body.some((line) => line.trim() === found[2]);
}
