/**
 * The utilities that the small shell knows: what each prints, changes and returns. They take no virtual time, except
 * sleep. Follows POSIX.1-2017 and BusyBox's messages; everything that needs a network asks {@link ShellHost.reaches}.
 */
import { grep } from './grep';

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
  /** Whether a host answers: by name for `nslookup`, on a port for the others. */
  reaches(host: string, port: number | undefined): boolean;
}

/** Input and output of one command. */
export interface CommandIo {
  readonly host: ShellHost;
  readonly input: string;
  output: string;
}

/** How a command went: an exit status, or that it goes on. */
export type CommandResult = number | { readonly sleepMs: number } | 'forever' | 'server' | { readonly exit: number };

/** A utility. */
export type Command = (args: readonly string[], io: CommandIo, name: string) => CommandResult;

export function say(io: CommandIo, text: string): void {
  io.output += `${text}\n`;
}

/** Prints a line and succeeds. */
function print(io: CommandIo, text: string): number {
  say(io, text);
  return 0;
}

export function fail(io: CommandIo, text: string, status = 1): number {
  say(io, text);
  return status;
}

/** Milliseconds of `10`, `0.5`, `2m`, `infinity`; undefined when it is none. */
export function sleepMs(text: string): number | undefined {
  if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY;
  const match = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(text);
  if (!match) return undefined;
  const unit = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] ?? ''] ?? 1000;
  return Math.round(Number(match[1]) * unit);
}

const sleep: Command = (args, io) => {
  let total = 0;
  for (const argument of args) {
    const ms = sleepMs(argument);
    if (ms === undefined) return fail(io, `sleep: invalid number '${argument}'`);
    total += ms;
  }
  return total === Number.POSITIVE_INFINITY ? 'forever' : { sleepMs: total };
};

const withEscapes = (text: string): string => text.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\\\/g, '\\');

const echo: Command = (args, io) => {
  let rest = args;
  let newline = true;
  let escapes = false;
  for (; /^-[neE]+$/.test(rest[0] ?? ''); rest = rest.slice(1)) {
    if (rest[0]?.includes('n')) newline = false;
    if (rest[0]?.includes('e')) escapes = true;
  }
  const text = rest.join(' ');
  io.output += (escapes ? withEscapes(text) : text) + (newline ? '\n' : '');
  return 0;
};

const printf: Command = (args, io) => {
  let next = 1;
  io.output += withEscapes(args[0] ?? '').replace(/%[sd]/g, () => args[next++] ?? '');
  return 0;
};

function withFile(io: CommandIo, path: string, content: string | undefined): void {
  if (content === undefined) {
    const { [path]: _gone, ...rest } = io.host.files;
    io.host.files = rest;
  } else {
    io.host.files = { ...io.host.files, [path]: content };
  }
}

/** Writes or appends to a file of the container. `/dev/null` and the standard streams swallow it. */
export function writeFile(io: CommandIo, path: string, content: string, append: boolean): void {
  if (path.startsWith('/dev/')) return;
  withFile(io, path, append ? (io.host.files[path] ?? '') + content : content);
}

export const plainArguments = (args: readonly string[]): readonly string[] =>
  args.filter((argument) => !argument.startsWith('-'));

function isDirectory(io: CommandIo, path: string): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  if (['/', '/tmp', '/etc', '/var', '/usr', '/bin', '/dev', '/proc', '/root', '/home'].includes(path)) return true;
  return Object.keys(io.host.files).some((file) => file.startsWith(prefix));
}

/** In BusyBox's words for images that hold little else, else in those of the GNU utilities. */
function noSuchFile(io: CommandIo, name: string, verb: string, path: string): string {
  if (io.host.bare) return `${name}: can't ${verb} '${path}': No such file or directory`;
  return `${name}: ${name === 'cat' ? path : `cannot ${verb} '${path}'`}: No such file or directory`;
}

const cat: Command = (args, io) => {
  const paths = plainArguments(args);
  if (paths.length === 0) {
    io.output += io.input;
    return 0;
  }
  let status = 0;
  for (const path of paths) {
    const content = io.host.files[path];
    if (content !== undefined) io.output += content;
    else if (path !== '/dev/null') status = fail(io, noSuchFile(io, 'cat', 'open', path));
  }
  return status;
};

const remove: Command = (args, io) => {
  const force = args.some((argument) => /^-\w*f/.test(argument));
  let status = 0;
  for (const path of plainArguments(args)) {
    const doomed = Object.keys(io.host.files).filter((file) => file === path || file.startsWith(`${path}/`));
    for (const file of doomed) withFile(io, file, undefined);
    if (doomed.length === 0 && !force) status = fail(io, noSuchFile(io, 'rm', 'remove', path));
  }
  return status;
};

const touch: Command = (args, io) => {
  for (const path of plainArguments(args)) writeFile(io, path, '', true);
  return 0;
};

const makeDirectory: Command = (args, io) => {
  for (const path of plainArguments(args)) writeFile(io, `${path}/.`, '', true);
  return 0;
};

const list: Command = (args, io) => {
  let status = 0;
  for (const path of plainArguments(args)) {
    if (io.host.files[path] !== undefined) say(io, path);
    else if (!isDirectory(io, path)) status = fail(io, `ls: ${path}: No such file or directory`);
  }
  return status;
};

const NUMERIC: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

function holds(args: readonly string[], io: CommandIo): boolean {
  if (args[0] === '!') return !holds(args.slice(1), io);
  const [first = '', operator = '', second = ''] = args;
  if (args.length >= 3) {
    if (operator === '=' || operator === '==') return first === second;
    if (operator === '!=') return first !== second;
    return NUMERIC[operator]?.(Number(first), Number(second)) ?? false;
  }
  if (args.length < 2) return first !== '';
  if (first === '-n') return operator !== '';
  if (first === '-z') return operator === '';
  const content = io.host.files[operator];
  if (first === '-s') return content !== undefined && content !== '';
  if (first === '-d') return isDirectory(io, operator);
  if (first === '-e') return content !== undefined || isDirectory(io, operator);
  return content !== undefined;
}

const test: Command = (args, io, name) => {
  const operands = name === '[' || name === '[[' ? args.slice(0, -1) : args;
  return holds(operands, io) ? 0 : 1;
};

const sequence: Command = (args, io) => {
  const from = args.length > 1 ? Number(args[0]) : 1;
  const to = Number(args[args.length - 1]);
  for (let value = from; value <= to && value - from < 10_000; value++) say(io, String(value));
  return 0;
};

const tail: Command = (args, io) => (args.includes('-f') || args.includes('-F') ? 'forever' : cat(args, io, 'cat'));

const lookUp: Command = (args, io) => {
  const [name = ''] = plainArguments(args);
  if (io.host.reaches(name, undefined)) return 0;
  return fail(io, `** server can't find ${name}: NXDOMAIN`);
};

const HOST_IN_URL = /^(?:\w+:\/\/)?([^/:]+)(?::(\d+))?/;

const fetch: Command = (args, io, name) => {
  const url = plainArguments(args).find(
    (argument) => argument.includes('.') || argument.includes(':') || argument.includes('/'),
  );
  const target = url ?? plainArguments(args).at(-1) ?? '';
  const match = HOST_IN_URL.exec(target);
  const port = Number(match?.[2] ?? (target.startsWith('https:') ? 443 : 80));
  if (io.host.reaches(match?.[1] ?? '', port)) return 0;
  if (name === 'curl')
    return fail(io, `curl: (7) Failed to connect to ${match?.[1]} port ${port}: Connection refused`, 7);
  return fail(io, `wget: can't connect to remote host (${match?.[1]}): Connection refused`);
};

const connect: Command = (args, io) => {
  const [target = '', port] = plainArguments(args);
  return io.host.reaches(target, Number(port)) ? 0 : 1;
};

const environment: Command = (args, io) => {
  if (args[0]) {
    const value = io.host.environment[args[0]];
    if (value === undefined) return 1;
    say(io, value);
    return 0;
  }
  for (const name of Object.keys(io.host.environment).sort()) say(io, `${name}=${io.host.environment[name]}`);
  return 0;
};

const quiet: Command = () => 0;

/** The utilities by name. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['sleep', sleep],
  ['echo', echo],
  ['printf', printf],
  ['cat', cat],
  ['rm', remove],
  ['touch', touch],
  ['mkdir', makeDirectory],
  ['ls', list],
  ['test', test],
  ['[', test],
  ['[[', test],
  ['grep', grep],
  ['seq', sequence],
  ['tail', tail],
  ['head', cat],
  ['nslookup', lookUp],
  ['getent', lookUp],
  ['wget', fetch],
  ['curl', fetch],
  ['nc', connect],
  ['env', environment],
  ['printenv', environment],
  ['true', quiet],
  [':', quiet],
  ['false', () => 1],
  ['cd', quiet],
  ['set', quiet],
  ['wait', quiet],
  ['kill', quiet],
  ['sync', quiet],
  ['chmod', quiet],
  ['chown', quiet],
  ['date', (_args, io) => print(io, io.host.now)],
  ['hostname', (_args, io) => print(io, io.host.hostname)],
  ['uname', (_args, io) => print(io, 'Linux')],
  ['whoami', (_args, io) => print(io, 'root')],
  ['exit', (args) => ({ exit: Number(args[0] ?? 0) & 255 })],
]);
