/** Texts of Secrets that a manifest gives as `stringData`: the API server keeps them, as bytes, in `data`. */
import { decodeBase64ToBytes, encodeBase64 } from '../engine/api/base64';
import type { KubeObject } from '../engine/api/meta';
import { valueIn } from '../engine/api/plain';
import type { Secret } from '../engine/api/types';
import { isSecret } from './hidden-secrets';

/** What bytes say as text; undefined where they are none. */
function textOf(base64: string): string | undefined {
  const bytes = decodeBase64ToBytes(base64);
  try {
    return decodeURIComponent(
      bytes.replaceAll(/./gs, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return undefined;
  }
}

/** A live Secret as it is to be held against a manifest: with `stringData` where that has it, which holds over what it says in `data`. */
export function withStringData(live: KubeObject, manifest: KubeObject): KubeObject {
  const { stringData, data: said = {} } = manifest as Secret;
  if (!isSecret(live) || typeof stringData !== 'object' || stringData === null) return live;
  const { data = {} } = live as Secret;
  const texts = Object.entries(stringData).map(([key, here]) => {
    const value = valueIn(data, key);
    if (value === undefined) return [key, undefined] as const;
    // Bytes that are no text can't be taken as one.
    return [key, value === encodeBase64(String(here)) ? here : (textOf(value) ?? { bytes: value })] as const;
  });
  const overruled = Object.keys(stringData).flatMap((key) =>
    Object.hasOwn(said, key) ? [[key, said[key]] as const] : [],
  );
  return {
    ...live,
    data: { ...data, ...Object.fromEntries(overruled) },
    stringData: Object.fromEntries(texts),
  } as KubeObject;
}
