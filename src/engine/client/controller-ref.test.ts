import { expect, test } from 'vitest';
import type { KubeObject } from '../api/meta';
import { StatusError } from '../api/status-error';
import type { Client } from './client';
import { claimChildren, newControllerRef, planClaim } from './controller-ref';

const owner: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1' },
};

function child(controllerUid: string | undefined, isTerminating = false): KubeObject {
  const ownerReferences = controllerUid ? [{ ...newControllerRef(owner), uid: controllerUid }] : [];
  const deletion = isTerminating ? { deletionTimestamp: '2026-01-01T00:00:30Z' } : {};
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', ownerReferences, ...deletion } };
}

test.each([
  // controller   matches  owner goes  child goes  verdict
  ['u1', true, false, false, 'keep'],
  ['u1', true, true, false, 'keep'],
  ['u1', false, false, false, 'release'],
  ['u1', false, true, false, 'ignore'],
  ['u2', true, false, false, 'ignore'],
  [undefined, true, false, false, 'adopt'],
  [undefined, true, true, false, 'ignore'],
  [undefined, true, false, true, 'ignore'],
  [undefined, false, false, false, 'ignore'],
] as const)(
  'controller %s, match %s, owner goes %s, child goes %s: %s',
  (uid, isMatch, ownerGoes, childGoes, verdict) => {
    const deletion = ownerGoes ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {};
    const claimant = { ...owner, metadata: { ...owner.metadata, ...deletion } };
    expect(planClaim(claimant, child(uid, childGoes), isMatch)).toBe(verdict);
  },
);

/** A claimant whose owner is found as given, and what is patched through it. */
function claimant(live: KubeObject | undefined, patch: () => void = () => undefined) {
  const patched: string[] = [];
  const client = {
    get: () => {
      if (!live) throw new StatusError('NotFound', 404, 'replicasets.apps "web" not found');
      return live;
    },
    patch: (_kind: string, _namespace: string, name: string) => {
      patched.push(name);
      patch();
      return { metadata: { name, resourceVersion: String(patched.length) } };
    },
  } as unknown as Client;
  return { patched, client, owner, matches: (one: KubeObject) => one.metadata.labels?.off === undefined };
}

const named = (name: string, one: KubeObject, labels = {}): KubeObject => ({
  ...one,
  metadata: { ...one.metadata, name, namespace: 'shop', uid: name, labels },
});

test('keeps, adopts and releases, each child once', () => {
  const given = claimant(owner);
  const own = named('own', child('u1'));
  const orphan = named('orphan', child(undefined));
  const off = named('off', child('u1'), { off: 'yes' });
  const { claimed, adopted, released, written, error } = claimChildren(given, [
    own,
    orphan,
    off,
    named('other', child('u2')),
  ]);
  expect([claimed, adopted, released]).toEqual([[own, orphan], [orphan], [off]]);
  expect(given.patched).toEqual(['orphan', 'off']);
  expect(written).toEqual(['1', '2']);
  expect(error).toBeUndefined();
});

test.each([
  ['is gone', undefined, `can't recheck DeletionTimestamp: replicasets.apps "web" not found`],
  [
    'is another one by now',
    { ...owner, metadata: { ...owner.metadata, uid: 'u9' } },
    "can't recheck DeletionTimestamp: original ReplicaSet shop/web is gone: got uid u9, wanted u1",
  ],
  [
    'is being deleted',
    { ...owner, metadata: { ...owner.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } },
    'shop/web has just been deleted at 2026-01-01T00:00:00Z',
  ],
])('an owner that %s adopts nobody, and the sync fails', (_case, live, reason) => {
  const given = claimant(live);
  const { claimed, error } = claimChildren(given, [named('own', child('u1')), named('orphan', child(undefined))]);
  expect(claimed.map(({ metadata }) => metadata.name)).toEqual(['own']);
  expect(given.patched).toEqual([]);
  expect(error?.message).toBe(`can't adopt Pod shop/orphan (orphan): ${reason}`);
});

test.each([
  ['NotFound', undefined],
  ['Forbidden', 'no'],
] as const)('a child that is refused with %s', (reason, message) => {
  const refuse = () => {
    throw new StatusError(reason, 403, 'no');
  };
  const { claimed, error } = claimChildren(claimant(owner, refuse), [named('orphan', child(undefined))]);
  expect(claimed).toEqual([]);
  expect(error?.message).toBe(message);
});
