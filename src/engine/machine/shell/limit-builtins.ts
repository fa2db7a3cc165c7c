/** The built-ins about what a process may have and has used: umask, ulimit, times. Follows POSIX.1-2017, 2.14, and the limits that containerd sets. */
import { type Builtin, complain, illegal } from './builtin';
import { shellKind } from './held-programs';
import { changedMode, isMode } from './modes';
import { writeTo } from './redirects';

const DEFAULT_MASK = 0o022;
const ALL = 0o777;
const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

/** umask. */
export const umask: Builtin = (running, process, args, frame) => {
  const { mask = DEFAULT_MASK } = process;
  const [given] = args.filter((one) => one !== '-S');
  if (given === undefined) {
    const words = ['u', 'g', 'o'].map((who, index) => {
      const bits = (ALL & ~mask) >> (6 - 3 * index);
      return `${who}=${[...'rwx'].filter((_, at) => (bits & (4 >> at)) !== 0).join('')}`;
    });
    writeTo(running, process, 1, `${args.includes('-S') ? words.join(',') : octal(mask)}\n`);
    return 0;
  }
  if (!isMode(given))
    return complain(running, process, frame, { ...illegal(given), busybox: `illegal mode: ${given}` });
  // Letters say what is left, digits what is taken away.
  process.mask = /^\d/.test(given)
    ? Number.parseInt(given, 8)
    : ALL & ~Number.parseInt(changedMode((ALL & ~mask).toString(8), given), 8);
  return 0;
};

const OPEN_FILES = '1048576';

/** ulimit: what it tells; setting a limit changes nothing. */
export const ulimit: Builtin = (running, process, args) => {
  const isSet = args.some((one) => !one.startsWith('-'));
  if (!isSet) writeTo(running, process, 1, `${args.some((one) => one.includes('n')) ? OPEN_FILES : 'unlimited'}\n`);
  return 0;
};

/** times: programs take no time here. */
export const times: Builtin = (running, process) => {
  const none = shellKind(running.host, process) === 'dash' ? '0m0.000000s' : '0m0.000s';
  writeTo(running, process, 1, `${none} ${none}\n`.repeat(2));
  return 0;
};
