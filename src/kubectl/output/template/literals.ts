/** Strings and numbers as Go writes them. Follows strconv. */
import { Int } from './values';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** A Go string without its quotes. */
export function unquoted(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1);
  return text
    .slice(1, -1)
    .replace(/\\(u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[0-7]{3}|.)/g, (_all, code: string) => {
      if (/^[uUx]./.test(code)) return String.fromCodePoint(Math.min(Number.parseInt(code.slice(1), 16), 0x10ffff));
      if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
      return ESCAPES[code] ?? code;
    });
}

/** A whole number, or a float. */
export function numberOf(text: string): number | Int {
  const plain = text.replaceAll('_', '');
  if (!/^[+-]?(?:\d+|0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+)$/.test(plain)) return Number(plain);
  const digits = plain.replace(/^[+-]/, '').replace(/^0(?=\d)/, '0o');
  return new Int(plain.startsWith('-') ? -BigInt(digits) : BigInt(digits));
}
