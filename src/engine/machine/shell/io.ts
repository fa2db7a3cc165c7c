/** What a utility is given: its input and output, and what it may ask of the shell that runs it. */
import { bound } from './accept';
import { shellKind } from './held-programs';
import { type CommandIo, charge, type ListedProcess } from './host';
import { environmentOf, hasWriter, type Process, type Running, variableOf } from './processes';
import type { CommandResult } from './results';

/** Thrown by a utility that reads what has not all come yet. */
export class NeedsInput extends Error {
  constructor(readonly pipe: number) {
    super('input');
  }
}

/** Everything that comes on a process's standard input. */
function inputOf(running: Running, process: Process): string {
  const target = process.descriptors[0];
  if (target?.kind !== 'pipe') return '';
  if (hasWriter(running, target.id)) throw new NeedsInput(target.id);
  const text = running.pipes.get(target.id)?.text ?? '';
  running.pipes.set(target.id, { text: '' });
  charge(running.budget, text.length);
  return text;
}

/** The processes of a table, those of its container that are not in it, and the programs that shells wait for. */
export function listedProcesses(running: Running): ListedProcess[] {
  const own = [...running.processes.values()]
    .filter(({ exit }) => exit === undefined)
    .flatMap(({ pid, shell, title, wait, isReplaced, frames }) => {
      const isOnly = pid !== shell && frames.length === 1 && frames[0]?.node.kind === 'simple';
      if (isOnly && wait && 'title' in wait) return [{ pid, title: wait.title }];
      const program = wait && 'title' in wait && !isReplaced ? [{ pid: wait.pid, title: wait.title }] : [];
      return [{ pid, title }, ...program];
    });
  return [...(running.host.others?.() ?? []), ...own].sort((a, b) => a.pid - b.pid);
}

/** Which shell calls, and on which line. */
function shellOf({ host }: Running, process: Process): NonNullable<CommandIo['shell']> {
  const node = process.frames.at(-1)?.node;
  const line = node?.kind === 'simple' ? (node.line ?? 0) : 0;
  return { kind: shellKind(host, process), name: process.name, line };
}

/** Whether somebody listens on a port: what has ended in this wake does not any more. */
export function isBound({ host, bound: before, processes }: Running, port: number, isUdp: boolean): boolean {
  const isIt = (one: { port: number; isUdp: boolean }): boolean => one.port === port && one.isUdp === isUdp;
  if (bound(processes.values()).some(isIt)) return true;
  const others = host.network?.listening() ?? [];
  return !before.some(isIt) && others.some((one) => isIt({ port: one.port, isUdp: one.protocol === 'udp' }));
}

type Call = (words: readonly string[], io: CommandIo) => CommandResult;

/** Input and output of a utility; `part` is a part of its input, when that is all it is to see. */
export function ioOf(running: Running, process: Process, call: Call, part?: string): CommandIo {
  const { host, budget } = running;
  let whole: string | undefined = part;
  if (host.network) Object.assign(host.network, { sender: process, written: host.outer ?? host });
  const io: CommandIo = {
    host,
    budget,
    input: '',
    output: '',
    errors: '',
    cwd: process.cwd,
    ...(process.isReplaced ? {} : { shell: shellOf(running, process) }),
    variable: (name) => variableOf(running, process, name),
    environment: () => environmentOf(running, process),
    processes: () => listedProcesses(running),
    isBound: (port, isUdp) => isBound(running, port, isUdp),
    call: (words, input, around) => {
      // A program of its own, not what the shell has itself.
      const inner: CommandIo = { ...io, ...around, shell: undefined, input, output: '', errors: '' };
      let result = call(words, inner);
      while (typeof result === 'object' && 'runs' in result) {
        const { runs, variables = inner.environment() } = result;
        const known = new Map(variables);
        Object.assign(inner, { environment: () => variables, variable: (key: string) => known.get(key) });
        result = call(runs, inner);
      }
      io.output += inner.output;
      io.errors += inner.errors;
      return result;
    },
  };
  // Whoever copies what a utility is given has not read its input.
  return Object.defineProperty(io, 'input', {
    enumerable: false,
    get: () => {
      whole ??= inputOf(running, process);
      return whole;
    },
  });
}
