/**
 * Patches, as PATCH requests carry them: JSON (RFC 6902), JSON merge (RFC 7386) and strategic merge.
 * Follows apiserver/pkg/endpoints/handlers/patch.go. Pure: neither object nor patch is changed, unchanged parts are shared.
 */
import type { KubeObject } from '../meta';
import { applyJsonPatch } from './json';
import { applyMergePatch } from './merge';
import { applyStrategicMergePatch } from './strategic';

/** A patch of one of the three kinds. */
export type Patch =
  | { readonly type: 'strategic'; readonly body: unknown }
  | { readonly type: 'merge'; readonly body: unknown }
  | { readonly type: 'json'; readonly body: readonly JsonPatchOperation[] };

/** One operation of RFC 6902. */
export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** Applies a patch to an object and returns the result; neither argument is changed. Throws StatusError (400, 422). */
export function applyPatch(object: KubeObject, patch: Patch): KubeObject {
  return withoutEmptyMetadata(applyAs(object, patch) as KubeObject);
}

function applyAs(object: KubeObject, patch: Patch): unknown {
  if (patch.type === 'json') return applyJsonPatch(object, patch.body);
  if (patch.type === 'merge') return applyMergePatch(object, patch.body);
  return applyStrategicMergePatch(object, patch.body);
}

const OMITTED_WHEN_EMPTY = ['labels', 'annotations', 'ownerReferences', 'finalizers'] as const;

/** A list or map of metadata that a patch emptied is left out, as when the API server decodes and encodes it. */
function withoutEmptyMetadata(object: KubeObject): KubeObject {
  const { metadata } = object;
  const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  const empty = metadata ? OMITTED_WHEN_EMPTY.filter((field) => isEmpty(metadata[field])) : [];
  if (empty.length === 0) return object;
  const kept = { ...metadata };
  for (const field of empty) delete kept[field];
  return { ...object, metadata: kept };
}
