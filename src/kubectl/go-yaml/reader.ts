/**
 * A text as Kubernetes' YAML parser reads it: a position with line and column, from 0.
 * Follows go.yaml.in/yaml/v2 (readerc.go, yamlprivateh.go).
 */

/** Where something stands; everything from 0. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/** Where a text begins. */
export const BEGINNING: Mark = { index: 0, line: 0, column: 0 };

/** What can't be read, and where. The parser counts lines one lower than the scanner does. */
export class GoYamlError extends Error {
  constructor(
    readonly problem: string,
    readonly mark: Mark,
    readonly by: 'reader' | 'scanner' | 'parser',
    readonly context: Mark = mark,
  ) {
    super(problem);
  }
}

const BREAKS = '\r\n\u0085\u2028\u2029';
const END = '\0';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** Whether a character ends a line, or the text. */
export const isBreakOrEnd = (char: string): boolean => char === END || BREAKS.includes(char);
/** Whether a character is a space or a tab. */
export const isBlank = (char: string): boolean => char === ' ' || char === '\t';
/** Whether a character stands between words. */
export const isBlankOrEnd = (char: string): boolean => isBlank(char) || isBreakOrEnd(char);

/** Reads characters one after the other. */
export class Reader {
  private readonly chars: readonly string[];
  index = 0;
  line = 0;
  column = 0;

  /** Throws GoYamlError for characters that may not stand in YAML. */
  constructor(text: string) {
    if (FORBIDDEN.test(text)) {
      throw new GoYamlError('control characters are not allowed', BEGINNING, 'reader');
    }
    this.chars = [...text];
  }

  get mark(): Mark {
    const { index, line, column } = this;
    return { index, line, column };
  }

  /** The character so many places on; NUL at the end. */
  peek(offset = 0): string {
    return this.chars[this.index + offset] ?? END;
  }

  get atEnd(): boolean {
    return this.index >= this.chars.length;
  }

  get atBreak(): boolean {
    return BREAKS.includes(this.peek());
  }

  skip(count = 1): void {
    this.index += count;
    this.column += count;
  }

  skipLine(): void {
    this.index += this.peek() === '\r' && this.peek(1) === '\n' ? 2 : 1;
    this.line++;
    this.column = 0;
  }

  skipWhile(test: (char: string) => boolean): void {
    while (!this.atEnd && test(this.peek())) this.skip();
  }

  /** Passes over blanks and a comment. */
  skipComment(): void {
    this.skipWhile(isBlank);
    if (this.peek() === '#') this.skipWhile((char) => !isBreakOrEnd(char));
  }

  /** Whether `---` or `...` begins here, at the start of a line. */
  get atDocumentIndicator(): boolean {
    if (this.column > 0 || !isBlankOrEnd(this.peek(3))) return false;
    const three = this.peek() + this.peek(1) + this.peek(2);
    return three === '---' || three === '...';
  }

  /** An error of the scanner where it stands. */
  fail(problem: string): never {
    throw new GoYamlError(problem, this.mark, 'scanner');
  }
}
