/** The commands of the shell itself: those that change it. Follows POSIX.1-2017, Shell Command Language, 2.14, and bash's `local`, `declare`. */
import { arithmetic } from './arithmetic';
import { MAP } from './array-store';
import { type Builtin, complain, illegal, refuse } from './builtin';
import { numbersOf } from './expander';
import { formatAll, withEscapes } from './format-commands';
import { expanderOf, push, settle } from './frames';
import { getopts } from './getopts';
import { blames, isReserved, pathOf, shellKind, unreadable } from './held-programs';
import { isDirectory, readFile } from './host';
import { kill, trap, wait } from './job-builtins';
import { listJobs, moveJob } from './jobs';
import { leaveFunction, leaveLoop } from './leaving';
import { times, ulimit, umask } from './limit-builtins';
import { parseShell } from './parser';
import { absolute } from './paths';
import type { Frame } from './process-state';
import { assign, environmentOf, type Process, type Running, variableOf } from './processes';
import { mapfile, read } from './read-line';
import { writeTo } from './redirects';
import { exitShell } from './signals';
import { exportNames, local, readonlyNames, unset } from './variable-builtins';

const cd: Builtin = (running, process, args, frame) => {
  const wanted =
    args.find((one) => one === '-' || !one.startsWith('-')) ?? variableOf(running, process, 'HOME') ?? '/root';
  const path = absolute(process.cwd, wanted === '-' ? (process.variables.get('OLDPWD') ?? '/') : wanted);
  if (!isDirectory({ host: running.host, cwd: '/' }, path)) {
    const isFile = readFile({ host: running.host, cwd: '/' }, path) !== undefined;
    const why = isFile ? 'Not a directory' : 'No such file or directory';
    return complain(running, process, frame, {
      busybox: `can't cd to ${wanted}: ${why}`,
      dash: `can't cd to ${wanted}`,
      bash: `${wanted}: ${why}`,
    });
  }
  assign(process, 'OLDPWD', process.cwd);
  process.cwd = path;
  assign(process, 'PWD', path);
  if (wanted === '-') writeTo(running, process, 1, `${path}\n`);
  return 0;
};

const pwd: Builtin = (running, process) => {
  writeTo(running, process, 1, `${process.cwd}\n`);
  return 0;
};

function setOption(process: Process, sign: string, letter: string): void {
  const without = process.options.replaceAll(letter, '');
  process.options = sign === '-' ? without + letter : without;
}

const LONG_OPTIONS: Readonly<Record<string, string>> = {
  errexit: 'e',
  errtrace: 'E',
  nounset: 'u',
  xtrace: 'x',
  noglob: 'f',
  pipefail: 'P',
  allexport: 'a',
  noclobber: 'C',
};

/** Options of bash's shopt that are obeyed; the others change nothing that is seen. */
const SHOPTS: Readonly<Record<string, string>> = { nullglob: 'N', failglob: 'F' };

const shopt: Builtin = (_running, process, args) => {
  const [how = ''] = args;
  const letters = args.flatMap((name) => SHOPTS[name] ?? []);
  if (/^-[su]/.test(how)) for (const letter of letters) setOption(process, how.startsWith('-s') ? '-' : '+', letter);
  return /^-[su]/.test(how) || letters.every((letter) => process.options.includes(letter)) ? 0 : 1;
};

const set: Builtin = (running, process, args, frame) => {
  if (args.length === 0) {
    const lines = [...new Map([...environmentOf(running, process), ...process.variables])]
      .filter(([name]) => !name.includes(MAP))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}='${value}'\n`);
    writeTo(running, process, 1, lines.join(''));
    return 0;
  }
  let at = 0;
  for (; /^[-+][A-Za-z]/.test(args[at] ?? ''); at++) {
    const [sign = '-', ...letters] = args[at] as string;
    for (const letter of letters) {
      if (letter !== 'o') setOption(process, sign, letter);
      else {
        const option = args[++at] ?? '';
        if (option === 'pipefail' && shellKind(running.host, process) === 'dash') {
          exitShell(process, complain(running, process, frame, { dash: `Illegal option -o ${option}` }));
          return undefined;
        }
        const long = LONG_OPTIONS[option];
        if (long) setOption(process, sign, long);
      }
    }
  }
  if (args[at] === '--') process.args = args.slice(at + 1);
  else if (at < args.length) process.args = args.slice(at);
  return 0;
};

const shift: Builtin = (running, process, args, frame) => {
  const count = Number(args[0] ?? 1);
  // BusyBox and bash say nothing.
  if (!(count <= process.args.length)) {
    const status = complain(running, process, frame, { dash: "can't shift that many" }, 1);
    if (shellKind(running.host, process) !== 'dash') return status;
    exitShell(process, 2);
    return undefined;
  }
  process.args = process.args.slice(count);
  return 0;
};

const exit: Builtin = (running, process, args, frame) => {
  const number = shellKind(running.host, process) === 'bash' ? /^-?\d+$/ : /^\d+$/;
  if (args[0] !== undefined && !number.test(args[0])) {
    exitShell(process, complain(running, process, frame, illegal(args[0])));
    return undefined;
  }
  const restored = process.frames.findLast(({ restores, exits }) => restores !== undefined || exits !== undefined);
  const status =
    args[0] === undefined ? (restored?.restores ?? restored?.exits ?? process.status) : Number(args[0]) & 255;
  exitShell(process, status);
  return undefined;
};

/** Says that a text can't be read, and where: bash goes on, the others end. */
function refuseText(
  running: Running,
  process: Process,
  frame: Frame,
  { problem, line = 0 }: { readonly problem: string; readonly line?: number },
): number | undefined {
  const { name } = process;
  const [command = '', path = ''] = frame.words ?? [];
  const place = command === 'eval' ? command : path;
  const inBash = unreadable('bash', command === 'eval' ? `${name}: eval` : path, problem, line).replace(': -c: ', ': ');
  const blame = blames('dash', name, line);
  const inDash = unreadable('dash', name, problem, line).replace(blame, `${blame}${place}: `);
  return refuse(
    running,
    process,
    frame,
    {
      busybox: command === 'eval' ? problem : { alone: `${name}: ${path}: line ${line + 1}: ${problem}` },
      dash: { alone: inDash },
      bash: { alone: inBash },
    },
    2,
  );
}

function runText(
  running: Running,
  process: Process,
  frame: Frame,
  text: string,
  args?: readonly string[],
): number | undefined {
  const node = parseShell(text, shellKind(running.host, process));
  if ('problem' in node) return refuseText(running, process, frame, node);
  if (args) {
    frame.call = { args: process.args, covered: frame.call?.covered ?? {} };
    process.args = args;
  }
  frame.at = 1;
  process.status = 0;
  push(process, node);
  return undefined;
}

const evaluate: Builtin = (running, process, args, frame) => runText(running, process, frame, args.join(' '));

const source: Builtin = (running, process, [path = '', ...args], frame) => {
  const text = readFile({ host: running.host, cwd: process.cwd }, path);
  // What an image of which nothing is known brings is taken to be there, and to say nothing.
  if (text === undefined && path.includes('/') && running.host.holds(path)) return 0;
  if (text === undefined) {
    const isPath = path.includes('/');
    const line = frame.node.kind === 'simple' ? frame.node.line : 0;
    return refuse(running, process, frame, {
      busybox: isPath ? `can't open '${path}': No such file or directory` : `${path}: not found`,
      dash: isPath ? `cannot open ${path}: No such file` : `${path}: not found`,
      bash: { alone: `${blames('bash', process.name, line)}${path}: No such file or directory` },
    });
  }
  return runText(
    running,
    process,
    frame,
    text,
    args.length > 0 && shellKind(running.host, process) !== 'dash' ? args : process.args,
  );
};

/** What a name stands for in this shell; undefined when for nothing. */
function meaning({ host }: Running, { functions, cwd }: Process, name: string): string | undefined {
  if (functions.has(name)) return 'a function';
  if (isReserved(name)) return 'a shell keyword';
  const isBuiltin = BUILTINS.has(name) || BUILT_IN_UTILITIES.includes(name);
  return isBuiltin ? 'a shell builtin' : pathOf({ host, cwd }, name);
}

const type: Builtin = (running, process, args, frame) => {
  let status = 0;
  const isBash = shellKind(running.host, process) === 'bash';
  const asksKind = isBash && args[0] === '-t';
  for (const name of asksKind ? args.slice(1) : args) {
    const what = meaning(running, process, name);
    if (what !== undefined) {
      const kind = /^a .*?(\w+)$/.exec(what)?.[1] ?? 'file';
      writeTo(running, process, 1, asksKind ? `${kind}\n` : `${name} is ${what}\n`);
    } else if (isBash) status = asksKind ? 1 : complain(running, process, frame, { bash: `${name}: not found` }, 1);
    else {
      status = 127;
      writeTo(running, process, 1, `${name}: not found\n`);
    }
  }
  return status;
};

/** By this name `printf -v` is found. */
export const PRINT_INTO = 'printf -v';

const printInto: Builtin = (_running, process, [, name = '', format = '', ...values]) => {
  assign(process, name, formatAll(withEscapes(format), values));
  return 0;
};

/** `command -v`, which says where a command is; any other is run. */
const command: Builtin = (running, process, [option, ...names]) => {
  let status = 0;
  // Bash alone looks at more than one.
  for (const name of shellKind(running.host, process) === 'bash' ? names : names.slice(0, 1)) {
    const what = meaning(running, process, name);
    if (what === undefined) status = 127;
    else {
      const shown = option === '-V' ? `${name} is ${what}` : what.startsWith('a ') ? name : what;
      writeTo(running, process, 1, `${shown}\n`);
    }
  }
  return status;
};

const letBe: Builtin = (running, process, args, frame) => {
  const shell = expanderOf(running, process, frame);
  let value = '0';
  for (const expression of args) value = arithmetic(expression, numbersOf(shell));
  settle(process, shell.assigned);
  return value === '0' ? 1 : 0;
};

const nothing: Builtin = () => 0;

/** Utilities that shells have themselves. */
const BUILT_IN_UTILITIES = ['echo', 'printf', 'test', '[', 'true', 'false', ':'];

/** The built-ins by name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['cd', cd],
  ['pwd', pwd],
  ['export', exportNames],
  ['local', local],
  ['declare', local],
  ['typeset', local],
  ['readonly', readonlyNames],
  ['unset', unset],
  ['set', set],
  ['shift', shift],
  ['break', leaveLoop(true)],
  ['continue', leaveLoop(false)],
  ['return', leaveFunction],
  ['exit', exit],
  ['eval', evaluate],
  ['.', source],
  ['source', source],
  ['read', read],
  ['mapfile', mapfile],
  ['readarray', mapfile],
  ['trap', trap],
  ['wait', wait],
  ['kill', kill],
  ['type', type],
  ['command', command],
  ['let', letBe],
  [PRINT_INTO, printInto],
  ['getopts', getopts],
  ['umask', umask],
  ['ulimit', ulimit],
  ['times', times],
  ['jobs', listJobs],
  ['fg', moveJob],
  ['bg', moveJob],
  ['shopt', shopt],
  ...['hash', 'alias', 'unalias'].map((name): [string, Builtin] => [name, nothing]),
]);
