/** awk: fields, conditions, sums, arrays, functions. Follows POSIX.1-2017 (awk); what is left out stands in awk-parser.ts. */

import { AwkError, type Expression } from './awk-expressions';
import { deliver, flush, type Prints, reaching } from './awk-files';
import { type AwkFunction, parseAwk, type Rule, type Statement } from './awk-parser';
import { format, given, isTrue, numberOf, textOf, type Value } from './awk-scalars';
import { arrayOf, evaluate, keyOf, setLine, spend, type World } from './awk-values';
import { contents } from './file-commands';
import { withEscapes } from './format-commands';
import { isBusyBox } from './held-programs';
import { type Command, type CommandIo, fail, outOfMemory, readFile } from './host';

/** Thrown by next, exit, break, continue and return. */
class Leave extends Error {
  constructor(
    readonly how: 'next' | 'exit' | 'break' | 'continue' | 'return',
    readonly status?: number,
    readonly value: Value = '',
  ) {
    super(how);
  }
}

/** Calls that may be open within one another. */
const MAX_CALLS = 100;

type Running = World &
  Prints & {
    /** How many calls of functions are open. */
    depth: number;
  };

type Target = { readonly to?: Expression; readonly adds?: boolean; readonly pipes?: boolean };

function print(world: Running, text: string, { to, adds = false, pipes }: Target = {}): void {
  const path = `${pipes ? '|' : ''}${to ? textOf(evaluate(world, to)) : '/dev/stdout'}`;
  if (world.output.length + text.length > 1_000_000) throw outOfMemory();
  if (path === '/dev/stdout') {
    world.output += text;
    return;
  }
  const before = world.texts.get(path) ?? { text: '', adds };
  if (before.text.length + text.length > 1_000_000) throw outOfMemory();
  world.texts.set(path, { ...before, text: before.text + text });
}

function execute(world: Running, statement: Statement): void {
  spend(world);
  switch (statement.does) {
    case 'block':
      for (const one of statement.body) execute(world, one);
      return;
    case 'value':
      evaluate(world, statement.of);
      return;
    case 'print': {
      const values = statement.args.map((one) => textOf(evaluate(world, one)));
      const separator = textOf(world.variables.get('OFS') ?? ' ');
      print(
        world,
        (values.length > 0 ? values.join(separator) : world.line) + textOf(world.variables.get('ORS') ?? '\n'),
        statement,
      );
      return;
    }
    case 'printf': {
      print(world, format(statement.args.map((one) => evaluate(world, one))), statement);
      return;
    }
    case 'if':
      if (isTrue(evaluate(world, statement.of))) execute(world, statement.yes);
      else if (statement.no) execute(world, statement.no);
      return;
    case 'while':
      for (let isLate = statement.isLate; isLate || isTrue(evaluate(world, statement.of)); isLate = undefined) {
        if (!runBody(world, statement.body)) break;
        if (statement.step) execute(world, statement.step);
      }
      return;
    case 'each':
      for (const key of [...arrayOf(world, statement.of).keys()]) {
        world.variables.set(statement.name, key);
        if (!runBody(world, statement.body)) break;
      }
      return;
    case 'delete':
      if (statement.of.is === 'item') arrayOf(world, statement.of.name).delete(keyOf(world, statement.of.at));
      else if (statement.of.is === 'variable') world.arrays.delete(statement.of.value);
      return;
    case 'return':
      throw new Leave('return', undefined, statement.of ? evaluate(world, statement.of) : '');
    case 'exit':
      throw new Leave('exit', statement.of && numberOf(evaluate(world, statement.of)));
    default:
      throw new Leave(statement.does);
  }
}

/** Calls a function: its parameters are variables of its own, arrays are handed over as they are. */
function invoke(world: Running, { parameters, body }: AwkFunction, args: readonly Expression[]): Value {
  spend(world);
  if (++world.depth > MAX_CALLS) throw outOfMemory();
  const arrays = args.map((one) =>
    one.is === 'variable' && !world.variables.has(one.value) ? arrayOf(world, one.value) : undefined,
  );
  const values = args.map((one, index) => (arrays[index] ? '' : evaluate(world, one)));
  const before = parameters.map((name) => [name, world.variables.get(name), world.arrays.get(name)] as const);
  for (const [index, name] of parameters.entries()) {
    const array = arrays[index];
    if (array || index >= args.length) world.variables.delete(name);
    else world.variables.set(name, values[index] ?? '');
    world.arrays.set(name, array ?? new Map());
  }
  try {
    execute(world, body);
    return '';
  } catch (error) {
    if (error instanceof Leave && error.how === 'return') return error.value;
    throw error;
  } finally {
    world.depth--;
    for (const [name, value, array] of before) {
      if (value === undefined) world.variables.delete(name);
      else world.variables.set(name, value);
      if (array === undefined) world.arrays.delete(name);
      else world.arrays.set(name, array);
    }
  }
}

/** Runs the body of a loop; false when it is left. */
function runBody(world: Running, body: Statement): boolean {
  try {
    execute(world, body);
    return true;
  } catch (error) {
    if (error instanceof Leave && error.how === 'continue') return true;
    if (error instanceof Leave && error.how === 'break') return false;
    throw error;
  }
}

function runRules(world: Running, rules: readonly Rule[], open: Set<Rule>): void {
  for (const rule of rules) {
    if (rule.when === 'BEGIN' || rule.when === 'END') continue;
    const begins = rule.when === 'always' || open.has(rule) || isTrue(evaluate(world, rule.when));
    if (!begins) continue;
    if (rule.until) {
      if (isTrue(evaluate(world, rule.until))) open.delete(rule);
      else open.add(rule);
    }
    if (rule.action) execute(world, rule.action);
    else print(world, `${world.line}\n`);
  }
}

/** Runs one after the other; what `exit` says, if it is said. */
function runAll(world: Running, rules: readonly Rule[]): number {
  let status = 0;
  /** Whether it goes on afterwards: what is left with something else than exit is left where it stands. */
  const goesOn = (work: () => void): boolean => {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Leave)) throw error;
      status = error.status ?? status;
      return error.how !== 'exit';
    }
  };
  const section = (when: 'BEGIN' | 'END'): boolean =>
    goesOn(() => {
      for (const rule of rules) if (rule.when === when && rule.action) execute(world, rule.action);
    });
  if (section('BEGIN') && rules.some(({ when }) => when !== 'BEGIN')) {
    const open = new Set<Rule>();
    for (let line = world.nextRecord('input', ''); typeof line === 'string'; line = world.nextRecord('input', '')) {
      world.variables.set('NR', numberOf(world.variables.get('NR') ?? 0) + 1);
      world.variables.set('FNR', numberOf(world.variables.get('FNR') ?? 0) + 1);
      setLine(world, line);
      if (!goesOn(() => runRules(world, rules, open))) break;
    }
  }
  section('END');
  return status;
}

/** The program, its operands, and the variables that it begins with; a status where a file of it is not there. */
function read(args: readonly string[], io: CommandIo) {
  const variables = new Map<string, Value>([
    ['NR', 0],
    ['SUBSEP', '\x1c'],
  ]);
  let program: string | undefined;
  let at = 0;
  for (; /^-./.test(args[at] ?? ''); at++) {
    const word = args[at] as string;
    const value = (): string => (word.length > 2 ? word.slice(2) : (args[++at] ?? ''));
    if (word === '--') {
      at++;
      break;
    }
    if (word.startsWith('-F')) variables.set('FS', withEscapes(value() || ' '));
    else if (word.startsWith('-v')) {
      const [name = '', ...text] = value().split('=');
      variables.set(name, given(withEscapes(text.join('='))));
    } else if (word.startsWith('-f')) {
      const path = value();
      const text = path === '-' ? io.input : readFile(io, path);
      if (text === undefined)
        return fail(io, `awk: can't open '${path}': No such file or directory`, isBusyBox(io.host) ? 1 : 2);
      program = `${program ?? ''}${text}\n`;
    }
  }
  const plain = args.slice(program === undefined ? at + 1 : at);
  return { variables, plain, program: program ?? args[at] ?? '' };
}

/** awk, with -F, -v and -f. */
export const awk: Command = (args, io) => {
  const said = read(args, io);
  if (typeof said === 'number') return said;
  const { variables, plain, program } = said;
  const world: Running = {
    variables,
    arrays: new Map<string, Map<string, Value>>([
      ['ENVIRON', new Map(io.environment().map(([name, text]) => [name, given(text)]))],
      ['ARGV', new Map(['awk', ...plain].map((word, at) => [String(at), given(word)]))],
    ]),
    patterns: new Map(),
    texts: new Map(),
    invoke: (name, values) => {
      const found = functions.get(name);
      return found && invoke(world, found, values);
    },
    ...reaching(
      io,
      () => world,
      () => {
        // Operands such as `x=1` set variables.
        const operands = plain.flatMap((word) => /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? []);
        for (let at = 0; at < operands.length; at += 3)
          variables.set(operands[at + 1] ?? '', given(withEscapes(operands[at + 2] ?? '')));
        const found = contents(
          plain.filter((word) => !/^[A-Za-z_]\w*=/.test(word)),
          io,
          'awk',
        );
        status = found.status;
        return found;
      },
    ),
    line: '',
    fields: [],
    output: '',
    work: 0,
    depth: 0,
  };
  let functions: ReadonlyMap<string, AwkFunction> = new Map();
  let status = 0;
  try {
    const parsed = parseAwk(program);
    functions = parsed.functions;
    variables.set('ARGC', plain.length + 1);
    const code = runAll(world, parsed.rules);
    status = code || status;
  } catch (error) {
    if (!(error instanceof AwkError)) throw error;
    flush(world, io);
    if (!isBusyBox(io.host)) return fail(io, `awk: line ${error.line}: ${error.message}`, 2);
    return fail(io, `awk: cmd. line:${error.line}: ${error.ofBusyBox}`);
  } finally {
    io.budget.instructions -= Math.floor(world.work / 50);
  }
  flush(world, io);
  for (const [path, printed] of world.texts) status = deliver(io, path, printed) || status;
  return status;
};
