/**
 * The conditions that tell how far the emptying of a namespace is.
 * Follows pkg/controller/namespace/deletion/status_condition_utils.go.
 */
import { findCondition, setCondition } from '../../api/conditions';
import { deepEqual } from '../../api/plain';
import type { NamespaceCondition } from '../../api/types';

/** What is left after an attempt to delete everything. */
export interface RemainingContent {
  /** Objects left by resource, as `configmaps.` or `deployments.apps`. */
  readonly byResource: ReadonlyMap<string, number>;
  /** Objects left by finalizer. */
  readonly byFinalizer: ReadonlyMap<string, number>;
  /** What went wrong. */
  readonly errors: readonly string[];
  /** The version of a group whose kinds could not be asked for. */
  readonly stale?: string;
}

/** Types in the order in which they are written, with what each says when all is well. */
const WHEN_WELL: readonly (readonly [type: string, reason: string, message: string])[] = [
  ['NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'],
  ['NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'],
  [
    'NamespaceDeletionContentFailure',
    'ContentDeleted',
    'All content successfully deleted, may be waiting on finalization',
  ],
  ['NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'],
  ['NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
];

function counted(counts: ReadonlyMap<string, number>, verb: string): string {
  const lines = [...counts].map(([name, count]) => `${name} ${verb} ${count} resource instances`);
  return lines.sort((a, b) => (a < b ? -1 : 1)).join(', ');
}

function problems(remaining: RemainingContent): Map<string, { reason: string; message: string }> {
  const { byResource, byFinalizer, errors, stale } = remaining;
  const found = new Map<string, { reason: string; message: string }>();
  if (stale !== undefined) {
    const why = `unable to retrieve the complete list of server APIs: ${stale}: stale GroupVersion discovery: ${stale}`;
    const message = `Discovery failed for some groups, 1 failing: ${why}`;
    found.set('NamespaceDeletionDiscoveryFailure', { reason: 'DiscoveryFailed', message });
  }
  if (byResource.size > 0) {
    const message = `Some resources are remaining: ${counted(byResource, 'has')}`;
    found.set('NamespaceContentRemaining', { reason: 'SomeResourcesRemain', message });
  }
  if (byFinalizer.size > 0) {
    const message = `Some content in the namespace has finalizers remaining: ${counted(byFinalizer, 'in')}`;
    found.set('NamespaceFinalizersRemaining', { reason: 'SomeFinalizersRemain', message });
  }
  if (errors.length > 0) {
    const all = [...errors].sort((a, b) => (a < b ? -1 : 1)).join(', ');
    const message = `Failed to delete all resource types, ${errors.length} remaining: ${all}`;
    found.set('NamespaceDeletionContentFailure', { reason: 'ContentDeletionFailed', message });
  }
  return found;
}

/** The conditions after an attempt. Returns the list itself when nothing is new. */
export function namespaceConditions(
  conditions: readonly NamespaceCondition[],
  remaining: RemainingContent,
  now: string,
): readonly NamespaceCondition[] {
  const found = problems(remaining);
  let next = conditions;
  for (const [type, reason, message] of WHEN_WELL) {
    const problem = found.get(type);
    const status = problem ? 'True' : 'False';
    const old = findCondition(next, type);
    const wanted = { type, status, reason, message, ...problem, lastTransitionTime: now } as NamespaceCondition;
    const isSame = old && deepEqual({ ...old, lastTransitionTime: now }, wanted);
    if (!isSame) next = setCondition(next, wanted);
  }
  return next;
}
