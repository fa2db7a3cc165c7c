/**
 * Reads the words of an expression and says what is wrong with them, as the parser upstream does: ANTLR with cel-go's grammar
 * (DefaultErrorStrategy of github.com/antlr4-go/antlr).
 */
import { CelSyntaxError, type Node } from './ast';
import type { Token } from './lexer';

/** By how strongly they bind, loosest first. */
export const BINARY: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>', '>=', '==', '!=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** What an expression may begin with, in the words and the order of the parser upstream, with what may stand there besides. */
export function beginnings(besides = ''): string {
  const signs = ['[', ']', '{', '}', '(', ')', '.', ',', '-', '!', '?', 'true', 'false', 'null'];
  const named = signs.filter((sign) => !/[\]}),?]/.test(sign) || besides.includes(sign)).map((sign) => `'${sign}'`);
  return `{${named.join(', ')}, NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}`;
}

/** Whether a word is one of some signs. */
export const isSign = ({ type, text }: Token, signs: readonly string[] | string): boolean =>
  (type === 'sign' || type === 'end' || text === 'in') && signs.includes(text);

/** Whether an expression may begin with a word. */
export const begins = (token: Token): boolean =>
  token.type === 'sign' ? '[{(.-!'.includes(token.text) : !/^(?:end|escaped)$/.test(token.type) && token.text !== 'in';

/** Recovers from mistakes as ANTLR does: a word too many is left out, a missing one is taken as there, else words are skipped. */
export class TokenReader {
  readonly mistakes: CelSyntaxError[];
  private at = 0;
  /** Until the next word that fits, further mistakes are not told. */
  private isRecovering = false;
  /** What may come after the expression at hand, for each it stands in. */
  protected readonly after: string[][] = [['<EOF>', '?']];

  constructor(
    private readonly tokens: readonly Token[],
    mistakes: readonly CelSyntaxError[],
  ) {
    this.mistakes = [...mistakes];
  }

  /** The text of the word that was read last. */
  protected get last(): string | undefined {
    return this.tokens[this.at - 1]?.text;
  }

  protected get next(): Token {
    return this.tokens[this.at] as Token;
  }

  protected get second(): Token {
    return this.tokens[this.at + 1] ?? this.next;
  }

  private report(what: string): void {
    if (!this.isRecovering) this.mistakes.push(new CelSyntaxError(`Syntax error: ${what}`, this.next.at));
    this.isRecovering = true;
  }

  private unexpected(how: 'mismatched' | 'extraneous', wanted: string): void {
    this.report(`${how} input '${this.next.text}' expecting ${wanted}`);
  }

  /** Nothing comes after a sign that stands before what it is about. */
  protected nothingAfter(sign: string): Node {
    if (sign === '-') {
      this.report("no viable alternative at input '-'");
      this.isRecovering = false;
    }
    this.unexpected(sign === '-' ? 'mismatched' : 'extraneous', beginnings());
    return this.recover();
  }

  /** Goes on where something around it can. */
  protected recover(): Node {
    const { at } = this.next;
    const ends = [...BINARY.flat(), ...this.after.flat(), '<EOF>'];
    while (!isSign(this.next, ends)) this.at++;
    return { op: 'literal', value: null, at };
  }

  protected advance(): Token {
    this.isRecovering = false;
    const token = this.next;
    if (token.type !== 'end') this.at++;
    return token;
  }

  protected take(text: string): boolean {
    if (!isSign(this.next, [text])) return false;
    this.advance();
    return true;
  }

  /** Whether what is to stand here does, or can be thought to. */
  protected need(text: string): boolean {
    if (this.take(text)) return true;
    const { next } = this;
    const wanted = text === '<EOF>' ? text : `'${text}'`;
    if (next !== this.second && isSign(this.second, [text])) {
      this.unexpected('extraneous', wanted);
      this.advance();
      return this.take(text);
    }
    const outside = this.after.at(-1) as string[];
    const isThere = text === ':' ? begins(next) : isSign(next, ['.', '[', ...BINARY.flat(), ...outside]);
    if (isThere && text !== '<EOF>') this.report(`missing ${wanted} at '${next.text}'`);
    else this.unexpected('mismatched', wanted);
    return isThere;
  }

  /** Whether one of several may stand here, or after a word that is too many. */
  protected one(fits: (token: Token) => boolean, wanted: string): boolean {
    if (fits(this.next)) return true;
    if (this.next === this.second || !fits(this.second)) {
      this.unexpected('mismatched', wanted);
      return false;
    }
    this.unexpected('extraneous', wanted);
    this.advance();
    return true;
  }

  /** What stands after a dot. */
  protected name(): string | undefined {
    const { type, text } = this.next;
    if (type === 'ident') return this.advance().text;
    this.report(`no viable alternative at input '.${type === 'end' ? '' : text}'`);
    return undefined;
  }
}
