/**
 * What a program of the small shell can see, change and use up: files, environment, and the bounds of one wake. Files and variables are
 * looked up as own keys only, since users choose their names.
 */
import type { ShellNetwork } from '../network-face';
import type { Base, ShellKind } from './held-programs';
import {
  absolute,
  followed,
  HOLE_SUFFIX,
  isDirectoryIn,
  isFileKey,
  MODE_SUFFIX,
  modeOf,
  noteOf,
  OWNER_SUFFIX,
  type Space,
  TIME_SUFFIX,
} from './paths';
import type { Afterwards, Beginning, CommandResult } from './results';

/** How `ps` shows a program of which nothing is known. */
export const UNKNOWN_TITLE = 'app';

/** A process as `ps` shows it. */
export interface ListedProcess {
  readonly pid: number;
  readonly title: string;
}

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
  /** Programs of the image beside its server, which end when they have done their work. */
  readonly tools: readonly string[];
  /** The image holds utilities alone. */
  readonly bare: boolean;
  /** What the image is built on. */
  readonly base: Base;
  /** Around that of a program whose root is another. */
  readonly outer?: ShellHost;
  /** Whether the image holds a program, by its name or its path; files are looked at elsewhere. */
  holds(path: string): boolean;
  /** A database is being made: its clients reach it, but nobody over the network. */
  readonly isInitialising?: boolean;
  /** What a program of the image says of itself and then ends; undefined where that is not known. `words`: its name and arguments. */
  says?(words: readonly string[]): Afterwards | undefined;
  /** What becomes of a server that is begun so. */
  listens?(words: readonly string[]): Beginning;
  /** What runs here is to come to an end: programs of which nothing is known do. */
  readonly isTask?: true;
  /** Its nslookup is BusyBox's before 1.29. */
  readonly asksLibc?: true;
  /** At a limit of memory the kernel ends what runs. */
  readonly isLimited?: boolean;
  /** Default: none. */
  readonly network?: ShellNetwork;
  /** Whether a path lies on a file system that may not be written to. */
  isReadOnly?(path: string): boolean;
  /** The bits that the process at work takes from the modes of new files; default: 022. */
  mask?: number | undefined;
  /** The number of the user that programs run as; default: root. */
  readonly user?: number;
  /** The numbers of its groups, its own first; default: root's. */
  readonly groups?: readonly number[];
  /** The group that a directory belongs to when not root's, as that of a volume with fsGroup. */
  groupAt?(path: string): number | undefined;
  /** Whether a path lies in a volume, where every user may write. */
  isShared?(path: string): boolean;
  /** Whether a path lies in a volume that is root's alone. */
  isRootsOwn?(path: string): boolean;
  /** What the kernel says in a file of its own; `processes`: how many whoever reads sees. */
  kernelFile?(path: string, processes?: number): string | undefined;
  /** The name by which other Pods find it; default: its host name. */
  readonly fullName?: string;
  /** How many bytes there is room for at a path; default: for all. */
  freeBytes?(path: string): number;
  /** The file system at a path; default: some disk. */
  disk?(path: string): Space;
  /** RFC 3339: when files that nobody has written were made; default: now. */
  readonly madeAt?: string;
  /** The processes of the container that are not the program's own. */
  others?(): readonly ListedProcess[];
  /** Sends a signal to such a process; false when there is none. */
  signal?(pid: number, signal: string): boolean;
}

/** What is left of one wake. */
export interface Budget {
  instructions: number;
}

/** Input and output of one command. */
export interface CommandIo {
  readonly host: ShellHost;
  readonly budget: Budget;
  /** All that comes on standard input. Reading it throws while it has not ended. */
  readonly input: string;
  output: string;
  /** What it says on standard error. */
  errors: string;
  /** The working directory. */
  readonly cwd: string;
  /** The value of an environment variable. */
  variable(name: string): string | undefined;
  /** The environment, in order of the names. */
  environment(): readonly (readonly [name: string, value: string])[];
  /** The processes of the container. */
  processes(): readonly ListedProcess[];
  /** Whether somebody in its network listens on a port. */
  isBound(port: number, isUdp: boolean): boolean;
  /** The shell that calls; none where the program was started by itself. */
  shell?: { readonly kind: ShellKind; readonly name: string; readonly line: number } | undefined;
  /** Another command, for `xargs`, `env` and `find -exec`, perhaps with other variables around it; what it prints is added. */
  call(
    argv: readonly string[],
    input: string,
    around?: Partial<Pick<CommandIo, 'environment' | 'variable'>>,
  ): CommandResult;
}

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
/** How many. */
export const MAX_FILES = 1_000;
/** Characters that cost as much as an instruction. */
const CHARACTERS_PER_INSTRUCTION = 1_000;

/** The fault of a program that wants more memory than it may have. */
export const outOfMemory = (): ShellFault => new ShellFault('sh: out of memory', 2);

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
  const dash = args.indexOf('--');
  const before = dash < 0 ? args : args.slice(0, dash);
  const plain = before.filter((argument) => !argument.startsWith('-') || argument === '-');
  return dash < 0 ? plain : [...plain, ...args.slice(dash + 1)];
}

/** The letters of the short options, one after the other. */
export function lettersOf(args: readonly string[]): string {
  const dash = args.indexOf('--');
  const before = dash < 0 ? args : args.slice(0, dash);
  return before
    .filter((argument) => /^-[^-]/.test(argument))
    .map((argument) => argument.slice(1))
    .join('');
}

/** The root of the first process, and of whoever looks. */
const OWN_ROOT = /^\/proc\/(1|self)\/root(?=\/|$)/;
type Reader = Pick<CommandIo, 'host' | 'cwd'> & Partial<Pick<CommandIo, 'processes' | 'shell'>>;

/** Where a path leads to, as a whole path: links are followed. */
export function placeOf({ host, cwd }: Pick<CommandIo, 'host' | 'cwd'>, path: string): string {
  return followed(host.files, absolute(cwd, path).replace(OWN_ROOT, '') || '/');
}

/** A file's content, if it is there. */
export function readFile(io: Reader, path: string): string | undefined {
  const { host, processes, shell } = io;
  const whole = placeOf(io, path);
  if (whole === '/dev/null') return '';
  if (Object.hasOwn(host.files, whole)) return isFileKey(whole) ? host.files[whole] : undefined;
  return host.kernelFile?.(whole, processes && processes().length + (shell ? 1 : 0));
}

/** Whether a path is a directory. */
export function isDirectory(io: Pick<CommandIo, 'host' | 'cwd'>, path: string): boolean {
  const place = placeOf(io, path);
  if (/^\/proc\/(self|\d+)$/.test(place) && io.host.kernelFile?.(`${place}/status`) !== undefined) return true;
  return isDirectoryIn(io.host.files, place);
}

/** Why a path can't be changed; undefined when it can. */
export function writeProblem({ host, cwd }: Pick<CommandIo, 'host' | 'cwd'>, path: string): string | undefined {
  const whole = absolute(cwd, path);
  if (host.isReadOnly?.(whole)) return 'Read-only file system';
  return isForeign(host, whole) ? 'Permission denied' : undefined;
}

const OPEN = /^\/(tmp|var\/tmp|dev)(\/|$)/;

/** Whether a path is root's alone: what other users of an image of its own may do is not known, and left to them. */
function isForeign(host: ShellHost, path: string): boolean {
  const { user = 0, files } = host;
  if (user === 0) return false;
  if (!host.isRootsOwn?.(path) && (!host.bare || OPEN.test(path) || host.isShared?.(path))) return false;
  // What is new is made in a directory.
  const isThere = Object.hasOwn(files, path) || isDirectoryIn(files, path);
  const changed = isThere ? path : path.slice(0, path.lastIndexOf('/')) || '/';
  return (
    noteOf(files, changed, OWNER_SUFFIX)?.split(':')[0] !== String(user) && !/[2367]$/.test(modeOf(files, changed))
  );
}

/** The group of a new file: that of its directory where a volume has one, else its maker's. */
const groupFor = (host: ShellHost, path: string): number => host.groupAt?.(path) ?? host.groups?.[0] ?? 0;

/** How many files there are, and what they hold together. */
function held(files: ShellHost['files']): { readonly count: number; readonly size: number } {
  let [count, size] = [0, 0];
  for (const path in files) {
    if (!isFileKey(path)) continue;
    count++;
    size += (files[path] as string).length;
  }
  return { count, size };
}

/**
 * Writes or appends to a file of the container; `/dev/null` and the standard streams swallow it. Returns why it can't, if so: a disk has room for a
 * thousand files and two million characters.
 */
export function writeFile(
  io: Pick<CommandIo, 'host' | 'budget' | 'cwd'>,
  path: string,
  content: string,
  adds: boolean,
): string | undefined {
  const { host } = io;
  const whole = placeOf(io, path);
  if (whole.startsWith('/dev/') && whole !== '/dev/termination-log' && !whole.startsWith('/dev/shm/')) return undefined;
  const problem = writeProblem(io, whole);
  if (problem !== undefined) return problem;
  const before = readFile(io, whole);
  if (before === undefined && !whole.endsWith('/.') && isDirectory(io, whole)) return 'Is a directory';
  const text = adds ? (before ?? '') + content : content;
  const { count, size } = held(host.files);
  // Going through the record of all files is what a write costs, also one for which there is no room.
  io.budget.instructions -= Math.floor(count / 50);
  if (before === undefined && count >= MAX_FILES) return 'No space left on device';
  const more = text.length - (before?.length ?? 0);
  if (more > 0 && size + more > MAX_FILE_SIZE) return 'No space left on device';
  const { user = 0, mask } = host;
  const isOwned = before === undefined && user !== 0;
  const owner = isOwned ? { [`${whole}${OWNER_SUFFIX}`]: `${user}:${groupFor(host, whole)}` } : {};
  const files = { ...host.files, [whole]: text, [`${whole}${TIME_SUFFIX}`]: host.now, ...owner };
  if (before === undefined && mask !== undefined) {
    const isFolder = whole.endsWith('/.');
    const mode = (isFolder ? 0o777 : 0o666) & ~mask;
    Object.assign(files, { [`${isFolder ? whole.slice(0, -2) : whole}${MODE_SUFFIX}`]: mode.toString(8) });
  }
  if (!adds) delete (files as Record<string, string>)[`${whole}${HOLE_SUFFIX}`];
  host.files = files;
  return undefined;
}
