import { expect, test } from 'vitest';
import type { OwnerReference } from '../../api/meta';
import type { PersistentVolumeClaim, StatefulSet } from '../../api/types';
import { hasRightOwners, hasStaleOwner, withRightOwners } from './claim-owners';

const POD = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', uid: 'p' } };

function set(whenDeleted: string, whenScaled: string): StatefulSet {
  const persistentVolumeClaimRetentionPolicy = { whenDeleted, whenScaled };
  const spec = { replicas: 2, selector: {}, template: {}, persistentVolumeClaimRetentionPolicy };
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web', uid: 's' }, spec } as StatefulSet;
}

/** `set pod other`: who controls the claim; `-` before one that owns without controlling, `?` before one of another uid. */
function claim(text: string): PersistentVolumeClaim {
  const ownerReferences = text
    .split(' ')
    .filter(Boolean)
    .map((word): OwnerReference => {
      const who = word.replace(/^[-?]/, '');
      const isSet = who === 'set';
      const uid = word.startsWith('?') ? 'x' : who === 'other' ? 'o' : isSet ? 's' : 'p';
      const kind = isSet ? 'StatefulSet' : who === 'pod' ? 'Pod' : 'Other';
      const name = isSet ? 'web' : who === 'pod' ? 'web-1' : 'it';
      return { apiVersion: isSet ? 'apps/v1' : 'v1', kind, name, uid, controller: !word.startsWith('-') };
    });
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'd', ownerReferences },
    spec: {},
  } as never;
}

const owners = ({ metadata }: PersistentVolumeClaim): string =>
  (metadata.ownerReferences ?? []).map(({ kind }) => ({ StatefulSet: 'set', Pod: 'pod' })[kind] ?? 'other').join(' ');

test.each([
  // whenDeleted, whenScaled, the Pod's ordinal, owners → right?, owners it gets
  ['Retain', 'Retain', 1, '', true, ''],
  ['Retain', 'Retain', 1, 'set', false, ''],
  ['Retain', 'Retain', 5, 'pod', false, ''],
  ['Delete', 'Retain', 1, '', false, 'set'],
  ['Delete', 'Retain', 5, 'set', true, 'set'],
  ['Retain', 'Delete', 1, '', true, ''],
  ['Retain', 'Delete', 5, '', false, 'pod'],
  ['Retain', 'Delete', 1, 'pod', false, ''],
  ['Delete', 'Delete', 1, '', false, 'set'],
  ['Delete', 'Delete', 5, 'set', false, 'pod'],
  ['Delete', 'Delete', 5, 'pod', true, 'pod'],
  ['Delete', 'Delete', 1, '-set', false, 'set'],
  ['Delete', 'Delete', 1, 'other', true, 'other'],
  ['Delete', 'Delete', 1, 'other set', false, 'other'],
  ['Retain', 'Retain', 1, 'other', true, 'other'],
  ['Delete', 'Delete', 1, '?set', true, ''],
])(
  'whenDeleted %s, whenScaled %s, ordinal %d, owned by "%s"',
  (whenDeleted, whenScaled, ordinal, text, isRight, gets) => {
    const statefulSet = set(whenDeleted, whenScaled);
    expect(hasRightOwners(claim(text), statefulSet, POD, ordinal)).toBe(isRight);
    expect(owners(withRightOwners(claim(text), statefulSet, POD, ordinal))).toBe(gets);
  },
);

test('a claim of the Pod that was there before is stale for the next one', () => {
  const next = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1' } };
  expect(hasStaleOwner(claim('pod'), next)).toBe(true);
  expect(hasStaleOwner(claim('set'), next)).toBe(false);
});
