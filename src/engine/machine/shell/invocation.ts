/** Calls what a command line names: a built-in, an inner shell, a utility, the image's server. */
import { COMMANDS } from './commands';
import { append, type CommandIo, type CommandResult, fail } from './host';
import { assign, type Machine, type ShellEffect } from './state';

const BUSY_LOOP_MS = 1_000;
/** What a sleep of less than a millisecond costs. */
const TINY_SLEEP_COST = 50;
const SHORT_SLEEP_MS = 50;
/** After so many short sleeps in a row they become longer: 10 ms, doubled after as many again. */
const SHORT_SLEEPS = 200;
const LAST_DOUBLING = 7;

/** What sleeping comes to: nothing for less than a millisecond, and more than asked for after hundreds of short sleeps. */
export function sleepFor(ms: number, machine: Machine): ShellEffect | undefined {
  if (ms < 1) {
    machine.budget.instructions -= TINY_SLEEP_COST;
    return undefined;
  }
  machine.shortSleeps = ms < SHORT_SLEEP_MS ? machine.shortSleeps + 1 : 0;
  const doublings = Math.floor(machine.shortSleeps / SHORT_SLEEPS) - 1;
  const floorMs = doublings < 0 ? 1 : Math.min(BUSY_LOOP_MS, 10 * 2 ** Math.min(doublings, LAST_DOUBLING));
  return { kind: 'sleep', ms: Math.max(ms, floorMs) };
}

/** Calls a command. */
export function invoke(argv: readonly string[], io: CommandIo, machine: Machine): CommandResult {
  const path = argv[0] as string;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const args = argv.slice(1);
  if (isShell(name)) return invokeShell(args, io, machine);
  if (name === 'export') {
    for (const argument of args) {
      const equals = argument.indexOf('=');
      if (equals > 0) assign(machine, argument.slice(0, equals), argument.slice(equals + 1));
    }
    return 0;
  }
  if (name === 'trap') {
    const code = /exit\s{0,9}(\d{0,9})/.exec(args[0] ?? '');
    if (code && args.some((argument) => argument === 'TERM' || argument === 'SIGTERM'))
      machine.trapCode = Number(code[1] || 0) & 255;
    return 0;
  }
  const command = COMMANDS.get(name);
  if (command) return command(args, io, name);
  if (machine.host.servers.includes(name)) return args.includes('-t') || args.includes('-s') ? 0 : 'server';
  if (!machine.host.bare) return 'server';
  return fail(io, `sh: ${path}: not found`, 127);
}

/** True for the names shells go by. */
export function isShell(name: string): boolean {
  return name === 'sh' || name === 'bash' || name === 'ash' || name === 'dash' || name === 'zsh';
}

/** `sh -c TEXT` inside a program. */
function invokeShell(args: readonly string[], io: CommandIo, machine: Machine): CommandResult {
  const flag = args.findIndex((argument) => /^-\w*c$/.test(argument));
  const run = flag < 0 ? undefined : machine.inside(args[flag + 1] ?? '');
  if (!run) return 'server';
  append(io, run.output);
  io.errors += run.errors;
  const { effect } = run;
  if (effect.kind === 'exit') return effect.code;
  return effect.kind === 'server' ? 'server' : 'forever';
}
