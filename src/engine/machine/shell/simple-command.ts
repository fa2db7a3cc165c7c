/**
 * Carries out a simple command: its words are expanded, its redirections opened, then a function, a built-in, a shell, a script, a utility or
 * the image's own program runs. Follows POSIX.1-2017, Shell Command Language, 2.9.1.
 */
import { fill } from './array-store';
import { type Assigned, assignedBy, withoutAdding } from './assignments';
import { complain as refuse } from './builtin';
import { BUILTINS, PRINT_INTO } from './builtins';
import { call, callOf, isShell } from './call-utility';
import { isUtility } from './commands';
import { expandAll } from './expansion';
import { throughFifo } from './fifo';
import { expanderOf, finish, push, settle } from './frames';
import { blames, hasBashForms, installedAt, movedProgram, notFound, programObstacle, shellKind } from './held-programs';
import { readFile } from './host';
import { ioOf, NeedsInput } from './io';
import { launch, surround } from './launch';
import { lastOf } from './paths';
import type { Frame } from './process-state';
import { assign, freshPid, isAsked, type Process, type Running } from './processes';
import { redirected, unredirected, writeTo } from './redirects';
import type { CommandResult, Launch } from './results';
import { rootedHost } from './rooted-host';
import { serve } from './serve';
import { deliver, exitShell } from './signals';
import { complain, runScript, runShell } from './start-shell';
import type { Node } from './syntax';
import { trace, tracedOf } from './tracing';
import { sleepFor } from './waits';

/** Stages of a simple command. */
const [PREPARE, AFTER, RUN] = [0, 1, 2];

/** Goes one step further with a simple command. */
export function stepSimple(
  running: Running,
  process: Process,
  frame: Frame,
  node: Extract<Node, { kind: 'simple' }>,
): void {
  if (frame.at === AFTER) {
    finish(process, frame, process.status);
    return;
  }
  if (frame.at === PREPARE && !prepare(running, process, frame, node)) return;
  frame.at = RUN;
  runWords(running, process, frame);
}

/** Expands and redirects; false when that was all. */
function prepare(running: Running, process: Process, frame: Frame, said: Extract<Node, { kind: 'simple' }>): boolean {
  const shell = expanderOf(running, process, frame);
  const node = hasBashForms(shell.kind) ? said : withoutAdding(said);
  const words = expandAll(node.words, shell);
  const filled: [name: string, entries: Assigned['entries']][] = [];
  const assigns = node.assigns.flatMap((one) => {
    const { isWhole, entries } = assignedBy(one, shell);
    if (isWhole) filled.push([one.name, entries]);
    else if (words.length === 0) for (const [name, text] of entries) shell.assigned.set(name, text);
    return entries;
  });
  const descriptors = redirected(running, process, node.redirects, shell);
  settle(process, shell.assigned);
  for (const [name, entries] of filled) fill(process, name, entries);
  if (process.options.includes('x')) trace(running, process, tracedOf(running, process, assigns, words));
  if ('problem' in descriptors) {
    writeTo(running, process, 2, `${descriptors.problem}\n`);
    finish(process, frame, unredirected(running, process));
    return false;
  }
  if (words.length === 0) {
    finish(process, frame, frame.resultStatus ?? 0);
    return false;
  }
  const isPermanent = words[0] === 'exec' && words.length === 1;
  if (descriptors !== process.descriptors) {
    if (!isPermanent) frame.saved = process.descriptors;
    process.descriptors = descriptors;
  }
  // What stands before a special built-in stays, but in bash.
  if (SPECIAL.includes(words[0] as string) && shell.kind !== 'bash')
    for (const [name, value] of assigns) assign(process, name, value);
  else if (assigns.length > 0) cover(process, frame, assigns);
  frame.words = words;
  return true;
}

const SPECIAL = ': . break continue eval exit export readonly return set shift times trap unset'.split(' ');

/** Sets variables for one command. */
function cover(process: Process, frame: Frame, assigns: readonly (readonly [string, string])[]): void {
  const covered = new Map<string, string | null>();
  for (const [name, value] of assigns) {
    covered.set(name, process.variables.get(name) ?? null);
    assign(process, name, value);
    process.exported.add(name);
  }
  frame.call = { args: process.args, covered: Object.fromEntries(covered) };
}

/** Built-ins that dash has not; BusyBox has the last two. */
const BASH_ONLY = ['declare', 'typeset', 'shopt', 'mapfile', 'readarray', 'let', 'source'];

/** Runs what the words name. */
function runWords(running: Running, process: Process, frame: Frame): void {
  let words = frame.words ?? [];
  if (words[0] === 'exec' && words.length > 1) {
    while (words[0] === 'exec' && words.length > 1) words = words.slice(1);
    frame.words = words;
    if (isSaid(frame.node) && refusesToGive(running, process, frame, words[0] as string)) return;
    process.isReplaced = true;
    for (const [signal, text] of process.traps) if (text !== '') process.traps.delete(signal);
    process.frames = [frame];
    process.title = words.join(' ');
  }
  while (words[0] === 'command' && words.length > 1 && !words[1]?.startsWith('-')) words = words.slice(1);
  const name = words[0] as string;
  if (name === 'exec') {
    finish(process, frame, 0);
    return;
  }
  const body = process.functions.get(name);
  if (body && !process.isReplaced && (frame.words ?? [])[0] !== 'command') {
    frame.call = { args: process.args, covered: frame.call?.covered ?? {} };
    process.args = words.slice(1);
    frame.at = AFTER;
    push(process, body);
    return;
  }
  const builtin = BUILTINS.get(name === 'printf' && words[1] === '-v' ? PRINT_INTO : name);
  const kind = BASH_ONLY.includes(name) || name === 'printf' ? shellKind(running.host, process) : 'any';
  const isUnknown = kind === 'dash' || (kind === 'busybox' && name !== 'let' && name !== 'source');
  if (!builtin || isUnknown) {
    runProgram(running, process, frame, words);
    return;
  }
  const status = builtin(running, process, words.slice(1), frame);
  if (status !== undefined) finish(process, frame, status);
}

/** Whether somebody has written exec before a command: where a shell gives its place to its only one, that is quoted. */
function isSaid(node: Node): boolean {
  if (node.kind !== 'simple') return false;
  return node.words.slice(0, 2).some(([part]) => part?.kind === 'text' && part.text === 'exec' && !part.quoted);
}

/** Whether there is no program for a shell to give its place to; it says so and ends. */
function refusesToGive(running: Running, process: Process, frame: Frame, path: string): boolean {
  const obstacle = programObstacle({ host: running.host, cwd: process.cwd }, path);
  if (obstacle === undefined) return false;
  const said = `${path}: ${obstacle === 'missing' ? 'not found' : 'Permission denied'}`;
  const words = { busybox: said, dash: said, bash: said };
  const status = refuse(running, process, { ...frame, words: ['exec'] }, words, obstacle === 'missing' ? 127 : 126);
  exitShell(process, status);
  return true;
}

function runProgram(running: Running, process: Process, frame: Frame, words: readonly string[]): void {
  const path = words[0] as string;
  const { host } = running;
  const { cwd } = process;
  const obstacle = programObstacle({ host, cwd }, path);
  if (obstacle !== undefined) {
    const line = frame.node.kind === 'simple' ? frame.node.line : undefined;
    const kind = shellKind(host, process);
    const isFolder = obstacle === 'directory' && kind === 'bash';
    const why =
      obstacle === 'missing'
        ? notFound(host, process, path, line)
        : `${blames(kind, process.name, line, process.title)}${path}: ${isFolder ? 'Is a directory' : 'Permission denied'}`;
    complain(running, process, frame, why, obstacle === 'missing' ? 127 : 126);
    return;
  }
  const file = path.includes('/') ? path : installedAt(host, path);
  const script = file === undefined ? undefined : readFile({ host, cwd }, file);
  const moved = file === undefined || script !== '' ? undefined : movedProgram({ host, cwd }, file);
  const name = lastOf(moved ?? path);
  // A package that was installed has brought its programs as empty files.
  const isInstalled = script === '' && (moved !== undefined || isUtility(name) || /^stress/.test(name));
  if (script !== undefined && !isInstalled && !host.holds(path)) {
    runScript(running, process, frame, words, script);
    return;
  }
  // Utilities are parts of BusyBox.
  const isPart = name === 'busybox' && words.length > 1;
  if (isPart || isShell(name)) {
    (isPart ? runProgram : runShell)(running, process, frame, words.slice(1));
    return;
  }
  const given = throughFifo(running, process, frame, moved ? [name, ...words.slice(1)] : words);
  const io = ioOf(running, process, callOf(running, process));
  let result: CommandResult;
  try {
    result = call(given, io);
  } catch (error) {
    if (!(error instanceof NeedsInput)) throw error;
    waitForInput(running, process, frame, given, error.pipe);
    return;
  }
  conclude(running, process, frame, given, result, io);
}

/** Utilities that make of each line what they make of it, whatever comes later. */
const STREAMING = ['cat', 'grep', 'egrep', 'fgrep', 'tr', 'cut', 'tee', 'sed', 'awk', 'rev', 'fold', 'nl'];

/** A utility waits for its input; some work on what has come so far. */
function waitForInput(running: Running, process: Process, frame: Frame, words: readonly string[], pipe: number): void {
  const name = lastOf(words[0] as string);
  const canStream =
    STREAMING.includes(name) && !words.some((word) => /^-\w*[cqmn]/.test(word)) && !/END|NR|\$!/.test(words[1] ?? '');
  const text = running.pipes.get(pipe)?.text ?? '';
  const end = text.lastIndexOf('\n') + 1;
  const count = Number(/\d+/.exec(words.join(' '))?.[0] ?? 10);
  const there = words.some((word) => /^-c/.test(word)) ? text.length : text.split('\n').length - 1;
  if (name === 'head' && there >= count) {
    const part = ioOf(running, process, callOf(running, process), text);
    running.pipes.set(pipe, { ...running.pipes.get(pipe), text: '' });
    conclude(running, process, frame, words, call(words, part), part);
    return;
  }
  if (!canStream || end === 0) {
    const needs = canStream || name === 'head' ? 'line' : 'end';
    process.wait = { for: 'input', pipe, needs, seen: name === 'head' ? text.length : 0 };
    return;
  }
  const io = ioOf(running, process, callOf(running, process), text.slice(0, end));
  const again = frame.streamed === undefined || name !== 'tee' ? words : [name, '-a', ...words.slice(1)];
  const status = call(again, io);
  running.pipes.set(pipe, { ...running.pipes.get(pipe), text: text.slice(end) });
  const before = frame.streamed ?? 1;
  frame.streamed = typeof status === 'number' ? Math.min(before, status) : before;
  if (name === 'tee') frame.words = again.includes('-a') ? again : [name, '-a', ...words.slice(1)];
  emit(running, process, io);
}

type Io = ReturnType<typeof ioOf>;

function emit(running: Running, process: Process, io: Io): string | undefined {
  writeTo(running, process, 2, io.errors);
  return writeTo(running, process, 1, io.output);
}

/** Another program is to run in place of a utility. */
function run(running: Running, process: Process, frame: Frame, launched: Launch): void {
  if (!process.isReplaced || launched.limit || launched.isTimed) {
    launch(running, process, frame, launched);
    return;
  }
  surround(running, process, launched);
  if (launched.root !== undefined) running.host = rootedHost(running.host, launched.root);
  frame.words = ['exec', ...launched.runs];
  runWords(running, process, frame);
}

/** What a utility came to. */
function conclude(
  running: Running,
  process: Process,
  frame: Frame,
  words: readonly string[],
  came: CommandResult,
  io: Io,
): void {
  const problem = emit(running, process, io);
  if (process.exit !== undefined) return;
  if (problem !== undefined) {
    complain(running, process, frame, `sh: write error: ${problem}`, 1);
    return;
  }
  const title = words.join(' ');
  // A program that is asked something has answered, whatever it is.
  const result = came === 'server' && isAsked(running, process) ? 0 : came;
  if (typeof result === 'number') {
    finish(process, frame, frame.streamed === undefined ? result : Math.min(result, frame.streamed));
    return;
  }
  if (typeof result === 'object' && 'runs' in result) {
    run(running, process, frame, result);
    return;
  }
  if (typeof result === 'object' && 'kills' in result) {
    const { kills, signal, status } = result;
    for (const pid of kills) if (!deliver(running, pid, signal)) running.host.signal?.(pid, signal);
    if (process.exit === undefined) finish(process, frame, status);
    return;
  }
  frame.at = AFTER;
  process.status = 0;
  if (result === 'forever') process.wait = { for: 'ever', pid: freshPid(running), title };
  else if (result === 'server') serve(running, process, words);
  else if ('daemon' in result) serve(running, process, result.daemon, true);
  else if ('echo' in result) process.wait = { for: 'echo', ...result, untilMs: 0, pid: freshPid(running), title };
  else if ('listen' in result) process.wait = { for: 'connection', ...result.listen, pid: freshPid(running), title };
  else if ('follow' in result) {
    const seen = readFile({ host: running.host, cwd: '/' }, result.follow)?.length ?? 0;
    process.wait = { for: 'growth', path: result.follow, seen, pid: freshPid(running), title };
  } else if ('repeat' in result) {
    process.wait = { for: 'room', line: result.repeat, pid: freshPid(running), title };
  } else sleepFor(running, process, result, title);
}
