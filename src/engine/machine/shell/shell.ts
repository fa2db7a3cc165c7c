/**
 * Runs a compiled shell program until it sleeps, ends or serves. Its state is plain data and is resumed where it stood.
 * Follows POSIX.1-2017, Shell Command Language, 2.6 (expansions: parameters, command substitution, integer arithmetic).
 *
 * Bounds: a wake has a budget of instructions, which substitutions and inner shells share; a program that uses it up goes on a second
 * later. Sleeps of less than a millisecond cost instructions instead of time, and one that sleeps shorter than 50 ms hundreds of
 * times in a row sleeps longer and longer, up to a second. Too much memory or nesting ends the program as it would end a real shell.
 */
import { arithmetic } from './arithmetic';
import { expandAll, expandText } from './expansion';
import {
  type Budget,
  type CommandIo,
  MAX_MEMORY,
  outOfMemory,
  readFile,
  ShellFault,
  type ShellHost,
  writeFile,
} from './host';
import { invoke, isShell, sleepFor } from './invocation';
import { compileShell, type Instruction } from './program';
import {
  assign,
  Endless,
  type InnerRun,
  type Machine,
  resumed,
  SHELL_START,
  type ShellEffect,
  type ShellRun,
  type ShellState,
  stateOf,
} from './state';

export { isShell, SHELL_START, type ShellState };

/** Instructions of one wake. */
const MAX_INSTRUCTIONS = 1_000;
/** How far substitutions and inner shells, which can't be left and come back to, may go beyond. */
const OVERDRAFT = 5_000;
/** How many shells may run inside one another. */
const MAX_SHELLS = 20;
/** Characters of text whose compilation costs as much as an instruction. */
const SOURCE_COST = 5;
const MAX_OUTPUT = 10_240;
const BUSY_LOOP_MS = 1_000;
/** How often a program inside another may sleep before it counts as one that never ends. */
const MAX_INNER_SLEEPS = 100;

/** The budget of one wake. */
export function newBudget(): Budget {
  return { instructions: MAX_INSTRUCTIONS, depth: 0 };
}

/** Runs from a state until the next effect. Files that change are replaced in `host.files`. */
export function runShell(
  code: readonly Instruction[],
  state: ShellState,
  host: ShellHost,
  budget: Budget = newBudget(),
): ShellRun {
  const machine = resumed(state, { host, budget }, (own) => ({
    substitute: (source) => substitute(source, own()),
    compute: arithmetic,
    inside: (source) => runInsideToEnd(source, own()),
  }));
  let effect: ShellEffect;
  try {
    effect = advance(code, machine);
  } catch (error) {
    effect = effectOf(error, machine);
  }
  return { state: stateOf(machine), effect, output: machine.output, errors: machine.errors };
}

function effectOf(error: unknown, machine: Machine): ShellEffect {
  if (error instanceof Endless) return { kind: 'forever' };
  if (!(error instanceof ShellFault)) throw error;
  complain(machine, `${error.message}\n`);
  return { kind: 'exit', code: error.code };
}

function advance(code: readonly Instruction[], machine: Machine): ShellEffect {
  const { budget } = machine;
  while (machine.pc < code.length) {
    if (budget.depth > 0 ? budget.instructions <= -OVERDRAFT : budget.instructions <= 0) return busy(machine);
    budget.instructions--;
    const instruction = code[machine.pc] as Instruction;
    machine.pc++;
    const effect = execute(instruction, machine);
    if (machine.owedMs > 0 && (!effect || effect.kind === 'sleep'))
      return { kind: 'sleep', ms: machine.owedMs + (effect?.ms ?? 0) };
    if (effect) return effect;
  }
  return { kind: 'exit', code: machine.status };
}

/** The budget is used up: the program goes on a second later, an inner one never gets there. */
function busy(machine: Machine): ShellEffect {
  return machine.budget.depth > 0 ? { kind: 'forever' } : { kind: 'sleep', ms: BUSY_LOOP_MS };
}

function execute(instruction: Instruction, machine: Machine): ShellEffect | undefined {
  switch (instruction.op) {
    case 'jump':
      machine.pc = instruction.to;
      return undefined;
    case 'jump-if-failed':
      if (machine.status !== 0) machine.pc = instruction.to;
      return undefined;
    case 'jump-if-ok':
      if (machine.status === 0) machine.pc = instruction.to;
      return undefined;
    case 'negate':
      machine.status = machine.status === 0 ? 1 : 0;
      return undefined;
    case 'push-list':
      pushList(instruction.words, machine);
      return undefined;
    case 'next-item':
      nextItem(instruction, machine);
      return undefined;
    case 'drop-list': {
      const dropped = machine.lists.pop();
      for (const word of dropped?.words ?? []) machine.memory -= word.length + 1;
      return undefined;
    }
    case 'run':
      return runCommand(instruction, machine);
  }
}

function pushList(words: Extract<Instruction, { op: 'push-list' }>['words'], machine: Machine): void {
  const items = expandAll(words, machine);
  for (const item of items) machine.memory += item.length + 1;
  if (machine.memory > MAX_MEMORY) throw outOfMemory();
  machine.lists.push({ words: items, at: 0 });
}

function nextItem({ name, to }: Extract<Instruction, { op: 'next-item' }>, machine: Machine): void {
  const list = machine.lists.at(-1);
  const item = list?.words[list.at];
  if (!list || item === undefined) machine.pc = to;
  else {
    machine.lists[machine.lists.length - 1] = { words: list.words, at: list.at + 1 };
    assign(machine, name, item);
  }
}

function runCommand(instruction: Extract<Instruction, { op: 'run' }>, machine: Machine): ShellEffect | undefined {
  machine.substituted = undefined;
  for (const { name, value } of instruction.assigns) assign(machine, name, expandText(value, machine));
  const argv = expandAll(instruction.words, machine);
  if (argv[0] === 'exec') argv.shift();
  const { host, budget } = machine;
  const inputPath = instruction.input && expandText(instruction.input, machine);
  const input = inputPath ? (readFile(host, inputPath) ?? '') : instruction.fromPipe ? machine.pipe : '';
  const io: CommandIo = { host, budget, input, output: '', errors: '' };
  const result = argv.length === 0 ? (machine.substituted ?? 0) : invoke(argv, io, machine);
  if (typeof result === 'object' && 'sleepMs' in result) {
    io.output += result.then?.output ?? '';
    io.errors += result.then?.errors ?? '';
  }
  const isWritten = settleOutput(instruction, io, machine);
  if (typeof result === 'number') machine.status = isWritten ? result : 1;
  else if (instruction.background) machine.status = 0;
  else if (result === 'forever' || result === 'server') return { kind: result };
  else if ('exit' in result) return { kind: 'exit', code: result.exit };
  else {
    machine.status = result.then?.status ?? 0;
    return sleepFor(result.sleepMs, machine);
  }
  return undefined;
}

/** Sends what a command printed where it belongs; false when a file could not be written. */
function settleOutput(instruction: Extract<Instruction, { op: 'run' }>, io: CommandIo, machine: Machine): boolean {
  if (instruction.merges) {
    io.output += io.errors;
    io.errors = '';
  }
  let problem: string | undefined;
  for (const { target, append, output } of instruction.redirects) {
    const text = output ? io.output : io.errors;
    problem ??= writeFile(io, expandText(target, machine), text, append);
    if (output) io.output = '';
    else io.errors = '';
  }
  complain(machine, io.errors);
  if (instruction.intoPipe) {
    machine.memory += io.output.length - machine.pipe.length;
    machine.pipe = io.output;
  } else tell(machine, io.output);
  if (problem !== undefined) complain(machine, `sh: write error: ${problem}\n`);
  return problem === undefined;
}

/** What a program prints: all of it inside a substitution, else the beginning, which is all that anybody reads. */
function tell(machine: Machine, text: string): void {
  if (machine.budget.depth === 0) {
    if (machine.output.length < MAX_OUTPUT) machine.output += text;
    return;
  }
  if (machine.output.length + text.length > MAX_MEMORY) throw outOfMemory();
  machine.output += text;
}

/** What a program says on standard error. */
function complain(machine: Machine, text: string): void {
  if (machine.budget.depth === 0) tell(machine, text);
  else if (machine.errors.length < MAX_OUTPUT) machine.errors += text;
}

/** Runs a program inside another, on the same budget. */
function runInside(source: string, state: ShellState, machine: Machine): ShellRun | undefined {
  const { budget } = machine;
  if (budget.depth >= MAX_SHELLS) throw new ShellFault("sh: can't fork: Resource temporarily unavailable", 2);
  budget.instructions -= Math.ceil(source.length / SOURCE_COST);
  const code = compileShell(source);
  if (!code) return undefined;
  budget.depth++;
  try {
    return runShell(code, state, machine.host, budget);
  } finally {
    budget.depth--;
  }
}

/** Runs a program inside another to its end; what it sleeps, its caller sleeps afterwards. Undefined when it can't be read. */
function runInsideToEnd(source: string, machine: Machine): InnerRun | undefined {
  let state: ShellState = { ...SHELL_START, variables: Object.fromEntries(machine.variables) };
  let output = '';
  let errors = '';
  for (let runs = 0; runs < MAX_INNER_SLEEPS; runs++) {
    const run = runInside(source, state, machine);
    if (!run) return undefined;
    if (output.length + run.output.length > MAX_MEMORY) throw outOfMemory();
    output += run.output;
    errors += run.errors;
    if (run.effect.kind !== 'sleep') return { output, errors, effect: run.effect };
    machine.owedMs += run.effect.ms;
    state = run.state;
  }
  return { output, errors, effect: { kind: 'forever' } };
}

/** What a substitution prints, without the newlines at its end. One that never ends keeps its caller waiting for ever. */
function substitute(source: string, machine: Machine): string {
  const run = runInsideToEnd(source, machine);
  if (!run) return '';
  const { output, effect } = run;
  complain(machine, run.errors);
  if (effect.kind === 'forever') throw new Endless();
  machine.status = effect.kind === 'exit' ? effect.code : 0;
  machine.substituted = machine.status;
  let end = output.length;
  while (output[end - 1] === '\n') end--;
  return output.slice(0, end);
}
