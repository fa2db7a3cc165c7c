/** cksum and sum. Follows POSIX.1-2017 (cksum), and the algorithms of BSD and System V as GNU coreutils and BusyBox have them. */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { contents } from './file-commands';
import { type Command, charge, lettersOf, plainArguments, say } from './host';

const POLYNOMIAL = 0x04c11db7;

function withByte(crc: number, byte: number): number {
  let value = crc ^ (byte << 24);
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ POLYNOMIAL : value << 1;
  return value;
}

/** The check of the bytes, and of how many they are. */
function cyclic(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = withByte(crc, byte);
  for (let length = bytes.length; length > 0; length >>>= 8) crc = withByte(crc, length & 0xff);
  return ~crc >>> 0;
}

function rotating(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (((sum >> 1) | ((sum & 1) << 15)) + byte) & 0xffff;
  return sum;
}

function folded(bytes: Uint8Array): number {
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  const once = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return (once & 0xffff) + (once >> 16);
}

/** Characters of a check cost so many times what others do. */
const COST = 10;

/** See the header. */
export const checksum: Command = (args, io, name) => {
  const paths = plainArguments(args);
  const { texts, names, status } = contents(paths, io, name);
  const isSystemV = /s/.test(lettersOf(args));
  for (const [index, text] of texts.entries()) {
    charge(io.budget, text.length * COST);
    const bytes = utf8ToBytes(text);
    const shown = paths.length > 0 ? ` ${names[index]}` : '';
    if (name === 'cksum') say(io, `${cyclic(bytes)} ${bytes.length}${shown}`);
    else if (isSystemV) say(io, `${folded(bytes)} ${Math.ceil(bytes.length / 512)}${shown}`);
    else
      say(
        io,
        `${String(rotating(bytes)).padStart(5, '0')} ${String(Math.ceil(bytes.length / 1024)).padStart(5)}${shown}`,
      );
  }
  return status;
};
