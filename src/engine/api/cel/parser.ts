/**
 * From a text to its tree. Follows the grammar and macros of github.com/google/cel-spec (doc/langdef.md), with optional selection and
 * the macros of two variables of cel-go/ext. Depth and size are bounded.
 */
import { CelSyntaxError, type MacroName, type Node } from './ast';
import { type Token, tokensOf } from './lexer';
import { BINARY, beginnings, begins, isSign, TokenReader } from './token-reader';

const MAX_DEPTH = 200;
const MAX_TOKENS = 20_000;
const MAX_MISTAKES = 100;

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

class Parser extends TokenReader {
  private depth = 0;

  constructor(
    tokens: readonly Token[],
    private readonly isOurs: boolean,
    mistakes: readonly CelSyntaxError[],
  ) {
    super(tokens, mistakes);
  }

  whole(): Node {
    const node = this.expression();
    this.need('<EOF>');
    return node;
  }

  private within(after: string[]): Node {
    this.after.push(after);
    const node = this.expression();
    this.after.pop();
    return node;
  }

  private expression(): Node {
    if (++this.depth > MAX_DEPTH) throw new CelSyntaxError('expression is nested too deeply', this.next.at);
    const condition = this.binary(0);
    const { at } = this.next;
    let node = condition;
    if (this.take('?')) {
      this.after.push([':']);
      const yes = this.binary(0);
      this.after.pop();
      if (this.need(':')) node = { op: 'call', name: '?:', args: [condition, yes, this.expression()], at };
      else node = this.recover();
    }
    this.depth--;
    return node;
  }

  private binary(level: number): Node {
    const signs = BINARY[level];
    if (!signs) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const { text, at } = this.next;
      if (!isSign(this.next, signs)) return left;
      this.advance();
      left = { op: 'call', name: text, args: [left, this.binary(level + 1)], at };
    }
  }

  private unary(): Node {
    if (!this.one(begins, beginnings())) return this.recover();
    const { at, text } = this.next;
    if (this.next.type === 'sign' && (text === '!' || text === '-')) {
      if (++this.depth > MAX_DEPTH) throw new CelSyntaxError('expression is nested too deeply', at);
      this.advance();
      if (isSign(this.next, ['<EOF>'])) return this.nothingAfter(text);
      const inner = this.unary();
      this.depth--;
      const isNumber =
        inner.op === 'literal' && inner.type === undefined && /^(?:bigint|number)$/.test(typeof inner.value);
      if (text === '-' && isNumber) return { ...inner, value: -(inner.value as number), at };
      return { op: 'call', name: `${text}_`, args: [inner], at };
    }
    return this.member();
  }

  private member(): Node {
    let node = this.primary();
    for (;;) {
      const { at } = this.next;
      if (this.take('.') || this.take('.?')) {
        const optional = this.last === '.?';
        const field = this.fieldName();
        if (field === undefined) return this.recover();
        if (!optional && isSign(this.next, '(')) node = this.method(node, field, at);
        else node = { op: 'select', of: node, field, at, ...(optional ? { optional } : {}) };
      } else if (this.take('[') || this.take('[?')) {
        const name = this.last === '[?' ? '[?]' : '[]';
        if (!this.one(begins, beginnings('?'))) return this.recover();
        const index = this.within([']', '?']);
        if (!this.need(']')) return this.recover();
        node = { op: 'call', name, args: [node, index], at };
      } else if (isSign(this.next, '{') && pathOf(node) !== undefined) node = this.message(pathOf(node) as string);
      else return node;
    }
  }

  private fieldName(): string | undefined {
    if (this.next.type !== 'escaped') return this.name();
    const { text, at } = this.advance();
    if (!this.isOurs) this.mistakes.push(new CelSyntaxError("unsupported syntax: '`'", at));
    return text.slice(1, -1);
  }

  private args(): Node[] {
    this.advance();
    const fits = (token: Token) => begins(token) || isSign(token, ')');
    const items: Node[] = [];
    if (!this.one(fits, beginnings(')'))) this.recover();
    else if (!isSign(this.next, ')')) {
      do items.push(this.within([',', ')', '?']));
      while (this.take(','));
    }
    if (!this.need(')')) this.recover();
    return items;
  }

  /** Elements up to the closing bracket, before which a comma may stand. */
  private elements(end: ']' | '}', element: () => void): void {
    const fits = (token: Token) => begins(token) || isSign(token, [end, ',', '?']);
    if (!this.one(fits, beginnings(`${end},?`))) {
      this.recover();
      return;
    }
    if (!isSign(this.next, [end, ','])) {
      element();
      while (isSign(this.next, ',') && begins(this.second)) {
        this.advance();
        element();
      }
    }
    if (!this.one((token) => isSign(token, [end, ',']), `{'${end}', ','}`)) this.recover();
    else {
      this.take(',');
      if (!this.need(end)) this.recover();
    }
  }

  private method(target: Node, name: string, at: number): Node {
    const open = this.next.at;
    const args = this.args();
    const macro = Object.hasOwn(MACROS, name) ? MACROS[name] : undefined;
    if (macro && args.length >= 2 && args.length <= 3) return macroOf(macro, target, args, at);
    if (this.isOurs && name === 'bind' && target.op === 'ident' && target.name === 'cel' && args.length === 3) {
      const [variable, value, body] = args as [Node, Node, Node];
      return { op: 'bind', name: variableOf(variable), value, body, at };
    }
    return { op: 'call', name, target, args, at: open };
  }

  private primary(): Node {
    const { type, text, value, at } = this.advance();
    if (type === 'uint' || type === 'bytes') return { op: 'literal', value: value ?? '', type, at };
    if (type === 'int' || type === 'double' || type === 'string') return { op: 'literal', value: value ?? '', at };
    if (type === 'ident') return this.identifier(text, at);
    if (text === '(') {
      const inner = this.within([')', '?']);
      return this.need(')') ? inner : this.recover();
    }
    if (text === '[') {
      const items: Node[] = [];
      this.elements(']', () => items.push(this.within([',', ']', '?'])));
      return { op: 'list', items, at };
    }
    if (text === '{') return this.map(at);
    const start = this.next.at;
    const name = this.name();
    return name === undefined ? this.recover() : this.identifier(name, start);
  }

  private identifier(text: string, at: number): Node {
    if (text === 'true' || text === 'false') return { op: 'literal', value: text === 'true', at };
    if (text === 'null') return { op: 'literal', value: null, at };
    if (RESERVED.has(text)) this.mistakes.push(new CelSyntaxError(`reserved identifier: ${text}`, at));
    if (!isSign(this.next, '(')) return { op: 'ident', name: text, at };
    const open = this.next.at;
    const args = this.args();
    const [field] = args;
    if (text !== 'has' || args.length !== 1 || !field) return { op: 'call', name: text, args, at: open };
    if (field.op === 'select') return { ...field, test: true, at: open };
    this.mistakes.push(new CelSyntaxError('invalid argument to has() macro', field.at));
    return field;
  }

  /** A message: there are no types of them. */
  private message(name: string): Node {
    const { at } = this.advance();
    this.elements('}', () => {
      this.name();
      if (this.need(':')) this.within([',', '}']);
      else this.recover();
    });
    this.mistakes.push(new CelSyntaxError(`undeclared reference to '${name}' (in container '')`, at));
    return { op: 'literal', value: null, at };
  }

  private map(at: number): Node {
    const entries: [Node, Node][] = [];
    this.elements('}', () => {
      const key = this.within([':', '?']);
      if (this.need(':')) entries.push([key, this.within([',', '}', '?'])]);
      else this.recover();
    });
    return { op: 'map', entries, at };
  }
}

/** `a.b.c`, as it was written. */
function pathOf(node: Node): string | undefined {
  if (node.op === 'ident') return node.name;
  const of = node.op === 'select' && !node.test && !node.optional ? pathOf(node.of) : undefined;
  return of === undefined ? undefined : `${of}.${(node as Node & { op: 'select' }).field}`;
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

/** The tree of a text; `isOurs`: cel.bind and names in backquotes are there, which Kubernetes does not have. Throws {@link CelSyntaxError}. */
export function parseCel(text: string, isOurs: boolean): Node {
  const { tokens, mistakes } = tokensOf(text);
  if (tokens.length > MAX_TOKENS) throw new CelSyntaxError('expression is too long', 0);
  const parser = new Parser(tokens, isOurs, mistakes);
  const tree = parser.whole();
  const [first, ...others] = parser.mistakes.sort((a, b) => a.at - b.at).slice(0, MAX_MISTAKES);
  if (first) throw new CelSyntaxError(first.message, first.at, others);
  return tree;
}
