/**
 * Whether a command line only looks: the page answers such lines on a scratch branch, so that asking never splits time. Each command says it
 * of itself (`reads`); one that doesn't reads when it is a dry run or works on what it was given (`--local`).
 */
import type { Command } from './command';
import { splitCommandLine, withoutProgram, withoutTimeout } from './command-line';
import { flagsOf } from './flag-sets';
import { type ParsedFlags, parseBool, parseFlags } from './flags';
import type { FindCommand } from './lookup';
import { onlyLooks, shellCommand } from './shell';

/** True when the flags keep a command from writing: a dry run, or `--local`. */
function isRehearsal(command: Command, flags: ParsedFlags): boolean {
  const has = (name: string) => command.flags.some((flag) => flag.name === name);
  if (has('local') && flags.bool('local')) return true;
  if (!has('dry-run')) return false;
  const text = flags.text('dry-run') || 'none';
  return text !== 'none' && parseBool(text) !== false;
}

/** Whether the words of one command only look. */
function isReadingCommand(words: readonly string[], find: FindCommand, isGivenInput: boolean): boolean {
  const found = find(withoutProgram(words));
  const { command } = found;
  if (command.anyFlags) return command.reads === true;
  const { flags } = parseFlags(command.path, flagsOf(command), found.words);
  if (flags.given('help')) return true;
  return command.reads === true || isRehearsal(command, flags) || command.reads?.(flags, isGivenInput) === true;
}

/**
 * True for a line that changes nothing, whatever its flags, aliases and filters. Waiting ones (`rollout status`, `wait`) look too; a line that
 * can't be read (unknown command or flag, open quote) only gets its error message.
 */
export function isReading(line: string, find: FindCommand): boolean {
  const { words: all, filters, output, input, heredoc, problem } = splitCommandLine(line);
  if (problem !== undefined) return true;
  if (output && output.path !== '/dev/null') return false;
  const { words } = withoutTimeout(all);
  try {
    const further = filters.filter(([program]) => program === 'kubectl' || program === 'k');
    if (shellCommand(words))
      return onlyLooks(words[0] as string) && further.every((one) => isReadingCommand(one, find, true));
    const isGiven = input !== undefined || heredoc !== undefined;
    return isReadingCommand(words, find, isGiven) && further.every((one) => isReadingCommand(one, find, true));
  } catch {
    return true;
  }
}
