/** The values of awk: variables, fields, arrays, and what expressions come to. Follows POSIX.1-2017 (awk). */
import { parseRegularExpression, type RegularExpression } from '../../api/regular-expression';
import { momentFormatter } from '../moment-text';
import { AwkError, type Expression } from './awk-expressions';
import { AWK_MATH } from './awk-math';
import { ARITHMETIC, compare, format, given, isTrue, numberOf, textOf, UNSET, type Value } from './awk-scalars';
import { drawnOf } from './drawn';
import { outOfMemory } from './host';
import { replaceable } from './sed-replace';

/** All that a running program knows and changes. */
export interface World {
  readonly variables: Map<string, Value>;
  readonly arrays: Map<string, Map<string, Value>>;
  readonly patterns: Map<string, RegularExpression>;
  /** Calls a function of the program's own; undefined when it has none of this name. */
  readonly invoke: (name: string, args: readonly Expression[]) => Value | undefined;
  /** The next record of the input, of a file or of a command; undefined at its end, null where there is none. */
  readonly nextRecord: (from: 'input' | 'file' | 'command', name: string) => string | undefined | null;
  /** Runs a command: its status. */
  readonly system: (command: string) => number;
  /** Ends what is read or written. */
  readonly close: (name: string) => number;
  /** Since 1970. */
  readonly seconds: number;
  line: string;
  fields: string[];
  output: string;
  work: number;
}

/** Under what no variable's name the seed of rand is kept. */
const SEED = '\0seed';

/** Steps of one program. */
const MAX_WORK = 200_000;

const MAX_FIELDS = 1000;

/** Counts a step. Throws when a program has done more than it may. */
export function spend(world: World): void {
  if (++world.work > MAX_WORK) throw outOfMemory();
}

/** Makes a line the current one, cut into its fields. */
export function setLine(world: World, line: string): void {
  const separator = textOf(world.variables.get('FS') ?? ' ');
  world.line = line;
  world.fields = cut(world, line, separator);
  world.variables.set('NF', world.fields.length);
}

function splitBy(world: World, line: string, separator: string): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of patternOf(world, separator).groups(line)) {
    if (end === start) continue;
    parts.push(line.slice(at, start));
    at = end;
  }
  return [...parts, line.slice(at)];
}

function patternOf(world: World, source: string): RegularExpression {
  const known = world.patterns.get(source);
  if (known) return known;
  const parsed = parseRegularExpression(source);
  if ('problem' in parsed) throw new AwkError(`bad regex '${source}'`);
  world.patterns.set(source, parsed);
  return parsed;
}

function matches(world: World, text: string, source: string): boolean {
  const pattern = patternOf(world, source);
  world.work += Math.floor((text.length * pattern.size) / 1000);
  return pattern.test(text);
}

/** The array of a name, made when there is none. */
export function arrayOf(world: World, name: string): Map<string, Value> {
  const found = world.arrays.get(name) ?? new Map<string, Value>();
  world.arrays.set(name, found);
  return found;
}

/** The key of an item: its subscripts, joined by SUBSEP. */
export function keyOf(world: World, at: readonly Expression[]): string {
  return at.map((one) => textOf(evaluate(world, one))).join(textOf(world.variables.get('SUBSEP') ?? ''));
}

/** Makes the line one of so many fields. */
function resize(world: World, count: number): void {
  const { fields } = world;
  world.fields = Array.from({ length: Math.max(0, Math.min(MAX_FIELDS, count)) }, (_, at) => fields[at] ?? '');
  world.line = world.fields.join(textOf(world.variables.get('OFS') ?? ' '));
}

function store(world: World, target: Expression, value: Value): Value {
  if (target.is === 'variable') {
    world.variables.set(target.value, value);
    if (target.value === 'NF') resize(world, numberOf(value));
  } else if (target.is === 'item') arrayOf(world, target.name).set(keyOf(world, target.at), value);
  else if (target.is === 'field') {
    const index = numberOf(evaluate(world, target.of));
    if (index === 0) setLine(world, textOf(value));
    else if (index > 0 && index <= MAX_FIELDS) {
      world.fields[index - 1] = textOf(value);
      resize(world, Math.max(index, world.fields.length));
      world.variables.set('NF', world.fields.length);
    }
  } else throw new AwkError('syntax error: assignment');
  return value;
}

function binary(world: World, operator: string, left: Expression, right: Expression): Value {
  if (operator === '&&') return isTrue(evaluate(world, left)) && isTrue(evaluate(world, right)) ? 1 : 0;
  if (operator === '||') return isTrue(evaluate(world, left)) || isTrue(evaluate(world, right)) ? 1 : 0;
  if (operator === '~' || operator === '!~') {
    const source = right.is === 'regex' ? right.value : textOf(evaluate(world, right));
    return matches(world, textOf(evaluate(world, left)), source) === (operator === '~') ? 1 : 0;
  }
  const [a, b] = [evaluate(world, left), evaluate(world, right)];
  if (operator === 'concat') {
    const joined = textOf(a) + textOf(b);
    if (joined.length > 1_000_000) throw outOfMemory();
    return joined;
  }
  const compute = ARITHMETIC[operator];
  return compute ? compute(numberOf(a), numberOf(b)) : compare(operator, a, b);
}

/** What an expression comes to; it may set variables. */
export function evaluate(world: World, expression: Expression): Value {
  spend(world);
  switch (expression.is) {
    case 'number':
      return Number(expression.value);
    case 'text':
      return expression.value;
    case 'regex':
      return matches(world, world.line, expression.value) ? 1 : 0;
    case 'variable':
      return world.variables.get(expression.value) ?? UNSET;
    case 'field': {
      const index = numberOf(evaluate(world, expression.of));
      const text = index === 0 ? world.line : world.fields[index - 1];
      return text === undefined ? UNSET : given(text);
    }
    case 'item': {
      const [array, key] = [arrayOf(world, expression.name), keyOf(world, expression.at)];
      // Whoever looks at an item makes it.
      if (!array.has(key)) array.set(key, UNSET);
      return array.get(key) ?? UNSET;
    }
    case 'call':
      return call(world, expression.name, expression.args);
    case 'getline':
      return getline(world, expression);
    case 'unary': {
      const value = evaluate(world, expression.of);
      return expression.operator === '!'
        ? isTrue(value)
          ? 0
          : 1
        : expression.operator === '-'
          ? -numberOf(value)
          : numberOf(value);
    }
    case 'before':
    case 'after': {
      const before = numberOf(evaluate(world, expression.of));
      const after = before + (expression.operator === '++' ? 1 : -1);
      store(world, expression.of, after);
      return expression.is === 'before' ? after : before;
    }
    case 'choice':
      return evaluate(world, isTrue(evaluate(world, expression.of)) ? expression.yes : expression.no);
    case 'assign': {
      const right = evaluate(world, expression.right);
      const compute = ARITHMETIC[expression.operator];
      const value = compute ? compute(numberOf(evaluate(world, expression.left)), numberOf(right)) : right;
      return store(world, expression.left, value);
    }
    default:
      return binary(world, expression.operator, expression.left, expression.right);
  }
}

/** getline: 1, 0 at the end, -1 where there is nothing to read. */
function getline(world: World, { from, of, into }: Extract<Expression, { is: 'getline' }>): number {
  const record = world.nextRecord(from ?? 'input', of ? textOf(evaluate(world, of)) : '');
  if (record === undefined || record === null) return record === null ? -1 : 0;
  if (!from) world.variables.set('NR', numberOf(world.variables.get('NR') ?? 0) + 1);
  if (into) store(world, into, given(record));
  else setLine(world, record);
  return 1;
}

/** sub and gsub. */
function replaceIn(world: World, name: string, args: readonly Expression[]): number {
  const [pattern, by, target] = args;
  if (!pattern || !by) return 0;
  const source = pattern.is === 'regex' ? pattern.value : textOf(evaluate(world, pattern));
  const place: Expression = target ?? { is: 'field', of: { is: 'number', value: '0' } };
  const text = textOf(evaluate(world, place));
  const found = replaceable(patternOf(world, source), text);
  const chosen = name === 'gsub' ? found : found.slice(0, 1);
  const replacement = textOf(evaluate(world, by));
  let result = '';
  let at = 0;
  for (const { start, end, groups } of chosen) {
    result += text.slice(at, start) + replacement.replace(/\\&|&/g, (one) => (one === '&' ? (groups[0] ?? '') : '&'));
    at = end;
  }
  if (chosen.length > 0) store(world, place, result + text.slice(at));
  return chosen.length;
}

/** A text cut at what separates its fields; nothing at all: into its characters. */
function cut(world: World, text: string, separator: string): string[] {
  if (text === '') return [];
  if (separator === ' ') return text.trim() === '' ? [] : text.trim().split(/\s+/);
  if (separator.length <= 1 || separator === '\\|') return text.split(separator.replace(/^\\(?=.)/, ''));
  return splitBy(world, text, separator);
}

/** The built-in `split`. */
function split(world: World, [text, into, by]: readonly Expression[]): number {
  if (!text || into?.is !== 'variable') return 0;
  const separator =
    by?.is === 'regex' ? by.value : textOf(by ? evaluate(world, by) : (world.variables.get('FS') ?? ' '));
  const parts = cut(world, textOf(evaluate(world, text)), separator);
  const array = arrayOf(world, into.value);
  array.clear();
  for (const [index, part] of parts.entries()) array.set(String(index + 1), given(part));
  return parts.length;
}

function call(world: World, name: string, args: readonly Expression[]): Value {
  const own = world.invoke(name, args);
  if (own !== undefined) return own;
  if (name === 'sub' || name === 'gsub') return replaceIn(world, name, args);
  if (name === 'split') return split(world, args);
  if (name === 'length' && args[0]?.is === 'variable' && world.arrays.has(args[0].value)) {
    return world.arrays.get(args[0].value)?.size ?? 0;
  }
  if (name === 'match' && args[1]) {
    const source = args[1].is === 'regex' ? args[1].value : textOf(evaluate(world, args[1]));
    const [found] = patternOf(world, source).groups(textOf(evaluate(world, args[0] as Expression)));
    world.variables.set('RSTART', found ? found.start + 1 : 0);
    world.variables.set('RLENGTH', found ? found.end - found.start : -1);
    return found ? found.start + 1 : 0;
  }
  const values = args.map((one) => evaluate(world, one));
  const text = textOf(values[0] ?? world.line);
  switch (name) {
    case 'in':
      return arrayOf(world, text).has(keyOf(world, args.slice(1))) ? 1 : 0;
    case 'length':
      return text.length;
    case 'substr': {
      const from = Math.round(numberOf(values[1] ?? 1));
      const count = values[2] === undefined ? Infinity : numberOf(values[2]);
      return text.slice(Math.max(0, from - 1), Math.max(0, Math.max(0, from - 1) + count));
    }
    case 'index':
      return text.indexOf(textOf(values[1] ?? '')) + 1;
    case 'toupper':
      return text.toUpperCase();
    case 'tolower':
      return text.toLowerCase();
    case 'sprintf':
      return format(values);
    case 'system':
      return world.system(text);
    case 'close':
      return world.close(text);
    case 'systime':
      return Math.floor(world.seconds);
    case 'strftime':
      return momentFormatter(values[1] === undefined ? world.seconds : numberOf(values[1]))(text);
    case 'rand': {
      const seed = `${textOf(world.variables.get(SEED) ?? 0)} ${++world.work}`;
      return (drawnOf(seed, 1, 1_000_003)[0] ?? 0) / 1_000_003;
    }
    case 'srand': {
      const before = world.variables.get(SEED) ?? 0;
      world.variables.set(SEED, values[0] ?? world.seconds);
      return before;
    }
    case 'fflush':
      return 0;
    default: {
      const compute = Object.hasOwn(AWK_MATH, name) ? AWK_MATH[name] : undefined;
      if (!compute) throw new AwkError(`function ${name} is not known`, 'Call to undefined function');
      return compute(numberOf(values[0] ?? given(world.line)), numberOf(values[1] ?? 0));
    }
  }
}
