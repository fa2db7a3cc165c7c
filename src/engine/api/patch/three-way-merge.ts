/**
 * What `kubectl apply` sends for kinds that know no strategic merge: a JSON merge patch of three configurations.
 * Follows apimachinery/pkg/util/jsonmergepatch/patch.go. Pure.
 */
import { deepEqual, putIn } from '../plain';
import { applyMergePatch } from './merge';
import { type Fields, isFields } from './merge-lists';

/** The JSON merge patch that makes one configuration of another. */
function mergePatchBetween(from: Fields, to: Fields): Fields {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) putIn(patch, key, null);
  for (const [key, value] of Object.entries(to)) {
    const before = Object.hasOwn(from, key) ? from[key] : undefined;
    if (deepEqual(before, value)) continue;
    putIn(patch, key, isFields(before) && isFields(value) ? mergePatchBetween(before, value) : value);
  }
  return patch;
}

/** Of a patch, only what it deletes (`deletions`), or all but that. */
function sifted(patch: Fields, deletions: boolean): Fields {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      if (deletions) putIn(kept, key, null);
    } else if (isFields(value) && Object.keys(value).length > 0) {
      const inner = sifted(value, deletions);
      if (Object.keys(inner).length > 0) putIn(kept, key, inner);
    } else if (!deletions) putIn(kept, key, value);
  }
  return kept;
}

function combined(deletions: Fields, changes: Fields): Fields {
  const patch: Record<string, unknown> = { ...deletions };
  for (const [key, value] of Object.entries(changes)) {
    const before = patch[key];
    putIn(patch, key, isFields(before) && isFields(value) ? combined(before, value) : value);
  }
  return patch;
}

/** The patch from the live object to the new configuration, without touching what others set; empty when there is nothing to do. */
export function threeWayMergePatch(original: Fields, modified: Fields, current: Fields): Fields {
  const changes = sifted(mergePatchBetween(current, modified), false);
  const deletions = sifted(mergePatchBetween(original, modified), true);
  const patch = combined(deletions, changes);
  return deepEqual(applyMergePatch(current, patch), current) ? {} : patch;
}
