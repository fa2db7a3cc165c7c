/**
 * The few commands beside kubectl that handle files in the terminal: cat, echo, ls, rm, mkdir, touch. As in a POSIX shell and GNU
 * coreutils, without options that change what is printed.
 */
import type { ShellCommandName } from '../engine/api/shell-commands';
import { type Files, pathInside } from './files';

/** What such a command printed. */
export interface ShellResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

type ShellCommand = (args: readonly string[], files: Files, stdin: string | undefined) => ShellResult;

const said = (stdout: string): ShellResult => ({ stdout, stderr: '', code: 0 });
const failed = (stderr: string): ShellResult => ({ stdout: '', stderr: `${stderr}\n`, code: 1 });
const isOption = (word: string): boolean => word.startsWith('-') && word.length > 1;
const NO_FILE = 'No such file or directory';

/** Does one thing per path; what fails is said, and the rest is done. */
function each(paths: readonly string[], one: (path: string) => ShellResult): ShellResult {
  const results = paths.map(one);
  return {
    stdout: results.map(({ stdout }) => stdout).join(''),
    stderr: results.map(({ stderr }) => stderr).join(''),
    code: results.some(({ code }) => code !== 0) ? 1 : 0,
  };
}

const withoutOptions = (args: readonly string[]): string[] => args.filter((word) => !isOption(word));

const cat: ShellCommand = (args, files, stdin) => {
  const paths = withoutOptions(args);
  if (paths.length === 0) return said(stdin ?? '');
  return each(paths, (path) => {
    const text = path === '-' ? (stdin ?? '') : files.read(path);
    return text === undefined ? failed(`cat: ${path}: ${NO_FILE}`) : said(text);
  });
};

const echo: ShellCommand = (args) => {
  const isBare = args[0] === '-n';
  return said(`${args.slice(isBare ? 1 : 0).join(' ')}${isBare ? '' : '\n'}`);
};

/** The names directly in a directory. */
function namesIn(files: Files, directory: string): string[] {
  const names = files.list(directory).map((path) => pathInside(directory, path).split('/')[0] as string);
  return [...new Set(names)].filter((name) => name !== '');
}

const ls: ShellCommand = (args, files) => {
  const paths = withoutOptions(args);
  return each(paths.length > 0 ? paths : [''], (path) => {
    if (path !== '' && files.read(path) !== undefined) return said(`${path}\n`);
    const names = namesIn(files, path);
    if (names.length === 0 && path !== '') return failed(`ls: cannot access '${path}': ${NO_FILE}`);
    return said(names.map((name) => `${name}\n`).join(''));
  });
};

const rm: ShellCommand = (args, files) => {
  const letters = args.filter(isOption).join('');
  return each(withoutOptions(args), (path) => {
    const inside = /r/i.test(letters) ? files.list(path) : [];
    if (files.read(path) === undefined && inside.length === 0) {
      return letters.includes('f') ? said('') : failed(`rm: cannot remove '${path}': ${NO_FILE}`);
    }
    for (const one of [path, ...inside]) files.remove(one);
    return said('');
  });
};

const touch: ShellCommand = (args, files) =>
  each(withoutOptions(args), (path) => {
    if (files.read(path) === undefined) files.write(path, '');
    return said('');
  });

/** Directories are only what stands before a slash. */
const mkdir: ShellCommand = () => said('');

const BY_NAME: Readonly<Record<ShellCommandName, ShellCommand>> = { cat, echo, ls, rm, touch, mkdir };
const COMMANDS: ReadonlyMap<string, ShellCommand> = new Map(Object.entries(BY_NAME));

/** True for a command of the shell that only looks. */
export function onlyLooks(name: string): boolean {
  return name === 'cat' || name === 'echo' || name === 'ls' || name === 'mkdir';
}

/** The command of the shell that words call, if they call one. */
export function shellCommand(words: readonly string[]): ShellCommand | undefined {
  return COMMANDS.get(words[0] ?? '');
}
