/**
 * Paths of a container's files, which are kept by their whole paths; a directory is there when something is below it, if only `/.`. What is
 * known of a file beside its content is kept as files of their own, under its path and a character that no path can have.
 */
import { DEVICE_NAMES } from './devices';
import { isPattern, matchesPattern, unquoted } from './pattern';

type Paths = Readonly<Record<string, string>>;

/** A file system: the bytes that it has, and what is used of them. */
export interface Space {
  readonly name: string;
  readonly total: number;
  readonly used: number;
  /** The type of the file system; default: that of the node's disk. */
  readonly type?: string;
}

/** What a mode's key ends with. */
export const MODE_SUFFIX = '\0mode';
/** Of the place that a symbolic link leads to. */
export const LINK_SUFFIX = '\0link';
/** Of the user and group that a file belongs to, `1000:3000`. */
export const OWNER_SUFFIX = '\0owner';
/** Of when a file was written, in RFC 3339. */
export const TIME_SUFFIX = '\0time';
/** Of how many bytes of nothing a file holds beside its content. */
export const HOLE_SUFFIX = '\0hole';
/** That a file is a named pipe. */
export const FIFO_SUFFIX = '\0fifo';
/** Of which of the image's programs a file is, by its path; empty where the image's own is not there any more. */
export const PROGRAM_SUFFIX = '\0program';
/** All that may be known of a file. */
export const SUFFIXES = [
  MODE_SUFFIX,
  LINK_SUFFIX,
  OWNER_SUFFIX,
  TIME_SUFFIX,
  HOLE_SUFFIX,
  FIFO_SUFFIX,
  PROGRAM_SUFFIX,
] as const;

/** Directories that every image has. */
const STANDARD = [
  '/',
  '/tmp',
  '/etc',
  '/var',
  '/usr',
  '/bin',
  '/sbin',
  '/dev',
  '/proc',
  '/sys',
  '/root',
  '/home',
  '/run',
]
  .concat([
    '/opt',
    '/mnt',
    '/srv',
    '/lib',
    '/usr/bin',
    '/usr/local',
    '/usr/local/bin',
    '/usr/share',
    '/var/log',
    '/var/run',
  ])
  .concat(['/var/tmp', '/var/lib', '/var/cache', '/dev/shm', '/dev/mqueue', '/dev/pts']);

/** A path from the root, without `.`, `..` and repeated slashes. */
export function absolute(cwd: string, path: string): string {
  if (/^(?!.*(\/\/|\/\.\.?(\/|$)))\/./.test(path) && !path.endsWith('/')) return path;
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}${path.endsWith('/.') && parts.length > 0 ? '/.' : ''}`;
}

/** The last part of a path: the name of a file, or of a program. */
export const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether a whole path is a directory. */
export function isDirectoryIn(files: Paths, path: string): boolean {
  if (STANDARD.includes(path)) return true;
  const prefix = path.endsWith('/') ? path : `${path}/`;
  for (const file in files) if (file.startsWith(prefix)) return true;
  return false;
}

/** Whether a key is a file's own, and not what is known of one. */
export const isFileKey = (key: string): boolean => !key.includes('\0');

/** What is known of a file under one of the suffixes. */
export function noteOf(files: Paths, path: string, suffix: (typeof SUFFIXES)[number]): string | undefined {
  const key = `${path}${suffix}`;
  return Object.hasOwn(files, key) ? files[key] : undefined;
}

const MAX_LINKS = 40;

/** Where a whole path leads to when symbolic links are followed. Links in a ring lead nowhere. */
export function followed(files: Paths, path: string): string {
  let current = path;
  let links = 0;
  for (let end = current.indexOf('/', 1); ; end = current.indexOf('/', end + 1)) {
    const isLast = end < 0;
    const part = isLast ? current : current.slice(0, end);
    const target = noteOf(files, part, LINK_SUFFIX);
    if (target !== undefined) {
      if (++links > MAX_LINKS) return '/\0';
      current = `${absolute(part.slice(0, part.lastIndexOf('/')) || '/', target)}${isLast ? '' : current.slice(end)}`;
      end = 0;
    } else if (isLast) return current;
  }
}

/** How many bytes a file has. */
export function sizeOf(files: Paths, path: string): number {
  return (files[path]?.length ?? 0) + Number(noteOf(files, path, HOLE_SUFFIX) ?? 0);
}

/** The names in a directory, in order. */
export function namesIn(files: Paths, directory: string): string[] {
  const start = directory === '/' ? '/' : `${directory}/`;
  const standard = STANDARD.filter(
    (one) => one.startsWith(start) && one !== '/' && !one.slice(start.length).includes('/'),
  );
  const names = Object.keys(files)
    .concat(standard)
    .filter((file) => file.startsWith(start) && isFileKey(file))
    .map((file) => file.slice(start.length).split('/')[0] ?? '');
  if (directory === '/dev') names.push(...DEVICE_NAMES);
  return [...new Set(names)].filter((name) => name !== '.' && name !== '').sort();
}

/** Files and directories at and below a path, without the marks of directories; in order. */
export function below(files: Paths, path: string): string[] {
  const start = path === '/' ? '/' : `${path}/`;
  const found = new Set<string>([path]);
  for (const file of Object.keys(files)) {
    if (!file.startsWith(start) || !isFileKey(file)) continue;
    const parts = file.slice(start.length).split('/');
    for (let count = 1; count <= parts.length; count++) {
      if (parts[count - 1] !== '.') found.add(`${start}${parts.slice(0, count).join('/')}`);
    }
  }
  return [...found].sort();
}

/** The mode of a file or directory, as octal digits. */
export function modeOf(files: Paths, path: string): string {
  const key = `${path}${MODE_SUFFIX}`;
  if (Object.hasOwn(files, key)) return files[key] as string;
  return isDirectoryIn(files, path) ? (path === '/tmp' || path === '/var/tmp' ? '1777' : '755') : '644';
}

/** The paths that a pattern fits, in order; as the pattern is written, from the root or not. `links`: names that are in every directory. */
export function pathsLike(files: Paths, cwd: string, pattern: string, links: readonly string[] = []): string[] {
  const isAbsolute = pattern.startsWith('/');
  let found: string[] = [isAbsolute ? '' : '.'];
  for (const part of pattern.split('/').slice(isAbsolute ? 1 : 0)) {
    found = found.flatMap((base) => {
      const join = (name: string): string => (base === '.' ? name : `${base}/${name}`);
      const directory = followed(files, absolute(cwd, base === '' ? '/' : base));
      if (!isPattern(part)) {
        const path = join(unquoted(part));
        const whole = absolute(cwd, path);
        const there = followed(files, whole);
        return Object.hasOwn(files, whole) || isDirectoryIn(files, there) ? [path] : [];
      }
      return [...links, ...namesIn(files, directory)]
        .filter((name) => (name.startsWith('.') ? part.startsWith('.') : true) && matchesPattern(part, name))
        .map(join);
    });
  }
  return found;
}
