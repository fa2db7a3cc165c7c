/** nc, ncat and telnet as BusyBox has them: connecting, asking whether a port is open (-z), listening (-l), over TCP or UDP (-u). */
import type { ProgramAnswer } from '../network-face';
import { type Command, type CommandIo, fail } from './host';
import { NeedsInput } from './io';
import { after, optionsOf, RESOLVER_GIVES_UP_MS, withinMs } from './network-options';

const CONNECT_GIVES_UP_MS = 127_000;
const WITH_VALUE = 'wpsiqe';
/** ncat's, and those that others have too. */
const NCAT_WITH_VALUE = `${WITH_VALUE}cm`;
const LONG: Readonly<Record<string, string>> = {
  listen: '-l',
  'keep-open': '-k',
  'sh-exec': '-c',
  exec: '-e',
  'max-conns': '-m',
  wait: '-w',
  'source-port': '-p',
  udp: '-u',
  verbose: '-v',
};

/** Arguments with short options in place of long ones. */
function shortened(args: readonly string[]): string[] {
  return args.flatMap((word) => {
    const [, name, value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) return word;
    const short = LONG[name] ?? [];
    return value === undefined ? short : [short, value].flat();
  });
}

/** Words of the kernel for a connection that was not made. */
function connectError({ failure }: ProgramAnswer): string {
  if (failure === 'timeout') return 'Connection timed out';
  return failure === 'unreachable' ? 'No route to host' : 'Connection refused';
}

/** What is on standard input, when all of it has come. */
function inputOf(io: CommandIo): string {
  try {
    return io.input;
  } catch (error) {
    if (!(error instanceof NeedsInput)) throw error;
    return '';
  }
}

/** What `-e PROGRAM` prints: it is run once, before anybody connects. */
function printedBy(io: CommandIo, words: readonly string[]): string {
  const inner: CommandIo = { ...io, output: '', errors: '' };
  const before = io.output.length;
  inner.call(words, '');
  const text = io.output.slice(before);
  io.output = io.output.slice(0, before);
  return text;
}

/** See the header. */
export const netcat: Command = (said, io, name) => {
  const args = name === 'ncat' ? shortened(said) : said;
  const program = args.indexOf('-e');
  const { plain, values, letters } = optionsOf(
    program < 0 ? args : args.slice(0, program),
    name === 'ncat' ? NCAT_WITH_VALUE : WITH_VALUE,
  );
  const isUdp = letters.includes('u');
  if (letters.includes('l')) {
    const port = Number(values.get('p') ?? plain.at(-1));
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      return fail(io, `${name}: bad local port '${values.get('p') ?? plain.at(-1) ?? ''}'`);
    if (io.host.network?.listening().some((one) => one.port === port && (one.protocol === 'udp') === isUdp))
      return fail(io, `${name}: bind: Address already in use`);
    if (letters.includes('v')) io.errors += `listening on [::]:${port} ...\n`;
    const reply = program < 0 ? inputOf(io) : printedBy(io, args.slice(program + 1));
    return { listen: { port, isUdp, isKept: letters.includes('k') || /ll/.test(letters), reply } };
  }
  const [target = '', portText = name === 'telnet' ? '23' : ''] = plain;
  const { network } = io.host;
  const found = network?.lookUp(target);
  if (!network || found?.kind === 'silent')
    return after(RESOLVER_GIVES_UP_MS, { errors: `${name}: bad address '${target}'\n`, status: 1 });
  if (found?.kind !== 'found') return fail(io, `${name}: bad address '${target}'`);
  const [address = ''] = found.addresses;
  const port = Number(portText.split('-')[0]);
  if (!Number.isInteger(port) || port < 1) return fail(io, `${name}: bad port '${portText}'`);
  const isAsking = letters.includes('z');
  const text = isAsking ? '' : io.input;
  const timeoutMs = withinMs(values.get('w'), CONNECT_GIVES_UP_MS);
  const scheme = isUdp ? 'udp' : 'tcp';
  const answer = network.send({ scheme, address, port, method: '', path: '', headers: {}, timeoutMs, text });
  const open = letters.includes('v') ? `${target} (${address}:${port}) open\n` : '';
  // Nobody says that a datagram was lost: whoever waits for an answer gives up in the end.
  if (isUdp) return after(answer.body ? 1 : withinMs(values.get('w'), 1), { errors: open, output: answer.body ?? '' });
  if (answer.failure !== undefined) {
    const words =
      values.has('w') && answer.failure === 'timeout'
        ? `${name}: timed out`
        : `${name}: can't connect to remote host (${address}): ${connectError(answer)}`;
    const isQuiet = name === 'nc' && isAsking && !letters.includes('v');
    return after(answer.latencyMs, { errors: isQuiet ? '' : `${words}\n`, status: 1 });
  }
  const told = name === 'telnet' ? `Connected to ${target}\n` : open;
  return after(answer.latencyMs, { errors: told, output: answer.body ?? '' });
};
