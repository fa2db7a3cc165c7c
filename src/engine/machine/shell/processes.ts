/**
 * The processes of one container, or of one command that was run in it: as plain data between wakes, and unfolded while they run. Descriptors,
 * signals and process numbers are as Linux has them.
 */
import { bound } from './accept';
import { BASH_VERSION, shellKind } from './held-programs';
import { type Budget, type CommandIo, MAX_MEMORY, outOfMemory, ShellFault, type ShellHost } from './host';
import type { Output } from './output';
import type { Descriptors, Frame, Job, Pace, Pipe, ProcessState, ProcessTable, Target, Wait } from './process-state';
import type { Node } from './syntax';

/** A process while it runs. */
export interface Process {
  readonly pid: number;
  shell: number;
  parent: number;
  title: string;
  frames: Frame[];
  status: number;
  variables: Map<string, string>;
  exported: Set<string>;
  unset: Set<string>;
  functions: Map<string, Node>;
  name: string;
  args: readonly string[];
  options: string;
  /** In how many command substitutions it stands; undefined: in none. */
  depth?: number;
  traps: Map<string, string>;
  cwd: string;
  descriptors: Descriptors;
  signals: string[];
  wait: Wait | undefined;
  background: number;
  isReplaced: boolean;
  exit: number | undefined;
  shortSleeps: number;
  pace: Pace;
  constants: readonly string[] | undefined;
  mask: number | undefined;
  root: string | undefined;
  endedBy: ProcessState['endedBy'] | undefined;
  jobs: readonly Job[] | undefined;
  /** Characters of its variables. */
  memory: number;
}

/** A table while it runs. */
export interface Running {
  /** What the process at work has around it. */
  host: ShellHost;
  readonly budget: Budget;
  readonly nowMs: number;
  readonly processes: Map<number, Process>;
  readonly pipes: Map<number, Pipe>;
  nextPid: number;
  nextPipe: number;
  readonly leader: number;
  readonly output: Output[];
  /** Characters of output so far. */
  written: number;
  /** Where these listened when the wake began, which is what the network knows. */
  readonly bound: ReturnType<typeof bound>;
  /** How a utility runs a shell: to its end, at once. */
  nest?: (words: readonly string[], process: Process, io: CommandIo) => number;
  /** Something has been put into a pipe since this was last looked at. */
  hasMoved: boolean;
}

/** How many processes there may be. */
export const MAX_PROCESSES = 60;

/** How many of those that have ended may still be asked for. */
const MAX_ZOMBIES = 20;

/** How many characters of variables all processes may have. */
const MAX_TOTAL = 4 * MAX_MEMORY;

/** What the words of a loop take. */
export function sizeOf(words: readonly string[] = []): number {
  return words.reduce((sum, word) => sum + word.length + 1, 0);
}

function unfolded(state: ProcessState): Process {
  let memory = 0;
  const variables = new Map(Object.entries(state.variables));
  for (const [name, value] of variables) memory += name.length + value.length;
  for (const { node, words } of state.frames) if (node.kind === 'for') memory += sizeOf(words);
  return {
    ...state,
    frames: state.frames.map((frame) => ({ ...frame })),
    variables,
    exported: new Set(state.exported),
    unset: new Set(state.unset),
    functions: new Map(Object.entries(state.functions)),
    traps: new Map(Object.entries(state.traps)),
    signals: state.signals.slice(),
    wait: state.wait,
    isReplaced: state.isReplaced ?? false,
    exit: state.exit,
    constants: state.constants,
    mask: state.mask,
    root: state.root,
    endedBy: state.endedBy,
    jobs: state.jobs,
    memory,
  };
}

function folded(process: Process): ProcessState {
  const { memory: _memory, isReplaced, wait, exit, constants, mask, root, endedBy, jobs, ...rest } = process;
  return {
    ...rest,
    variables: Object.fromEntries(process.variables),
    exported: [...process.exported],
    unset: [...process.unset],
    functions: Object.fromEntries(process.functions),
    traps: Object.fromEntries(process.traps),
    ...(isReplaced ? { isReplaced } : {}),
    ...(wait ? { wait } : {}),
    ...(exit === undefined ? {} : { exit }),
    ...(constants ? { constants } : {}),
    ...(mask === undefined ? {} : { mask }),
    ...(root === undefined ? {} : { root }),
    ...(endedBy === undefined ? {} : { endedBy }),
    ...(jobs === undefined ? {} : { jobs }),
  };
}

/** Takes a table up. */
export function unfold(table: ProcessTable, host: ShellHost, budget: Budget, nowMs: number): Running {
  return {
    host,
    budget,
    nowMs,
    processes: new Map(table.processes.map((process) => [process.pid, unfolded(process)])),
    pipes: new Map(Object.entries(table.pipes).map(([id, pipe]) => [Number(id), pipe])),
    nextPid: table.nextPid,
    nextPipe: table.nextPipe,
    leader: table.leader,
    output: [],
    written: 0,
    hasMoved: false,
    bound: bound(table.processes),
  };
}

/** Puts a table down: what nobody can use any more is forgotten. */
export function fold(running: Running): ProcessTable {
  const { processes, pipes, nextPid, nextPipe, leader, budget } = running;
  const states = [...processes.values()].filter(
    ({ exit, parent, pid }) => exit === undefined || pid === leader || processes.get(parent)?.exit === undefined,
  );
  // Of those that nobody waits for, only the latest are kept.
  const over = states.filter(({ exit, pid }) => exit !== undefined && pid !== leader).slice(0, -MAX_ZOMBIES);
  for (const one of over) states.splice(states.indexOf(one), 1);
  const used = new Set<number>();
  for (const { descriptors, wait, frames } of states) {
    for (const all of [descriptors, ...frames.map(({ saved }) => saved ?? {})]) {
      for (const target of Object.values(all)) if (target.kind === 'pipe') used.add(target.id);
    }
    if (wait?.for === 'children' && wait.pipe !== undefined) used.add(wait.pipe);
    if (wait?.for === 'fifo') for (const [id, { fifo }] of pipes) if (fifo === wait.path) used.add(id);
  }
  return {
    processes: states.map(folded),
    pipes: Object.fromEntries([...pipes].filter(([id]) => used.has(id))),
    nextPid,
    nextPipe,
    leader,
    isBusy: budget.instructions <= 0,
  };
}

/** Takes another process number. */
export function freshPid(running: Running): number {
  return running.nextPid++;
}

/** Another pipe. */
export function openPipe(running: Running, text = ''): number {
  const id = running.nextPipe++;
  running.pipes.set(id, { text });
  return id;
}

/** A child of a process that carries out a command with a copy of all that its parent has. */
export function fork(running: Running, parent: Process, node: Node, descriptors = parent.descriptors): Process {
  const { processes, budget } = running;
  const alive = [...processes.values()].filter(({ exit }) => exit === undefined);
  const memory = alive.reduce((sum, one) => sum + one.memory, parent.memory);
  if (alive.length >= MAX_PROCESSES || memory > MAX_TOTAL) throw new ForkFault();
  budget.instructions -= 1 + Math.floor(parent.variables.size / 20);
  const child: Process = {
    ...parent,
    pid: freshPid(running),
    parent: parent.pid,
    frames: [{ node, at: 0, isGuarded: parent.frames.at(-1)?.isGuarded ?? false }],
    variables: new Map(parent.variables),
    exported: new Set(parent.exported),
    unset: new Set(parent.unset),
    functions: new Map(parent.functions),
    // What is ignored stays ignored, what is caught is not inherited.
    traps: new Map([...parent.traps].filter(([, text]) => text === '')),
    signals: [],
    wait: undefined,
    isReplaced: false,
    exit: undefined,
    jobs: shellKind(running.host, parent) === 'dash' ? undefined : parent.jobs,
    descriptors,
  };
  processes.set(child.pid, child);
  return child;
}

/** There are too many processes. */
export class ForkFault extends Error {}

/** Sets a variable. Throws a {@link ShellFault} for one that may not change. */
export function assign(process: Process, name: string, value: string): void {
  if (process.constants?.includes(name)) throw new ShellFault(`sh: ${name}: is read only`, 2);
  if (process.options.includes('a')) process.exported.add(name);
  const before = process.variables.get(name);
  process.memory += value.length - (before === undefined ? -name.length : before.length);
  if (process.memory > MAX_MEMORY) throw outOfMemory();
  process.variables.set(name, value);
  process.unset.delete(name);
}

const HOME = '/root';
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A variable that is set, by the shell or around it. */
export function variableOf({ host }: Running, process: Process, name: string): string | undefined {
  const own = process.variables.get(name);
  if (own !== undefined || process.unset.has(name)) return own;
  if (Object.hasOwn(host.environment, name)) return host.environment[name];
  if (name === 'HOSTNAME') return host.hostname;
  if (name === 'PWD') return process.cwd;
  if (name === 'BASH_VERSION' && shellKind(host, process) === 'bash') return BASH_VERSION;
  if (name === 'PPID') return String(process.parent);
  if (name === 'HOME') return HOME;
  return name === 'PATH' ? PATH : undefined;
}

/** What a process hands on to programs that it starts, in order of the names. */
export function environmentOf({ host }: Running, process: Process): [name: string, value: string][] {
  const all = new Map([
    ['HOME', HOME],
    ['HOSTNAME', host.hostname],
    ['PATH', PATH],
    ...Object.entries(host.environment),
  ]);
  for (const name of process.unset) all.delete(name);
  for (const [name, value] of process.variables) {
    if (process.exported.has(name) || all.has(name)) all.set(name, value);
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** For what a descriptor is open: by its number where nothing else is said. */
export const modeOfEnd = (fd: string, target: Target): 'r' | 'w' | 'rw' =>
  (target.kind === 'pipe' && target.mode) || (fd === '0' ? 'r' : 'w');

/** Whether a process has a pipe open for reading or writing, or will have when its turn comes. */
function hasOpen({ descriptors, frames, wait }: Process, id: number, mode: 'r' | 'w', pipe: Pipe | undefined): boolean {
  if (wait?.for === 'fifo' && wait.path === pipe?.fifo && wait.end[0] === mode) return true;
  for (const all of [descriptors, ...frames.map(({ saved }) => saved ?? {})]) {
    for (const [fd, target] of Object.entries(all)) {
      if (target.kind === 'pipe' && target.id === id && modeOfEnd(fd, target).includes(mode)) return true;
    }
  }
  return false;
}

/** Whether somebody who lives can still write to a pipe. */
export function hasWriter({ processes, pipes }: Running, id: number): boolean {
  const pipe = pipes.get(id);
  if (pipe?.isOpen) return true;
  return [...processes.values()].some((one) => one.exit === undefined && hasOpen(one, id, 'w', pipe));
}

/** Whether somebody who lives, or waits for its child's words, can still read from a pipe. */
export function hasReader({ processes, pipes }: Running, id: number): boolean {
  const pipe = pipes.get(id);
  return [...processes.values()].some(
    (one) =>
      one.exit === undefined && ((one.wait?.for === 'children' && one.wait.pipe === id) || hasOpen(one, id, 'r', pipe)),
  );
}

/** Whether a process runs for what it prints: it is part of a substitution. */
export function isAsked({ processes }: Running, process: Process): boolean {
  for (let one: Process | undefined = process; one; ) {
    const { pid, parent }: Process = one;
    one = processes.get(parent);
    if (one?.wait?.for === 'children' && one.wait.pipe !== undefined && one.wait.pids.includes(pid)) return true;
  }
  return false;
}
