/**
 * Utilities that run another program as it stands after their own words: chroot, env, nohup, nice, time and timeout. Follows GNU coreutils 9.1 and
 * BusyBox 1.35.
 */
import { hint, isBusyBox, programObstacle } from './held-programs';
import { type Command, type CommandIo, fail, isDirectory, placeOf, print, say } from './host';
import type { CommandResult, Launch, Limit } from './results';
import { rootedHost } from './rooted-host';
import { signalName } from './signals';
import { sleepMs } from './sleep';

/** Status of a GNU utility that can't do its own part. */
const OWN_FAULT = 125;

/** The program, or the utility's words for why it can't be run. */
function launched(io: CommandIo, name: string, launch: Launch, told = io): CommandResult {
  const [program = ''] = launch.runs;
  if (program === '') return fail(io, ...unused(io, name));
  const obstacle = programObstacle(io, program);
  if (obstacle === undefined) return launch;
  const why = obstacle === 'missing' ? 'No such file or directory' : 'Permission denied';
  const isLong = name === 'timeout' || name === 'nohup' || name === 'chroot';
  const what = isBusyBox(told.host)
    ? `can't execute '${program}'`
    : `${isLong ? 'failed to run command ' : ''}'${program}'`;
  return fail(told, `${name}: ${what}: ${why}`, obstacle === 'missing' ? 127 : 126);
}

/** What is said when there is nothing to run, and its status. */
const unused = ({ host }: CommandIo, name: string): [text: string, status: number] => {
  if (isBusyBox(host)) return [`Usage: ${name} PROG ARGS`, 1];
  return [`${name === 'timeout' ? '' : `${name}: missing operand`}${hint(name)}`.trimStart(), OWN_FAULT];
};

/** env and printenv. */
export const environment: Command = (args, io, name) => {
  const variables = new Map(io.environment());
  if (name === 'printenv' && args.length > 0) {
    const values = args.flatMap((key) => variables.get(key) ?? []);
    for (const value of values) say(io, value);
    return values.length < args.length ? 1 : 0;
  }
  let at = 0;
  for (; at < args.length; at++) {
    const [, key, value = ''] = /^([^-=][^=]*)=(.*)$/s.exec(args[at] as string) ?? [];
    const unset = /^(?:-u|--unset=)(.+)$/s.exec(args[at] as string)?.[1];
    if (/^(-i?|--ignore-environment)$/.test(args[at] as string)) variables.clear();
    else if (args[at] === '-u') variables.delete(args[++at] ?? '');
    else if (unset !== undefined) variables.delete(unset);
    else if (key !== undefined) variables.set(key, value);
    else if (args[at] !== '--') break;
  }
  if (at < args.length) return launched(io, name, { runs: args.slice(at), variables: [...variables] });
  for (const [key, value] of variables) say(io, `${key}=${value}`);
  return 0;
};

/** nohup: what it runs does not end with its terminal. */
export const nohup: Command = (args, io, name) => launched(io, name, { runs: args, ignores: ['HUP'] });

/** chroot DIRECTORY [PROGRAM]: without one its shell. */
export const chroot: Command = ([directory = '', ...words], io, name) => {
  const small = isBusyBox(io.host);
  if (directory === '') return fail(io, ...unused(io, name));
  const root = placeOf(io, directory);
  const why =
    (io.host.user ?? 0) !== 0 ? 'Operation not permitted' : isDirectory(io, root) ? '' : 'No such file or directory';
  if (why !== '')
    return fail(
      io,
      `${name}: ${small ? "can't change root directory to" : 'cannot change root directory to'} '${directory}': ${why}`,
      small ? 1 : OWN_FAULT,
    );
  const runs = words.length > 0 ? words : ['/bin/sh'];
  if (root === '/') return launched(io, name, { runs });
  return launched({ ...io, host: rootedHost(io.host, root), cwd: '/' }, name, { runs, root }, io);
};

/** nice, which changes nothing here. */
export const nice: Command = (args, io, name) => {
  const [first = ''] = args;
  const own = first === '-n' ? 2 : /^-(n?-?\d+)$|^--adjustment=/.test(first) ? 1 : 0;
  return args.length === own ? print(io, '0') : launched(io, name, { runs: args.slice(own) });
};

/** time, which dash has not. */
export const time: Command = (args, io, name) => {
  const { shell } = io;
  if (shell?.kind === 'dash') return fail(io, `${shell.name}: ${shell.line + 1}: ${name}: not found`, 127);
  return launched(io, name, { runs: args[0] === '-p' ? args.slice(1) : args, isTimed: true });
};

type Asked = { -readonly [key in keyof Limit]: Limit[key] };

/** Takes one option of timeout; how many words it was, or why it can't. */
function takeOption(asked: Asked, [word = '', next = '']: readonly string[]): number | { readonly wrong: string } {
  const [, letter, rest = ''] = /^-([ks])(.*)$/.exec(word) ?? [];
  const [, long, given = ''] = /^--(signal|kill-after)=(.*)$/.exec(word) ?? [];
  if (letter === undefined && long === undefined) {
    if (word === '--preserve-status') asked.isKept = true;
    return 1;
  }
  const value = long === undefined ? rest || next : given;
  if (letter === 's' || long === 'signal') {
    const signal = signalName(value);
    if (signal === undefined) return { wrong: value };
    asked.signal = signal;
  } else {
    const ms = sleepMs(value);
    if (ms === undefined) return { wrong: value };
    asked.killAfterMs = ms;
  }
  return letter !== undefined && rest === '' ? 2 : 1;
}

/** timeout: a program that runs for longer is asked to end. */
export const timeout: Command = (args, io, name) => {
  const isSmall = isBusyBox(io.host);
  const wrong = (what: string, gnu: string, small: string): number =>
    fail(io, `timeout: ${isSmall ? `${small} '${what}'` : `${gnu}${hint(name)}`}`, isSmall ? 1 : OWN_FAULT);
  const badTime = (text: string): number => wrong(text, `invalid time interval '${text}'`, 'invalid number');
  const asked: Asked = { ms: 0, signal: 'TERM' };
  let at = 0;
  while (/^-./.test(args[at] ?? '')) {
    const word = args[at] as string;
    if (word === '--') {
      at++;
      break;
    }
    const taken = takeOption(asked, args.slice(at, at + 2));
    if (typeof taken === 'number') at += taken;
    else if (/^-(s|-s)/.test(word)) return wrong(taken.wrong, `'${taken.wrong}': invalid signal`, 'unknown signal');
    else return badTime(taken.wrong);
  }
  if (args.length < at + 2) return fail(io, ...unused(io, name));
  const ms = sleepMs(args[at] ?? '');
  if (ms === undefined) return badTime(args[at] ?? '');
  const limit = { ...asked, ms };
  return launched(io, name, { runs: args.slice(at + 1), ...(Number.isFinite(ms) && ms > 0 ? { limit } : {}) });
};
