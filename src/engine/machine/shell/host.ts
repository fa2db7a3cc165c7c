/**
 * What a program of the small shell can see, change and use up: files, environment, and the bounds of one wake. Files and variables are
 * looked up as own keys only, since users choose their names.
 */
import type { ShellNetwork } from '../network-face';

/** What a command line can see and change. */
export interface ShellHost {
  /** Files of the container; replaced as a whole when one changes. */
  files: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly hostname: string;
  /** RFC 3339, for `date`. */
  readonly now: string;
  /** Programs that are the image's server: running one means serving until stopped. */
  readonly servers: readonly string[];
  /** True when a command nobody knows is "not found"; else it is taken for the image's own program. */
  readonly bare: boolean;
  /** Default: none. */
  readonly network?: ShellNetwork;
}

/** What is left of one wake: every instruction of the program, its substitutions and its inner shells is taken from it. */
export interface Budget {
  instructions: number;
  /** How many shells are inside one another. */
  depth: number;
}

/** Input and output of one command. */
export interface CommandIo {
  readonly host: ShellHost;
  readonly budget: Budget;
  readonly input: string;
  output: string;
  /** What it says on standard error. */
  errors: string;
}

/** What a command says after it has slept, and how it ends then; nothing and 0 when left out. */
export interface Afterwards {
  readonly output?: string;
  readonly errors?: string;
  readonly status?: number;
}

/** How a command went: an exit status, or that it goes on: for a time, for ever, as the image's server; or that the shell ends. */
export type CommandResult =
  | number
  | { readonly sleepMs: number; readonly then?: Afterwards }
  | 'forever'
  | 'server'
  | { readonly exit: number };

/** A utility. */
export type Command = (args: readonly string[], io: CommandIo, name: string) => CommandResult;

/** What ends a program from inside, in the shell's words. */
export class ShellFault extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}

/** Variables, lists, words and output of one program, in characters. */
export const MAX_MEMORY = 1_000_000;
/** All files of a container, in characters; what is mounted counts. */
const MAX_FILE_SIZE = 2_000_000;
const MAX_FILES = 1_000;
/** Characters that cost as much as an instruction. */
const CHARACTERS_PER_INSTRUCTION = 1_000;

/** The fault of a program that wants more memory than it may have. */
export function outOfMemory(): ShellFault {
  return new ShellFault('sh: out of memory', 2);
}

/** Takes the cost of handling so many characters from the budget. */
export function charge(budget: Budget, characters: number): void {
  budget.instructions -= Math.floor(characters / CHARACTERS_PER_INSTRUCTION);
}

/** Adds to a command's output. */
export function append(io: CommandIo, text: string): void {
  if (io.output.length + text.length > MAX_MEMORY) throw outOfMemory();
  charge(io.budget, text.length);
  io.output += text;
}

/** Prints a line. */
export function say(io: CommandIo, text: string): void {
  append(io, `${text}\n`);
}

/** Prints a line and succeeds. */
export function print(io: CommandIo, text: string): number {
  say(io, text);
  return 0;
}

/** Says a line on standard error and fails. */
export function fail(io: CommandIo, text: string, status = 1): number {
  if (io.errors.length + text.length > MAX_MEMORY) throw outOfMemory();
  charge(io.budget, text.length);
  io.errors += `${text}\n`;
  return status;
}

/** The arguments that are no options. */
export function plainArguments(args: readonly string[]): readonly string[] {
  return args.filter((argument) => !argument.startsWith('-'));
}

/** A file's content, if it is there. */
export function readFile(host: ShellHost, path: string): string | undefined {
  return Object.hasOwn(host.files, path) ? host.files[path] : undefined;
}

/** An environment variable, if it is set. */
export function environmentOf(host: ShellHost, name: string): string | undefined {
  const { environment } = host;
  return Object.hasOwn(environment, name) ? environment[name] : undefined;
}

/** Takes files away. */
export function removeFiles(io: CommandIo, doomed: readonly string[]): void {
  const gone = new Set(doomed);
  io.budget.instructions -= Math.ceil(doomed.length / 10);
  io.host.files = Object.fromEntries(Object.entries(io.host.files).filter(([path]) => !gone.has(path)));
}

/**
 * Writes or appends to a file of the container; `/dev/null` and the standard streams swallow it, the message for
 * the kubelet is a file like any other. Returns why it can't, if so: a disk
 * has room for a thousand files and two million characters.
 */
export function writeFile(io: CommandIo, path: string, content: string, adds: boolean): string | undefined {
  if (path.startsWith('/dev/') && path !== '/dev/termination-log') return undefined;
  const { host } = io;
  const before = readFile(host, path);
  const whole = adds ? (before ?? '') + content : content;
  const others = Object.keys(host.files);
  if (before === undefined && others.length >= MAX_FILES) return 'No space left on device';
  // Copying the record of all files is what a write costs.
  io.budget.instructions -= Math.floor(others.length / 50);
  if (whole.length > (before?.length ?? 0)) {
    const size = others.reduce((sum, other) => sum + (other === path ? 0 : (host.files[other] as string).length), 0);
    if (size + whole.length > MAX_FILE_SIZE) return 'No space left on device';
  }
  host.files = { ...host.files, [path]: whole };
  return undefined;
}
