/**
 * nslookup: as BusyBox has had it since 1.29, which asks for A and AAAA under every name of the search path and says of each what came of it; as
 * it had it before, which looks names up like any other program; and as BIND has it. Follows BusyBox' networking/nslookup.c, as it answered
 * when it was asked.
 */
import { ADDRESS, aliasesOf, networkOf, nobodyAnswers, reversed, srvOf } from './dns-commands';
import { isBusyBox } from './held-programs';
import { append, type Command, type CommandIo, fail, say } from './host';
import { optionsOf } from './network-options';
import type { CommandResult } from './results';

const TYPES = 'soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any';

/** One question, as it is put to the server; undefined when nobody answers. `end`: what names in answers end with. */
function answerTo(
  io: CommandIo,
  type: string,
  name: string,
  end = '',
): { readonly said: string; readonly status: number } | undefined {
  const network = networkOf(io);
  const answer = network.lookUp(name.replace(/\.$/, ''), true);
  if (answer.kind === 'silent') return undefined;
  const missing = { said: `** server can't find ${name}: NXDOMAIN\n`, status: 1 };
  if (type === 'PTR') {
    const found = network.nameOf(name);
    return found === undefined
      ? { ...missing, said: `** server can't find ${reversed(name)}: NXDOMAIN\n` }
      : { said: `${reversed(name)}\tname = ${found}${end}\n`, status: 0 };
  }
  const { values } = type === 'SRV' ? srvOf(network, name, true) : { values: [] };
  if (values.length > 0)
    return { said: values.map((value) => `${name}\tservice = ${value}${end}\n`).join(''), status: 0 };
  const aliases = aliasesOf(answer).map(([alias, target]) => `${alias}\tcanonical name = ${target}${end}\n`);
  if (answer.kind === 'nxdomain') return { ...missing, said: aliases.join('') + missing.said };
  const addresses = answer.kind === 'found' && /^A(NY)?$/.test(type) ? answer.addresses : [];
  const found = addresses.map(
    (address) => `Name:\t${answer.kind === 'found' ? answer.name : name}\nAddress: ${address}\n`,
  );
  return { said: [...aliases, ...found].join(''), status: 0 };
}

/** BusyBox since 1.29. */
function askAll(io: CommandIo, name: string, given: string | undefined, type: string | undefined): CommandResult {
  const { resolver, server } = networkOf(io);
  const isAddress = ADDRESS.test(name);
  const isSearched = given === undefined && !name.includes('.') && resolver.searches.length > 0;
  const names = isSearched ? resolver.searches.map((search) => `${name}.${search}`) : [name];
  const types = isAddress ? ['PTR'] : type ? [type] : ['A', 'AAAA'];
  const answers = types.flatMap((one) => names.map((full) => answerTo(io, one, full)));
  if (answers.includes(undefined)) return nobodyAnswers();
  append(io, `Server:\t\t${given ?? server}\nAddress:\t${given ?? server}:53\n\n`);
  for (const answer of answers) append(io, `${answer?.said}\n`);
  return answers.some((answer) => answer?.status) ? 1 : 0;
}

/** BusyBox before 1.29: every address with the name that it has. */
function askLibc(io: CommandIo, name: string, server: string): CommandResult {
  const network = networkOf(io);
  const named = (address: string, index: number): string =>
    `Address ${index + 1}: ${[address, network.nameOf(address)].filter(Boolean).join(' ')}`;
  const answer = network.lookUp(name);
  say(io, `Server:    ${server}\n${named(server, 0)}\n`);
  if (answer.kind !== 'found') return fail(io, `nslookup: can't resolve '${name}'`, 1);
  say(io, `Name:      ${name}\n${answer.addresses.map(named).join('\n')}`);
  return 0;
}

/** BIND's: the first name of the search path that there is. */
function askBind(io: CommandIo, name: string, server: string, type = 'A'): CommandResult {
  const network = networkOf(io);
  const answer = network.lookUp(name);
  if (answer.kind === 'silent') return nobodyAnswers();
  append(io, `Server:\t\t${server}\nAddress:\t${server}#53\n\n`);
  const { name: full, values } = type === 'SRV' ? srvOf(network, name, false) : { name, values: [] };
  const whole =
    values.length > 0 ? full : answer.kind === 'found' ? ([...answer.aliases, answer.name][0] ?? name) : name;
  const { said, status } = answerTo(io, ADDRESS.test(name) ? 'PTR' : type, whole, '.') ?? { said: '', status: 1 };
  append(io, said === '' ? `*** Can't find ${name}: No answer\n\n` : `${said}\n`);
  return status;
}

/** nslookup. */
export const nslookup: Command = (args, io) => {
  const { plain } = optionsOf(args, '');
  const [, type] = /^-(?:query)?(?:q|type|querytype)=(\w+)$/i.exec(args.find((one) => /=/.test(one)) ?? '') ?? [];
  const [name, given] = plain;
  // What has dig has BIND's nslookup, too.
  const isSmall = isBusyBox(io.host) && !io.host.tools.includes('dig');
  if (isSmall && type !== undefined && !TYPES.split(',').includes(type.toLowerCase())) {
    return fail(io, `nslookup: invalid query type "${type}"`, 1);
  }
  if (name === undefined)
    return isSmall ? fail(io, 'Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]', 1) : 0;
  const server = given ?? networkOf(io).server;
  if (io.host.asksLibc) return askLibc(io, name, server);
  return isSmall ? askAll(io, name, given, type?.toUpperCase()) : askBind(io, name, server, type?.toUpperCase());
};
