/**
 * Paths of a container's files, which are kept by their whole paths; a directory is there when something is below it, if only `/.`. A mode
 * that was set is kept as a file of its own, under the path and a character that no path can have.
 */
import { isPattern, matchesPattern, unquoted } from './pattern';

type Paths = Readonly<Record<string, string>>;

/** What a mode's key ends with. */
export const MODE_SUFFIX = '\0mode';

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
  .concat(['/var/tmp', '/var/lib', '/var/cache', '/dev/shm']);

/** A path from the root, without `.`, `..` and repeated slashes. */
export function absolute(cwd: string, path: string): string {
  if (/^\/(?!.*(\/\/|\/\.\.?(\/|$)))./.test(path) && !path.endsWith('/')) return path;
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
  return Object.keys(files).some((file) => file.startsWith(prefix));
}

/** Whether a key is a file's own, and not its mode. */
export const isFileKey = (key: string): boolean => !key.endsWith(MODE_SUFFIX);

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

/** The paths that a pattern fits, in order; as the pattern is written, from the root or not. */
export function pathsLike(files: Paths, cwd: string, pattern: string): string[] {
  const isAbsolute = pattern.startsWith('/');
  let found: string[] = [isAbsolute ? '' : '.'];
  for (const part of pattern.split('/').slice(isAbsolute ? 1 : 0)) {
    found = found.flatMap((base) => {
      const join = (name: string): string => (base === '.' ? name : `${base}/${name}`);
      const directory = absolute(cwd, base === '' ? '/' : base);
      if (!isPattern(part)) {
        const path = join(unquoted(part));
        const whole = absolute(cwd, path);
        return Object.hasOwn(files, whole) || isDirectoryIn(files, whole) ? [path] : [];
      }
      return namesIn(files, directory)
        .filter((name) => (name.startsWith('.') ? part.startsWith('.') : true) && matchesPattern(part, name))
        .map(join);
    });
  }
  return found;
}
