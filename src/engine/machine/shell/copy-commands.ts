/**
 * Utilities that copy and count: cp, mv and wc. Follows POSIX.1-2017 with BusyBox's messages. What else an image holds is not known, so in
 * images with programs of their own a source that is not there is copied as nothing.
 */
import { type Command, type CommandIo, fail, plainArguments, print, readFile, removeFiles, writeFile } from './host';

/** The files at a path: itself, or all below it, with what is left of their paths. */
function filesAt(io: CommandIo, path: string): [path: string, rest: string][] {
  if (readFile(io.host, path) !== undefined) return [[path, '']];
  const prefix = `${path.replace(/\/\.?$/, '')}/`;
  return Object.keys(io.host.files).flatMap((file): [string, string][] =>
    file.startsWith(prefix) ? [[file, file.slice(prefix.length - 1)]] : [],
  );
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Copies; returns the files that were copied, or a status when that went wrong. */
function copy(args: readonly string[], io: CommandIo, name: string): { readonly copied: string[] } | number {
  const paths = plainArguments(args);
  const target = paths.at(-1)?.replace(/(.)\/$/, '$1');
  if (paths.length < 2 || target === undefined) return fail(io, `${name}: missing file operand`);
  const intoDirectory =
    paths.length > 2 ||
    paths.at(-1)?.endsWith('/') === true ||
    (readFile(io.host, target) === undefined && filesAt(io, target).length > 0);
  const copied: string[] = [];
  for (const source of paths.slice(0, -1)) {
    const files = filesAt(io, source);
    if (files.length === 0 && io.host.bare) {
      return fail(io, `${name}: can't stat '${source}': No such file or directory`);
    }
    const isContents = /\/\.?$/.test(source);
    for (const [path, rest] of files) {
      const base = intoDirectory && !isContents ? `${target}/${lastOf(source.replace(/\/$/, ''))}` : target;
      const problem = writeFile(io, `${base}${rest}`, readFile(io.host, path) ?? '', false);
      if (problem !== undefined) return fail(io, `${name}: can't create '${base}${rest}': ${problem}`);
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

/** What wc counts, in the order in which it prints. */
const COUNTS: readonly (readonly [flag: string, count: (text: string) => number])[] = [
  ['l', (text) => text.split('\n').length - 1],
  ['w', (text) => text.split(/\s+/).filter(Boolean).length],
  ['c', (text) => text.length],
];

/** wc. */
export const count: Command = (args, io) => {
  const flags = args.filter((argument) => argument.startsWith('-')).join('');
  const wanted = COUNTS.filter(([flag]) => flags === '' || flags.includes(flag));
  const paths = plainArguments(args);
  const numbers = (text: string): string => wanted.map(([, of]) => of(text)).join(' ');
  if (paths.length === 0) return print(io, numbers(io.input));
  let status = 0;
  for (const path of paths) {
    const content = readFile(io.host, path);
    if (content === undefined) status = fail(io, `wc: ${path}: No such file or directory`);
    else print(io, `${numbers(content)} ${path}`);
  }
  return status;
};
