/** Utilities that tell about files: ls, stat and du. Follows POSIX.1-2017 with BusyBox's or GNU's messages. */
import { parseTimestamp } from '../../api/timestamp';
import { momentFormatter } from '../moment-text';
import { type Entry, entryAt } from './entries';
import { isBusyBox } from './held-programs';
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
} from './host';
import { modeText } from './modes';
import { absolute, below, namesIn } from './paths';
import { shownSize } from './sizes';
import { timeFormat } from './time-style';

const NAMES: ReadonlyMap<string, string> = new Map([
  ['0', 'root'],
  ['65534', 'nobody'],
]);

/** What a user, or its group, is called. */
export const userName = (number: number | string): string => NAMES.get(String(number)) ?? String(number);

/** Says that a path is not there: in BusyBox's words for images that hold little else, else in those of the GNU utilities. */
function notThere(io: CommandIo, name: string, verb: string, path: string): number {
  const why = 'No such file or directory';
  return fail(io, isBusyBox(io.host) ? `${name}: ${path}: ${why}` : `${name}: cannot ${verb} '${path}': ${why}`);
}

/** Whether something is where a path leads to. */
export const isThere = (io: CommandIo, path: string): boolean =>
  readFile(io, path) !== undefined || isDirectory(io, path);

const SIGNS = { file: '-', directory: 'd', link: 'l', device: 'c', fifo: 'p' } as const;

/** What `ls -F` adds to a name. */
const MARKS = { file: '', directory: '/', link: '@', device: '', fifo: '|' } as const;

const modeWord = ({ mode, kind }: Entry): string => `${SIGNS[kind]}${modeText(mode)}`;

/** The columns of `ls -l` between the mode and the time. */
function columnsOf({ kind, user, group, size, numbers }: Entry, letters: string, io: CommandIo): string[] {
  const name = letters.includes('n') ? String : userName;
  const length = numbers
    ? numbers.map((one, at) => (at > 0 && isBusyBox(io.host) ? String(one).padStart(3) : one)).join(', ')
    : letters.includes('h')
      ? shownSize(size, io)
      : String(size);
  return [String(kind === 'directory' ? 2 : 1), name(user), name(group), length];
}

/** How wide these columns are at the least: of BusyBox always, of GNU's as wide as the widest of a listing. */
function widthsOf(entries: readonly (Entry | undefined)[], letters: string, io: CommandIo): number[] {
  if (isBusyBox(io.host)) return [4, 8, 8, 9];
  const rows = entries.flatMap((entry) => (entry ? [columnsOf(entry, letters, io)] : []));
  return [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
}

function longLine(
  io: CommandIo,
  entry: Entry,
  shown: string,
  widths: readonly number[],
  args: readonly string[],
): string {
  const letters = lettersOf(args);
  const columns = columnsOf(entry, letters, io);
  const [links = '', user = '', group = '', size = ''] = columns.map((text, column) =>
    column === 0 || column === 3 ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
  );
  const age = parseTimestamp(io.host.now) / 1000 - entry.writtenAt;
  const changedAt = momentFormatter(entry.writtenAt)(timeFormat(args, age, isBusyBox(io.host)));
  const arrow = entry.kind === 'link' ? ` -> ${entry.target}` : '';
  return `${modeWord(entry)} ${links} ${user} ${group} ${size} ${changedAt} ${shown}${arrow}`;
}

/** ls, of files and directories; without any, of the working directory. */
export const list: Command = (args, io) => {
  const letters = lettersOf(args).replace('n', 'ln');
  const isLong = letters.includes('l');
  const paths = plainArguments(args);
  let status = 0;
  const shown = paths.length > 0 ? [...paths].sort() : ['.'];
  const seenAt = (path: string): Entry | undefined =>
    entryAt(io, letters.includes('L') ? placeOf(io, path) : absolute(io.cwd, path));
  const signOf = (path: string): string => {
    const { kind = 'file', mode = '' } = (/[Fp]/.test(letters) && seenAt(path)) || {};
    if (kind === 'file' && letters.includes('F') && /[1357]/.test(mode)) return '*';
    return kind === 'directory' || letters.includes('F') ? MARKS[kind] : '';
  };
  const entryOf = (path: string): Entry | undefined => (isLong ? seenAt(path) : undefined);
  const line = (path: string, name: string, widths: readonly number[]): void => {
    const entry = entryOf(path);
    say(io, `${entry ? longLine(io, entry, name, widths, args) : name}${signOf(path)}`);
  };
  const isListed = (path: string): boolean => {
    if (!isDirectory(io, path) || letters.includes('d')) return false;
    return !(isLong && seenAt(path)?.kind === 'link' && !path.endsWith('/'));
  };
  const isHeaded = shown.length > 1 || letters.includes('R');
  // What is no directory comes first.
  const ordered = [...shown.filter((path) => !isListed(path)), ...shown.filter(isListed)];
  const plain = widthsOf(ordered.filter((path) => !isListed(path)).map(entryOf), letters, io);
  for (const [index, path] of ordered.entries()) {
    const entry = seenAt(path);
    const isFolder = isListed(path);
    // BusyBox looks where a link leads to unless its own line is asked for.
    const isLost = entry?.kind === 'link' && isBusyBox(io.host) && !/[ld]/.test(letters) && !isThere(io, path);
    if (!entry || isLost) status = notThere(io, 'ls', 'access', path) * (isBusyBox(io.host) ? 1 : 2);
    else if (!isFolder) line(path, path, plain);
    else {
      const folder = placeOf(io, path);
      if (isHeaded) say(io, `${index > 0 ? '\n' : ''}${path}:`);
      const names = namesIn(io.host.files, folder).filter((name) => {
        if (!/[aA]/.test(letters) && name[0] === '.') return false;
        const isKept = !letters.includes('L') || isThere(io, `${folder}/${name}`);
        if (!isKept) status = notThere(io, 'ls', 'access', isBusyBox(io.host) ? `${path}/${name}` : name);
        return isKept;
      });
      if (letters.includes('t'))
        names.sort((a, b) => newest(io, `${folder}/${a}`, `${folder}/${b}`) || (a < b ? -1 : 1));
      if (letters.includes('r')) names.reverse();
      const all = [...(letters.includes('a') ? ['.', '..'] : []), ...names];
      const pathTo = (name: string): string => (name === '.' ? folder : absolute('/', `${folder}/${name}`));
      if (isLong) say(io, `total ${all.reduce((sum, name) => sum + blocks(io, pathTo(name)), 0)}`);
      const widths = widthsOf(
        all.map((name) => entryOf(pathTo(name))),
        letters,
        io,
      );
      for (const name of all) line(pathTo(name), name, widths);
      if (letters.includes('R')) {
        for (const name of names.filter(
          (one) => entryAt(io, absolute('/', `${folder}/${one}`))?.kind === 'directory',
        )) {
          say(io, '');
          list([...args.filter((one) => one.startsWith('-')), `${path.replace(/\/$/, '')}/${name}`], io, 'ls');
        }
      }
    }
  }
  return status;
};

const newest = (io: CommandIo, a: string, b: string): number =>
  (entryAt(io, absolute('/', b))?.writtenAt ?? 0) - (entryAt(io, absolute('/', a))?.writtenAt ?? 0);

/** What a path takes on disk, in kilobytes. */
function blocks(io: CommandIo, path: string): number {
  const { kind = 'link', size = 0 } = entryAt(io, path) ?? {};
  return kind === 'link' ? 0 : kind === 'directory' ? 4 : 4 * Math.ceil(size / 4096);
}

/** du: what files hold, in kilobytes. */
export const diskUsage: Command = (args, io) => {
  const letters = lettersOf(args);
  let status = 0;
  const sum = (path: string): number => below(io.host.files, path).reduce((total, one) => total + blocks(io, one), 0);
  const tell = (path: string, shown: string): void => {
    const kilobytes = sum(path);
    const text = letters.includes('h')
      ? shownSize(kilobytes * 1024, io)
      : String(letters.includes('m') ? Math.ceil(kilobytes / 1024) : kilobytes);
    say(io, `${text}\t${shown}`);
  };
  for (const path of plainArguments(args).length > 0 ? plainArguments(args) : ['.']) {
    const start = placeOf(io, path);
    if (!entryAt(io, start)) status = fail(io, `du: ${path}: No such file or directory`);
    else {
      const inside = below(io.host.files, start).filter(
        (one) => one !== start && entryAt(io, one)?.kind === 'directory',
      );
      if (!letters.includes('s'))
        for (const one of inside.reverse())
          tell(one, `${path.replace(/\/$/, '')}${one.slice(start === '/' ? 0 : start.length)}`);
      tell(start, path);
    }
  }
  return status;
};

const KINDS = {
  directory: 'directory',
  link: 'symbolic link',
  file: 'regular file',
  device: 'character special file',
  fifo: 'fifo',
} as const;

/** stat: its usual lines, or -c. */
export const status: Command = (args, io) => {
  const at = args.indexOf('-c');
  const paths = plainArguments(at < 0 ? args : args.filter((_, index) => index !== at && index !== at + 1));
  let code = 0;
  for (const path of paths) {
    const entry = entryAt(io, lettersOf(args).includes('L') ? placeOf(io, path) : absolute(io.cwd, path));
    if (!entry) {
      code = fail(io, `stat: can't stat '${path}': No such file or directory`);
      continue;
    }
    const { mode, size, kind, user, group, target, writtenAt: seconds } = entry;
    const moment = momentFormatter(seconds)('%F %T.000000000 +0000');
    const values: Record<string, string> = {
      a: mode,
      A: modeWord(entry),
      s: String(size),
      n: path,
      N: kind === 'link' ? `'${path}' -> '${target}'` : path,
      F: kind === 'file' && size === 0 ? 'regular empty file' : KINDS[kind],
      U: userName(user),
      G: userName(group),
      u: user,
      g: group,
      Y: String(seconds),
      Z: String(seconds),
      X: String(seconds),
      y: moment,
      z: moment,
      x: moment,
      h: kind === 'directory' ? '2' : '1',
      b: String(Math.ceil(size / 4096) * 8),
      B: '512',
    };
    const id = (number: string): string => `(${number.padStart(5)}/${userName(number).padStart(8)})`;
    const whole = `  File: %N\n  Size: ${String(size).padEnd(10)}\tBlocks: ${(values.b as string).padEnd(10)} IO Block: 4096   %F\nDevice: 50h/80d\tInode: 1048576     Links: %h\nAccess: (${mode.padStart(4, '0')}/%A)  Uid: ${id(user)}   Gid: ${id(group)}\nAccess: %x\nModify: %y\nChange: %z`;
    const format = at < 0 ? whole : (args[at + 1] ?? '');
    say(
      io,
      format.replace(/%(\w)/g, (_, letter: string) => values[letter] ?? '?'),
    );
  }
  return code;
};
