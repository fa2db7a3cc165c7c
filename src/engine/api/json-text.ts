/**
 * JSON text as Go's reader takes it: its words for what is wrong, and the keys that stand twice in one object, which it lets pass.
 * Follows encoding/json/scanner.go and sigs.k8s.io/json (UnmarshalStrict).
 */

/** What a look at a text found. */
export interface JsonText {
  /** Undefined when the text is not JSON. */
  readonly value?: unknown;
  readonly error?: string;
  /** With an error: how many characters were read, with the one that is wrong. */
  readonly read?: number;
  /** Paths of repeated keys, e.g. `spec.containers[0].name`; of such keys the last one counts. */
  readonly duplicates: readonly string[];
}

const MAX_DEPTH = 1_000;
const END = 'unexpected end of JSON input';

/** A fault ends the reading of a text. */
class JsonFault extends Error {}

class Reader {
  readonly duplicates: string[] = [];
  at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  readAll(): void {
    this.value('');
    this.skipSpace();
    if (this.at < this.text.length) throw this.invalid('after top-level value');
  }

  private skipSpace(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  private invalid(where: string): JsonFault {
    const character = this.text.codePointAt(this.at);
    if (character === undefined) return new JsonFault(END);
    return new JsonFault(`invalid character ${quoteCharacter(String.fromCodePoint(character))} ${where}`);
  }

  private value(path: string): void {
    this.skipSpace();
    const first = this.text[this.at] ?? '';
    if (first === '{') this.nested(() => this.object(path));
    else if (first === '[') this.nested(() => this.array(path));
    else if (first === '"') this.string();
    else if (first === '-' || isDigit(first)) this.number();
    else this.literal(first);
  }

  private nested(read: () => void): void {
    if (++this.depth > MAX_DEPTH) throw new JsonFault('exceeded max depth');
    this.at++;
    read();
    this.depth--;
  }

  private object(path: string): void {
    const keys = new Set<string>();
    this.skipSpace();
    if (this.take('}')) return;
    for (;;) {
      this.skipSpace();
      if (this.text[this.at] !== '"') throw this.invalid('looking for beginning of object key string');
      const key = this.string();
      const place = path === '' ? key : `${path}.${key}`;
      if (keys.has(key)) this.duplicates.push(place);
      keys.add(key);
      this.skipSpace();
      if (!this.take(':')) throw this.invalid('after object key');
      this.value(place);
      this.skipSpace();
      if (this.take('}')) return;
      if (!this.take(',')) throw this.invalid('after object key:value pair');
    }
  }

  private array(path: string): void {
    this.skipSpace();
    if (this.take(']')) return;
    for (let index = 0; ; index++) {
      this.value(`${path}[${index}]`);
      this.skipSpace();
      if (this.take(']')) return;
      if (!this.take(',')) throw this.invalid('after array element');
    }
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private string(): string {
    const start = this.at++;
    for (;;) {
      const character = this.text[this.at] ?? '';
      if (character === '"') break;
      if (character === '' || character < ' ') throw this.invalid('in string literal');
      this.at++;
      if (character === '\\') this.escape();
    }
    return JSON.parse(this.text.slice(start, ++this.at)) as string;
  }

  private escape(): void {
    if (!/["\\/bfnrtu]/.test(this.text[this.at] ?? '')) throw this.invalid('in string escape code');
    if (this.text[this.at++] !== 'u') return;
    for (let digit = 0; digit < 4; digit++, this.at++) {
      if (!/[0-9a-fA-F]/.test(this.text[this.at] ?? '')) throw this.invalid('in \\u hexadecimal character escape');
    }
  }

  private digits(where: string): void {
    if (!isDigit(this.text[this.at])) throw this.invalid(where);
    while (isDigit(this.text[this.at])) this.at++;
  }

  private number(): void {
    this.take('-');
    if (!this.take('0')) this.digits('in numeric literal');
    if (this.take('.')) this.digits('after decimal point in numeric literal');
    if (this.take('e') || this.take('E')) {
      if (!this.take('+')) this.take('-');
      this.digits('in exponent of numeric literal');
    }
  }

  private literal(first: string): void {
    const word = ['true', 'false', 'null'].find((each) => each.startsWith(first) && first !== '');
    if (!word) throw this.invalid('looking for beginning of value');
    for (const letter of word) {
      if (!this.take(letter)) throw this.invalid(`in literal ${word} (expecting ${quoteCharacter(letter)})`);
    }
  }
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function quoteCharacter(character: string): string {
  if (character === "'") return `'\\''`;
  return character === '"' ? `'"'` : `'${JSON.stringify(character).slice(1, -1)}'`;
}

/** Reads a text. */
export function readJson(text: string): JsonText {
  const reader = new Reader(text);
  try {
    reader.readAll();
  } catch (error) {
    if (error instanceof JsonFault) return { error: error.message, read: reader.at + 1, duplicates: [] };
    throw error;
  }
  return { value: JSON.parse(text), duplicates: reader.duplicates };
}
