/** Utilities that ask DNS: dig and host as BIND has them, getent. */
import { parseTimestamp } from '../../api/timestamp';
import { momentFormatter } from '../moment-text';
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
  if (args.includes('+noall') && args.includes('+answer')) {
    for (const record of records) say(io, lineOf(record));
    return 0;
  }
  const status = isThere ? 'NOERROR' : 'NXDOMAIN';
  // With its search path dig asks under the first name of it that there is.
  const asked = `${answer.kind === 'found' && !isReverse ? ([...answer.aliases, answer.name][0] as string) : question}.`;
  const seconds = parseTimestamp(io.host.now) / 1000;
  const authority: Entry[] =
    records.length === 0 && asked.endsWith(`.${ZONE}`) ? [[ZONE.slice(0, -1), 'SOA', soaOf(seconds)]] : [];
  const sections = [
    `;; QUESTION SECTION:\n;${inColumns([asked, 'IN', isReverse ? 'PTR' : type], 32)}`,
    ...sectionOf('ANSWER', records),
    ...sectionOf('AUTHORITY', authority),
  ];
  const size = [...records, ...authority].reduce((sum, entry) => sum + sizeOf(entry), 12 + asked.length + 1 + 4 + 23);
  const warning = asked.endsWith('.local.')
    ? ';; WARNING: .local is reserved for Multicast DNS\n;; You are currently testing what happens when an mDNS query is leaked to DNS\n'
    : '';
  say(
    io,
    `
; <<>> DiG ${VERSION} <<>> ${args.join(' ')}
;; global options: +cmd
;; Got answer:
${warning};; ->>HEADER<<- opcode: QUERY, status: ${status}, id: ${1 + (seconds % 65_535)}
;; flags: qr aa rd; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: ${authority.length}, ADDITIONAL: 1
;; WARNING: recursion requested but not available

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
; COOKIE: ${COOKIE} (echoed)
${sections.join('\n\n')}

;; Query time: 0 msec
;; SERVER: ${network.server}#53(${network.server}) (UDP)
;; WHEN: ${momentFormatter(seconds)('%a %b %d %T UTC %Y')}
;; MSG SIZE  rcvd: ${size}
`,
  );
  return 0;
};

const VERSION = '9.20.15';
const COOKIE = '6b75626573746570';
const ZONE = 'cluster.local.';

const soaOf = (seconds: number): string =>
  `ns.dns.${ZONE} hostmaster.${ZONE} ${Math.floor(seconds)} 7200 1800 86400 ${TTL}`;

/** Fields from a column on, eight by eight, each with what dns_master_stylecreate puts between them: tabs, or a blank where one is too long. */
function inColumns(fields: readonly string[], first: number): string {
  let line = '';
  let at = 0;
  for (const [index, field] of fields.entries()) {
    if (index > 0) {
      const to = Math.max(first + 8 * (index - 1), at + 1);
      const tabs = Math.floor(to / 8) - Math.floor(at / 8);
      line += '\t'.repeat(tabs) + ' '.repeat(to - (tabs > 0 ? Math.floor(to / 8) * 8 : at));
      at = to;
    }
    line += field;
    at += field.length;
  }
  return line;
}

const lineOf = ([owner, sort, value]: Entry): string => inColumns([`${owner}.`, `${TTL}`, 'IN', sort, value], 24);

const sectionOf = (title: string, entries: readonly Entry[]): string[] =>
  entries.length === 0 ? [] : [`;; ${title} SECTION:\n${entries.map(lineOf).join('\n')}`];

/** What a record comes to in a message of cluster DNS, which shortens no names. */
function sizeOf([owner, sort, value]: Entry): number {
  const names = value.split(' ').filter((part) => part.endsWith('.'));
  const lengths = names.reduce((sum, name) => sum + name.length + 1, 0);
  const numbers: Readonly<Record<string, number>> = { A: 4, SRV: 6, SOA: 20 };
  return owner.length + 2 + 10 + (numbers[sort] ?? 0) + lengths;
}

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
