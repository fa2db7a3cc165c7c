/** What the scenarios about storage promise, and the acceptance list with them. */
import { expect, test } from 'vitest';
import type { CoreEvent, PersistentVolume, PersistentVolumeClaim, Pod } from '../../engine/api/types';
import type { Simulation } from '../../engine/simulation';
import type { CommandRecord } from '../../kubectl/user';
import { startText } from '../../testing/swarm';
import { GALLERY } from '.';

async function textOf(name: string): Promise<string> {
  return (await GALLERY.find((entry) => entry.name === name)?.load()) ?? '';
}

function runText(text: string, timeMs: number): Simulation {
  const simulation = startText(text);
  simulation.run({ timeMs });
  return simulation;
}

const runTo = async (name: string, timeMs: number): Promise<Simulation> => runText(await textOf(name), timeMs);

const listed = <T>(simulation: Simulation, kind: string) =>
  simulation.objectsAt(simulation.step, kind) as unknown as T[];
const volumes = (simulation: Simulation): Record<string, string | undefined> =>
  Object.fromEntries(
    listed<PersistentVolume>(simulation, 'PersistentVolume').map(({ metadata, status }) => [
      metadata.name,
      status.phase,
    ]),
  );
const claims = (simulation: Simulation): Record<string, string> =>
  Object.fromEntries(
    listed<PersistentVolumeClaim>(simulation, 'PersistentVolumeClaim').map(({ metadata, spec, status }) => [
      metadata.name,
      `${status.phase} ${spec.volumeName ?? ''} ${status.capacity?.storage ?? ''}`.trim(),
    ]),
  );
const told = (simulation: Simulation, name: string): string[] =>
  listed<CoreEvent>(simulation, 'Event')
    .filter(({ involvedObject }) => involvedObject.name === name)
    .map(({ reason, message }) => `${reason}: ${message}`);
const outputs = (simulation: Simulation): string[] =>
  Array.from({ length: simulation.step }, (_, at) => simulation.detailAt(at + 1) as CommandRecord | undefined)
    .filter((detail) => detail?.type === 'command')
    .map((record) => record?.stdout ?? '');
const NONE = 'FailedBinding: no persistent volumes available for this claim and no storage class is set';

test('a claim gets the smallest volume that satisfies it, and a kept one is Released until its reference is gone', async () => {
  const bound = await runTo('smallest-volume', 15_000);
  expect(claims(bound)).toEqual({ huge: 'Pending', pvc: 'Bound pv003 10Gi' });
  expect(told(bound, 'huge')).toEqual([NONE]);
  expect(volumes(bound)).toEqual({ pv001: 'Available', pv002: 'Available', pv003: 'Bound', pv004: 'Available' });
  expect(outputs(bound).join('')).toMatch(/pvc +Bound +pv003 +10Gi +RWO,RWX /);
  const why = bound.trace(1, bound.step).find(({ message }) => message.startsWith('Bound PersistentVolumeClaim pvc'));
  expect(why?.message).toBe(
    'Bound PersistentVolumeClaim pvc to PersistentVolume pv003 (10Gi), the smallest that satisfies its 6Gi (pv001 too small (2Gi < 6Gi), pv002 too small (5Gi < 6Gi), pv004 larger than pv003)',
  );
  const kept = await runTo('smallest-volume', 45_000);
  expect(volumes(kept)).toMatchObject({ pv003: 'Released', pv004: 'Bound' });
  const freed = await runTo('smallest-volume', 60_000);
  expect(volumes(freed)).toMatchObject({ pv003: 'Available' });
});

test('with a default class none of the four volumes is bound; without pv003 it is pv004', async () => {
  const text = await textOf('smallest-volume');
  const standard =
    'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}\nprovisioner: example.com/none\n---\n';
  const withDefault = runText(text.replace('---\n', `---\n${standard}`), 15_000);
  expect(claims(withDefault)).toEqual({ huge: 'Pending', pvc: 'Pending' });
  expect(new Set(Object.values(volumes(withDefault)))).toEqual(new Set(['Available']));
  const without = runText(text.replace('storage: 10Gi', 'storage: 1Gi'), 15_000);
  expect(claims(without)).toMatchObject({ pvc: 'Bound pv004 20Gi' });
});

test('claims say what they wait for', async () => {
  const simulation = await runTo('waiting-claims', 14_000);
  expect(told(simulation, 'no-class')).toEqual([NONE]);
  expect(told(simulation, 'no-such-class')).toEqual([
    'ProvisioningFailed: storageclass.storage.k8s.io "late" not found',
  ]);
  expect(told(simulation, 'nobody-makes-it')).toEqual([expect.stringMatching(/^ExternalProvisioning: Waiting for /)]);
  expect(told(simulation, 'shared-block').join('\n')).toContain('multi node access modes are only supported on rbd');
  expect(told(simulation, 'served').map((text) => text.split(':')[0])).toEqual([
    'ExternalProvisioning',
    'Provisioning',
    'ProvisioningSucceeded',
  ]);
  expect(claims(simulation).served).toMatch(/^Bound pvc-[0-9a-f-]{36} 1Gi$/);
  expect(claims(await runTo('waiting-claims', 50_000))['no-such-class']).toMatch(/^Bound pvc-/);
});

test('a ReadWriteOnce volume holds a rolling update up for ever; Recreate cures, and the data is kept', async () => {
  const stuck = await runTo('one-node-at-a-time', 59_000);
  const pods = listed<Pod>(stuck, 'Pod');
  expect(pods.map(({ status }) => status.phase).sort()).toEqual(['Pending', 'Running']);
  const waiting = pods.find(({ status }) => status.phase === 'Pending');
  const running = pods.find(({ status }) => status.phase === 'Running');
  const [volume] = listed<PersistentVolume>(stuck, 'PersistentVolume');
  expect(told(stuck, waiting?.metadata.name ?? '')).toContain(
    `FailedAttachVolume: Multi-Attach error for volume "${volume?.metadata.name}" Volume is already used by pod(s) ${running?.metadata.name}`,
  );
  const cured = await runTo('one-node-at-a-time', 95_000);
  expect(listed<Pod>(cured, 'Pod').map(({ status, spec }) => [status.phase, spec.containers[0]?.image])).toEqual([
    ['Running', 'database:2'],
  ]);
  const [count] = listed<Pod>(cured, 'Pod')[0]?.status.initContainerStatuses ?? [];
  expect(count?.state?.terminated?.message).toBe('started\nstarted\n');
});

test('the first Pod of a claim decides where its volume is made', async () => {
  const before = await runTo('first-consumer', 9000);
  expect(told(before, 'data')).toEqual([
    'WaitForFirstConsumer: waiting for first consumer to be created before binding',
  ]);
  expect(volumes(before)).toEqual({});
  const after = await runTo('first-consumer', 40_000);
  const [volume] = listed<PersistentVolume>(after, 'PersistentVolume');
  expect(JSON.stringify(volume?.spec.nodeAffinity)).toContain('"values":["node-b"]');
  const pods = listed<Pod>(after, 'Pod');
  expect(pods.map(({ metadata, spec }) => [metadata.name, spec.nodeName])).toEqual([
    ['first', 'node-b'],
    ['second', undefined],
  ]);
  expect(pods[1]?.status.conditions?.[0]?.message).toContain("1 node(s) didn't match PersistentVolume's node affinity");
});

test('a claim in use stays Terminating until its Pod is gone, then its volume goes too', async () => {
  const held = await runTo('claim-in-use', 20_000);
  const found = listed<PersistentVolumeClaim>(held, 'PersistentVolumeClaim');
  expect(found.map(({ metadata }) => [metadata.name, metadata.finalizers])).toEqual([
    ['data', ['kubernetes.io/pvc-protection']],
  ]);
  expect(found[0]?.metadata.deletionTimestamp).toBeDefined();
  const gone = await runTo('claim-in-use', 40_000);
  expect(claims(gone)).toEqual({});
  expect(volumes(gone)).toEqual({});
});
