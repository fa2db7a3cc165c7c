/** Calls utilities by their names. */
import { stressBy } from '../stress';
import { COMMANDS } from './commands';
import { type CommandResult, ShellFault } from './host';
import type { ioOf } from './io';
import { lastOf } from './paths';
import type { Process, Running } from './processes';

/** True for the names shells go by. */
export function isShell(name: string): boolean {
  return name === 'sh' || name === 'bash' || name === 'ash' || name === 'dash' || name === 'zsh';
}

/** Calls a utility by its name; a program that nobody knows is the image's own where it has one. */
export function call(words: readonly string[], io: ReturnType<typeof ioOf>): CommandResult {
  const path = words[0] as string;
  const name = lastOf(path);
  const command = COMMANDS.get(name);
  if (command) return command(words.slice(1), io, name);
  if (io.host.servers.includes(name)) return words.includes('-t') || words.includes('-s') ? 0 : 'server';
  if (!io.host.bare && /^stress(-ng)?$/.test(name)) return beginStress(words, io);
  if (!io.host.bare) return 'server';
  io.errors += `sh: ${path}: not found\n`;
  return 127;
}

/** stress goes on until its time is over; what it uses the machine sees by its name. */
function beginStress(words: readonly string[], io: ReturnType<typeof ioOf>): CommandResult {
  const { exit } = stressBy(words);
  io.output += `${words[0]}: info: [1] dispatching hogs\n`;
  if (!exit) return 'forever';
  const then = { output: `${words[0]}: info: [1] successful run completed in ${exit.afterMs / 1000}s\n` };
  return { sleepMs: exit.afterMs, then };
}

/** How `xargs` and the like call other commands. */
export function callOf(running: Running, process: Process) {
  return (words: readonly string[], io: ReturnType<typeof ioOf>): CommandResult => {
    running.budget.instructions--;
    if (running.budget.instructions < -5_000) throw new ShellFault('sh: out of memory', 2);
    const name = lastOf(words[0] ?? '');
    if (!isShell(name) && !process.functions.has(name)) return call(words, io);
    io.errors += `${name}: not run from here\n`;
    return 126;
  };
}
