/** Where quotes, brackets and here-documents of a shell text end. Follows POSIX.1-2017, Shell Command Language, 2.2 and 2.3. */

/** What can't be read; the message is the shell's. */
export class Unreadable extends Error {
  constructor(
    message: string,
    /** From 0. */
    readonly line = 0,
  ) {
    super(message);
  }
}

/** What comes too early when something is left open. */
export const END_OF_FILE = 'unexpected end of file';

/** What a shell says of a quote that does not end. */
export const unterminated = (): Unreadable => new Unreadable('syntax error: unterminated quoted string');

/** The end of a quoted stretch that begins at `from`; its closing quote. */
export function quoteEnd(source: string, from: number, isEscaped = source[from] !== "'"): number {
  const quote = source[from];
  for (let position = from + 1; position < source.length; position++) {
    if (source[position] === '\\' && isEscaped) position++;
    else if (source[position] === quote) return position;
  }
  throw unterminated();
}

const DOCUMENT = /^<<-?[ \t]*['"\\]?(\w+)['"]?/;

/** Where a here-document ends, of which a line before a place tells the end. */
function endOfDocument(source: string, from: number, end: string): number {
  const last = new RegExp(`^\\t*${end}$`, 'gm');
  last.lastIndex = from;
  return last.test(source) ? last.lastIndex : source.length;
}

/** What stands before a command. */
const COMES_FIRST = /(?:[;&|()\n{]|\b(?:then|do|else))[ \t]*$/;

/** Where the line ends that a place is in. */
export function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}

/** Where a bracket that is open at `from` closes, quotes and comments left aside. */
export function closing(source: string, from: number, open: string, close: string): number {
  let depth = 1;
  // How deep the `case`s stand that are open: their patterns end with a bracket that has none before it.
  const cases: number[] = [];
  const documents: string[] = [];
  for (let position = from; position < source.length; position++) {
    const character = source[position];
    const document = open === '(' && character === '<' ? DOCUMENT.exec(source.slice(position, position + 80)) : null;
    const isWord = open === '(' && (character === 'c' || character === 'e');
    if (isWord && COMES_FIRST.test(source.slice(Math.max(0, position - 8), position))) {
      if (/^case\s/.test(source.slice(position, position + 5))) cases.push(depth);
      if (source.startsWith('esac', position)) cases.pop();
    }
    if (character === '\\') position++;
    else if (document) {
      documents.push(document[1] as string);
      position += document[0].length - 1;
    } else if (character === '\n')
      position = documents.splice(0).reduce((at, end) => endOfDocument(source, at, end), position);
    else if (character === "'" || character === '"') position = quoteEnd(source, position);
    else if (character === '#' && open === '(' && /[\s;(]/.test(source[position - 1] ?? ''))
      position = endOfLine(source, position) - 1;
    else if (character === open) depth++;
    else if (character === close && cases.at(-1) !== depth && --depth === 0) return position;
  }
  throw new Unreadable(`syntax error: ${open === '{' ? "missing '}'" : `${END_OF_FILE} (expecting ")")`}`);
}

/** The text between the double brackets that are open before `from`; undefined when they are those of two subshells. */
export function betweenDouble(source: string, from: number): string | undefined {
  try {
    const end = closing(source, from, '(', ')');
    return source[end + 1] === ')' ? source.slice(from, end) : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
