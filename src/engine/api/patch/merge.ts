/**
 * JSON merge patch, RFC 7386: maps are merged, null takes a member out, everything else replaces.
 * Follows evanphx/json-patch (v4) merge.go. Pure; unchanged parts are shared with the object.
 */
import { jsonKindOf } from '../decode-scalar';
import { putIn } from '../plain';
import { badRequest } from '../status-error';

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Applies a merge patch to an object. Throws StatusError 400 for a patch that is not an object. */
export function applyMergePatch(object: Fields, patch: unknown): Fields {
  if (patch === null) throw badRequest('Invalid JSON Patch');
  if (!isFields(patch)) {
    const kind = jsonKindOf(patch);
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`,
    );
  }
  return merge(object, patch);
}

function merge(current: Fields, patch: Fields): Fields {
  const result: Record<string, unknown> = { ...current };
  for (const [key, value] of Object.entries(patch)) {
    const before = Object.hasOwn(result, key) ? result[key] : undefined;
    if (value === null) delete result[key];
    else if (isFields(before)) putIn(result, key, isFields(value) ? merge(before, value) : value);
    else putIn(result, key, withoutNulls(value));
  }
  return result;
}

/** Members that are null mean nothing in a part that is new. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isFields(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== null) putIn(result, key, withoutNulls(member));
  }
  return result;
}
