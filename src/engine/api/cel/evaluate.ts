/**
 * Evaluates trees. Every node costs 1 and what goes through texts or lists more, so that an evaluation ends whatever it is asked.
 * Follows cel-go/interpreter: errors of one side of && and || are absorbed by the other.
 */
import type { Node } from './ast';
import { toBytes } from './conversions';
import { type CelFunction, FUNCTIONS, NAMESPACES, type Spend } from './functions';
import { OPERATORS } from './operators';
import { CelError, CelOptional, CelType, fromJson, keysOf, noOverload, TYPE_NAMES, valueUnder } from './values';

/** The evaluation of an expression went beyond its budget. */
export class CelBudgetError extends CelError {}

/** What an evaluation works with. */
export interface Evaluation {
  readonly bindings: ReadonlyMap<string, unknown>;
  readonly functions: Readonly<Record<string, CelFunction>>;
  /** What is missing is null instead of an error. */
  readonly lenient: boolean;
  readonly spend: Spend;
}

type Scope = ReadonlyMap<string, unknown>;

/** The value of a tree. Throws {@link CelError}. */
export function evaluateNode(node: Node, run: Evaluation, scope: Scope = run.bindings): unknown {
  run.spend(1);
  switch (node.op) {
    case 'literal':
      return node.type === 'bytes' ? toBytes(node.value) : node.value;
    case 'ident':
      return variable(node.name, scope);
    case 'select':
      return select(node, run, scope);
    case 'list':
      return node.items.map((item) => evaluateNode(item, run, scope));
    case 'map':
      return new Map(
        node.entries.map(([key, value]) => [evaluateNode(key, run, scope), evaluateNode(value, run, scope)]),
      );
    case 'bind':
      return evaluateNode(node.body, run, within(scope, node.name, evaluateNode(node.value, run, scope)));
    case 'macro':
      return macro(node, run, scope);
    default:
      return call(node, run, scope);
  }
}

const within = (scope: Scope, name: string, value: unknown): Scope => new Map(scope).set(name, value);

function variable(name: string, scope: Scope): unknown {
  if (scope.has(name)) {
    const value = scope.get(name);
    // A variable that is worked out when it is asked for.
    return typeof value === 'function' ? fromJson(value()) : fromJson(value);
  }
  if (TYPE_NAMES.includes(name)) return new CelType(name);
  throw new CelError(`no such attribute(s): ${name}`);
}

/** `__namespace__` of names that CEL keeps for itself, `x__dot__y` of those it could not read. */
export function unescapeField(field: string): string {
  if (!field.includes('__')) return field;
  const whole = /^__(\w+?)__$/.exec(field);
  if (whole) return whole[1] as string;
  return field.replace(/__(dot|dash|slash|underscores)__/g, (_all, what: string) =>
    what === 'dot' ? '.' : what === 'dash' ? '-' : what === 'slash' ? '/' : '__',
  );
}

function select(node: Node & { op: 'select' }, run: Evaluation, scope: Scope): unknown {
  const of = evaluateNode(node.of, run, scope);
  const inner = of instanceof CelOptional ? of.value : of;
  const optional = of instanceof CelOptional || node.optional;
  if (inner === undefined || (inner === null && run.lenient)) {
    if (node.test) return false;
    return optional ? new CelOptional(undefined) : null;
  }
  if (!keysOf(inner)) throw noOverload();
  const found = valueUnder(inner, node.field) ?? valueUnder(inner, unescapeField(node.field));
  if (node.test) return found !== undefined;
  if (optional) return new CelOptional(found);
  if (found === undefined && !run.lenient) throw new CelError(`no such key: ${node.field}`);
  return found ?? null;
}

type Call = Node & { op: 'call' };

function call(node: Call, run: Evaluation, scope: Scope): unknown {
  const { name } = node;
  if (name === '&&' || name === '||') return logical(node, run, scope, name === '||');
  if (name === '?:') {
    const condition = evaluateNode(node.args[0] as Node, run, scope);
    if (typeof condition !== 'boolean') throw noOverload();
    return evaluateNode(node.args[condition ? 1 : 2] as Node, run, scope);
  }
  const { target } = node;
  const space =
    target?.op === 'ident' && NAMESPACES.includes(target.name) && !scope.has(target.name) ? target.name : '';
  const receiver = target && !space ? [evaluateNode(target, run, scope)] : [];
  const args = [...receiver, ...node.args.map((arg) => evaluateNode(arg, run, scope))];
  const operator = OPERATORS[name];
  if (operator && !target) return defined(operator(args, run.spend, run.lenient));
  const key = target ? `${space}.${name}` : name;
  const known = Object.hasOwn(run.functions, key) ? run.functions[key] : FUNCTIONS[key];
  if (!known) throw noOverload();
  return fromJson(defined(known(args, run.spend)));
}

function defined(value: unknown): unknown {
  if (value === undefined) throw noOverload();
  return value;
}

/** `true || error` is true, `false && error` is false, on either side. */
function logical(node: Call, run: Evaluation, scope: Scope, decides: boolean): boolean {
  let failure: CelError | undefined;
  for (const arg of node.args) {
    try {
      const value = evaluateNode(arg, run, scope);
      if (value === decides) return decides;
      if (typeof value !== 'boolean') failure ??= noOverload();
    } catch (error) {
      if (!(error instanceof CelError) || error instanceof CelBudgetError) throw error;
      failure ??= error;
    }
  }
  if (failure) throw failure;
  return !decides;
}

type Macro = Node & { op: 'macro' };

/** What a macro goes through: names of keys or places, and what stands there. */
function entriesOf(over: unknown): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(over)) return over.map((item, at) => [BigInt(at), fromJson(item)] as const);
  const keys = keysOf(over);
  if (!keys) throw noOverload();
  return keys.map((key) => [key, valueUnder(over, key)] as const);
}

function macro(node: Macro, run: Evaluation, scope: Scope): unknown {
  const { name, variables, predicate, body } = node;
  const over = evaluateNode(node.over, run, scope);
  if (over === null && run.lenient) return name === 'all' ? true : name === 'map' || name === 'filter' ? [] : false;
  const isMap = !Array.isArray(over);
  const [first = '', second] = variables;
  const taken: unknown[] = [];
  let failure: CelError | undefined;
  let count = 0;
  for (const [key, value] of entriesOf(over)) {
    const one = second === undefined ? (isMap ? key : value) : key;
    const inner = new Map(scope).set(first, one);
    if (second !== undefined) inner.set(second, value);
    const holds = predicate ? tried(predicate, run, inner) : true;
    if (holds instanceof CelError) {
      if (name !== 'all' && name !== 'exists') throw holds;
      failure ??= holds;
    } else if (typeof holds !== 'boolean') throw noOverload();
    else if (name === 'all' && !holds) return false;
    else if (name === 'exists' && holds) return true;
    else if (holds) {
      count++;
      if (name === 'map') taken.push(evaluateNode(body as Node, run, inner));
      else if (name === 'filter') taken.push(one);
    }
  }
  if (failure) throw failure;
  if (name === 'map' || name === 'filter') return taken;
  return name === 'exists_one' ? count === 1 : name === 'all';
}

function tried(node: Node, run: Evaluation, scope: Scope): unknown {
  try {
    return evaluateNode(node, run, scope);
  } catch (error) {
    if (error instanceof CelError && !(error instanceof CelBudgetError)) return error;
    throw error;
  }
}
