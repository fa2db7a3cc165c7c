/** Descriptors: where they lead to, and what is written to them. Follows POSIX.1-2017, Shell Command Language, 2.7. */
import { type Expander, lookUp } from './expander';
import { expandText } from './expansion';
import { fifoAt, openFifo } from './fifo';
import { blames, shellKind } from './held-programs';
import { MAX_MEMORY, outOfMemory, readFile, writeFile } from './host';
import { isWithoutDirectory } from './missing-directory';
import type { Descriptors, Target } from './process-state';
import { hasReader, modeOfEnd, openPipe, type Process, type Running } from './processes';
import { deliver, die, signalNumber } from './signals';
import type { Node, Redirect } from './syntax';
import { readWhole } from './zeroes';

/** How much of what is printed in one wake is kept: the rest nobody reads. */
const MAX_OUTPUT = 65_536;

/** Writes to where a descriptor of a process leads. Returns why it can't, if so. */
export function writeTo(running: Running, process: Process, fd: number, text: string): string | undefined {
  const target = process.descriptors[fd];
  if (text === '' || target?.kind === 'null') return undefined;
  if (!target) return 'Bad file descriptor';
  if (target.kind === 'file') {
    return writeFile({ host: running.host, budget: running.budget, cwd: '/' }, target.path, text, true);
  }
  if (target.kind === 'stream') {
    if (running.written < MAX_OUTPUT) running.output.push({ stream: target.stream, text });
    running.written += text.length;
    return undefined;
  }
  if (!hasReader(running, target.id)) {
    if (!process.traps.has('PIPE') && process.pid !== 1) die(process, 128 + signalNumber('PIPE'));
    else deliver(running, process.pid, 'PIPE');
    return undefined;
  }
  const pipe = running.pipes.get(target.id) ?? { text: '' };
  if (pipe.text.length + text.length > MAX_MEMORY) throw outOfMemory();
  running.pipes.set(target.id, { ...pipe, text: pipe.text + text });
  running.hasMoved = true;
  return undefined;
}

/** What special paths stand for. */
function specialTarget(path: string, current: Descriptors): Target | undefined {
  const number = /^\/(?:dev\/(?:fd\/)?|proc\/self\/fd\/)(stdin|stdout|stderr|\d)$/.exec(path)?.[1];
  if (number !== undefined)
    return current[{ stdin: 0, stdout: 1, stderr: 2 }[number] ?? Number(number)] ?? { kind: 'null' };
  if (path === '/proc/1/fd/1') return { kind: 'stream', stream: 'stdout' };
  if (path === '/proc/1/fd/2') return { kind: 'stream', stream: 'stderr' };
  return path === '/dev/null' || path === '/dev/zero' ? { kind: 'null' } : undefined;
}

/** Opens one redirection. Throws nothing; returns the shell's words when it can't. */
function open(
  running: Running,
  process: Process,
  { operator, target }: Redirect,
  current: Descriptors,
  shell: Expander,
): Target | 'closed' | { readonly problem: string } {
  const text = expandText(target, shell);
  const { host, budget } = running;
  if (operator === '<<') return { kind: 'pipe', id: openPipe(running, text), mode: 'r' };
  if (operator === '>&' || operator === '<&') {
    if (text === '-') return 'closed';
    const copied = current[Number(text)];
    if (copied?.kind === 'pipe') return { ...copied, mode: modeOfEnd(text, copied) };
    return copied ?? { problem: `sh: ${text}: Bad file descriptor` };
  }
  const path = text.startsWith('/') ? text : `${process.cwd === '/' ? '' : process.cwd}/${text}`;
  const special = specialTarget(path, current);
  if (special) return special;
  const io = { host, budget, cwd: process.cwd };
  const fifo = fifoAt(io, path);
  if (fifo !== undefined)
    return openFifo(running, process, fifo, operator === '<' ? 'read' : operator === '<>' ? 'both' : 'write');
  if (operator === '<' || (operator === '<>' && readFile(io, path) !== undefined)) {
    const content = readWhole(io, path);
    if (content === undefined) return { problem: unopened(running, process, text, 'open') };
    return { kind: 'pipe', id: openPipe(running, content), mode: 'r' };
  }
  if (isWithoutDirectory(io, path)) return { problem: unopened(running, process, text, 'create') };
  const isKept = operator === '>' && process.options.includes('C') && readFile(io, path) !== undefined;
  const isBash = shellKind(host, process) === 'bash';
  const problem = isKept
    ? isBash
      ? 'cannot overwrite existing file'
      : 'File exists'
    : writeFile(io, path, '', operator === '>>');
  return problem === undefined
    ? { kind: 'file', path }
    : { problem: unopened(running, process, text, 'create', problem) };
}

/** The status of a command whose redirection fails: dash has one of its own. */
export const unredirected = ({ host }: Running, process: Process): number =>
  shellKind(host, process) === 'dash' ? 2 : 1;

const MISSING = {
  busybox: { open: 'no such file', create: 'nonexistent directory' },
  dash: { open: 'No such file', create: 'Directory nonexistent' },
} as const;

/** The line of the last simple command in one, where that is plain. */
function lineOf(node: Node): number | undefined {
  if (node.kind === 'simple') return node.line;
  if (node.kind === 'redirected' || node.kind === 'subshell') return lineOf(node.body);
  const last = node.kind === 'list' ? node.items.at(-1) : undefined;
  return last && lineOf(last);
}

/** A shell's words for what it can't open or make; without a reason it, or its directory, is not there. */
function unopened(running: Running, process: Process, path: string, verb: 'open' | 'create', why?: string): string {
  const kind = shellKind(running.host, process);
  const node = process.frames.at(-1)?.node;
  const begin = blames(kind, process.name, node && lineOf(node), process.title);
  if (kind === 'bash') return `${begin}${path}: ${why ?? 'No such file or directory'}`;
  const isSmall = kind === 'busybox';
  return `${begin}${isSmall ? "can't" : 'cannot'} ${verb} ${path}: ${why ?? MISSING[isSmall ? 'busybox' : 'dash'][verb]}`;
}

/** The number that a redirection is about; a variable is given the first free one from 10 on. */
function numberFor({ fd, variable }: Redirect, current: Descriptors, shell: Expander): number {
  if (variable === undefined) return fd;
  let free = 10;
  while (current[free]) free++;
  shell.assigned.set(variable, String(free));
  return free;
}

/** The descriptors after some redirections, one after the other; or the shell's words for the first that fails. */
export function redirected(
  running: Running,
  process: Process,
  redirects: readonly Redirect[],
  shell: Expander,
): Descriptors | { readonly problem: string } {
  let current: Descriptors = process.descriptors;
  for (const redirect of redirects) {
    const opened = open(running, process, redirect, current, shell);
    if (opened === 'closed') {
      const { variable } = redirect;
      const fd = variable === undefined ? redirect.fd : Number(lookUp(variable, shell));
      const { [fd]: _closed, ...rest } = current;
      current = rest;
    } else if ('problem' in opened) return opened;
    else current = { ...current, [numberFor(redirect, current, shell)]: opened };
  }
  return current;
}
