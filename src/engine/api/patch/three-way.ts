/**
 * The patch that brings an object to a new configuration without touching what others set: what `kubectl apply` sends.
 * Deletions are what the last applied configuration had and the new one lacks; the rest is the new one against the live object.
 * Follows apimachinery/pkg/util/strategicpatch/patch.go (diffMaps, CreateThreeWayMergePatch).
 * Pure: kubectl may import it too.
 */
import { deepEqual, putIn } from '../plain';
import {
  DELETION_PREFIX,
  type Fields,
  failure,
  goText,
  goTypeOf,
  inOrder,
  isFields,
  isSame,
  noMergeKey,
  ORDER_PREFIX,
  RETAIN_KEYS,
} from './merge-lists';
import { type PatchField, patchFieldOf } from './patch-schema';
import { mergeFields } from './strategic';

interface DiffOptions {
  readonly additions: boolean;
  readonly deletions: boolean;
}

interface Place {
  readonly type: string | undefined;
  readonly retainKeys?: boolean;
}

/** The strategic merge patch of `kubectl apply`; an empty object when there is nothing to do. */
export function threeWayStrategicPatch(original: Fields, modified: Fields, current: Fields): Fields {
  const kind = String(modified.kind);
  const place: Place = { type: kind };
  const delta = diffMaps(current, modified, place, { additions: true, deletions: false });
  const deletions = diffMaps(original, modified, place, { additions: false, deletions: true });
  return mergeFields(deletions, delta, kind, { applyDirectives: false });
}

/** The strategic merge patch from one configuration to another. */
export function twoWayStrategicPatch(original: Fields, modified: Fields): Fields {
  const place: Place = { type: String(modified.kind) };
  return diffMaps(original, modified, place, { additions: true, deletions: true });
}

function addDeletions(patch: Record<string, unknown>, original: Fields, modified: Fields): void {
  for (const key of Object.keys(original)) {
    if (!Object.hasOwn(modified, key)) putIn(patch, key, null);
  }
}

function diffMaps(original: Fields, modified: Fields, place: Place, options: DiffOptions): Fields {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(modified)) {
    if (!Object.hasOwn(original, key)) {
      if (options.additions) putIn(patch, key, value);
    } else {
      diffMember(patch, key, original[key], value, patchFieldOf(place.type, key), options);
    }
  }
  if (options.deletions) addDeletions(patch, original, modified);
  if (place.retainKeys) addRetainKeys(patch, original, modified);
  return patch;
}

/** Names the keys that stay, when anything changes or the original has keys that must go. */
function addRetainKeys(patch: Record<string, unknown>, original: Fields, modified: Fields): void {
  const retained = Object.keys(modified).filter((key) => modified[key] !== null);
  const losesKeys = Object.keys(original).some((key) => original[key] !== null && !Object.hasOwn(modified, key));
  if (retained.length === 0 || (Object.keys(patch).length === 0 && !losesKeys)) return;
  putIn(
    patch,
    RETAIN_KEYS,
    retained.sort((a, b) => (a < b ? -1 : 1)),
  );
}

function diffMember(
  patch: Record<string, unknown>,
  key: string,
  before: unknown,
  after: unknown,
  field: PatchField,
  options: DiffOptions,
): void {
  if (isFields(before) && isFields(after) && field.strategy !== 'replace') {
    const place: Place = { type: field.type, retainKeys: field.retainKeys };
    const inner = diffMaps(before, after, place, options);
    if (Object.keys(inner).length > 0) putIn(patch, key, inner);
  } else if (Array.isArray(before) && Array.isArray(after) && field.strategy === 'merge') {
    const { changes, deletions, order } = diffLists(before, after, field, options);
    if (changes.length > 0) putIn(patch, key, changes);
    if (deletions.length > 0) putIn(patch, `${DELETION_PREFIX}/${key}`, deletions);
    if (order.length > 0) putIn(patch, `${ORDER_PREFIX}/${key}`, order);
  } else if (options.additions && (isReplacedMap(before, after) || !deepEqual(before, after))) {
    putIn(patch, key, after);
  }
}

/** A map with the strategy `replace` is sent even when it is the same, as upstream does. */
function isReplacedMap(before: unknown, after: unknown): boolean {
  return isFields(before) && isFields(after);
}

interface ListDiff {
  readonly changes: readonly unknown[];
  readonly deletions: readonly unknown[];
  readonly order: readonly unknown[];
}

const NO_DIFFERENCE: ListDiff = { changes: [], deletions: [], order: [] };

function diffLists(
  original: readonly unknown[],
  modified: readonly unknown[],
  field: PatchField,
  options: DiffOptions,
): ListDiff {
  if (original.length === 0) {
    return modified.length > 0 && options.additions ? { ...NO_DIFFERENCE, changes: modified } : NO_DIFFERENCE;
  }
  const all = [...original, ...modified];
  if (all.every(isFields)) return diffListsOfMaps(original as Fields[], modified as Fields[], field, options);
  if (all.some((item) => isFields(item) || Array.isArray(item) || goTypeOf(item) !== goTypeOf(all[0]))) {
    throw failure(500, `list element types are not identical: ${goText([original, modified])}`);
  }
  return diffSets(original, modified, options);
}

function diffSets(original: readonly unknown[], modified: readonly unknown[], options: DiffOptions): ListDiff {
  const deletions = options.deletions ? [...new Set(original.filter((item) => !modified.includes(item)))] : [];
  const changes = options.additions ? modified.filter((item) => !original.includes(item)) : [];
  const isReordered = options.additions && !deepEqual(original, modified);
  return { changes, deletions: deletions.sort(byText), order: deletions.length > 0 || isReordered ? modified : [] };
}

function byText(a: unknown, b: unknown): number {
  return goText(a) < goText(b) ? -1 : 1;
}

function diffListsOfMaps(
  original: readonly Fields[],
  modified: readonly Fields[],
  field: PatchField,
  options: DiffOptions,
): ListDiff {
  const mergeKey = field.mergeKey ?? '';
  const { changes, deletions } = pairElements(original, modified, mergeKey, field, options);
  const all = [...inOrder(changes, modified, mergeKey), ...deletions];
  const isSameOrder =
    original.length === modified.length && original.every((item, index) => isSame(item, modified[index], mergeKey));
  const isOrdered = all.length > 0 || (options.additions && !isSameOrder);
  const order = isOrdered ? modified.map((item) => ({ [mergeKey]: item[mergeKey] })) : [];
  return { changes: all, deletions: [], order };
}

/** Walks both lists sorted by merge key, as a merge does, so that doubles meet their counterparts. */
function pairElements(
  original: readonly Fields[],
  modified: readonly Fields[],
  mergeKey: string,
  field: PatchField,
  options: DiffOptions,
): { changes: Fields[]; deletions: Fields[] } {
  const before = sortedByKey(original, mergeKey);
  const after = sortedByKey(modified, mergeKey);
  const changes: Fields[] = [];
  const deletions: Fields[] = [];
  let left = 0;
  let right = 0;
  while (left < before.length || right < after.length) {
    const old = before[left];
    const now = after[right];
    const relation = !old ? 1 : !now ? -1 : compareKeys(old, now, mergeKey);
    if (relation <= 0) left += 1;
    if (relation >= 0) right += 1;
    if (old && now && relation === 0) {
      const place: Place = { type: field.type, retainKeys: field.retainKeys };
      const change = diffMaps(old, now, place, options);
      if (Object.keys(change).length > 0) changes.push({ ...change, [mergeKey]: now[mergeKey] });
    } else if (now && relation > 0 && options.additions) changes.push(now);
    else if (old && relation < 0 && options.deletions) deletions.push({ [mergeKey]: old[mergeKey], $patch: 'delete' });
  }
  return { changes, deletions };
}

function compareKeys(left: Fields, right: Fields, mergeKey: string): number {
  const a = goText(left[mergeKey]);
  const b = goText(right[mergeKey]);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorted by merge key; of doubles the later comes first, which is how Go's sort leaves short lists here. */
function sortedByKey(list: readonly Fields[], mergeKey: string): readonly Fields[] {
  for (const item of list) {
    if (!Object.hasOwn(item, mergeKey)) throw noMergeKey(item, mergeKey);
  }
  return [...list].sort((a, b) => compareKeys(a, b, mergeKey) || findByIdentity(list, b) - findByIdentity(list, a));
}

function findByIdentity(list: readonly Fields[], item: Fields): number {
  return list.indexOf(item);
}
