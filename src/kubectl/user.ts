/**
 * The person at the keyboard: runs kubectl command lines and applies manifests, as inputs arrive. Every command that ends is evidence of the
 * step in which it ended; commands that wait are plain data in memory, woken by timers and by changes of what they watch.
 */
import type { KubeObject } from '../engine/api/meta';
import { findResource } from '../engine/api/scheme';
import type { Component, Context, Memory, Watch, WatchEvent } from '../engine/client/component';
import type { CommandIo, Process } from './command';
import { observingClient } from './observing-client';
import { advance, newApplyProcess, newProcess } from './process';
import { ROLLOUT_KINDS } from './rollout-progress';

/** What the user component remembers: the commands that run, and changes they haven't looked at. */
export interface UserMemory extends Memory {
  nextId: number;
  readonly processes: Map<string, Process>;
  readonly seen: Map<string, readonly (KubeObject | null)[]>;
}

/** A command line to run. */
export interface KubectlPayload {
  readonly command: string;
  readonly stdin?: string;
  /** Who runs it; default: the administrator. */
  readonly as?: string;
}

/** Manifests to apply, as one file would be. */
export interface ApplyPayload {
  readonly documents: readonly KubeObject[];
  /** What messages call the file. */
  readonly source?: string;
}

/** The evidence a command leaves. */
export interface CommandRecord {
  readonly type: 'command';
  readonly command: string;
  readonly startedMs: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** What a command says that ended by a mistake of ours: the same in every JavaScript engine, whose own words differ. */
export const MISTAKE = 'this command could not be carried out because of a mistake in kubestep itself';

type UserContext = Context<UserMemory>;

function newId(context: UserContext): string {
  return String(context.memory.nextId++);
}

function start(context: UserContext, process: Process): void {
  context.memory.processes.set(process.id, process);
  go(context, process);
}

/** Lets a process go on and arranges for what comes next. */
function go(context: UserContext, process: Process): void {
  const { memory } = context;
  if (process.code !== undefined) {
    memory.processes.delete(process.id);
    end(context, process, undefined);
    return;
  }
  const seen = memory.seen.get(process.id) ?? [];
  memory.seen.delete(process.id);
  const observed = observingClient(context.client);
  const { nowMs, now } = context;
  const io: CommandIo = { client: observed.client, nowMs, now, timeOf: (text) => context.timeOf(text), seen };
  const next = awaited(advance(process, io), nowMs, context.elapsedMs);
  if (next.code !== undefined && next.wakeMs === undefined) {
    memory.processes.delete(next.id);
    end(context, next, observed.first());
    return;
  }
  memory.processes.set(next.id, next);
  if (next.wakeMs !== undefined) context.after(Math.max(0, next.wakeMs - nowMs), 'advance', next.id);
  const written = observed.first();
  if (written) context.say('run', written, `${shown(next.command)}${lastLine(next, process)}`);
}

/** A process as it goes on, or ends, when its requests are answered. */
function awaited(process: Process, nowMs: number, elapsedMs: number): Process {
  if (elapsedMs === 0) return process;
  const { wakeMs, code } = process;
  if (code === undefined && wakeMs === undefined) return process;
  return { ...process, wakeMs: Math.max(wakeMs ?? 0, nowMs + elapsedMs) };
}

/** The last line that a call printed, to name its step by. */
function lastLine(process: Process, before: Process): string {
  const printed = process.stdout.slice(before.stdout.length).trimEnd().split('\n').at(-1);
  return printed ? `: ${printed}` : '';
}

function end(context: UserContext, process: Process, written: KubeObject | undefined): void {
  const { command, startedMs, stdout, stderr, code = 0 } = process;
  const record: CommandRecord = { type: 'command', command, startedMs, stdout, stderr, code };
  context.attach(record);
  context.say('run', written, sentence(record));
}

/** A command as sentences name it: its first line, with the program's name. */
function shown(command: string): string {
  return `kubectl ${(command.split('\n')[0] as string).replace(/^(kubectl|k)\s+/, '')}`;
}

/** One line for the trace: the command, and what came of it. */
function sentence({ command, stdout, stderr, code }: CommandRecord): string {
  const line = shown(command);
  const lines = (code === 0 ? stdout : stderr).trimEnd().split('\n');
  if (code !== 0) return `${line} failed: ${lines[0] ?? ''}`;
  return lines.length === 1 && lines[0] !== '' && (lines[0] as string).length < 160 ? `${line}: ${lines[0]}` : line;
}

function receive(context: UserContext, key: string): void {
  const { kind, payload } = context.input(key);
  const { nowMs } = context;
  if (kind === 'kubectl') {
    const { command, ...rest } = payload as KubectlPayload;
    start(context, newProcess(newId(context), command.trim(), nowMs, rest));
    return;
  }
  if (kind !== 'apply') throw new Error(`the user can't do this: ${kind}`);
  const { documents, source } = payload as ApplyPayload;
  start(context, newApplyProcess(newId(context), documents, nowMs, source));
}

function isWatched(process: Process, event: WatchEvent, object: KubeObject): boolean {
  const { watch } = process;
  if (!watch || watch.kind !== event.kind || watch.name !== object.metadata.name) return false;
  return (watch.namespace ?? '') === (object.metadata.namespace ?? '');
}

/** Passes a change on to the processes that wait for it. */
function observe(context: UserContext, event: WatchEvent): void {
  const { memory } = context;
  if (memory.processes.size === 0) return;
  const object = event.value ?? event.previous;
  if (!object) return;
  for (const process of memory.processes.values()) {
    if (!isWatched(process, event, object)) continue;
    const before = memory.seen.get(process.id) ?? [];
    memory.seen.set(process.id, [...before, event.value ?? null]);
    if (before.length === 0) context.afterBecause(0, 'advance', process.id, event.step);
  }
}

const WATCHES: readonly Watch<UserMemory>[] = ROLLOUT_KINDS.filter(findResource).map((kind) => ({ kind, on: observe }));

/** The component that stands for the person. */
export const userComponent: Component<UserMemory> = {
  name: 'user',
  process: 'user',
  watches: WATCHES,
  initial: () => ({ nextId: 1, processes: new Map(), seen: new Map() }),
  handle: (context, timer) => {
    if (timer.kind.startsWith('input/')) {
      receive(context, timer.key);
      return;
    }
    const process = context.memory.processes.get(timer.key);
    if (process && isDue(context, process)) go(context, process);
  },
  onError: (context, timer) => {
    const { processes, nextId } = context.memory;
    const process = processes.get(timer.kind.startsWith('input/') ? String(nextId - 1) : timer.key);
    if (!process) return;
    processes.delete(process.id);
    end(context, { ...process, stderr: `${process.stderr}error: ${MISTAKE}\n`, code: 1 }, undefined);
  },
};

/** A timer of an earlier wait may still arrive: it counts only when the process is due or has something to look at. */
function isDue(context: UserContext, process: Process): boolean {
  if (process.code !== undefined) return (process.wakeMs ?? 0) <= context.nowMs;
  if (context.memory.seen.has(process.id)) return true;
  return process.progress === undefined || (process.wakeMs !== undefined && process.wakeMs <= context.nowMs);
}
