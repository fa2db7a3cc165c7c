/**
 * Passing over scalars, anchors, tags and directives: only what can be wrong with them matters.
 * Follows go.yaml.in/yaml/v2 (scannerc.go).
 */
import { isBlank, isBlankOrEnd, isBreakOrEnd, type Reader } from './reader';

const isAlpha = (char: string): boolean => /[\w-]/.test(char) && char < '\x80';

/** `&name` or `*name`; gives the name. */
export function scanAnchor(reader: Reader): string {
  reader.skip();
  let name = '';
  for (; isAlpha(reader.peek()); reader.skip()) name += reader.peek();
  if (name !== '' && (isBlankOrEnd(reader.peek()) || '?:,]}%@`'.includes(reader.peek()))) return name;
  return reader.fail('did not find expected alphabetic or numeric character');
}

/** `!tag`, `!handle!tag` or `!<uri>`; gives the handle when it is one that must have been declared. */
export function scanTag(reader: Reader): string | undefined {
  let handle: string | undefined;
  if (reader.peek(1) === '<') {
    reader.skip(2);
    scanTagUri(reader, false);
    if (reader.peek() !== '>') reader.fail("did not find the expected '>'");
    reader.skip();
  } else {
    let read = '!';
    reader.skip();
    for (; isAlpha(reader.peek()); reader.skip()) read += reader.peek();
    if (reader.peek() === '!') {
      reader.skip();
      handle = `${read}!`;
      scanTagUri(reader, false);
    } else scanTagUri(reader, true);
  }
  if (!isBlankOrEnd(reader.peek())) reader.fail('did not find expected whitespace or line break');
  return handle;
}

function scanTagUri(reader: Reader, hasHead: boolean): void {
  const start = reader.index;
  for (;;) {
    const char = reader.peek();
    if (char === '%') {
      const hex = /^[0-9a-fA-F]{2}$/.test(reader.peek(1) + reader.peek(2));
      if (!hex) reader.fail('did not find URI escaped octet');
      reader.skip(3);
    } else if (!reader.atEnd && (isAlpha(char) || ";/?:@&=+$,.!~*'()[]".includes(char))) reader.skip();
    else break;
  }
  if (reader.index === start && !hasHead) reader.fail('did not find expected tag URI');
}

/** `%YAML 1.1` or `%TAG …`; anything else is refused. */
export function scanDirective(reader: Reader): 'version' | 'tag' {
  reader.skip();
  let name = '';
  for (; isAlpha(reader.peek()); reader.skip()) name += reader.peek();
  if (name === '') reader.fail('could not find expected directive name');
  if (!isBlankOrEnd(reader.peek())) reader.fail('found unexpected non-alphabetical character');
  if (name !== 'YAML' && name !== 'TAG') reader.fail('found unknown directive name');
  reader.skipWhile((char) => !isBreakOrEnd(char) && char !== '#');
  reader.skipComment();
  if (reader.atBreak) reader.skipLine();
  return name === 'YAML' ? 'version' : 'tag';
}

function scanIndicator(reader: Reader): number {
  const char = reader.peek();
  if (char < '0' || char > '9') return 0;
  if (char === '0') reader.fail('found an indentation indicator equal to 0');
  reader.skip();
  return Number(char);
}

/** A scalar after `|` or `>`, in a block of that indentation. */
export function scanBlockScalar(reader: Reader, parentIndent: number): void {
  reader.skip();
  const isChomping = (): boolean => reader.peek() === '+' || reader.peek() === '-';
  let increment = 0;
  if (isChomping()) {
    reader.skip();
    increment = scanIndicator(reader);
  } else {
    increment = scanIndicator(reader);
    if (increment > 0 && isChomping()) reader.skip();
  }
  reader.skipComment();
  if (!isBreakOrEnd(reader.peek())) reader.fail('did not find expected comment or line break');
  if (reader.atBreak) reader.skipLine();
  let indent = increment > 0 ? Math.max(parentIndent, 0) + increment : 0;
  indent = scanBlockBreaks(reader, indent, parentIndent);
  while (reader.column === indent && !reader.atEnd) {
    reader.skipWhile((char) => !isBreakOrEnd(char));
    if (reader.atBreak) reader.skipLine();
    scanBlockBreaks(reader, indent, parentIndent);
  }
}

/** Passes over empty lines; finds the indentation when it isn't known yet. */
function scanBlockBreaks(reader: Reader, indent: number, parentIndent: number): number {
  let deepest = 0;
  for (;;) {
    const isInside = (): boolean => indent === 0 || reader.column < indent;
    while (isInside() && reader.peek() === ' ') reader.skip();
    deepest = Math.max(deepest, reader.column);
    if (isInside() && reader.peek() === '\t') {
      reader.fail('found a tab character where an indentation space is expected');
    }
    if (!reader.atBreak) break;
    reader.skipLine();
  }
  return indent || Math.max(deepest, parentIndent + 1, 1);
}

const ESCAPE_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);
const ESCAPES = '0abt\tnvfre "\'\\N_LPxuU';

function scanEscape(reader: Reader): void {
  const code = reader.peek(1);
  if (!ESCAPES.includes(code)) reader.fail('found unknown escape character');
  reader.skip(2);
  const length = ESCAPE_LENGTHS.get(code) ?? 0;
  if (length === 0) return;
  const digits = Array.from({ length }, (_, offset) => reader.peek(offset)).join('');
  if (!new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits)) reader.fail('did not find expected hexdecimal number');
  const value = Number.parseInt(digits, 16);
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    reader.fail('found invalid Unicode character escape code');
  }
  reader.skip(length);
}

/** A scalar in quotes. */
export function scanQuoted(reader: Reader, quote: string): void {
  reader.skip();
  for (;;) {
    if (reader.atDocumentIndicator) reader.fail('found unexpected document indicator');
    if (reader.atEnd) reader.fail('found unexpected end of stream');
    while (!isBlankOrEnd(reader.peek()) && (reader.peek() !== quote || (quote === "'" && reader.peek(1) === "'"))) {
      if (reader.peek() === quote) reader.skip(2);
      else if (quote === '"' && reader.peek() === '\\') {
        if (!isBreakOrEnd(reader.peek(1)) || reader.peek(1) === '\0') scanEscape(reader);
        else {
          reader.skip();
          reader.skipLine();
          break;
        }
      } else reader.skip();
    }
    if (reader.peek() === quote) break;
    skipSpace(reader);
  }
  reader.skip();
}

function skipSpace(reader: Reader): void {
  for (;;) {
    if (isBlank(reader.peek())) reader.skip();
    else if (reader.atBreak) reader.skipLine();
    else return;
  }
}

/** A scalar without quotes; says whether it ended on another line, after which a key may begin. */
export function scanPlain(reader: Reader, indent: number, isFlow: boolean): boolean {
  let crossed = false;
  for (;;) {
    if (reader.atDocumentIndicator || reader.peek() === '#') break;
    while (!isBlankOrEnd(reader.peek())) {
      const char = reader.peek();
      if ((char === ':' && isBlankOrEnd(reader.peek(1))) || (isFlow && ',?[]{}'.includes(char))) break;
      crossed = false;
      reader.skip();
    }
    if (!isBlank(reader.peek()) && !reader.atBreak) break;
    while (isBlank(reader.peek()) || reader.atBreak) {
      if (reader.atBreak) {
        reader.skipLine();
        crossed = true;
        continue;
      }
      if (crossed && reader.column < indent && reader.peek() === '\t') {
        reader.fail('found a tab character that violates indentation');
      }
      reader.skip();
    }
    if (!isFlow && reader.column < indent) break;
  }
  return crossed;
}
