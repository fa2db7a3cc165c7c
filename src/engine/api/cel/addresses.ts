/**
 * Addresses, blocks of addresses and URLs in CEL. Follows apiserver/pkg/cel/library/{ip,cidr,urls}.go; what is wrong with an address is said
 * in fewer words than Go's net/netip has.
 */
import { utf8Text } from '../base64';
import { formatIp, ipBits, isIpv4Mapped, type ParsedIp, parseIp } from '../validation/ip-addresses';
import type { CelFunction } from './functions';
import { CelError, CelObject, isText } from './values';

const quote = (text: string): string => JSON.stringify(text);

function addressOf(text: string): ParsedIp {
  const ip = parseIp(text);
  if (!ip || ip.hasLeadingZeros) {
    const why =
      text === '' ? 'unable to parse IP' : ip ? 'IPv4 field has octet with leading zero' : 'unable to parse IP';
    throw new CelError(
      `IP Address ${quote(text)} parse error during conversion from string: ParseAddr(${quote(text)}): ${why}`,
    );
  }
  if (isIpv4Mapped(ip)) throw new CelError(`IPv4-mapped IPv6 address ${quote(text)} is not allowed`);
  return ip;
}

/** A block: the bits of its address, and how many of them count. */
interface Block {
  readonly ip: ParsedIp;
  readonly length: number;
}

function blockOf(text: string): Block {
  const [, address = '', digits = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const ip = parseIp(address);
  const length = Number(digits);
  if (!ip || ip.hasLeadingZeros || digits === '' || length > ipBits(ip).length) {
    const why = text.includes('/') ? 'prefix length out of range or address unreadable' : `no '/'`;
    throw new CelError(
      `network address parse error during conversion from string: netip.ParsePrefix(${quote(text)}): ${why}`,
    );
  }
  if (isIpv4Mapped(ip)) throw new CelError(`IPv4-mapped IPv6 address ${quote(text)} is not allowed`);
  return { ip, length };
}

const IP = 'net.IP';
const CIDR = 'net.CIDR';
const URL = 'kubernetes.URL';

const ipValue = (ip: ParsedIp): CelObject => new CelObject(IP, formatIp(ip), ip);
const blockValue = ({ ip, length }: Block): CelObject =>
  new CelObject(CIDR, `${formatIp(ip)}/${length}`, { ip, length });

/** Whether reading a text is possible. */
const canRead =
  (read: (text: string) => unknown): CelFunction =>
  ([text]) => {
    if (!isText(text)) return undefined;
    try {
      read(text);
      return true;
    } catch (error) {
      if (error instanceof CelError) return false;
      throw error;
    }
  };

const ofType = (value: unknown, type: string): value is CelObject => value instanceof CelObject && value.type === type;

const ofIp =
  (ask: (ip: ParsedIp) => unknown): CelFunction =>
  ([value]) =>
    ofType(value, IP) ? ask(value.parts as ParsedIp) : undefined;

const ofBlock =
  (ask: (block: Block, other: unknown) => unknown): CelFunction =>
  ([value, other]) =>
    ofType(value, CIDR) ? ask(value.parts as Block, other) : undefined;

const startsWith = (ip: ParsedIp, prefix: string): boolean => ipBits(ip).startsWith(prefix);
const bits = (text: string): string => ipBits(addressOf(text));
const isUnspecified = (ip: ParsedIp): boolean => ip.parts.every((part) => part === 0);
const isLoopback = (ip: ParsedIp): boolean => (ip.family === 'IPv4' ? ip.parts[0] === 127 : ipBits(ip) === bits('::1'));
const isMulticast = (ip: ParsedIp): boolean => startsWith(ip, ip.family === 'IPv4' ? '1110' : '11111111');
const isLinkLocalUnicast = (ip: ParsedIp): boolean =>
  startsWith(ip, ip.family === 'IPv4' ? bits('169.254.0.0').slice(0, 16) : '1111111010');
const isLinkLocalMulticast = (ip: ParsedIp): boolean =>
  ip.family === 'IPv4'
    ? startsWith(ip, bits('224.0.0.0').slice(0, 24))
    : isMulticast(ip) && ((ip.parts[0] ?? 0) & 0xf) === 2;
const isGlobalUnicast = (ip: ParsedIp): boolean =>
  !isUnspecified(ip) &&
  !isLoopback(ip) &&
  !isMulticast(ip) &&
  !isLinkLocalUnicast(ip) &&
  formatIp(ip) !== '255.255.255.255';

function holds(block: Block, inner: ParsedIp, length: number): boolean {
  if (inner.family !== block.ip.family || length < block.length) return false;
  return startsWith(inner, ipBits(block.ip).slice(0, block.length));
}

function masked({ ip, length }: Block): CelObject {
  const width = ip.family === 'IPv4' ? 8 : 16;
  const kept = ipBits(ip).slice(0, length).padEnd(ipBits(ip).length, '0');
  const parts = ip.parts.map((_part, at) => Number.parseInt(kept.slice(at * width, (at + 1) * width), 2));
  return blockValue({ ip: { ...ip, parts }, length });
}

interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** As url.ParseRequestURI and url.Parse take it. */
function urlOf(text: string): Url {
  const fail = (why: string): CelError =>
    new CelError(`URL parse error during conversion from string: parse ${quote(text)}: ${why}`);
  if (text === '') throw fail('empty url');
  if (text.startsWith(':')) throw fail('missing protocol scheme');
  for (const letter of text)
    if (letter < ' ' || letter === '\u007f') throw fail('net/url: invalid control character in URL');
  const [, scheme = '', rest = ''] = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(.*)$/s.exec(text) ?? [];
  if (scheme === '' && !rest.startsWith('/')) throw fail('invalid URI for request');
  const badEscape = /%(?![0-9a-fA-F]{2}).{0,2}/.exec(rest)?.[0];
  if (badEscape !== undefined) throw fail(`invalid URL escape ${quote(badEscape)}`);
  const [, authority = '', path = '', query = ''] = /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/s.exec(rest) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const port = /:([^\]]*)$/.exec(host)?.[1] ?? '';
  if (!/^\d*$/.test(port)) throw fail(`invalid port ${quote(`:${port}`)} after host`);
  if (host.includes(' ')) throw fail('invalid character " " in host name');
  return { scheme: scheme.toLowerCase(), host, path, query };
}

/** The characters of escaped bytes. */
function decoded(text: string): string {
  const plain = (escapes: string): string =>
    utf8Text(
      escapes
        .slice(1)
        .split('%')
        .map((digits) => Number.parseInt(digits, 16)),
    );
  return text.replaceAll('+', ' ').replace(/(?:%[0-9a-fA-F]{2})+/g, plain);
}

function queryMap(query: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const pair of query.split('&').filter(Boolean)) {
    const at = pair.indexOf('=');
    const key = decoded(at < 0 ? pair : pair.slice(0, at));
    found.set(key, [...(found.get(key) ?? []), at < 0 ? '' : decoded(pair.slice(at + 1))]);
  }
  return found;
}

const ofUrl =
  (ask: (url: Url) => unknown): CelFunction =>
  ([value]) =>
    ofType(value, URL) ? ask(value.parts as Url) : undefined;

const read =
  (make: (text: string) => CelObject): CelFunction =>
  ([text]) =>
    isText(text) ? make(text) : undefined;

/** By name, as in functions.ts. */
export const ADDRESS_FUNCTIONS: Readonly<Record<string, CelFunction>> = {
  ip: read((text) => ipValue(addressOf(text))),
  isIP: canRead(addressOf),
  'ip.isCanonical': ([text]) => (isText(text) ? formatIp(addressOf(text)) === text : undefined),
  '.family': ofIp((ip) => (ip.family === 'IPv4' ? 4n : 6n)),
  '.isUnspecified': ofIp(isUnspecified),
  '.isLoopback': ofIp(isLoopback),
  '.isLinkLocalMulticast': ofIp(isLinkLocalMulticast),
  '.isLinkLocalUnicast': ofIp(isLinkLocalUnicast),
  '.isGlobalUnicast': ofIp(isGlobalUnicast),
  cidr: read((text) => blockValue(blockOf(text))),
  isCIDR: canRead(blockOf),
  '.containsIP': ofBlock((block, other) => {
    const ip = isText(other) ? addressOf(other) : ofType(other, IP) ? (other.parts as ParsedIp) : undefined;
    return ip && holds(block, ip, ipBits(ip).length);
  }),
  '.containsCIDR': ofBlock((block, other) => {
    const inner = isText(other) ? blockOf(other) : ofType(other, CIDR) ? (other.parts as Block) : undefined;
    return inner && holds(block, inner.ip, inner.length);
  }),
  '.ip': ofBlock(({ ip }) => ipValue(ip)),
  '.masked': ofBlock(masked),
  '.prefixLength': ofBlock(({ length }) => BigInt(length)),
  url: read((text) => new CelObject(URL, text, urlOf(text))),
  isURL: canRead(urlOf),
  '.getScheme': ofUrl(({ scheme }) => scheme),
  '.getHost': ofUrl(({ host }) => host),
  '.getHostname': ofUrl(({ host }) => host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')),
  '.getPort': ofUrl(({ host }) => /:(\d*)$/.exec(host)?.[1] ?? ''),
  '.getEscapedPath': ofUrl(({ path }) => path),
  '.getQuery': ofUrl(({ query }) => queryMap(query)),
};
