/**
 * Runs a compiled shell program until it sleeps, ends or serves. Its state is plain data and is resumed where it stood.
 * Follows POSIX.1-2017, Shell Command Language, 2.6 (expansions: parameters, command substitution, integer arithmetic).
 * A program that loops without sleeping is stopped after a thousand instructions and goes on a second later.
 */
import { arithmetic } from './arithmetic';
import { COMMANDS, type CommandIo, type CommandResult, type ShellHost, writeFile } from './commands';
import { compileShell, type Instruction } from './program';
import type { Word, WordPart } from './words';

/** Where a program stands. Replaced, never mutated. */
export interface ShellState {
  readonly pc: number;
  readonly status: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly lists: readonly (readonly string[])[];
  readonly pipe: string;
  /** Exit code of a `trap … TERM`, when one was set. */
  readonly trapCode?: number;
}

/** Why a program stopped for now. */
export type ShellEffect =
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'exit'; readonly code: number }
  /** It waits for ever and serves nothing. */
  | { readonly kind: 'forever' }
  /** It has become the image's server. */
  | { readonly kind: 'server' };

/** What a run came to. */
export interface ShellRun {
  readonly state: ShellState;
  readonly effect: ShellEffect;
  readonly output: string;
}

/** A program before its first instruction. */
export const SHELL_START: ShellState = { pc: 0, status: 0, variables: {}, lists: [], pipe: '' };

const MAX_INSTRUCTIONS = 1000;
const MAX_OUTPUT = 10_240;
const BUSY_LOOP_MS = 1000;

interface Machine {
  readonly host: ShellHost;
  pc: number;
  status: number;
  variables: Record<string, string>;
  lists: string[][];
  pipe: string;
  trapCode: number | undefined;
  output: string;
  budget: number;
}

/** Runs from a state until the next effect. Files that change are replaced in `host.files`. */
export function runShell(code: readonly Instruction[], state: ShellState, host: ShellHost): ShellRun {
  const machine: Machine = {
    host,
    pc: state.pc,
    status: state.status,
    variables: { ...state.variables },
    lists: state.lists.map((items) => items.slice()),
    pipe: state.pipe,
    trapCode: state.trapCode,
    output: '',
    budget: MAX_INSTRUCTIONS,
  };
  const effect = advance(code, machine);
  const { pc, status, variables, lists, pipe, trapCode, output } = machine;
  return {
    state: { pc, status, variables, lists, pipe, ...(trapCode === undefined ? {} : { trapCode }) },
    effect,
    output,
  };
}

function advance(code: readonly Instruction[], machine: Machine): ShellEffect {
  while (machine.pc < code.length) {
    if (machine.budget-- <= 0) return { kind: 'sleep', ms: BUSY_LOOP_MS };
    const instruction = code[machine.pc] as Instruction;
    machine.pc++;
    const effect = execute(instruction, machine);
    if (effect) return effect;
  }
  return { kind: 'exit', code: machine.status };
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
      machine.lists.push(instruction.words.flatMap((word) => expandFields(word, machine)));
      return undefined;
    case 'next-item': {
      const item = machine.lists[machine.lists.length - 1]?.shift();
      if (item === undefined) machine.pc = instruction.to;
      else machine.variables[instruction.name] = item;
      return undefined;
    }
    case 'drop-list':
      machine.lists.pop();
      return undefined;
    case 'run':
      return runCommand(instruction, machine);
  }
}

function runCommand(instruction: Extract<Instruction, { op: 'run' }>, machine: Machine): ShellEffect | undefined {
  for (const { name, value } of instruction.assigns) machine.variables[name] = expandText(value, machine);
  const argv = instruction.words.flatMap((word) => expandFields(word, machine));
  if (argv[0] === 'exec') argv.shift();
  const inputPath = instruction.input && expandText(instruction.input, machine);
  const input = inputPath ? (machine.host.files[inputPath] ?? '') : instruction.fromPipe ? machine.pipe : '';
  const io: CommandIo = { host: machine.host, input, output: '' };
  const result = argv.length === 0 ? 0 : invoke(argv, io, machine);
  settleOutput(instruction, io, machine);
  if (typeof result === 'number') machine.status = result;
  else if (instruction.background) machine.status = 0;
  else if (result === 'forever' || result === 'server') return { kind: result };
  else if ('exit' in result) return { kind: 'exit', code: result.exit };
  else {
    machine.status = 0;
    return { kind: 'sleep', ms: result.sleepMs };
  }
  return undefined;
}

function settleOutput(instruction: Extract<Instruction, { op: 'run' }>, io: CommandIo, machine: Machine): void {
  let kept = true;
  for (const redirect of instruction.redirects) {
    if (!redirect.output) continue;
    writeFile(io, expandText(redirect.target, machine), io.output, redirect.append);
    kept = false;
  }
  if (instruction.intoPipe) machine.pipe = kept ? io.output : '';
  else if (kept && machine.output.length < MAX_OUTPUT) machine.output += io.output;
}

function invoke(argv: readonly string[], io: CommandIo, machine: Machine): CommandResult {
  const path = argv[0] as string;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const args = argv.slice(1);
  if (isShell(name)) return invokeShell(args, io, machine);
  if (name === 'export') {
    for (const argument of args) {
      const equals = argument.indexOf('=');
      if (equals > 0) machine.variables[argument.slice(0, equals)] = argument.slice(equals + 1);
    }
    return 0;
  }
  if (name === 'trap') {
    const code = /exit\s*(\d*)/.exec(args[0] ?? '');
    if (code && args.some((argument) => argument === 'TERM' || argument === 'SIGTERM'))
      machine.trapCode = Number(code[1] || 0);
    return 0;
  }
  const command = COMMANDS.get(name);
  if (command) return command(args, io, name);
  if (machine.host.servers.includes(name)) return args.includes('-t') || args.includes('-s') ? 0 : 'server';
  if (!machine.host.bare) return 'server';
  io.output += `sh: ${path}: not found\n`;
  return 127;
}

/** True for the names shells go by. */
export function isShell(name: string): boolean {
  return name === 'sh' || name === 'bash' || name === 'ash' || name === 'dash' || name === 'zsh';
}

/** `sh -c TEXT` inside a program: run at once; what it would sleep is slept by the caller. */
function invokeShell(args: readonly string[], io: CommandIo, machine: Machine): CommandResult {
  const flag = args.findIndex((argument) => /^-\w*c$/.test(argument));
  const code = flag < 0 ? undefined : compileShell(args[flag + 1] ?? '');
  if (!code) return 'server';
  let sleptMs = 0;
  let state: ShellState = { ...SHELL_START, variables: machine.variables };
  for (let runs = 0; runs < 100; runs++) {
    const run = runShell(code, state, machine.host);
    io.output += run.output;
    if (run.effect.kind === 'exit')
      return sleptMs > 0 && run.effect.code === 0 ? { sleepMs: sleptMs } : run.effect.code;
    if (run.effect.kind !== 'sleep') return run.effect.kind;
    sleptMs += run.effect.ms;
    state = run.state;
  }
  return 'forever';
}

function expandPart(part: WordPart, machine: Machine): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'variable':
      return variable(part.name, machine) || part.fallback || '';
    case 'arithmetic':
      return String(arithmetic(part.source, (name) => variable(name, machine)));
    case 'command':
      return substitute(part.source, machine);
  }
}

function variable(name: string, machine: Machine): string {
  if (name === '?') return String(machine.status);
  if (name === '$') return '1';
  return (
    machine.variables[name] ?? machine.host.environment[name] ?? (name === 'HOSTNAME' ? machine.host.hostname : '')
  );
}

function substitute(source: string, machine: Machine): string {
  const code = compileShell(source);
  if (!code) return '';
  const run = runShell(code, { ...SHELL_START, variables: machine.variables }, machine.host);
  machine.status = run.effect.kind === 'exit' ? run.effect.code : 0;
  return run.output.replace(/\n+$/, '');
}

function expandText(word: Word, machine: Machine): string {
  let text = '';
  for (const part of word) text += expandPart(part, machine);
  return text;
}

/** Expands a word to fields: unquoted expansions are split at white space and vanish when empty. */
function expandFields(word: Word, machine: Machine): string[] {
  const fields: string[] = [];
  let current = '';
  let open = false;
  for (const part of word) {
    const text = expandPart(part, machine);
    if (part.quoted || part.kind === 'text') {
      current += text;
      open = true;
      continue;
    }
    const pieces = text.split(/\s+/);
    pieces.forEach((piece, index) => {
      if (index > 0) {
        if (open) fields.push(current);
        current = '';
        open = false;
      }
      if (piece !== '') {
        current += piece;
        open = true;
      }
    });
  }
  if (open) fields.push(current);
  return fields;
}
