/** Base64 as values of Secrets are written: encoding texts, decoding to texts, and counting bytes. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** How many bytes an encoded value stands for. */
export function base64Length(encoded: string): number {
  const padding = encoded.endsWith('==') ? 2 : encoded.endsWith('=') ? 1 : 0;
  return Math.floor(encoded.length / 4) * 3 - padding;
}

/** The bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** The text of bytes of UTF-8, of which only what is well formed is put together. */
export function utf8Text(bytes: readonly number[]): string {
  let out = '';
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] as number;
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    let point = more === 0 ? first : first & (0x3f >> more);
    for (let count = 0; count < more; count++) point = point * 64 + ((bytes[++at] ?? 0) & 0x3f);
    out += point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
  }
  return out;
}

/** A text as base64 of its UTF-8. */
export function encodeBase64(text: string): string {
  const bytes = utf8Bytes(text);
  let encoded = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b, c] = bytes.slice(index, index + 3);
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    encoded += ALPHABET.charAt(word >> 18) + ALPHABET.charAt((word >> 12) & 63);
    encoded += b === undefined ? '=' : ALPHABET.charAt((word >> 6) & 63);
    encoded += c === undefined ? '=' : ALPHABET.charAt(word & 63);
  }
  return encoded;
}

/** The bytes of a value as text, one character per byte: enough to look at ASCII contents. */
export function decodeBase64ToBytes(encoded: string): string {
  let bytes = '';
  let word = 0;
  let bits = 0;
  for (const char of encoded) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) break;
    word = ((word << 6) | digit) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode((word >> bits) & 255);
  }
  return bytes;
}
