import { expect, test } from 'vitest';
import type { KubeObject } from '../api/meta';
import { newControllerRef, planClaim } from './controller-ref';

const owner: KubeObject = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web', uid: 'u1' } };

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
