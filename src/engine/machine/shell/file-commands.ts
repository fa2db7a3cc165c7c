/** Utilities about files: cat, tee, rm, touch, mkdir, ls, find, stat, chmod and the like. Follows POSIX.1-2017 with BusyBox's or GNU's messages. */
import { parseTimestamp } from '../../api/timestamp';
import { momentFormatter } from '../moment-text';
import {
  append,
  type Command,
  type CommandIo,
  fail,
  isDirectory,
  lettersOf,
  plainArguments,
  print,
  readFile,
  removeFiles,
  say,
  writeFile,
  writeProblem,
} from './host';
import { changedMode, modeText } from './modes';
import { absolute, below, lastOf, MODE_SUFFIX, modeOf, namesIn } from './paths';
import { matchesPattern } from './pattern';

const whole = (io: CommandIo, path: string): string => absolute(io.cwd, path);

const isThere = (io: CommandIo, path: string): boolean => readFile(io, path) !== undefined || isDirectory(io, path);

/** Says why something can't be done with a path: in BusyBox's words for images that hold little else, else in those of the GNU utilities. */
function refuse(io: CommandIo, name: string, verb: string, path: string, why = 'No such file or directory'): number {
  if (io.host.bare) return fail(io, `${name}: can't ${verb} '${path}': ${why}`);
  return fail(io, `${name}: ${name === 'cat' ? path : `cannot ${verb} '${path}'`}: ${why}`);
}

/** Writes a file for a utility; its status. */
function put(io: CommandIo, name: string, path: string, verb: string): number {
  const problem = writeFile(io, path, '', true);
  return problem === undefined ? 0 : refuse(io, name, verb, path, problem);
}

/** What the named files hold, or the input without any; what is missing is said. */
export function contents(
  paths: readonly string[],
  io: CommandIo,
  name: string,
): { readonly texts: string[]; readonly names: string[]; readonly status: number } {
  if (paths.length === 0) return { texts: [io.input], names: ['-'], status: 0 };
  const texts: string[] = [];
  const names: string[] = [];
  let status = 0;
  for (const path of paths) {
    const content = path === '-' ? io.input : readFile(io, path);
    if (content !== undefined) {
      texts.push(content);
      names.push(path);
    } else if (isDirectory(io, path)) status = fail(io, `${name}: read error: Is a directory`);
    else status = refuse(io, name, 'open', path);
  }
  return { texts, names, status };
}

/** cat. */
export const cat: Command = (args, io) => {
  const { texts, status } = contents(plainArguments(args), io, 'cat');
  let line = 0;
  for (const text of texts) {
    if (!lettersOf(args).includes('n')) append(io, text);
    else for (const one of text.split('\n').slice(0, -1)) say(io, `${String(++line).padStart(6)}\t${one}`);
  }
  return status;
};

/** tee. */
export const tee: Command = (args, io) => {
  const { input } = io;
  let status = 0;
  for (const path of plainArguments(args)) {
    const problem = writeFile(io, path, input, lettersOf(args).includes('a'));
    if (problem !== undefined) status = fail(io, `tee: ${path}: ${problem}`);
  }
  append(io, input);
  return status;
};

/** rm. */
export const remove: Command = (args, io) => {
  const letters = lettersOf(args);
  let status = 0;
  for (const path of plainArguments(args)) {
    const problem = writeProblem(io, path);
    const isFolder = readFile(io, path) === undefined && isDirectory(io, path);
    if (!isThere(io, path)) {
      if (!letters.includes('f')) status = refuse(io, 'rm', 'remove', path);
    } else if (problem !== undefined) status = refuse(io, 'rm', 'remove', path, problem);
    else if (isFolder && !/[rR]/.test(letters)) status = fail(io, `rm: '${path}' is a directory`);
    else
      removeFiles(
        io,
        below(io.host.files, whole(io, path)).flatMap((one) => [one, `${one}/.`]),
      );
  }
  return status;
};

/** rmdir. */
export const removeDirectory: Command = (args, io) =>
  plainArguments(args).reduce((status, path) => {
    if (namesIn(io.host.files, whole(io, path)).length > 0) return fail(io, `rmdir: '${path}': Directory not empty`);
    removeFiles(io, [`${whole(io, path)}/.`]);
    return status;
  }, 0);

/** touch. */
export const touch: Command = (args, io) =>
  plainArguments(args).reduce(
    (status, path) => (isDirectory(io, path) ? status : put(io, 'touch', path, 'touch') || status),
    0,
  );

/** mkdir. */
export const makeDirectory: Command = (args, io) =>
  plainArguments(args).reduce((status, path) => {
    if (isThere(io, path)) {
      if (lettersOf(args).includes('p')) return status;
      return refuse(io, 'mkdir', 'create directory', path, 'File exists');
    }
    const target = whole(io, path);
    const problem = writeFile(io, `${target}/.`, '', true);
    return problem === undefined ? status : refuse(io, 'mkdir', 'create directory', path, problem);
  }, 0);

function longLine(io: CommandIo, path: string, shown: string): string {
  const isFolder = readFile(io, path) === undefined;
  const size = isFolder ? 4096 : (readFile(io, path)?.length ?? 0);
  const mode = modeText(modeOf(io.host.files, whole(io, path)), isFolder);
  const owner = 'root     root';
  const changedAt = momentFormatter(parseTimestamp(io.host.now) / 1000)('%b %e %R');
  const links = String(isFolder ? 2 : 1).padStart(4);
  return `${mode} ${links} ${owner} ${String(size).padStart(13)} ${changedAt} ${shown}`;
}

/** ls, of files and directories; without any, of the working directory. */
export const list: Command = (args, io) => {
  const letters = lettersOf(args);
  const paths = plainArguments(args);
  let status = 0;
  const shown = paths.length > 0 ? paths : ['.'];
  const line = (path: string, name: string): void => say(io, letters.includes('l') ? longLine(io, path, name) : name);
  for (const [index, path] of shown.entries()) {
    if (readFile(io, path) !== undefined || (isDirectory(io, path) && letters.includes('d'))) line(path, path);
    else if (isDirectory(io, path)) {
      if (shown.length > 1) say(io, `${index > 0 ? '\n' : ''}${path}:`);
      const names = namesIn(io.host.files, whole(io, path)).filter((name) => /[aA]/.test(letters) || name[0] !== '.');
      if (letters.includes('l')) say(io, 'total 0');
      for (const dots of letters.includes('a') ? ['.', '..'] : []) line(`${path}/${dots}`, dots);
      for (const name of names) line(`${path}/${name}`, name);
    } else
      status = io.host.bare ? fail(io, `ls: ${path}: No such file or directory`) : refuse(io, 'ls', 'access', path);
  }
  return status;
};

/** find: by -name, -type and -maxdepth; prints, removes (-delete) or calls (-exec). */
export const find: Command = (args, io) => {
  const first = args.findIndex((argument) => argument.startsWith('-') || argument === '!');
  const roots = first < 0 ? args : args.slice(0, first);
  const value = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const [name, kind, depth] = [value('-name'), value('-type'), value('-maxdepth')];
  let status = 0;
  for (const root of roots.length > 0 ? roots : ['.']) {
    if (!isThere(io, root)) {
      status = fail(io, `find: ${root}: No such file or directory`);
      continue;
    }
    const start = whole(io, root);
    const isWanted = (path: string): boolean => {
      const levels = path === start ? 0 : path.slice(start === '/' ? 0 : start.length).split('/').length - 1;
      if (depth !== undefined && levels > Number(depth)) return false;
      if (kind !== undefined && (kind === 'd') !== (readFile(io, path) === undefined)) return false;
      return name === undefined || matchesPattern(name, lastOf(path));
    };
    const found = below(io.host.files, start).filter(isWanted);
    const shown = found.map((path) =>
      path === start ? root : `${root === '/' ? '' : root}${path.slice(start.length)}`,
    );
    if (args.includes('-delete'))
      removeFiles(
        io,
        found.flatMap((path) => (path === start ? [] : [path, `${path}/.`])),
      );
    else if (args.includes('-exec')) status = executeEach(args, io, shown) || status;
    else for (const path of shown) say(io, path);
  }
  return status;
};

function executeEach(args: readonly string[], io: CommandIo, paths: readonly string[]): number {
  const words = args.slice(args.indexOf('-exec') + 1);
  const end = words.findIndex((word) => word === ';' || word === '+');
  const command = end < 0 ? words : words.slice(0, end);
  const batches = words[end] === '+' ? [paths] : paths.map((path) => [path]);
  let status = 0;
  for (const batch of batches) {
    const result = io.call(
      command.flatMap((word) => (word === '{}' ? batch : [word])),
      '',
    );
    if (result !== 0) status = 1;
  }
  return status;
}

/** chmod with octal modes and the letters u, g, o, a. */
export const changeMode: Command = (args, io) => {
  const [mode = '', ...paths] = args.filter((argument) => !/^-[A-Za-z]*R?$/.test(argument) || /^-[rwx]/.test(argument));
  let status = 0;
  for (const path of paths) {
    if (!isThere(io, path)) status = fail(io, `chmod: ${path}: No such file or directory`);
    else if (writeProblem(io, path)) status = fail(io, `chmod: ${path}: ${writeProblem(io, path)}`);
    else {
      const key = whole(io, path);
      io.host.files = { ...io.host.files, [`${key}${MODE_SUFFIX}`]: changedMode(modeOf(io.host.files, key), mode) };
    }
  }
  return status;
};

/** stat: its usual lines, or -c. */
export const status: Command = (args, io) => {
  const at = args.indexOf('-c');
  const paths = plainArguments(at < 0 ? args : args.filter((_, index) => index !== at && index !== at + 1));
  let code = 0;
  for (const path of paths) {
    if (!isThere(io, path)) {
      code = fail(io, `stat: can't stat '${path}': No such file or directory`);
      continue;
    }
    const isFolder = readFile(io, path) === undefined;
    const mode = modeOf(io.host.files, whole(io, path));
    const size = isFolder ? 4096 : (readFile(io, path)?.length ?? 0);
    const kind = isFolder ? 'directory' : size === 0 ? 'regular empty file' : 'regular file';
    const values: Record<string, string> = {
      a: mode,
      A: modeText(mode, isFolder),
      s: String(size),
      n: path,
      F: kind,
      U: 'root',
      G: 'root',
      u: '0',
      g: '0',
    };
    const format =
      at < 0
        ? '  File: %n\n  Size: %s\t%F\nAccess: (0%a/%A)  Uid: (    0/    root)   Gid: (    0/    root)'
        : (args[at + 1] ?? '');
    say(
      io,
      format.replace(/%(\w)/g, (_, letter: string) => values[letter] ?? '?'),
    );
  }
  return code;
};

/** mktemp. */
export const makeTemporary: Command = (args, io) => {
  const isFolder = lettersOf(args).includes('d');
  for (let number = 0; ; number++) {
    const path = `/tmp/tmp.${number.toString(36).padStart(6, 'a')}`;
    if (isThere(io, path)) continue;
    const problem = writeFile(io, isFolder ? `${path}/.` : path, '', false);
    return problem === undefined ? print(io, path) : fail(io, `mktemp: (null): ${problem}`);
  }
};

/** realpath, readlink -f. */
export const realPath: Command = (args, io) =>
  plainArguments(args).reduce((status, path) => {
    if (isThere(io, path)) return print(io, whole(io, path)) || status;
    return fail(io, `realpath: ${path}: No such file or directory`);
  }, 0);
