/**
 * Whether a command can be run in a container, and a shell's words when it is not there. Which programs an image holds is said in
 * ../image-programs.ts. Follows LookPath of Go's os/exec.
 */
import { placeOf, readFile, type ShellHost } from './host';
import { absolute, isDirectoryIn, lastOf, MODE_SUFFIX, modeOf, noteOf, PROGRAM_SUFFIX } from './paths';
import { BASH } from './process-state';

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

/** Whether a program of the image has been taken away, from whichever directory it was in. What is no script and has been put there since is one like it. */
export const isTakenAway = (files: ShellHost['files'], path: string): boolean =>
  SEARCHED.map((directory) => `${directory}/${lastOf(path)}`).some(
    (place) => noteOf(files, place, PROGRAM_SUFFIX) === '' && (files[place] ?? '#!').startsWith('#!'),
  );

/** Makes a file of a program of the image, which can then be moved. */
export function unpackProgram(io: Surroundings, path: string): void {
  const place = absolute(io.cwd, path);
  const { files } = io.host;
  if (Object.hasOwn(files, place) || !isHeldProgram(io, place)) return;
  io.host.files = { ...files, [place]: '', [`${place}${MODE_SUFFIX}`]: '755', [`${place}${PROGRAM_SUFFIX}`]: place };
}

/** Notes of programs whose files have been taken away that the image's are gone, too. */
export function forgetPrograms(io: Surroundings, paths: readonly string[]): void {
  const gone = paths
    .map((path) => absolute(io.cwd, path))
    .filter((place) => !Object.hasOwn(io.host.files, place) && isHeldProgram(io, place))
    .map((place) => [`${place}${PROGRAM_SUFFIX}`, '']);
  if (gone.length > 0) io.host.files = { ...io.host.files, ...Object.fromEntries(gone) };
}

/** Which program of the image a file is that was moved; undefined for any other. */
export const movedProgram = (io: Surroundings, path: string): string | undefined =>
  noteOf(io.host.files, placeOf(io, path), PROGRAM_SUFFIX) || undefined;

/** Where a command is found; undefined when it is not. */
export function pathOf(io: Surroundings, name: string): string | undefined {
  if (programObstacle(io, name) !== undefined) return undefined;
  return name.includes('/') ? name : (installedAt(io.host, name) ?? `${isBusyBox(io.host) ? '' : '/usr'}/bin/${name}`);
}

/** Whether an image's utilities are BusyBox's, and speak as it does. */
export const isBusyBox = ({ base }: Pick<ShellHost, 'base'>): boolean => base === 'busybox' || base === 'alpine';

/** That of Debian 13. */
export const BASH_VERSION = '5.2.37(1)-release';

/** Which shell a process is: `any` where the image is not known, which understands what bash does and speaks as dash. */
export type ShellKind = 'busybox' | 'dash' | 'bash' | 'any';

/** What `sh` or another shell is in an image, by what it was started as. */
export function shellKind(
  host: Pick<ShellHost, 'base'>,
  { name, title, options = '' }: { name: string; title: string; options?: string },
): ShellKind {
  if (host.base === 'redhat' || options.includes(BASH) || /bash$/.test(name) || /^\S*bash(\s|$)/.test(title))
    return 'bash';
  if (isBusyBox(host)) return 'busybox';
  return host.base === 'debian' ? 'dash' : 'any';
}

/** Whether a shell was handed its text over with -c. */
export const isGivenText = ({ title }: { readonly title: string }): boolean => /^\S+ (-\S+ )*-\w*c /.test(title);

/** Whether a shell takes what only bash has beside POSIX: an unknown one is let have it. */
export const hasBashForms = (kind: ShellKind): boolean => kind === 'bash' || kind === 'any';

/** What a shell's complaints begin with; lines are counted from 0. BusyBox tells them of a script, whose title is given, alone. */
export function blames(kind: ShellKind, name: string, line = 0, title?: string): string {
  if (kind === 'busybox') {
    const isScript = title !== undefined && !/^-?(ba|da|a)?sh$/.test(lastOf(name));
    return isScript ? `${name}: line ${isGivenText({ title }) ? line : line + 1}: ` : `${name}: `;
  }
  return kind === 'bash' ? `${name}: line ${line + 1}: ` : `${name}: ${line + 1}: `;
}

/** The line that a GNU utility adds to its complaints about how it was called. */
export const hint = (name: string): string => `\nTry '${name} --help' for more information.`;

/** What BusyBox says to who called a utility wrongly: the first line of it. */
export const usageOf = (words: string): string => `BusyBox v1.36.1 multi-call binary.\n\nUsage: ${words}`;

const RESERVED = /^"(\W+|case|do|done|elif|else|esac|fi|for|if|in|then|until|while)"$/;

/** Whether a shell takes a word for one of its own. */
export const isReserved = (word: string): boolean =>
  /^[{}!]$/.test(word) || (/^\w/.test(word) && RESERVED.test(`"${word}"`));

/** What Almquist's shells call a token. */
function calledBy(token: string): string {
  if (/^"[<>]/.test(token)) return 'redirection';
  return !token.startsWith('"') || RESERVED.test(token) ? token : 'word';
}

/** What a shell says of a text that it can't read, of which BusyBox's words are given. */
export function unreadable(kind: ShellKind, name: string, problem: string, line = 0, title?: string): string {
  const [, token, expecting = ''] = /^syntax error: unexpected (.+?)( \(expecting .+\))?$/.exec(problem) ?? [];
  const called = token && calledBy(token);
  if (kind === 'busybox' || kind === 'any') {
    return `${blames('busybox', name, line, title)}${called ? `syntax error: unexpected ${called}${expecting}` : problem}`;
  }
  if (kind === 'bash') {
    const place = `${name}: -c: line`;
    if (token?.startsWith('end')) return `${place} ${line + 2}: syntax error: unexpected end of file`;
    if (token)
      return `${place} ${line + 1}: syntax error near unexpected token ${token.replace(/^"?(.*?)"?$/, "`$1'")}`;
    if (problem.endsWith('quoted string'))
      return `${place} ${line + 1}: unexpected EOF while looking for a matching quote`;
    return `${place} ${line + 1}: ${problem.replace(/^syntax error: /, '')}`;
  }
  const plain = problem.replace(/^syntax error: (.)/, (_, first: string) => first.toUpperCase());
  return `${blames(kind, name, line)}${plain === 'Bad substitution' ? plain : `Syntax error: ${called ? `${called} unexpected${expecting}` : plain}`}`;
}

/** A shell's words for a command that is not there. `name`: what the shell goes by. */
export function notFound(
  host: Pick<ShellHost, 'base'>,
  process: { name: string; title: string; options?: string },
  command: string,
  line?: number,
): string {
  const { name, title } = process;
  const kind = shellKind(host, process);
  if (name.endsWith(': exec')) return `${name}: ${command}: not found`;
  return `${blames(kind, name, line, title)}${command}: ${kind !== 'bash' ? 'not found' : command.includes('/') ? 'No such file or directory' : 'command not found'}`;
}
