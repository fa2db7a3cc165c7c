/**
 * Sets of fields, as managedFields keep them. A path is its elements joined by line breaks: `f:name` for a field, `k:{"name":"web"}` for
 * the item of a list with keys, `v:"a"` for the item of a set.
 * Follows sigs.k8s.io/structured-merge-diff/fieldpath (serialize.go, serialize-pe.go, set.go, path.go).
 */
import { goJson } from '../go-text';
import type { Topology } from './topology';

/** A set of paths. */
export type FieldSet = ReadonlySet<string>;

/** A set of paths as a tree. */
export interface FieldTree {
  /** The path up to here is in the set. */
  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldTree>;
}

/** metav1.FieldsV1. */
export type FieldsV1 = { readonly [element: string]: FieldsV1 };

const SEPARATOR = '\n';

/** A path and one more element. */
export const below = (path: string, element: string): string =>
  path === '' ? element : `${path}${SEPARATOR}${element}`;

export function union(a: FieldSet, b: FieldSet): FieldSet {
  return new Set([...a, ...b]);
}

export function without(a: FieldSet, b: FieldSet): FieldSet {
  return new Set([...a].filter((path) => !b.has(path)));
}

export function common(a: FieldSet, b: FieldSet): FieldSet {
  return new Set([...a].filter((path) => b.has(path)));
}

/** Fields first, then keys, then values; each in order of text. */
function byElement([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  const rank = (element: string): number => 'fkv'.indexOf(element[0] as string);
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The set as a tree, in order. */
export function treeOf(set: FieldSet): FieldTree {
  interface Growing {
    member: boolean;
    children: Map<string, Growing>;
  }
  const root: Growing = { member: false, children: new Map() };
  for (const path of set) {
    let node = root;
    for (const element of path.split(SEPARATOR)) {
      const next = node.children.get(element) ?? { member: false, children: new Map() };
      node.children.set(element, next);
      node = next;
    }
    node.member = true;
  }
  const sorted = ({ member, children }: Growing): Growing => ({
    member,
    children: new Map([...children].sort(byElement).map(([element, child]) => [element, sorted(child)])),
  });
  return sorted(root);
}

/** Every path of a set, in the order in which conflicts are listed: what is here before what is below it. */
export function* pathsIn(tree: FieldTree, path = ''): Generator<string> {
  for (const [element, child] of tree.children) if (child.member) yield below(path, element);
  for (const [element, child] of tree.children)
    if (child.children.size > 0) yield* pathsIn(child, below(path, element));
}

/** As managedFields show it. */
export function fieldsOf(set: FieldSet): FieldsV1 {
  const shown = ({ member, children }: FieldTree): FieldsV1 => {
    const entries = [...children].map(([element, child]) => [element, shown(child)] as const);
    return Object.fromEntries(member && children.size > 0 ? [['.', {}], ...entries] : entries);
  };
  return shown(treeOf(set));
}

/** What managedFields show, read. */
export function setOf(fields: unknown, path = '', into: Set<string> = new Set()): FieldSet {
  if (typeof fields !== 'object' || fields === null) return into;
  const entries = Object.entries(fields);
  if (path !== '' && entries.length === 0) into.add(path);
  for (const [element, inner] of entries) {
    if (element === '.') into.add(path);
    else setOf(inner, below(path, element), into);
  }
  return into;
}

function elementText(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith('f:')) return `.${rest}`;
  if (element.startsWith('v:')) return `[=${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
  return `[${keys.map(([name, value]) => `${name}=${goJson(value)}`).join(',')}]`;
}

/** `.spec.containers[name="web"].image`. */
export function pathText(path: string): string {
  return path === '' ? '' : path.split(SEPARATOR).map(elementText).join('');
}

/** A set with the named fields above its members in it. */
export function withNamedFields(set: FieldSet, topology: Topology): FieldSet {
  const all = new Set(set);
  const visit = (tree: FieldTree, at: Topology | undefined, path: string): void => {
    for (const [element, child] of tree.children) {
      if (child.children.size === 0) continue;
      const here = below(path, element);
      const name = element.slice(2);
      const isField = element.startsWith('f:');
      const field = at?.type === 'struct' && isField ? at.fieldOf(name) : undefined;
      if (field) all.add(here);
      const inner = at?.type === 'list' || (at?.type === 'map' && isField) ? at.of : field;
      visit(child, inner, here);
    }
  };
  visit(treeOf(set), topology, '');
  return all;
}
