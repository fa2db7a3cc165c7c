/**
 * Utilities that copy: cp, mv and ln. Follows POSIX.1-2017 with BusyBox's messages. What else an image holds is not known, so
 * in images with programs of their own a source that is not there is copied as nothing; links are copies.
 */
import {
  type Command,
  type CommandIo,
  fail,
  isDirectory,
  lettersOf,
  plainArguments,
  readFile,
  removeFiles,
  writeFile,
} from './host';
import { absolute, isFileKey, lastOf, MODE_SUFFIX } from './paths';

/** The files at a path: itself, or all below it, with what is left of their paths. */
function filesAt(io: CommandIo, path: string): [path: string, rest: string][] {
  const start = absolute(io.cwd, path.replace(/\/\.$/, ''));
  if (readFile(io, start) !== undefined) return [[start, '']];
  const prefix = start === '/' ? '/' : `${start}/`;
  return Object.keys(io.host.files).flatMap((file): [string, string][] =>
    file.startsWith(prefix) && isFileKey(file) ? [[file, file.slice(prefix.length - 1)]] : [],
  );
}

/** Copies; returns the files that were copied, or a status when that went wrong. */
function copy(args: readonly string[], io: CommandIo, name: string): { readonly copied: string[] } | number {
  const paths = plainArguments(args);
  const target = paths.at(-1)?.replace(/(.)\/$/, '$1');
  if (paths.length < 2 || target === undefined) return fail(io, `${name}: missing file operand`);
  const intoDirectory =
    paths.length > 2 ||
    paths.at(-1)?.endsWith('/') === true ||
    (readFile(io, target) === undefined && isDirectory(io, target));
  const isDeep = name === 'mv' || /[rRa]/.test(lettersOf(args));
  const copied: string[] = [];
  for (const source of paths.slice(0, -1)) {
    const files = filesAt(io, source);
    const isFolder = readFile(io, source) === undefined;
    if (files.length === 0 && !isDirectory(io, source)) {
      if (io.host.bare)
        return fail(io, `${name}: can't ${name === 'mv' ? 'rename' : 'stat'} '${source}': No such file or directory`);
      continue;
    }
    if (isFolder && !isDeep) return fail(io, `${name}: omitting directory '${source}'`);
    const isContents = /(^|\/)\.$/.test(source) || (source.endsWith('/') && !io.host.bare);
    for (const [path, rest] of files) {
      const base = intoDirectory && !isContents ? `${target}/${lastOf(source.replace(/\/$/, ''))}` : target;
      const problem = writeFile(io, `${base}${rest}`, readFile(io, path) ?? '', false);
      if (problem !== undefined) return fail(io, `${name}: can't create '${base}${rest}': ${problem}`);
      const mode = io.host.files[`${path}${MODE_SUFFIX}`];
      const key = `${absolute(io.cwd, `${base}${rest}`)}${MODE_SUFFIX}`;
      if (mode !== undefined) io.host.files = { ...io.host.files, [key]: mode };
      copied.push(path);
    }
  }
  return { copied };
}

/** cp. */
export const copyFiles: Command = (args, io) => {
  const result = copy(args, io, 'cp');
  return typeof result === 'number' ? result : 0;
};

/** mv. */
export const moveFiles: Command = (args, io) => {
  const result = copy(args, io, 'mv');
  if (typeof result === 'number') return result;
  removeFiles(io, result.copied);
  return 0;
};

/** ln: a copy, which is what a link is as long as nobody changes either. */
export const link: Command = (args, io) => {
  const paths = plainArguments(args);
  const [source = '', target = lastOf(source)] = paths;
  if (readFile(io, target) !== undefined && !lettersOf(args).includes('f'))
    return fail(io, `ln: ${target}: File exists`);
  const result = copy(['-r', source, target], { ...io, output: '', errors: '' }, 'ln');
  if (typeof result === 'object') return 0;
  const problem = writeFile(io, target, '', false);
  return problem === undefined ? 0 : fail(io, `ln: ${target}: ${problem}`);
};
