/**
 * The utilities that need a network: what each prints, and how it ends. They ask {@link ShellHost.network}, and take as long as the answer
 * does. Follows BusyBox 1.36 (nc, nslookup, ping, telnet) and, for `dig` and `host`, BIND's. wget and curl have files of their own.
 */
import type { NameAnswer, ProgramAnswer, ShellNetwork } from '../network-face';
import { curl } from './curl';
import { append, type Command, type CommandIo, type CommandResult, fail, say } from './host';
import { after, type Options, optionsOf, withinMs } from './network-options';
import { wget } from './wget';

/** A machine without a network. */
export const NO_NETWORK: ShellNetwork = {
  server: '',
  resolver: { servers: [], searches: [], ndots: 1 },
  lookUp: () => ({ kind: 'nxdomain', aliases: [] }),
  nameOf: () => undefined,
  send: () => ({ failure: 'unreachable', latencyMs: 0 }),
  echoes: () => false,
};

const RESOLVER_GIVES_UP_MS = 15_000;
const CONNECT_GIVES_UP_MS = 127_000;
/** The TTL of records of cluster DNS, in seconds. */
const TTL = 30;

const networkOf = ({ host }: CommandIo): ShellNetwork => host.network ?? NO_NETWORK;

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const reversed = (address: string): string => `${address.split('.').reverse().join('.')}.in-addr.arpa`;

const nobodyAnswers = (): CommandResult =>
  after(RESOLVER_GIVES_UP_MS, { output: ';; connection timed out; no servers could be reached\n\n', status: 1 });

function notFound(io: CommandIo, name: string): number {
  say(io, `** server can't find ${name}: NXDOMAIN\n`);
  return 1;
}

function lookUpAddress(io: CommandIo, address: string): CommandResult {
  const name = networkOf(io).nameOf(address);
  if (name === undefined) return notFound(io, reversed(address));
  append(io, `${reversed(address)}\tname = ${name}\n\n`);
  return 0;
}

const nslookup: Command = (args, io) => {
  const { plain } = optionsOf(args, '');
  const [name = '', given] = plain;
  const network = networkOf(io);
  const server = given ?? network.server;
  const answer = network.lookUp(name);
  if (answer.kind === 'silent') return nobodyAnswers();
  append(io, `Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
  if (ADDRESS.test(name)) return lookUpAddress(io, name);
  if (answer.kind === 'nodata') {
    append(io, `*** Can't find ${name}: No answer\n\n`);
    return 1;
  }
  for (const [alias, target] of aliasesOf(answer)) say(io, `${alias}\tcanonical name = ${target}`);
  if (answer.kind !== 'found') return notFound(io, name);
  for (const address of answer.addresses) append(io, `Name:\t${answer.name}\nAddress: ${address}\n`);
  append(io, '\n');
  return 0;
};

/** Aliases, each with the name that it stands for. */
function aliasesOf(answer: Exclude<NameAnswer, { kind: 'silent' }>): [alias: string, target: string][] {
  const names = answer.kind === 'found' ? [...answer.aliases, answer.name] : answer.aliases;
  return names.slice(0, -1).map((alias, index) => [alias, names[index + 1] as string]);
}

const getent: Command = (args, io) => {
  const [database, name = ''] = args;
  if (database !== 'hosts' && database !== 'ahosts') return fail(io, `Unknown database: ${database ?? ''}`, 1);
  const answer = networkOf(io).lookUp(name);
  if (answer.kind === 'silent') return after(RESOLVER_GIVES_UP_MS, { status: 2 });
  if (answer.kind !== 'found') return 2;
  for (const address of answer.addresses) say(io, `${address.padEnd(16)}${answer.name}`);
  return 0;
};

const dig: Command = (args, io) => {
  const words = args.filter((word) => !word.startsWith('+') && !word.startsWith('@') && !word.startsWith('-'));
  const [first = '', type = 'A'] = words;
  const network = networkOf(io);
  const isReverse = args.includes('-x');
  const name = first.replace(/\.$/, '');
  const answer = network.lookUp(name, !args.includes('+search'));
  if (answer.kind === 'silent') return nobodyAnswers();
  const question = isReverse ? reversed(name) : name;
  const records = isReverse ? pointers(network, name) : recordsOf(answer, name);
  if (args.includes('+short')) {
    for (const [, , value] of records) say(io, value);
    return 0;
  }
  const status = records.length === 0 && answer.kind === 'nxdomain' ? 'NXDOMAIN' : 'NOERROR';
  const kind = isReverse ? 'PTR' : type.toUpperCase();
  say(io, `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 1`);
  say(io, `;; flags: qr aa rd; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: 0, ADDITIONAL: 0\n`);
  say(io, `;; QUESTION SECTION:\n;${question}.\t\tIN\t${kind}\n`);
  if (records.length > 0) say(io, ';; ANSWER SECTION:');
  for (const [owner, sort, value] of records) say(io, `${owner}.\t${TTL}\tIN\t${sort}\t${value}`);
  say(io, `${records.length > 0 ? '\n' : ''};; SERVER: ${network.server}#53(${network.server})`);
  return 0;
};

type Entry = readonly [owner: string, sort: string, value: string];

function pointers(network: ShellNetwork, address: string): Entry[] {
  const name = network.nameOf(address);
  return name === undefined ? [] : [[reversed(address), 'PTR', `${name}.`]];
}

function recordsOf(answer: Exclude<NameAnswer, { kind: 'silent' }>, name: string): Entry[] {
  const aliases = aliasesOf(answer).map(([alias, target]): Entry => [alias, 'CNAME', `${target}.`]);
  if (answer.kind !== 'found' || ADDRESS.test(name)) return aliases;
  return [...aliases, ...answer.addresses.map((address): Entry => [answer.name, 'A', address])];
}

const host: Command = (args, io) => {
  const [name = ''] = optionsOf(args, '').plain;
  const network = networkOf(io);
  const answer = network.lookUp(name);
  if (answer.kind === 'silent') return nobodyAnswers();
  if (ADDRESS.test(name)) {
    const pointer = network.nameOf(name);
    say(
      io,
      pointer ? `${reversed(name)} domain name pointer ${pointer}.` : `Host ${reversed(name)}. not found: 3(NXDOMAIN)`,
    );
    return pointer ? 0 : 1;
  }
  if (answer.kind !== 'found') {
    say(io, `Host ${name} not found: 3(NXDOMAIN)`);
    return 1;
  }
  for (const [alias, target] of aliasesOf(answer)) say(io, `${alias} is an alias for ${target}.`);
  for (const address of answer.addresses) say(io, `${answer.name} has address ${address}`);
  return 0;
};

/** Words of the kernel for a connection that was not made. */
function connectError({ failure }: ProgramAnswer): string {
  if (failure === 'timeout') return 'Connection timed out';
  return failure === 'unreachable' ? 'No route to host' : 'Connection refused';
}

const NC_VALUES = 'wpsie';

const netcat: Command = (args, io, name) => {
  const { plain, values, letters } = optionsOf(args, NC_VALUES);
  if (letters.includes('l')) return 'forever';
  const [target = '', portText = ''] = plain;
  const network = networkOf(io);
  const found = network.lookUp(target);
  if (found.kind === 'silent')
    return after(RESOLVER_GIVES_UP_MS, { errors: `${name}: bad address '${target}'\n`, status: 1 });
  if (found.kind !== 'found') return fail(io, `${name}: bad address '${target}'`);
  const [address = ''] = found.addresses;
  const port = Number(portText);
  const timeoutMs = withinMs(values.get('w'), CONNECT_GIVES_UP_MS);
  const answer = network.send({ scheme: 'tcp', address, port, method: '', path: '', headers: {}, timeoutMs });
  if (answer.failure !== undefined) {
    const isAsked = values.has('w') && answer.failure === 'timeout';
    const words = isAsked
      ? `${name}: timed out`
      : `${name}: can't connect to remote host (${address}): ${connectError(answer)}`;
    const isQuiet = name === 'nc' && letters.includes('z') && !letters.includes('v');
    return after(answer.latencyMs, { errors: isQuiet ? '' : `${words}\n`, status: 1 });
  }
  const told =
    name === 'telnet'
      ? `Connected to ${target}\n`
      : letters.includes('v')
        ? `${target} (${address}:${port}) open\n`
        : '';
  return after(answer.latencyMs, { errors: told });
};

const ping: Command = (args, io) => {
  const { plain, values }: Options = optionsOf(args, 'cWwist');
  const [target = ''] = plain;
  const network = networkOf(io);
  const found = network.lookUp(target);
  if (found.kind === 'silent')
    return after(RESOLVER_GIVES_UP_MS, { errors: `ping: bad address '${target}'\n`, status: 1 });
  if (found.kind !== 'found') return fail(io, `ping: bad address '${target}'`);
  const [address = ''] = found.addresses;
  const count = Number(values.get('c') ?? Number.NaN);
  say(io, `PING ${target} (${address}): 56 data bytes`);
  if (!Number.isInteger(count)) return 'forever';
  const echoes = network.echoes(address);
  const lines = echoes
    ? Array.from({ length: count }, (_, index) => `64 bytes from ${address}: seq=${index} ttl=62 time=0.100 ms\n`)
    : [];
  const received = lines.length;
  const lost = count === 0 ? 0 : Math.round(((count - received) / count) * 100);
  const sums = `\n--- ${target} ping statistics ---\n${count} packets transmitted, ${received} packets received, ${lost}% packet loss\n`;
  const times = echoes ? 'round-trip min/avg/max = 0.100/0.100/0.100 ms\n' : '';
  const waitMs = (count - 1) * 1000 + (echoes ? 0 : withinMs(values.get('W'), 10_000));
  return after(Math.max(0, waitMs), { output: `${lines.join('')}${sums}${times}`, status: echoes ? 0 : 1 });
};

/** The utilities by name. */
export const NETWORK_COMMANDS: readonly (readonly [string, Command])[] = [
  ['nslookup', nslookup],
  ['getent', getent],
  ['dig', dig],
  ['host', host],
  ['wget', wget],
  ['curl', curl],
  ['nc', netcat],
  ['ncat', netcat],
  ['telnet', netcat],
  ['ping', ping],
];
