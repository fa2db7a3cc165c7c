/** grep inside a container: -E, -F, -i, -v, -w, -x, -c, -q, -o, -n, -l, -h, -m, -A, -B, -r, -e, by a linear matcher. Follows BusyBox's messages. */
import { quotePattern, translatePosixPattern } from '../../api/posix-pattern';
import { parseRegularExpression, type RegularExpression } from '../../api/regular-expression';
import { append, type Command, type CommandIo, fail, isDirectory, outOfMemory, readFile, say } from './host';
import { absolute, below } from './paths';
import { linesIn } from './text-commands';

/** How much one grep may cost, in instructions of the pattern times characters. */
const MAX_WORK = 5_000_000;
/** Characters of a pattern whose compilation costs as much as an instruction of the shell. */
const PATTERN_COST = 8;
/** Work that costs as much as an instruction of the shell. */
const WORK_PER_INSTRUCTION = 10_000;

type Has = (letter: string) => boolean;

/** Compiles a pattern of grep's or sed's and takes its cost from the budget. */
export function compilePattern(
  pattern: string,
  io: CommandIo,
  has: Has,
): RegularExpression | { readonly problem: string } {
  io.budget.instructions -= Math.floor(pattern.length / PATTERN_COST);
  const translated = has('F')
    ? { expression: quotePattern(pattern) }
    : translatePosixPattern(pattern, has('E'), has('captures'));
  if ('problem' in translated) return translated;
  const { expression } = translated;
  const whole = has('x') ? `^(?:${expression})$` : has('w') ? `\\b(?:${expression})\\b` : expression;
  return parseRegularExpression(whole, { ignoreCase: has('i') || has('I') });
}

/** Takes the cost of matching a text from the budget. */
export function payFor(io: CommandIo, text: string, { size }: RegularExpression): void {
  const work = text.length * size;
  if (work > MAX_WORK) throw outOfMemory();
  io.budget.instructions -= Math.floor(work / WORK_PER_INSTRUCTION);
}

interface Asked {
  readonly letters: string;
  readonly values: ReadonlyMap<string, string>;
  readonly patterns: readonly string[];
  readonly paths: readonly string[];
}

/** How its long options begin, and the letters that they stand for. */
const LONG =
  'q:q silent:q o:o ext:E fix:F ignore-c:i inv:v count:c recu:r line-n:n files-with-:l word:w line-r:x no-f:h no-m:s null-d:z'.split(
    ' ',
  );

/** The options, those with a value apart. */
function asked(args: readonly string[]): Asked {
  let letters = '';
  const values = new Map<string, string>();
  const plain: string[] = [];
  const patterns: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    const option = /^-(\w*)([eABCm])(.*)$/s.exec(word);
    if (option && /^[EFivwxcqonlhrHs]*$/.test(option[1] ?? '')) {
      letters += option[1];
      const value = option[3] === '' ? (args[++at] ?? '') : (option[3] as string);
      if (option[2] === 'e') patterns.push(value);
      else values.set(option[2] as string, value);
    } else if (/^-\w+$/.test(word)) letters += word.slice(1);
    else if (word.startsWith('--'))
      letters += LONG.find((one) => word.startsWith(one.slice(0, -2), 2))?.slice(-1) ?? '';
    else plain.push(word);
  }
  if (patterns.length === 0) patterns.push(plain.shift() ?? '');
  return { letters, values, patterns, paths: plain };
}

/** Files to be searched: with -r all below a directory. */
function filesOf({ letters, paths }: Asked, io: CommandIo): string[] {
  if (!letters.includes('r')) return [...paths];
  return (paths.length > 0 ? paths : ['.']).flatMap((path) => {
    if (!isDirectory(io, path)) return [path];
    const start = absolute(io.cwd, path);
    // What is below the working directory is told without it where no path was given.
    const before = paths.length === 0 ? '' : `${path.replace(/\/+$/, '')}/`;
    return below(io.host.files, start)
      .filter((one) => readFile(io, one) !== undefined)
      .map((one) => `${before}${one.slice(start === '/' ? 1 : start.length + 1)}`);
  });
}

/** Prints the lines of one text that match; how many there are. */
function search(text: string, label: string, question: Asked, io: CommandIo, parsed: RegularExpression): number {
  const { letters, values } = question;
  const has: Has = (letter) => letters.includes(letter);
  payFor(io, text, parsed);
  const [lines, end] = has('z') ? [text.replace(/\0$/, '').split('\0'), '\0'] : [linesIn(text), '\n'];
  const limit = values.get('m') === undefined ? Infinity : Number(values.get('m'));
  const found: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (found.length >= limit) break;
    if (parsed.test(line) !== has('v')) found.push(index);
  }
  if (has('q')) return found.length;
  if (has('c')) say(io, `${label}${found.length}`);
  else if (has('l') || has('L')) {
    if (found.length > 0 === has('l')) say(io, label.slice(0, -1) || '(standard input)');
  } else {
    const around = Number(values.get('C') ?? 0);
    const before = Number(values.get('B') ?? around);
    const after = Number(values.get('A') ?? around);
    let printed = -1;
    for (const index of found) {
      for (let at = Math.max(printed + 1, index - before); at <= Math.min(lines.length - 1, index + after); at++) {
        if (printed >= 0 && at > printed + 1 && (before > 0 || after > 0)) say(io, '--');
        // A line around what was found has another sign behind what is told of it.
        const sign = found.includes(at) ? ':' : '-';
        const prefix = `${label.replace(/:$/, sign)}${has('n') ? `${at + 1}${sign}` : ''}`;
        if (has('o')) for (const match of parsed.matches(lines[at] as string)) append(io, prefix + match + end);
        else append(io, prefix + lines[at] + end);
        printed = at;
      }
    }
  }
  return found.length;
}

/** grep. */
export const grep: Command = (args, io, name) => {
  const given = asked(name === 'egrep' ? ['-E', ...args] : name === 'fgrep' ? ['-F', ...args] : args);
  const question = { ...given, letters: given.letters.replaceAll('R', 'r') };
  const has: Has = (letter) => letter !== 'captures' && question.letters.includes(letter);
  const compiled = question.patterns.map((pattern) => compilePattern(pattern, io, has));
  const [parsed] = compiled;
  if (!parsed || 'problem' in parsed) {
    return fail(io, `grep: bad regex '${question.patterns[0]}': ${parsed?.problem ?? ''}`, 2);
  }
  const all = compiled.filter((one): one is RegularExpression => !('problem' in one));
  const either: RegularExpression =
    all.length === 1
      ? parsed
      : {
          ...parsed,
          size: all.reduce((sum, one) => sum + one.size, 0),
          test: (line) => all.some((one) => one.test(line)),
        };
  const paths = filesOf(question, io);
  if (paths.length === 0) return search(io.input, '', question, io, either) > 0 ? 0 : 1;
  let found = 0;
  let status = 0;
  const isDeep = has('r') && (question.paths.length === 0 || question.paths.some((path) => isDirectory(io, path)));
  const isLabelled = (paths.length > 1 || isDeep || has('H')) && !has('h');
  for (const path of paths) {
    const text = path === '-' ? io.input : readFile(io, path);
    const label = isLabelled || /[lL]/.test(question.letters) ? `${path}:` : '';
    if (text !== undefined) found += search(text, label, question, io, either);
    else {
      status = 2;
      if (!question.letters.includes('s')) fail(io, `grep: ${path}: No such file or directory`);
    }
  }
  if (found > 0 && (status === 0 || has('q'))) return 0;
  return Math.max(1, status);
};
