/** What people are shown of Secrets: how long each value is, and whether it is another one than before; never the value. */
import { base64Length, encodeBase64 } from '../engine/api/base64';
import type { KubeObject } from '../engine/api/meta';
import { valueIn } from '../engine/api/plain';
import type { Secret } from '../engine/api/types';
import { LAST_APPLIED } from '../kubectl/last-applied';

/** Whether the values of an object are hidden. */
export const isSecret = ({ kind, apiVersion }: KubeObject): boolean => kind === 'Secret' && apiVersion === 'v1';

/** A value of `data`; `mark` tells it from another of the same length. */
function hiddenValue(base64: string, mark?: string): string {
  return `(hidden, ${[`${Math.max(0, base64Length(base64))} bytes`, ...(mark ? [mark] : [])].join(', ')})`;
}

/** A value of `data`, or with `isText` of `stringData`, that is only told by its length. */
export const hiddenText = (value: unknown, isText: boolean): string =>
  typeof value === 'string' ? hiddenValue(isText ? encodeBase64(value) : value) : '(hidden)';

/** An object without what Secrets keep. Beside another version of it, values that differ in nothing else are marked, as `kubectl diff` does. */
export function masked(object: KubeObject, beside?: { readonly other: KubeObject; readonly mark: string }): KubeObject {
  if (!isSecret(object)) return object;
  const { data, metadata } = object as Secret;
  const others = (beside?.other as Secret | undefined)?.data ?? {};
  const hidden = ([key, value]: [string, unknown]): [string, string] => {
    const [own, other] = [String(value), valueIn(others, key)];
    const isAlike = other !== undefined && other !== own && hiddenValue(other) === hiddenValue(own);
    return [key, hiddenValue(own, isAlike ? beside?.mark : undefined)];
  };
  const { [LAST_APPLIED]: applied, ...annotations } = metadata.annotations ?? {};
  const kept = applied === undefined ? annotations : { ...annotations, [LAST_APPLIED]: '(hidden)' };
  return {
    ...object,
    metadata: metadata.annotations ? { ...metadata, annotations: kept } : metadata,
    ...(data ? { data: Object.fromEntries(Object.entries(data).map(hidden)) } : {}),
  } as KubeObject;
}

/** Two versions of an object, to be compared. */
export const bothMasked = (before: KubeObject, after: KubeObject): readonly [KubeObject, KubeObject] => [
  masked(before, { other: after, mark: 'before' }),
  masked(after, { other: before, mark: 'after' }),
];
