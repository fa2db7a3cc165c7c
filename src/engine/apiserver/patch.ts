/** Patches, as PATCH requests carry them. Implementations follow in this file's siblings. */
import type { KubeObject } from '../api/meta';

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
export function applyPatch(_object: KubeObject, _patch: Patch): KubeObject {
  throw new Error('written by the API server room');
}
