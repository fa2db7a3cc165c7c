import { expect, test } from 'vitest';
import type { KubeObject } from '../api/meta';
import { StatusError } from '../api/status-error';
import type { Client } from './client';
import {
  type ControllerRevision,
  createRevision,
  HASH_LABEL,
  hashRevision,
  newControllerRevision,
  planRevision,
  renumberRevision,
  revisionsToTruncate,
  sortRevisions,
} from './controller-history';

const parent: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web', namespace: 'shop', uid: 'u' },
};

const revision = (number: number, data: unknown, name = `web-${number}`, created = ''): ControllerRevision => ({
  apiVersion: 'apps/v1',
  kind: 'ControllerRevision',
  metadata: { name, namespace: 'shop', ...(created ? { creationTimestamp: created } : {}) },
  data,
  revision: number,
});

// As HashControllerRevision's arithmetic gives them in Go: FNV-1 of json.Marshal's bytes, then of the collision count.
test.each([
  [{ spec: { template: { $patch: 'replace' } } }, 0, '589f85db5b'],
  [{ spec: { template: { $patch: 'replace' } } }, 1, '589f85db5c'],
  [{ b: '<ü>&', a: [1, true, null, '€😀'] }, 0, '548c9dbc5'],
])('hash of %j with collision count %i', (data, count, hash) => {
  expect(hashRevision(data, count)).toBe(hash);
});

test('a new revision is named and labelled by its hash and controlled by its parent', () => {
  const fresh = newControllerRevision(parent, { app: 'web' }, { a: 1 }, 3, 0);
  const hash = hashRevision({ a: 1 }, 0);
  expect(fresh).toMatchObject({
    kind: 'ControllerRevision',
    metadata: { name: `web-${hash}`, namespace: 'shop', labels: { app: 'web', [HASH_LABEL]: hash } },
    revision: 3,
  });
  expect(fresh.metadata.ownerReferences).toMatchObject([{ kind: 'StatefulSet', uid: 'u', controller: true }]);
  const long: KubeObject = { ...parent, metadata: { ...parent.metadata, name: 'x'.repeat(253) } };
  expect(newControllerRevision(long, {}, { a: 1 }, 1, 0).metadata.name).toBe(`${'x'.repeat(223)}-${hash}`);
});

test('sorted by number, then age, then name, whatever the order before', () => {
  const list = [
    revision(2, 'c', 'c', '2026-01-01T00:00:02Z'),
    revision(2, 'b', 'b', '2026-01-01T00:00:01Z'),
    revision(1, 'z', 'z', '2026-01-01T00:00:09Z'),
    revision(2, 'a', 'a', '2026-01-01T00:00:02Z'),
  ];
  const names = (revisions: readonly ControllerRevision[]) => revisions.map(({ metadata }) => metadata.name);
  expect(names(sortRevisions(list))).toEqual(['z', 'b', 'a', 'c']);
  expect(names(sortRevisions(list.toReversed()))).toEqual(['z', 'b', 'a', 'c']);
});

test.each([
  ['none yet', [], 'x', 'create 1'],
  ['the latest is equal', [revision(1, 'a'), revision(2, 'x')], 'x', 'keep web-2'],
  ['an earlier one is equal', [revision(1, 'x'), revision(4, 'a')], 'x', 'renumber web-1 5'],
  ['the latest and an earlier one are equal', [revision(1, 'x'), revision(4, 'x')], 'x', 'keep web-4'],
  ['none is equal', [revision(1, 'a'), revision(7, 'b')], 'x', 'create 8'],
  [
    'of two earlier equal ones the later',
    [revision(1, 'x'), revision(2, 'x'), revision(3, 'a')],
    'x',
    'renumber web-2 4',
  ],
])('plan: %s', (_case, revisions, data, wanted) => {
  const plan = planRevision(revisions, data);
  const name = 'revision' in plan ? ` ${plan.revision.metadata.name}` : '';
  expect(`${plan.verb}${name}${'number' in plan ? ` ${plan.number}` : ''}`).toBe(wanted);
});

test.each([
  [0, ['web-1', 'web-3']],
  [1, ['web-1']],
  [2, []],
  [-1, []],
])('with a limit of %i goes %j', (limit, gone) => {
  const revisions = [revision(4, 'd'), revision(3, 'c'), revision(1, 'a'), revision(2, 'b')];
  const live = new Set(['web-4', 'web-2']);
  expect(revisionsToTruncate(revisions, live, limit).map(({ metadata }) => metadata.name)).toEqual(gone);
});

/** A client that keeps revisions by name. */
function clientWith(...revisions: readonly ControllerRevision[]): Client {
  const stored = new Map(revisions.map((one) => [one.metadata.name, one]));
  return {
    create: (object: ControllerRevision) => {
      if (stored.has(object.metadata.name)) throw new StatusError('AlreadyExists', 409, 'exists');
      stored.set(object.metadata.name, object);
      return object;
    },
    get: (_kind: string, _namespace: string, name: string) => stored.get(name),
    update: (object: ControllerRevision) => {
      const live = stored.get(object.metadata.name);
      if (live?.metadata.resourceVersion !== object.metadata.resourceVersion)
        throw new StatusError('Conflict', 409, 'the object has been modified');
      stored.set(object.metadata.name, object);
      return object;
    },
  } as unknown as Client;
}

test('a taken name: another one for other data, the same for the same data', () => {
  const fresh = newControllerRevision(parent, {}, { a: 1 }, 2, 0);
  expect(createRevision(clientWith(), parent, fresh, 0)).toEqual({ revision: fresh, collisionCount: 0 });
  const same = { ...fresh, revision: 1 };
  expect(createRevision(clientWith(same), parent, fresh, 0)).toEqual({ revision: same, collisionCount: 0 });
  const other = { ...fresh, data: { a: 2 } };
  const { revision: created, collisionCount } = createRevision(clientWith(other), parent, fresh, 0);
  expect(collisionCount).toBe(1);
  expect(created.metadata.name).toBe(`web-${hashRevision({ a: 1 }, 1)}`);
});

test('renumbering writes once, also when the race for it was lost', () => {
  const known = revision(1, 'a');
  const live = { ...known, metadata: { ...known.metadata, resourceVersion: '7' } };
  expect(renumberRevision(clientWith(known), known, 1)).toBe(known);
  expect(renumberRevision(clientWith(known), known, 5).revision).toBe(5);
  expect(renumberRevision(clientWith(live), known, 5)).toMatchObject({
    revision: 5,
    metadata: { resourceVersion: '7' },
  });
});
