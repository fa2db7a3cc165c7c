/** curl 8: options that people use, words and exit codes. Certificates are not looked at. */
import type { ProgramAnswer } from '../network-face';
import { type Command, type CommandIo, fail, writeFile } from './host';
import {
  after,
  authorityOf,
  CLIENTS_GIVE_UP_MS,
  headerOf,
  headLines,
  MOST_REDIRECTS,
  NO_NETWORK,
  type Options,
  optionsOf,
  parseUrl,
  redirectedTo,
  type Url,
  withinMs,
} from './network-options';
import type { CommandResult } from './results';

const AGENT = 'curl/8.14.1';
const FORM = 'application/x-www-form-urlencoded';
const CONNECT_GIVES_UP_MS = 133_000;
const WITH_VALUE = 'oXHdmwuAebFTrx';
const LONG_WITH_VALUE = [
  'cert',
  'key',
  'user',
  'url',
  'form',
  'cookie',
  'referer',
  'max-redirs',
  'retry-max-time',
  'unix-socket',
  'interface',
  'ciphers',
  'output',
  'request',
  'header',
  'data',
  'max-time',
  'connect-timeout',
  'write-out',
  'user-agent',
  'retry',
  'retry-delay',
  'resolve',
  'range',
  'cacert',
  'data-raw',
  'data-binary',
];

/** An exit code with curl's words. */
type Problem = readonly [code: number, message: string];

/** Why a request failed. */
function problemOf(
  { failure, status = 0, latencyMs }: ProgramAnswer,
  { host, port }: Url,
  limited: boolean,
  fails: boolean,
): Problem | undefined {
  switch (failure) {
    case undefined:
      return undefined;
    case 'timeout':
      if (limited) return [28, `Connection timed out after ${latencyMs} milliseconds`];
      return [28, `Failed to connect to ${host} port ${port} after ${latencyMs} ms: Could not connect to server`];
    case 'refused':
    case 'no-endpoints':
    case 'unreachable':
      return [7, `Failed to connect to ${host} port ${port} after ${latencyMs} ms: Could not connect to server`];
    case 'reset':
      return [56, 'Recv failure: Connection reset by peer'];
    default:
      return fails ? [22, `The requested URL returned error: ${status}`] : undefined;
  }
}

const either = ({ values }: Options, ...names: readonly string[]): string | undefined =>
  names.map((name) => values.get(name)).find((value) => value !== undefined);

const has = ({ letters, long }: Options, letter: string, word: string): boolean =>
  letters.includes(letter) || long.has(word);

function headersOf({ all }: Options): Record<string, string> {
  const given = all.filter(([option]) => option === 'H' || option === 'header');
  return Object.fromEntries(given.map(([, text]) => headerOf(text)));
}

/** The head of an answer, where that is asked for. */
function headOf(io: CommandIo, options: Options, answer: ProgramAnswer): string {
  if (!answer.status || !(has(options, 'I', 'head') || has(options, 'i', 'include'))) return '';
  return `${headLines(answer, io.host.now).join('\r\n')}\r\n\r\n`;
}

/** What is printed of an answer. */
function shown(
  io: CommandIo,
  options: Options,
  answer: ProgramAnswer,
  told: Readonly<Record<string, string>>,
  isFailed = false,
): { output: string; problem?: Problem } {
  const { status = 0, body: whole = '', latencyMs } = answer;
  const body = isFailed ? '' : whole;
  const head = isFailed ? '' : headOf(io, options, answer);
  const isHead = has(options, 'I', 'head');
  const text = `${head}${isHead ? '' : body}`;
  const file = either(options, 'o', 'output');
  const format = either(options, 'w', 'write-out') ?? '';
  const extra = format
    .replace(/%\{(?:http_code|response_code)\}/g, String(status).padStart(3, '0'))
    .replace(/%\{time_total\}/g, (latencyMs / 1000).toFixed(6))
    .replace(/%\{size_download\}/g, String(body.length))
    .replace(/%\{time_(?:connect|starttransfer|namelookup)\}/g, (latencyMs / 1000).toFixed(6))
    .replace(/%\{(remote_ip|redirect_url)\}/g, (_, name: string) => told[name] ?? '')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
  if (isFailed || file === undefined || file === '-') return { output: `${text}${extra}` };
  const refused = writeFile(io, file, text, false);
  if (refused === undefined) return { output: extra };
  return { output: extra, problem: [23, `Failure writing output to destination`] };
}

/** What -v tells. */
function verbose(url: Url, address: string, method: string, answer: ProgramAnswer, now: string): string {
  const { host, port, path } = url;
  const connected = `*   Trying ${address}:${port}...\n`;
  if (answer.status === undefined)
    return answer.failure === undefined ? `${connected}* Connected to ${host} (${address}) port ${port}\n` : connected;
  const sent = `> ${method} ${path} HTTP/1.1\n> Host: ${authorityOf(url)}\n> User-Agent: ${AGENT}\n> Accept: */*\n> \n`;
  const head = headLines(answer, now).map((line) => `< ${line}\n`);
  return `${connected}* Connected to ${host} (${address}) port ${port}\n${sent}${head.join('')}< \n`;
}

/** The utility. */
export const curl: Command = (args, io) => {
  const options = optionsOf(args, WITH_VALUE, LONG_WITH_VALUE);
  const [text] = options.plain;
  if (text === undefined)
    return fail(io, "curl: (2) no URL specified\ncurl: try 'curl --help' for more information", 2);
  const [, host, port] = /^telnet:\/\/([^/:?#]+)(?::(\d+))?/.exec(text) ?? [];
  const url = host ? ({ scheme: 'tcp', host, port: Number(port ?? 23), path: '' } as const) : parseUrl(text);
  if (!url || !io.host.network) return fail(io, `curl: (1) Protocol "${text.split(':')[0]}" not supported`, 1);
  return fetchUrl(io, options, url, { hop: 0, spentMs: 0, output: '', told: '' });
};

/** What has come of the URLs before. */
interface SoFar {
  readonly hop: number;
  readonly spentMs: number;
  readonly output: string;
  readonly told: string;
}

/** The address that `--resolve HOST:PORT:ADDRESS` has for a URL. */
function givenFor({ host, port }: Url, { all }: Options): string | undefined {
  const known = `${host}:${port}:`;
  return all.find(([name, value]) => name === 'resolve' && value.startsWith(known))?.[1].slice(known.length);
}

function fetchUrl(
  io: CommandIo,
  options: Options,
  url: Url,
  { hop, spentMs, output: printed, told }: SoFar,
): CommandResult {
  const { network = NO_NETWORK } = io.host;
  const isSilent = has(options, 's', 'silent') && !has(options, 'S', 'show-error');
  const ends = (ms: number, [code, message]: Problem, output?: string, before = '') => {
    const said = output ?? shown(io, options, { latencyMs: ms }, {}, true).output;
    const errors = `${told}${before}${isSilent ? '' : `curl: (${code}) ${message}\n`}`;
    return after(spentMs + ms, { output: `${printed}${said}`, errors, status: code });
  };
  const limit = either(options, 'm', 'max-time') ?? either(options, 'connect-timeout');
  const found = network.lookUp(givenFor(url, options) ?? url.host);
  if (found.kind === 'silent') {
    if (limit === undefined) return ends(CLIENTS_GIVE_UP_MS, [6, `Could not resolve host: ${url.host}`]);
    const waitMs = withinMs(limit, CLIENTS_GIVE_UP_MS);
    return ends(waitMs, [28, `Resolving timed out after ${waitMs} milliseconds`]);
  }
  if (found.kind !== 'found') return ends(1, [6, `Could not resolve host: ${url.host}`]);
  const [address = ''] = found.addresses;
  const data = either(options, 'd', 'data', 'data-raw', 'data-binary');
  const asked =
    either(options, 'X', 'request') ?? (has(options, 'I', 'head') ? 'HEAD' : data === undefined ? 'GET' : 'POST');
  const method = hop > 0 && asked === 'POST' ? 'GET' : asked;
  const range = either(options, 'r', 'range');
  const sent: { text?: string } = data === undefined || hop > 0 ? {} : { text: data };
  const headers = {
    host: authorityOf(url),
    'user-agent': either(options, 'A', 'user-agent') ?? AGENT,
    accept: '*/*',
    ...(range === undefined ? undefined : { range: `bytes=${range}` }),
    ...(sent.text === undefined ? {} : { 'content-length': `${sent.text.length}`, 'content-type': FORM }),
    ...headersOf(options),
  };
  const { scheme, port, path } = url;
  const timeoutMs = withinMs(limit, CONNECT_GIVES_UP_MS);
  const answer = network.send({ scheme, address, port, method, path, headers, timeoutMs, ...sent });
  const said = has(options, 'v', 'verbose') ? verbose(url, address, method, answer, io.host.now) : '';
  // A connection of its own is held until the time is up.
  if (scheme === 'tcp' && answer.failure === undefined) {
    const most = either(options, 'm', 'max-time');
    if (most !== undefined) return ends(withinMs(most, 1), [28, 'Time-out'], answer.body ?? '', said);
    io.errors += said;
    return 'forever';
  }
  const further = redirectedTo(url, answer);
  const next = has(options, 'L', 'location') ? further : undefined;
  if (next && hop < MOST_REDIRECTS) {
    const output = `${printed}${headOf(io, options, answer)}`;
    const soFar = { hop: hop + 1, spentMs: spentMs + answer.latencyMs, output, told: `${told}${said}` };
    return fetchUrl(io, options, next, soFar);
  }
  const problem: Problem | undefined = next
    ? [47, `Maximum (${MOST_REDIRECTS}) redirects followed`]
    : problemOf(answer, url, limit !== undefined, has(options, 'f', 'fail'));
  const { output, problem: unwritten } = shown(
    io,
    options,
    answer,
    { remote_ip: address, redirect_url: further ? `${further.scheme}://${authorityOf(further)}${further.path}` : '' },
    problem !== undefined,
  );
  if (problem) return ends(answer.latencyMs, problem, output, said);
  if (unwritten) return ends(answer.latencyMs, unwritten, output, said);
  return after(spentMs + answer.latencyMs, { output: `${printed}${output}`, errors: `${told}${said}` });
}
