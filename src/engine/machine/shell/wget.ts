/** wget as BusyBox 1.36 has it: options, progress, words and exit codes. */
import type { ProgramAnswer } from '../network-face';
import { statusLine } from '../reason-phrases';
import { usageOf } from './held-programs';
import { type Command, type CommandIo, fail, readFile, writeFile } from './host';
import {
  after,
  authorityOf,
  CLIENTS_GIVE_UP_MS,
  headerOf,
  headLines,
  MOST_REDIRECTS,
  type Options,
  optionsOf,
  parseUrl,
  redirectedTo,
  type Url,
  withinMs,
} from './network-options';
import { lastOf } from './paths';

const READ_GIVES_UP_MS = 900_000;
const CONNECT_GIVES_UP_MS = 127_000;
const WITH_VALUE = 'OoPYTUt';
const LONG_WITH_VALUE = ['header', 'post-data', 'post-file'];
/** Long options that only are other names of short ones. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['continue', 'c'],
  ['directory-prefix', 'P'],
  ['output-document', 'O'],
  ['output-file', 'o'],
  ['proxy', 'Y'],
  ['quiet', 'q'],
  ['server-response', 'S'],
  ['timeout', 'T'],
  ['tries', 't'],
  ['user-agent', 'U'],
]);

/** The short option that a long one stands for; it may be cut short, as getopt_long has it. */
function shortened(word: string): string {
  const [, name, value = ''] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (name === undefined) return word;
  const known = [...LETTERS.keys(), ...LONG_WITH_VALUE].filter((one) => one.startsWith(name));
  const letter = LETTERS.get(known.length === 1 ? (known[0] as string) : name);
  return letter ? `-${letter}${value}` : word;
}

/** Why a request failed, in wget's words. */
function problem({ failure, status = 0 }: ProgramAnswer, address: string, hasTimeout: boolean): string {
  const remote = `can't connect to remote host (${address})`;
  switch (failure) {
    case 'timeout':
      return hasTimeout ? 'download timed out' : `${remote}: Connection timed out`;
    case 'refused':
    case 'no-endpoints':
      return `${remote}: Connection refused`;
    case 'unreachable':
      return `${remote}: No route to host`;
    case 'reset':
      return 'error getting response: Connection reset by peer';
    default:
      return `server returned error: ${statusLine(status)}`;
  }
}

function nameOfFile({ path }: Url): string {
  return lastOf(path.split('?')[0] as string) || 'index.html';
}

/** Where the body goes, and what is said about it. */
function keep(
  io: CommandIo,
  target: string,
  body: string,
  isQuiet: boolean,
): { output?: string; errors: string; status: number } {
  if (target === '-')
    return {
      output: body,
      errors: isQuiet ? '' : `writing to stdout\n-${progress(body)}written to stdout\n`,
      status: 0,
    };
  const refused = writeFile(io, target, body, false);
  if (refused !== undefined) return { errors: `wget: can't open '${target}': ${refused}\n`, status: 1 };
  return { errors: isQuiet ? '' : `saving to '${target}'\n${target}${progress(body)}'${target}' saved\n`, status: 0 };
}

function progress(body: string): string {
  return `${' '.repeat(20)}100% |********************************|${String(body.length).padStart(6)}  0:00:00 ETA\n`;
}

/** What is said of a URL whose host nobody knows. */
const badAddress = ({ host, port }: Url, isPortSaid: boolean): string =>
  `wget: bad address '${host}${port === 80 || !isPortSaid ? '' : `:${port}`}'\n`;

/** The utility. */
export const wget: Command = (args, io) => {
  const options = optionsOf(args.map(shortened), WITH_VALUE, LONG_WITH_VALUE);
  const { plain, values, all, letters } = options;
  const first = parseUrl(plain[0] ?? '');
  const { network } = io.host;
  if (plain[0] === undefined) return fail(io, usageOf('wget [OPTIONS] URL...'));
  if (!first || !network) return fail(io, `wget: not an http or ftp url: ${plain[0]}`);
  const isPortSaid = /:\d/.test(plain[0]);
  const timeout = values.get('T');
  const isQuiet = letters.includes('q');
  const data = values.get('post-data');
  const given = Object.fromEntries(all.flatMap(([option, value]) => (option === 'header' ? [headerOf(value)] : [])));
  const timeoutMs = withinMs(timeout, READ_GIVES_UP_MS);
  let told = '';
  let spentMs = 0;
  let url = first;
  for (let hop = 0; ; hop++) {
    const found = network.lookUp(url.host);
    const bad = `${told}${badAddress(url, isPortSaid)}`;
    if (found.kind === 'silent')
      return after(spentMs + withinMs(timeout, CLIENTS_GIVE_UP_MS), { errors: bad, status: 1 });
    if (found.kind !== 'found') return after(spentMs + 1, { errors: bad, status: 1 });
    const [address = ''] = found.addresses;
    const answer = network.send({
      scheme: url.scheme,
      address,
      port: url.port,
      method: data === undefined || hop > 0 ? 'GET' : 'POST',
      path: url.path,
      headers: { host: authorityOf(url), 'user-agent': values.get('U') ?? 'Wget', connection: 'close', ...given },
      ...(data === undefined || hop > 0 ? {} : { text: data }),
      timeoutMs: timeout === undefined ? Math.min(timeoutMs, CONNECT_GIVES_UP_MS) : timeoutMs,
    });
    spentMs += answer.latencyMs;
    if (!isQuiet) told += `Connecting to ${url.host} (${address}:${url.port})\n`;
    if (answer.failure !== undefined) {
      const errors = `${told}wget: ${problem(answer, address, timeout !== undefined)}\n`;
      return after(spentMs, { errors, status: 1 });
    }
    if (letters.includes('S'))
      told += headLines(answer, io.host.now)
        .map((line) => `  ${line}\n`)
        .join('');
    const next = redirectedTo(url, answer);
    if (!next) return received(io, options, url, { spentMs, told, isQuiet, body: answer.body ?? '' });
    if (hop >= MOST_REDIRECTS) return after(spentMs, { errors: `${told}wget: too many redirections\n`, status: 1 });
    url = next;
  }
};

interface Received {
  readonly spentMs: number;
  readonly told: string;
  readonly isQuiet: boolean;
  readonly body: string;
}

/** The answer is there. */
function received(io: CommandIo, { values, long }: Options, url: Url, { spentMs, told, isQuiet, body }: Received) {
  if (long.has('spider')) return after(spentMs, { errors: `${told}${isQuiet ? '' : 'remote file exists\n'}` });
  const target = values.get('O') ?? nameOfFile(url);
  // Nothing is written over that was there, unless it is named.
  const isTaken = !values.has('O') && readFile(io, target) !== undefined;
  if (isTaken) return after(spentMs, { errors: `${told}wget: can't open '${target}': File exists\n`, status: 1 });
  const kept = keep(io, target, body, isQuiet);
  return after(spentMs, { ...kept, errors: `${told}${kept.errors}` });
}
