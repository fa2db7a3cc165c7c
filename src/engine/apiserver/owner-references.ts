/**
 * Owner references that stand twice in one object are kept once, with a warning.
 * Follows dedupOwnerReferencesAndAddWarning in apiserver/pkg/endpoints/handlers/rest.go.
 */
import type { KubeObject } from '../api/meta';
import { deepEqual } from '../api/plain';
import type { RequestContext } from './strategy';

/** Takes doubles out of a draft; `when` says whether mutating admission has run. */
export function dedupOwnerReferences(draft: KubeObject, { warn }: RequestContext, when: 'before' | 'after'): void {
  const references = draft.metadata.ownerReferences;
  if (!references || references.length < 2) return;
  const kept = references.filter(
    (reference, at) => references.findIndex((other) => deepEqual(other, reference)) === at,
  );
  if (kept.length === references.length) return;
  const doubles = references.filter((reference) => !kept.includes(reference)).map(({ uid }) => uid);
  draft.metadata.ownerReferences = kept;
  const where = when === 'before' ? '' : ' after mutating admission happens';
  warn(
    `.metadata.ownerReferences contains duplicate entries${where}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${doubles.join(', ')}`,
  );
}
