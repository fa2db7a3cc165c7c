/**
 * From a text to its tree. Follows the grammar and macros of github.com/google/cel-spec (doc/langdef.md), with optional selection and
 * the macros of two variables of cel-go/ext. Depth and size are bounded.
 */
import { CelSyntaxError, type MacroName, type Node } from './ast';
import { type Token, tokensOf } from './lexer';

const MAX_DEPTH = 200;
const MAX_TOKENS = 20_000;

/** By how strongly they bind, loosest first. */
const BINARY: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>', '>=', '==', '!=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

const MACROS: Readonly<Record<string, MacroName>> = {
  all: 'all',
  exists: 'exists',
  exists_one: 'exists_one',
  existsOne: 'exists_one',
  map: 'map',
  filter: 'filter',
};

const RESERVED = new Set(
  'as,break,const,continue,else,for,function,if,import,let,loop,package,namespace,return,var,void,while'.split(','),
);

/** What an expression may begin with, in the words of the parser upstream. */
const BEGINNINGS =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

class Parser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly hasBind: boolean,
  ) {}

  whole(): Node {
    const node = this.expression();
    if (this.next.type !== 'end') throw this.unexpected('<EOF>');
    return node;
  }

  private get next(): Token {
    return this.tokens[this.at] as Token;
  }

  private unexpected(wanted: string): CelSyntaxError {
    const { text, at } = this.next;
    return new CelSyntaxError(`Syntax error: mismatched input '${text}' expecting ${wanted}`, at);
  }

  private take(text: string): boolean {
    if (this.next.type === 'string' || this.next.text !== text) return false;
    this.at++;
    return true;
  }

  private need(text: string): void {
    if (!this.take(text)) throw this.unexpected(`'${text}'`);
  }

  private expression(): Node {
    if (++this.depth > MAX_DEPTH) throw new CelSyntaxError('expression is nested too deeply', this.next.at);
    const condition = this.binary(0);
    const { at } = this.next;
    let node = condition;
    if (this.take('?')) {
      const yes = this.binary(0);
      this.need(':');
      node = { op: 'call', name: '?:', args: [condition, yes, this.expression()], at };
    }
    this.depth--;
    return node;
  }

  private binary(level: number): Node {
    const signs = BINARY[level];
    if (!signs) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const { text, at, type } = this.next;
      if (type === 'string' || !signs.includes(text)) return left;
      this.at++;
      left = { op: 'call', name: text, args: [left, this.binary(level + 1)], at };
    }
  }

  private unary(): Node {
    const { at, text } = this.next;
    if (this.next.type === 'sign' && (text === '!' || text === '-')) {
      if (++this.depth > MAX_DEPTH) throw new CelSyntaxError('expression is nested too deeply', at);
      this.at++;
      const inner = this.unary();
      this.depth--;
      if (text === '-' && inner.op === 'literal' && typeof inner.value !== 'string' && inner.value !== null) {
        if (typeof inner.value !== 'boolean') return { ...inner, value: -inner.value, at };
      }
      return { op: 'call', name: `${text}_`, args: [inner], at };
    }
    return this.member();
  }

  private member(): Node {
    let node = this.primary();
    for (;;) {
      const { at } = this.next;
      if (this.take('.') || this.take('.?')) {
        const optional = this.tokens[this.at - 1]?.text === '.?';
        const field = this.fieldName();
        if (!optional && this.next.text === '(' && this.next.type === 'sign') node = this.method(node, field, at);
        else node = { op: 'select', of: node, field, at, ...(optional ? { optional } : {}) };
      } else if (this.take('[') || this.take('[?')) {
        const name = this.tokens[this.at - 1]?.text === '[?' ? '[?]' : '[]';
        const index = this.expression();
        this.need(']');
        node = { op: 'call', name, args: [node, index], at };
      } else return node;
    }
  }

  private fieldName(): string {
    if (this.take('`')) {
      let name = '';
      while (this.next.type !== 'end' && this.next.text !== '`') name += (this.tokens[this.at++] as Token).text;
      this.need('`');
      return name;
    }
    const { type, text } = this.next;
    if (type !== 'ident') throw this.unexpected('IDENTIFIER');
    this.at++;
    return text;
  }

  private args(): Node[] {
    this.need('(');
    return this.listUntil(')');
  }

  private listUntil(end: string): Node[] {
    const items: Node[] = [];
    while (!this.take(end)) {
      items.push(this.expression());
      if (!this.take(',')) {
        this.need(end);
        break;
      }
    }
    return items;
  }

  private method(target: Node, name: string, at: number): Node {
    const open = this.next.at;
    const args = this.args();
    const macro = Object.hasOwn(MACROS, name) ? MACROS[name] : undefined;
    if (macro && args.length >= 2 && args.length <= 3) return macroOf(macro, target, args, at);
    if (this.hasBind && name === 'bind' && target.op === 'ident' && target.name === 'cel' && args.length === 3) {
      const [variable, value, body] = args as [Node, Node, Node];
      return { op: 'bind', name: variableOf(variable), value, body, at };
    }
    return { op: 'call', name, target, args, at: open };
  }

  private primary(): Node {
    const { type, text, value, at } = this.next;
    if (type === 'end') throw this.unexpected(BEGINNINGS);
    this.at++;
    if (type === 'int' || type === 'double' || type === 'string') return { op: 'literal', value: value ?? '', at };
    if (type === 'ident') return this.identifier(text, at);
    if (text === '(') {
      const inner = this.expression();
      this.need(')');
      return inner;
    }
    if (text === '[') return { op: 'list', items: this.listUntil(']'), at };
    if (text === '{') return this.map(at);
    if (text === '.') return this.primary();
    this.at--;
    throw this.unexpected(BEGINNINGS);
  }

  private identifier(text: string, at: number): Node {
    if (text === 'true' || text === 'false') return { op: 'literal', value: text === 'true', at };
    if (text === 'null') return { op: 'literal', value: null, at };
    if (RESERVED.has(text)) throw new CelSyntaxError(`reserved identifier: ${text}`, at);
    if (this.next.text !== '(' || this.next.type !== 'sign') return { op: 'ident', name: text, at };
    const open = this.next.at;
    const args = this.args();
    if (text !== 'has') return { op: 'call', name: text, args, at: open };
    const [field] = args;
    if (args.length !== 1 || field?.op !== 'select') throw new CelSyntaxError('invalid argument to has() macro', at);
    return { ...field, test: true, at: open };
  }

  private map(at: number): Node {
    const entries: [Node, Node][] = [];
    while (!this.take('}')) {
      const key = this.expression();
      this.need(':');
      entries.push([key, this.expression()]);
      if (!this.take(',')) {
        this.need('}');
        break;
      }
    }
    return { op: 'map', entries, at };
  }
}

function variableOf(node: Node): string {
  if (node.op !== 'ident') throw new CelSyntaxError('argument must be a simple name', node.at);
  return node.name;
}

function macroOf(name: MacroName, over: Node, args: readonly Node[], at: number): Node {
  const [first, second, third] = args as [Node, Node, Node | undefined];
  const none = undefined;
  if (name === 'map') {
    const [predicate, body] = third ? [second, third] : [none, second];
    return { op: 'macro', name, over, variables: [variableOf(first)], predicate, body, at };
  }
  const variables = third ? [variableOf(first), variableOf(second)] : [variableOf(first)];
  return { op: 'macro', name, over, variables, predicate: third ?? second, body: none, at };
}

/** The tree of a text; `hasBind`: cel.bind is there, which Kubernetes does not have. Throws {@link CelSyntaxError}. */
export function parseCel(text: string, hasBind: boolean): Node {
  const tokens = tokensOf(text);
  if (tokens.length > MAX_TOKENS) throw new CelSyntaxError('expression is too long', 0);
  return new Parser(tokens, hasBind).whole();
}
