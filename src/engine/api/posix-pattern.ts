/**
 * Basic and extended POSIX expressions, as grep takes them, in Go's syntax. Follows POSIX.1-2017, 9.3 and 9.4, with GNU's additions
 * (`\|`, `\+`, `\?`, `\w`, `\s`, `\b`, `\<`, `\>`) and its words for mistakes. Left out: back-references and collating elements;
 * `\<` and `\>` are taken for `\b`.
 */

/** A translated pattern, or why it is none. */
export type Translation = { readonly expression: string } | { readonly problem: string };

/** Alternatives that are open: one entry per bracket, the innermost last. */
interface Reader {
  readonly pattern: string;
  readonly extended: boolean;
  /** Groups are to be had by their numbers. */
  readonly captures: boolean;
  at: number;
  /** Finished alternatives and atoms of each open group. */
  readonly groups: { readonly done: string[]; atoms: string[] }[];
  problem?: string;
}

const SPECIAL = /[\\^$.|?*+(){}[\]]/g;
const CLASSES = 'alnum alpha blank cntrl digit graph lower print punct space upper xdigit'.split(' ');
const MAX_REPEAT = 1000;
const MAX_GROUPS = 200;

/** A text in which nothing is special. */
export function quotePattern(text: string): string {
  return text.replace(SPECIAL, '\\$&');
}

function group(reader: Reader): { readonly done: string[]; atoms: string[] } {
  return reader.groups.at(-1) as { done: string[]; atoms: string[] };
}

function atom(reader: Reader, text: string): void {
  group(reader).atoms.push(text);
}

function alternative(reader: Reader): void {
  const open = group(reader);
  open.done.push(open.atoms.join(''));
  open.atoms = [];
}

function openGroup(reader: Reader): void {
  if (reader.groups.length > MAX_GROUPS) reader.problem = 'regular expression too deeply nested';
  else reader.groups.push({ done: [], atoms: [] });
}

function closeGroup(reader: Reader): void {
  if (reader.groups.length === 1) {
    reader.problem = 'Unmatched ) or \\)';
    return;
  }
  const { done, atoms } = reader.groups.pop() as { done: string[]; atoms: string[] };
  atom(reader, `(${reader.captures ? '' : '?:'}${[...done, atoms.join('')].join('|')})`);
}

/** Repeats the atom before; without one there is nothing to repeat, as in GNU's matcher. */
function repeat(reader: Reader, times: string): void {
  const { atoms } = group(reader);
  const last = atoms.pop();
  if (last !== undefined && last !== '^' && last !== '$' && !last.startsWith('\\b')) atoms.push(`(?:${last})${times}`);
  else if (last !== undefined) atoms.push(last);
}

/** Reads `{2,5}` after its opening brace; undefined when it is none. */
function interval(reader: Reader): string | undefined {
  const close = reader.extended ? '}' : '\\}';
  const match = /^(\d*)(,?)(\d*)/.exec(reader.pattern.slice(reader.at, reader.at + 16));
  const [whole = '', low = '', comma = '', high = ''] = match ?? [];
  if ((low === '' && comma === '') || !reader.pattern.startsWith(close, reader.at + whole.length)) return undefined;
  if (high !== '' && Number(low) > Number(high)) return undefined;
  reader.at += whole.length + close.length;
  if (Math.max(Number(low), Number(high)) > MAX_REPEAT) reader.problem = 'Regular expression too big';
  return `{${low || '0'}${comma}${high}}`;
}

/** Reads `[…]` after its opening bracket. */
function bracket(reader: Reader): void {
  const { pattern } = reader;
  let text = '[';
  if (pattern[reader.at] === '^') {
    text += '^';
    reader.at++;
  }
  for (let first = true; ; first = false) {
    const character = pattern[reader.at];
    if (character === undefined) {
      reader.problem = 'Unmatched [, [^, [:, [., or [=';
      return;
    }
    reader.at++;
    if (character === ']' && !first) break;
    if (character !== '[' || !':.='.includes(pattern[reader.at] ?? 'x')) {
      text += '\\[]^'.includes(character) ? `\\${character}` : character;
      continue;
    }
    const name = /^:(\w+):\]/.exec(pattern.slice(reader.at, reader.at + 16))?.[1];
    if (!name || !CLASSES.includes(name)) {
      reader.problem = name ? 'Invalid character class name' : 'collating elements are not simulated';
      return;
    }
    text += `[:${name}:]`;
    reader.at += name.length + 3;
  }
  atom(reader, `${text}]`);
}

/** Reads what follows a backslash. */
function escaped(reader: Reader): void {
  const character = reader.pattern[reader.at++];
  if (character === undefined) reader.problem = 'Trailing backslash';
  else if (/[1-9]/.test(character)) reader.problem = 'back-references are not simulated';
  else if (/[wWsSbB]/.test(character)) atom(reader, `\\${character}`);
  else if (character === '<' || character === '>') atom(reader, '\\b');
  else if (!reader.extended && '(){|+?'.includes(character)) operator(reader, character);
  else atom(reader, quotePattern(character));
}

function operator(reader: Reader, character: string): void {
  if (character === '(') openGroup(reader);
  else if (character === ')') closeGroup(reader);
  else if (character === '|') alternative(reader);
  else if (character === '{') {
    const times = interval(reader);
    if (times !== undefined) repeat(reader, times);
    else if (reader.extended) atom(reader, '\\{');
    else reader.problem = reader.pattern.includes('\\}', reader.at) ? 'Invalid content of \\{\\}' : 'Unmatched \\{';
  } else repeat(reader, character);
}

/** In a basic expression `^` and `$` are anchors only at the ends of an alternative. */
function isAnchor(reader: Reader, character: string): boolean {
  if (reader.extended) return true;
  if (character === '^') return group(reader).atoms.length === 0;
  const rest = reader.pattern.slice(reader.at, reader.at + 2);
  return rest === '' || rest === '\\)' || rest === '\\|';
}

function step(reader: Reader): void {
  const character = reader.pattern[reader.at++] as string;
  const { atoms } = group(reader);
  if (character === '\\') escaped(reader);
  else if (character === '[') bracket(reader);
  else if (character === '.') atom(reader, '.');
  else if (character === '^' || character === '$')
    atom(reader, isAnchor(reader, character) ? character : `\\${character}`);
  else if (character === '*' && !reader.extended && (atoms.length === 0 || (atoms.length === 1 && atoms[0] === '^')))
    atom(reader, '\\*');
  else if (character === '*' || (reader.extended && '(){|+?'.includes(character))) operator(reader, character);
  else atom(reader, quotePattern(character));
}

/** Translates one pattern (one line of grep's); its groups capture where that is asked for. */
export function translatePosixPattern(pattern: string, extended: boolean, captures = false): Translation {
  if (/^\[:\w+:\]$/.test(pattern)) return { problem: `character class syntax is [${pattern}], not ${pattern}` };
  const reader: Reader = { pattern, extended, captures, at: 0, groups: [{ done: [], atoms: [] }] };
  while (reader.at < pattern.length && reader.problem === undefined) step(reader);
  if (reader.problem === undefined && reader.groups.length > 1) reader.problem = 'Unmatched ( or \\(';
  if (reader.problem !== undefined) return { problem: reader.problem };
  const { done, atoms } = group(reader);
  return { expression: [...done, atoms.join('')].join('|') };
}
