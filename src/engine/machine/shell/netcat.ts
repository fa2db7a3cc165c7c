/** nc, ncat and telnet as BusyBox has them, nc elsewhere in OpenBSD's words: connecting, asking whether a port is open (-z), listening (-l), over TCP or UDP (-u). */
import type { ProgramAnswer, ProgramRequest, ShellNetwork } from '../network-face';
import { isBusyBox } from './held-programs';
import { type Command, type CommandIo, fail } from './host';
import { NeedsInput } from './io';
import { after, headerOf, headLines, optionsOf, RESOLVER_GIVES_UP_MS, withinMs } from './network-options';

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

/** What a server answers to a text: one of the web to the request that it is, or that it is none. */
function answerTo(io: CommandIo, asked: ProgramRequest): ProgramAnswer {
  const { text = '' } = asked;
  const network = io.host.network as ShellNetwork;
  const [head = '', ...lines] = text.split(/\r?\n/);
  const [, method = '', path = '', version] = /^([A-Z]+) (\S+) HTTP\/1\.([01])$/.exec(head) ?? [];
  let answer = network.send(asked);
  if (method !== '' && lines.includes('') && answer.failure === undefined && answer.body === undefined) {
    const headers = Object.fromEntries(lines.slice(0, lines.indexOf('')).map(headerOf));
    const { text: _text, ...request } = asked;
    const { failure, ...given } = network.send({ ...request, scheme: 'http', method, path, headers });
    answer = given.status === undefined ? { latencyMs: given.latencyMs } : given;
  }
  if (answer.status === undefined) return answer;
  const lasts = version === '1' && !/^connection: *close\r?$/im.test(text);
  const said = headLines(answer, io.host.now).map((one) => (lasts ? one : one.replace('keep-alive', 'close')));
  return { ...answer, body: `${said.join('\r\n')}\r\n\r\n${method === 'HEAD' ? '' : (answer.body ?? '')}` };
}

const SERVICES: Readonly<Record<number, string>> = {
  22: 'ssh',
  53: 'domain',
  80: 'http',
  443: 'https',
  3306: 'mysql',
  5432: 'postgresql',
  6379: 'redis',
  8080: 'http-alt',
};

/** What OpenBSD's nc tells with -v of a connection. */
function toldByOpenBsd(target: string, address: string, port: number, scheme: string, why?: string): string {
  const whole = `${target}${target === address ? '' : ` (${address})`}`;
  if (why === undefined) return `Connection to ${whole} ${port} port [${scheme}/${SERVICES[port] ?? '*'}] succeeded!\n`;
  return `nc: connect to ${whole} port ${port} (${scheme}) ${why}\n`;
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
    if (io.isBound(port, isUdp)) return fail(io, `${name}: bind: Address already in use`);
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
  const answer = answerTo(io, { scheme, address, port, method: '', path: '', headers: {}, timeoutMs, text });
  const isOpenBsd = name === 'nc' && !isBusyBox(io.host);
  const isTold = letters.includes('v');
  const told = isOpenBsd ? toldByOpenBsd(target, address, port, scheme) : `${target} (${address}:${port}) open\n`;
  const open = isTold ? told : '';
  // Nobody says that a datagram was lost: whoever waits for an answer gives up in the end.
  if (isUdp) return after(answer.body ? 1 : withinMs(values.get('w'), 1), { errors: open, output: answer.body ?? '' });
  if (answer.failure !== undefined) {
    const isLate = values.has('w') && answer.failure === 'timeout';
    if (isOpenBsd) {
      const why = isLate ? 'timed out: Operation now in progress' : `failed: ${connectError(answer)}`;
      return after(answer.latencyMs, {
        errors: isTold ? toldByOpenBsd(target, address, port, scheme, why) : '',
        status: 1,
      });
    }
    const words = isLate
      ? `${name}: timed out`
      : `${name}: can't connect to remote host (${address}): ${connectError(answer)}`;
    const isQuiet = name === 'nc' && isAsking && !letters.includes('v');
    return after(answer.latencyMs, { errors: isQuiet ? '' : `${words}\n`, status: 1 });
  }
  const begin = name === 'telnet' ? `Connected to ${target}\n` : open;
  return after(answer.latencyMs, { errors: begin, output: answer.body ?? '' });
};
