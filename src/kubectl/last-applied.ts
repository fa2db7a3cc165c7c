/**
 * The annotation in which apply keeps what it was last given. Follows staging/src/k8s.io/kubectl/pkg/util/apply.go; the JSON is what Go writes, with
 * a newline at the end.
 */
import { goJson } from '../engine/api/go-text';
import type { KubeObject } from '../engine/api/meta';

/** Where the last applied manifest is kept. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The annotation's text, if it is there. */
export function lastAppliedText(object: KubeObject): string | undefined {
  return object.metadata.annotations?.[LAST_APPLIED];
}

/** What was last applied, or undefined; a broken annotation counts as none. */
export function lastApplied(object: KubeObject): KubeObject | undefined {
  const text = lastAppliedText(object);
  if (!text) return undefined;
  try {
    return JSON.parse(text) as KubeObject;
  } catch {
    return undefined;
  }
}

/** The object with its own text in the annotation. */
export function withLastApplied(object: KubeObject): KubeObject {
  const { [LAST_APPLIED]: _old, ...given } = object.metadata.annotations ?? {};
  // Read as a map of texts, where null is an empty one.
  const annotations = Object.fromEntries(Object.entries(given).map(([key, text]) => [key, text ?? '']));
  const bare: KubeObject = { ...object, metadata: { ...object.metadata, annotations } };
  const metadata = { ...bare.metadata, annotations: { ...annotations, [LAST_APPLIED]: `${goJson(bare)}\n` } };
  return { ...bare, metadata };
}

/** The object as a create may send it: without a version. */
export function withoutVersion<T extends KubeObject>(object: T): T {
  if (object.metadata.resourceVersion === undefined) return object;
  const { resourceVersion: _version, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** The object without fields that are null, which a create must not carry. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
  return Object.fromEntries(entries.map(([key, field]) => [key, withoutNulls(field)]));
}
