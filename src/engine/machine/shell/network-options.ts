/** What the network's utilities share: their options, the parts of a URL, and how they take time. */
import { parseTimestamp } from '../../api/timestamp';
import { momentFormatter } from '../moment-text';
import type { ProgramAnswer, ShellNetwork } from '../network-face';
import { statusLine } from '../reason-phrases';
import type { Afterwards, CommandResult } from './results';

/** A machine without a network. */
export const NO_NETWORK: ShellNetwork = {
  address: '127.0.0.1',
  gateway: '',
  server: '',
  resolver: { servers: [], searches: [], ndots: 1, options: [] },
  listening: () => [],
  services: () => undefined,
  lookUp: () => ({ kind: 'nxdomain', aliases: [] }),
  nameOf: () => undefined,
  send: () => ({ failure: 'unreachable', latencyMs: 0 }),
  echoes: () => false,
};

/** How long wget, curl and PHP wait for name servers that do not answer. */
export const CLIENTS_GIVE_UP_MS = 10_000;
/** How long other utilities wait for name servers that do not answer. */
export const RESOLVER_GIVES_UP_MS = 15_000;

/** A command line taken apart. */
export interface Options {
  readonly plain: readonly string[];
  /** Values of options that take one; the last counts. */
  readonly values: ReadonlyMap<string, string>;
  /** All values of options that may be given more than once. */
  readonly all: readonly (readonly [option: string, value: string])[];
  /** The letters of all short options. */
  readonly letters: string;
  readonly long: ReadonlySet<string>;
}

/** Takes apart arguments; `withValue` are the letters, `longWithValue` the words of options that take a value. */
export function optionsOf(args: readonly string[], withValue: string, longWithValue: readonly string[] = []): Options {
  const plain: string[] = [];
  const all: [string, string][] = [];
  const long = new Set<string>();
  let letters = '';
  for (let index = 0; index < args.length; index++) {
    const word = args[index] as string;
    if (word.startsWith('--')) {
      const [name = '', value] = word.slice(2).split(/=(.*)/s);
      long.add(name);
      if (value !== undefined) all.push([name, value]);
      else if (longWithValue.includes(name)) all.push([name, args[++index] ?? '']);
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const letter = word[at] as string;
        letters += letter;
        if (!withValue.includes(letter)) continue;
        all.push([letter, word.slice(at + 1) || (args[++index] ?? '')]);
        break;
      }
    } else plain.push(word);
  }
  return { plain, values: new Map(all), all, letters, long };
}

/** Seconds as ms; what is none is the other. */
export function withinMs(seconds: string | undefined, otherwiseMs: number): number {
  const value = Number(seconds);
  return seconds !== undefined && seconds !== '' && Number.isFinite(value) && value >= 0
    ? Math.max(1, Math.round(value * 1000))
    : otherwiseMs;
}

/** Goes on after a time, or says at once what came of it. */
export function after(ms: number, then: Afterwards): CommandResult {
  return { sleepMs: Math.max(1, ms), then };
}

/** A header as it is given, `Name: value`, by its name in small letters. */
export function headerOf(text: string): [name: string, value: string] {
  const [name = '', value = ''] = text.split(/:\s*(.*)/s);
  return [name.toLowerCase(), value];
}

/** A URL taken apart. */
export interface Url {
  readonly scheme: 'http' | 'https' | 'tcp';
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** Reads a URL, with or without its scheme; undefined when it is none. */
export function parseUrl(text: string): Url | undefined {
  const match = /^(?:(\w+):\/\/)?(?:[^@/]*@)?([^/:?#]+)(?::(\d+))?([/?][^#]*)?/.exec(text);
  if (!match) return undefined;
  const scheme = (match[1] ?? 'http').toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') return undefined;
  const path = match[4] ?? '/';
  return {
    scheme,
    host: match[2] as string,
    port: Number(match[3] ?? (scheme === 'https' ? 443 : 80)),
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

/** The host of a URL as headers have it: with its port, unless that is the usual one. */
export const authorityOf = ({ scheme, host, port }: Url): string =>
  port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${port}`;

/** Where an answer sends whoever asked for a URL; undefined when it does not. */
export function redirectedTo(url: Url, { status = 0, location }: ProgramAnswer): Url | undefined {
  if (location === undefined || status < 300 || status > 399) return undefined;
  return location.startsWith('/') ? { ...url, path: location } : parseUrl(location);
}

/** How often clients let themselves be sent on. */
export const MOST_REDIRECTS = 20;

/** The head of an answer, line by line: what a server tells of itself, and when that was. */
export function headLines(answer: ProgramAnswer, now: string): string[] {
  const { status = 200, body = '', location, server, range, headers = {} } = answer;
  const date = momentFormatter(parseTimestamp(now) / 1000)('%a, %d %b %Y %T GMT');
  const others = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const lines = [
    statusLine(status, server),
    ...(server === undefined ? [] : [`Server: ${server}`, `Date: ${date}`, 'Content-Type: text/html']),
    `Content-Length: ${body.length}`,
    ...(location === undefined ? [] : [`Location: ${location}`]),
    ...(server?.startsWith('nginx') ? ['Connection: keep-alive'] : []),
    ...(range === undefined ? [] : [`Content-Range: ${range}`]),
  ].filter((line) => !others.has(headerOf(line)[0]));
  const added = Object.entries(headers).flatMap(([name, value]) => (value === '' ? [] : `${name}: ${value}`));
  return [...lines, ...added];
}
