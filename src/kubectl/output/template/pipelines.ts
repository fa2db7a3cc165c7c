/** Reads the pipelines of a Go template. Follows text/template/parse/parse.go, with its words. */
import type { Token, TokenType } from './lexer';
import { numberOf, unquoted } from './literals';
import type { Operand, Pipe } from './nodes';
import { Int } from './values';

/** Blocks in blocks, and parentheses in parentheses, before a call stack ends. */
const MAX_DEPTH = 100;

/** What is wrong with a template, without where. */
export class TemplateProblem extends Error {
  constructor(
    message: string,
    readonly pos: number,
  ) {
    super(message);
  }
}

function shown({ type, text }: Token): string {
  if (type === 'end') return 'EOF';
  if (type === 'error') return text;
  if (type === 'keyword' || type === 'dot' || type === 'nil') return `<${text}>`;
  return text.length > 10 ? `${JSON.stringify(text.slice(0, 10))}...` : JSON.stringify(text);
}

const OPERANDS: readonly TokenType[] = [
  'bool',
  'constant',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw',
  'string',
  'variable',
  'paren',
];

/** A place among tokens, with what is known there. */
export class PipelineReader {
  protected at = 0;
  protected depth = 0;
  protected variables: string[] = ['$'];

  constructor(
    private readonly tokens: readonly Token[],
    private readonly functions: ReadonlySet<string>,
  ) {}

  protected peek(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token;
  }

  protected next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  protected nextSolid(): Token {
    while (this.peek().type === 'space') this.at++;
    return this.next();
  }

  protected peekSolid(): Token {
    while (this.peek().type === 'space') this.at++;
    return this.peek();
  }

  /** True just behind `}}`. */
  protected isClosed(): boolean {
    return this.tokens[this.at - 1]?.type === 'right';
  }

  protected unexpected(token: Token, context: string): never {
    throw new TemplateProblem(
      token.type === 'error' ? token.text : `unexpected ${shown(token)} in ${context}`,
      token.pos,
    );
  }

  protected deeper(): void {
    if (++this.depth > MAX_DEPTH) throw new TemplateProblem('max expression depth exceeded', this.peek().pos);
  }

  protected pipeline(context: string, end: TokenType): Pipe {
    const { pos } = this.peekSolid();
    const { variables, assigns } = this.declarations(context);
    const commands: Pipe['commands'][number][] = [];
    for (;;) {
      const token = this.nextSolid();
      if (token.type === end) break;
      if (!OPERANDS.includes(token.type)) this.unexpected(token, context);
      this.at--;
      commands.push(this.command());
    }
    if (commands.length === 0) throw new TemplateProblem(`missing value for ${context}`, pos);
    for (const [index, { args }] of commands.entries()) {
      if (index === 0 || !/^(?:literal|dot|nil)$/.test((args[0] as Operand).type)) continue;
      throw new TemplateProblem(`non executable command in pipeline stage ${index + 1}`, pos);
    }
    const declared = variables.length > 0 ? `${variables.join(', ')} ${assigns ? '=' : ':='} ` : '';
    const text = declared + commands.map((command) => command.text).join(' | ');
    return { pos, text, commands, variables, assigns };
  }

  private declarations(context: string): Pick<Pipe, 'variables' | 'assigns'> {
    const variables: string[] = [];
    for (;;) {
      const start = this.at;
      const variable = this.peekSolid();
      if (variable.type !== 'variable') return { variables, assigns: false };
      this.next();
      const operator = this.peekSolid();
      const isList = operator.type === 'char' && operator.text === ',';
      if (operator.type !== 'declare' && operator.type !== 'assign' && !isList) {
        this.at = start;
        return { variables, assigns: false };
      }
      this.next();
      variables.push(variable.text);
      if (isList && (context !== 'range' || variables.length > 1)) {
        throw new TemplateProblem(`too many declarations in ${context}`, operator.pos);
      }
      if (operator.type === 'assign') for (const name of variables) this.known(name, variable.pos);
      if (isList) continue;
      this.variables.push(...variables);
      return { variables, assigns: operator.type === 'assign' };
    }
  }

  private known(name: string, pos: number): void {
    if (!this.variables.includes(name)) throw new TemplateProblem(`undefined variable ${JSON.stringify(name)}`, pos);
  }

  private command(): Pipe['commands'][number] {
    const { pos } = this.peekSolid();
    const args: Operand[] = [];
    for (;;) {
      this.peekSolid();
      const operand = this.operand();
      if (operand) args.push(operand);
      const token = this.next();
      if (token.type === 'space') continue;
      if (token.type === 'right' || token.type === 'close') this.at--;
      else if (token.type !== 'pipe') this.unexpected(token, 'operand');
      break;
    }
    if (args.length === 0) throw new TemplateProblem('empty command', pos);
    const text = args.map((arg) => (arg.type === 'pipe' ? `(${arg.text})` : arg.text)).join(' ');
    return { pos, text, args };
  }

  private operand(): Operand | undefined {
    const term = this.term();
    if (!term || this.peek().type !== 'field') return term;
    // As Go has it, what is read on counts from the first field that follows.
    const { pos } = this.peek();
    const names: string[] = [];
    while (this.peek().type === 'field') names.push(this.next().text.slice(1));
    const text = `${term.type === 'pipe' ? `(${term.text})` : term.text}.${names.join('.')}`;
    if (term.type === 'field' || term.type === 'variable')
      return { ...term, names: [...term.names, ...names], pos, text };
    if (/^(?:literal|nil|dot)$/.test(term.type)) {
      throw new TemplateProblem(`unexpected . after term ${JSON.stringify(term.text)}`, term.pos);
    }
    return { type: 'chain', of: term, names, pos: term.pos, text };
  }

  private term(): Operand | undefined {
    const { type, text, pos } = this.nextSolid();
    switch (type) {
      case 'identifier':
        if (!this.functions.has(text)) throw new TemplateProblem(`function ${JSON.stringify(text)} not defined`, pos);
        return { type: 'function', name: text, pos, text };
      case 'dot':
      case 'nil':
        return { type, pos, text };
      case 'variable':
        this.known(text, pos);
        return { type, name: text, names: [], pos, text };
      case 'field':
        return { type, names: [text.slice(1)], pos, text };
      case 'bool':
        return { type: 'literal', value: text === 'true', pos, text };
      case 'number':
        return { type: 'literal', value: numberOf(text), pos, text };
      case 'constant':
        return { type: 'literal', value: new Int(unquoted(text).codePointAt(0) ?? 0), pos, text };
      case 'string':
      case 'raw':
        return { type: 'literal', value: unquoted(text), pos, text };
      case 'paren': {
        this.deeper();
        const pipe = this.pipeline('parenthesized pipeline', 'close');
        this.depth--;
        return { type: 'pipe', pipe, pos, text: pipe.text };
      }
      default:
        this.at--;
        return undefined;
    }
  }
}
