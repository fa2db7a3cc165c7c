/** Utilities about files: cat, tail, rm, touch, mkdir, ls and test. Follows POSIX.1-2017 with BusyBox's or GNU's messages. */
import {
  append,
  type Command,
  type CommandIo,
  fail,
  plainArguments,
  readFile,
  removeFiles,
  say,
  writeFile,
} from './host';

/** Writes a file for a utility; its status. */
function put(io: CommandIo, name: string, path: string, verb: string): number {
  const problem = writeFile(io, path, '', true);
  return problem === undefined ? 0 : fail(io, `${name}: can't ${verb} '${path}': ${problem}`);
}

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

/** What the named files hold, or the input without any; `status` is 1 when one is missing, which is said. */
function contents(paths: readonly string[], io: CommandIo, name: string): { texts: string[]; status: number } {
  if (paths.length === 0) return { texts: [io.input], status: 0 };
  const texts: string[] = [];
  let status = 0;
  for (const path of paths) {
    const content = readFile(io.host, path);
    if (content !== undefined) texts.push(content);
    else if (path !== '/dev/null') status = fail(io, noSuchFile(io, name, 'open', path));
  }
  return { texts, status };
}

/** cat. */
export const cat: Command = (args, io) => {
  const paths = plainArguments(args);
  if (paths.length === 0) append(io, io.input);
  let status = 0;
  for (const path of paths) {
    const content = readFile(io.host, path);
    if (content !== undefined) append(io, content);
    else if (path !== '/dev/null') status = fail(io, noSuchFile(io, 'cat', 'open', path));
  }
  return status;
};

/** How many lines `-n 5`, `-n5` or `-5` asks for, and the words that are left. */
function lineCount(args: readonly string[]): { count: number; rest: readonly string[] } {
  const at = args.findIndex((argument) => /^-(n|n?\d+)$/.test(argument));
  if (at < 0) return { count: 10, rest: args };
  const bare = args[at] === '-n';
  const digits = /\d+/.exec((bare ? args[at + 1] : args[at]) ?? '');
  return {
    count: Number(digits?.[0] ?? 10),
    rest: args.filter((_, index) => index !== at && !(bare && index === at + 1)),
  };
}

function ends(
  args: readonly string[],
  io: CommandIo,
  name: string,
  cut: (lines: string[], count: number) => string[],
): number {
  const { count, rest } = lineCount(args);
  const { texts, status } = contents(plainArguments(rest), io, name);
  for (const text of texts) {
    const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
    if (text !== '')
      append(
        io,
        cut(lines, count)
          .map((line) => `${line}\n`)
          .join(''),
      );
  }
  return status;
}

/** head. */
export const head: Command = (args, io) => ends(args, io, 'head', (lines, count) => lines.slice(0, count));

/** tail; with -f it never ends. */
export const tail: Command = (args, io) =>
  args.includes('-f') || args.includes('-F')
    ? 'forever'
    : ends(args, io, 'tail', (lines, count) => (count === 0 ? [] : lines.slice(-count)));

/** rm. */
export const remove: Command = (args, io) => {
  const force = args.some((argument) => /^-\w*f/.test(argument));
  let status = 0;
  for (const path of plainArguments(args)) {
    const doomed = Object.keys(io.host.files).filter((file) => file === path || file.startsWith(`${path}/`));
    if (doomed.length > 0) removeFiles(io, doomed);
    else if (!force) status = fail(io, noSuchFile(io, 'rm', 'remove', path));
  }
  return status;
};

/** touch. */
export const touch: Command = (args, io) =>
  plainArguments(args).reduce((status, path) => put(io, 'touch', path, 'touch') || status, 0);

/** mkdir. */
export const makeDirectory: Command = (args, io) =>
  plainArguments(args).reduce((status, path) => put(io, 'mkdir', `${path}/.`, 'create directory') || status, 0);

/** The names in a directory, in order; `.` stands for the directory itself. */
function namesIn(io: CommandIo, path: string): string[] {
  const start = path.endsWith('/') ? path : `${path}/`;
  const below = Object.keys(io.host.files).filter((file) => file.startsWith(start));
  const names = below.map((file) => file.slice(start.length).split('/')[0] ?? '');
  return [...new Set(names)].filter((name) => name !== '.' && name !== '').sort();
}

/** ls, of files and directories that are named. */
export const list: Command = (args, io) => {
  let status = 0;
  for (const path of plainArguments(args)) {
    if (readFile(io.host, path) !== undefined) say(io, path);
    else if (isDirectory(io, path)) for (const name of namesIn(io, path)) say(io, name);
    else status = fail(io, `ls: ${path}: No such file or directory`);
  }
  return status;
};

/** find of a directory: prints or, with -delete, removes what lies below it. */
export const find: Command = (args, io) => {
  const [path = '.'] = args;
  if (readFile(io.host, path) === undefined && !isDirectory(io, path)) {
    return fail(io, `find: '${path}': No such file or directory`);
  }
  const below = Object.keys(io.host.files).filter((file) => file.startsWith(`${path}/`) && file !== `${path}/.`);
  if (args.includes('-delete')) removeFiles(io, below);
  else for (const file of below.sort()) say(io, file.endsWith('/.') ? file.slice(0, -2) : file);
  return 0;
};

const NUMERIC: ReadonlyMap<string, (a: number, b: number) => boolean> = new Map([
  ['-eq', (a, b) => a === b],
  ['-ne', (a, b) => a !== b],
  ['-lt', (a, b) => a < b],
  ['-le', (a, b) => a <= b],
  ['-gt', (a, b) => a > b],
  ['-ge', (a, b) => a >= b],
]);

function holds(operands: readonly string[], io: CommandIo): boolean {
  const negations = operands.findIndex((operand) => operand !== '!');
  const bangs = negations < 0 ? operands.length : negations;
  return positive(operands.slice(bangs), io) !== (bangs % 2 === 1);
}

function positive(args: readonly string[], io: CommandIo): boolean {
  const [first = '', operator = '', second = ''] = args;
  if (args.length >= 3) {
    if (operator === '=' || operator === '==') return first === second;
    if (operator === '!=') return first !== second;
    return NUMERIC.get(operator)?.(Number(first), Number(second)) ?? false;
  }
  if (args.length < 2) return first !== '';
  if (first === '-n') return operator !== '';
  if (first === '-z') return operator === '';
  const content = readFile(io.host, operator);
  if (first === '-s') return content !== undefined && content !== '';
  if (first === '-d') return isDirectory(io, operator);
  if (first === '-e') return content !== undefined || isDirectory(io, operator);
  return content !== undefined;
}

/** test, also as `[` and `[[`. */
export const test: Command = (args, io, name) => {
  const operands = name === '[' || name === '[[' ? args.slice(0, -1) : args;
  return holds(operands, io) ? 0 : 1;
};
