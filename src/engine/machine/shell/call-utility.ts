/** Calls utilities by their names. */
import { isBusyBoxServer } from '../file-servers';
import { stressBy } from '../stress';
import { COMMANDS } from './commands';
import { askDatabase, isDatabaseClient } from './database-clients';
import { isBusyBox, programObstacle } from './held-programs';
import { ShellFault } from './host';
import { interpret, interpreterOf, isPackageServer } from './interpreters';
import type { ioOf } from './io';
import { refuseOptions } from './known-options';
import { refuseNothing } from './missing-operands';
import { lastOf } from './paths';
import type { Process, Running } from './processes';
import type { CommandResult } from './results';
import { leavesCaller } from './serve';
import { tellServer } from './server-control';
import { askVault } from './vault';

/** True for the names shells go by. */
export function isShell(name: string): boolean {
  return name === 'sh' || name === 'bash' || name === 'ash' || name === 'dash' || name === 'zsh';
}

/** What a program at a path of its own is given: it is not what the shell has itself. */
function withoutShell(io: ReturnType<typeof ioOf>): ReturnType<typeof ioOf> {
  io.shell = undefined;
  return io;
}

/** Calls a program that is there by its name: a utility, or one of the image's own. */
export function call(words: readonly string[], io: ReturnType<typeof ioOf>): CommandResult {
  const name = lastOf(words[0] as string);
  const command = COMMANDS.get(name);
  if (command) {
    const args = words.slice(1);
    return (
      refuseNothing(args, io, name) ??
      refuseOptions(args, io, name) ??
      command(args, name === words[0] ? io : withoutShell(io), name)
    );
  }
  const told = tellServer(words, io);
  if (told !== undefined) return told;
  const answer = io.host.says?.([name, ...words.slice(1)]);
  if (answer) {
    io.output += answer.output ?? '';
    io.errors += answer.errors ?? '';
    return answer.status ?? 0;
  }
  if (/^stress(-ng)?$/.test(name)) return beginStress(words, io);
  const language = interpreterOf(name);
  if (language !== undefined) {
    const result = interpret(words, io, language);
    return result === 'server' && isOver(io, name) ? 0 : result;
  }
  if (isPackageServer(name, words.slice(1))) return isOver(io, name) ? 0 : 'server';
  if (isDatabaseClient(words[0] as string)) return askDatabase(words, io, name);
  const said = name === 'vault' ? askVault(words.slice(1), io) : undefined;
  if (said !== undefined) return said;
  // What other programs of an image would say is not known; they succeed.
  const isQuestion = words.includes('-t') || words.includes('-s') || words.includes('-v');
  if (!isBusyBoxServer(io.host, name) && (io.host.tools.includes(name) || isQuestion || isOver(io, name))) return 0;
  return leavesCaller(words, io) ? { daemon: words } : 'server';
}

/** Whether a program of which nothing is known has done its work. */
const isOver = ({ host }: ReturnType<typeof ioOf>, name: string): boolean =>
  host.isTask === true && !host.servers.includes(name);

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
    if (!process.functions.has(name) && programObstacle(io, words[0] ?? '') !== undefined) {
      const caller = lastOf(process.frames.at(-1)?.words?.find((word) => word !== 'exec') ?? 'sh');
      const isPlain = caller === 'xargs' || caller === 'find' || !isBusyBox(io.host);
      io.errors += `${caller}: ${isPlain ? words[0] : `can't execute '${words[0]}'`}: No such file or directory\n`;
      return 127;
    }
    if (isShell(name) && running.nest) return running.nest(words, process, io);
    if (!process.functions.has(name)) return call(words, io);
    io.errors += `${name}: not run from here\n`;
    return 126;
  };
}
