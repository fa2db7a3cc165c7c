/**
 * Clients of databases and brokers: whether there is somebody to talk to, in their own words when there is not. What is asked is answered as far
 * as a probe or a look goes. Follows redis-cli 8, psql 18, the clients of MySQL 8.4 and MariaDB, mongosh 2 and rabbitmq-diagnostics 4.
 */
import type { CommandIo } from './host';
import { after, optionsOf, RESOLVER_GIVES_UP_MS } from './network-options';
import { lastOf } from './paths';
import { asksServer, redisAsks, redisLines, redisSays } from './redis';
import type { CommandResult } from './results';

/** One family of clients. */
interface Family {
  readonly port: number;
  /** The words that name host and port on the command line. */
  readonly host: readonly string[];
  readonly ports: readonly string[];
  /** Letters of the other options that take a value. */
  readonly letters: string;
  /** Environment variables that say the same. */
  readonly variables?: readonly [host: string, port: string];
  readonly socket?: string;
}

const MYSQL: Family = { port: 3306, host: ['h', 'host'], ports: ['P', 'port'], letters: 'uDeSB', socket: 'mysql' };
const POSTGRES: Family = {
  port: 5432,
  host: ['h', 'host'],
  ports: ['p', 'port'],
  letters: 'UdcftvoF',
  variables: ['PGHOST', 'PGPORT'],
  socket: 'postgres',
};
const REDIS: Family = { port: 6379, host: ['h'], ports: ['p'], letters: 'anturix' };
const MONGO: Family = { port: 27_017, host: ['host'], ports: ['port'], letters: 'up' };
const RABBIT: Family = { port: 5672, host: [], ports: [], letters: 'nt' };

const CLIENTS: Readonly<Record<string, Family>> = {
  'redis-cli': REDIS,
  'redis-benchmark': REDIS,
  psql: POSTGRES,
  pg_isready: POSTGRES,
  pg_dump: POSTGRES,
  pg_dumpall: POSTGRES,
  pg_restore: POSTGRES,
  createdb: POSTGRES,
  dropdb: POSTGRES,
  mysql: MYSQL,
  mysqladmin: MYSQL,
  mysqldump: MYSQL,
  mysqlcheck: MYSQL,
  mariadb: MYSQL,
  'mariadb-admin': MYSQL,
  'mariadb-dump': MYSQL,
  'healthcheck.sh': MYSQL,
  mongosh: MONGO,
  mongo: MONGO,
  mongodump: MONGO,
  mongorestore: MONGO,
  rabbitmqctl: RABBIT,
  'rabbitmq-diagnostics': RABBIT,
};

/** Whether a program is one of these. */
export const isDatabaseClient = (path: string): boolean =>
  Object.hasOwn(CLIENTS, lastOf(path)) && !OTHER_CHECK.test(path);

/** Scripts of that name elsewhere than in MariaDB's image check something else. */
const OTHER_CHECK = /^(?!\/usr\/local\/bin\/).*\/healthcheck\.sh$/;

/** Where a client connects to; a host that was not named is the container's own, over a socket where there are such. */
interface Goal {
  readonly host: string;
  readonly port: number;
  readonly isNamed: boolean;
  /** Whether anything is said beside options. */
  readonly hasCommand: boolean;
}

const ADDRESS = /^(?:\w[\w+]*:\/\/)?(?:[^@/]*@)?([\w.-]+)(?::(\d+))?(?:\/|$)/;

function goalOf(family: Family, args: readonly string[], variable: (name: string) => string | undefined): Goal {
  // A password may stand behind its letter.
  const said = family === MYSQL ? args.filter((word) => !/^-p/.test(word)) : args;
  const short = [...family.host, ...family.ports].filter((name) => name.length === 1).join('');
  const long = [...family.host, ...family.ports, 'eval', 'user', 'username', 'dbname', 'command', 'password'];
  const { plain, values } = optionsOf(said, short + family.letters, long);
  const [hostVariable = '', portVariable = ''] = family.variables ?? [];
  const [url] = [...plain, values.get('d') ?? '', values.get('u') ?? ''].filter((word) => word.includes('://'));
  const words = /\bhost=(\S+)/.exec(args.join(' '))?.[1];
  const mongo = family === MONGO ? plain.find((word) => /:\d+(\/|$)/.test(word)) : undefined;
  const [, urlHost, urlPort] = ADDRESS.exec(url ?? mongo ?? '') ?? [];
  const pick = (names: readonly string[]) => names.map((name) => values.get(name)).find((value) => value !== undefined);
  const host = pick(family.host) ?? urlHost ?? words ?? variable(hostVariable);
  const port = Number(pick(family.ports) ?? urlPort ?? variable(portVariable) ?? family.port);
  const isSocket = host === undefined || host === '' || (family.socket !== undefined && host.startsWith('/'));
  const isOwn = isSocket || (family === MYSQL && host === 'localhost');
  const hasCommand = plain.length > 0;
  return { host: isOwn ? '127.0.0.1' : host, port: port > 0 ? port : family.port, isNamed: !isOwn, hasCommand };
}

/** The port of its own container that a command asks as such a client does; undefined when it asks nobody there. */
export function askedPort(command: readonly string[]): number | undefined {
  const words = command.flatMap((text) => text.split(/[\s;|&()<>"'`]+/)).filter((word) => word !== '');
  const at = words.findIndex(isDatabaseClient);
  const family = CLIENTS[lastOf(words[at] ?? '')];
  if (!family) return undefined;
  const { host, port } = goalOf(family, words.slice(at + 1), () => undefined);
  return host === '127.0.0.1' || host === 'localhost' ? port : undefined;
}

const SELECTED = /^\s*select\s+(\d+)\s*;?\s*$/i;

/** What a client prints that was answered. */
function printed(name: string, args: readonly string[], { host, port, isNamed }: Goal): string {
  const number = args.map((word) => SELECTED.exec(word.replace(/^-[ce]/, ''))?.[1]).find((one) => one !== undefined);
  if (name === 'pg_isready') return `${isNamed ? host : '/var/run/postgresql'}:${port} - accepting connections\n`;
  if (/admin$/.test(name) && args.includes('ping')) return 'mysqld is alive\n';
  if (name === 'psql' && number) {
    if (args.some((word) => /^-\w*t/.test(word)))
      return `${args.some((word) => /^-\w*A/.test(word)) ? '' : ' '}${number}\n`;
    return ` ?column? \n----------\n${number.padStart(9)}\n(1 row)\n\n`;
  }
  if (/^(mysql|mariadb)$/.test(name) && number) return `${number}\n${number}\n`;
  if (/^mongo(sh)?$/.test(name) && /\bping\b/.test(args.join(' ')))
    return /\.ok\b/.test(args.join(' ')) ? '1\n' : '{ ok: 1 }\n';
  return name === 'rabbitmq-diagnostics' && args.includes('ping') ? 'Ping succeeded\n' : '';
}

type Why = 'refused' | 'timeout' | 'unknown';

const SYSTEM = { refused: 'Connection refused', timeout: 'Connection timed out', unknown: 'Name or service not known' };

/** The words of a client that found nobody, and its status. */
function refused(family: Family, name: string, goal: Goal, why: Why, hostname: string): readonly [string, number] {
  const { host, port, isNamed } = goal;
  const at = `${host}:${port}`;
  if (family === REDIS) return [`Could not connect to Redis at ${at}: ${SYSTEM[why]}`, 1];
  if (name === 'pg_isready') return ['', 2];
  if (family === POSTGRES) {
    const socket = `connection to server on socket "/var/run/postgresql/.s.PGSQL.${port}" failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?`;
    const remote = `connection to server at "${host}", port ${port} failed: ${SYSTEM[why]}\n\tIs the server running on that host and accepting TCP/IP connections?`;
    const unknown = `could not translate host name "${host}" to address: ${SYSTEM.unknown}`;
    return [`${name}: error: ${why === 'unknown' ? unknown : isNamed ? remote : socket}`, name === 'psql' ? 2 : 1];
  }
  if (family === MONGO) {
    const cause = why === 'unknown' ? `getaddrinfo ENOTFOUND ${host}` : `connect ECONNREFUSED ${at}`;
    return [
      why === 'timeout' ? `MongoServerSelectionError: connect ETIMEDOUT ${at}` : `MongoNetworkError: ${cause}`,
      1,
    ];
  }
  if (family === RABBIT)
    return [
      `Error: unable to perform an operation on node 'rabbit@${hostname}'. Please see diagnostics information and suggestions below.`,
      69,
    ];
  if (name === 'healthcheck.sh') return ['healthcheck connect failed', 1];
  const socket = `Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)`;
  const remote = `Can't connect to MySQL server on '${at}' (${why === 'timeout' ? 110 : 111})`;
  const [code, text] =
    why === 'unknown' ? [2005, `Unknown MySQL server host '${host}' (-2)`] : isNamed ? [2003, remote] : [2002, socket];
  if (!name.includes('admin')) return [`ERROR ${code} (HY000): ${text}`, 1];
  const check = isNamed
    ? `Check that mysqld is running on ${host} and that the port is ${port}.\nYou can check this by doing 'telnet ${host} ${port}'`
    : "Check that mysqld is running and that the socket: '/var/run/mysqld/mysqld.sock' exists!";
  return [`${name}: connect to server at '${isNamed ? host : 'localhost'}' failed\nerror: '${text}'\n${check}`, 1];
}

const GIVES_UP_MS = 127_000;

/** Runs such a client. */
export function askDatabase(words: readonly string[], io: CommandIo, name: string): CommandResult {
  const args = words.slice(1);
  if (args.some((word) => /^(--version|--help|-V)$/.test(word))) return 0;
  const family = CLIENTS[name] as Family;
  const goal = goalOf(family, args, (variable) => io.variable(variable));
  const { network, hostname } = io.host;
  if (!network) return 0;
  if (io.host.isInitialising && !goal.isNamed) {
    io.output += printed(name, args, goal);
    return 0;
  }
  const end = (why: Why, ms: number): CommandResult => {
    const [errors, status] = refused(family, name, goal, why, hostname);
    const output =
      name === 'pg_isready' ? `${goal.isNamed ? goal.host : '/var/run/postgresql'}:${goal.port} - no response\n` : '';
    return after(ms, { errors: errors === '' ? '' : `${errors}\n`, output, status });
  };
  const found = network.lookUp(goal.host);
  if (found.kind !== 'found') return end('unknown', found.kind === 'silent' ? RESOLVER_GIVES_UP_MS : 1);
  const limitMs = name === 'pg_isready' ? 3000 : family === MONGO ? 30_000 : GIVES_UP_MS;
  const [address = ''] = found.addresses;
  const request = { scheme: 'tcp', address, port: goal.port, method: '', path: '', headers: {} } as const;
  const isRedis = name === 'redis-cli';
  const isOwn = (address === '127.0.0.1' || address === network.address) && io.host.servers.includes('redis-server');
  for (const line of isRedis ? redisLines(args, goal.hasCommand, io) : [args]) {
    const isHere = isOwn && !asksServer(line);
    const text = isRedis && !isHere ? redisAsks(line) : '';
    const { failure, latencyMs, body = '' } = network.send({ ...request, text, timeoutMs: limitMs });
    if (failure !== undefined) return end(failure === 'timeout' ? 'timeout' : 'refused', latencyMs);
    io.output += isRedis ? (isHere ? redisSays(line, io) : body) : printed(name, line, goal);
  }
  return 0;
}
