/**
 * Objects as sets of fields: which fields a configuration has, what differs between two versions, what is left when fields go.
 * Follows sigs.k8s.io/structured-merge-diff/typed (tofieldset.go, compare.go, remove.go, helpers.go).
 */
import { goJson } from '../go-text';
import { deepEqual } from '../plain';
import { type FieldSchema, typeSchema } from '../schema';
import { below, type FieldSet, type FieldTree, treeOf } from './field-set';
import { keyDefault, type Topology } from './topology';

type Fields = Readonly<Record<string, unknown>>;

/** What differs between two versions of an object. */
export interface Comparison {
  readonly added: Set<string>;
  readonly modified: Set<string>;
  readonly removed: Set<string>;
}

export function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value of an unknown type is. */
export function resolved(topology: Topology, value: unknown): Topology {
  if (topology.type !== 'deduced') return topology;
  return isMap(value) ? { type: 'map', of: topology } : { type: 'leaf' };
}

/** The topology of a field or entry. */
export function memberOf(topology: Topology, name: string): Topology {
  if (topology.type === 'struct') return topology.fieldOf(name) ?? { type: 'deduced' };
  return topology.type === 'map' ? topology.of : { type: 'leaf' };
}

/** What tells an item from the others of its list. */
function elementOf(keys: readonly string[], item: unknown): string {
  if (keys.length === 0 || !isMap(item)) return `v:${goJson(item)}`;
  const sorted = [...keys].sort();
  return `k:${goJson(Object.fromEntries(sorted.map((key) => [key, item[key] ?? keyDefault(key)])))}`;
}

/** The items of a list by what tells them apart, in order; several with one key share an entry. */
export function itemsOf(keys: readonly string[], list: unknown): Map<string, unknown[]> {
  const items = new Map<string, unknown[]>();
  for (const item of Array.isArray(list) ? list : []) {
    const element = elementOf(keys, item);
    items.set(element, [...(items.get(element) ?? []), item]);
  }
  return items;
}

/** Whether a value is missing or empty. */
export const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) ? value.length : Object.keys(value).length) === 0;

/** The fields that a configuration has. */
export function fieldSetOf(topology: Topology, value: unknown): FieldSet {
  const set = new Set<string>();
  const visit = (given: Topology, at: unknown, path: string): void => {
    const here = resolved(given, at);
    if (here.type === 'leaf') set.add(path);
    else if (here.type === 'list') {
      for (const [element, items] of itemsOf(here.keys, at)) {
        if (items.length === 1) visit(here.of, items[0], below(path, element));
        set.add(below(path, element));
      }
    } else if (isMap(at)) {
      for (const [name, inner] of Object.entries(at)) {
        const place = below(path, `f:${name}`);
        visit(memberOf(here, name), inner, place);
        const isEmpty = inner === null || (isMap(inner) && Object.keys(inner).length === 0);
        if (isEmpty || here.type !== 'struct' || !here.fieldOf(name)) set.add(place);
      }
    }
  };
  visit(topology, value, '');
  return set;
}

/** What was added, modified and removed from one version to the next. */
export function compare(topology: Topology, before: unknown, after: unknown): Comparison {
  const found: Comparison = { added: new Set(), modified: new Set(), removed: new Set() };
  compareAt(found, topology, before, after, '');
  return found;
}

function compareAt(found: Comparison, given: Topology, before: unknown, after: unknown, path: string): void {
  if (before === after) return;
  const here = resolved(given, after ?? before);
  const isLeaf = here.type === 'leaf' || (isNothing(before) && isNothing(after));
  if (isLeaf && before !== undefined && after !== undefined) {
    if (!deepEqual(before, after)) found.modified.add(path);
    return;
  }
  if (before === undefined) found.added.add(path);
  else if (after === undefined) found.removed.add(path);
  if (isLeaf) return;
  if (here.type === 'list') compareItems(found, here, before, after, path);
  else {
    const [old, next] = [isMap(before) ? before : {}, isMap(after) ? after : {}];
    for (const name of new Set([...Object.keys(old), ...Object.keys(next)])) {
      compareAt(found, memberOf(here, name), old[name], next[name], below(path, `f:${name}`));
    }
  }
}

function compareItems(
  found: Comparison,
  { keys, of }: Extract<Topology, { type: 'list' }>,
  before: unknown,
  after: unknown,
  path: string,
): void {
  const [old, next] = [itemsOf(keys, before), itemsOf(keys, after)];
  for (const element of new Set([...old.keys(), ...next.keys()])) {
    const [left = [], right = []] = [old.get(element), next.get(element)];
    const place = below(path, element);
    if (left.length < 2 && right.length < 2) compareAt(found, of, left[0], right[0], place);
    else if (left.length > 1 && right.length > 1) {
      if (!deepEqual(left, right)) found.modified.add(place);
    } else if (left.length > 1) {
      if (right.length > 0) compareAt(found, of, undefined, right[0], place);
      found.removed.add(place);
    } else {
      if (left.length > 0) compareAt(found, of, left[0], undefined, place);
      found.added.add(place);
    }
  }
}

/** What is left of a value without some of its fields and items; undefined when nothing is. */
export function withoutFields(topology: Topology, value: unknown, gone: FieldSet): unknown {
  const visit = (given: Topology, at: unknown, tree: FieldTree): unknown => {
    const here = resolved(given, at);
    if (here.type === 'leaf') return isMap(at) || Array.isArray(at) ? undefined : at;
    if (here.type === 'list') {
      const kept = (Array.isArray(at) ? at : []).flatMap((item) => {
        const child = tree.children.get(elementOf(here.keys, item));
        if (child?.member) return [];
        return [child ? visit(here.of, item, child) : item];
      });
      return kept.length > 0 ? kept : undefined;
    }
    const kept = Object.entries(isMap(at) ? at : {}).flatMap(([name, inner]) => {
      const child = tree.children.get(`f:${name}`);
      if (child?.member) return [];
      const left = child ? visit(memberOf(here, name), inner, child) : inner;
      return left === undefined ? [] : [[name, left] as const];
    });
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  };
  return visit(topology, value, treeOf(gone));
}

const ZEROES: Readonly<Record<string, unknown>> = { string: '', int32: 0, int64: 0, float64: 0, bool: false };

/** What Go writes of a field that nobody set. */
function zeroOf({ container, pointer, type }: FieldSchema): unknown {
  return container === 'none' && !pointer ? (ZEROES[type] ?? null) : null;
}

/** An object with the parts that its Go types always have: structs that are no pointers, and fields that are written even if empty. */
export function completed(topology: Topology, value: unknown): unknown {
  if (topology.type === 'list') {
    return Array.isArray(value) ? value.map((item) => completed(topology.of, item)) : value;
  }
  if (topology.type === 'map' && isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, completed(topology.of, inner)]));
  }
  if (topology.type !== 'struct' || topology.name === '' || !isMap(value)) return value;
  const entries = [...(typeSchema(topology.name) ?? [])].map(([name, field]) => {
    const inner = memberOf(topology, name);
    const given = value[name];
    const isPlain = field.container === 'none' && !field.pointer;
    if (given !== undefined) return [name, completed(inner, given)] as const;
    if (isPlain && field.type === 'struct') return [name, completed(inner, {})] as const;
    return [name, field.always ? zeroOf(field) : undefined] as const;
  });
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}
