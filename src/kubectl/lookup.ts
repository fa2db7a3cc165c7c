/** How a command line finds its command. Follows cobra's lookup. */
import type { Command } from './command';
import { KubectlError } from './errors';
import { GLOBAL } from './flag-sets';
import { HELP } from './flags';
import { help } from './help';

/** A command and the words left for it. */
export interface FoundCommand {
  readonly command: Command;
  readonly words: readonly string[];
}

/** Positions of the words that are neither flags nor values of global flags. */
function* plainWords(argv: readonly string[]): Generator<number> {
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === '--') return;
    if (!word.startsWith('-') || word === '-') yield at;
    else if (takesNextWord(word)) at++;
  }
}

/** A flag that isn't known yet is taken to have a value, as cobra does before it has found the command. */
function takesNextWord(word: string): boolean {
  if (word.includes('=')) return false;
  if (!word.startsWith('--') && word.length > 2) return false;
  const known = [...GLOBAL, HELP].find((flag) => `--${flag.name}` === word || `-${flag.short}` === word);
  return known?.type !== 'bool';
}

/** The command that a command line names: the longest that fits. Throws cobra's "unknown command". */
export type FindCommand = (argv: readonly string[]) => FoundCommand;

/** A lookup among these commands. */
export function commandLookup(commands: readonly Command[]): FindCommand {
  const byPath = new Map(
    commands.flatMap((command) => [command.path, ...(command.aliases ?? [])].map((path) => [path, command])),
  );
  return (argv) => {
    const positions = [...plainWords(argv)];
    let path = '';
    let found: { command: Command; used: number } | undefined;
    for (const [index, position] of positions.entries()) {
      path = path === '' ? (argv[position] as string) : `${path} ${argv[position]}`;
      const command = byPath.get(path);
      if (command) found = { command, used: index + 1 };
      if (!command && found) break;
      if (!command && index >= 2) break;
      if (command) path = command.path;
    }
    const first = positions[0];
    if (!found && first !== undefined) throw unknownCommand(argv[first] as string, commands);
    // Flags alone are read; what they ask for is the help.
    if (!found) return { command: argv.length > 0 ? { ...help, path: '', anyFlags: false } : help, words: argv };
    const used = new Set(positions.slice(0, found.used));
    return { command: found.command, words: argv.filter((_, at) => !used.has(at)) };
  };
}

function unknownCommand(word: string, commands: readonly Command[]): KubectlError {
  const close = suggestions(word, commands);
  const hint = close.length > 0 ? `\n\nDid you mean this?\n${close.map((name) => `\t${name}\n`).join('')}` : '';
  return new KubectlError(`unknown command ${JSON.stringify(word)} for "kubectl"${hint}`);
}

function suggestions(word: string, commands: readonly Command[]): string[] {
  const names = [...new Set(commands.map((command) => command.path.split(' ')[0] as string))];
  const close = names.filter((name) => distance(word, name) <= 2 || name.startsWith(word.toLowerCase()));
  if (word === 'rm' || word === 'remove') close.push('delete');
  if (word === 'list' || word === 'ps') close.push('get');
  return [...new Set(close)];
}

/** Levenshtein's distance, ignoring case. */
function distance(a: string, b: string): number {
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + cost));
    }
    row = next;
  }
  return row.at(-1) as number;
}
