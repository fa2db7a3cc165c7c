/**
 * Whether a command can be run in a container, and a shell's words when it is not there. Which programs an image holds is said in
 * ../image-programs.ts. Follows LookPath of Go's os/exec.
 */
import { placeOf, readFile, type ShellHost } from './host';
import { absolute, isDirectoryIn, modeOf } from './paths';

/** What an image is built on. `any`: that is not known, and all utilities are taken to be there. */
export type Base = 'any' | 'busybox' | 'alpine' | 'debian' | 'redhat' | 'none';

/** Directories in which programs are looked for. */
export const SEARCHED = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'] as const;

interface Surroundings {
  readonly host: ShellHost;
  readonly cwd: string;
}

/** The file that a command without a slash stands for, where a program has been put beside those of the image. */
export function installedAt({ files }: ShellHost, name: string): string | undefined {
  return SEARCHED.map((directory) => `${directory}/${name}`).find((path) => Object.hasOwn(files, path));
}

/** What keeps a program from being run; undefined: nothing does. */
export function programObstacle(io: Surroundings, path: string): 'missing' | 'directory' | 'forbidden' | undefined {
  const { host, cwd } = io;
  const file = path.includes('/') ? path : installedAt(host, path);
  if (file !== undefined && readFile(io, file) !== undefined) {
    return /[1357]/.test(modeOf(host.files, placeOf(io, file))) ? undefined : 'forbidden';
  }
  if (host.holds(path)) return undefined;
  return path.includes('/') && isDirectoryIn(host.files, absolute(cwd, path)) ? 'directory' : 'missing';
}

/** Whether a whole path is that of a program of the image. */
export const isHeldProgram = ({ host, cwd }: Surroundings, path: string): boolean => {
  const place = absolute(cwd, path);
  return SEARCHED.some((directory) => place.startsWith(`${directory}/`)) && host.holds(place);
};

/** Where a command is found; undefined when it is not. */
export function pathOf(io: Surroundings, name: string): string | undefined {
  if (programObstacle(io, name) !== undefined) return undefined;
  return name.includes('/') ? name : (installedAt(io.host, name) ?? `${isBusyBox(io.host) ? '' : '/usr'}/bin/${name}`);
}

/** Whether an image's utilities are BusyBox's, and speak as it does. */
export const isBusyBox = ({ base }: Pick<ShellHost, 'base'>): boolean => base === 'busybox' || base === 'alpine';

/** A shell's words for a command that is not there. `name`: what the shell goes by. */
export function notFound(host: Pick<ShellHost, 'base'>, name: string, command: string): string {
  if (name.endsWith(': exec') || isBusyBox(host)) return `${name}: ${command}: not found`;
  const isBash = host.base === 'redhat' || /bash$/.test(name);
  return isBash ? `${name}: line 1: ${command}: command not found` : `${name}: 1: ${command}: not found`;
}
