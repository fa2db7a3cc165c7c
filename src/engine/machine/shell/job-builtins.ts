/** The built-ins about processes and signals: trap, wait, kill. Follows POSIX.1-2017, 2.14. */

import { type Builtin, saySo } from './builtin';
import type { Process } from './processes';
import { writeTo } from './redirects';
import { deliver, SIGNALS, signalName, signalNumber } from './signals';

/** trap. */
export const trap: Builtin = (running, process, args) => {
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
    if (name === undefined) status = saySo(running, process, `trap: ${argument}: invalid signal specification`);
    else if (isReset) process.traps.delete(name);
    else process.traps.set(name, plain[0] ?? '');
  }
  return status;
};

/** wait. */
export const wait: Builtin = (running, process, args, frame) => {
  const children = [...running.processes.values()].filter(({ parent }) => parent === process.pid);
  const wanted = args.filter((one) => !one.startsWith('-')).map((one) => jobPid(process, one));
  const unknown = wanted.find((pid) => !children.some((child) => child.pid === pid));
  if (unknown !== undefined) return 127;
  const pids = wanted.length > 0 ? wanted : children.map(({ pid }) => pid);
  if (pids.length === 0) return 0;
  frame.at = 1;
  // Without a number it waits for all of them and succeeds.
  process.wait = { for: 'children', pids, isBuiltin: true, ...(wanted.length > 0 ? {} : { isAll: true }) };
  return undefined;
};

const jobPid = (process: Process, text: string): number => (text.startsWith('%') ? process.background : Number(text));

/** kill. */
export const kill: Builtin = (running, process, args) => {
  if (args[0] === '-l' && args[1] !== undefined) {
    const known = signalName(args[1]);
    if (known === undefined) return saySo(running, process, `kill: ${args[1]}: invalid signal specification`);
    writeTo(running, process, 1, `${/^\d/.test(args[1]) ? known : signalNumber(known)}\n`);
    return 0;
  }
  if (args[0] === '-l') {
    writeTo(running, process, 1, `${SIGNALS.map((name) => `${signalNumber(name)}) ${name}`).join('\n')}\n`);
    return 0;
  }
  let name: string | undefined = 'TERM';
  let pids = args;
  if (args[0] === '-s' || args[0] === '-n') {
    name = signalName(args[1] ?? '');
    pids = args.slice(2);
  } else if (args[0]?.startsWith('-') && args.length > 1) {
    name = signalName(args[0].slice(1));
    pids = args.slice(1);
  }
  if (name === undefined) return saySo(running, process, `kill: invalid signal`);
  let status = 0;
  for (const text of pids) {
    const pid = jobPid(process, text);
    if (deliver(running, pid, name) || running.host.signal?.(pid, name)) continue;
    status = saySo(running, process, `can't kill pid ${text}: No such process`);
  }
  return process.exit === undefined ? status : undefined;
};
