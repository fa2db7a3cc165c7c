/**
 * find: -name, -iname, -path, -type, -size, -perm, -mtime, -mmin, -newer, -empty, -maxdepth, -mindepth, -prune, joined by !, -a, -o and brackets; it prints, removes or
 * calls. Follows POSIX.1-2017 (find) and BusyBox's messages.
 */
import { parseTimestamp } from '../../api/timestamp';
import { entryAt } from './entries';
import { isThere, whole } from './file-commands';
import { isBusyBox } from './held-programs';
import { append, type Command, type CommandIo, fail, say } from './host';
import { below, lastOf, namesIn } from './paths';
import { matchesPattern } from './pattern';
import { removeFiles } from './remove-files';

/** Whether something at a whole path is wanted; `shown` is the path as it is printed. */
type Test = (path: string, shown: string) => boolean;

/** What is wrong with an expression. */
class BadExpression extends Error {}

/** What comes of a search, beside what is printed. */
interface Results {
  /** What is not looked into. */
  readonly pruned: string[];
  readonly removed: string[];
  /** Of `-exec … +`: the words and what they are called with. */
  readonly batches: { readonly words: readonly string[]; readonly paths: string[] }[];
}

interface Reader {
  readonly words: readonly string[];
  readonly io: CommandIo;
  at: number;
  /** Something is done with what is found, and so it is not printed by itself. */
  acts: boolean;
  readonly results: Results;
  depth: readonly [least: number, most: number];
}

/** `+5`, `-5`, `5`: more, less, just so many. */
function isAmount(text: string, value: number): boolean {
  const wanted = Number(text.replace(/^[-+]/, ''));
  return text.startsWith('+') ? value > wanted : text.startsWith('-') ? value < wanted : value === wanted;
}

const LETTERS = { file: 'f', directory: 'd', link: 'l', device: 'c', fifo: 'p' } as const;
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
  '-perm': (value, io) => (path) => {
    const [mode, wanted] = [entryAt(io, path)?.mode ?? '0', value.replace(/^[-/]/, '')].map((text) =>
      Number.parseInt(text, 8),
    ) as [number, number];
    return value.startsWith('-')
      ? (mode & wanted) === wanted
      : value.startsWith('/')
        ? (mode & wanted) !== 0
        : mode === wanted;
  },
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
  if (/^-(xdev|follow|depth)$/.test(word)) return ALL;
  const action = readAction(reader, word);
  if (action) {
    reader.acts ||= word !== '-prune';
    return action;
  }
  const value = reader.words[reader.at++];
  if (value === undefined) throw new BadExpression(`find: ${word} requires an argument`);
  if (word === '-maxdepth') reader.depth = [reader.depth[0], Number(value)];
  else if (word === '-mindepth') reader.depth = [Number(value), reader.depth[1]];
  else {
    const test = TESTS[word];
    if (!test) throw new BadExpression(`find: unrecognized: ${word}`);
    return test(value, io);
  }
  return ALL;
}

/** What is done with what is found, when its turn comes; undefined when the word is none of these. */
function readAction(reader: Reader, word: string): Test | undefined {
  const { io, results } = reader;
  if (word === '-print' || word === '-print0') {
    return (_path, shown) => {
      append(io, word === '-print' ? `${shown}\n` : `${shown}\0`);
      return true;
    };
  }
  if (word === '-prune') return (path) => results.pruned.push(path) > 0;
  if (word === '-delete') return (path) => results.removed.push(path) > 0;
  if (word !== '-exec' && word !== '-execdir') return undefined;
  const end = reader.words.findIndex((one, index) => index >= reader.at && (one === ';' || one === '+'));
  if (end < 0) throw new BadExpression(`find: ${word} requires an argument`);
  const words = reader.words.slice(reader.at, end);
  reader.at = end + 1;
  if (reader.words[end] === ';') {
    return (_path, shown) =>
      io.call(
        words.map((one) => one.replaceAll('{}', shown)),
        '',
      ) === 0;
  }
  const batch = { words, paths: [] as string[] };
  results.batches.push(batch);
  return (_path, shown) => batch.paths.push(shown) > 0;
}

/** Does what is done once all is found. */
function finish({ io, results }: Reader, roots: readonly string[]): number {
  const { removed, batches } = results;
  const starts = roots.map((root) => whole(io, root));
  if (removed.length > 0)
    removeFiles(
      io,
      removed.flatMap((path) => (starts.includes(path) ? [] : [path, `${path}/.`])),
    );
  let status = 0;
  for (const { words, paths } of batches) {
    const argv = words.flatMap((word) => (word === '{}' ? paths : [word]));
    if (paths.length > 0 && io.call(argv, '') !== 0) status = 1;
  }
  return status;
}

/** See the header. */
export const find: Command = (args, io) => {
  const first = args.findIndex((argument) => /^[-!(]/.test(argument));
  const roots = first < 0 ? args : args.slice(0, first);
  const words = first < 0 ? [] : args.slice(first);
  const reader: Reader = {
    words,
    io,
    at: 0,
    acts: false,
    results: { pruned: [], removed: [], batches: [] },
    depth: [0, Number.POSITIVE_INFINITY],
  };
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
      status = fail(io, `find: ${isBusyBox(io.host) ? root : `'${root}'`}: No such file or directory`);
      continue;
    }
    const start = whole(io, root);
    const shownAs = (path: string): string =>
      path === start ? root : `${root.replace(/\/$/, '')}${start === '/' ? path : path.slice(start.length)}`;
    for (const path of below(io.host.files, start)) {
      if (reader.results.pruned.some((one) => path.startsWith(`${one}/`))) continue;
      const level = path === start ? 0 : path.slice(start === '/' ? 0 : start.length).split('/').length - 1;
      if (level < least || level > most || !isWanted(path, shownAs(path))) continue;
      if (!reader.acts) say(io, shownAs(path));
    }
  }
  return finish(reader, roots.length > 0 ? roots : ['.']) || status;
};
