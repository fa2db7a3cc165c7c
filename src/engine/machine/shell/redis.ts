/**
 * What a Redis of the same container answers redis-cli: its keys are kept beside its dump, so that they stay where that lies in a volume. Strings and
 * counters only, without times. Follows redis-cli's raw output and Redis's commands.
 */

import type { Budget } from './host';
import { charge, type ShellHost } from './host';

/** Where they are kept: a name that no file has. */
const KEYS = '/data/dump.rdb\0keys';
/** The most that they may come to, in characters. */
const MOST = 65_536;

type Store = Record<string, string>;

const stored = ({ files }: ShellHost): Store => (Object.hasOwn(files, KEYS) ? JSON.parse(files[KEYS] as string) : {});

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

const without = (store: Store, keys: readonly string[]): Store =>
  Object.fromEntries(Object.entries(store).filter(([key]) => !keys.includes(key)));

const COMMANDS: Readonly<Record<string, (store: Store, args: readonly string[]) => Reply>> = {
  set: (store, [key = '', value = '']) => ({ text: 'OK', store: { ...store, [key]: value } }),
  get: (store, [key = '']) => ({ text: Object.hasOwn(store, key) ? (store[key] as string) : '' }),
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

/** What is printed for a command line of redis-cli; nothing for one that is not known. `isOwn`: it asks the Redis of its own container. */
export function redisSays(
  args: readonly string[],
  io: { readonly host: ShellHost; readonly budget: Budget },
  isOwn: boolean,
): string {
  const at = args.findIndex((word) => KNOWN.includes(word.toLowerCase()));
  const run = at < 0 ? undefined : COMMANDS[(args[at] as string).toLowerCase()];
  if (!run) return '';
  const { text, store } = run(isOwn ? stored(io.host) : {}, args.slice(at + 1));
  if (!isOwn || !store) return `${text}\n`;
  const content = JSON.stringify(store);
  charge(io.budget, content.length);
  if (content.length > MOST) return "OOM command not allowed when used memory > 'maxmemory'.\n";
  io.host.files = { ...io.host.files, [KEYS]: content };
  return `${text}\n`;
}
