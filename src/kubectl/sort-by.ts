/**
 * `--sort-by`: by a JSONPath, numbers as numbers, quantities as quantities, other texts byte by byte; objects without the field come
 * first. Follows staging/src/k8s.io/kubectl/pkg/cmd/get/sorter.go.
 */
import { compareQuantities, isQuantity } from '../engine/api/quantity';
import { KubectlError } from './errors';
import { relaxed } from './json-path-text';
import { findJsonPath } from './output/jsonpath';
import type { Info } from './selection';

/** Up to how many objects Go's sort inserts one after the other. */
const INSERTED = 12;

/** How Go names what can't be compared with another of its kind; undefined for what can. */
function unsortable(a: unknown, b: unknown): string | undefined {
  if (Array.isArray(a)) return 'unsortable type: []interface {}';
  if (typeof a === 'object') return 'unsortable type: map[string]interface {}';
  if (typeof a === 'boolean') return 'unsortable type: bool';
  return typeof a === typeof b ? undefined : 'unsortable interface: interface';
}

/** What is sorted: objects, or the rows of a table. Both end kubectl in their own words, each with its line of sorter.go. */
export type Sorted = 'objects' | 'rows';

const WHERE: Readonly<Record<Sorted, { readonly line: number; readonly type: string }>> = {
  objects: { line: 329, type: '*unstructured.Unstructured' },
  rows: { line: 375, type: '[][][]reflect.Value' },
};

/** isLess of sorter.go. */
function isLess(a: unknown, b: unknown, field: string, sorted: Sorted): boolean {
  if (a === null || b === null) return b !== null;
  const why = unsortable(a, b);
  if (why) {
    const { line, type } = WHERE[sorted];
    const message = `Field ${field} in ${type} is an unsortable type: interface, err: ${why}`;
    throw new KubectlError(`F0101 00:00:00.000000       1 sorter.go:${line}] ${message}`, { bare: true });
  }
  if (typeof a !== 'string' || typeof b !== 'string') return (a as number) < (b as number);
  return isQuantity(a) && isQuantity(b) ? compareQuantities(a, b) < 0 : a < b;
}

/** What is said of a path that none of the objects has. */
export function noSuchField(path: string): KubectlError {
  return new KubectlError(`couldn't find any field with path ${JSON.stringify(relaxed(path))} in the list of objects`);
}

/** The objects in order of a field. Throws when no object has it. */
export function sortByPath(infos: readonly Info[], path: string, sorted: Sorted): readonly Info[] {
  if (infos.length === 0) return infos;
  const template = relaxed(path);
  const keyed = infos.map((info) => ({ info, value: findJsonPath(template, info.object)[0]?.[0] }));
  if (keyed.every(({ value }) => value === undefined)) throw noSuchField(path);
  return inOrder(keyed, template, sorted).map(({ info }) => info);
}

/** An object without the field is less than any other, even than one like it: a few of them end up the other way round. */
function inOrder<T extends { readonly value: unknown }>(
  keyed: readonly T[],
  field: string,
  sorted: Sorted,
): readonly T[] {
  const less = (a: T, b: T): boolean =>
    a.value === undefined || (b.value !== undefined && isLess(a.value, b.value, field, sorted));
  const list = [...keyed];
  if (list.length > INSERTED) {
    return list.sort((a, b) => Number(less(b, a)) - Number(less(a, b)));
  }
  for (let end = 1; end < list.length; end++) {
    for (let at = end; at > 0 && less(list[at] as T, list[at - 1] as T); at--) {
      [list[at - 1], list[at]] = [list[at] as T, list[at - 1] as T];
    }
  }
  return list;
}
