/** Objects as YAML for people: whole, without anchors, and without what Secrets keep. */
import { stringify } from 'yaml';
import type { KubeObject } from '../engine/api/meta';
import type { Secret } from '../engine/api/types';
import { LAST_APPLIED } from '../kubectl/last-applied';

/** The YAML of an object, or of a part of one. */
export function yamlOf(value: object): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** A Secret says how much each value is; base64 is four characters for three bytes. */
export function masked(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return object;
  const { data, metadata } = object as Secret;
  const values = Object.entries(data ?? {}).map(([key, value]) => [key, maskOf(String(value))] as const);
  const { [LAST_APPLIED]: applied, ...annotations } = metadata.annotations ?? {};
  const kept = applied === undefined ? annotations : { ...annotations, [LAST_APPLIED]: '(hidden)' };
  return {
    ...object,
    metadata: metadata.annotations ? { ...metadata, annotations: kept } : metadata,
    ...(data ? { data: Object.fromEntries(values) } : {}),
  } as KubeObject;
}

function maskOf(base64: string): string {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return `(hidden, ${Math.max(0, (base64.length / 4) * 3 - padding)} bytes)`;
}

/** What people may read of an object. */
export const printed = (object: KubeObject): string => yamlOf(masked(object));
