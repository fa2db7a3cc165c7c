/** The processes of one container, or of one command that was run in it, as plain data between wakes. Descriptors, signals and process numbers are as Linux has them. */
import type { LogStream } from '../container-log';
import type { Afterwards, Echo, Limit, Listening } from './results';
import type { Node } from './syntax';

/** The letter among a shell's options that bash has and others have not. */
export const BASH = 'B';

/** Where a descriptor leads to. */
export type Target =
  | { readonly kind: 'stream'; readonly stream: LogStream }
  /** `mode`: for what it was opened where its number does not tell. */
  | { readonly kind: 'pipe'; readonly id: number; readonly mode?: 'r' | 'w' | 'rw' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'null' };

/** By number; what is missing is closed. */
export type Descriptors = Readonly<Record<number, Target>>;

/** One command of a shell that is being carried out. */
export interface Frame {
  readonly node: Node;
  /** How far it has come. */
  at: number;
  /** Whether `set -e` leaves its failure alone. */
  isGuarded: boolean;
  /** The words of a `for`. */
  words?: readonly string[];
  /** What the substitutions of a command have printed so far, and the status of the last. */
  results?: readonly string[];
  resultStatus?: number;
  /** To be restored at its end. */
  saved?: Descriptors;
  /** Of a function: the caller's arguments, and what `local` has covered. */
  call?: { readonly args: readonly string[]; readonly covered: Readonly<Record<string, string | null>> };
  /** Of a trap: the status from before. */
  restores?: number;
  /** Of the last trap: what the shell ends with. */
  exits?: number;
  /** Of a command that reads bit by bit: its status so far. */
  streamed?: number;
  /** Of `read -t`: when it gives up. */
  untilMs?: number;
}

/** What a process waits for. */
export type Wait =
  | {
      readonly for: 'time';
      readonly untilMs: number;
      readonly then?: Afterwards;
      readonly pid: number;
      readonly title: string;
    }
  /** `grows`: it takes ever more memory. */
  | { readonly for: 'ever'; readonly pid: number; readonly title: string; readonly grows?: true }
  /** `status`: with which it ends when it is asked to. */
  | {
      readonly for: 'server';
      readonly ports: readonly number[];
      readonly status: number;
      readonly pid: number;
      readonly title: string;
    }
  /** A connection; then it goes on with what has come over it. */
  | (Listening & {
      readonly for: 'connection';
      readonly taken?: string;
      readonly pid: number;
      readonly title: string;
    })
  /** When ping goes on. */
  | {
      readonly for: 'echo';
      readonly echo: Echo;
      readonly untilMs: number;
      readonly pid: number;
      readonly title: string;
    }
  /** Children; a substitution's has its output in a pipe; `wait` can be interrupted. */
  | {
      readonly for: 'children';
      readonly pids: readonly number[];
      readonly pipe?: number;
      readonly isBuiltin?: boolean;
      readonly isAll?: boolean;
      /** It is over with the first of them. */
      readonly isAny?: boolean;
      /** What was set for them, when the next of it is due, and the status that counts since they were asked to end. */
      readonly limit?: Limit;
      readonly untilMs?: number;
      readonly late?: number;
      /** How long they took is told: since when. */
      readonly timedMs?: number;
      /** They are one program that stands in the place of this process, and has its signals; beside it where it is watched. */
      readonly launched?: 'in place' | 'beside';
    }
  /** `more`: than was there; `untilMs`: when it gives up. */
  | {
      readonly for: 'input';
      readonly pipe: number;
      readonly needs: 'line' | 'more' | 'end';
      readonly seen?: number;
      readonly untilMs?: number;
    }
  /** Somebody who opens the other end of a named pipe. */
  | { readonly for: 'fifo'; readonly path: string; readonly end: 'read' | 'write' | 'both' }
  /** Writes a line over and over. */
  | { readonly for: 'room'; readonly line: string; readonly pid: number; readonly title: string }
  /** Prints what is added to a file. */
  | {
      readonly for: 'growth';
      readonly path: string;
      readonly seen: number;
      readonly pid: number;
      readonly title: string;
    };

/** What a shell has begun in the background. */
export interface Job {
  readonly number: number;
  readonly pid: number;
  readonly text: string;
  /** Of how many commands its pipeline is. */
  readonly parts: number;
  /** That a signal has ended it has been said. */
  readonly isTold?: true;
}

/** A process. Replaced, never mutated. */
export interface ProcessState {
  readonly pid: number;
  /** The shell that its subshells call `$$`. */
  readonly shell: number;
  readonly parent: number;
  readonly title: string;
  readonly frames: readonly Readonly<Frame>[];
  readonly status: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly exported: readonly string[];
  readonly unset: readonly string[];
  readonly functions: Readonly<Record<string, Node>>;
  readonly name: string;
  readonly args: readonly string[];
  /** Letters of `set`; `P` is pipefail. */
  readonly options: string;
  readonly traps: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly descriptors: Descriptors;
  readonly signals: readonly string[];
  readonly wait?: Wait;
  readonly background: number;
  /** Its program took the place of the shell. */
  readonly isReplaced?: boolean;
  /** Set once it has ended. */
  readonly exit?: number;
  readonly shortSleeps: number;
  readonly pace: Pace;
  /** Variables that may not change any more. */
  readonly constants?: readonly string[];
  /** The bits that umask takes from the modes of new files; default: 022. */
  readonly mask?: number;
  /** The directory that is its root, when not the container's. */
  readonly root?: string;
  /** The signal that has ended it, and when. */
  readonly endedBy?: { readonly signal: string; readonly atMs: number };
  /** The oldest first. */
  readonly jobs?: readonly Job[];
}

/** How long a program was to sleep since it last sent a request, and how long it did: short sleeps that are made longer. */
export interface Pace {
  readonly askedMs: number;
  readonly sleptMs: number;
}

/** Nobody has slept. */
export const FRESH_PACE: Pace = { askedMs: 0, sleptMs: 0 };

/** A pipe, or what stands for a text that is read. */
export interface Pipe {
  readonly text: string;
  /** Somebody outside may still write to it. */
  readonly isOpen?: boolean;
  /** The path by which it was opened, and who waits to open it and may. */
  readonly fifo?: string;
  readonly admits?: readonly number[];
}

/** See the header. */
export interface ProcessTable {
  readonly processes: readonly ProcessState[];
  readonly pipes: Readonly<Record<number, Pipe>>;
  readonly nextPid: number;
  readonly nextPipe: number;
  /** The number of its first process, with which all end. */
  readonly leader: number;
  /** True when its latest wake used up all it may. */
  readonly isBusy: boolean;
}

/** A table of one process that is to carry out a command. */
export function newTable(
  node: Node,
  title: string,
  {
    pid = 1,
    name = 'sh',
    args = [],
    cwd = '/',
    options = '',
    variables = {},
    exported = [],
    stdin,
  }: Partial<ProcessState> & { stdin?: Pipe } = {},
): ProcessTable {
  const input: Target = stdin ? { kind: 'pipe', id: 0 } : { kind: 'null' };
  const first: ProcessState = {
    pid,
    shell: pid,
    parent: 0,
    title,
    frames: [{ node, at: 0, isGuarded: false }],
    status: 0,
    variables,
    exported,
    unset: [],
    functions: {},
    name,
    args,
    options,
    traps: {},
    cwd,
    descriptors: { 0: input, 1: { kind: 'stream', stream: 'stdout' }, 2: { kind: 'stream', stream: 'stderr' } },
    signals: [],
    background: 0,
    shortSleeps: 0,
    pace: FRESH_PACE,
  };
  const pipes: Record<number, Pipe> = stdin ? { 0: stdin } : {};
  return { processes: [first], pipes, nextPid: pid === 1 ? 7 : pid + 1, nextPipe: 1, leader: pid, isBusy: false };
}
