import { describe, expect, it } from 'vitest';
import type { NamespaceCondition } from '../../api/types';
import { namespaceConditions } from './namespace-conditions';

const NOTHING = { byResource: new Map(), byFinalizer: new Map(), errors: [] };
const NOW = '2026-01-01T00:00:10Z';
const LATER = '2026-01-01T00:00:20Z';

const lines = (conditions: readonly NamespaceCondition[]) =>
  conditions.map(({ type, status, reason, message }) => `${type} ${status} ${reason}: ${message}`);

describe('namespaceConditions', () => {
  it('says of each that all is well', () => {
    expect(lines(namespaceConditions([], NOTHING, NOW))).toEqual([
      'NamespaceDeletionDiscoveryFailure False ResourcesDiscovered: All resources successfully discovered',
      'NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions: All legacy kube types successfully parsed',
      'NamespaceDeletionContentFailure False ContentDeleted: All content successfully deleted, may be waiting on finalization',
      'NamespaceContentRemaining False ContentRemoved: All content successfully removed',
      'NamespaceFinalizersRemaining False ContentHasNoFinalizers: All content-preserving finalizers finished',
    ]);
  });

  it('names what remains, in order, and what failed', () => {
    const remaining = {
      byResource: new Map([
        ['deployments.apps', 2],
        ['configmaps.', 1],
      ]),
      byFinalizer: new Map([['example.com/hold', 3]]),
      errors: ['b', 'a'],
    };
    expect(lines(namespaceConditions([], remaining, NOW)).slice(2)).toEqual([
      'NamespaceDeletionContentFailure True ContentDeletionFailed: Failed to delete all resource types, 2 remaining: a, b',
      'NamespaceContentRemaining True SomeResourcesRemain: Some resources are remaining: configmaps. has 1 resource instances, deployments.apps has 2 resource instances',
      'NamespaceFinalizersRemaining True SomeFinalizersRemain: Some content in the namespace has finalizers remaining: example.com/hold in 3 resource instances',
    ]);
  });

  it('returns the same list when nothing is new, and moves the time only with the status', () => {
    const first = namespaceConditions([], { ...NOTHING, byResource: new Map([['configmaps.', 2]]) }, NOW);
    expect(namespaceConditions(first, { ...NOTHING, byResource: new Map([['configmaps.', 2]]) }, LATER)).toBe(first);
    const fewer = namespaceConditions(first, { ...NOTHING, byResource: new Map([['configmaps.', 1]]) }, LATER);
    expect(fewer[3]?.lastTransitionTime).toBe(NOW);
    expect(namespaceConditions(fewer, NOTHING, LATER)[3]?.lastTransitionTime).toBe(LATER);
  });
});
