/** grep inside a container: -E, -F, -i, -v, -w, -c and -q, by a linear matcher. Follows BusyBox's messages. */
import { quotePattern, translatePosixPattern } from '../../api/posix-pattern';
import { parseRegularExpression, type RegularExpression } from '../../api/regular-expression';
import { type Command, fail, outOfMemory, plainArguments, readFile, say } from './host';

/** How much one grep may cost, in instructions of the pattern times characters. */
const MAX_WORK = 5_000_000;
/** Characters of a pattern whose compilation costs as much as an instruction of the shell. */
const PATTERN_COST = 8;
/** Work that costs as much as an instruction of the shell. */
const WORK_PER_INSTRUCTION = 10_000;

function expressionOf(pattern: string, has: (letter: string) => boolean): RegularExpression | { problem: string } {
  const translated = has('F') ? { expression: quotePattern(pattern) } : translatePosixPattern(pattern, has('E'));
  if ('problem' in translated) return translated;
  const { expression } = translated;
  return parseRegularExpression(has('w') ? `\\b(?:${expression})\\b` : expression, { ignoreCase: has('i') });
}

/** Prints the lines of files or input that match. */
export const grep: Command = (args, io) => {
  const has = (letter: string) => args.some((argument) => /^-\w+$/.test(argument) && argument.includes(letter));
  const [pattern = '', ...paths] = plainArguments(args);
  io.budget.instructions -= Math.floor(pattern.length / PATTERN_COST);
  const parsed = expressionOf(pattern, has);
  if ('problem' in parsed) return fail(io, `grep: bad regex '${pattern}': ${parsed.problem}`, 2);
  const text = paths.length > 0 ? paths.map((path) => readFile(io.host, path) ?? '').join('') : io.input;
  const work = text.length * parsed.size;
  if (work > MAX_WORK) throw outOfMemory();
  io.budget.instructions -= Math.floor(work / WORK_PER_INSTRUCTION);
  const lines = text.split('\n').filter((line) => line !== '' && parsed.test(line) !== has('v'));
  if (has('c')) say(io, String(lines.length));
  else if (!has('q') && lines.length > 0) say(io, lines.join('\n'));
  return lines.length > 0 ? 0 : 1;
};
