/**
 * Evaluates JSONPath templates as kubectl does. Follows client-go/util/jsonpath/jsonpath.go (FindResults and the eval functions).
 * Keys of maps are visited in order, where Go's order is random.
 */
import { goText, goType, isJsonObject, sortedKeys } from '../go-text';
import { type Bound, type PathNode, parseTemplate } from './parser';

type Values = readonly unknown[];

/** Where an evaluation stands among ranges: counters as upstream keeps them. */
interface RangeState {
  begins: number;
  inside: number;
  ends: number;
  /** Index of the last `{end}` that was reached. */
  lastEnd: number;
  /** Values looked at so far. */
  work: number;
  /** Whether a field that no value has is an error. */
  readonly isStrict: boolean;
}

/** A template that looks at more values is refused: ranges without end double the work each (upstream's would run for ever). */
const MAX_WORK = 2_000_000;
/** More ranges in ranges are refused before a call stack ends. */
const MAX_RANGES = 100;

/** What goes wrong while evaluating; the message says what. */
export class PathError extends Error {}

function isNil(value: unknown): boolean {
  return value === null || value === undefined;
}

/** Start, end and step within a list of this length; undefined when nothing is asked for. */
function sliceOf(
  bounds: readonly [Bound, Bound, Bound],
  length: number,
): readonly [number, number, number] | undefined {
  const [first, last, every] = bounds;
  let start = first.known ? first.value : 0;
  let end = last.known ? last.value : length;
  if (start < 0) start += length;
  if (end < 0 || (end === 0 && last.derived)) end += length;
  if (start === end) return undefined;
  const outOfBounds = (index: number): PathError =>
    new PathError(`array index out of bounds: index ${index}, length ${length}`);
  if (start >= length || start < 0) throw outOfBounds(start);
  if (end > length || end < 0) throw outOfBounds(end - 1);
  if (start > end) throw new PathError(`starting index ${start} is greater than ending index ${end}`);
  if (every.known && every.value <= 0) throw new PathError('step must be > 0');
  return [start, end, every.known ? every.value : 1];
}

function evalArray(input: Values, bounds: readonly [Bound, Bound, Bound]): Values {
  const found: unknown[] = [];
  for (const value of input) {
    if (isNil(value)) continue;
    if (!Array.isArray(value)) throw new PathError(`${goType(value)} is not array or slice`);
    const slice = sliceOf(bounds, value.length);
    if (!slice) return found;
    const [start, end, step] = slice;
    for (let at = start; at < end; at += step) found.push(value[at]);
  }
  return found;
}

function evalField(input: Values, name: string, { isStrict }: RangeState): Values {
  const found: unknown[] = [];
  for (const value of input) {
    if (isJsonObject(value) && Object.hasOwn(value, name) && value[name] !== undefined) found.push(value[name]);
  }
  if (isStrict && found.length === 0) throw new PathError(`${name} is not found`);
  return found;
}

function childrenOf(value: unknown): Values {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) ? sortedKeys(value).map((key) => value[key]) : [];
}

function descend(value: unknown): Values {
  const children = childrenOf(value);
  if (typeof value === 'string' && value !== '') return [value];
  return children.length === 0 ? [] : [value, ...children.flatMap(descend)];
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  throw new PathError('invalid type for comparison');
}

/** Negative, zero or positive; booleans have no order. */
function compare(left: unknown, right: unknown, isOrdered: boolean): number {
  const kind = kindOf(left);
  if (kind !== kindOf(right)) throw new PathError('incompatible types for comparison');
  if (isOrdered && kind === 'bool') throw new PathError('invalid type for comparison');
  if (left === right) return 0;
  return (left as number) < (right as number) ? -1 : 1;
}

const OPERATORS: ReadonlyMap<string, (left: unknown, right: unknown) => boolean> = new Map([
  ['<', (left: unknown, right: unknown) => compare(left, right, true) < 0],
  ['>', (left, right) => compare(left, right, true) > 0],
  ['==', (left, right) => compare(left, right, false) === 0],
  ['!=', (left, right) => compare(left, right, false) !== 0],
  ['<=', (left, right) => compare(left, right, true) <= 0],
  ['>=', (left, right) => compare(left, right, true) >= 0],
]);

/** The one value a side of a comparison has; an empty list when it has none. */
function sideOf(item: unknown, nodes: readonly PathNode[], state: RangeState): Values {
  const values = evalList([item], nodes, state);
  if (values.length > 1) throw new PathError('can only compare one element at a time');
  return values;
}

function exists(item: unknown, nodes: readonly PathNode[], state: RangeState): boolean {
  try {
    return evalList([item], nodes, state).length > 0;
  } catch (error) {
    if (error instanceof PathError) return false;
    throw error;
  }
}

function passes(item: unknown, node: PathNode & { type: 'filter' }, state: RangeState): boolean {
  if (node.operator === 'exists') return exists(item, node.left, state);
  const left = sideOf(item, node.left, state);
  if (left.length === 0) return false;
  const right = sideOf(item, node.right, state);
  if (right.length === 0) return false;
  const test = OPERATORS.get(node.operator);
  if (!test) throw new PathError(`unrecognized filter operator ${node.operator}`);
  return test(left[0], right[0]);
}

function evalFilter(input: Values, node: PathNode & { type: 'filter' }, state: RangeState): Values {
  return input.flatMap((value) => {
    if (!Array.isArray(value)) throw new PathError(`${goText(value)} is not array or slice and cannot be filtered`);
    return value.filter((item) => passes(item, node, state));
  });
}

function evalIdentifier(input: Values, name: string, state: RangeState): Values {
  if (name === 'range') {
    state.begins++;
    return input;
  }
  if (name !== 'end') throw new PathError(`unrecognized identifier ${name}`);
  if (state.inside === 0) throw new PathError('not in range, nothing to end');
  state.ends++;
  return [];
}

function evalList(input: Values, nodes: readonly PathNode[], state: RangeState): Values {
  let current = input;
  for (const node of nodes) current = walk(current, node, state);
  return current;
}

function walk(input: Values, node: PathNode, state: RangeState): Values {
  state.work += input.length;
  if (state.work > MAX_WORK) throw new PathError(`more than ${MAX_WORK} values would have to be looked at`);
  switch (node.type) {
    case 'list':
      return evalList(input, node.nodes, state);
    case 'text':
      return [node.text];
    case 'literal':
      return input.map(() => node.value);
    case 'field':
      return evalField(input, node.name, state);
    case 'identifier':
      return evalIdentifier(input, node.name, state);
    case 'array':
      return evalArray(input, node.bounds);
    case 'union':
      return node.members.flatMap((member) => evalList(input, member, state));
    case 'filter':
      return evalFilter(input, node, state);
    case 'wildcard':
      return input.flatMap(childrenOf);
    case 'recursive':
      return input.flatMap(descend);
  }
}

/** Evaluates the nodes from an index on; a range runs what follows it once per value, up to its end. */
function findFrom(nodes: readonly PathNode[], from: number, value: unknown, state: RangeState): unknown[][] {
  const found: unknown[][] = [];
  for (let at = from; at < nodes.length; at++) {
    const values = walk([value], nodes[at] as PathNode, state);
    if (state.ends > 0 && state.ends <= state.inside) {
      state.ends--;
      state.lastEnd = at;
      break;
    }
    if (state.begins === 0) {
      found.push([...values]);
      continue;
    }
    state.begins--;
    state.inside++;
    if (state.inside > MAX_RANGES) throw new PathError(`more than ${MAX_RANGES} ranges are nested`);
    for (const each of values) found.push(...findFrom(nodes, at + 1, each, state));
    if (values.length === 0) findFrom(nodes, at + 1, undefined, state);
    state.inside--;
    if (state.lastEnd > at) at = state.lastEnd;
  }
  return found;
}

/**
 * The values that a template finds, one list per text and `{expression}`; `isStrict`: a field that no value has is an error.
 * Throws PathError, or TemplateError for a bad template.
 */
export function findJsonPath(template: string, value: unknown, isStrict = false): unknown[][] {
  return findInPath(parseTemplate(template), value, isStrict);
}

/** {@link findJsonPath} with the template parsed already. */
export function findInPath(nodes: readonly PathNode[], value: unknown, isStrict = false): unknown[][] {
  return findFrom(nodes, 0, value, { begins: 0, inside: 0, ends: 0, lastEnd: -1, work: 0, isStrict });
}
