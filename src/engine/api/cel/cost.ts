/**
 * What an expression may cost at most, worked out before it runs, from what a schema says of the sizes of its values.
 * Follows cel-go/checker/cost.go and apiserver/pkg/cel/library/cost.go, their quirks included: what has no place in the schema is as
 * large as its root. Left out: sizes of the items of lists and maps written out.
 */
import type { Node } from './ast';
import type { CelShape } from './check';
import {
  between,
  exactly,
  functionCost,
  INT,
  listOf,
  ofText,
  type Size,
  sizeOf,
  TEXT,
  times,
} from './cost-of-functions';
import { unescapeField } from './evaluate';
import { NAMESPACES } from './functions';
import { functionOf } from './overloads';
import { typeNameOf } from './values';

/** What is known of the value of a tree. */
interface Estimate {
  readonly cost: number;
  readonly size: Size | undefined;
  readonly shape: CelShape | undefined;
  /** Where in the schema it stands; `at` is undefined where the schema has nothing there. */
  readonly path?: { readonly at: CelShape | undefined };
  readonly isOptional?: boolean;
}

type Scope = ReadonlyMap<string, Estimate>;

/** How long the name of a format is at most (MaxFormatSize). */
const LONGEST_FORMAT = 64;

const SCALARS: ReadonlySet<string | undefined> = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'duration',
  'timestamp',
  'null_type',
]);

/** What it costs to see that values of Kubernetes' own types are the same; that they differ costs what texts do. */
function equalCost(left: Estimate | undefined, right: Estimate | undefined): number | undefined {
  const type = left?.shape?.type === right?.shape?.type ? (left?.shape?.type ?? '') : '';
  if (type === 'kubernetes.URL') return ofText(sizeOf(right).max);
  return /Quantity|Semver|^net/.test(type) ? 1 : type.endsWith('Format') ? ofText(LONGEST_FORMAT) : undefined;
}

/** A tree's value whose size follows from where it stands, else from its type. */
function placed(cost: number, shape: CelShape | undefined, path: Estimate['path'], isOptional = false): Estimate {
  const size = path?.at ? { min: 0, max: path.at.most ?? 0 } : SCALARS.has(shape?.type) ? exactly(1) : undefined;
  return { cost, size, shape, ...(path ? { path } : {}), ...(isOptional ? { isOptional } : {}) };
}

function fieldOf(shape: CelShape | undefined, field: string): CelShape | undefined {
  return shape?.fields?.get(field) ?? shape?.fields?.get(unescapeField(field));
}

class Coster {
  constructor(private readonly root: CelShape | undefined) {}

  of(node: Node, scope: Scope): Estimate {
    switch (node.op) {
      case 'literal':
        return literal(node);
      case 'ident': {
        const known = scope.get(node.name);
        return known ? { ...known, cost: 1 } : placed(1, undefined, { at: this.root });
      }
      case 'select':
        return this.select(node, scope);
      case 'list': {
        const items = node.items.map((item) => this.of(item, scope));
        return { ...listOf(items[0]?.shape, exactly(items.length)), cost: 10 + total(items) };
      }
      case 'map': {
        const parts = node.entries.flat().map((part) => this.of(part, scope));
        return { cost: 30 + total(parts), size: exactly(node.entries.length), shape: { kind: 'map' } };
      }
      case 'bind': {
        const value = this.of(node.value, scope);
        const body = this.of(node.body, new Map(scope).set(node.name, value));
        return { ...body, cost: 10 + value.cost + body.cost };
      }
      case 'macro':
        return this.macro(node, scope);
      default:
        return this.call(node, scope);
    }
  }

  /** One step down from a value; from one without a place to the root. */
  private step(from: Estimate, down: (shape: CelShape) => CelShape | undefined): NonNullable<Estimate['path']> {
    return { at: from.path ? from.path.at && down(from.path.at) : this.root };
  }

  private select(node: Node & { op: 'select' }, scope: Scope): Estimate {
    const of = this.of(node.of, scope);
    const { kind, each } = of.shape ?? {};
    const shape = kind === 'map' ? each : fieldOf(of.shape, node.field);
    if (node.test) return placed(of.cost, { type: 'bool' }, undefined);
    if (node.optional) return { ...placed(1 + of.cost, shape, undefined), isOptional: true };
    const isFree = of.isOptional || of.shape?.type === 'dyn' || !of.shape;
    const path = this.step(of, (at) => fieldOf(at, node.field));
    return placed(of.cost + (isFree ? 0 : 1), shape, path, of.isOptional);
  }

  private macro(node: Node & { op: 'macro' }, scope: Scope): Estimate {
    const over = this.of(node.over, scope);
    const isMap = over.shape?.kind === 'map';
    const each = over.shape?.each;
    const value = placed(
      1,
      each,
      this.step(over, (at) => at.each),
    );
    const key = isMap
      ? placed(
          1,
          TEXT,
          this.step(over, () => ({ type: 'string' })),
        )
      : placed(1, INT, { at: undefined });
    const [first = '', second] = node.variables;
    const inner = new Map(scope).set(first, second === undefined && !isMap ? value : key);
    if (second !== undefined) inner.set(second, value);
    const predicate = node.predicate ? this.of(node.predicate, inner).cost : 0;
    const body = node.body && this.of(node.body, inner);
    const rounds = sizeOf(over);
    const sum = (perRound: number, around: number): number => over.cost + around + times(rounds.max, perRound);
    const truth = { size: exactly(1), shape: { type: 'bool' } };
    switch (node.name) {
      case 'all':
        return { ...truth, cost: sum(3 + predicate, 1) };
      case 'exists':
        return { ...truth, cost: sum(4 + predicate, 1) };
      case 'exists_one':
        return { ...truth, cost: sum(2 + predicate, 2) };
      case 'filter':
        return { ...listOf(isMap ? TEXT : each, rounds), cost: sum(13 + predicate, 11) };
      default:
        return { ...listOf(body?.shape, rounds), cost: sum(12 + predicate + (body?.cost ?? 0), 11) };
    }
  }

  private call(node: Node & { op: 'call' }, scope: Scope): Estimate {
    const { name, target } = node;
    const args = node.args.map((arg) => this.of(arg, scope));
    const given = total(args);
    if (!target && isSign(name)) return this.operator(name, args, given);
    const space = target?.op === 'ident' && !scope.has(target.name) && NAMESPACES.includes(target.name);
    if (!target && name === 'dyn') return { ...(args[0] as Estimate), cost: 1 + given, shape: { type: 'dyn' } };
    const receiver = target && !space ? this.of(target, scope) : undefined;
    const key = target ? `${space ? (target as Node & { op: 'ident' }).name : ''}.${name}` : name;
    const { cost, size, shape } = functionCost(key.replace(/^\./, ''), receiver, args, (list) => this.itemOf(list));
    const type = functionOf(space ? key : target ? `.${name}` : name, []).type;
    const made = placed(given + (receiver?.cost ?? 0) + cost, shape ?? (type ? { type } : undefined), undefined);
    return size ? { ...made, size } : made;
  }

  private operator(name: string, args: readonly Estimate[], given: number): Estimate {
    const [left, right, last] = args;
    const ofBool = (cost: number): Estimate => placed(cost, { type: 'bool' }, undefined);
    switch (name) {
      case '&&':
      case '||':
        return ofBool(given);
      case '?:':
        return {
          cost: (left?.cost ?? 0) + Math.max(right?.cost ?? 0, last?.cost ?? 0),
          size: between(sizeOf(right), sizeOf(last)),
          shape: right?.shape ?? last?.shape,
        };
      case '==':
        return ofBool(given + (equalCost(left, right) ?? compared(left, right)));
      case '!=':
        return ofBool(given + compared(left, right));
      case '<':
      case '<=':
      case '>':
      case '>=':
        return ofBool(given + (isScalar(left) || isScalar(right) ? 1 : compared(left, right)));
      case 'in':
        return ofBool(given + (right?.shape?.kind === 'map' ? 1 : sizeOf(right).max));
      case '[]': {
        const path = this.step(left as Estimate, (at) => at.each);
        return placed(given + 1, left?.shape?.each, path);
      }
      case '+':
        return added(given, left as Estimate, right as Estimate);
      default:
        return placed(given + 1, name === '!_' ? { type: 'bool' } : left?.shape, undefined);
    }
  }

  /** The items of a list, as far as its place or their type tells. */
  private itemOf(list: Estimate): Estimate {
    return placed(0, list.shape?.each, list.path ? this.step(list, (at) => at.each) : undefined);
  }
}

const isSign = (name: string): boolean => !/^\w+$/.test(name) || name === 'in';
const total = (parts: readonly Estimate[]): number => parts.reduce((sum, { cost }) => sum + cost, 0);
const isScalar = (estimate: Estimate | undefined): boolean => SCALARS.has(estimate?.shape?.type);

function literal({ value, type }: Node & { op: 'literal' }): Estimate {
  return {
    cost: 0,
    size: exactly(typeof value === 'string' ? [...value].length : 1),
    shape: { type: type ?? typeNameOf(value) },
  };
}

/** Two values are compared as far as the shorter goes. */
const compared = (left: Estimate | undefined, right: Estimate | undefined): number =>
  ofText(Math.min(sizeOf(left).max, sizeOf(right).max));

function added(given: number, left: Estimate, right: Estimate): Estimate {
  const shape = left.shape ?? right.shape;
  if (isScalar(left) || isScalar(right)) return placed(given + 1, shape, undefined);
  const size = { min: sizeOf(left).min + sizeOf(right).min, max: sizeOf(left).max + sizeOf(right).max };
  return { cost: given + (shape?.kind === 'list' ? 1 : ofText(size.max)), size, shape };
}

/** What an expression over `self` and `oldSelf` may cost at most; Infinity where nothing bounds it. */
export function estimateCost(tree: Node, self: CelShape | undefined, isOldOptional = false): number {
  const whole = placed(1, self, { at: self });
  const scope = new Map([
    ['self', whole],
    ['oldSelf', isOldOptional ? { ...whole, isOptional: true } : whole],
  ]);
  return new Coster(self).of(tree, scope).cost;
}
