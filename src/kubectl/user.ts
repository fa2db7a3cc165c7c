/**
 * The person at the keyboard: runs kubectl command lines and applies manifests, as inputs arrive. Every command that ends is evidence of the
 * step in which it ended; commands that wait are plain data in memory, woken by timers and by changes of what they watch.
 */

import { KINDS } from '../engine/api/kinds/registry';
import type { KubeObject } from '../engine/api/meta';
import { deepEqual } from '../engine/api/plain';
import type { Passage } from '../engine/api/request';
import { withoutSecretValues } from '../engine/api/secret-command';
import type { Component, Context, CUSTOM_KINDS, Memory, Watch, WatchEvent } from '../engine/client/component';
import type { NodeConfig } from '../engine/simulation';
import type { CommandIo, EditedName, PrintedMark, Process, SeenChange } from './command';
import type { ReadDocumentation } from './explain/documentation';
import { filesIn } from './files';
import type { FindCommand } from './lookup';
import { observingClient } from './observing-client';
import { passageText } from './passage-text';
import { advance, newApplyProcess, newProcess, stopped } from './process';
import { shellCommand } from './shell';

/** What the user component remembers: the commands that run, changes they haven't looked at, and what belongs to the person. */
export interface UserMemory extends Memory {
  nextId: number;
  readonly processes: Map<string, Process>;
  readonly seen: Map<string, readonly SeenChange[]>;
  /** Texts of files by path. */
  readonly files: Map<string, string>;
  /** The manifests of the editor, by what they describe. */
  readonly manifests: Map<string, KubeObject>;
  /** The namespace that the kubeconfig names, or ''. */
  namespace: string;
}

/** A command line to run. */
export interface KubectlPayload {
  readonly command: string;
  readonly stdin?: string;
  /** Who runs it; default: the administrator. */
  readonly as?: string;
  /** The groups of that user. */
  readonly groups?: readonly string[];
  /** The virtual ms up to which a command that follows (`get -w`) does so. */
  readonly untilMs?: number;
}

/** Files that are there from the beginning. */
export interface FilesPayload {
  readonly files: Readonly<Record<string, string>>;
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
  /** When, and in which order, it printed that; left out where it did so at once. */
  readonly printed?: readonly PrintedMark[];
  /** What it could not edit here: the page opens its editor there. */
  readonly edits?: readonly EditedName[];
  /** How its requests went through the API server: each distinct one once, the first ones only. */
  readonly requests?: readonly Passage[];
}

/** So many requests of a command are kept as evidence. */
const MAX_PASSAGES = 20;

/** What a command says that ended by a mistake of ours: the same in every JavaScript engine, whose own words differ. */
export const MISTAKE = 'this command could not be carried out because of a mistake in kubestep itself';

type UserContext = Context<UserMemory>;

/** What commands are found and explained with. */
type Equipment = Pick<CommandIo, 'find' | 'documentation'>;

function newId(context: UserContext): string {
  return String(context.memory.nextId++);
}

function start(context: UserContext, equipment: Equipment, process: Process): void {
  context.memory.processes.set(process.id, process);
  go(context, equipment, process);
}

/** Lets a process go on and arranges for what comes next. */
function go(context: UserContext, equipment: Equipment, process: Process): void {
  const { memory } = context;
  if (process.code !== undefined) {
    memory.processes.delete(process.id);
    end(context, process, undefined);
    return;
  }
  const seen = memory.seen.get(process.id) ?? [];
  memory.seen.delete(process.id);
  const passages: Passage[] = [...(process.requests ?? [])];
  const onPassage = (passage: Passage): void => notePassage(passages, passage);
  const observed = observingClient(context.client.acting({ onPassage }));
  const { nowMs } = context;
  const io: CommandIo = { ...equipment, ...surroundings(context), client: observed.client, step: context.step, seen };
  const advanced = withRequests(advance(process, io), passages);
  const isOver = advanced.code === undefined && nowMs >= deadlineOf(advanced);
  const next = awaited(isOver ? stopped(advanced, io) : advanced, nowMs, context.elapsedMs);
  if (next.code !== undefined && next.wakeMs === undefined) {
    memory.processes.delete(next.id);
    end(context, next, observed.first());
    return;
  }
  memory.processes.set(next.id, next);
  const wakeMs = Math.min(next.wakeMs ?? Infinity, next.code === undefined ? deadlineOf(next) : Infinity);
  if (wakeMs !== Infinity) context.after(Math.max(0, wakeMs - nowMs), 'advance', next.id);
  const written = observed.first();
  if (written) context.say('run', written, `${shown(next.command)}${lastLine(next.stdout, process.stdout)}`);
  else if (next.stderr !== process.stderr) {
    // What is refused and tried again later has happened too.
    context.say('refuse', undefined, `${shown(next.command)}${lastLine(next.stderr, process.stderr)}`);
  }
}

/** The clock, the files and the kubeconfig of the person. */
function surroundings(context: UserContext): Pick<CommandIo, 'nowMs' | 'now' | 'timeOf' | 'files' | 'kubeconfig'> {
  const { memory, nowMs, now } = context;
  const setNamespace = (namespace: string): void => {
    memory.namespace = namespace;
  };
  return {
    ...{ nowMs, now, timeOf: (text) => context.timeOf(text) },
    files: filesIn(memory.files, [...memory.manifests.values()]),
    kubeconfig: { namespace: memory.namespace, setNamespace },
  };
}

/** Keeps a request as evidence, unless an equal one is kept or there are many. */
function notePassage(passages: Passage[], passage: Passage): void {
  if (passages.length < MAX_PASSAGES && !passages.some((known) => deepEqual(known, passage))) passages.push(passage);
}

const withRequests = (process: Process, requests: readonly Passage[]): Process =>
  requests.length > 0 ? { ...process, requests } : process;

/** When a process that waits is ended from outside. */
function deadlineOf({ limitMs = Infinity, untilMs = Infinity, follows }: Process): number {
  return Math.min(limitMs, follows ? untilMs : Infinity);
}

/** A process as it goes on, or ends, when its requests are answered. */
function awaited(process: Process, nowMs: number, elapsedMs: number): Process {
  if (elapsedMs === 0) return process;
  const { wakeMs, code } = process;
  if (code === undefined && wakeMs === undefined) return process;
  return { ...process, wakeMs: Math.max(wakeMs ?? 0, nowMs + elapsedMs) };
}

/** The last line that a call printed, to name its step by. */
function lastLine(text: string, before: string): string {
  const printed = text.slice(before.length).trimEnd().split('\n').at(-1);
  return printed ? `: ${printed}` : '';
}

function end(context: UserContext, process: Process, written: KubeObject | undefined): void {
  const { command, startedMs, stdout, stderr, code = 0, printed = [], requests, edits } = process;
  const isLong = printed.length > 1 || context.nowMs > startedMs;
  const evidence = { ...(isLong ? { printed } : {}), ...(requests ? { requests } : {}), ...(edits ? { edits } : {}) };
  const record: CommandRecord = { type: 'command', command, startedMs, stdout, stderr, code, ...evidence };
  context.attach(record);
  context.say('run', written, sentence(record));
}

/** A command as sentences name it: its first line, with the program's name. */
function shown(command: string): string {
  const [line = ''] = withoutSecretValues(command).split('\n', 1);
  if (shellCommand(command.split(/\s/, 1))) return line;
  return `kubectl ${line.replace(/^(kubectl|k)\s+/, '')}`;
}

/** One line for the trace: the command, and what came of it. */
function sentence({ command, stdout, stderr, code, requests }: CommandRecord): string {
  const how = passageText(requests);
  const line = shown(command);
  const lines = (code === 0 ? stdout : stderr).trimEnd().split('\n');
  if (code !== 0) return `${line} failed: ${lines[0] ?? ''}${how}`;
  const isShort = lines.length === 1 && lines[0] !== '' && (lines[0] as string).length < 160;
  return `${isShort ? `${line}: ${lines[0]}` : line}${how}`;
}

function receive(context: UserContext, equipment: Equipment, key: string): void {
  const { kind, payload } = context.input(key);
  const { nowMs } = context;
  if (kind === 'kubectl') {
    const { command, ...rest } = payload as KubectlPayload;
    start(context, equipment, newProcess(newId(context), command.trim(), nowMs, rest));
    return;
  }
  if (kind === 'files') {
    for (const [path, text] of Object.entries((payload as FilesPayload).files)) context.memory.files.set(path, text);
    return;
  }
  if (kind === 'join') {
    addMachine(context, payload as NodeConfig);
    return;
  }
  if (kind !== 'apply') throw new Error(`the user can't do this: ${kind}`);
  const { documents, source } = payload as ApplyPayload;
  for (const object of documents) context.memory.manifests.set(describedBy(object), object);
  start(context, equipment, newApplyProcess(newId(context), documents, nowMs, source));
}

/** The runtime brings the machine up when this is said (engine/runtime/joining.ts). */
function addMachine(context: UserContext, { name }: NodeConfig): void {
  if (context.peer(`machine/${name}`)) context.say('refuse', undefined, `There is a machine named ${name} already`);
  else context.say('join', undefined, `A machine named ${name} is added: its kubelet starts`);
}

/** What tells manifests of different objects apart. Texts are applied as people write them: anything may be missing. */
function describedBy({ apiVersion, kind, metadata }: KubeObject): string {
  return JSON.stringify([apiVersion, kind, metadata?.namespace, metadata?.name]);
}

function isWatched({ watch }: Process, event: WatchEvent, { metadata }: KubeObject): boolean {
  if (!watch || watch.kind !== event.kind) return false;
  if (watch.name === undefined) return watch.namespace === undefined || watch.namespace === metadata.namespace;
  return watch.name === metadata.name && (watch.namespace ?? '') === (metadata.namespace ?? '');
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
    const { revision, value, previous } = event;
    memory.seen.set(process.id, [...before, { revision, value, previous }]);
    if (before.length === 0) context.afterBecause(0, 'advance', process.id, event.step);
  }
}

/** Only while something runs is anything watched. */
const isRunning = ({ processes }: UserMemory): boolean => processes.size > 0;

const CUSTOM: typeof CUSTOM_KINDS = 'custom kinds';

const WATCHES: readonly Watch<UserMemory>[] = [...KINDS.map(({ id }) => id), CUSTOM].map((kind) => ({
  kind,
  on: observe,
  open: isRunning,
}));

/** The component that stands for the person, with the commands that can be found at present. */
export const createUserComponent = (
  commands: () => FindCommand,
  documentation: ReadDocumentation = () => undefined,
): Component<UserMemory> => ({
  name: 'user',
  process: 'user',
  reads: ['machine'],
  watches: WATCHES,
  initial: () => ({
    nextId: 1,
    processes: new Map(),
    seen: new Map(),
    files: new Map(),
    manifests: new Map(),
    namespace: '',
  }),
  handle: (context, timer) => {
    if (timer.kind.startsWith('input/')) {
      receive(context, { find: commands(), documentation }, timer.key);
      return;
    }
    const process = context.memory.processes.get(timer.key);
    if (process && isDue(context, process)) go(context, { find: commands(), documentation }, process);
  },
  onError: (context, timer) => {
    const { processes, nextId } = context.memory;
    const process = processes.get(timer.kind.startsWith('input/') ? String(nextId - 1) : timer.key);
    if (!process) return;
    processes.delete(process.id);
    end(context, { ...process, stderr: `${process.stderr}error: ${MISTAKE}\n`, code: 1 }, undefined);
  },
});

/** A timer of an earlier wait may still arrive: it counts only when the process is due or has something to look at. */
function isDue(context: UserContext, process: Process): boolean {
  if (process.code !== undefined) return (process.wakeMs ?? 0) <= context.nowMs;
  if (process.isWoken || context.memory.seen.has(process.id)) return true;
  if (deadlineOf(process) <= context.nowMs) return true;
  return process.progress === undefined || (process.wakeMs !== undefined && process.wakeMs <= context.nowMs);
}
