/** sed: s, d, p, q, =, a, i, c, y, N-free scripts with addresses; -n, -i, -e, -E. Follows POSIX.1-2017 (sed) and BusyBox's messages. */
import type { RegularExpression } from '../../api/regular-expression';
import { compilePattern, payFor } from './grep';
import { append, type Command, type CommandIo, fail, readFile, writeFile } from './host';
import { linesIn } from './text-commands';

/** Which lines a command is for. */
type Address = { readonly line: number } | { readonly last: true } | { readonly matches: RegularExpression };

interface Edit {
  readonly from?: Address;
  readonly to?: Address;
  readonly isNegated: boolean;
  readonly letter: string;
  /** Of s and addresses. */
  readonly pattern?: RegularExpression;
  readonly text: string;
  readonly flags: string;
}

/** The end of the name that sed asks mkstemp(3) for, which it names when it gets no such file: six times the same letter. */
const ANY_LETTERS = 'X'.repeat(6);

class BadScript extends Error {}

interface Reader {
  readonly text: string;
  readonly io: CommandIo;
  readonly isExtended: boolean;
  at: number;
}

function compiled(reader: Reader, pattern: string, flags: string): RegularExpression {
  const has = (letter: string): boolean =>
    letter === 'captures' || (letter === 'E' ? reader.isExtended : letter === 'i' && /[iI]/.test(flags));
  const parsed = compilePattern(pattern, reader.io, has);
  if ('problem' in parsed) throw new BadScript(`bad regex '${pattern}': ${parsed.problem}`);
  return parsed;
}

/** Up to the next delimiter that no backslash stands before. */
function delimited(reader: Reader, delimiter: string): string {
  let text = '';
  for (; reader.at < reader.text.length; reader.at++) {
    const character = reader.text[reader.at] as string;
    if (character === delimiter) {
      reader.at++;
      return text;
    }
    if (character === '\\' && reader.at + 1 < reader.text.length) {
      const next = reader.text[++reader.at] as string;
      text += next === delimiter ? next : `\\${next}`;
    } else text += character;
  }
  throw new BadScript(`unmatched '${delimiter}'`);
}

function readAddress(reader: Reader): Address | undefined {
  const number = /^\d+/.exec(reader.text.slice(reader.at, reader.at + 9))?.[0];
  if (number) {
    reader.at += number.length;
    return { line: Number(number) };
  }
  const character = reader.text[reader.at];
  if (character === '$') {
    reader.at++;
    return { last: true };
  }
  if (character !== '/') return undefined;
  reader.at++;
  const pattern = delimited(reader, '/');
  const flags = reader.text[reader.at] === 'I' ? reader.text[reader.at++] : '';
  return { matches: compiled(reader, pattern, flags ?? '') };
}

const skip = (reader: Reader, characters: string): void => {
  while (reader.at < reader.text.length && characters.includes(reader.text[reader.at] as string)) reader.at++;
};

function readEdit(reader: Reader): Edit {
  const from = readAddress(reader);
  skip(reader, ' ');
  let to: Address | undefined;
  if (reader.text[reader.at] === ',') {
    reader.at++;
    skip(reader, ' ');
    to = readAddress(reader);
    skip(reader, ' ');
  }
  const isNegated = reader.text[reader.at] === '!';
  if (isNegated) reader.at++;
  skip(reader, ' ');
  const letter = reader.text[reader.at++] ?? '';
  const base = { ...(from ? { from } : {}), ...(to ? { to } : {}), isNegated, letter };
  if (letter === 's' || letter === 'y') {
    const delimiter = reader.text[reader.at++] ?? '/';
    const pattern = delimited(reader, delimiter);
    const text = delimited(reader, delimiter);
    const flags = /^[gpiI\d]*/.exec(reader.text.slice(reader.at, reader.at + 9))?.[0] ?? '';
    reader.at += flags.length;
    if (letter === 'y') return { ...base, text: `${pattern}\n${text}`, flags };
    return { ...base, pattern: compiled(reader, pattern, flags), text, flags };
  }
  if ('aic'.includes(letter) && letter !== '') {
    const end = reader.text.indexOf('\n', reader.at);
    const whole = reader.text.slice(reader.at, end < 0 ? undefined : end);
    reader.at = end < 0 ? reader.text.length : end;
    return { ...base, text: whole.replace(/^\s*\\?\n?\s?/, ''), flags: '' };
  }
  if (!'dpq='.includes(letter) || letter === '') throw new BadScript(`unsupported command ${letter}`);
  return { ...base, text: '', flags: '' };
}

function readScript(io: CommandIo, text: string, isExtended: boolean): Edit[] {
  const reader: Reader = { text, io, isExtended, at: 0 };
  const edits: Edit[] = [];
  for (;;) {
    skip(reader, ' \t\n;');
    if (reader.at >= text.length) return edits;
    edits.push(readEdit(reader));
  }
}

/** A line with what matches replaced. */
function substituted(line: string, { pattern, text, flags }: Edit): string | undefined {
  const matches = pattern?.groups(line) ?? [];
  const wanted = Number(/\d+/.exec(flags)?.[0] ?? 1);
  const chosen = flags.includes('g') ? matches.slice(wanted - 1) : matches.slice(wanted - 1, wanted);
  if (chosen.length === 0) return undefined;
  let result = '';
  let at = 0;
  for (const { start, end, groups } of chosen) {
    const by = text.replace(/\\([\s\S])|&/g, (whole, code: string | undefined) => {
      if (whole === '&') return groups[0] ?? '';
      if (/\d/.test(code ?? '')) return groups[Number(code)] ?? '';
      return code === 'n' ? '\n' : code === 't' ? '\t' : (code ?? '');
    });
    result += line.slice(at, start) + by;
    at = end;
  }
  return result + line.slice(at);
}

function isAt(address: Address, number: number, isLast: boolean, line: string): boolean {
  if ('line' in address) return address.line === number;
  return 'last' in address ? isLast : address.matches.test(line);
}

/** Edits a text; `open` remembers which ranges have begun. */
function edited(text: string, edits: readonly Edit[], isQuiet: boolean): string {
  const lines = linesIn(text);
  const open = new Set<Edit>();
  let output = '';
  for (const [index, original] of lines.entries()) {
    let line = original;
    let isGone = false;
    let quits = false;
    let after = '';
    const isLast = index === lines.length - 1;
    for (const edit of edits) {
      if (isGone || quits) break;
      if (applies(edit, index + 1, isLast, line, open) === edit.isNegated) continue;
      const changed = edit.letter === 's' ? substituted(line, edit) : undefined;
      if (changed !== undefined) line = changed;
      if (edit.letter === 'p' || (changed !== undefined && edit.flags.includes('p'))) output += `${line}\n`;
      if (edit.letter === '=') output += `${index + 1}\n`;
      if (edit.letter === 'i') output += `${edit.text}\n`;
      if (edit.letter === 'a') after += `${edit.text}\n`;
      if (edit.letter === 'y') line = transliterated(line, edit.text);
      if (edit.letter === 'c') output += `${edit.text}\n`;
      isGone = edit.letter === 'd' || edit.letter === 'c';
      quits = edit.letter === 'q';
    }
    if (!isGone && !isQuiet) output += `${line}\n`;
    output += after;
    if (quits) break;
  }
  return text.endsWith('\n') || text === '' ? output : output.replace(/\n$/, '');
}

function transliterated(line: string, sets: string): string {
  const [from = '', to = ''] = sets.split('\n');
  return [...line].map((one) => (from.includes(one) ? (to[from.indexOf(one)] ?? one) : one)).join('');
}

function applies(edit: Edit, number: number, isLast: boolean, line: string, open: Set<Edit>): boolean {
  const { from, to } = edit;
  if (!from) return true;
  if (!to) return isAt(from, number, isLast, line);
  if (open.has(edit)) {
    if (isAt(to, number, isLast, line) || ('line' in to && number > to.line)) open.delete(edit);
    return !('line' in to && number > to.line);
  }
  if (!isAt(from, number, isLast, line)) return false;
  if (!('line' in to && to.line <= number)) open.add(edit);
  return true;
}

/** sed. */
export const sed: Command = (args, io) => {
  const scripts: string[] = [];
  const plain: string[] = [];
  let letters = '';
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    if (word === '-e') scripts.push(args[++at] ?? '');
    else if (/^-[nrEie]+$/.test(word) || word.startsWith('-i'))
      letters += word.slice(1, word.startsWith('-i') ? 2 : undefined);
    else if (word !== '--') plain.push(word);
  }
  if (scripts.length === 0) scripts.push(plain.shift() ?? '');
  let edits: Edit[];
  try {
    edits = readScript(io, scripts.join('\n'), /[rE]/.test(letters));
  } catch (error) {
    if (!(error instanceof BadScript)) throw error;
    return fail(io, `sed: ${error.message}`);
  }
  const isQuiet = letters.includes('n');
  const work = (text: string): string => {
    for (const { pattern } of edits) if (pattern) payFor(io, text, pattern);
    return edited(text, edits, isQuiet);
  };
  if (plain.length === 0) {
    append(io, work(io.input));
    return 0;
  }
  let status = 0;
  for (const path of plain) {
    const text = readFile(io, path);
    if (text === undefined) status = fail(io, `sed: ${path}: No such file or directory`);
    else if (!letters.includes('i')) append(io, work(text));
    else {
      const problem = writeFile(io, path, work(text), false);
      if (problem !== undefined)
        status = fail(io, `sed: can't create temp file '${path}${ANY_LETTERS}': ${problem}`, 4);
    }
  }
  return status;
};
