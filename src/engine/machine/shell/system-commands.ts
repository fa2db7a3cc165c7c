/** Utilities about the system: date, df, id, uname and the like, as far as a container has answers. Follows BusyBox's output. */
import { parseTimestamp } from '../../api/timestamp';
import { KERNEL_RELEASE, KERNEL_VERSION } from '../kernel';
import { momentFormatter } from '../moment-text';
import { entryAt } from './entries';
import { timeOf } from './file-commands';
import { isBusyBox } from './held-programs';
import { type Command, type CommandIo, fail, lettersOf, placeOf, plainArguments, print, readFile, say } from './host';
import { isThere, userName } from './list-commands';
import { absolute, type Space } from './paths';
import { shownSize } from './sizes';

const AGO = /^(?:now)?\s*([-+]?\d+)\s*(sec|second|min|minute|hour|day|week)s?( ago)?$/;
const SECONDS: Readonly<Record<string, number>> = {
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
};

/** What -d asks for, in seconds: `@5`, a date, and where the utilities are GNU's `yesterday`, `2 hours ago`. */
function secondsOf(text: string, io: CommandIo): number | undefined {
  if (text.startsWith('@')) return Number(text.slice(1));
  const date = timeOf(text);
  if (date !== undefined) return parseTimestamp(date) / 1000;
  const now = parseTimestamp(io.host.now) / 1000;
  if (isBusyBox(io.host)) return undefined;
  const days = ['yesterday', 'today', 'tomorrow'].indexOf(text);
  if (text === 'now' || days >= 0) return now + (days < 0 ? 0 : days - 1) * 86_400;
  const [, count, unit = '', ago] = AGO.exec(text) ?? [];
  return count === undefined ? undefined : now + Number(count) * (SECONDS[unit] ?? 0) * (ago ? -1 : 1);
}

/** date, by a format or in the usual form; `-d` and `-I`. */
export const date: Command = (args, io) => {
  const at = args.findIndex((argument) => /^(-\w*d|--date)$/.test(argument));
  const inline = args.find((argument) => argument.startsWith('--date='))?.slice('--date='.length);
  const given = inline ?? (at < 0 ? undefined : args[at + 1]);
  const of = args.findIndex((argument) => /^(-\w*r|--reference)$/.test(argument));
  const file = of < 0 ? undefined : entryAt(io, placeOf(io, args[of + 1] ?? ''));
  if (of >= 0 && !file) {
    const why = `${isBusyBox(io.host) ? `can't stat '${args[of + 1]}'` : args[of + 1]}: No such file or directory`;
    return fail(io, `date: ${why}`);
  }
  const now = file?.writtenAt ?? parseTimestamp(io.host.now) / 1000;
  const seconds = given === undefined ? now : secondsOf(given, io);
  if (seconds === undefined || Number.isNaN(seconds)) return fail(io, `date: invalid date '${given}'`);
  const formatted = momentFormatter(seconds);
  const format = args.find((argument, index) => argument.startsWith('+') && (at < 0 || index !== at + 1));
  if (format) return print(io, formatted(format.slice(1)));
  if (args.some((argument) => argument.startsWith('-I'))) {
    return print(io, formatted(args.includes('-Iseconds') ? '%FT%T+00:00' : '%F'));
  }
  const isMail = args.some((argument) => /^-u?R|^--rfc-(email|2822)$/.test(argument));
  return print(io, formatted(isMail ? '%a, %d %b %Y %T +0000' : '%a %b %e %T UTC %Y'));
};

const SOME_DISK = { name: 'overlay', total: 105_151_127_552, used: 13_314_819_072 };

/** The lines of /proc/mounts, in their words. */
const mountLines = (io: CommandIo): string[][] =>
  (readFile(io, '/proc/mounts') ?? '')
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '));

/** Where there is a file system that has room for something. */
function mountPoints(io: CommandIo): readonly string[] {
  const paths = mountLines(io).flatMap(([, path = '', type = '']) =>
    /^(overlay|tmpfs|ext4|nfs4|fuse.ceph-fuse)$/.test(type) ? [path] : [],
  );
  return paths.length > 0 ? paths : ['/'];
}

/** Where the file system is mounted that a path lies in. */
function mountedAt(io: CommandIo, path: string): string {
  const place = placeOf(io, path);
  const around = mountLines(io).flatMap(([, at = '']) => (at === place || place.startsWith(`${at}/`) ? [at] : []));
  return around.reduce((innermost, at) => (at.length > innermost.length ? at : innermost), '/');
}

/** Of the two file systems in memory that containerd makes. */
function ownSpace({ cwd }: CommandIo, path: string): Space | undefined {
  return absolute(cwd, path) === '/dev' ? { name: 'tmpfs', total: 67_108_864, used: 0 } : undefined;
}

/** What df counts, and how. */
type Form = keyof typeof HEADS;

const HEADS = {
  nodes: ['Inodes', 'IUsed', 'IFree', 'IUse%'],
  human: ['Size', 'Used', 'Avail', 'Use%'],
  portable: ['1024-blocks', 'Used', 'Available', 'Capacity'],
  blocks: ['1K-blocks', 'Used', 'Available', 'Use%'],
  megabytes: ['1M-blocks', 'Used', 'Available', 'Use%'],
} as const;

/** What the counts are of; there is an inode for each 16 KiB. */
const UNITS = { nodes: 16_384, human: 1, portable: 1024, blocks: 1024, megabytes: 1_048_576 } as const;

/** What there is of a file system, what is used, what is left and the share that is used. */
const amounts = ({ total, used }: Space, form: Form, io: CommandIo): string[] => {
  const whole = form === 'megabytes' && isBusyBox(io.host) ? Math.round : Math.ceil;
  return [
    ...[total, used, Math.max(0, total - used)].map((bytes) =>
      form === 'human' ? shownSize(bytes, io) : String(whole(bytes / UNITS[form])),
    ),
    `${total > 0 ? Math.ceil((used / total) * 100) : 0}%`,
  ];
};

/** df: the disk of the machine, which containers share, or a volume in memory. */
export const freeSpace: Command = (args, io) => {
  const letters = lettersOf(args);
  const form: Form = letters.includes('i')
    ? 'nodes'
    : letters.includes('h')
      ? 'human'
      : letters.includes('P')
        ? 'portable'
        : letters.includes('m')
          ? 'megabytes'
          : 'blocks';
  const { disk } = io.host;
  const asked = plainArguments(args);
  const lost = asked.filter((path) => !isThere(io, path));
  const found = asked.filter((path) => !lost.includes(path)).map((path) => mountedAt(io, path));
  const paths = asked.length > 0 ? found : mountPoints(io);
  const complain = (why: string): number => {
    for (const path of lost) fail(io, `df: ${path}: ${why}`);
    return lost.length > 0 ? 1 : 0;
  };
  const sources = new Map(mountLines(io).map(([source = '', path = '']) => [path, source]));
  const spaceAt = (path: string): Space => {
    const space = ownSpace(io, path) ?? disk?.(absolute(io.cwd, path)) ?? SOME_DISK;
    return { ...space, name: sources.get(absolute(io.cwd, path)) ?? space.name };
  };
  if (!isBusyBox(io.host)) {
    if (paths.length > 0) freeOfGnu(paths, form, io, spaceAt);
    return complain('No such file or directory');
  }
  const [size = '', , , share] = HEADS[form];
  say(
    io,
    `Filesystem           ${size.padStart(9).padEnd(15)}Used Available ${form === 'portable' ? share : 'Use%'} Mounted on`,
  );
  for (const path of paths) {
    const space = spaceAt(path);
    const shown = amounts(space, form, io).map((one, at) => one.padStart(at > 2 ? 4 : 9));
    say(io, `${space.name.padEnd(20)} ${shown.join(' ')} ${path}`);
  }
  return complain("can't find mount point");
};

/** df of GNU, whose columns are as wide as what is in them. */
function freeOfGnu(paths: readonly string[], form: Form, io: CommandIo, spaceAt: (path: string) => Space): void {
  const rows = paths.map((path) => {
    const space = spaceAt(path);
    return [space.name, ...amounts(space, form, io), path];
  });
  const all = [['Filesystem', ...HEADS[form], 'Mounted on'], ...rows];
  const widths = [14, 5, 5, 5, 4].map((least, column) =>
    Math.max(least, ...all.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of all) {
    const cells = row.map((text, column) => {
      if (column === 5) return text;
      return column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0);
    });
    say(io, cells.join(' '));
  }
}

/** id, with -u, -g, -G, -n. */
export const identity: Command = (args, io) => {
  const { user = 0, groups = [0] } = io.host;
  const letters = lettersOf(args);
  const shown = (number: number): string => (letters.includes('n') ? userName(number) : String(number));
  if (letters.includes('G')) return print(io, groups.map(shown).join(' '));
  if (/[ug]/.test(letters) || letters.includes('n'))
    return print(io, shown(letters.includes('g') ? (groups[0] ?? 0) : user));
  const full = (number: number): string => {
    const name = userName(number);
    return name === String(number) ? name : `${number}(${name})`;
  };
  return print(
    io,
    `uid=${full(user)} gid=${full(groups[0] ?? 0)} groups=${[...groups]
      .sort((a, b) => a - b)
      .map(full)
      .join(',')}`,
  );
};

/** uname. */
export const systemName: Command = (args, io) => {
  const letters = lettersOf(args);
  const parts: [string, string][] = [
    ['s', 'Linux'],
    ['n', io.host.hostname],
    ['r', KERNEL_RELEASE],
    ['v', KERNEL_VERSION],
    ['m', 'x86_64'],
    ['o', io.host.base === 'alpine' ? 'Linux' : 'GNU/Linux'],
  ];
  const wanted = parts.filter(([letter]) => letters.includes('a') || (letters || 's').includes(letter));
  return print(io, wanted.map(([, text]) => text).join(' '));
};

/** mount: what is mounted; more than that it may not, which nobody is told. */
export const mount: Command = (args, io) => {
  if (plainArguments(args).length > 0) return 0;
  for (const [source, path, type, options] of mountLines(io)) {
    say(io, `${source} on ${path} type ${type} (${options})`);
  }
  return 0;
};
