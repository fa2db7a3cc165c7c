/**
 * Patches, as PATCH requests carry them: JSON (RFC 6902), JSON merge (RFC 7386) and strategic merge.
 * Follows apiserver/pkg/endpoints/handlers/patch.go. Pure: neither object nor patch is changed, unchanged parts are shared.
 */
import type { KubeObject } from '../meta';
import { applyJsonPatch } from './json';
import { applyMergePatch } from './merge';
import { isFields } from './merge-lists';
import { applyStrategicMergePatch } from './strategic';

/** A patch. One of type `apply` is a configuration, which the API server merges by who manages what. */
export interface Patch {
  readonly type: 'strategic' | 'merge' | 'json' | 'apply';
  readonly body: unknown;
  /** Keys that stood twice in its text, by path. */
  readonly duplicates?: readonly string[];
}

/** Applies a patch to an object; what comes of it may be anything. Throws StatusError (400, 422, 500). */
export function applyPatch(object: KubeObject, patch: Patch): unknown {
  return withoutEmptyMetadata(applyAs(object, patch));
}

function applyAs(object: KubeObject, patch: Patch): unknown {
  if (patch.type === 'json') return applyJsonPatch(object, patch.body);
  if (patch.type === 'merge') return applyMergePatch(object, patch.body);
  return applyStrategicMergePatch(object, patch.body);
}

const OMITTED_WHEN_EMPTY = ['labels', 'annotations', 'ownerReferences', 'finalizers'] as const;

/** A list or map of metadata that a patch emptied is left out, as when the API server decodes and encodes it. */
function withoutEmptyMetadata(result: unknown): unknown {
  if (!isFields(result) || !isFields(result.metadata)) return result;
  const { metadata } = result;
  const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  const empty = OMITTED_WHEN_EMPTY.filter((field) => isEmpty(metadata[field]));
  if (empty.length === 0) return result;
  const kept: Record<string, unknown> = { ...metadata };
  for (const field of empty) delete kept[field];
  return { ...result, metadata: kept };
}
