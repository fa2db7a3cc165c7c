/**
 * How a payload is packed into the characters of a link: a letter for the packing, then base64url. Of `d` it is the JSON, deflated
 * after {@link LINK_WORDS}, and four bytes of CRC-32 over the letter and all that went before, so that any character changed on the
 * way is noticed. `c` was the same without those words. `z`, of the first release, is deflated JSON alone: such a link is taken for
 * whole when packing it anew gives the same characters, which an altered one hardly ever does.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { LINK_WORDS } from './link-words';

/** Letters of packings with a check, and what deflating began with. The last is used today. */
const WORDS_BY_LETTER: Readonly<Record<string, Uint8Array | undefined>> = { c: undefined, d: LINK_WORDS };
const LETTER = 'd';
const FIRST_LETTER = 'z';
const CHECK_BYTES = 4;
/** Longer links are not looked at: no browser carries them. */
const MAX_PACKED_CHARACTERS = 4_000_000;
/** A link that would unpack to more than this is refused. */
const MAX_UNPACKED_BYTES = 16 * 1024 * 1024;
/** Unpacked in pieces, so that what would become enormous is noticed before it does: a byte unpacks to at most 1032. */
const PIECE_BYTES = 1024;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** What came out of a link: its text and whether it was packed by the first release; or why nothing did. */
export type Unpacked = { readonly json: string; readonly first: boolean } | 'damaged' | 'newer';

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const chunk = ((bytes[index] as number) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const digits = Math.min(4, bytes.length - index + 1);
    for (let digit = 0; digit < digits; digit++) text += ALPHABET[(chunk >> (18 - digit * 6)) & 63];
  }
  return text;
}

/** Undefined for other characters, and for an end that encoding never gives: each text of bytes has one spelling. */
function fromBase64Url(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (held >> bits) & 255;
  }
  const rest = held & ((1 << bits) - 1);
  return rest === 0 && bits < 6 ? bytes.subarray(0, length) : undefined;
}

/** CRC-32 as in zip files, bit by bit: links are short. */
function crc32(bytes: Uint8Array, letter: string): number {
  let crc = crcStep(0xffffffff, letter.charCodeAt(0));
  for (const byte of bytes) crc = crcStep(crc, byte);
  return ~crc >>> 0;
}

function crcStep(before: number, byte: number): number {
  let crc = before ^ byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
}

function inflate(bytes: Uint8Array, dictionary?: Uint8Array): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const stream = new Inflate({ dictionary }, (piece, final) => {
    pieces.push(piece);
    length += piece.length;
    ended = final;
  });
  try {
    for (let at = 0; at < bytes.length && length <= MAX_UNPACKED_BYTES; at += PIECE_BYTES) {
      stream.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length);
    }
  } catch {
    return undefined;
  }
  if (!ended || length > MAX_UNPACKED_BYTES) return undefined;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function deflate(bytes: Uint8Array, dictionary?: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 9, dictionary });
}

/** Packs a text. */
export function pack(json: string): string {
  const deflated = deflate(strToU8(json), WORDS_BY_LETTER[LETTER]);
  const bytes = new Uint8Array(deflated.length + CHECK_BYTES);
  bytes.set(deflated);
  new DataView(bytes.buffer).setUint32(deflated.length, crc32(deflated, LETTER));
  return LETTER + toBase64Url(bytes);
}

/** Unpacks what {@link pack} of this or an older release packed. Another letter is a newer release's when its check holds. */
export function unpack(packed: string): Unpacked {
  if (packed.length > MAX_PACKED_CHARACTERS) return 'damaged';
  const letter = packed.charAt(0);
  const bytes = fromBase64Url(packed.slice(1));
  if (!bytes) return 'damaged';
  if (letter === FIRST_LETTER) return unpackFirst(bytes);
  if (bytes.length < CHECK_BYTES) return 'damaged';
  const deflated = bytes.subarray(0, bytes.length - CHECK_BYTES);
  const check = new DataView(bytes.buffer, bytes.byteOffset + deflated.length).getUint32(0);
  if (check !== crc32(deflated, letter)) return 'damaged';
  if (!Object.hasOwn(WORDS_BY_LETTER, letter)) return 'newer';
  const unpacked = inflate(deflated, WORDS_BY_LETTER[letter]);
  return unpacked ? { json: strFromU8(unpacked), first: false } : 'damaged';
}

function unpackFirst(bytes: Uint8Array): Unpacked {
  const unpacked = inflate(bytes);
  if (!unpacked) return 'damaged';
  const anew = deflate(unpacked);
  const whole = anew.length === bytes.length && anew.every((byte, index) => byte === bytes[index]);
  return whole ? { json: strFromU8(unpacked), first: true } : 'damaged';
}
