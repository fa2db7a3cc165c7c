/**
 * The utilities that the small shell knows: what each prints, changes and returns. They take no virtual time, except
 * sleep. Follows POSIX.1-2017 and BusyBox's messages; what needs a network is in network-commands.ts.
 */
import { copyFiles, count, moveFiles } from './copy-commands';
import { cat, find, head, list, makeDirectory, remove, tail, test, touch } from './file-commands';
import { grep } from './grep';
import { append, type Command, environmentOf, fail, print, say } from './host';
import { NETWORK_COMMANDS } from './network-commands';

export type { ShellHost } from './host';

/** Milliseconds of `10`, `0.5`, `2m`, `infinity`; undefined when it is none. */
export function sleepMs(text: string): number | undefined {
  if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY;
  const match = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(text);
  if (!match) return undefined;
  const unit = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] ?? ''] ?? 1000;
  return Math.round(Number(match[1]) * unit);
}

const sleep: Command = (args, io) => {
  let total = 0;
  for (const argument of args) {
    const ms = sleepMs(argument);
    if (ms === undefined) return fail(io, `sleep: invalid number '${argument}'`);
    total += ms;
  }
  return total === Number.POSITIVE_INFINITY ? 'forever' : { sleepMs: total };
};

const withEscapes = (text: string): string => text.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\\\/g, '\\');

const echo: Command = (args, io) => {
  let rest = args;
  let newline = true;
  let escapes = false;
  for (; /^-[neE]+$/.test(rest[0] ?? ''); rest = rest.slice(1)) {
    if (rest[0]?.includes('n')) newline = false;
    if (rest[0]?.includes('e')) escapes = true;
  }
  const text = rest.join(' ');
  append(io, (escapes ? withEscapes(text) : text) + (newline ? '\n' : ''));
  return 0;
};

const printf: Command = (args, io) => {
  let next = 1;
  append(
    io,
    withEscapes(args[0] ?? '').replace(/%[sd]/g, () => args[next++] ?? ''),
  );
  return 0;
};

const sequence: Command = (args, io) => {
  const from = args.length > 1 ? Number(args[0]) : 1;
  const to = Number(args[args.length - 1]);
  for (let value = from; value <= to && value - from < 10_000; value++) say(io, String(value));
  return 0;
};

const environment: Command = (args, io) => {
  if (args[0]) {
    const value = environmentOf(io.host, args[0]);
    return value === undefined ? 1 : print(io, value);
  }
  for (const [name, value] of Object.entries(io.host.environment).sort(([a], [b]) => (a < b ? -1 : 1))) {
    say(io, `${name}=${value}`);
  }
  return 0;
};

const quiet: Command = () => 0;

/** The utilities by name. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['sleep', sleep],
  ['echo', echo],
  ['printf', printf],
  ['cat', cat],
  ['cp', copyFiles],
  ['mv', moveFiles],
  ['wc', count],
  ['rm', remove],
  ['touch', touch],
  ['mkdir', makeDirectory],
  ['ls', list],
  ['find', find],
  ['test', test],
  ['[', test],
  ['[[', test],
  ['grep', grep],
  ['seq', sequence],
  ['tail', tail],
  ['head', head],
  ...NETWORK_COMMANDS,
  ['env', environment],
  ['printenv', environment],
  ['true', quiet],
  [':', quiet],
  ['false', () => 1],
  ['cd', quiet],
  ['set', quiet],
  ['wait', quiet],
  ['kill', quiet],
  ['sync', quiet],
  ['chmod', quiet],
  ['chown', quiet],
  ['date', (_args, io) => print(io, io.host.now)],
  ['hostname', (_args, io) => print(io, io.host.hostname)],
  ['uname', (_args, io) => print(io, 'Linux')],
  ['whoami', (_args, io) => print(io, 'root')],
  ['exit', (args) => ({ exit: Number(args[0] ?? 0) & 255 })],
]);
