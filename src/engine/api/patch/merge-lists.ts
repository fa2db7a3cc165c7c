/**
 * What applying and making strategic merge patches share: the directives' names, errors, and the order of merged lists.
 * Follows apimachinery/pkg/util/strategicpatch/patch.go (normalizeElementOrder, mergeSortedSlice), util/mergepatch/errors.go and
 * interpretStrategicMergePatchError of apiserver/pkg/endpoints/handlers/patch.go.
 */
import { putIn } from '../plain';
import { badRequest, StatusError } from '../status-error';

/** A JSON map. */
export type Fields = Readonly<Record<string, unknown>>;

/** Directive: values to remove from the list of primitives named after the prefix. */
export const DELETION_PREFIX = '$deleteFromPrimitiveList';
/** Directive: the order in which a list is to stand. */
export const ORDER_PREFIX = '$setElementOrder';
/** Directive: the only keys that stay. */
export const RETAIN_KEYS = '$retainKeys';

export const BAD_DELETION_LIST = 'invalid patch format of primitive list';
export const BAD_ORDER_LIST = 'invalid patch format of setElementOrder list';
export const BAD_RETAIN_KEYS = 'invalid patch format of retainKeys';
export const RETAIN_MISMATCH = "patch content doesn't match retainKeys list";

/** Whether a value is a JSON map. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A refusal; the API server hides the words of a 422. */
export function failure(code: 400 | 422 | 500, message: string): StatusError {
  if (code === 400) return badRequest(message);
  if (code === 500) return new StatusError('', 500, message);
  return new StatusError('Invalid', 422, 'the server rejected our request due to an error in our request');
}

/** An element that lacks the field by which its list is merged. */
export function noMergeKey(item: Fields, mergeKey: string): StatusError {
  return failure(500, `map: ${goText(item)} does not contain declared merge key: ${mergeKey}`);
}

/** A `$patch` that is none of delete, replace and merge, or not allowed there. */
export function badDirective(directive: unknown, item: Fields): StatusError {
  return failure(500, `unknown patch type: ${goText(directive)} in map: ${goText(item)}`);
}

/** The Go type that a JSON value is decoded to. */
export function goTypeOf(value: unknown): string {
  if (value === null || value === undefined) return '%!s(<nil>)';
  if (isFields(value)) return 'map[string]interface {}';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** A value of another type than the directive needs. */
export function badArgument(expected: 'map[string]interface {}' | '[]interface {}', actual: unknown): StatusError {
  return failure(500, `expected a ${expected}, but received a ${goTypeOf(actual)}`);
}

/** A value as Go's %v prints it. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isFields(value)) return String(value);
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `map[${keys.map((key) => `${key}:${goText(value[key])}`).join(' ')}]`;
}

function identityOf(item: unknown, mergeKey: string | undefined): unknown {
  if (mergeKey === undefined) return item;
  if (!isFields(item)) throw badArgument('map[string]interface {}', item);
  if (!(mergeKey in item)) throw noMergeKey(item, mergeKey);
  return item[mergeKey];
}

/** Whether two elements are the same one, by merge key or, without one, by value. */
export function isSame(left: unknown, right: unknown, mergeKey: string | undefined): boolean {
  return identityOf(left, mergeKey) === identityOf(right, mergeKey);
}

/** Where the element stands in a list, or -1. */
export function findByKey(list: readonly unknown[], item: unknown, mergeKey: string | undefined): number {
  const identity = identityOf(item, mergeKey);
  return list.findIndex((other) => identityOf(other, mergeKey) === identity);
}

/** The elements in the order in which `order` has them; deletions go last. */
export function inOrder(
  list: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string | undefined,
): readonly unknown[] {
  const isDeletion = (item: unknown) => isFields(item) && item.$patch === 'delete';
  const ranked = list
    .filter((item) => !isDeletion(item))
    .map((item, position) => ({ item, position, rank: findByKey(order, item, mergeKey) }));
  ranked.sort((a, b) => a.rank - b.rank || a.position - b.position);
  return [...ranked.map(({ item }) => item), ...list.filter(isDeletion)];
}

/**
 * Merges two lists that share no element: one of `left` goes before the first of `right` that the server had behind it.
 * Both keep their own order.
 */
export function interleave(
  left: readonly unknown[],
  right: readonly unknown[],
  serverOrder: readonly unknown[],
  mergeKey: string | undefined,
): readonly unknown[] {
  const result: unknown[] = [];
  let next = 0;
  for (const item of right) {
    const place = findByKey(serverOrder, item, mergeKey);
    while (next < left.length && place >= 0) {
      const leftPlace = findByKey(serverOrder, left[next], mergeKey);
      if (leftPlace < 0 || leftPlace >= place) break;
      result.push(left[next]);
      next += 1;
    }
    result.push(item);
  }
  return [...result, ...left.slice(next)];
}

/** A part of a patch as it is stored where nothing was before: no directives, no nulls, no elements to delete. */
export function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => !(isFields(item) && '$patch' in item)).map(withoutDirectives);
  }
  if (!isFields(value)) return value;
  if (value.$patch === 'delete') return {};
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const isDirective = key === '$patch' || key === RETAIN_KEYS || key.startsWith(DELETION_PREFIX);
    if (member !== null && !isDirective && !key.startsWith(ORDER_PREFIX)) putIn(result, key, withoutDirectives(member));
  }
  return result;
}
