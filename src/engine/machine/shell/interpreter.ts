/**
 * Carries out the compound commands of a shell, one step at a time, so that it can stand still anywhere. Follows POSIX.1-2017, Shell Command
 * Language, 2.9 and 2.12 (subshells, pipelines and asynchronous lists have processes of their own).
 */

import { arithmetic } from './arithmetic';
import { holdsCondition } from './condition';
import { numbersOf, Unsubstituted } from './expander';
import { expandAll, expandPattern, expandText } from './expansion';
import { NeedsPeer } from './fifo';
import { expanderOf, finish, pop, push, settle } from './frames';
import { notFound, shellKind, unreadable } from './held-programs';
import { charge, MAX_MEMORY, outOfMemory, ShellFault } from './host';
import { addJob, textOf } from './jobs';
import { parseShell } from './parser';
import { matchesPattern } from './pattern';
import type { Descriptors, Frame, Target } from './process-state';
import { assign, fork, openPipe, type Process, type Running, sizeOf } from './processes';
import { redirected, unredirected, writeTo } from './redirects';
import { exitShell } from './signals';
import { stepSimple } from './simple-command';
import type { Node } from './syntax';
import { trace } from './tracing';

/** Characters of text whose reading costs as much as an instruction. */
const SOURCE_COST = 200;

type NodeOf<K extends Node['kind']> = Extract<Node, { kind: K }>;

/** Begins what a substitution runs; its words are taken when it has ended. */
function substitute(running: Running, process: Process, frame: Frame, source: string): void {
  running.budget.instructions -= Math.ceil(source.length / SOURCE_COST);
  const parsed = parseShell(source, shellKind(running.host, process));
  if ('problem' in parsed) {
    writeTo(running, process, 2, `sh: ${parsed.problem}\n`);
    frame.results = [...(frame.results ?? []), ''];
    frame.resultStatus = 2;
    return;
  }
  // `$(<file)` is what the file holds.
  const isFile = parsed.kind === 'simple' && parsed.words.length + parsed.assigns.length === 0;
  const node: Node = isFile ? { ...parsed, words: [[{ kind: 'text', text: 'cat', quoted: true }]] } : parsed;
  const pipe = openPipe(running);
  const child = fork(running, process, node, { ...process.descriptors, 1: { kind: 'pipe', id: pipe } });
  child.depth = (process.depth ?? 0) + 1;
  process.wait = { for: 'children', pids: [child.pid], pipe };
}

/** Goes one step further with the innermost command of a process. */
export function step(running: Running, process: Process, frame: Frame): void {
  try {
    const { node } = frame;
    // With `set -n` it only looks whether it can read what comes.
    if (process.options.includes('n') && !/^(list|unreadable)$/.test(node.kind)) pop(process);
    else STEPS[node.kind](running, process, frame, node as never);
  } catch (error) {
    if (error instanceof NeedsPeer) {
      process.wait = { for: 'fifo', path: error.path, end: error.end };
      return;
    }
    if (!(error instanceof Unsubstituted)) throw error;
    substitute(running, process, frame, error.source);
  }
}

const STEPS: {
  readonly [K in Node['kind']]: (running: Running, process: Process, frame: Frame, node: NodeOf<K>) => void;
} = {
  simple: stepSimple,
  list: (_running, process, frame, { items }) => {
    const next = items[frame.at++];
    if (next) push(process, next);
    else pop(process);
  },
  and: stepAndOr,
  or: stepAndOr,
  not: (_running, process, frame, { body }) => {
    if (frame.at++ === 0) push(process, body, true);
    else endWith(process, process.status === 0 ? 1 : 0);
  },
  background: begin,
  subshell: (running, process, frame, { body }) => {
    if (frame.at++ > 0) finish(process, frame, process.status);
    else process.wait = { for: 'children', pids: [fork(running, process, body).pid] };
  },
  pipeline: (running, process, frame, node) => {
    if (frame.at++ > 0) finish(process, frame, process.status);
    else beginPipeline(running, process, node);
  },
  if: stepIf,
  while: stepWhile,
  until: stepWhile,
  for: stepFor,
  count: stepCount,
  case: stepCase,
  redirected: stepRedirected,
  function: (_running, process, _frame, { name, body }) => {
    process.functions.set(name, body);
    endWith(process, 0);
  },
  unreadable: (running, process, _frame, { problem, line }) => {
    writeTo(
      running,
      process,
      2,
      `${unreadable(shellKind(running.host, process), process.name, problem, line, process.title)}\n`,
    );
    exitShell(process, 2);
  },
  condition: stepCondition,
  arithmetic: stepArithmetic,
};

function endWith(process: Process, status: number): void {
  process.status = status;
  pop(process);
}

function stepAndOr(_running: Running, process: Process, frame: Frame, node: NodeOf<'and' | 'or'>): void {
  const { at } = frame;
  frame.at++;
  if (at === 0) push(process, node.left, true);
  else if (at === 1 && (process.status === 0) === (node.kind === 'and')) push(process, node.right);
  else pop(process);
}

function begin(running: Running, process: Process, _frame: Frame, { body }: { readonly body: Node }): void {
  const nothing: Target = { kind: 'null' };
  const parts = body.kind === 'pipeline' ? body.parts : [body];
  const pids = forkAll(running, process, parts, nothing);
  const pid = pids.at(-1) as number;
  // What is in the background is not meant by who interrupts.
  for (const one of pids) running.processes.get(one)?.traps.set('INT', '').set('QUIT', '');
  const child = running.processes.get(pid) as Process;
  process.background = pid;
  child.title = textOf(body) || child.title;
  addJob(process, pid, body);
  endWith(process, 0);
}

/** Forks the parts of a pipeline: their numbers. */
function forkAll(running: Running, process: Process, parts: readonly Node[], first: Target): number[] {
  let input = first;
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    const last: Target = process.descriptors[1] ?? { kind: 'null' };
    const output: Target = isLast ? last : { kind: 'pipe', id: openPipe(running) };
    const descriptors: Descriptors = { ...process.descriptors, 0: input, 1: output };
    input = output;
    // A subshell is no process within another.
    return fork(running, process, part.kind === 'subshell' ? part.body : part, descriptors).pid;
  });
}

function beginPipeline(running: Running, process: Process, { parts }: NodeOf<'pipeline'>): void {
  process.wait = {
    for: 'children',
    pids: forkAll(running, process, parts, process.descriptors[0] ?? { kind: 'null' }),
  };
}

function stepIf(_running: Running, process: Process, frame: Frame, node: NodeOf<'if'>): void {
  const { at } = frame;
  frame.at++;
  if (at === 0) push(process, node.condition, true);
  else if (at === 1 && process.status === 0) push(process, node.then);
  else if (at === 1 && node.otherwise) push(process, node.otherwise);
  else if (at === 1) endWith(process, 0);
  else pop(process);
}

/** 0: asks the condition; 1: decides; 2: takes note of how the body went. */
function stepWhile(_running: Running, process: Process, frame: Frame, node: NodeOf<'while' | 'until'>): void {
  if (frame.at === 2) frame.streamed = process.status;
  if (frame.at === 1) {
    const goesOn = (process.status === 0) === (node.kind === 'while');
    if (!goesOn) {
      endWith(process, frame.streamed ?? 0);
      return;
    }
    frame.at = 2;
    push(process, node.body);
    return;
  }
  frame.at = 1;
  push(process, node.condition, true);
}

function stepFor(running: Running, process: Process, frame: Frame, node: NodeOf<'for'>): void {
  if (!frame.words) {
    const shell = expanderOf(running, process, frame);
    frame.words = node.words ? expandAll(node.words, shell) : process.args;
    settle(process, shell.assigned);
    charge(running.budget, frame.words.length * 10);
    process.memory += sizeOf(frame.words);
    if (process.memory > MAX_MEMORY) throw outOfMemory();
    process.status = 0;
  }
  const item = frame.words[frame.at++];
  if (item === undefined) {
    pop(process);
    return;
  }
  assign(process, node.name, item);
  push(process, node.body);
}

/** 0: the first part; then, whenever the body has run, the next; and before it the condition. */
function stepCount(running: Running, process: Process, frame: Frame, node: NodeOf<'count'>): void {
  const [first = [], condition = [], next = []] = node.parts;
  const kind = shellKind(running.host, process);
  if (kind === 'dash') throw new ShellFault('sh: Syntax error: Bad for loop variable', 2);
  if (kind === 'busybox') throw new ShellFault('sh: syntax error: bad for loop variable', 2);
  if (frame.at > 0 && !frame.results) frame.streamed = process.status;
  const shell = expanderOf(running, process, frame);
  const value = (text: string): string => arithmetic(text, numbersOf(shell));
  value(expandText(frame.at === 0 ? first : next, shell));
  const text = expandText(condition, shell);
  const goesOn = text.trim() === '' || value(text) !== '0';
  settle(process, shell.assigned);
  frame.at = 1;
  delete frame.results;
  if (goesOn) push(process, node.body);
  else endWith(process, frame.streamed ?? 0);
}

function stepCase(running: Running, process: Process, frame: Frame, node: NodeOf<'case'>): void {
  const shell = expanderOf(running, process, frame);
  const text = expandText(node.word, shell);
  const bodies: Node[] = [];
  let before: string | undefined;
  for (const { patterns, body, goesOn } of node.items) {
    const isMeant = before === ';&' || patterns.some((pattern) => matchesPattern(expandPattern(pattern, shell), text));
    before = isMeant ? goesOn : undefined;
    if (isMeant) bodies.push(body);
    if (isMeant && !goesOn) break;
  }
  settle(process, shell.assigned);
  pop(process);
  process.status = 0;
  const [only, ...more] = bodies;
  if (!only) return;
  const found: Node = more.length > 0 ? { kind: 'list', items: bodies } : only;
  process.frames.push({ node: found, at: 0, isGuarded: frame.isGuarded });
}

function stepRedirected(running: Running, process: Process, frame: Frame, node: NodeOf<'redirected'>): void {
  if (frame.saved) {
    pop(process);
    return;
  }
  const shell = expanderOf(running, process, frame);
  const descriptors = redirected(running, process, node.redirects, shell);
  settle(process, shell.assigned);
  if ('problem' in descriptors) {
    writeTo(running, process, 2, `${descriptors.problem}\n`);
    finish(process, frame, unredirected(running, process));
    return;
  }
  frame.saved = process.descriptors;
  process.descriptors = descriptors;
  push(process, node.body);
}

function stepCondition(running: Running, process: Process, frame: Frame, node: NodeOf<'condition'>): void {
  if (shellKind(running.host, process) === 'dash') {
    writeTo(running, process, 2, `${notFound(running.host, process, '[[')}\n`);
    finish(process, frame, 127);
    return;
  }
  const shell = expanderOf(running, process, frame);
  const told: string[] = [];
  const holds = holdsCondition(node.words, shell, { host: running.host, cwd: process.cwd }, told);
  settle(process, shell.assigned);
  for (const one of told) trace(running, process, `[[ ${one} ]]`);
  finish(process, frame, holds ? 0 : 1);
}

function stepArithmetic(running: Running, process: Process, frame: Frame, node: NodeOf<'arithmetic'>): void {
  const shell = expanderOf(running, process, frame);
  const value = arithmetic(expandText(node.parts, shell), numbersOf(shell));
  settle(process, shell.assigned);
  finish(process, frame, value === '0' ? 1 : 0);
}
