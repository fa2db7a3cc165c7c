/** The built-ins about processes and signals: trap, wait, kill. Follows POSIX.1-2017, 2.14. */

import { type Builtin, complain, illegal, type Said } from './builtin';
import { hasBashForms, type ShellKind, shellKind } from './held-programs';
import { pidOfJob } from './jobs';
import type { Frame } from './process-state';
import type { Process, Running } from './processes';
import { writeTo } from './redirects';
import { deliver, SIGNALS, signalName, signalNumber } from './signals';

/** A signal as a shell knows it: dash has no `SIG` before a name. */
const signalIn = (shell: ShellKind, text: string): string | undefined =>
  shell === 'bash' && /^(ERR|DEBUG|RETURN)$/.test(text)
    ? text
    : shell === 'dash' && /^sig/i.test(text)
      ? undefined
      : signalName(text);

const noTrap = (signal: string) => ({
  busybox: `${signal}: invalid signal specification`,
  dash: { alone: `trap: ${signal}: bad trap` },
  bash: `${signal}: invalid signal specification`,
});

/** Complains of a job or process that is none: bash's status is given, the others' is 2. */
function noJob(running: Running, process: Process, frame: Frame, text: string, bash: Said, status: number): number {
  const kind = shellKind(running.host, process);
  const said = text.startsWith('%')
    ? { busybox: `${text}: no such job`, dash: `No such job: ${text}`, bash: `${text}: no such job` }
    : { ...illegal(text), bash };
  return complain(running, process, frame, said, kind === 'bash' ? status : 2);
}

/** trap. */
export const trap: Builtin = (running, process, args, frame) => {
  const plain = args[0] === '--' ? args.slice(1) : args;
  if (plain.length === 0 || plain[0] === '-p') {
    const prefix = shellKind(running.host, process) === 'bash' ? 'SIG' : '';
    const lines = [...process.traps]
      .sort(([a], [b]) => signalNumber(a) - signalNumber(b))
      .map(([name, text]) => `trap -- '${text}' ${name === 'EXIT' ? '' : prefix}${name}\n`);
    writeTo(running, process, 1, lines.join(''));
    return 0;
  }
  const shell = shellKind(running.host, process);
  const isReset = plain[0] === '-' || (plain.length === 1 && signalIn(shell, plain[0] ?? '') !== undefined);
  let status = 0;
  for (const argument of plain.length === 1 ? plain : plain.slice(1)) {
    const name = signalIn(shell, argument);
    if (name === undefined) {
      status = complain(running, process, frame, noTrap(argument), 1);
      if (shell === 'dash') return status;
    } else if (isReset) process.traps.delete(name);
    else process.traps.set(name, plain[0] ?? '');
  }
  return status;
};

/** wait. */
export const wait: Builtin = (running, process, args, frame) => {
  const children = [...running.processes.values()].filter(({ parent }) => parent === process.pid);
  const wanted = args.filter((one) => !one.startsWith('-')).map((one) => jobPid(process, one));
  const odd = args.find((one) => !/^(%.*|\d+|-.*)$/.test(one));
  if (odd !== undefined) return noJob(running, process, frame, odd, `\`${odd}': not a pid or valid job spec`, 1);
  let status: number | undefined;
  for (const text of args.filter((one) => !one.startsWith('-'))) {
    const pid = jobPid(process, text);
    if (children.some((child) => child.pid === pid)) continue;
    const bash = `pid ${text} is not a child of this shell`;
    const isJob = text.startsWith('%');
    status = isJob ? noJob(running, process, frame, text, text, 127) : complain(running, process, frame, { bash }, 127);
  }
  if (status !== undefined) return status;
  if (args.includes('-n')) {
    if (shellKind(running.host, process) === 'dash')
      return complain(running, process, frame, { dash: 'Illegal option -n' });
    if (children.length === 0) return 127;
  }
  const pids = wanted.length > 0 ? wanted : children.map(({ pid }) => pid);
  if (pids.length === 0) return 0;
  frame.at = 1;
  // Without a number it waits for all of them and succeeds.
  process.wait = {
    for: 'children',
    pids,
    isBuiltin: true,
    ...(args.includes('-n') ? { isAny: true } : wanted.length > 0 ? {} : { isAll: true }),
  };
  return undefined;
};

const jobPid = (process: Process, text: string): number => {
  if (text.startsWith('%')) return pidOfJob(process, text);
  return /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
};

/** The words for what kill does not do. BusyBox's is one of its utilities, which tell no line. */
interface Refusal {
  readonly busybox: string;
  readonly dash: Said;
  readonly bash: Said;
}

/** Says what kill does not do; its status, which dash alone has as 2. */
function refuseKill(running: Running, process: Process, frame: Frame, said: Refusal, bash = 1): number {
  const busybox = { alone: `${process.name}: ${said.busybox}` };
  const kind = shellKind(running.host, process);
  return complain(running, process, frame, { ...said, busybox }, kind === 'dash' ? 2 : kind === 'bash' ? bash : 1);
}

const badSignal = (text: string, dash: string): Refusal => ({
  busybox: `bad signal name '${text}'`,
  dash,
  bash: `${text}: invalid signal specification`,
});

const KILL_USAGE: Refusal = {
  busybox: 'you need to specify whom to kill',
  dash: 'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]',
  bash: { alone: 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]' },
};

const NO_SIGNAL: Refusal = {
  busybox: "bad signal name 's'",
  dash: 'No arg for -s option',
  bash: '-s: option requires an argument',
};

/** kill -l: the signals there are, or what each of some is. */
const listSignals: Builtin = (running, process, args, frame) => {
  if (args.length === 0) {
    writeTo(running, process, 1, `${SIGNALS.map((name) => `${signalNumber(name)}) ${name}`).join('\n')}\n`);
    return 0;
  }
  const asked = shellKind(running.host, process) === 'dash' ? args.slice(0, 1) : args;
  return asked.reduce((status, text) => tellSignal(running, process, frame, text) || status, 0);
};

/** The name of a number, the number of a name; dash knows numbers alone. */
function tellSignal(running: Running, process: Process, frame: Frame, text: string): number {
  const isNumber = /^\d/.test(text);
  // 128 and a signal's number is the status of what it ended.
  const known = signalName(isNumber && Number(text) > 128 ? `${Number(text) - 128}` : text);
  if (known === undefined || (!isNumber && shellKind(running.host, process) === 'dash')) {
    const dash = isNumber ? `invalid signal number or exit status: ${text}` : `Illegal number: ${text}`;
    const said = { ...badSignal(text, dash), busybox: `unknown signal '${text}'` };
    return refuseKill(running, process, frame, said);
  }
  writeTo(running, process, 1, `${isNumber ? known : signalNumber(known)}\n`);
  return 0;
}

/** One process or job that a signal is sent to; a status. */
function send(running: Running, process: Process, frame: Frame, text: string, name: string): number {
  const pid = jobPid(process, text);
  // Without a terminal dash looks for a group of processes, which is not there.
  const isGroup = text.startsWith('%') && !Number.isNaN(pid) && shellKind(running.host, process) === 'dash';
  if (isGroup) return complain(running, process, frame, { dash: 'No such process\n' }, 1);
  if (deliver(running, pid, name) || running.host.signal?.(pid, name)) return 0;
  if (text.startsWith('%')) return noJob(running, process, frame, text, text, 1);
  if (!/^-?\d+$/.test(text)) {
    return refuseKill(running, process, frame, {
      busybox: `invalid number '${text}'`,
      dash: `Illegal number: ${text.replace(/^-/, '')}`,
      bash: text ? `${text}: arguments must be process or job IDs` : "`': not a pid or valid job spec",
    });
  }
  const busybox = { alone: `${process.name}: can't kill pid ${text}: No such process` };
  const said = { busybox, dash: 'No such process\n', bash: `(${text}) - No such process` };
  return complain(running, process, frame, said, 1);
}

/** What a signal is named by, and what comes after it; undefined where the name is missing. */
function signalAndPids(
  shell: ShellKind,
  [first = '', ...rest]: readonly string[],
): { readonly given: string; readonly isNamed?: true; readonly pids: readonly string[] } | undefined {
  if (first === '-s' || (first === '-n' && hasBashForms(shell))) {
    const [given, ...pids] = rest;
    return given === undefined ? undefined : { given, isNamed: true, pids };
  }
  const joined = shell === 'busybox' ? undefined : /^-s(.+)/.exec(first)?.[1];
  if (joined !== undefined) return { given: joined, isNamed: true, pids: rest };
  const isSignal = first.startsWith('-') && first !== '--';
  return isSignal
    ? { given: first.slice(1), pids: rest }
    : { given: 'TERM', pids: first === '--' ? rest : [first, ...rest] };
}

/** kill. */
export const kill: Builtin = (running, process, args, frame) => {
  if (args[0] === '-l') return listSignals(running, process, args.slice(1), frame);
  const shell = shellKind(running.host, process);
  const said = args.length > 0 ? signalAndPids(shell, args) : { given: 'TERM', pids: [] };
  if (!said) return refuseKill(running, process, frame, NO_SIGNAL);
  const { given, isNamed, pids } = said;
  const name = signalIn(shell, given);
  if (name === undefined) {
    const dash = isNamed ? `invalid signal number or name: ${given}` : `Illegal option -${given[0] ?? ''}`;
    return refuseKill(running, process, frame, badSignal(given, dash));
  }
  if (pids.length === 0) return refuseKill(running, process, frame, KILL_USAGE, 2);
  const statuses = pids.map((text) => send(running, process, frame, text, name));
  if (process.exit !== undefined) return undefined;
  // BusyBox counts what it could not do, bash is content with one that it could.
  if (shell === 'busybox') return statuses.reduce((sum, one) => sum + one, 0);
  return shell === 'bash' ? Math.min(...statuses) : Math.max(...statuses);
};
