/** curl 8: options that people use, words and exit codes. Redirects are not followed; certificates are not looked at. */
import type { ProgramAnswer } from '../network-face';
import { type Command, type CommandIo, fail, writeFile } from './host';
import {
  after,
  CLIENTS_GIVE_UP_MS,
  headerOf,
  type Options,
  optionsOf,
  parseUrl,
  statusLine,
  type Url,
  withinMs,
} from './network-options';

const CONNECT_GIVES_UP_MS = 133_000;
const WITH_VALUE = 'oXHdmwuAebFTrx';
const LONG_WITH_VALUE = [
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

/** What is printed of an answer. */
function shown(
  io: CommandIo,
  options: Options,
  { status = 0, body = '', latencyMs }: ProgramAnswer,
): { output: string; problem?: Problem } {
  const isHead = has(options, 'I', 'head');
  const head =
    status > 0 && (isHead || has(options, 'i', 'include'))
      ? `${statusLine(status)}\r\nContent-Length: ${body.length}\r\n\r\n`
      : '';
  const text = `${head}${isHead ? '' : body}`;
  const file = either(options, 'o', 'output');
  const format = either(options, 'w', 'write-out') ?? '';
  const extra = format
    .replace(/%\{(?:http_code|response_code)\}/g, String(status).padStart(3, '0'))
    .replace(/%\{time_total\}/g, (latencyMs / 1000).toFixed(6))
    .replace(/%\{size_download\}/g, String(body.length))
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
  if (file === undefined || file === '-') return { output: `${text}${extra}` };
  const refused = writeFile(io, file, text, false);
  if (refused === undefined) return { output: extra };
  return { output: extra, problem: [23, `Failure writing output to destination`] };
}

function verbose({ host, port, path }: Url, address: string, method: string, { status }: ProgramAnswer): string {
  const connected = `*   Trying ${address}:${port}...\n`;
  if (status === undefined) return connected;
  const sent = `> ${method} ${path} HTTP/1.1\n> Host: ${host}${port === 80 ? '' : `:${port}`}\n> Accept: */*\n> \n`;
  return `${connected}* Connected to ${host} (${address}) port ${port}\n${sent}< ${statusLine(status)}\n< \n`;
}

/** The utility. */
export const curl: Command = (args, io) => {
  const options = optionsOf(args, WITH_VALUE, LONG_WITH_VALUE);
  const [text] = options.plain;
  if (text === undefined)
    return fail(io, "curl: (2) no URL specified\ncurl: try 'curl --help' for more information", 2);
  const url = parseUrl(text);
  const { network } = io.host;
  if (!url || !network) return fail(io, `curl: (1) Protocol "${text.split(':')[0]}" not supported`, 1);
  const isSilent = has(options, 's', 'silent') && !has(options, 'S', 'show-error');
  const ends = (ms: number, [code, message]: Problem, output = '', before = '') =>
    after(ms, { output, errors: `${before}${isSilent ? '' : `curl: (${code}) ${message}\n`}`, status: code });
  const limit = either(options, 'm', 'max-time') ?? either(options, 'connect-timeout');
  const found = network.lookUp(url.host);
  if (found.kind === 'silent') {
    if (limit === undefined) return ends(CLIENTS_GIVE_UP_MS, [6, `Could not resolve host: ${url.host}`]);
    const waitMs = withinMs(limit, CLIENTS_GIVE_UP_MS);
    return ends(waitMs, [28, `Resolving timed out after ${waitMs} milliseconds`]);
  }
  if (found.kind !== 'found') return ends(1, [6, `Could not resolve host: ${url.host}`]);
  const [address = ''] = found.addresses;
  const data = either(options, 'd', 'data', 'data-raw', 'data-binary');
  const method =
    either(options, 'X', 'request') ?? (has(options, 'I', 'head') ? 'HEAD' : data === undefined ? 'GET' : 'POST');
  const headers = { host: url.host, 'user-agent': 'curl/8.14.1', ...headersOf(options) };
  const { scheme, port, path } = url;
  const timeoutMs = withinMs(limit, CONNECT_GIVES_UP_MS);
  const answer = network.send({
    scheme,
    address,
    port,
    method,
    path,
    headers,
    timeoutMs,
    ...(data === undefined ? {} : { text: data }),
  });
  const told = has(options, 'v', 'verbose') ? verbose(url, address, method, answer) : '';
  const problem = problemOf(answer, url, limit !== undefined, has(options, 'f', 'fail'));
  const { output, problem: unwritten } = shown(io, options, problem ? { ...answer, body: '' } : answer);
  if (problem) return ends(answer.latencyMs, problem, answer.status === undefined ? output : '', told);
  if (unwritten) return ends(answer.latencyMs, unwritten, output, told);
  return after(answer.latencyMs, { output, errors: told });
};
