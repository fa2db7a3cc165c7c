/**
 * `--overrides` and `--override-type`: changes of a generated object before it is sent. Follows kubectl/pkg/cmd/util/override_options.go: the
 * result is read as its type again, so what the type does not know goes.
 */
import { decodeStrict } from '../engine/api/decode';
import type { KubeObject } from '../engine/api/meta';
import { applyJsonPatch } from '../engine/api/patch/json';
import { applyMergePatch } from '../engine/api/patch/merge';
import { applyStrategicMergePatch } from '../engine/api/patch/strategic';
import type { Call, Flag } from './command';
import { asCommandError, KubectlError } from './errors';
import { flag } from './flag-sets';

/** The flags. */
export const OVERRIDES: readonly Flag[] = [
  flag.text('overrides'),
  { name: 'override-type', type: 'string', default: 'merge' },
];

/** What a fragment that is no JSON is answered with, by the type of the override. */
const NOT_JSON: ReadonlyMap<string, string> = new Map([
  ['merge', 'Invalid JSON Patch'],
  ['strategic', 'invalid JSON document'],
  ['json', 'unexpected end of JSON input'],
]);

function patched(object: KubeObject, type: string, fragment: unknown): unknown {
  const target = JSON.parse(JSON.stringify(object)) as Record<string, unknown>;
  if (type === 'json') return applyJsonPatch(target, fragment);
  if (typeof fragment !== 'object' || fragment === null || Array.isArray(fragment)) {
    throw new KubectlError(NOT_JSON.get(type) ?? '');
  }
  return type === 'merge' ? applyMergePatch(target, fragment) : applyStrategicMergePatch(target, fragment);
}

/** The object as the flags want it. Throws KubectlError for a fragment that can't be read or does not fit. */
export function overridden(call: Call, object: KubeObject): KubeObject {
  const text = call.flags.text('overrides');
  if (text === '') return object;
  const type = call.flags.text('override-type') || 'merge';
  const notJson = NOT_JSON.get(type);
  if (notJson === undefined) throw new KubectlError(`invalid override type: ${type}`);
  let fragment: unknown;
  try {
    fragment = JSON.parse(text);
  } catch {
    throw new KubectlError(notJson);
  }
  let result: KubeObject;
  try {
    result = patched(object, type, fragment) as KubeObject;
  } catch (error) {
    throw new KubectlError(asCommandError(error).message);
  }
  if (result.apiVersion !== object.apiVersion || result.kind !== object.kind) {
    throw new KubectlError(
      `no kind ${JSON.stringify(result.kind ?? '')} is registered for version ${JSON.stringify(result.apiVersion ?? '')} in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    );
  }
  const decoded = decodeStrict(result);
  if (decoded.typeError !== undefined) throw new KubectlError(decoded.typeError);
  return decoded.object;
}
