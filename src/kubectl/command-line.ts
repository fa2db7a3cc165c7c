/**
 * Splits a command line as a shell would: words, quotes, backslashes, comments, pipes. Variables, globs and
 * redirections are not expanded: the text stays as it is.
 */

/** A command line in words; `filters` are the commands after each `|`. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly filters: readonly (readonly string[])[];
  /** Why it could not be split, if so. */
  readonly problem?: string;
}

interface Scanner {
  readonly text: string;
  at: number;
  word: string;
  /** A word has begun (it may be empty: `''`). */
  open: boolean;
  readonly commands: string[][];
}

function endWord(scanner: Scanner): void {
  if (scanner.open) scanner.commands.at(-1)?.push(scanner.word);
  scanner.word = '';
  scanner.open = false;
}

function singleQuoted(scanner: Scanner): boolean {
  const end = scanner.text.indexOf("'", scanner.at + 1);
  if (end < 0) return false;
  scanner.word += scanner.text.slice(scanner.at + 1, end);
  scanner.open = true;
  scanner.at = end + 1;
  return true;
}

function doubleQuoted(scanner: Scanner): boolean {
  const { text } = scanner;
  let at = scanner.at + 1;
  for (; at < text.length && text[at] !== '"'; at++) {
    const next = text[at + 1];
    if (text[at] !== '\\' || next === undefined || !'"\\$`\n'.includes(next)) {
      scanner.word += text[at];
      continue;
    }
    if (next !== '\n') scanner.word += next;
    at++;
  }
  if (at >= text.length) return false;
  scanner.open = true;
  scanner.at = at + 1;
  return true;
}

function plain(scanner: Scanner, character: string): void {
  scanner.at++;
  if (character === '\\') {
    const next = scanner.text[scanner.at++];
    if (next === undefined || next === '\n') return;
    scanner.word += next;
    scanner.open = true;
  } else if (/\s/.test(character)) {
    endWord(scanner);
  } else if (character === '|') {
    endWord(scanner);
    scanner.commands.push([]);
  } else if (character === '#' && !scanner.open) {
    const end = scanner.text.indexOf('\n', scanner.at);
    scanner.at = end < 0 ? scanner.text.length : end;
  } else {
    scanner.word += character;
    scanner.open = true;
  }
}

/** Splits a command line. */
export function splitCommandLine(text: string): CommandLine {
  const scanner: Scanner = { text, at: 0, word: '', open: false, commands: [[]] };
  while (scanner.at < text.length) {
    const character = text[scanner.at] as string;
    if (character === "'" && !singleQuoted(scanner)) return unfinished("'");
    else if (character === '"' && !doubleQuoted(scanner)) return unfinished('"');
    else if (character !== "'" && character !== '"') plain(scanner, character);
  }
  endWord(scanner);
  const [words = [], ...filters] = scanner.commands;
  return { words, filters };
}

function unfinished(quote: string): CommandLine {
  return { words: [], filters: [], problem: `unexpected end of the command while looking for matching \`${quote}'` };
}

/** The words without a leading `kubectl` (or `k`), which is optional. */
export function withoutProgram(words: readonly string[]): readonly string[] {
  return words[0] === 'kubectl' || words[0] === 'k' ? words.slice(1) : words;
}
