/** Shells within a shell: `sh -c`, scripts, programs on standard input. Follows POSIX.1-2017 (sh). */

import { callOf } from './call-utility';
import { finish } from './frames';
import { BASH_VERSION, notFound, programObstacle, shellKind, unreadable } from './held-programs';
import { readFile, type ShellHost } from './host';
import { ioOf, NeedsInput } from './io';
import { parseShell } from './parser';
import { lastOf } from './paths';
import { BASH, type Frame } from './process-state';
import { environmentOf, fork, type Process, type Running } from './processes';
import { writeTo } from './redirects';
import { LATER, toldBy } from './shell-variables';
import { NOTHING } from './syntax';

/** Says on standard error why a command is not run, and ends it. */
export function complain(running: Running, process: Process, frame: Frame, text: string, status: number): void {
  writeTo(running, process, 2, `${text}\n`);
  finish(process, frame, status);
}

const SHEBANG = /^#! *(?:\S*\/env +)?(\S+)(?: +-(\w+))?/;

const VERSION = `GNU bash, version ${BASH_VERSION} (x86_64-pc-linux-gnu)
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`;

/** The option that marks bash, and what does as it does. */
export function bashOf(path: string): string {
  return /^(bash|zsh)$/.test(lastOf(path)) ? BASH : '';
}

/** Runs a file that is a script, by the program that its first line names. */
export function runScript(
  running: Running,
  process: Process,
  frame: Frame,
  words: readonly string[],
  script: string,
): void {
  const path = words[0] as string;
  const { host } = running;
  const [, interpreter = '', letters = ''] = SHEBANG.exec(script) ?? [];
  if (interpreter !== '' && programObstacle({ host, cwd: process.cwd }, interpreter) !== undefined) {
    complain(running, process, frame, notFound(host, process, path), 127);
    return;
  }
  const bash = interpreter === '' ? process.options.replace(/[^B]/g, '') : bashOf(interpreter);
  const options = letters.replace(/[^euxf]/g, '') + bash;
  const title = `${interpreter || '/bin/sh'} ${words.join(' ')}`;
  spawnShell(running, process, frame, { source: script, name: path, args: words.slice(1), options, title });
}

/** A shell to be started. */
interface NewShell {
  readonly source: string;
  readonly name: string;
  readonly args: readonly string[];
  readonly options: string;
  /** How ps shows it; the words of its command when left out. */
  readonly title?: string;
}

/** `sh -c TEXT`, `sh FILE`, or `sh` with its program on standard input. */
export function runShell(running: Running, process: Process, frame: Frame, args: readonly string[]): void {
  let options = '';
  let at = 0;
  let isText = false;
  let isInput = false;
  for (; at < args.length && /^[-+]\w/.test(args[at] as string); at++) {
    const letters = (args[at] as string).slice(1);
    if (letters === 'o') at++;
    isText ||= letters.includes('c');
    isInput ||= letters.includes('s');
    options += letters.replace(/[^euxfn]/g, '');
  }
  if (/^--?$/.test(args[at] ?? '')) at++;
  const [first, ...rest] = args.slice(at);
  const [called = 'sh'] = frame.words?.filter((word) => word !== 'command') ?? [];
  options += bashOf(called);
  if (first === '--version' && lastOf(called) === 'bash') {
    writeTo(running, process, 1, VERSION);
    finish(process, frame, 0);
    return;
  }
  if (isText) {
    if (first === undefined) complain(running, process, frame, 'sh: -c requires an argument', 2);
    else spawnShell(running, process, frame, { source: first, name: rest[0] ?? called, args: rest.slice(1), options });
    return;
  }
  if (first === undefined || isInput) {
    readProgram(running, process, frame, { options, args: args.slice(at) });
    return;
  }
  const source = readFile({ host: running.host, cwd: process.cwd }, first);
  if (source === undefined) complain(running, process, frame, ...unopened(running.host, called, options, first));
  else spawnShell(running, process, frame, { source, name: first, args: rest, options });
}

/** What a shell says of a script that is not there, and its status. */
function unopened(host: ShellHost, name: string, options: string, path: string): [text: string, status: number] {
  const kind = shellKind(host, { name, title: name, options });
  if (kind === 'bash') return [`${name}: ${path}: No such file or directory`, 127];
  if (kind === 'dash') return [`${name}: 0: cannot open ${path}: No such file`, 2];
  return [`${name}: can't open '${path}': No such file or directory`, 2];
}

/** A shell whose program comes on standard input. */
function readProgram(
  running: Running,
  process: Process,
  frame: Frame,
  given: Pick<NewShell, 'args' | 'options'>,
): void {
  try {
    const { input } = ioOf(running, process, callOf(running, process));
    spawnShell(running, process, frame, { ...given, source: input, name: 'sh' });
  } catch (error) {
    if (!(error instanceof NeedsInput)) throw error;
    process.wait = { for: 'input', pipe: error.pipe, needs: 'end' };
  }
}

function spawnShell(running: Running, process: Process, frame: Frame, shell: NewShell): void {
  const { source, name, args, options, title = (frame.words ?? []).join(' ') } = shell;
  running.budget.instructions -= Math.ceil(source.length / 200);
  const kind = shellKind(running.host, { name, title, options });
  const parsed = parseShell(source, kind);
  if ('problem' in parsed) {
    complain(running, process, frame, unreadable(kind, name, parsed.problem, parsed.line, title), 2);
    return;
  }
  const around = new Map(environmentOf(running, process));
  const level = 1 + (Number(around.get('SHLVL')) || 0);
  const environment = [...new Map([...around, ...toldBy(kind, process.cwd, level)])];
  const node = source === '' ? NOTHING : parsed;
  // A subshell that has nothing else to do gives its place to the program.
  const isReplaced = process.isReplaced || (process.pid !== process.shell && process.frames.length === 1);
  const child = isReplaced ? process : fork(running, process, node);
  child.shell = child.pid;
  child.variables = new Map(environment);
  child.exported = new Set([LATER, ...environment.map(([key]) => key)]);
  child.functions = new Map();
  child.constants = undefined;
  child.jobs = undefined;
  child.memory = environment.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  Object.assign(child, { name, args, options, title });
  child.frames = [{ node, at: 0, isGuarded: false }];
  child.isReplaced = false;
  if (isReplaced) return;
  frame.at = 1;
  process.wait = { for: 'children', pids: [child.pid] };
}
