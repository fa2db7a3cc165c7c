/**
 * Programs that utilities run in their own place (env, nohup, timeout …): each is a process of its own, with the utility's input and output, and has
 * the signals that are sent to the utility. What was set for it in time is seen to here.
 */
import { isBusyBox, shellKind } from './held-programs';
import type { Frame, Wait } from './process-state';
import { assign, environmentOf, fork, type Process, type Running } from './processes';
import { writeTo } from './redirects';
import type { Launch } from './results';
import { deliver, deliverToAll } from './signals';
import { commandNode } from './syntax';

/** Gives a process other variables to hand on. */
export function surround(running: Running, process: Process, { variables, ignores = [], root }: Launch): void {
  if (root !== undefined) {
    process.root = `${process.root ?? ''}${root}`;
    process.cwd = '/';
  }
  for (const name of ignores) process.traps.set(name, '');
  if (!variables) return;
  for (const [known] of environmentOf(running, process)) {
    process.variables.delete(known);
    process.unset.add(known);
  }
  for (const [name, value] of variables) {
    assign(process, name, value);
    process.exported.add(name);
  }
}

/** Begins such a program; its utility waits for it. */
export function launch(running: Running, process: Process, frame: Frame, launched: Launch): void {
  const { runs, limit, isTimed } = launched;
  const child = fork(running, process, commandNode(['exec', ...runs]));
  surround(running, child, launched);
  frame.at = 1;
  process.wait = {
    for: 'children',
    pids: [child.pid],
    launched: limit && !isBusyBox(running.host) ? 'beside' : 'in place',
    ...(limit ? { limit, untilMs: running.nowMs + limit.ms } : {}),
    ...(isTimed ? { timedMs: running.nowMs } : {}),
  };
}

type Children = Extract<Wait, { for: 'children' }>;

/** The status of GNU's timeout for a program that it had to end. */
const LATE = 124;
const KILLED = 137;

/** The time of a program is over: it is asked to end, and killed if that was asked for. */
export function expire(running: Running, process: Process, { untilMs: _over, limit, ...wait }: Children): void {
  const { signal = 'TERM', killAfterMs, isKept } = limit ?? {};
  const isSmall = isBusyBox(running.host);
  const status = signal === 'KILL' ? KILLED : LATE;
  const next =
    killAfterMs === undefined
      ? {}
      : {
          limit: { ms: killAfterMs, signal: 'KILL', ...(isKept ? { isKept } : {}) },
          untilMs: running.nowMs + killAfterMs,
        };
  process.wait = { ...wait, ...next, ...(isSmall || isKept ? {} : { late: status }) };
  for (const pid of wait.pids) {
    if (isSmall) deliver(running, pid, signal);
    else deliverToAll(running, pid, signal);
  }
  running.hasMoved = true;
}

/** Says how long a program took. */
export function tellTime(running: Running, process: Process, sinceMs: number): void {
  const seconds = (running.nowMs - sinceMs) / 1000;
  const minutes = Math.floor(seconds / 60);
  const isSmall = shellKind(running.host, process) === 'busybox';
  const shown = (value: number): string => (isSmall ? ` ${value.toFixed(2)}` : value.toFixed(3));
  const line = (name: string, whole: number, rest: number): string => `${name}\t${whole}m${shown(rest)}s\n`;
  const text = line('real', minutes, seconds - 60 * minutes) + line('user', 0, 0) + line('sys', 0, 0);
  writeTo(running, process, 2, isSmall ? text : `\n${text}`);
}
