/**
 * What can be said of an expression before it runs: names and functions that are not there, fields that a schema does not have, and
 * operators and functions that do not take the types they are given, as far as those are simple and known (overloads.ts).
 * Follows cel-go/checker in its words.
 */

import { parseRegularExpression } from '../regular-expression';
import { located, type Node } from './ast';
import { unescapeField } from './evaluate';
import { FUNCTIONS, NAMESPACES } from './functions';
import { OPERATORS } from './operators';
import { functionOf, isScalar, isWhole, type Overload, operatorOf } from './overloads';
import { TYPE_NAMES, typeNameOf } from './values';

/** What is known of a value. Undefined stands for anything. */
export interface CelShape {
  /** The only fields it has. */
  readonly fields?: ReadonlyMap<string, CelShape | undefined>;
  /** What its items or values are. */
  readonly each?: CelShape;
  /** Which of the two it is, if known. */
  readonly kind?: 'list' | 'map';
  /** How many letters, items or entries it has at most. */
  readonly most?: number;
  /** Its type, as far as it is known. */
  readonly type?: string;
}

type Names = ReadonlyMap<string, CelShape | undefined>;

/** Those that decide which of their sides are evaluated, and those that don't. */
const SIGNS: ReadonlySet<string> = new Set(['&&', '||', '?:', ...Object.keys(OPERATORS)]);

/** What takes a value out of what may be missing. */
const OF_OPTIONAL: ReadonlySet<string> = new Set(['.or', '.orValue', '.value']);

/** What gives one of a list's items. */
const OF_ITEM: ReadonlySet<string> = new Set(['.min', '.max', '.sum']);

const literalShape = (node: Node): CelShape | undefined =>
  node.op === 'literal' ? { type: node.type ?? typeNameOf(node.value) } : undefined;

/** What an item or a value is. */
const itemOf = (shape: CelShape | undefined): CelShape | undefined => (shape?.type === 'dyn' ? shape : shape?.each);

/** The type of a value: of a list or map only where what is in it is neither. */
function typeOf(shape: CelShape | undefined): string | undefined {
  const inner = shape?.each?.type;
  if (shape?.type || !shape?.kind || !isScalar(inner)) return shape?.type;
  return shape.kind === 'list' ? `list(${inner})` : `map(string, ${inner})`;
}

const listOf = (each: CelShape | undefined): CelShape => ({ each, type: `list(${each?.type ?? 'dyn'})` });

/** A list as it is written: of a type when all items are of the same that is neither a list nor a map. */
function listOfAll(items: readonly (CelShape | undefined)[]): CelShape | undefined {
  const [first] = items;
  return isScalar(first?.type) && items.every((item) => item?.type === first?.type)
    ? { kind: 'list', ...listOf({ type: first?.type }) }
    : undefined;
}

interface Problem {
  readonly at: number;
  readonly message: string;
}

class Checker {
  readonly problems: Problem[] = [];
  /** What is looked at only where all types fit. */
  readonly later: Problem[] = [];
  private inFormat = false;

  constructor(
    private readonly text: string,
    private readonly functions: ReadonlySet<string>,
  ) {}

  shapeOf(node: Node, names: Names): CelShape | undefined {
    switch (node.op) {
      case 'ident':
        if (!names.has(node.name) && !TYPE_NAMES.includes(node.name)) this.undeclared(node.name, node.at);
        return names.get(node.name);
      case 'select':
        return this.select(node, names);
      case 'list':
        return this.list(node.items, names);
      case 'map':
        for (const entry of node.entries) for (const part of entry) this.shapeOf(part, names);
        return undefined;
      case 'bind':
        return this.shapeOf(node.body, new Map(names).set(node.name, this.shapeOf(node.value, names)));
      case 'macro':
        return this.macro(node, names);
      case 'call':
        return this.call(node, names);
      default:
        return literalShape(node);
    }
  }

  private complain(at: number, message: string): void {
    this.problems.push({ at, message: located(this.text, at, message) });
  }

  /** Items of one list are of one type, but for those that are written into a text. */
  private list(items: readonly Node[], names: Names): CelShape | undefined {
    const shapes = items.map((item) => this.shapeOf(item, names));
    const [first, ...types] = shapes.map(typeOf);
    const odd = types.findIndex((type) => first !== undefined && type !== undefined && type !== first);
    if (odd >= 0 && !this.inFormat) {
      const { at } = items[odd + 1] as Node;
      const [expected, found] = [first, types[odd]].map((type) => type?.replace('null_type', 'null'));
      this.later.push({ at, message: located(this.text, at, `expected type '${expected}' but found '${found}'`) });
    }
    return listOfAll(shapes);
  }

  private undeclared(name: string, at: number): void {
    this.complain(at, `undeclared reference to '${name}' (in container '')`);
  }

  private select(node: Node & { op: 'select' }, names: Names): CelShape | undefined {
    const found = this.field(this.shapeOf(node.of, names), node.field, node.at);
    if (node.test) return { type: 'bool' };
    return node.optional && found?.type !== 'dyn' ? undefined : found;
  }

  private field(of: CelShape | undefined, field: string, at: number): CelShape | undefined {
    const fields = of?.fields;
    if (of?.type === 'dyn') return of;
    if (!fields) {
      const type = of?.type;
      const why = type?.startsWith('kubernetes.')
        ? `unexpected failed resolution of '${type}'`
        : `type '${type}' does not support field selection`;
      if (type) this.complain(at, why);
      return of?.each;
    }
    const name = fields.has(field) ? field : unescapeField(field);
    if (!fields.has(name)) this.complain(at, `undefined field '${field}'`);
    return fields.get(name);
  }

  private macro(node: Node & { op: 'macro' }, names: Names): CelShape | undefined {
    const over = this.shapeOf(node.over, names);
    const type = typeOf(over);
    if (isScalar(type)) {
      const why = `expression of type '${type}' cannot be range of a comprehension (must be list, map, or dynamic)`;
      this.complain(node.over.at, why);
    }
    const inner = new Map(names);
    const [first = '', second] = node.variables;
    inner.set(first, second === undefined ? (over?.kind === 'map' ? { type: 'string' } : itemOf(over)) : undefined);
    if (second !== undefined) inner.set(second, itemOf(over));
    if (node.predicate) this.shapeOf(node.predicate, inner);
    const body = node.body && this.shapeOf(node.body, inner);
    if (node.name === 'filter') return over?.type === 'dyn' ? listOf(over) : over;
    if (node.name !== 'map') return { type: 'bool' };
    return over?.type === 'dyn' ? listOf(body) : { kind: 'list', each: body };
  }

  private call(node: Node & { op: 'call' }, names: Names): CelShape | undefined {
    const { name, target, args, at } = node;
    const space = target?.op === 'ident' && NAMESPACES.includes(target.name) && !names.has(target.name);
    const receiver = target && !space ? this.shapeOf(target, names) : undefined;
    const outside = this.inFormat;
    this.inFormat ||= name === 'format';
    const given = args.map((arg) => this.shapeOf(arg, names));
    this.inFormat = outside;
    const types = given.map(typeOf);
    if (!target && SIGNS.has(name)) {
      if (name === '&&' || name === '||') this.truths(args, types);
      return name === '[]' && !isScalar(types[0]) ? itemOf(given[0]) : this.typed(operatorOf(name, types), at);
    }
    const key = target ? `${space ? (target as Node & { op: 'ident' }).name : ''}.${name}` : name;
    if (!Object.hasOwn(FUNCTIONS, key) && !this.functions.has(key)) this.undeclared(name, at);
    const [pattern] = args.slice(-1);
    const isPattern = /^\.?matches$|^\.find(All)?$/.test(key) && pattern?.op === 'literal';
    if (isPattern && 'problem' in parseRegularExpression(String(pattern.value))) {
      this.complain(pattern.at, `invalid ${name} argument`);
    }
    if (OF_OPTIONAL.has(key) && receiver?.type === 'dyn') return receiver;
    const shape = this.typed(functionOf(key, target && !space ? [typeOf(receiver), ...types] : types), at);
    return OF_ITEM.has(key) ? (shape ?? itemOf(receiver)) : shape;
  }

  private truths(nodes: readonly Node[], types: readonly (string | undefined)[]): void {
    for (const [index, { at }] of nodes.entries()) {
      const type = types[index];
      if (isWhole(type) && type !== 'bool') this.complain(at, `expected type 'bool' but found '${type}'`);
    }
  }

  private typed({ type, problem }: Overload, at: number): CelShape | undefined {
    if (problem) this.complain(at, problem);
    if (!type || problem) return undefined;
    return type === 'list(string)' ? { kind: 'list', each: { type: 'string' } } : { type };
  }
}

/** What is wrong with a tree, and what its value will be; `functions` are those beside the usual ones. */
export function checkCel(
  text: string,
  node: Node,
  names: Names,
  functions: ReadonlySet<string>,
): { readonly problems: readonly string[]; readonly shape: CelShape | undefined } {
  const checker = new Checker(text, functions);
  const shape = checker.shapeOf(node, names);
  const problems = (checker.problems.length > 0 ? checker.problems : checker.later)
    .sort((a, b) => a.at - b.at || (a.message < b.message ? -1 : 1))
    .map(({ message }) => message);
  return { problems, shape };
}
