/**
 * Runs the processes of a container, or of a command in it, until all of them wait. What they are is plain data and is gone on with where it
 * stood.
 *
 * Bounds: a wake has a budget of instructions, which all processes share; a program that uses it up goes on a second later. Too much memory or
 * too many processes end a program as they would end a real one.
 */

import { isShell } from './call-utility';
import { UNSET } from './expander';
import { blames, isGivenText, type ShellKind, shellKind, unreadable } from './held-programs';
import {
  append,
  type Budget,
  type CommandIo,
  fail,
  outOfMemory,
  ShellFault,
  type ShellHost,
  UNKNOWN_TITLE,
} from './host';
import { step } from './interpreter';
import { listedProcesses } from './io';
import type { Output } from './output';
import { parseShell } from './parser';
import { lastOf } from './paths';
import { newTable, type ProcessTable } from './process-state';
import { ForkFault, fold, freshPid, type Process, type Running, unfold } from './processes';
import { writeTo } from './redirects';
import { rootedHost } from './rooted-host';
import { LATER, toldBy } from './shell-variables';
import { deliver, exitShell, takeSignal } from './signals';
import { bashOf } from './start-shell';
import { commandNode, literal, type Node, type Word } from './syntax';
import { dueMs, wakes } from './waits';

export type { ProcessTable } from './process-state';
export { isShell };

/** Instructions of one wake. */
const MAX_INSTRUCTIONS = 1_000;
/** How many instructions a process has before it is another's turn. */
const SLICE = 100;
const BUSY_LOOP_MS = 1_000;

/** Surroundings for what looks at nothing. */
const NOBODY: ShellHost = {
  files: {},
  environment: {},
  hostname: '',
  now: '',
  servers: [],
  tools: [],
  bare: true,
  base: 'any',
  holds: () => false,
};

/** The budget of one wake. */
export function newBudget(): Budget {
  return { instructions: MAX_INSTRUCTIONS };
}

/** What a run came to. */
export interface ShellRun {
  readonly table: ProcessTable;
  readonly output: readonly Output[];
  /** When something is to go on by itself, in ms. */
  readonly wakeMs?: number;
  /** The status with which the first process has ended, and so all of them. */
  readonly exit?: number;
  /** A process has become the image's server, or waits for it. */
  readonly serves: boolean;
}

/** A program and how `ps` shows it. */
export interface Program {
  readonly node: Node;
  readonly title: string;
  readonly args: readonly string[];
  readonly name: string;
  /** Letters of `set`. */
  readonly options: string;
  /** Which shell it is, and of how many it is the innermost for its programs. */
  readonly shell?: { readonly kind: ShellKind; readonly level: number };
}

/** Utilities that shells have themselves, each in its own way. */
const OWN = ['echo', 'printf', 'test', '['];

/** The program of a command line; a shell's text is read at once. `problem`: the shell's words for what is wrong with it. `host`: what it is to run in; `entrypoint`: what the shell goes by that runs it. */
export function programOf(
  argv: readonly string[],
  host: Pick<ShellHost, 'base'>,
  entrypoint = 'sh',
): Program | { readonly problem: string } {
  const title = argv.join(' ');
  const [first = '', ...args] = argv;
  const flag = args.findIndex((argument) => /^-\w*c$/.test(argument));
  const isText = isShell(lastOf(first)) && flag >= 0;
  const text = isText ? args[flag + 1] : undefined;
  // What has other options, or no text, is for the shell itself to see.
  if (text === undefined || args.slice(0, flag + 1).some((one) => !/^-[a-z]+$/.test(one))) {
    return { node: commandNode(['exec', ...argv]), title, args: [], name: entrypoint, options: '' };
  }
  const kind = shellKind(host, { name: first, title });
  const node = parseShell(text, kind);
  if ('problem' in node) return { problem: unreadable(kind, first, node.problem, node.line) };
  const isOne =
    node.kind === 'simple' &&
    node.assigns.length === 0 &&
    node.words.length > 0 &&
    !OWN.includes(literal(node.words[0] as Word) ?? '');
  // A shell with one command gives its place to it.
  const whole: Node = isOne
    ? { ...node, words: [[{ kind: 'text', text: 'exec', quoted: true }], ...node.words] }
    : node;
  const letters = args
    .slice(0, flag + 1)
    .join('')
    .replace(/[^euxf]/g, '');
  const options = letters + bashOf(first);
  // bash takes itself off the count before it gives its place away.
  const shell = { kind, level: kind === 'bash' && isOne ? 0 : 1 };
  return { node: whole, title, args: args.slice(flag + 3), name: args[flag + 2] ?? first, options, shell };
}

/** The processes of a program before its first instruction. */
export function startTable(program: Program, options: Parameters<typeof newTable>[2] = {}): ProcessTable {
  const { node, title, args, name, options: letters, shell } = program;
  const variables = Object.fromEntries(shell ? toldBy(shell.kind, options.cwd ?? '/', shell.level) : []);
  const exported = shell ? [LATER, ...Object.keys(variables)] : [];
  return newTable(node, title, { variables, exported, ...options, args, name, options: letters });
}

/** The table after a signal; undefined when it has no such process. */
export function signalled(table: ProcessTable, pid: number, signal: string): ProcessTable | undefined {
  const running = unfold(table, NOBODY, newBudget(), 0);
  return deliver(running, pid, signal) ? fold(running) : undefined;
}

const leaderOf = ({ processes, leader }: ProcessTable) => processes.find(({ pid }) => pid === leader);

/** Whether the first process of a table is the image's own program. */
export const isServer = (table: ProcessTable): boolean => serverOf(table) !== undefined;

/** That program, as it was called. */
export function serverOf(table: ProcessTable) {
  const leader = leaderOf(table);
  return leader?.isReplaced === true && leader.wait?.for === 'server' ? leader : undefined;
}

/** Whether the first process of a table, or the program that stands in its place, does something when it is asked to end. */
export function trapsTerm(table: ProcessTable): boolean {
  const { traps, wait } = leaderOf(table) ?? {};
  if (wait?.for !== 'children' || !wait.launched) return traps?.TERM !== undefined;
  return table.processes.some(({ pid, ...own }) => wait.pids.includes(pid) && own.traps.TERM !== undefined);
}

/** What nginx calls its processes, and how far apart their numbers are: what prepares it has those between. */
const NGINX = ['nginx: master process nginx -g daemon off;', 'nginx: worker process'];
const WORKER = 28;

/** The processes of a container as `ps` shows them. */
export function processesOf(
  table: ProcessTable | undefined,
  { servers }: { readonly servers: readonly string[] },
  pid = 1,
  worker = pid + WORKER,
) {
  const [server = UNKNOWN_TITLE] = servers;
  if (!table && server !== 'nginx') return [{ pid, title: server }];
  if (!table) return NGINX.map((title, index) => ({ pid: index ? worker : pid, title }));
  return listedProcesses(unfold(table, NOBODY, newBudget(), 0));
}

/** Runs all processes until none can go on. */
export function runTable(table: ProcessTable, host: ShellHost, nowMs: number, budget: Budget = newBudget()): ShellRun {
  const running = unfold(table, host, budget, nowMs);
  const leader = running.processes.get(table.leader) as Process;
  running.nest = (words, process, io) => nested(running, words, process, io);
  for (let progress = true; progress && budget.instructions > 0 && leader.exit === undefined; ) {
    progress = false;
    running.hasMoved = false;
    for (const process of [...running.processes.values()]) {
      if (budget.instructions <= 0 || leader.exit !== undefined) break;
      if (process.exit !== undefined || !canGoOn(running, process)) continue;
      progress = true;
      advance(running, process);
    }
    progress ||= running.hasMoved;
  }
  const exit = leader.exit;
  const serves = [...running.processes.values()].some((one) => one.exit === undefined && one.wait?.for === 'server');
  const wakeMs = exit === undefined ? nextWake(running) : undefined;
  return {
    table: fold(running),
    output: running.output,
    serves,
    ...(wakeMs === undefined ? {} : { wakeMs }),
    ...(exit === undefined ? {} : { exit }),
  };
}

/** Whether a process can go on; what it waited for may be more than a pipe holds. */
function canGoOn(running: Running, process: Process): boolean {
  try {
    return wakes(running, process);
  } catch (error) {
    process.wait = undefined;
    contain(running, process, error);
    return process.exit === undefined;
  }
}

/** Runs a shell for a utility such as xargs, which waits for it; what takes time can't be waited for there. */
function nested(running: Running, words: readonly string[], { cwd }: Process, io: CommandIo): number {
  const program = programOf(words, running.host);
  if ('problem' in program) return fail(io, program.problem, 2);
  const environment = io.environment();
  const table = startTable(program, {
    cwd,
    pid: freshPid(running),
    variables: Object.fromEntries(environment),
    exported: environment.map(([name]) => name),
    stdin: { text: io.input },
  });
  const run = runTable(table, running.host, running.nowMs, running.budget);
  for (const { stream, text } of run.output) {
    if (stream === 'stdout') append(io, text);
    else io.errors += text;
  }
  return run.exit ?? fail(io, `${words[0]}: not run from here`, 126);
}

function nextWake(running: Running): number | undefined {
  if (running.budget.instructions <= 0) return running.nowMs + BUSY_LOOP_MS;
  let next: number | undefined;
  for (const process of running.processes.values()) {
    const due = dueMs(running, process);
    if (due !== undefined && (next === undefined || due < next)) next = due;
  }
  return next;
}

/** Lets one process run until it waits, ends, or has had its turn, below its own root. */
function advance(running: Running, process: Process): void {
  const { host } = running;
  if (process.root !== undefined) running.host = rootedHost(host, process.root);
  goOn(running, process);
  running.host = host;
}

function goOn(running: Running, process: Process): void {
  const { budget, host } = running;
  host.mask = process.mask;
  for (let turn = 0; turn < SLICE && budget.instructions > 0; turn++) {
    if (process.exit !== undefined || process.wait) return;
    if (process.signals.length > 0) takeSignal(process);
    const frame = process.frames.at(-1);
    if (!frame) {
      exitShell(process, process.status);
      continue;
    }
    budget.instructions--;
    try {
      step(running, process, frame);
      host.mask = process.mask;
    } catch (error) {
      contain(running, process, error);
    }
  }
}

/** What goes wrong within a program ends it, in the shell's words. */
function contain(running: Running, process: Process, error: unknown): void {
  const fault =
    error instanceof ForkFault ? new ShellFault("sh: can't fork: Resource temporarily unavailable", 2) : error;
  if (!(fault instanceof ShellFault)) throw error;
  if (fault.message === outOfMemory().message && running.host.isLimited) {
    // It takes more than is kept here, until its container's limit is reached.
    process.wait = { for: 'ever', pid: freshPid(running), title: process.title, grows: true };
    return;
  }
  const node = process.frames.at(-1)?.node;
  const line = node?.kind === 'simple' ? node.line : undefined;
  const kind = shellKind(running.host, process);
  const isSyntax = kind === 'dash' && fault.message.startsWith('sh: syntax error');
  const said = isSyntax
    ? unreadable(kind, process.name, fault.message.slice(4), line)
    : fault.message.replace(/^sh: /, blames(kind, process.name, line, process.title));
  const isOfBash = kind === 'bash' && said.endsWith(': is read only');
  writeTo(running, process, 2, `${isOfBash ? said.replace('is read only', 'readonly variable') : said}\n`);
  process.frames = process.frames.slice(0, 0);
  const isPlain = isGivenText(process) && process.pid === process.shell && !process.options.includes('e');
  const isUnset = kind === 'bash' && fault.code === UNSET && !isPlain;
  if (process.exit === undefined) exitShell(process, isOfBash || isUnset ? 1 : fault.code);
}
