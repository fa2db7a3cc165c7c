/** Utilities about the system: date, ps, df, free, id, uname and the like, as far as a container has answers. Follows BusyBox's output. */
import { parseTimestamp } from '../../api/timestamp';
import { momentFormatter } from '../moment-text';
import { type Command, fail, lettersOf, plainArguments, print, readFile, say } from './host';
import { absolute, below, lastOf } from './paths';

/** date, by a format or in the usual form; `-d @SECONDS` and `-I`. */
export const date: Command = (args, io) => {
  const at = args.findIndex((argument) => argument === '-d' || argument === '--date');
  const given = at < 0 ? undefined : args[at + 1];
  const seconds = given?.startsWith('@') ? Number(given.slice(1)) : parseTimestamp(io.host.now) / 1000;
  const formatted = momentFormatter(seconds);
  const format = args.find((argument) => argument.startsWith('+'));
  if (format) return print(io, formatted(format.slice(1)));
  if (args.some((argument) => argument.startsWith('-I'))) {
    return print(io, formatted(args.includes('-Iseconds') ? '%FT%T+00:00' : '%F'));
  }
  return print(io, formatted('%a %b %e %T UTC %Y'));
};

/** ps. */
export const listProcesses: Command = (_args, io) => {
  say(io, 'PID   USER     TIME  COMMAND');
  for (const { pid, title } of io.processes()) say(io, `${String(pid).padStart(5)} ${'root'.padEnd(8)}  0:00 ${title}`);
  return 0;
};

/** pidof and pgrep. */
export const pidOf: Command = (args, io, name) => {
  const [wanted = ''] = plainArguments(args);
  const found = io.processes().filter(({ title }) => {
    return name === 'pgrep' ? title.includes(wanted) : lastOf(title.split(' ')[0] ?? '') === wanted;
  });
  if (found.length === 0) return 1;
  return print(io, found.map(({ pid }) => pid).join(name === 'pgrep' ? '\n' : ' '));
};

/** df: the container's one file system. */
export const freeSpace: Command = (args, io) => {
  const isHuman = lettersOf(args).includes('h');
  const used = Object.values(io.host.files).reduce((sum, text) => sum + text.length, 0);
  say(
    io,
    isHuman
      ? 'Filesystem                Size      Used Available Use% Mounted on'
      : 'Filesystem           1K-blocks      Used Available Use% Mounted on',
  );
  const size = isHuman
    ? ['97.9G', '12.4G', '80.5G']
    : ['102686648', String(13_002_752 + Math.ceil(used / 1024)), '84422220'];
  say(io, `overlay              ${size.map((one) => one.padStart(9)).join(' ')}  13% /`);
  return 0;
};

/** du: what files hold, in kilobytes. */
export const diskUsage: Command = (args, io) => {
  const letters = lettersOf(args);
  let status = 0;
  for (const path of plainArguments(args).length > 0 ? plainArguments(args) : ['.']) {
    const start = absolute(io.cwd, path);
    const all = below(io.host.files, start);
    if (all.length === 1 && readFile(io, path) === undefined)
      status = fail(io, `du: ${path}: No such file or directory`);
    const kilobytes = all.reduce(
      (sum, one) => sum + 4 * Math.max(1, Math.ceil((readFile(io, one)?.length ?? 1) / 4096)),
      0,
    );
    say(io, `${kilobytes}${letters.includes('h') ? '.0K' : ''}\t${path}`);
  }
  return status;
};

/** free. */
export const freeMemory: Command = (_args, io) => {
  say(io, '              total        used        free      shared  buff/cache   available');
  return print(io, 'Mem:        8123456     1234560     5432100       12345     1456796     6543210');
};

/** id, with -u, -g, -n. */
export const identity: Command = (args, io) => {
  const { user = 0 } = io.host;
  const letters = lettersOf(args);
  const name = user === 0 ? 'root' : String(user);
  if (letters.includes('n')) return print(io, name);
  if (/[ugG]/.test(letters)) return print(io, letters.includes('u') ? String(user) : '0');
  return print(io, user === 0 ? 'uid=0(root) gid=0(root) groups=0(root)' : `uid=${user} gid=0(root) groups=0(root)`);
};

/** uname. */
export const systemName: Command = (args, io) => {
  const letters = lettersOf(args);
  const parts: [string, string][] = [
    ['s', 'Linux'],
    ['n', io.host.hostname],
    ['r', '6.8.0'],
    ['v', '#1 SMP PREEMPT_DYNAMIC'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ];
  const wanted = parts.filter(([letter]) => letters.includes('a') || (letters || 's').includes(letter));
  return print(io, wanted.map(([, text]) => text).join(' '));
};

/** env and printenv. */
export const environment: Command = (args, io, name) => {
  if (name === 'printenv' && args[0]) {
    const value = io.variable(args[0]);
    return value === undefined ? 1 : print(io, value);
  }
  const words = args.filter((argument) => !/^(-i|\w+=.*)$/s.test(argument));
  if (words.length > 0) return io.call(words, '');
  for (const [key, value] of io.environment()) say(io, `${key}=${value}`);
  return 0;
};

/** timeout: a command that sleeps longer is ended. */
export const timeout: Command = (args, io) => {
  const at = args.findIndex((argument) => /^\d/.test(argument));
  const limitMs = Number.parseFloat(args[at] ?? '0') * (/m$/.test(args[at] ?? '') ? 60_000 : 1000);
  const result = io.call(args.slice(at + 1), '');
  if (result === 'forever' || (typeof result === 'object' && 'sleepMs' in result && result.sleepMs > limitMs)) {
    const then = { status: io.host.bare ? 143 : 124 };
    return { sleepMs: limitMs, then };
  }
  return result;
};
