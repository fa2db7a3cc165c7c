/**
 * Defaults of Secrets. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go (SetDefaults_Secret).
 */
import type { KubeObject } from '../meta';
import type { Secret } from '../types';

/** Fills what a Secret leaves open. */
export function defaultSecret(draft: KubeObject): void {
  const secret = draft as Secret;
  secret.type ||= 'Opaque';
}
