/** Reads the scripts of sed into commands. Follows POSIX.1-2017 (sed) with BusyBox's messages. */
import type { RegularExpression } from '../../api/regular-expression';
import { compilePattern } from './grep';
import type { CommandIo } from './host';

/** Which lines a command is for. */
export type Address =
  | { readonly line: number; readonly step?: number }
  | { readonly last: true }
  | { readonly more: number }
  | { readonly matches: RegularExpression };

/** A command of a script. */
export interface Edit {
  readonly from?: Address;
  readonly to?: Address;
  readonly isNegated: boolean;
  readonly letter: string;
  /** Of s and addresses. */
  readonly pattern?: RegularExpression;
  /** What s puts in place, what a, i and c print, the label of `:`, b and t, the file of r. */
  readonly text: string;
  readonly flags: string;
  /** Of `{`: where the command behind its `}` stands. */
  end?: number;
}

/** What is wrong with a script. */
export class BadScript extends Error {}

interface Reader {
  readonly text: string;
  readonly io: CommandIo;
  readonly isExtended: boolean;
  at: number;
}

function compiled(reader: Reader, pattern: string, flags: string): RegularExpression {
  const has = (letter: string): boolean =>
    letter === 'captures' || (letter === 'E' ? reader.isExtended : letter === 'i' && /[iI]/.test(flags));
  const plain = pattern.replace(/\\([\s\S])/g, (whole, code: string) => ({ n: '\n', t: '\t' })[code] ?? whole);
  const parsed = compilePattern(plain, reader.io, has);
  if ('problem' in parsed) throw new BadScript(`bad regex '${pattern}': ${parsed.problem}`);
  return parsed;
}

/** A set of characters in brackets, in which a delimiter stands for itself. */
const BRACKETS = /^\[\^?\]?(?:\[:\w+:\]|[^\]\n])*\]/;

/** Up to the next delimiter that no backslash stands before; in a pattern, nor brackets around. */
function delimited(reader: Reader, delimiter: string, isPattern = false): string {
  let text = '';
  for (; reader.at < reader.text.length; reader.at++) {
    const character = reader.text[reader.at] as string;
    if (character === delimiter) {
      reader.at++;
      return text;
    }
    const set = isPattern && character === '[' ? taken(reader, BRACKETS) : '';
    if (set) {
      reader.at--;
      text += set.replaceAll(`\\${delimiter}`, delimiter);
    } else if (character === '\\' && reader.at + 1 < reader.text.length) {
      const next = reader.text[++reader.at] as string;
      text += next === delimiter ? next : `\\${next}`;
    } else text += character;
  }
  throw new BadScript(`unmatched '${delimiter}'`);
}

/** What stands here and fits, which is passed over. */
function taken(reader: Reader, expression: RegExp): string {
  const found = expression.exec(reader.text.slice(reader.at, reader.at + 200))?.[0] ?? '';
  reader.at += found.length;
  return found;
}

function readAddress(reader: Reader): Address | undefined {
  const number = taken(reader, /^\d+(~\d+)?/);
  if (number) {
    const [line = '', step] = number.split('~');
    return { line: Number(line), ...(step === undefined ? {} : { step: Number(step) }) };
  }
  const character = reader.text[reader.at];
  if (character === '$') {
    reader.at++;
    return { last: true };
  }
  if (character !== '/' && character !== '\\') return undefined;
  reader.at += character === '/' ? 1 : 2;
  const pattern = delimited(reader, reader.text[reader.at - 1] as string, true);
  return { matches: compiled(reader, pattern, taken(reader, /^I/)) };
}

const skip = (reader: Reader, characters: string): void => {
  while (reader.at < reader.text.length && characters.includes(reader.text[reader.at] as string)) reader.at++;
};

/** The addresses of a command, and whether it is for all other lines. */
function readAddresses(reader: Reader): Pick<Edit, 'from' | 'to' | 'isNegated'> {
  const from = readAddress(reader);
  skip(reader, ' ');
  let to: Address | undefined;
  if (reader.text[reader.at] === ',') {
    reader.at++;
    skip(reader, ' ');
    const more = taken(reader, /^\+\d+/);
    to = more ? { more: Number(more) } : readAddress(reader);
    skip(reader, ' ');
  }
  const isNegated = taken(reader, /^!+/) !== '';
  skip(reader, ' ');
  return { ...(from ? { from } : {}), ...(to ? { to } : {}), isNegated };
}

/** The rest of the line, for commands that go up to its end. */
function restOfLine(reader: Reader, ends: RegExp): string {
  const end = reader.text.slice(reader.at).search(ends);
  const rest = reader.text.slice(reader.at, end < 0 ? undefined : reader.at + end);
  reader.at += rest.length;
  return rest;
}

function readEdit(reader: Reader): Edit {
  const addresses = readAddresses(reader);
  const letter = reader.text[reader.at++] ?? '';
  const base = { ...addresses, letter, text: '', flags: '' };
  if (letter === 's' || letter === 'y') {
    const delimiter = reader.text[reader.at++] ?? '/';
    const pattern = delimited(reader, delimiter, letter === 's');
    const text = delimited(reader, delimiter);
    const flags = taken(reader, /^[gpiI\d]*/);
    if (letter === 'y') return { ...base, text: `${pattern}\n${text}`, flags };
    return { ...base, pattern: compiled(reader, pattern, flags), text, flags };
  }
  if (/^[aic]$/.test(letter)) {
    const whole = restOfLine(reader, /(?<!\\)\n/);
    return { ...base, text: whole.replace(/^\s*(\\\n?)?\s*/, '').replaceAll('\\\n', '\n') };
  }
  if (/^[:btTr]$/.test(letter)) return { ...base, text: restOfLine(reader, /[;\n}]/).trim() };
  if (!/^[dDpPqQ=nNhHgGxlz{}]$/.test(letter)) throw new BadScript(`unsupported command ${letter}`);
  if (letter === 'q' || letter === 'Q') return { ...base, text: taken(reader, /^ *\d*/).trim() };
  return base;
}

/** The commands of a script. Throws {@link BadScript}. */
export function readScript(io: CommandIo, text: string, isExtended: boolean): Edit[] {
  const reader: Reader = { text, io, isExtended, at: 0 };
  const edits: Edit[] = [];
  const open: Edit[] = [];
  for (;;) {
    skip(reader, ' \t\n;');
    if (reader.at >= text.length) break;
    if (text[reader.at] === '#') {
      restOfLine(reader, /\n/);
      continue;
    }
    const edit = readEdit(reader);
    edits.push(edit);
    if (edit.letter === '{') open.push(edit);
    if (edit.letter !== '}') continue;
    const begun = open.pop();
    if (!begun) throw new BadScript("unexpected '}'");
    begun.end = edits.length;
  }
  if (open.length > 0) throw new BadScript("unmatched '{'");
  return edits;
}
