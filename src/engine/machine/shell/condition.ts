/** The expressions of `test`, `[` and `[[`. Follows POSIX.1-2017 (test) and bash's conditional expressions. */
import { parseRegularExpression } from '../../api/regular-expression';
import { deviceLinkAt } from './devices';
import { entryAt } from './entries';
import { type Expander, lookUp } from './expander';
import { expandPattern, expandText } from './expansion';
import { fifoAt } from './fifo';
import { isBusyBox, isHeldProgram } from './held-programs';
import { type CommandIo, isDirectory, outOfMemory, placeOf, readFile } from './host';
import { absolute, followed, LINK_SUFFIX, modeOf, noteOf } from './paths';
import { matchesPattern } from './pattern';
import type { Word } from './syntax';

type Place = Pick<CommandIo, 'host' | 'cwd' | 'shell'>;

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
    if (Math.min(a, b) < 0 && (isBusyBox(place.host) || place.shell?.kind === 'dash')) return false;
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
    case '-p':
      return fifoAt(place, operand) !== undefined;
    case '-s':
      return isProgram || (content !== undefined && content !== '');
    case '-f':
      return (
        isProgram ||
        (content !== undefined && !DEVICE.test(absolute(place.cwd, operand)) && fifoAt(place, operand) === undefined)
      );
    case '-c':
      return DEVICE.test(absolute(place.cwd, operand));
    case '-x':
      if (isProgram) return true;
      return (
        isThere && /[1357]/.test(modeOf(place.host.files, followed(place.host.files, absolute(place.cwd, operand))))
      );
    case '-w':
      return isThere && place.host.isReadOnly?.(followed(place.host.files, absolute(place.cwd, operand))) !== true;
    case '-L':
    case '-h': {
      const path = absolute(place.cwd, operand);
      return (noteOf(place.host.files, path, LINK_SUFFIX) ?? deviceLinkAt(path)) !== undefined;
    }
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

/** `=~`, which keeps in BASH_REMATCH what its groups are. */
function matchesExpression(text: string, expression: string, shell: Expander): boolean {
  const parsed = parseRegularExpression(expression);
  if ('problem' in parsed) return false;
  if (parsed.size * text.length > MAX_WORK) throw outOfMemory();
  const [match] = parsed.groups(text);
  for (const [index, group] of match?.groups.entries() ?? [])
    shell.assigned.set(index === 0 ? 'BASH_REMATCH' : `BASH_REMATCH[${index}]`, group);
  return match !== undefined;
}

/** A text as a pattern that fits only itself, as bash has it. */
const escaped = (text: string): string => text.replace(/./gs, '\\$&');

/** A text as a regular expression that fits only itself. */
const literally = (text: string): string => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');

interface Reader {
  readonly words: readonly Word[];
  readonly shell: Expander;
  readonly place: Place;
  at: number;
  /** More than 0 while what is read is not looked at. */
  skipping: number;
  /** What was looked at, as `set -x` tells it. */
  readonly told: string[];
}

const plainAt = ({ words, at }: Reader): string => {
  const [part] = words[at] ?? [];
  return part?.kind === 'text' && !part.quoted ? part.text : '';
};

/** Whether `[[ … ]]` holds. */
export function holdsCondition(words: readonly Word[], shell: Expander, place: Place, told: string[]): boolean {
  return either({ words, shell, place, at: 0, skipping: 0, told });
}

/** Notes what is looked at. */
function tell({ skipping, told }: Reader, ...words: readonly string[]): void {
  if (skipping === 0) told.push(words.map((word) => word || "''").join(' '));
}

/** Reads a part, which is not looked at when it is decided already. */
function unless(isDecided: boolean, reader: Reader, read: (reader: Reader) => boolean): boolean {
  if (isDecided) reader.skipping++;
  const value = read(reader);
  if (isDecided) reader.skipping--;
  return value;
}

function either(reader: Reader): boolean {
  let value = both(reader);
  while (plainAt(reader) === '||') {
    reader.at++;
    value = unless(value, reader, both) || value;
  }
  return value;
}

function both(reader: Reader): boolean {
  let value = primary(reader);
  while (plainAt(reader) === '&&') {
    reader.at++;
    value = unless(!value, reader, primary) && value;
  }
  return value;
}

function primary(reader: Reader): boolean {
  const { words, shell, place } = reader;
  const expand = (word: Word = []): string => (reader.skipping > 0 ? '' : expandText(word, shell));
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
  if (plain === '-v') {
    reader.at += 2;
    const name = expand(words[reader.at - 1]);
    tell(reader, plain, name);
    return lookUp(name, shell) !== undefined;
  }
  if (isUnary(plain) && words[reader.at + 1]) {
    reader.at += 2;
    const operand = expand(words[reader.at - 1]);
    tell(reader, plain, operand);
    return examine(plain, operand, place);
  }
  const left = expand(words[reader.at++]);
  const operator = plainAt(reader);
  if (operator !== '=~' && !isBinary(operator)) {
    tell(reader, '-n', left);
    return left !== '';
  }
  reader.at += 2;
  const right = words[reader.at - 1] ?? [];
  if (reader.skipping > 0) return false;
  const isText = /^(==?|!=|=~)$/.test(operator);
  const wanted = isText
    ? expandPattern(right, shell, operator === '=~' ? literally : escaped)
    : expandText(right, shell);
  tell(reader, left, operator, wanted);
  if (operator === '=~') return matchesExpression(left, wanted, shell);
  if (!isText) return compare(left, operator, wanted, place);
  return matchesPattern(wanted, left) === (operator !== '!=');
}
