/**
 * What processes wait for, and when that has come. Sleeps of less than a millisecond cost instructions instead of time, and one that sleeps
 * shorter than 50 ms hundreds of times in a row sleeps longer and longer, up to a second.
 */
import { fill } from './array-store';
import { canOpen } from './fifo';
import { shellKind } from './held-programs';
import { MAX_MEMORY } from './host';
import { expire, tellTime } from './launch';
import { NO_NETWORK } from './network-options';
import { sendEcho } from './ping';
import { freshPid, hasReader, hasWriter, type Process, type Running } from './processes';
import { writeTo } from './redirects';
import type { Afterwards } from './results';
import { die, obituary, signalNumber } from './signals';

const LONGEST_FLOOR_MS = 1_000;
/** What a sleep of less than a millisecond costs. */
const TINY_SLEEP_COST = 50;
const SHORT_SLEEP_MS = 50;
/** After so many short sleeps in a row they become longer: 10 ms, doubled after as many again. */
const SHORT_SLEEPS = 200;
const LAST_DOUBLING = 7;
/** Characters that a pipe holds. */
const PIPE_SIZE = 65_536;
/** Characters that a program writes at a time which writes without end. */
const AT_ONCE = 4_096;
/** How often `tail -f` looks at its file. */
const LOOK_MS = 1_000;

/** The array in which bash keeps the statuses of a pipeline. */
const PIPELINE = 'PIPESTATUS';

/** A process sleeps, and says afterwards what came of it. */
export function sleepFor(
  running: Running,
  process: Process,
  { sleepMs, then }: { readonly sleepMs: number; readonly then?: Afterwards },
  title: string,
): void {
  if (sleepMs < 1) {
    running.budget.instructions -= TINY_SLEEP_COST;
    afterSleep(running, process, then);
    return;
  }
  process.shortSleeps = sleepMs < SHORT_SLEEP_MS ? process.shortSleeps + 1 : 0;
  const doublings = Math.floor(process.shortSleeps / SHORT_SLEEPS) - 1;
  const floorMs = doublings < 0 ? 1 : Math.min(LONGEST_FLOOR_MS, 10 * 2 ** Math.min(doublings, LAST_DOUBLING));
  const sleptMs = Math.max(sleepMs, floorMs);
  process.pace = { askedMs: process.pace.askedMs + sleepMs, sleptMs: process.pace.sleptMs + sleptMs };
  const untilMs = running.nowMs + sleptMs;
  process.wait = { for: 'time', untilMs, pid: freshPid(running), title, ...(then ? { then } : {}) };
}

function afterSleep(running: Running, process: Process, then: Afterwards | undefined): void {
  process.status = then?.status ?? 0;
  writeTo(running, process, 2, then?.errors ?? '');
  writeTo(running, process, 1, then?.output ?? '');
}

/** Lets a process go on when what it waits for has come. Returns whether it can. */
export function wakes(running: Running, process: Process): boolean {
  const { wait } = process;
  if (!wait) return true;
  const isOver = WAITS[wait.for](running, process, wait as never);
  // One that has written where nobody reads has ended: whoever waits for it is to see that.
  if (process.exit !== undefined) running.hasMoved = true;
  if (isOver && process.exit === undefined) {
    if (process.wait === wait) process.wait = undefined;
    if (wait.for === 'time') tellOfTheDead(running, process);
  }
  return isOver && process.exit === undefined;
}

/** bash takes note of its jobs once it has waited for a program, and says of those that a signal has ended. */
function tellOfTheDead(running: Running, process: Process): void {
  if (!process.jobs?.length || process.pid !== process.shell || shellKind(running.host, process) !== 'bash') return;
  process.jobs = process.jobs.map((job) => {
    const { endedBy } = running.processes.get(job.pid) ?? {};
    if (!endedBy || job.isTold) return job;
    const title = job.text || (running.processes.get(job.pid)?.title ?? '');
    const ended = { pid: job.pid, title, isForeground: false };
    writeTo(running, process, 2, obituary(running, process, endedBy.signal, ended));
    return { ...job, isTold: true as const };
  });
}

type WaitOf<K extends string> = Extract<NonNullable<Process['wait']>, { for: K }>;
type Waits = {
  readonly [K in NonNullable<Process['wait']>['for']]: (running: Running, process: Process, wait: WaitOf<K>) => boolean;
};

const WAITS: Waits = {
  time: (running, process, { untilMs, then }) => {
    if (running.nowMs < untilMs) return false;
    afterSleep(running, process, then);
    return true;
  },
  echo: (running, process, wait) => {
    if (running.nowMs < wait.untilMs) return false;
    const { network = NO_NETWORK } = running.host;
    const { text, next, waitMs, status } = sendEcho(wait.echo, (address) => network.echoes(address));
    if (next) process.wait = { ...wait, echo: next, untilMs: running.nowMs + waitMs };
    process.status = status;
    writeTo(running, process, 1, text);
    return !next;
  },
  ever: () => false,
  server: () => false,
  connection: (running, process, { taken, ...wait }) => {
    if (taken === undefined) return false;
    if (wait.isKept) process.wait = wait;
    process.status = 0;
    writeTo(running, process, 1, taken);
    return !wait.isKept;
  },
  children: (running, process, wait) => {
    const { pipe, isBuiltin, isAll, isAny, untilMs, late } = wait;
    if (isBuiltin && process.signals.length > 0) {
      process.status = 128 + signalNumber(process.signals[0] as string);
      return true;
    }
    const statusOf = (pid: number): number | undefined =>
      running.processes.get(pid)?.exit ?? (running.processes.has(pid) ? undefined : 127);
    const first = isAny ? wait.pids.find((pid) => statusOf(pid) !== undefined) : undefined;
    const pids = first === undefined ? wait.pids : [first];
    const statuses = pids.map(statusOf);
    if (untilMs !== undefined && running.nowMs >= untilMs && statuses.includes(undefined)) {
      expire(running, process, wait);
      return false;
    }
    if (statuses.includes(undefined)) return false;
    const failed = statuses.findLast((status) => status !== 0) ?? 0;
    process.status = (process.options.includes('P') && pids.length > 1 ? failed : statuses.at(-1)) ?? 0;
    if (isAll) process.status = 0;
    // Of one that bash has waited for as a pipeline.
    if (!isBuiltin && pids.length > 1 && shellKind(running.host, process) === 'bash') {
      const entries = statuses.map((status, at) => [at === 0 ? PIPELINE : `${PIPELINE}[${at}]`, `${status}`] as const);
      fill(process, PIPELINE, entries);
    }
    if (late !== undefined) process.status = late;
    // A substitution is no program that it waits for.
    if (pipe === undefined) tellOfTheDead(running, process);
    for (const pid of isAll || late === 124 ? [] : pids) {
      const { endedBy, title = '' } = running.processes.get(pid) ?? {};
      // Of what has ended before, the shell has taken note without a word.
      if (endedBy?.atMs !== running.nowMs || process.jobs?.some((job) => job.pid === pid && job.isTold)) continue;
      if (wait.launched && process.pid !== process.shell) continue;
      const isForeground = isBuiltin !== true;
      writeTo(running, process, 2, obituary(running, process, endedBy.signal, { pid, title, isForeground }));
    }
    if (wait.timedMs !== undefined) tellTime(running, process, wait.timedMs);
    // What wait has waited for can be asked for again, but in bash.
    const isKept = isBuiltin && !isAny && shellKind(running.host, process) !== 'bash';
    for (const pid of isKept ? [] : pids) running.processes.delete(pid);
    if (pipe !== undefined) takeResult(running, process, pipe);
    return true;
  },
  input: (running, _process, { pipe, needs, seen = 0, untilMs = Number.POSITIVE_INFINITY }) => {
    const text = running.pipes.get(pipe)?.text ?? '';
    if (running.nowMs >= untilMs) return true;
    const isMore = needs !== 'end' && text.length > seen;
    return (isMore && (needs === 'more' || text.includes('\n'))) || !hasWriter(running, pipe);
  },
  fifo: (running, process, { path, end }) => canOpen(running, process, path, end),
  room: (running, process, { line }) => {
    const target = process.descriptors[1];
    if (target?.kind !== 'pipe') return false;
    if (!hasReader(running, target.id)) {
      die(process, 128 + signalNumber('PIPE'));
      return true;
    }
    // Who waits for more takes it in.
    const isRead = [...running.processes.values()].some(({ wait }) => wait?.for === 'input' && wait.pipe === target.id);
    const room = (isRead ? MAX_MEMORY : PIPE_SIZE) - (running.pipes.get(target.id)?.text.length ?? 0);
    if (room < line.length) return false;
    running.budget.instructions -= 10;
    const lines = Math.max(64, Math.floor(AT_ONCE / line.length));
    writeTo(running, process, 1, line.repeat(Math.min(lines, Math.floor(room / line.length))));
    return false;
  },
  growth: (running, process, wait) => {
    const text = Object.hasOwn(running.host.files, wait.path) ? (running.host.files[wait.path] as string) : '';
    const from = text.length < wait.seen ? 0 : wait.seen;
    if (text.length === wait.seen) return false;
    process.wait = { ...wait, seen: text.length };
    writeTo(running, process, 1, text.slice(from));
    return false;
  },
};

/** A substitution has ended: its words, without the newlines at their end. */
function takeResult(running: Running, process: Process, pipe: number): void {
  const frame = process.frames.at(-1);
  const text = running.pipes.get(pipe)?.text ?? '';
  running.pipes.delete(pipe);
  if (!frame) return;
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  frame.results = [...(frame.results ?? []), text.slice(0, end)];
  frame.resultStatus = process.status;
}

/** When a process can go on by itself; undefined when something else must happen first. */
export function dueMs(running: Running, process: Process): number | undefined {
  const { wait } = process;
  if (process.exit !== undefined) return undefined;
  if (wait && 'untilMs' in wait) return wait.untilMs;
  // Others may open it who are not among these processes.
  if (wait?.for === 'fifo') return running.nowMs + LOOK_MS;
  if (wait?.for === 'growth' && wait.path !== '/dev/null') return running.nowMs + LOOK_MS;
  return undefined;
}
