/** awk: fields, conditions, sums, arrays. Follows POSIX.1-2017 (awk); what is left out stands in awk-parser.ts. */

import { AwkError } from './awk-expressions';
import { parseAwk, type Rule, type Statement } from './awk-parser';
import {
  arrayOf,
  evaluate,
  isTrue,
  keyOf,
  numberOf,
  setLine,
  spend,
  textOf,
  type Value,
  type World,
} from './awk-values';
import { contents } from './file-commands';
import { formatAll, withEscapes } from './format-commands';
import { append, type Command, fail, outOfMemory } from './host';
import { linesIn } from './text-commands';

/** Thrown by next, exit, break and continue. */
class Leave extends Error {
  constructor(
    readonly how: 'next' | 'exit' | 'break' | 'continue',
    readonly status = 0,
  ) {
    super(how);
  }
}

function print(world: World, text: string): void {
  if (world.output.length + text.length > 1_000_000) throw outOfMemory();
  world.output += text;
}

function execute(world: World, statement: Statement): void {
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
      );
      return;
    }
    case 'printf': {
      const [format = '', ...values] = statement.args.map((one) => textOf(evaluate(world, one)));
      print(world, formatAll(format, values));
      return;
    }
    case 'if':
      if (isTrue(evaluate(world, statement.of))) execute(world, statement.yes);
      else if (statement.no) execute(world, statement.no);
      return;
    case 'while':
      while (isTrue(evaluate(world, statement.of))) {
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
    case 'exit':
      throw new Leave('exit', statement.of ? numberOf(evaluate(world, statement.of)) : 0);
    default:
      throw new Leave(statement.does);
  }
}

/** Runs the body of a loop; false when it is left. */
function runBody(world: World, body: Statement): boolean {
  try {
    execute(world, body);
    return true;
  } catch (error) {
    if (error instanceof Leave && error.how === 'continue') return true;
    if (error instanceof Leave && error.how === 'break') return false;
    throw error;
  }
}

function runRules(world: World, rules: readonly Rule[], open: Set<Rule>): void {
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
function runAll(world: World, rules: readonly Rule[], texts: () => readonly string[]): number {
  const section = (when: 'BEGIN' | 'END'): void => {
    for (const rule of rules) if (rule.when === when && rule.action) execute(world, rule.action);
  };
  let status = 0;
  try {
    section('BEGIN');
    if (rules.every(({ when }) => when === 'BEGIN')) return 0;
    const open = new Set<Rule>();
    let number = 0;
    for (const line of texts().flatMap(linesIn)) {
      world.variables.set('NR', ++number);
      world.variables.set('FNR', number);
      setLine(world, line);
      try {
        runRules(world, rules, open);
      } catch (error) {
        if (!(error instanceof Leave) || error.how !== 'next') throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof Leave) || error.how !== 'exit') throw error;
    status = error.status;
  }
  section('END');
  return status;
}

/** awk, with -F and -v. */
export const awk: Command = (args, io) => {
  const variables = new Map<string, Value>();
  const plain: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    if (word.startsWith('-F')) variables.set('FS', withEscapes(word.length > 2 ? word.slice(2) : (args[++at] ?? ' ')));
    else if (word.startsWith('-v')) {
      const [name = '', ...value] = (word.length > 2 ? word.slice(2) : (args[++at] ?? '')).split('=');
      variables.set(name, withEscapes(value.join('=')));
    } else plain.push(word);
  }
  const [program = '', ...paths] = plain;
  const world: World = {
    variables,
    arrays: new Map(),
    patterns: new Map(),
    line: '',
    fields: [],
    output: '',
    work: 0,
  };
  let status = 0;
  try {
    const code = runAll(world, parseAwk(program), () => {
      const found = contents(paths, io, 'awk');
      status = found.status;
      return found.texts;
    });
    status = code || status;
  } catch (error) {
    if (!(error instanceof AwkError)) throw error;
    return fail(io, `awk: ${error.message}`, 2);
  } finally {
    io.budget.instructions -= Math.floor(world.work / 50);
  }
  append(io, world.output);
  return status;
};
