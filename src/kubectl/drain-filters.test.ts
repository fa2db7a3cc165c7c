import { describe, expect, it } from 'vitest';
import type { Pod } from '../engine/api/types';
import type { Client } from '../engine/client/client';
import { type DrainSettings, errorsOf, judgePods, warningsOf } from './drain-filters';

const REPLICA_SET = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid: 'u', controller: true };
const DAEMON_SET = { ...REPLICA_SET, kind: 'DaemonSet', name: 'ds' };

function pod(
  name: string,
  owner: typeof REPLICA_SET | undefined,
  extra: { volumes?: Pod['spec']['volumes']; phase?: string } = {},
): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', ...(owner ? { ownerReferences: [owner] } : {}) },
    spec: { containers: [], ...(extra.volumes ? { volumes: extra.volumes } : {}) },
    status: { phase: extra.phase ?? 'Running' },
  } as unknown as Pod;
}

const PODS = [
  pod('managed', REPLICA_SET),
  pod('alone', undefined),
  pod('done', undefined, { phase: 'Succeeded' }),
  pod('local', REPLICA_SET, { volumes: [{ name: 'tmp', emptyDir: {} }] }),
  pod('both', undefined, { volumes: [{ name: 'tmp', emptyDir: {} }] }),
  pod('daemon', DAEMON_SET),
];

const STRICT: DrainSettings = { force: false, ignoreDaemonSets: false, deleteEmptyDirData: false, skipWaitSeconds: 0 };
const io = { client: { find: () => undefined } as unknown as Client, nowMs: 0, now: '', timeOf: () => 0 };

describe('judgePods', () => {
  it('names what stops a drain, one line per reason', () => {
    const verdicts = judgePods(PODS, STRICT, io);
    expect(verdicts.filter((verdict) => verdict.delete).map(({ pod: { metadata } }) => metadata.name)).toEqual([
      'managed',
      'done',
    ]);
    expect(errorsOf(verdicts)).toEqual([
      'cannot delete Pods that declare no controller (use --force to override): default/alone',
      'cannot delete Pods with local storage (use --delete-emptydir-data to override): default/local, default/both',
      'cannot delete daemonsets.apps "ds" not found: default/daemon',
    ]);
  });

  it('warns of what was allowed; a later check hides the warning of an earlier one', () => {
    const verdicts = judgePods(PODS, { ...STRICT, force: true, deleteEmptyDirData: true }, io);
    expect(errorsOf(verdicts)).toEqual([]);
    expect(verdicts.every((verdict) => verdict.delete)).toBe(true);
    expect(warningsOf(verdicts)).toBe('deleting Pods that declare no controller: default/alone, default/both');
  });
});
