/**
 * Utilities that copy: cp, mv and ln. Follows POSIX.1-2017 with BusyBox's messages. What else an image holds is not known, so
 * in images with programs of their own a source that is not there is copied as nothing; hard links are copies.
 */

import { changeMode, makeDirectory } from './file-commands';
import { forgetPrograms, isBusyBox, unpackProgram } from './held-programs';
import {
  type Command,
  type CommandIo,
  fail,
  isDirectory,
  lettersOf,
  placeOf,
  plainArguments,
  readFile,
  say,
  writeFile,
} from './host';
import { isWithoutDirectory } from './missing-directory';
import {
  absolute,
  below,
  followed,
  HOLE_SUFFIX,
  isFileKey,
  LINK_SUFFIX,
  lastOf,
  MODE_SUFFIX,
  noteOf,
  SUFFIXES,
} from './paths';
import { removeFiles } from './remove-files';

/** The files at a path: itself, or all below it, with what is left of their paths. */
function filesAt(io: CommandIo, path: string, isMoved: boolean): [path: string, rest: string][] {
  const here = absolute(io.cwd, path.replace(/\/\.$/, ''));
  const start = isMoved ? here : followed(io.host.files, here);
  if (Object.hasOwn(io.host.files, start)) return [[start, '']];
  const prefix = start === '/' ? '/' : `${start}/`;
  return Object.keys(io.host.files).flatMap((file): [string, string][] =>
    file.startsWith(prefix) && isFileKey(file) ? [[file, file.slice(prefix.length - 1)]] : [],
  );
}

/** What -v says of what was copied or moved. */
function told(io: CommandIo, name: string, source: string, target: string): void {
  if (isBusyBox(io.host)) say(io, `'${source}' -> '${target}'`);
  else say(io, `${name === 'mv' ? 'renamed ' : ''}'${source}' -> '${target}'`);
}

/** Copies; returns its status. */
function copy(args: readonly string[], io: CommandIo, name: string): number {
  const paths = plainArguments(args);
  const target = paths.at(-1)?.replace(/(.)\/$/, '$1');
  if (paths.length < 2 || target === undefined) return fail(io, `${name}: missing file operand`);
  const intoDirectory =
    paths.length > 2 ||
    paths.at(-1)?.endsWith('/') === true ||
    (readFile(io, target) === undefined && isDirectory(io, target));
  const isDeep = name === 'mv' || /[rRa]/.test(lettersOf(args));
  for (const source of paths.slice(0, -1)) {
    const files = filesAt(io, source, name === 'mv');
    const isFolder = readFile(io, source) === undefined;
    if (files.length === 0 && !isDirectory(io, source)) {
      if (io.host.bare)
        return fail(
          io,
          isBusyBox(io.host)
            ? `${name}: can't ${name === 'mv' ? 'rename' : 'stat'} '${source}': No such file or directory`
            : `${name}: cannot stat '${source}': No such file or directory`,
        );
      continue;
    }
    if (isFolder && !isDeep)
      return fail(io, `${name}: ${isBusyBox(io.host) ? '' : '-r not specified; '}omitting directory '${source}'`);
    const isContents = /(^|\/)\.$/.test(source) || (source.endsWith('/') && !isBusyBox(io.host));
    for (const [path, rest] of files) {
      const base = intoDirectory && !isContents ? `${target}/${lastOf(source.replace(/\/$/, ''))}` : target;
      const problem = isWithoutDirectory(io, base)
        ? 'No such file or directory'
        : writeFile(io, `${base}${rest}`, readFile(io, path) ?? '', false);
      if (problem !== undefined) return fail(io, `${name}: can't create '${base}${rest}': ${problem}`);
      bringNotes(io, path, placeOf(io, `${base}${rest}`), name === 'mv' || /[pa]/.test(lettersOf(args)));
    }
    if (lettersOf(args).includes('v')) told(io, name, source, intoDirectory ? `${target}/${lastOf(source)}` : target);
  }
  return 0;
}

/** Gives a copy what is known of its source: its mode and size, and for whoever wants all of it the rest. */
function bringNotes(io: CommandIo, source: string, copied: string, wantsAll: boolean): void {
  const suffixes = wantsAll ? SUFFIXES : ([MODE_SUFFIX, HOLE_SUFFIX] as const);
  const notes = suffixes.flatMap((suffix) => {
    const note = noteOf(io.host.files, source, suffix);
    return note === undefined ? [] : [[`${copied}${suffix}`, note]];
  });
  if (notes.length > 0) io.host.files = { ...io.host.files, ...Object.fromEntries(notes) };
}

/** cp. */
export const copyFiles: Command = (args, io) => copy(args, io, 'cp');

/** mv. */
export const moveFiles: Command = (args, io) => {
  const sources = plainArguments(args).slice(0, -1);
  for (const source of sources) unpackProgram(io, source);
  const doomed = sources
    .flatMap((path) => below(io.host.files, absolute(io.cwd, path)))
    .flatMap((path) => [path, `${path}/.`]);
  const status = copy(args, io, 'mv');
  if (status === 0) {
    removeFiles(io, doomed);
    forgetPrograms(io, sources);
  }
  return status;
};

/** ln: a symbolic link with -s; else a copy, which is what a hard link is as long as nobody changes either. */
export const link: Command = (args, io) => {
  const paths = plainArguments(args);
  const letters = lettersOf(args);
  const [source = '', asked = lastOf(source)] = paths;
  const isInto = isDirectory(io, asked) && !letters.includes('n');
  const target = isInto ? `${asked.replace(/\/$/, '')}/${lastOf(source)}` : asked;
  const whole = absolute(io.cwd, target);
  const isTaken = Object.hasOwn(io.host.files, whole);
  if (isTaken && !letters.includes('f')) {
    const what = `failed to create ${letters.includes('s') ? 'symbolic' : 'hard'} link '${target}'`;
    return fail(io, `ln: ${isBusyBox(io.host) ? target : what}: File exists`);
  }
  if (isTaken) removeFiles(io, [whole]);
  if (!letters.includes('s')) {
    const status = copy(['-r', source, target], { ...io, output: '', errors: '' }, 'ln');
    return status === 0 ? 0 : fail(io, `ln: ${source}: No such file or directory`);
  }
  const problem = writeLink(io, target, source);
  return problem === undefined ? 0 : fail(io, `ln: ${target}: ${problem}`);
};

/** Makes a symbolic link; why not, if it can't be made. */
export function writeLink(io: CommandIo, path: string, target: string): string | undefined {
  const problem = writeFile(io, path, '', false);
  if (problem !== undefined) return problem;
  io.host.files = { ...io.host.files, [`${absolute(io.cwd, path)}${LINK_SUFFIX}`]: target };
  return undefined;
}

/** install: a copy that can be run, or with -d directories; -m says another mode, owners are left as they are. */
export const install: Command = (args, io) => {
  const isValue = (index: number): boolean => /^-\w*[mog]$/.test(args[index - 1] ?? '');
  const plain = args.filter((one, index) => !one.startsWith('-') && !isValue(index));
  const at = args.findIndex((one) => /^-\w*m/.test(one));
  const mode = at < 0 ? '755' : /m$/.test(args[at] ?? '') ? (args[at + 1] ?? '') : (args[at]?.split('m')[1] ?? '');
  const letters = lettersOf(args.filter((_, index) => !isValue(index)));
  if (letters.includes('d')) return makeDirectory(['-p', ...plain], io, 'install');
  const status = copyFiles(plain, io, 'install');
  const target = plain.at(-1) ?? '';
  const made = isDirectory(io, target) ? plain.slice(0, -1).map((path) => `${target}/${lastOf(path)}`) : [target];
  return status === 0 ? changeMode([mode, ...made], io, 'install') : status;
};
