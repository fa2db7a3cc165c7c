/**
 * gzip, gunzip and zcat. What is packed keeps its length: a file in this form is its text behind the mark of the format. Follows gzip 1.12 and BusyBox 1.35.
 */
import { hint, isBusyBox } from './held-programs';
import {
  append,
  type Command,
  type CommandIo,
  fail,
  isDirectory,
  placeOf,
  plainArguments,
  readFile,
  writeFile,
} from './host';
import { removeFiles } from './remove-files';

/** What a file in the format begins with. */
const MAGIC = '\x1f\x8b\x08';
const SUFFIX = '.gz';

/** How a call goes about it. */
interface Work {
  readonly name: string;
  readonly unpacks: boolean;
  readonly toOutput: boolean;
  readonly keeps: boolean;
  readonly isForced: boolean;
}

/** The other form of a text; undefined where it is not packed and was to be unpacked. */
function turned(text: string, unpacks: boolean): string | undefined {
  if (!unpacks) return MAGIC + text;
  return text.startsWith(MAGIC) ? text.slice(MAGIC.length) : undefined;
}

function notPacked(io: CommandIo, { name }: Work, path: string): number {
  if (isBusyBox(io.host)) return fail(io, `${name}: ${name === 'zcat' ? 'no gzip/bzip2/xz' : 'invalid'} magic`);
  return fail(io, path === '-' ? '\ngzip: stdin: not in gzip format' : `\ngzip: ${path}: not in gzip format`);
}

/** Puts a file in the place of its other form; a status. */
function turnFile(io: CommandIo, work: Work, path: string): number {
  const { name, unpacks, toOutput, keeps, isForced } = work;
  const isSmall = isBusyBox(io.host);
  const begin = isSmall ? name : 'gzip';
  const text = readFile(io, path);
  if (text === undefined) {
    if (!isDirectory(io, path)) return fail(io, `${begin}: ${path}: No such file or directory`);
    return isSmall
      ? fail(io, `${begin}: ${path}: Is a directory`)
      : fail(io, `gzip: ${path} is a directory -- ignored`, 2);
  }
  const hasSuffix = path.endsWith(SUFFIX);
  if (!toOutput && hasSuffix !== unpacks) {
    if (unpacks) return fail(io, `${begin}: ${path}: unknown suffix ${isSmall ? '-' : '--'} ignored`, isSmall ? 1 : 2);
    if (!isSmall) return fail(io, `gzip: ${path} already has .gz suffix -- unchanged`, 2);
  }
  const content = turned(text, unpacks);
  if (content === undefined) return notPacked(io, work, path);
  if (toOutput) {
    append(io, content);
    return 0;
  }
  const target = unpacks ? path.slice(0, -SUFFIX.length) : `${path}${SUFFIX}`;
  if (!isForced && readFile(io, target) !== undefined) {
    return isSmall
      ? fail(io, `${begin}: can't open '${target}': File exists`)
      : fail(io, `gzip: ${target} already exists;\tnot overwritten`, 2);
  }
  const problem = writeFile(io, target, content, false);
  if (problem !== undefined) return fail(io, `${begin}: ${target}: ${problem}`);
  if (!keeps) removeFiles(io, [placeOf(io, path)]);
  return 0;
}

/** See the header. */
export const gzip: Command = (args, io, name) => {
  const letters = args.filter((one) => /^-[^-]/.test(one)).join('');
  const has = (letter: string, long: string): boolean => letters.includes(letter) || args.includes(`--${long}`);
  const odd = /[^-1-9acdfhklnNqrtv]/.exec(letters)?.[0];
  if (odd !== undefined)
    return fail(io, `${name}: invalid option -- '${odd}'${isBusyBox(io.host) ? '' : hint('gzip')}`);
  const work: Work = {
    name,
    unpacks: name !== 'gzip' || has('d', 'decompress'),
    toOutput: name === 'zcat' || has('c', 'stdout'),
    keeps: has('k', 'keep'),
    isForced: has('f', 'force'),
  };
  const paths = plainArguments(args);
  if (paths.length > 0 && !paths.includes('-'))
    return paths.reduce((status, path) => turnFile(io, work, path) || status, 0);
  const text = turned(io.input, work.unpacks);
  if (text === undefined) return notPacked(io, work, '-');
  append(io, text);
  return 0;
};
