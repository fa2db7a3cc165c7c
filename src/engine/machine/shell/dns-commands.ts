/** Utilities that ask DNS: dig and host as BIND has them, getent. */
import type { NameAnswer, ShellNetwork } from '../network-face';
import { type Command, type CommandIo, fail, say } from './host';
import { after, NO_NETWORK, optionsOf, RESOLVER_GIVES_UP_MS } from './network-options';
import type { CommandResult } from './results';

/** The TTL of records of cluster DNS, in seconds. */
const TTL = 30;
const TYPES = new Set('A AAAA ANY CNAME MX NS PTR SOA SRV TXT'.split(' '));

export const networkOf = ({ host }: CommandIo): ShellNetwork => host.network ?? NO_NETWORK;

export const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
export const reversed = (address: string): string => `${address.split('.').reverse().join('.')}.in-addr.arpa`;

export const nobodyAnswers = (): CommandResult =>
  after(RESOLVER_GIVES_UP_MS, { output: ';; connection timed out; no servers could be reached\n\n', status: 1 });

/** SRV records as each utility writes them: `0 50 80 name`. */
export function srvOf(
  network: ShellNetwork,
  name: string,
  isWhole: boolean,
): { readonly name: string; readonly values: string[] } {
  const { name: full = name, records = [] } = network.services(name, isWhole) ?? {};
  return { name: full, values: records.map(({ weight, port, target }) => `0 ${weight} ${port} ${target}`) };
}

/** Aliases, each with the name that it stands for. */
export function aliasesOf(answer: Exclude<NameAnswer, { kind: 'silent' }>): [alias: string, target: string][] {
  const names = answer.kind === 'found' ? [...answer.aliases, answer.name] : answer.aliases;
  return names.slice(0, -1).map((alias, index) => [alias, names[index + 1] as string]);
}

/** getent hosts. */
export const getent: Command = (args, io) => {
  const [database, name = ''] = args;
  if (database !== 'hosts' && database !== 'ahosts') return fail(io, `Unknown database: ${database ?? ''}`, 1);
  const answer = networkOf(io).lookUp(name);
  if (answer.kind === 'silent') return after(RESOLVER_GIVES_UP_MS, { status: 2 });
  if (answer.kind !== 'found') return 2;
  for (const address of answer.addresses) say(io, `${address.padEnd(16)}${answer.name}`);
  return 0;
};

/** dig. */
export const dig: Command = (args, io) => {
  const words = args.filter(
    (word) => !word.startsWith('+') && !word.startsWith('@') && !word.startsWith('-') && word !== 'IN',
  );
  const isType = (word: string): boolean => TYPES.has(word.toUpperCase());
  const type = words.find(isType)?.toUpperCase() ?? 'A';
  const first = words.find((word) => !isType(word)) ?? '';
  const network = networkOf(io);
  const isReverse = args.includes('-x');
  const name = first.replace(/\.$/, '');
  const isWhole = !args.includes('+search');
  const answer = network.lookUp(name, isWhole);
  if (answer.kind === 'silent') return nobodyAnswers();
  const question = isReverse ? reversed(name) : name;
  const records = isReverse ? pointers(network, name) : recordsOf(network, answer, name, type, isWhole);
  const isThere = records.length > 0 || answer.kind !== 'nxdomain';
  if (args.includes('+short')) {
    for (const [, , value] of records) say(io, value);
    return 0;
  }
  const status = isThere ? 'NOERROR' : 'NXDOMAIN';
  const kind = isReverse ? 'PTR' : type;
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

function recordsOf(
  network: ShellNetwork,
  answer: Exclude<NameAnswer, { kind: 'silent' }>,
  name: string,
  type: string,
  isWhole: boolean,
): Entry[] {
  if (type === 'SRV') {
    const found = srvOf(network, name, isWhole);
    return found.values.map((value): Entry => [found.name, 'SRV', `${value}.`]);
  }
  const aliases = aliasesOf(answer).map(([alias, target]): Entry => [alias, 'CNAME', `${target}.`]);
  if (answer.kind !== 'found' || ADDRESS.test(name) || (type !== 'A' && type !== 'ANY')) return aliases;
  return [...aliases, ...answer.addresses.map((address): Entry => [answer.name, 'A', address])];
}

/** host. */
export const host: Command = (args, io) => {
  const { plain, values } = optionsOf(args, 't');
  const [name = ''] = plain;
  const network = networkOf(io);
  const answer = network.lookUp(name);
  if (answer.kind === 'silent') return nobodyAnswers();
  if (values.get('t')?.toUpperCase() === 'SRV') {
    const found = srvOf(network, name, false);
    for (const value of found.values) say(io, `${found.name} has SRV record ${value}.`);
    if (found.values.length > 0) return 0;
  }
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
