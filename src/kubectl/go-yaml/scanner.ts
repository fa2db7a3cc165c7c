/**
 * The tokens of a YAML text, without their values: what begins and ends where.
 * Follows go.yaml.in/yaml/v2 (scannerc.go), whose lookahead for simple keys decides which error comes first.
 */
import { BEGINNING, GoYamlError, isBlank, isBlankOrEnd, type Mark, Reader } from './reader';
import { scanAnchor, scanBlockScalar, scanDirective, scanPlain, scanQuoted, scanTag } from './scalars';
import type { Token, TokenType } from './tokens';

/** A place where a key may have begun. */
interface SimpleKey {
  possible: boolean;
  required: boolean;
  number: number;
  mark: Mark;
}

/** Characters with which no plain scalar begins. */
const INDICATORS = '-?:,[]{}#&*!|>\'"%@`';
/** A key stands on one line and is no longer than this. */
const MOST_KEY = 1024;

const NO_KEY = { possible: false, required: false, number: 0, mark: BEGINNING };

/** Gives the tokens one by one; throws GoYamlError at the first that can't be read. */
export class Scanner {
  private readonly reader: Reader;
  private readonly tokens: Token[] = [];
  private taken = 0;
  private done = false;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private keyAllowed = true;
  private readonly keys: SimpleKey[] = [{ ...NO_KEY }];

  constructor(text: string) {
    this.reader = new Reader(text);
  }

  /** The token that comes next. */
  peek(): Token {
    while (this.needsMore()) this.fetch();
    return this.tokens[0] as Token;
  }

  /** Passes over it. */
  skip(): void {
    this.tokens.shift();
    this.taken++;
  }

  /** A token is given only when nothing that follows can put another before it. */
  private needsMore(): boolean {
    if (this.tokens.length === 0) return !this.done;
    const key = this.keys.find(({ possible, number }) => possible && number === this.taken);
    return key !== undefined && this.isValid(key);
  }

  private isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    const { line, index } = this.reader;
    if (key.mark.line >= line && key.mark.index + MOST_KEY >= index) return true;
    this.refuseRequired(key);
    key.possible = false;
    return false;
  }

  private refuseRequired({ required, mark }: SimpleKey): void {
    if (required) throw new GoYamlError("could not find expected ':'", this.reader.mark, 'scanner', mark);
  }

  private get key(): SimpleKey {
    return this.keys[this.keys.length - 1] as SimpleKey;
  }

  private saveKey(): void {
    const required = this.flowLevel === 0 && this.indent === this.reader.column;
    if (!this.keyAllowed) return;
    this.removeKey();
    const number = this.taken + this.tokens.length;
    this.keys[this.keys.length - 1] = { possible: true, required, number, mark: this.reader.mark };
  }

  private removeKey(): void {
    const { key } = this;
    if (!key.possible) return;
    this.refuseRequired(key);
    key.possible = false;
  }

  private rollIndent(column: number, type: TokenType, mark: Mark, at = this.tokens.length): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    this.tokens.splice(at, 0, { type, start: mark });
  }

  private unrollIndent(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      const { mark } = this.reader;
      this.tokens.push({ type: 'block-end', start: mark });
      this.indent = this.indents.pop() as number;
    }
  }

  private push(type: TokenType, length: number): void {
    this.tokens.push({ type, start: this.reader.mark });
    this.reader.skip(length);
  }

  /** A token whose end is found by reading it. */
  private read(type: TokenType, scan: (reader: Reader) => void): void {
    const start = this.reader.mark;
    scan(this.reader);
    this.tokens.push({ type, start });
  }

  private toNextToken(): void {
    const { reader } = this;
    for (;;) {
      if (reader.column === 0 && reader.peek() === '\ufeff') reader.skip();
      const areTabsBlank = this.flowLevel > 0 || !this.keyAllowed;
      reader.skipWhile((char) => char === ' ' || (areTabsBlank && char === '\t'));
      if (reader.peek() === '#') reader.skipComment();
      if (!reader.atBreak) return;
      reader.skipLine();
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
  }

  private fetch(): void {
    const { reader } = this;
    this.toNextToken();
    this.unrollIndent(reader.column);
    if (reader.atEnd) this.fetchEnd();
    else if (reader.column === 0 && reader.peek() === '%') this.fetchDirective();
    else if (reader.atDocumentIndicator) this.fetchIndicator();
    else this.fetchStructure(reader.peek(), isBlankOrEnd(reader.peek(1)));
  }

  private fetchEnd(): void {
    if (this.reader.column !== 0) {
      this.reader.column = 0;
      this.reader.line++;
    }
    this.unrollIndent(-1);
    this.removeKey();
    this.keyAllowed = false;
    this.push('stream-end', 0);
    this.done = true;
  }

  private fetchDirective(): void {
    this.unrollIndent(-1);
    this.removeKey();
    this.keyAllowed = false;
    const start = this.reader.mark;
    const type = scanDirective(this.reader) === 'version' ? 'version' : 'tag-directive';
    this.tokens.push({ type, start });
  }

  private fetchIndicator(): void {
    this.unrollIndent(-1);
    this.removeKey();
    this.keyAllowed = false;
    this.push(this.reader.peek() === '-' ? 'document-start' : 'document-end', 3);
  }

  private fetchStructure(char: string, isAlone: boolean): void {
    const isFlow = this.flowLevel > 0;
    if (char === '[' || char === '{') this.fetchFlowStart(char);
    else if (char === ']' || char === '}') this.fetchFlowEnd(char);
    else if (char === ',') this.fetchFlowEntry();
    else if (char === '-' && isAlone) this.fetchBlockEntry();
    else if (char === '?' && (isFlow || isAlone)) this.fetchKey();
    else if (char === ':' && (isFlow || isAlone)) this.fetchValue();
    else this.fetchContent(char, isAlone);
  }

  private fetchContent(char: string, isAlone: boolean): void {
    const isFlow = this.flowLevel > 0;
    if ((char === '|' || char === '>') && !isFlow) {
      this.removeKey();
      this.keyAllowed = true;
      this.read('scalar', (reader) => scanBlockScalar(reader, this.indent));
      return;
    }
    const isPlain =
      (!INDICATORS.includes(char) && !isBlankOrEnd(char)) ||
      (char === '-' && !isBlank(this.reader.peek(1))) ||
      (!isFlow && '?:'.includes(char) && !isAlone);
    if (!isPlain && !'*&!\'"'.includes(char)) this.reader.fail('found character that cannot start any token');
    this.saveKey();
    this.keyAllowed = false;
    if (char === '*') this.readNamed('alias', scanAnchor);
    else if (char === '&') this.readNamed('anchor', scanAnchor);
    else if (char === '!') this.readNamed('tag', scanTag);
    else if (!isPlain) this.read('scalar', (reader) => scanQuoted(reader, char));
    else {
      this.read('scalar', (reader) => {
        if (scanPlain(reader, this.indent + 1, isFlow)) this.keyAllowed = true;
      });
    }
  }

  private readNamed(type: TokenType, scan: (reader: Reader) => string | undefined): void {
    const start = this.reader.mark;
    const name = scan(this.reader);
    this.tokens.push({ type, start, name });
  }

  private fetchFlowStart(char: string): void {
    this.saveKey();
    this.keys.push({ ...NO_KEY });
    this.flowLevel++;
    this.keyAllowed = true;
    this.push(char === '[' ? 'flow-sequence' : 'flow-mapping', 1);
  }

  private fetchFlowEnd(char: string): void {
    this.removeKey();
    if (this.flowLevel > 0) {
      this.flowLevel--;
      this.keys.pop();
    }
    this.keyAllowed = false;
    this.push(char === ']' ? 'flow-sequence-end' : 'flow-mapping-end', 1);
  }

  private fetchFlowEntry(): void {
    this.removeKey();
    this.keyAllowed = true;
    this.push('flow-entry', 1);
  }

  private fetchBlockEntry(): void {
    const { reader } = this;
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) reader.fail('block sequence entries are not allowed in this context');
      this.rollIndent(reader.column, 'block-sequence', reader.mark);
    }
    this.removeKey();
    this.keyAllowed = true;
    this.push('entry', 1);
  }

  private fetchKey(): void {
    const { reader } = this;
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) reader.fail('mapping keys are not allowed in this context');
      this.rollIndent(reader.column, 'block-mapping', reader.mark);
    }
    this.removeKey();
    this.keyAllowed = this.flowLevel === 0;
    this.push('key', 1);
  }

  private fetchValue(): void {
    const { reader, key } = this;
    if (this.isValid(key)) {
      const at = key.number - this.taken;
      this.tokens.splice(at, 0, { type: 'key', start: key.mark });
      this.rollIndent(key.mark.column, 'block-mapping', key.mark, at);
      key.possible = false;
      this.keyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) reader.fail('mapping values are not allowed in this context');
        this.rollIndent(reader.column, 'block-mapping', reader.mark);
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    this.push('value', 1);
  }
}
