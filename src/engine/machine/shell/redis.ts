/**
 * What a Redis answers redis-cli: its keys are kept beside its dump, so that they stay where that lies in a volume. Strings, counters
 * and lists only, without times. Follows redis-cli's raw output and Redis's commands.
 */

import { parseRegularExpression } from '../../api/regular-expression';
import type { Files } from '../cri';
import { type Budget, charge, type ShellHost } from './host';

/** Where they are kept: a name that no file has. */
const KEYS = '/data/dump.rdb\0keys';
/** The most that they may come to, in characters. */
const MOST = 65_536;

type Store = Record<string, string>;

const stored = (files: Files): Store => (Object.hasOwn(files, KEYS) ? JSON.parse(files[KEYS] as string) : {});

/** What a command changes, if anything, and what is printed. */
interface Reply {
  readonly text: string;
  readonly store?: Store;
}

const NOT_A_NUMBER = 'ERR value is not an integer or out of range\n';

function counted(store: Store, key: string, by: number): Reply {
  const value = Number(store[key] ?? 0) + by;
  return Number.isSafeInteger(value)
    ? { text: `${value}`, store: { ...store, [key]: `${value}` } }
    : { text: NOT_A_NUMBER };
}

const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value\n';
/** What the text of a list begins with, which is followed by JSON. */
const LIST = '\0list';

/** What becomes of a list, or what is said of it; nothing is left of one that has become empty. */
function listed(
  store: Store,
  [key = '', ...args]: readonly string[],
  change: (items: string[], args: readonly string[]) => string,
): Reply {
  const kept = Object.hasOwn(store, key) ? (store[key] as string) : `${LIST}[]`;
  if (!kept.startsWith(LIST)) return { text: WRONG_TYPE };
  const items = JSON.parse(kept.slice(LIST.length)) as string[];
  const text = change(items, args);
  const rest = without(store, [key]);
  return { text, store: items.length > 0 ? { ...rest, [key]: `${LIST}${JSON.stringify(items)}` } : rest };
}

/** The items of a list between two places, of which those below 0 are counted from its end. */
function ranged(items: readonly string[], [from = '0', to = '-1']: readonly string[]): string {
  const place = (text: string): number => (Number(text) < 0 ? items.length + Number(text) : Number(text));
  return items.slice(Math.max(0, place(from)), Math.max(0, place(to) + 1)).join('\n');
}

const without = (store: Store, keys: readonly string[]): Store =>
  Object.fromEntries(Object.entries(store).filter(([key]) => !keys.includes(key)));

const COMMANDS: Readonly<Record<string, (store: Store, args: readonly string[]) => Reply>> = {
  set: (store, [key = '', value = '']) => ({ text: 'OK', store: { ...store, [key]: value } }),
  get: (store, [key = '']) => {
    const text = Object.hasOwn(store, key) ? (store[key] as string) : '';
    return { text: text.startsWith(LIST) ? WRONG_TYPE : text };
  },
  rpush: (store, args) => listed(store, args, (items, added) => String(items.push(...added))),
  lpush: (store, args) => listed(store, args, (items, added) => String(items.unshift(...[...added].reverse()))),
  rpop: (store, args) => listed(store, args, (items) => items.pop() ?? ''),
  lpop: (store, args) => listed(store, args, (items) => items.shift() ?? ''),
  llen: (store, args) => listed(store, args, (items) => String(items.length)),
  lrange: (store, args) => listed(store, args, ranged),
  del: (store, keys) => ({
    text: String(keys.filter((key) => Object.hasOwn(store, key)).length),
    store: without(store, keys),
  }),
  exists: (store, keys) => ({ text: String(keys.filter((key) => Object.hasOwn(store, key)).length) }),
  incr: (store, [key = '']) => counted(store, key, 1),
  decr: (store, [key = '']) => counted(store, key, -1),
  incrby: (store, [key = '', by = '']) => counted(store, key, Number(by)),
  dbsize: (store) => ({ text: String(Object.keys(store).length) }),
  keys: (store) => ({ text: Object.keys(store).sort().join('\n') }),
  flushall: () => ({ text: 'OK', store: {} }),
  ping: () => ({ text: 'PONG' }),
  echo: (_store, [text = '']) => ({ text }),
};

/** Names of commands that are known, the shortest way to find where the client's own words end. */
const KNOWN = Object.keys(COMMANDS);

/** Where a server keeps what it has been told of its settings: not beside its keys, so that it forgets them as it ends. */
const TOLD = '/tmp/\0redis';

/** CONFIG GET and CONFIG SET, of the settings that are known. */
function configSaid([verb = '', ...words]: readonly string[], files: Files, before: Store): ReturnType<typeof said> {
  const settings: Store = { ...before, ...(files[TOLD] === undefined ? {} : JSON.parse(files[TOLD])) };
  if (/get/i.test(verb)) {
    const wanted = words.flatMap((word) => {
      const glob = word
        .replace(/[^\w*?-]/g, '')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
      const pattern = parseRegularExpression(`^${glob}$`, { ignoreCase: true });
      return Object.keys(settings).filter((name) => !('problem' in pattern) && pattern.test(name));
    });
    return { text: wanted.map((name) => `${name}\n${settings[name]}\n`).join(''), files };
  }
  const pairs = words.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), words[at + 1]] as const] : []));
  if (pairs.length === 0) return { text: "ERR wrong number of arguments for 'config|set' command\n\n", files };
  const unknown = pairs.find(([name, value]) => value === undefined || !Object.hasOwn(settings, name));
  if (unknown) return { text: `ERR Unknown option or number of arguments for CONFIG SET - '${unknown[0]}'\n\n`, files };
  const told = Object.fromEntries([
    ...Object.entries(settings),
    ...pairs.map(([name, value = '']) => [name, inBytes(value)]),
  ]);
  return { text: 'OK\n', files: { ...files, [TOLD]: JSON.stringify(told) } };
}

/** What a command line of redis-cli comes to where the keys lie: what is printed, and the files as they are then. */
function said(
  args: readonly string[],
  files: Files,
  settings: Store,
): { readonly text: string; readonly files: Files } {
  const config = args.findIndex((word, at) => /^config$/i.test(word) && /^[gs]et$/i.test(args[at + 1] ?? ''));
  if (config >= 0) return configSaid(args.slice(config + 1), files, settings);
  const at = args.findIndex((word) => KNOWN.includes(word.toLowerCase()));
  const run = at < 0 ? undefined : COMMANDS[(args[at] as string).toLowerCase()];
  if (!run) return { text: '', files };
  const { text, store } = run(stored(files), args.slice(at + 1));
  if (!store) return { text: `${text}\n`, files };
  const content = JSON.stringify(store);
  if (content.length > MOST) return { text: "OOM command not allowed when used memory > 'maxmemory'.\n", files };
  return { text: `${text}\n`, files: { ...files, [KEYS]: content } };
}

/** What is printed for a command line of redis-cli that the Redis of its own container is asked; nothing for one that is not known. */
export function redisSays(args: readonly string[], io: { readonly host: ShellHost; readonly budget: Budget }): string {
  const { text, files } = said(args, io.host.files, {});
  if (files !== io.host.files) charge(io.budget, (files[KEYS] ?? '').length);
  io.host.files = files;
  return text;
}

const SENT = 'redis-cli\0';

/** The command lines that redis-cli carries out: its own, or, where that names no command, those of its standard input. */
export function redisLines(
  args: readonly string[],
  hasCommand: boolean,
  io: { readonly input: string },
): readonly (readonly string[])[] {
  if (hasCommand) return [args];
  const lines = io.input.split('\n').filter((line) => /\S/.test(line));
  if (lines.length === 0) return [args];
  return lines.map((line) =>
    [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
      ([, double, single, plain]) => double ?? single ?? plain ?? '',
    ),
  );
}

/** A command line as it is sent to another's Redis. */
export const redisAsks = (args: readonly string[]): string => `${SENT}${JSON.stringify(args)}`;

/** Whether only the server itself knows the answer. */
export const asksServer = (args: readonly string[]): boolean => args.some((word) => /^config$/i.test(word));

/** Whether a text is one. */
export const isForRedis = (text: string): boolean => text.startsWith(SENT);

/** What a Redis answers to it. */
export const redisTakes = (text: string, files: Files, settings: Store = {}): ReturnType<typeof said> =>
  said(JSON.parse(text.slice(SENT.length)), files, { ...DEFAULTS, ...settings });

const DEFAULTS: Store = {
  maxmemory: '0',
  'maxmemory-policy': 'noeviction',
  appendonly: 'no',
  save: '3600 1 300 100 60 10000',
};
const UNITS: Readonly<Record<string, number>> = { k: 1e3, kb: 1024, m: 1e6, mb: 1024 ** 2, g: 1e9, gb: 1024 ** 3 };

/** A size as a number of bytes; what is none stays. */
function inBytes(value: string): string {
  const [, number, unit = ''] = /^(\d+)([kmg]b?)$/i.exec(value) ?? [];
  return number ? String(Number(number) * (UNITS[unit.toLowerCase()] ?? 1)) : value;
}

/** The settings of a Redis by the text of its file and its command line. */
export function redisSettings(text: string): Store {
  const lines = text.matchAll(/^[^\S\n]*(maxmemory(?:-policy)?|appendonly|save)\s+"?([^"\n]*?)"?\s*$/gm);
  return Object.fromEntries(
    [...lines].map(([, name = '', value = '']) => {
      return [name, inBytes(value)];
    }),
  );
}
