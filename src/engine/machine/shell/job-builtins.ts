/** The built-ins about processes and signals: trap, wait, kill. Follows POSIX.1-2017, 2.14. */

import { type Builtin, complain, illegal, type Said } from './builtin';
import { shellKind } from './held-programs';
import type { Frame } from './process-state';
import type { Process, Running } from './processes';
import { writeTo } from './redirects';
import { deliver, SIGNALS, signalName, signalNumber } from './signals';

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
    const lines = [...process.traps].map(([name, text]) => `trap -- '${text}' ${name}\n`);
    writeTo(running, process, 1, lines.join(''));
    return 0;
  }
  const isReset = plain[0] === '-' || (plain.length === 1 && signalName(plain[0] ?? '') !== undefined);
  let status = 0;
  for (const argument of plain.length === 1 ? plain : plain.slice(1)) {
    const name = signalName(argument);
    if (name === undefined) status = complain(running, process, frame, noTrap(argument), 1);
    else if (isReset) process.traps.delete(name);
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
  const unknown = wanted.find((pid) => !children.some((child) => child.pid === pid));
  if (unknown !== undefined) {
    const job = wanted.length === 1 ? args.find((one) => one.startsWith('%')) : undefined;
    if (job !== undefined) return noJob(running, process, frame, job, job, 127);
    const bash = `pid ${unknown} is not a child of this shell`;
    return complain(running, process, frame, { bash }, 127);
  }
  const pids = wanted.length > 0 ? wanted : children.map(({ pid }) => pid);
  if (pids.length === 0) return 0;
  frame.at = 1;
  // Without a number it waits for all of them and succeeds.
  process.wait = { for: 'children', pids, isBuiltin: true, ...(wanted.length > 0 ? {} : { isAll: true }) };
  return undefined;
};

const jobPid = (process: Process, text: string): number => (text.startsWith('%') ? process.background : Number(text));

/** The words for what kill does not do. BusyBox's is one of its utilities, which tell no line. */
interface Refusal {
  readonly busybox: string;
  readonly dash: Said;
  readonly bash: Said;
}

/** Says what kill does not do; its status, which dash alone has as 2. */
function refuseKill(running: Running, process: Process, frame: Frame, said: Refusal): number {
  const busybox = { alone: `${process.name}: ${said.busybox}` };
  const status = shellKind(running.host, process) === 'dash' ? 2 : 1;
  return complain(running, process, frame, { ...said, busybox }, status);
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

/** kill -l: names of numbers, numbers of names; dash knows numbers alone. */
const listSignals: Builtin = (running, process, [text], frame) => {
  if (text === undefined) {
    writeTo(running, process, 1, `${SIGNALS.map((name) => `${signalNumber(name)}) ${name}`).join('\n')}\n`);
    return 0;
  }
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
};

/** One process or job that a signal is sent to; a status. */
function send(running: Running, process: Process, frame: Frame, text: string, name: string): number {
  const pid = jobPid(process, text);
  if (deliver(running, pid, name) || running.host.signal?.(pid, name)) return 0;
  if (text.startsWith('%')) return noJob(running, process, frame, text, text, 1);
  if (!/^-?\d+$/.test(text)) {
    return refuseKill(running, process, frame, {
      busybox: `invalid number '${text}'`,
      dash: `Illegal number: ${text}`,
      bash: `${text}: arguments must be process or job IDs`,
    });
  }
  const busybox = { alone: `${process.name}: can't kill pid ${text}: No such process` };
  const said = { busybox, dash: 'No such process\n', bash: `(${text}) - No such process` };
  return complain(running, process, frame, said, 1);
}

/** kill. */
export const kill: Builtin = (running, process, args, frame) => {
  const [first = '', second = ''] = args;
  if (first === '-l') return listSignals(running, process, args.slice(1), frame);
  const isApart = first === '-s' || first === '-n';
  const given = isApart ? second : first.startsWith('-') ? first.slice(1) : 'TERM';
  const pids = args.slice(isApart ? 2 : first.startsWith('-') ? 1 : 0);
  const name = signalName(given);
  if (name === undefined) {
    const dash = isApart ? `invalid signal number or name: ${given}` : `Illegal option -${given[0] ?? ''}`;
    return refuseKill(running, process, frame, badSignal(given, dash));
  }
  if (pids.length === 0) return refuseKill(running, process, frame, KILL_USAGE);
  let status = 0;
  for (const text of pids) status = send(running, process, frame, text, name) || status;
  return process.exit === undefined ? status : undefined;
};
