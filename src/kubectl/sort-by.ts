/**
 * `--sort-by`: by a JSONPath, numbers as numbers, quantities as quantities, other texts with the numbers inside them in order; objects without the
 * field come first. Follows staging/src/k8s.io/kubectl/pkg/cmd/get/sorter.go.
 */
import { compareQuantities, isQuantity } from '../engine/api/quantity';
import { KubectlError } from './errors';
import { relaxed } from './json-path-text';
import { findJsonPath } from './output/jsonpath';
import type { Info } from './selection';

/** Digits compare as numbers, the rest as text (`pod-2` before `pod-10`). */
export function compareNaturally(a: string, b: string): number {
  const split = /(\d+)/;
  const left = a.split(split);
  const right = b.split(split);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const one = left[at] as string;
    const other = right[at] as string;
    if (one === other) continue;
    const difference = at % 2 === 1 ? Number(one) - Number(other) : 0;
    if (difference !== 0) return difference;
    return one < other ? -1 : 1;
  }
  return left.length - right.length;
}

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  const left = String(a);
  const right = String(b);
  if (isQuantity(left) && isQuantity(right)) return compareQuantities(left, right);
  return compareNaturally(left, right);
}

/** The objects in order of a field. Throws when no object has it. */
export function sortByPath(infos: readonly Info[], path: string): readonly Info[] {
  const template = relaxed(path);
  const keyed = infos.map((info) => ({ info, value: findJsonPath(template, info.object)[0]?.[0] }));
  if (keyed.length > 0 && keyed.every(({ value }) => value === undefined)) {
    throw new KubectlError(`couldn't find any field with path ${JSON.stringify(template)} in the list of objects`);
  }
  const before = (a: { value: unknown }, b: { value: unknown }): number => {
    if (a.value === undefined || b.value === undefined)
      return Number(a.value !== undefined) - Number(b.value !== undefined);
    return compareValues(a.value, b.value);
  };
  return keyed.sort(before).map(({ info }) => info);
}
