/**
 * Strategic merge patch: a merge patch that knows which lists are merged by key, with directives ($patch, $retainKeys,
 * $setElementOrder/x, $deleteFromPrimitiveList/x). Used by the API server, and through three-way-patch.ts by kubectl apply.
 * Follows apimachinery/pkg/util/strategicpatch/patch.go (mergeMap, mergeSlice). Pure: results share unchanged parts.
 */
import { jsonKindOf } from '../decode-scalar';
import { clonePlain, deepEqual, putIn } from '../plain';
import {
  BAD_DELETION_LIST,
  BAD_ORDER_LIST,
  BAD_RETAIN_KEYS,
  badArgument,
  badDirective,
  DELETION_PREFIX,
  type Fields,
  failure,
  findByKey,
  goText,
  goTypeOf,
  inOrder,
  interleave,
  isFields,
  isSame,
  noMergeKey,
  ORDER_PREFIX,
  RETAIN_KEYS,
  RETAIN_MISMATCH,
  withoutDirectives,
} from './merge-lists';
import { type PatchField, patchFieldOf } from './patch-schema';

/** How directives and nulls are treated. */
export interface MergeOptions {
  /** True when applying to an object, false when one patch is merged into another and directives stay. */
  readonly applyDirectives: boolean;
  /** Whether what is carried out is taken out of the patch itself. */
  readonly consumes?: boolean;
}

type TypeName = string | undefined;

/** Applies a strategic merge patch to an object. Throws StatusError (400, 422, 500). */
export function applyStrategicMergePatch(object: Fields, patch: unknown): Fields {
  if (patch === null) return object;
  if (!isFields(patch)) {
    throw failure(400, `json: cannot unmarshal ${jsonKindOf(patch)} into Go value of type map[string]interface {}`);
  }
  return mergeFields(object, patch, String(object.kind), { applyDirectives: true });
}

/** What upstream, which takes out of a patch what it carries out, has of it afterwards and names in a refusal. */
export function restOfPatch(object: Fields, patch: Fields): Fields {
  const rest = clonePlain(patch);
  mergeFields(object, rest, String(object.kind), { applyDirectives: true, consumes: true });
  return rest;
}

/** Merges a patch into an object of a kind, or into another patch. */
export function mergeFields(original: Fields, patch: Fields, kind: string, options: MergeOptions): Fields {
  return mergeMap(original, patch, kind, options);
}

function mergeMap(original: Fields, patch: Fields, type: TypeName, options: MergeOptions): Fields {
  if ('$patch' in patch) return applyMapDirective(patch);
  const result: Record<string, unknown> = { ...original };
  const rest: Record<string, unknown> = options.consumes ? patch : { ...patch };
  applyRetainKeys(result, rest, options);
  mergeOrderedLists(result, rest, type, options);
  for (const [key, value] of Object.entries(rest)) {
    mergeMember(result, key, value, type, options);
    if (options.consumes && !Object.hasOwn(original, key) && value !== null) putIn(rest, key, withoutDirectives(value));
  }
  return result;
}

function applyMapDirective(patch: Fields): Fields {
  const { $patch: directive, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw badDirective(directive, patch);
}

function mergeMember(
  result: Record<string, unknown>,
  patchKey: string,
  value: unknown,
  type: TypeName,
  options: MergeOptions,
): void {
  const isDeletionList = patchKey.startsWith(DELETION_PREFIX);
  if (isDeletionList && !options.applyDirectives) {
    putIn(result, patchKey, value);
    return;
  }
  const key = isDeletionList ? afterSlash(patchKey, DELETION_PREFIX, BAD_DELETION_LIST) : patchKey;
  if (value === null) {
    delete result[key];
    if (!options.applyDirectives) putIn(result, key, null);
    return;
  }
  const before = Object.hasOwn(result, key) ? result[key] : undefined;
  const field = patchFieldOf(type, key);
  if (isFields(before) && isFields(value)) {
    putIn(result, key, field.strategy === 'replace' ? value : mergeMap(before, value, field.type, options));
  } else if (Array.isArray(before) && Array.isArray(value)) {
    result[key] = field.strategy === 'merge' ? mergeList(before, value, field, isDeletionList, options) : value;
  } else if (!isDeletionList) {
    putIn(result, key, options.applyDirectives ? withoutDirectives(value) : value);
  }
}

function afterSlash(key: string, prefix: string, error: string): string {
  if (key[prefix.length] !== '/') throw failure(400, error);
  return key.slice(prefix.length + 1);
}

/** Takes out what $retainKeys doesn't name; when merging patches the directive just moves over. */
function applyRetainKeys(result: Record<string, unknown>, rest: Record<string, unknown>, options: MergeOptions): void {
  if (!(RETAIN_KEYS in rest)) return;
  const retained = rest[RETAIN_KEYS];
  delete rest[RETAIN_KEYS];
  if (!options.applyDirectives) {
    result[RETAIN_KEYS] = retained;
    return;
  }
  if (!Array.isArray(retained)) throw failure(400, BAD_RETAIN_KEYS);
  for (const [key, value] of Object.entries(rest)) {
    if (value === null || key.startsWith(DELETION_PREFIX) || key.startsWith(ORDER_PREFIX)) continue;
    if (!retained.includes(key)) throw failure(422, RETAIN_MISMATCH);
  }
  for (const key of Object.keys(result)) {
    if (!retained.includes(key)) delete result[key];
  }
}

/** Merges each list that has a $setElementOrder and puts it in that order; what it handled is taken out of `rest`. */
function mergeOrderedLists(
  result: Record<string, unknown>,
  rest: Record<string, unknown>,
  type: TypeName,
  options: MergeOptions,
): void {
  for (const orderKey of Object.keys(rest)) {
    if (!orderKey.startsWith(ORDER_PREFIX)) continue;
    const order = rest[orderKey];
    delete rest[orderKey];
    if (!options.applyDirectives) {
      if (orderKey in result && !deepEqual(result[orderKey], order)) throw failure(400, BAD_ORDER_LIST);
      result[orderKey] = order;
    }
    if (!Array.isArray(order)) throw badArgument('[]interface {}', order);
    const key = afterSlash(orderKey, ORDER_PREFIX, BAD_ORDER_LIST);
    const merged = mergeInOrder(result[key], rest[key], order, patchFieldOf(type, key), options);
    if (merged) result[key] = merged;
    if (merged) delete rest[key];
  }
}

function mergeInOrder(
  original: unknown,
  patch: unknown,
  order: readonly unknown[],
  field: PatchField,
  options: MergeOptions,
): readonly unknown[] | undefined {
  if (original !== undefined && !Array.isArray(original)) throw badArgument('[]interface {}', original);
  if (patch !== undefined && !Array.isArray(patch)) throw badArgument('[]interface {}', patch);
  checkOrder(patch ?? [], order, field.mergeKey);
  if (!original && !patch) return undefined;
  const merged =
    original && patch
      ? mergeListBy(original, patch, field, options)
      : (original ?? (options.applyDirectives ? (withoutDirectives(patch) as unknown[]) : (patch ?? [])));
  return sortByOrder(merged, order, original ?? [], field.mergeKey);
}

function mergeListBy(
  original: readonly unknown[],
  patch: readonly unknown[],
  field: PatchField,
  options: MergeOptions,
): readonly unknown[] {
  return field.strategy === 'merge' ? mergeList(original, patch, field, false, options) : patch;
}

/** Elements that are not deleted must come in the order that the directive gives, and be named by it. */
function checkOrder(patch: readonly unknown[], order: readonly unknown[], mergeKey: string | undefined): void {
  if (patch.length === 0 || order.length === 0) return;
  const kept = patch.filter((item) => !(isFields(item) && '$patch' in item));
  let next = 0;
  for (const item of order) {
    if (next < kept.length && isSame(kept[next], item, mergeKey)) next += 1;
  }
  if (next < kept.length) {
    throw failure(
      500,
      `The order in patch list:\n${JSON.stringify(patch)}\n doesn't match ${ORDER_PREFIX} list:\n${JSON.stringify(order)}\n`,
    );
  }
}

/** The elements that `order` names in its order, with the others where they stood among them. */
function sortByOrder(
  merged: readonly unknown[],
  order: readonly unknown[],
  serverOrder: readonly unknown[],
  mergeKey: string | undefined,
): readonly unknown[] {
  const named = merged.filter((item) => findByKey(order, item, mergeKey) >= 0);
  const others = merged.filter((item) => findByKey(order, item, mergeKey) < 0);
  return interleave(inOrder(others, serverOrder, mergeKey), inOrder(named, order, mergeKey), serverOrder, mergeKey);
}

function mergeList(
  original: readonly unknown[],
  patch: readonly unknown[],
  field: PatchField,
  isDeletionList: boolean,
  options: MergeOptions,
): readonly unknown[] {
  if (original.length === 0 && patch.length === 0) return original;
  const all = [...original, ...patch];
  const [first] = all;
  if (Array.isArray(first)) throw failure(422, 'lists of lists are not supported');
  if (all.some((item) => goTypeOf(item) !== goTypeOf(first))) {
    throw failure(500, `list element types are not identical: ${goText([original, patch])}`);
  }
  if (!isFields(first)) {
    if (isDeletionList) return original.filter((item) => !patch.includes(item));
    const merged = [...new Set([...original, ...patch])];
    return sortByOrder(merged, patch, original, undefined);
  }
  const { mergeKey } = field;
  if (mergeKey === undefined) throw failure(500, 'cannot merge lists without merge key for type map');
  const { kept, changes } = applyListDirectives(original as readonly Fields[], patch as readonly Fields[], mergeKey);
  const merged = mergeElements(kept, changes, field, mergeKey, options);
  return sortByOrder(merged, changes, kept, mergeKey);
}

/** Carries out the elements that are directives, and returns the list they leave and the changes that remain. */
function applyListDirectives(
  original: readonly Fields[],
  patch: readonly Fields[],
  mergeKey: string,
): { kept: readonly Fields[]; changes: readonly Fields[] } {
  let kept = original;
  let isReplacement = false;
  const changes: Fields[] = [];
  for (const item of patch) {
    const directive = item.$patch;
    if (!('$patch' in item)) changes.push(item);
    else if (directive === 'delete') {
      if (!(mergeKey in item)) throw noMergeKey(item, mergeKey);
      kept = kept.filter((other) => other[mergeKey] !== item[mergeKey]);
    } else if (directive === 'replace') isReplacement = true;
    else if (directive === 'merge') throw failure(500, 'merging lists cannot yet be specified in the patch');
    else throw badDirective(directive, item);
  }
  return isReplacement ? { kept: changes, changes: [] } : { kept, changes };
}

function mergeElements(
  original: readonly Fields[],
  changes: readonly Fields[],
  field: PatchField,
  mergeKey: string,
  options: MergeOptions,
): readonly Fields[] {
  const merged = [...original];
  for (const change of changes) {
    if (!(mergeKey in change)) throw noMergeKey(change, mergeKey);
    const index = merged.findIndex((item) => item[mergeKey] === change[mergeKey]);
    const before = merged[index];
    if (before) merged[index] = mergeMap(before, change, field.type, options);
    else merged.push(options.applyDirectives ? added(change, mergeKey) : change);
  }
  return merged;
}

/** An element as it is added: without directives and nulls, but known by its key even if that is null. */
function added(change: Fields, mergeKey: string): Fields {
  return { ...(withoutDirectives(change) as Fields), [mergeKey]: change[mergeKey] };
}
