/** What the scenarios about quotas promise, and the acceptance list with them. */
import { expect, test } from 'vitest';
import type { CoreEvent, Deployment, Pod, ResourceQuota } from '../../engine/api/types';
import type { Simulation } from '../../engine/simulation';
import { startText } from '../../testing/swarm';
import { GALLERY } from '.';

async function runTo(name: string, timeMs: number): Promise<Simulation> {
  const simulation = startText((await GALLERY.find((entry) => entry.name === name)?.load()) ?? '');
  simulation.run({ timeMs });
  return simulation;
}

const listed = <T>(simulation: Simulation, kind: string) =>
  simulation.objectsAt(simulation.step, kind) as unknown as T[];
const said = (simulation: Simulation): string[] => simulation.trace(1, simulation.step).map(({ message }) => message);

test('a quota refuses the third Pod: FailedCreate, ReplicaFailure, and room in the end', async () => {
  const full = await runTo('quota-is-full', 16_000);
  const why = /exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2$/;
  const events = listed<CoreEvent>(full, 'Event').filter(({ reason }) => reason === 'FailedCreate');
  expect(events.length).toBeGreaterThan(0);
  for (const { message, involvedObject } of events) {
    expect(message).toMatch(why);
    expect(involvedObject.kind).toBe('ReplicaSet');
  }
  const [deployment] = listed<Deployment>(full, 'Deployment');
  const failure = deployment?.status.conditions?.find(({ type }) => type === 'ReplicaFailure');
  expect(failure).toMatchObject({ status: 'True', reason: 'FailedCreate' });
  expect(failure?.message).toMatch(why);
  expect(listed<Pod>(full, 'Pod')).toHaveLength(2);
  const grown = await runTo('quota-is-full', 70_000);
  expect(listed<Pod>(grown, 'Pod')).toHaveLength(3);
  expect(listed<ResourceQuota>(grown, 'ResourceQuota')[0]?.status.used).toEqual({ pods: '3' });
});

test('a LimitRange gives and refuses, and speaks for those who say nothing', async () => {
  const simulation = await runTo('limits-by-default', 60_000);
  const pods = listed<Pod>(simulation, 'Pod');
  expect(pods.map(({ metadata }) => metadata.name)).toEqual(['modest', 'second', 'third']);
  expect(pods[0]?.spec.containers[0]?.resources).toEqual({
    limits: { cpu: '500m', memory: '128Mi' },
    requests: { cpu: '100m', memory: '64Mi' },
  });
  const refusals = said(simulation).filter((message) => message.includes('forbidden'));
  expect(refusals.join()).toContain('maximum memory usage per Container is 256Mi, but limit is 1Gi');
  expect(refusals.join()).toContain('exceeded quota: cpu, requested: requests.cpu=100m, used: requests.cpu=300m');
  expect(refusals.join()).toContain('failed quota: cpu: must specify requests.cpu for: silent');
});
