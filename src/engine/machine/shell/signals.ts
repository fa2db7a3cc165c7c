/** Signals: their names, what they do to a process, and how processes end. Follows signal(7) and POSIX.1-2017, 2.11 and 2.14 (trap). */

import { shellKind } from './held-programs';
import { parseShell } from './parser';
import type { Process, Running } from './processes';

const NUMBERS: Readonly<Record<string, number>> = {
  EXIT: 0,
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  WINCH: 28,
};
const HARMLESS = ['CHLD', 'CONT', 'WINCH', 'STOP', 'TSTP'];

/** The names of signals in order of their numbers. */
export const SIGNALS: readonly string[] = Object.keys(NUMBERS).filter((name) => name !== 'EXIT');

/** The plain name of `SIGTERM`, `TERM` or `15`; undefined when there is none. */
export function signalName(text: string): string | undefined {
  const plain = text.toUpperCase().replace(/^SIG/, '');
  if (Object.hasOwn(NUMBERS, plain)) return plain;
  return /^\d{1,2}$/.test(text) ? Object.keys(NUMBERS).find((name) => NUMBERS[name] === Number(text)) : undefined;
}

/** The number of a signal. */
export function signalNumber(name: string): number {
  return NUMBERS[name] ?? 15;
}

const TEXTS: Readonly<Record<string, string>> = {
  HUP: 'Hangup',
  QUIT: 'Quit',
  ABRT: 'Aborted',
  KILL: 'Killed',
  USR1: 'User defined signal 1',
  SEGV: 'Segmentation fault',
  USR2: 'User defined signal 2',
  ALRM: 'Alarm clock',
  TERM: 'Terminated',
};

/** What a shell calls the end by a signal. */
export const signalText = (name: string): string => TEXTS[name] ?? '';

/** What ended, as its shell knows it. */
interface Ended {
  readonly pid: number;
  readonly title: string;
  readonly isForeground: boolean;
}

/** What a shell says of a program that it has waited for when a signal has ended it. Follows bash's jobs.c for bash. */
export function obituary(running: Running, process: Process, signal: string | undefined, ended: Ended): string {
  const text = signal && TEXTS[signal];
  if (!text || process.isReplaced) return '';
  if (shellKind(running.host, process) !== 'bash') return `${text}\n`;
  if (signal === 'TERM') return ended.isForeground ? `${text}\n` : '';
  const { node } = process.frames.at(-1) ?? {};
  const line = (node?.kind === 'simple' && node.line) || 0;
  const place = `line ${line + 1}: `;
  return `${process.name}: ${place}${String(ended.pid).padStart(5)} ${text.padEnd(24)}${ended.title}\n`;
}

/** Ends a process at once. */
export function die(process: Process, status: number): void {
  process.exit = status;
  process.wait = undefined;
  process.frames = [];
  process.descriptors = {};
}

/** Ends a shell: what it has trapped for its end is run first. */
export function exitShell(process: Process, status: number): void {
  const text = process.traps.get('EXIT');
  const node = text ? parseShell(text) : undefined;
  process.traps.delete('EXIT');
  if (!node || 'problem' in node) {
    die(process, status);
    return;
  }
  process.wait = undefined;
  process.status = status;
  process.frames = [{ node, at: 0, isGuarded: true, exits: status }];
}

/** Sends a signal to a process of a table, or to the program that it waits for; false when there is none of that number. */
export function deliver(running: Running, pid: number, name: string): boolean {
  for (const process of running.processes.values()) {
    if (process.exit !== undefined) continue;
    const { wait } = process;
    // nginx reads its configuration again.
    const isAt = wait?.for === 'server' && (wait.pid === pid || process.pid === pid);
    if (isAt && name === 'HUP' && /^(\S*\/)?nginx\b/.test(wait.title)) return running.host.signal?.(pid, name) ?? true;
    if (wait && 'pid' in wait && wait.pid === pid) {
      // What its shell ignores it ignores as well.
      const isIgnored = name !== 'KILL' && process.traps.get(name) === '';
      if (HARMLESS.includes(name) || name === 'EXIT' || isIgnored) return true;
      // Its shell goes on at once.
      const ended = { pid, title: wait.title, isForeground: true };
      const status = statusAfter(process, name);
      const then = { errors: status > 128 ? obituary(running, process, name, ended) : '', status };
      process.wait = { for: 'time', untilMs: running.nowMs, then, pid, title: wait.title };
      return true;
    }
    if (process.pid === pid) {
      if (standsFor(process, name)) {
        if (wait?.for === 'children') for (const child of wait.pids) handOver(running, process, child, name);
        return true;
      }
      receive(process, name);
      if ((process.exit ?? 0) > 128) process.endedBy = { signal: name, atMs: running.nowMs };
      return true;
    }
  }
  return false;
}

/** With what a process ends after a signal: servers end by themselves when they are asked to. */
function statusAfter({ wait }: Process, name: string): number {
  const isAsked = wait?.for === 'server' && ['TERM', 'INT', 'QUIT'].includes(name);
  return isAsked ? wait.status : 128 + signalNumber(name);
}

/** Whether a process is a utility in whose place another program runs, which has a signal that is sent to it; GNU's timeout is killed by itself. */
function standsFor({ wait, isReplaced, pid, shell, frames }: Process, signal: string): boolean {
  if (wait?.for !== 'children' || !wait.launched) return false;
  if (signal === 'KILL' && wait.launched === 'beside') return false;
  return isReplaced || (pid !== shell && frames.length === 1);
}

/** Sends a program the signal that its utility had. As the first process of a container it has only those that it catches. */
function handOver(running: Running, { pid, wait }: Process, child: number, name: string): void {
  const isFirst = pid === 1 && wait?.for === 'children' && wait.launched === 'in place';
  if (!isFirst || running.processes.get(child)?.traps.has(name)) deliver(running, child, name);
}

/** As {@link deliver}, to a process, what it waits for, and all that it has begun. */
export function deliverToAll(running: Running, pid: number, name: string): void {
  const process = running.processes.get(pid);
  if (!process || process.exit !== undefined) return;
  const children = [...running.processes.values()].filter(({ parent }) => parent === pid).map((child) => child.pid);
  const { wait } = process;
  deliver(running, pid, name);
  for (const child of children) deliverToAll(running, child, name);
  if (wait && 'pid' in wait) deliver(running, wait.pid, name);
}

function receive(process: Process, name: string): void {
  if (name === 'EXIT') return;
  const trap = name === 'KILL' ? undefined : process.traps.get(name);
  if (trap !== undefined) {
    if (trap !== '') process.signals.push(name);
    return;
  }
  // The kernel keeps from the first process of a container what it has not asked for.
  if (process.pid === 1 || HARMLESS.includes(name)) return;
  die(process, statusAfter(process, name));
}

/** Lets a shell run what it has set a trap for, between two commands. */
export function takeSignal(process: Process): void {
  const name = process.signals.shift();
  const node = parseShell(process.traps.get(name ?? '') ?? '');
  if ('problem' in node) return;
  process.frames.push({ node, at: 0, isGuarded: true, restores: process.status });
}
