/**
 * IP addresses and CIDRs as the API accepts them: parsed strictly, printed canonically.
 * Follows apimachinery/pkg/util/validation/ip.go with StrictIPCIDRValidation on, as it is since 1.36.
 */
import { type FieldErrors, invalid, quoteGo } from './field-errors';

const NOT_AN_IP = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const NOT_A_CIDR = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

/** A parsed address: 4 or 8 numbers (bytes, or groups of 16 bits). */
export interface ParsedIp {
  readonly family: 'IPv4' | 'IPv6';
  readonly parts: readonly number[];
  readonly hasLeadingZeros: boolean;
}

function parseIpv4(text: string): ParsedIp | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet))) return undefined;
  const parts = octets.map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return { family: 'IPv4', parts, hasLeadingZeros: octets.some((octet) => octet.length > 1 && octet.startsWith('0')) };
}

function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const words = text.split(':');
  for (const [index, word] of words.entries()) {
    const tail = index === words.length - 1 && word.includes('.') ? parseIpv4(word) : undefined;
    if (tail) {
      const [a, b, c, d] = tail.parts as [number, number, number, number];
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(word)) groups.push(Number.parseInt(word, 16));
    else return undefined;
  }
  return groups;
}

function parseIpv6(text: string): ParsedIp | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] as string);
  const tail = halves.length === 2 ? parseGroups(halves[1] as string) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const parts = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return { family: 'IPv6', parts, hasLeadingZeros: false };
}

/** The family of an address, or undefined when the text is none. */
export function ipFamilyOf(text: string): 'IPv4' | 'IPv6' | undefined {
  return parseIp(text)?.family;
}

/** An address; undefined when the text is none. */
export function parseIp(text: string): ParsedIp | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Whether it is an IPv4 address written as an IPv6 one. */
export function isIpv4Mapped({ family, parts }: ParsedIp): boolean {
  return family === 'IPv6' && parts[5] === 0xffff && parts.slice(0, 5).every((part) => part === 0);
}

/** The longest run of zero groups, which `::` stands for; the first one of several. */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** The canonical text. */
export function formatIp(ip: ParsedIp): string {
  if (ip.family === 'IPv4') return ip.parts.join('.');
  const words = ip.parts.map((part) => part.toString(16));
  const run = longestZeroRun(ip.parts);
  if (run.start < 0) return words.join(':');
  return `${words.slice(0, run.start).join(':')}::${words.slice(run.start + run.length).join(':')}`;
}

/** An address in a field that is older than strict parsing: it need not be canonical. */
export function validateLegacyIp(
  errors: FieldErrors,
  field: string,
  text: string,
  known: readonly string[] = [],
): void {
  if (known.includes(text)) return;
  const ip = parseIp(text);
  if (!ip) errors.push(invalid(field, text, NOT_AN_IP));
  else if (ip.hasLeadingZeros) errors.push(invalid(field, text, 'must not have leading 0s'));
  else if (isIpv4Mapped(ip)) errors.push(invalid(field, text, 'must not be an IPv4-mapped IPv6 address'));
}

/** An address that must be canonical. */
export function validateIp(errors: FieldErrors, field: string, text: string): void {
  const before = errors.length;
  validateLegacyIp(errors, field, text);
  if (errors.length > before) return;
  const canonical = formatIp(parseIp(text) as ParsedIp);
  if (canonical !== text) errors.push(invalid(field, text, `must be in canonical form (${quoteGo(canonical)})`));
}

/** A CIDR in a field that is older than strict parsing. */
export function validateLegacyCidr(
  errors: FieldErrors,
  field: string,
  text: string,
  known: readonly string[] = [],
): void {
  if (known.includes(text)) return;
  const match = /^([^/]+)\/(\d{1,4})$/.exec(text);
  const ip = match ? parseIp(match[1] as string) : undefined;
  const length = Number(match?.[2]);
  if (!match || !ip || length > (ip.family === 'IPv4' ? 32 : 128)) {
    errors.push(invalid(field, text, NOT_A_CIDR));
  } else if (ip.hasLeadingZeros || /^0\d/.test(match[2] as string)) {
    errors.push(invalid(field, text, 'must not have leading 0s in IP or prefix length'));
  } else if (isIpv4Mapped(ip)) {
    errors.push(invalid(field, text, 'must not have an IPv4-mapped IPv6 address'));
  } else if (hasBitsBeyond(ip, length)) {
    errors.push(invalid(field, text, 'must not have bits set beyond the prefix length'));
  }
}

function hasBitsBeyond({ family, parts }: ParsedIp, prefixLength: number): boolean {
  const width = family === 'IPv4' ? 8 : 16;
  return parts.some((part, index) => {
    const hostBits = Math.min(width, Math.max(0, (index + 1) * width - prefixLength));
    return (part & (2 ** hostBits - 1)) !== 0;
  });
}

/** The bits of an address, 32 or 128 of them. */
export function ipBits({ family, parts }: ParsedIp): string {
  return parts.map((part) => part.toString(2).padStart(family === 'IPv4' ? 8 : 16, '0')).join('');
}

function parseCidr(text: string): { readonly bits: string; readonly family: string } | undefined {
  const match = /^([^/]+)\/(\d{1,4})$/.exec(text);
  const ip = match ? parseIp(match[1] as string) : undefined;
  const length = Number(match?.[2]);
  if (!ip || length > (ip.family === 'IPv4' ? 32 : 128)) return undefined;
  return { bits: ipBits(ip).slice(0, length), family: ip.family };
}

/** Whether a block of addresses is a part of another, and smaller; undefined when it can't be read, `unreadable` when the other can't. */
export function isWithinCidr(whole: string, part: string): boolean | undefined | 'unreadable' {
  const outer = parseCidr(whole);
  if (!outer) return 'unreadable';
  const inner = parseCidr(part);
  if (!inner) return undefined;
  const isLonger = inner.bits.length > outer.bits.length;
  return isLonger && inner.family === outer.family && inner.bits.startsWith(outer.bits);
}

/** Addresses that no endpoint may have. */
export function validateEndpointIp(errors: FieldErrors, field: string, text: string): void {
  const ip = parseIp(text);
  if (!ip) {
    errors.push(invalid(field, text, 'must be a valid IP address'));
    return;
  }
  const { first, second, third, startsWithZeros, last } = shapeOf(ip);
  const isIpv4 = ip.family === 'IPv4';
  if (startsWithZeros && last === 0) errors.push(invalid(field, text, `may not be unspecified (${text})`));
  if (isIpv4 ? first === 127 : startsWithZeros && last === 1) {
    errors.push(invalid(field, text, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'));
  }
  if (isIpv4 ? first === 169 && second === 254 : (first & 0xffc0) === 0xfe80) {
    errors.push(invalid(field, text, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'));
  }
  if (isIpv4 ? first === 224 && second === 0 && third === 0 : (first & 0xff0f) === 0xff02) {
    errors.push(invalid(field, text, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'));
  }
}

function shapeOf({ parts }: ParsedIp) {
  const [first = 0, second = 0, third = 0] = parts;
  const startsWithZeros = parts.slice(0, -1).every((part) => part === 0);
  return { first, second, third, startsWithZeros, last: parts[parts.length - 1] };
}

/** What is said of an address, or CIDR, that is accepted though another spelling of it is the usual one. */
export function addressWarnings(field: string, text: string | undefined): string[] {
  const [address = '', ...length] = (text ?? '').split('/');
  const ip = parseIp(address);
  if (ip?.family !== 'IPv6') return [];
  const canonical = [formatIp(ip), ...length].join('/');
  const what = length.length > 0 ? 'CIDR value' : 'address';
  if (canonical === text) return [];
  return [
    `${field}: IPv6 ${what} ${quoteGo(text ?? '')} should be in RFC 5952 canonical format (${quoteGo(canonical)})`,
  ];
}
