/**
 * Splits a command line as a shell would: words, quotes, backslashes, comments, pipes, redirections and here-documents. Variables
 * and globs are not expanded: the text stays as it is.
 */

/** Where a command line's standard output goes. */
export interface Redirection {
  readonly path: string;
  readonly append: boolean;
}

/** A command line in words; `filters` are the commands after each `|`. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly filters: readonly (readonly string[])[];
  /** The file that `<` names. */
  readonly input?: string;
  /** The text of a here-document. */
  readonly heredoc?: string;
  /** `> file` and `>> file`. */
  readonly output?: Redirection;
  /** `2> file`; standard error is not kept. */
  readonly dropsErrors?: true;
  /** Why it could not be split, if so. */
  readonly problem?: string;
}

type Target = '<' | '<<' | '>' | '>>' | '2>' | undefined;

interface Scanner {
  readonly text: string;
  at: number;
  word: string;
  /** A word has begun (it may be empty: `''`). */
  open: boolean;
  readonly commands: string[][];
  /** What the next word is for, when it is no argument. */
  target: Target;
  /** The delimiter whose here-document begins on the next line. */
  delimiter?: string;
  readonly found: { input?: string; heredoc?: string; output?: Redirection; dropsErrors?: true };
}

function endWord(scanner: Scanner): void {
  const { word, open, target, found } = scanner;
  scanner.word = '';
  scanner.open = false;
  if (!open) return;
  scanner.target = undefined;
  if (target === undefined) scanner.commands.at(-1)?.push(word);
  else if (target === '<') found.input = word;
  else if (target === '<<') scanner.delimiter = word;
  else if (target === '2>') found.dropsErrors = true;
  else found.output = { path: word, append: target === '>>' };
}

/** Begins a redirection: the next word is its file or delimiter. */
function redirect(scanner: Scanner, character: string): void {
  const isTwice = scanner.text[scanner.at] === character;
  if (isTwice) scanner.at++;
  if (isTwice && character === '<' && scanner.text[scanner.at] === '-') scanner.at++;
  const isErrors = character === '>' && scanner.open && scanner.word === '2';
  if (isErrors) scanner.open = false;
  if (isErrors) scanner.word = '';
  endWord(scanner);
  if (isErrors && scanner.text.startsWith('&1', scanner.at)) scanner.at += 2;
  else scanner.target = isErrors ? '2>' : (`${character}${isTwice ? character : ''}` as Target);
}

/** Takes the lines up to the delimiter of a here-document that begins here; false without such a line. */
function takeHeredoc(scanner: Scanner): boolean {
  const { text, at, delimiter } = scanner;
  scanner.delimiter = undefined;
  const lines: string[] = [];
  for (let start = at; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, end);
    start = end + 1;
    if (line.trim() === delimiter) {
      scanner.found.heredoc = lines.map((each) => `${each}\n`).join('');
      scanner.at = Math.min(start, text.length);
      return true;
    }
    lines.push(line);
  }
  return false;
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
  } else if (character === '<' || character === '>') {
    redirect(scanner, character);
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
  const scanner: Scanner = { text, at: 0, word: '', open: false, commands: [[]], target: undefined, found: {} };
  while (scanner.at < text.length) {
    const character = text[scanner.at] as string;
    if (character === "'" && !singleQuoted(scanner)) return unfinished("'");
    else if (character === '"' && !doubleQuoted(scanner)) return unfinished('"');
    else if (character !== "'" && character !== '"') plain(scanner, character);
    const { delimiter } = scanner;
    if (character === '\n' && delimiter !== undefined && !takeHeredoc(scanner)) return unended(delimiter);
  }
  endWord(scanner);
  if (scanner.delimiter !== undefined) return unended(scanner.delimiter);
  if (scanner.target) {
    return { words: [], filters: [], problem: "bash: syntax error near unexpected token `newline'" };
  }
  const [words = [], ...filters] = scanner.commands;
  return { words, filters, ...scanner.found };
}

function unended(delimiter: string): CommandLine {
  const problem = `the here-document has no line that says ${delimiter} and nothing else`;
  return { words: [], filters: [], problem };
}

function unfinished(quote: string): CommandLine {
  return { words: [], filters: [], problem: `unexpected end of the command while looking for matching \`${quote}'` };
}

/** The words without a leading `kubectl` (or `k`), which is optional. */
export function withoutProgram(words: readonly string[]): readonly string[] {
  return words[0] === 'kubectl' || words[0] === 'k' ? words.slice(1) : words;
}

/** What `timeout 30s` in front of a command says, and the words after it. */
export function withoutTimeout(words: readonly string[]): { words: readonly string[]; limitMs?: number } {
  const [program, duration = '', ...rest] = words;
  const match = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(duration);
  if (program !== 'timeout' || !match) return { words };
  const unit = { s: 1_000, m: 60_000, h: 3_600_000 }[match[2] || 's'] as number;
  return { words: rest, limitMs: Math.round(Number(match[1]) * unit) };
}
