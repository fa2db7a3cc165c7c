/**
 * Defaults of Secrets. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go (SetDefaults_Secret) and conversion.go (Convert_v1_Secret_To_core_Secret).
 */

import { encodeBase64 } from '../base64';
import type { KubeObject } from '../meta';
import type { Secret } from '../types';

/** Fills what a Secret leaves open, and merges its plain texts into the encoded data. */
export function defaultSecret(draft: KubeObject): void {
  const secret = draft as Secret;
  secret.type ||= 'Opaque';
  if (!secret.stringData) return;
  const data: Record<string, string> = { ...secret.data };
  for (const key in secret.stringData) data[key] = encodeBase64(secret.stringData[key] as string);
  secret.data = data;
  delete secret.stringData;
}
