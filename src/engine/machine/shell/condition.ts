/** The expressions of `test`, `[` and `[[`. Follows POSIX.1-2017 (test) and bash's conditional expressions. */
import { parseRegularExpression } from '../../api/regular-expression';
import { type Expander, expandPattern, expandText } from './expansion';
import { isBusyBox, isHeldProgram } from './held-programs';
import { type CommandIo, isDirectory, outOfMemory, placeOf, readFile } from './host';
import { entryAt } from './list-commands';
import { absolute, LINK_SUFFIX, modeOf, noteOf } from './paths';
import { matchesPattern, unquoted } from './pattern';
import type { Word } from './syntax';

type Place = Pick<CommandIo, 'host' | 'cwd'>;

const NUMERIC: ReadonlyMap<string, (a: number, b: number) => boolean> = new Map([
  ['-eq', (a, b) => a === b],
  ['-ne', (a, b) => a !== b],
  ['-lt', (a, b) => a < b],
  ['-le', (a, b) => a <= b],
  ['-gt', (a, b) => a > b],
  ['-ge', (a, b) => a >= b],
]);

/** Whether an operator compares numbers. */
export const isNumeric = (operator: string): boolean => NUMERIC.has(operator);

/** Whether an operator stands between two operands. */
export function isBinary(operator: string | undefined): operator is string {
  return (
    operator !== undefined &&
    (NUMERIC.has(operator) || ['=', '==', '!=', '<', '>', '-nt', '-ot', '-ef'].includes(operator))
  );
}

/** Whether an operator stands before one operand. */
export function isUnary(operator: string): boolean {
  return /^-[a-hknoprstuwxzGLNOS]$/.test(operator);
}

const DEVICE = /^\/dev\/(null|zero|full|u?random|tty|std(in|out|err))$/;

const writtenAt = (place: Place, path: string): number => entryAt(place, placeOf(place, path))?.writtenAt ?? -1;

/** An operator with two operands. */
export function compare(left: string, operator: string, right: string, place: Place): boolean {
  if (operator === '-ef') return placeOf(place, left) === placeOf(place, right);
  if (operator === '-nt' || operator === '-ot') {
    const [a, b] = [writtenAt(place, left), writtenAt(place, right)];
    if (Math.min(a, b) < 0 && isBusyBox(place.host)) return false;
    return operator === '-nt' ? a > b : a < b;
  }
  if (operator === '=' || operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return NUMERIC.get(operator)?.(Number(left), Number(right)) ?? false;
}

/** An operator with one operand. */
export function examine(operator: string, operand: string, place: Place): boolean {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  if (operator === '-t') return false;
  const content = readFile(place, operand);
  const isProgram = content === undefined && isHeldProgram(place, operand);
  const isThere = content !== undefined || isProgram || isDirectory(place, operand);
  switch (operator) {
    case '-d':
      return isDirectory(place, operand);
    case '-s':
      return isProgram || (content !== undefined && content !== '');
    case '-f':
      return isProgram || (content !== undefined && !DEVICE.test(absolute(place.cwd, operand)));
    case '-c':
      return DEVICE.test(absolute(place.cwd, operand));
    case '-x':
      if (isProgram) return true;
      return isThere && /[1357]/.test(modeOf(place.host.files, absolute(place.cwd, operand)));
    case '-w':
      return isThere && place.host.isReadOnly?.(absolute(place.cwd, operand)) !== true;
    case '-L':
    case '-h':
      return noteOf(place.host.files, absolute(place.cwd, operand), LINK_SUFFIX) !== undefined;
    case '-e':
    case '-r':
    case '-O':
    case '-G':
      return isThere;
    default:
      return false;
  }
}

const MAX_WORK = 5_000_000;

function matchesExpression(text: string, expression: string): boolean {
  const parsed = parseRegularExpression(expression);
  if ('problem' in parsed) return false;
  if (parsed.size * text.length > MAX_WORK) throw outOfMemory();
  return parsed.test(text);
}

interface Reader {
  readonly words: readonly Word[];
  readonly shell: Expander;
  readonly place: Place;
  at: number;
}

const plainAt = ({ words, at }: Reader): string => {
  const [part] = words[at] ?? [];
  return part?.kind === 'text' && !part.quoted ? part.text : '';
};

/** Whether `[[ … ]]` holds. */
export function holdsCondition(words: readonly Word[], shell: Expander, place: Place): boolean {
  return either({ words, shell, place, at: 0 });
}

function either(reader: Reader): boolean {
  let value = both(reader);
  while (plainAt(reader) === '||') {
    reader.at++;
    value = both(reader) || value;
  }
  return value;
}

function both(reader: Reader): boolean {
  let value = primary(reader);
  while (plainAt(reader) === '&&') {
    reader.at++;
    value = primary(reader) && value;
  }
  return value;
}

function primary(reader: Reader): boolean {
  const { words, shell, place } = reader;
  const plain = plainAt(reader);
  if (plain === '!') {
    reader.at++;
    return !primary(reader);
  }
  if (plain === '(') {
    reader.at++;
    const value = either(reader);
    reader.at++;
    return value;
  }
  if (isUnary(plain) && words[reader.at + 1]) {
    reader.at += 2;
    return examine(plain, expandText(words[reader.at - 1] as Word, shell), place);
  }
  const left = expandText(words[reader.at++] ?? [], shell);
  const operator = plainAt(reader);
  if (operator !== '=~' && !isBinary(operator)) return left !== '';
  reader.at += 2;
  const right = words[reader.at - 1] ?? [];
  if (operator === '=~') return matchesExpression(left, unquoted(expandText(right, shell)));
  if (operator === '==' || operator === '=') return matchesPattern(expandPattern(right, shell), left);
  if (operator === '!=') return !matchesPattern(expandPattern(right, shell), left);
  return compare(left, operator, expandText(right, shell), place);
}
