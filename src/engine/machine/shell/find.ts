/**
 * find: -name, -iname, -path, -type, -size, -mtime, -mmin, -newer, -empty, -maxdepth, -mindepth, joined by !, -a, -o and brackets; it prints, removes or
 * calls. Follows POSIX.1-2017 (find) and BusyBox's messages.
 */
import { parseTimestamp } from '../../api/timestamp';
import { isThere, whole } from './file-commands';
import { type Command, type CommandIo, fail, removeFiles, say } from './host';
import { entryAt } from './list-commands';
import { below, lastOf, namesIn } from './paths';
import { matchesPattern } from './pattern';

/** Whether something at a whole path is wanted; `shown` is the path as it is printed. */
type Test = (path: string, shown: string) => boolean;

/** What is wrong with an expression. */
class BadExpression extends Error {}

interface Reader {
  readonly words: readonly string[];
  readonly io: CommandIo;
  at: number;
  /** The words of -exec, with the sign that ends them. */
  command?: readonly string[];
  removes: boolean;
  depth: readonly [least: number, most: number];
}

/** `+5`, `-5`, `5`: more, less, just so many. */
function isAmount(text: string, value: number): boolean {
  const wanted = Number(text.replace(/^[-+]/, ''));
  return text.startsWith('+') ? value > wanted : text.startsWith('-') ? value < wanted : value === wanted;
}

const LETTERS = { file: 'f', directory: 'd', link: 'l' } as const;
const UNITS: Readonly<Record<string, number>> = { c: 1, b: 512, '': 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Tests with a value, by their names. */
const TESTS: Readonly<Record<string, (value: string, io: CommandIo) => Test>> = {
  '-name': (value) => (path) => matchesPattern(value, lastOf(path)),
  '-iname': (value) => (path) => matchesPattern(value.toLowerCase(), lastOf(path).toLowerCase()),
  '-path': (value) => (_path, shown) => matchesPattern(value, shown),
  '-type': (value, io) => (path) => value.split(',').includes(LETTERS[entryAt(io, path)?.kind ?? 'file']),
  '-newer': (value, io) => {
    const than = entryAt(io, whole(io, value))?.writtenAt ?? 0;
    return (path) => (entryAt(io, path)?.writtenAt ?? 0) > than;
  },
  '-size': (value, io) => {
    const unit = UNITS[/[cbkMG]?$/.exec(value)?.[0] ?? ''] ?? 512;
    return (path) => isAmount(value.replace(/[cbkMG]$/, ''), Math.ceil((entryAt(io, path)?.size ?? 0) / unit));
  },
  '-mtime': (value, io) => (path) => isAmount(value, Math.floor(ageOf(io, path) / 86_400)),
  '-mmin': (value, io) => (path) => isAmount(value, Math.floor(ageOf(io, path) / 60)),
};

const ageOf = (io: CommandIo, path: string): number =>
  parseTimestamp(io.host.now) / 1000 - (entryAt(io, path)?.writtenAt ?? 0);

const isEmpty =
  (io: CommandIo): Test =>
  (path) => {
    const entry = entryAt(io, path);
    return entry?.kind === 'directory' ? namesIn(io.host.files, path).length === 0 : entry?.size === 0;
  };

function readEither(reader: Reader): Test {
  const alternatives = [readBoth(reader)];
  while (/^-or?$/.test(reader.words[reader.at] ?? '')) {
    reader.at++;
    alternatives.push(readBoth(reader));
  }
  return (path, shown) => alternatives.some((test) => test(path, shown));
}

function readBoth(reader: Reader): Test {
  const tests: Test[] = [];
  for (let word = reader.words[reader.at]; word !== undefined && word !== ')'; word = reader.words[reader.at]) {
    if (/^-or?$/.test(word)) break;
    reader.at++;
    if (!/^-a(nd)?$/.test(word)) tests.push(readTest(reader, word));
  }
  return (path, shown) => tests.every((test) => test(path, shown));
}

const ALL: Test = () => true;

function readTest(reader: Reader, word: string): Test {
  const { io } = reader;
  if (word === '!' || word === '-not') {
    const negated = readTest(reader, reader.words[reader.at++] ?? '');
    return (path, shown) => !negated(path, shown);
  }
  if (word === '(') {
    const inner = readEither(reader);
    reader.at++;
    return inner;
  }
  if (word === '-empty') return isEmpty(io);
  if (/^-(print0?|xdev|follow|depth)$/.test(word)) return ALL;
  if (word === '-delete') reader.removes = true;
  else if (word === '-exec' || word === '-execdir') {
    const end = reader.words.findIndex((one, index) => index >= reader.at && (one === ';' || one === '+'));
    if (end < 0) throw new BadExpression(`find: ${word} requires an argument`);
    reader.command = reader.words.slice(reader.at, end + 1);
    reader.at = end + 1;
  } else {
    const value = reader.words[reader.at++];
    if (value === undefined) throw new BadExpression(`find: ${word} requires an argument`);
    if (word === '-maxdepth') reader.depth = [reader.depth[0], Number(value)];
    else if (word === '-mindepth') reader.depth = [Number(value), reader.depth[1]];
    else {
      const test = TESTS[word];
      if (!test) throw new BadExpression(`find: unrecognized: ${word}`);
      return test(value, io);
    }
  }
  return ALL;
}

function executeEach(words: readonly string[], io: CommandIo, paths: readonly string[]): number {
  const batches = words.at(-1) === '+' ? (paths.length > 0 ? [paths] : []) : paths.map((path) => [path]);
  let status = 0;
  for (const batch of batches) {
    const argv = words
      .slice(0, -1)
      .flatMap((word) => (word === '{}' ? batch : [word.replaceAll('{}', batch[0] ?? '')]));
    if (io.call(argv, '') !== 0) status = 1;
  }
  return words.at(-1) === '+' ? status : 0;
}

/** See the header. */
export const find: Command = (args, io) => {
  const first = args.findIndex((argument) => /^[-!(]/.test(argument));
  const roots = first < 0 ? args : args.slice(0, first);
  const words = first < 0 ? [] : args.slice(first);
  const reader: Reader = { words, io, at: 0, removes: false, depth: [0, Number.POSITIVE_INFINITY] };
  let isWanted: Test;
  try {
    isWanted = readEither(reader);
  } catch (error) {
    if (!(error instanceof BadExpression)) throw error;
    return fail(io, error.message);
  }
  const [least, most] = reader.depth;
  let status = 0;
  for (const root of roots.length > 0 ? roots : ['.']) {
    if (!isThere(io, root)) {
      status = fail(io, `find: ${root}: No such file or directory`);
      continue;
    }
    const start = whole(io, root);
    const shownAs = (path: string): string =>
      path === start ? root : `${root.replace(/\/$/, '')}${start === '/' ? path : path.slice(start.length)}`;
    const found = below(io.host.files, start).filter((path) => {
      const level = path === start ? 0 : path.slice(start === '/' ? 0 : start.length).split('/').length - 1;
      return level >= least && level <= most && isWanted(path, shownAs(path));
    });
    if (reader.removes)
      removeFiles(
        io,
        found.flatMap((path) => (path === start ? [] : [path, `${path}/.`])),
      );
    else if (reader.command) status = executeEach(reader.command, io, found.map(shownAs)) || status;
    else for (const path of found) say(io, shownAs(path));
  }
  return status;
};
