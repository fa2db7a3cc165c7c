/** md5sum, sha1sum, sha256sum, sha512sum, with -c. Follows the GNU utilities' output. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { contents } from './file-commands';
import { type Command, type CommandIo, charge, fail, lettersOf, plainArguments, readFile, say } from './host';
import { linesIn } from './text-commands';

/** The digests by the names of their utilities. */
export const DIGESTS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  md5sum: md5,
  sha1sum: sha1,
  sha256sum: sha256,
  sha512sum: sha512,
};

/** Characters of a digest cost so many times what others do. */
const COST = 20;

function digestOf(io: CommandIo, name: string, text: string): string {
  charge(io.budget, text.length * COST);
  return bytesToHex((DIGESTS[name] ?? sha256)(utf8ToBytes(text)));
}

/** Holds files against a list of their digests. */
function checked(io: CommandIo, name: string, list: string, isSilent: boolean): number {
  let wrong = 0;
  for (const line of linesIn(list)) {
    const [, wanted = '', path = ''] = /^(\w+) [ *](.+)$/.exec(line) ?? [];
    const text = readFile(io, path);
    if (text === undefined) fail(io, `${name}: can't open '${path}': No such file or directory`);
    const isRight = text !== undefined && digestOf(io, name, text) === wanted;
    if (!isRight) wrong++;
    if (!isSilent) say(io, `${path}: ${isRight ? 'OK' : 'FAILED'}`);
  }
  if (wrong > 0 && !isSilent)
    fail(io, `${name}: WARNING: ${wrong} of ${linesIn(list).length} computed checksums did NOT match`);
  return wrong > 0 ? 1 : 0;
}

/** See the header. */
export const digest: Command = (args, io, name) => {
  const { texts, names, status } = contents(plainArguments(args), io, name);
  const letters = lettersOf(args);
  if (letters.includes('c')) return checked(io, name, texts.join(''), letters.includes('s')) || status;
  for (const [index, text] of texts.entries()) say(io, `${digestOf(io, name, text)}  ${names[index]}`);
  return status;
};
