/** Utilities about files: cat, tee, rm, touch, mkdir, find, chmod, chown and the like. Follows POSIX.1-2017 with BusyBox's or GNU's messages. */

import { forgetPrograms, hint, isBusyBox, unpackProgram } from './held-programs';
import {
  append,
  type Command,
  type CommandIo,
  fail,
  isDirectory,
  lettersOf,
  placeOf,
  plainArguments,
  print,
  readFile,
  say,
  writeFile,
  writeProblem,
} from './host';
import { isWithoutDirectory } from './missing-directory';
import { changedMode, isMode } from './modes';
import { optionsOf } from './network-options';
import { absolute, below, LINK_SUFFIX, MODE_SUFFIX, modeOf, namesIn, noteOf, OWNER_SUFFIX, TIME_SUFFIX } from './paths';
import { removeFiles } from './remove-files';
import { readWhole } from './zeroes';

/** A path from the root. */
export const whole = (io: CommandIo, path: string): string => absolute(io.cwd, path);

const isLink = (io: CommandIo, path: string): boolean =>
  noteOf(io.host.files, whole(io, path), LINK_SUFFIX) !== undefined;

/** Whether there is anything at a path. */
export const isThere = (io: CommandIo, path: string): boolean =>
  readFile(io, path) !== undefined || isDirectory(io, path) || isLink(io, path);

/** Of BusyBox's utilities those that say no more of a file than that it is not there. */
const SHORT = ['head', 'sort', 'cut', 'nl', 'paste', 'rev', 'tac', 'base64', 'awk', 'fold', 'od'];

/** Says why something can't be done with a path: in BusyBox's words for images that hold little else, else in those of the GNU utilities. */
function refuse(io: CommandIo, name: string, verb: string, path: string, why = 'No such file or directory'): number {
  if (isBusyBox(io.host))
    return fail(
      io,
      `${name}: ${SHORT.includes(name) ? path : `can't ${verb} '${path}'`}: ${why}`,
      name === 'sort' ? 2 : 1,
    );
  const isEnd = name === 'head' || name === 'tail';
  if (name === 'awk') return fail(io, `awk: cannot open ${path} (${why})`, 2);
  const opened = isEnd ? `cannot open '${path}' for reading` : name === 'sort' ? `cannot read: ${path}` : path;
  return fail(io, `${name}: ${verb === 'open' ? opened : `cannot ${verb} '${path}'`}: ${why}`, name === 'sort' ? 2 : 1);
}

/** Writes a file where its directory is there; why not, if so. */
const madeAt = (io: CommandIo, path: string, text: string, adds: boolean): string | undefined =>
  isWithoutDirectory(io, path) ? 'No such file or directory' : writeFile(io, path, text, adds);

/** Writes a file for a utility; its status. */
function put(io: CommandIo, name: string, path: string, verb: string): number {
  const problem = madeAt(io, path, '', true);
  if (problem === undefined) return 0;
  return isBusyBox(io.host) ? fail(io, `${name}: ${path}: ${problem}`) : refuse(io, name, verb, path, problem);
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
    const content = path === '-' ? io.input : readWhole(io, path);
    if (content !== undefined) {
      texts.push(content);
      names.push(path);
    } else if (isDirectory(io, path)) status = fail(io, `${name}: read error: Is a directory`);
    else status = refuse(io, name, 'open', path);
  }
  return { texts, names, status };
}

/** tee. */
export const tee: Command = (args, io) => {
  const { input } = io;
  let status = 0;
  for (const path of plainArguments(args)) {
    const problem = madeAt(io, path, input, lettersOf(args).includes('a'));
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
    if (problem === undefined) unpackProgram(io, path);
    const isFolder = !isLink(io, path) && readFile(io, path) === undefined && isDirectory(io, path);
    if (!isThere(io, path)) {
      if (!letters.includes('f')) status = refuse(io, 'rm', 'remove', path);
    } else if (problem !== undefined) status = refuse(io, 'rm', 'remove', path, problem);
    else if (isFolder && !/[rR]/.test(letters))
      status = isBusyBox(io.host)
        ? fail(io, `rm: '${path}' is a directory`)
        : refuse(io, 'rm', 'remove', path, 'Is a directory');
    else {
      const start = whole(io, path);
      const doomed = below(io.host.files, start);
      for (const one of letters.includes('v') ? [...doomed].reverse() : []) {
        const kind = !isDirectory({ ...io, cwd: '/' }, one) ? '' : isBusyBox(io.host) ? 'directory: ' : 'directory ';
        say(io, `removed ${kind}'${path}${one.slice(start.length)}'`);
      }
      removeFiles(
        io,
        doomed.flatMap((one) => [one, `${one}/.`]),
      );
      forgetPrograms(io, [path]);
    }
  }
  return status;
};

/** rmdir. */
export const removeDirectory = (args: readonly string[], io: CommandIo): number =>
  plainArguments(args).reduce((status, path) => {
    const kept = isBusyBox(io.host) ? '' : 'failed to remove ';
    if (!isDirectory(io, path)) {
      return fail(
        io,
        `rmdir: ${kept}'${path}': ${isThere(io, path) ? 'Not a directory' : 'No such file or directory'}`,
      );
    }
    if (namesIn(io.host.files, whole(io, path)).length > 0)
      return fail(io, `rmdir: ${kept}'${path}': Directory not empty`);
    removeFiles(io, [`${whole(io, path)}/.`]);
    const above = path.slice(0, path.lastIndexOf('/'));
    return lettersOf(args).includes('p') && above !== '' ? removeDirectory(['-p', above], io) : status;
  }, 0);

/** touch, with -c, -d and -t. */
export const touch: Command = (args, io) => {
  const at = args.findIndex((one) => /^-[dt]$/.test(one));
  const time = at < 0 ? undefined : timeOf(args[at + 1] ?? '');
  const paths = plainArguments(at < 0 ? args : args.filter((_, index) => index !== at && index !== at + 1));
  let status = at >= 0 && time === undefined ? fail(io, `touch: invalid date '${args[at + 1]}'`) : 0;
  for (const path of status === 0 ? paths : []) {
    if (lettersOf(args).includes('c') && !isThere(io, path)) continue;
    const isFolder = isDirectory(io, path);
    status = (isFolder ? 0 : put(io, 'touch', path, 'touch')) || status;
    const key = `${placeOf(io, path)}${TIME_SUFFIX}`;
    if (isFolder || time !== undefined) io.host.files = { ...io.host.files, [key]: time ?? io.host.now };
  }
  return status;
};

/** A time as touch and date take it, `2026-01-02 03:04:05` or `202601020304`, in RFC 3339. */
export function timeOf(text: string): string | undefined {
  const found =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?Z?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour = '00', minute = '00', second = '00'] = found.slice(1);
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

/** mkdir. */
export const makeDirectory: Command = (args, io) => {
  const { letters, plain, values } = optionsOf(args, 'm');
  const mode = values.get('m');
  return plain.reduce((status, path) => {
    if (isThere(io, path)) {
      if (letters.includes('p') && isDirectory(io, path)) return status;
      return refuse(io, 'mkdir', 'create directory', path, 'File exists');
    }
    const target = whole(io, path);
    const isAlone = !letters.includes('p') && isWithoutDirectory(io, target);
    const problem = isAlone ? 'No such file or directory' : writeFile(io, `${target}/.`, '', true);
    if (problem !== undefined) return refuse(io, 'mkdir', 'create directory', path, problem);
    if (mode !== undefined) changeMode([mode, path], io, 'mkdir');
    if (letters.includes('v'))
      say(io, `${isBusyBox(io.host) ? 'created directory:' : 'mkdir: created directory'} '${path}'`);
    return status;
  }, 0);
};

/** Arguments of chmod and chown that are no options: `-x` is a mode. */
const operandsOf = (args: readonly string[]): readonly string[] =>
  args.filter((argument) => !/^-[A-Za-z]*R?$/.test(argument) || /^-[rwx]/.test(argument));

/** Notes something of each file, and with -R of all below it; why not is said. */
function annotate(
  args: readonly string[],
  io: CommandIo,
  name: string,
  noted: (path: string) => readonly [string, string],
): number {
  const isDeep = args.some((one) => /^-[A-Za-z]*R/.test(one));
  let status = 0;
  for (const path of operandsOf(args).slice(1)) {
    const problem = isThere(io, path) ? writeProblem(io, path) : 'No such file or directory';
    if (problem !== undefined) {
      const isMissing = problem.startsWith('No such') && !isBusyBox(io.host);
      status = fail(io, `${name}: ${isMissing ? `cannot access '${path}'` : path}: ${problem}`);
    } else {
      const start = placeOf(io, path);
      const entries = (isDeep ? below(io.host.files, start) : [start]).map((one) => {
        const [suffix, value] = noted(one);
        return [`${one}${suffix}`, value];
      });
      io.host.files = { ...io.host.files, ...Object.fromEntries(entries) };
    }
  }
  return status;
}

/** chmod with octal modes and the letters u, g, o, a. */
export const changeMode: Command = (args, io) => {
  const [mode = ''] = operandsOf(args);
  if (!isMode(mode))
    return fail(io, `chmod: invalid mode${isBusyBox(io.host) ? ` '${mode}'` : `: '${mode}'${hint('chmod')}`}`);
  return annotate(args, io, 'chmod', (path) => [MODE_SUFFIX, changedMode(modeOf(io.host.files, path), mode)]);
};

/** Users and groups that images have by name. */
const ACCOUNTS: Readonly<Record<string, string>> = {
  root: '0',
  'www-data': '33',
  nginx: '101',
  nobody: '65534',
  nogroup: '65534',
};

/** chown and chgrp: by number, or by the name of an account that images have. */
export const changeOwner: Command = (args, io, name) => {
  const wanted = args.find((argument) => !argument.startsWith('-')) ?? '';
  const [first = '', second] = name === 'chgrp' ? ['', wanted] : wanted.split(/[:.]/);
  const numbers = [first, second ?? ''].map((one) => (/^\d*$/.test(one) ? one : ACCOUNTS[one]));
  const unknown = numbers.indexOf(undefined);
  if (unknown >= 0 && io.host.bare) {
    const [what, who] = unknown === 0 ? ['user', first] : ['group', second];
    return fail(io, isBusyBox(io.host) ? `${name}: unknown ${what} ${who}` : `${name}: invalid ${what}: '${who}'`);
  }
  if ((io.host.user ?? 0) !== 0) return fail(io, `${name}: ${args.at(-1)}: Operation not permitted`);
  return annotate(args, io, name, (path) => {
    const [user = '0', group = '0'] = noteOf(io.host.files, path, OWNER_SUFFIX)?.split(':') ?? [];
    return [OWNER_SUFFIX, `${numbers[0] || user}:${numbers[1] || group}`];
  });
};

/** The letters of a template that mktemp replaces. */
const UNKNOWN = 'X'.repeat(6);

/** mktemp, with a template, -d, -p and -t. */
export const makeTemporary: Command = (args, io) => {
  const isFolder = lettersOf(args).includes('d');
  const at = args.findIndex((one) => /^-\w*p$/.test(one));
  const [given = `tmp.${UNKNOWN}`] = plainArguments(at < 0 ? args : args.filter((_, index) => index !== at + 1));
  // Without a name of its own, or with -p or -t, it is made among what is temporary.
  const directory = at >= 0 ? args[at + 1] : args.some((one) => /^-\w*t/.test(one)) ? '/tmp' : undefined;
  const isNamed = plainArguments(args).length > (at < 0 ? 0 : 1);
  const template = directory !== undefined || !isNamed ? `${directory ?? '/tmp'}/${given}` : given;
  const [, start = '', unknown = '', end = ''] = /^(.*?)(X{3,})([^X]*)$/s.exec(template) ?? [];
  if (unknown === '') return fail(io, `mktemp: invalid template '${template}'`);
  for (let number = 0; ; number++) {
    const path = `${start}${number.toString(36).padStart(unknown.length, 'a')}${end}`;
    if (isThere(io, path)) continue;
    const problem = isWithoutDirectory(io, path)
      ? 'No such file or directory'
      : writeFile(io, isFolder ? `${path}/.` : path, '', false);
    return problem === undefined ? print(io, path) : fail(io, `mktemp: (null): ${problem}`);
  }
};
