/** The utilities that look for processes by their names: pidof, pgrep, and pkill and killall, which send them a signal. Follows procps and BusyBox 1.35. */
import { compilePattern } from './grep';
import { type Command, type CommandIo, fail, type ListedProcess, plainArguments, print, UNKNOWN_TITLE } from './host';
import { lastOf } from './paths';
import type { CommandResult } from './results';
import { SIGNALS, signalName, signalNumber } from './signals';

/** What a process is called. */
export const nameOf = ({ title }: ListedProcess): string => lastOf(title.split(/:?\s+/)[0] ?? '');

/** The processes that go by a name that fits; a program of which nothing is known goes by every name. */
const named = (processes: readonly ListedProcess[], fits: (name: string) => boolean): readonly ListedProcess[] =>
  processes.filter((process) => process.title === UNKNOWN_TITLE || fits(nameOf(process)));

/** As {@link named}. What nobody is called is looked for in what the container's first shell runs, which may not tell its programs apart. */
function fitting(processes: readonly ListedProcess[], fits: (name: string) => boolean): readonly ListedProcess[] {
  const found = named(processes, fits);
  if (found.length > 0) return found;
  const isShell = (process: ListedProcess): boolean => process.pid === 1 && /^(ba|da|a)?sh$/.test(nameOf(process));
  return processes.filter((process) => isShell(process) && process.title.split(/\s+/).map(lastOf).some(fits));
}

/** What pgrep and pkill find, which do not find themselves; their status where the pattern is none. */
function matching(
  args: readonly string[],
  io: CommandIo,
  name: string,
  look: typeof named,
): readonly ListedProcess[] | number {
  const letters = args.filter((word) => /^-[a-z]+$/.test(word)).join('');
  const [wanted = ''] = plainArguments(args);
  const expression = compilePattern(wanted, io, (letter) => letter === 'E' || letters.includes(letter));
  if ('problem' in expression) return fail(io, `${name}: ${expression.problem}`) + 1;
  const others = io.processes().filter((process) => !/^p(grep|kill)$/.test(nameOf(process)));
  const found = letters.includes('f')
    ? others.filter(({ title }) => expression.test(title))
    : look(others, (one) => expression.test(one));
  return letters.includes('n') ? found.slice(-1) : letters.includes('o') ? found.slice(0, 1) : found;
}

/** pidof and pgrep. */
export const pidOf: Command = (args, io, name) => {
  if (name === 'pidof') {
    const [wanted = ''] = plainArguments(args);
    const found = fitting(io.processes(), (one) => one === wanted);
    return found.length === 0 ? 1 : print(io, found.map(({ pid }) => pid).join(' '));
  }
  const found = matching(args, io, name, fitting);
  if (typeof found === 'number') return found;
  const isCounted = args.some((word) => /^-[a-z]*c/.test(word));
  if (isCounted) print(io, String(found.length));
  if (found.length === 0) return 1;
  return isCounted ? 0 : print(io, found.map(({ pid }) => pid).join('\n'));
};

/** pkill PATTERN and killall NAME…, with -SIGNAL, -s SIGNAL and -l. */
export const killByName: Command = (args, io, name): CommandResult => {
  let signal: string | undefined = 'TERM';
  let given = '';
  const rest: string[] = [];
  for (let at = 0; at < args.length && signal; at++) {
    const word = args[at] as string;
    const isNext = /^(-s|--signal)$/.test(word);
    const [, named = isNext ? args[++at] : undefined] = /^-(?:-signal=)?([A-Z0-9]\w*)$/.exec(word) ?? [];
    if (named === undefined) rest.push(word);
    else {
      given = named;
      signal = signalName(named);
    }
  }
  if (!signal) return fail(io, `${name}: bad signal name '${given}'`);
  if (rest[0] === '-l')
    return print(io, SIGNALS.map((one) => `${String(signalNumber(one)).padStart(2)}) ${one}`).join('\n'));
  const names = plainArguments(rest);
  if (names.length === 0)
    return fail(
      io,
      `${name}: ${name === 'killall' ? 'you need to specify whom to kill' : 'no matching criteria specified'}`,
    );
  if (name === 'pkill') {
    const found = matching(rest, io, name, named);
    return typeof found === 'number'
      ? found
      : { kills: found.map(({ pid }) => pid), signal, status: found.length > 0 ? 0 : 1 };
  }
  const kills: number[] = [];
  let status = 0;
  for (const wanted of names) {
    const found = named(io.processes(), (one) => one === lastOf(wanted));
    kills.push(...found.map(({ pid }) => pid));
    if (found.length > 0) continue;
    status++;
    if (!rest.includes('-q')) fail(io, `killall: ${wanted}: no process killed`);
  }
  return { kills, signal, status };
};
