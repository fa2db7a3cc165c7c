/**
 * grep after a pipe. Follows GNU grep 3.11: options, exit codes and messages; patterns by a linear matcher. Left out: files, colours,
 * -P; back-references are refused.
 */
import { quotePattern, translatePosixPattern } from '../engine/api/posix-pattern';
import { parseRegularExpression, type RegularExpression } from '../engine/api/regular-expression';

/** What grep printed and its exit code. */
export interface GrepAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

interface Options {
  readonly letters: Set<string>;
  readonly patterns: string[];
  before: number;
  after: number;
  max: number;
}

const LONG: Readonly<Record<string, string>> = {
  '--extended-regexp': 'E',
  '--basic-regexp': 'G',
  '--fixed-strings': 'F',
  '--ignore-case': 'i',
  '--no-ignore-case': 'I-',
  '--invert-match': 'v',
  '--word-regexp': 'w',
  '--line-regexp': 'x',
  '--count': 'c',
  '--quiet': 'q',
  '--silent': 'q',
  '--line-number': 'n',
  '--only-matching': 'o',
  '--no-messages': 's',
  '--no-filename': 'h',
  '--text': 'a',
  '--color': '',
  '--colour': '',
  '--line-buffered': '',
};
const LONG_VALUES: Readonly<Record<string, string>> = {
  '--regexp': 'e',
  '--max-count': 'm',
  '--after-context': 'A',
  '--before-context': 'B',
  '--context': 'C',
};
const PLAIN = 'EFGivwxcqnosha';
const VALUED = 'emABC';
const USAGE = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";

/** How much matching one grep may cost, in instructions times characters: about a second. */
const MAX_WORK = 100_000_000;

class Refused extends Error {}

function count(text: string, what: string): number {
  if (!/^\d+$/.test(text)) throw new Refused(`grep: ${text}: invalid ${what}\n`);
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}

function setValue(options: Options, letter: string, value: string): void {
  if (letter === 'e') options.patterns.push(...value.split('\n'));
  else if (letter === 'm') options.max = count(value, 'max count');
  else {
    const lines = count(value, 'context length argument');
    if (letter !== 'A') options.before = lines;
    if (letter !== 'B') options.after = lines;
  }
}

/** Takes a long option; true when the next word was its value. */
function takeLong(options: Options, word: string, next: string | undefined): boolean {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  if (Object.hasOwn(LONG_VALUES, name)) {
    const value = equals < 0 ? next : word.slice(equals + 1);
    if (value === undefined) throw new Refused(`grep: option '${name}' requires an argument\n${USAGE}`);
    setValue(options, LONG_VALUES[name] as string, value);
    return equals < 0;
  }
  if (!Object.hasOwn(LONG, name)) throw new Refused(`grep: unrecognized option '${word}'\n${USAGE}`);
  options.letters.add(LONG[name] as string);
  return false;
}

/** Takes a bundle of letters (`-iE`, `-A3`); true when the next word was the last one's value. */
function takeShort(options: Options, word: string, next: string | undefined): boolean {
  const digits = /^-(\d+)$/.exec(word)?.[1];
  if (digits !== undefined) {
    setValue(options, 'C', digits);
    return false;
  }
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] as string;
    if (VALUED.includes(letter)) {
      const rest = word.slice(at + 1);
      const value = rest === '' ? next : rest;
      if (value === undefined) throw new Refused(`grep: option requires an argument -- '${letter}'\n${USAGE}`);
      setValue(options, letter, value);
      return rest === '';
    }
    if (letter === 'P') throw new Refused('kubestep: grep -P is not simulated; use grep -E\n');
    if (!PLAIN.includes(letter)) throw new Refused(`grep: invalid option -- '${letter}'\n${USAGE}`);
    options.letters.add(letter);
  }
  return false;
}

function readOptions(args: readonly string[]): Options {
  const options: Options = { letters: new Set(), patterns: [], before: -1, after: -1, max: Number.POSITIVE_INFINITY };
  const plain: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    if (word === '--') {
      plain.push(...args.slice(at + 1));
      break;
    }
    if (word.startsWith('--')) at += takeLong(options, word, args[at + 1]) ? 1 : 0;
    else if (word.startsWith('-') && word.length > 1) at += takeShort(options, word, args[at + 1]) ? 1 : 0;
    else plain.push(word);
  }
  if (options.patterns.length === 0) {
    const first = plain.shift();
    if (first === undefined) throw new Refused(USAGE);
    options.patterns.push(...first.split('\n'));
  }
  const file = plain.find((word) => word !== '-');
  if (file !== undefined) throw new Refused(`grep: ${file}: No such file or directory\n`);
  return options;
}

function expressionOf({ letters, patterns }: Options): {
  readonly test: RegularExpression;
  readonly bare: RegularExpression;
} {
  const parts = patterns.map((pattern) => {
    if (letters.has('F')) return quotePattern(pattern);
    const translated = translatePosixPattern(pattern, letters.has('E'));
    if ('problem' in translated) throw new Refused(`grep: ${translated.problem}\n`);
    return translated.expression;
  });
  const any = `(?:${parts.join('|')})`;
  const whole = letters.has('x') ? `^${any}$` : letters.has('w') ? `(?:^|\\W)${any}(?:\\W|$)` : any;
  const options = { ignoreCase: letters.has('i'), longest: letters.has('o') };
  const test = parseRegularExpression(whole, options);
  const bare = parseRegularExpression(letters.has('w') ? `\\b${any}\\b` : whole, options);
  if ('problem' in test || 'problem' in bare) {
    const { problem } = test as { problem: string };
    const isRange = problem.includes('character class range');
    throw new Refused(isRange ? 'grep: Invalid range end\n' : `grep: bad pattern: ${problem}\n`);
  }
  return { test, bare };
}

function refuseTooMuch(lines: readonly string[], { size }: RegularExpression): void {
  const characters = lines.reduce((sum, line) => sum + line.length + 1, 0);
  if (characters * size > MAX_WORK)
    throw new Refused('kubestep: grep: the pattern is too large for a text of this size\n');
}

function lineText(options: Options, line: string, index: number, hit: boolean, bare: RegularExpression): string[] {
  const prefix = options.letters.has('n') ? `${index + 1}${hit ? ':' : '-'}` : '';
  if (!options.letters.has('o')) return [`${prefix}${line}`];
  return hit && !options.letters.has('v') ? bare.matches(line).map((match) => `${prefix}${match}`) : [];
}

/** Matching lines with what stands around them; `--` between stretches that don't touch. */
function shown(
  options: Options,
  lines: readonly string[],
  hits: readonly boolean[],
  bare: RegularExpression,
): string[] {
  const { before, after, letters } = options;
  const hasContext = Math.max(before, after) >= 0 && !letters.has('o');
  const output: string[] = [];
  let printedTo = -1;
  const print = (to: number): void => {
    for (; printedTo < to; printedTo++) {
      const at = printedTo + 1;
      output.push(...lineText(options, lines[at] as string, at, hits[at] as boolean, bare));
    }
  };
  for (let at = 0; at < lines.length; at++) {
    if (!hits[at]) continue;
    const from = hasContext ? Math.max(0, at - Math.max(0, before)) : at;
    if (hasContext && printedTo >= 0 && from > printedTo + 1) output.push('--');
    printedTo = Math.max(printedTo, from - 1);
    print(hasContext ? Math.min(lines.length - 1, at + Math.max(0, after)) : at);
  }
  return output;
}

/** Filters lines as `grep ARGS` would. */
export function grep(lines: readonly string[], args: readonly string[]): GrepAnswer {
  try {
    const options = readOptions(args);
    const { test, bare } = expressionOf(options);
    refuseTooMuch(lines, test);
    const inverted = options.letters.has('v');
    let found = 0;
    const hits = lines.map((line) => {
      const hit = found < options.max && test.test(line) !== inverted;
      if (hit) found++;
      return hit;
    });
    const code = found > 0 ? 0 : 1;
    if (options.letters.has('q')) return { stdout: '', stderr: '', code };
    const output = options.letters.has('c') ? [String(found)] : shown(options, lines, hits, bare);
    return { stdout: output.map((line) => `${line}\n`).join(''), stderr: '', code };
  } catch (error) {
    if (error instanceof Refused) return { stdout: '', stderr: error.message, code: 2 };
    throw error;
  }
}
