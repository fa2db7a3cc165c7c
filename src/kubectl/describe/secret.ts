/** kubectl describe secret: sizes, not contents. Follows describeSecret in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */

import { sortedKeys } from '../../engine/api/go-text';
import type { Secret } from '../../engine/api/types';
import { type Describer, field, metadataLines } from './text';

const TOKEN_TYPE = 'kubernetes.io/service-account-token';

/** What base64 text stands for, one character per byte. */
export function base64Bytes(text: string): string {
  return atob(text);
}

/** Secret. */
export const describeSecret: Describer<Secret> = (secret) => {
  const { data = {}, type = '' } = secret;
  const lines = sortedKeys(data).map((key) => {
    const bytes = base64Bytes(data[key] as string);
    return field(key, key === 'token' && type === TOKEN_TYPE ? bytes : `${bytes.length} bytes`);
  });
  return [`${metadataLines(secret)}\nType:\t${type}\n\nData\n====\n${lines.join('')}`];
};
