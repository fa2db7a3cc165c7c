/** What the scenarios about autoscaling and Services promise, and the acceptance list with them. */
import { expect, test } from 'vitest';
import type { Deployment, EndpointSlice, HorizontalPodAutoscaler, ReplicaSet } from '../../engine/api/types';
import type { Simulation } from '../../engine/simulation';
import type { CommandRecord } from '../../kubectl/user';
import { startText } from '../../testing/swarm';
import { GALLERY } from '.';

async function runTo(name: string, timeMs: number): Promise<Simulation> {
  const simulation = startText((await GALLERY.find((entry) => entry.name === name)?.load()) ?? '');
  simulation.run({ timeMs });
  return simulation;
}

const sizeOf = (simulation: Simulation, name: string): number | undefined =>
  (simulation.objectAt(simulation.step, 'Deployment', 'default', name) as Deployment | undefined)?.spec.replicas;
const reasonsOf = (simulation: Simulation, name: string): string[] => {
  const found = simulation.objectAt(simulation.step, 'HorizontalPodAutoscaler', 'default', name);
  const { conditions = [] } = (found as HorizontalPodAutoscaler).status;
  return conditions.map(({ type, status, reason }) => `${type} ${status} ${reason}`);
};
const outputs = (simulation: Simulation): string[] =>
  Array.from({ length: simulation.step }, (_, at) => simulation.detailAt(at + 1) as CommandRecord | undefined)
    .filter((detail) => detail?.type === 'command')
    .map((record) => (record?.stdout ?? '').replace(/ +/g, ' '));
const sizes = (simulation: Simulation, name: string): (number | undefined)[] => {
  const all = simulation
    .history('Deployment', 'default', name)
    .map(({ value }) => (value as Deployment | undefined)?.spec.replicas);
  return all.filter((size, at) => size !== all[at - 1]);
};

test('a load drives wordpress to its maximum, and five minutes after it all goes back', async () => {
  const simulation = await runTo('under-load', 95_000);
  const printed = outputs(simulation);
  expect(printed.find((text) => text.includes('<unknown>/20%'))).toContain(
    'wordpress Deployment/wordpress cpu: <unknown>/20% 3 6 0',
  );
  expect(printed.some((text) => text.includes('wordpress Deployment/wordpress cpu: 98%/20% 3 6 6'))).toBe(true);
  expect(printed.some((text) => /wordpress-\S+ 4m 72Mi/.test(text))).toBe(true);
  expect(reasonsOf(simulation, 'wordpress')).toEqual([
    'AbleToScale True ReadyForNewScale',
    'ScalingActive True ValidMetricFound',
    'ScalingLimited True TooManyReplicas',
  ]);
  // The old file takes it back to 3 during the load, the next look to 6 again: one revision all the same.
  expect(sizes(simulation, 'wordpress')).toEqual([3, 6, 3, 6]);
  expect(simulation.objectsAt(simulation.step, 'ReplicaSet') as ReplicaSet[]).toHaveLength(1);
  simulation.run({ timeMs: 395_000 });
  expect(sizeOf(simulation, 'wordpress')).toBe(6);
  simulation.run({ timeMs: 450_000 });
  expect(sizes(simulation, 'wordpress')).toEqual([3, 6, 3, 6, 9, 6, 3]);
  const messages = simulation.objectsAt(simulation.step, 'Event').map((one) => (one as { message?: string }).message);
  for (const reason of [
    '6; reason: cpu resource utilization (percentage of request) above target',
    '6; reason: Current number of replicas above Spec.MaxReplicas',
    '3; reason: All metrics below target',
  ])
    expect(messages).toContain(`New size: ${reason}`);
});

test('without requests nothing is known, with them it scales', async () => {
  const simulation = await runTo('no-requests', 59_000);
  expect(sizeOf(simulation, 'shop')).toBe(2);
  expect(reasonsOf(simulation, 'shop')).toContain('ScalingActive False FailedGetResourceMetric');
  simulation.run({ timeMs: 130_000 });
  expect(sizes(simulation, 'shop')).toEqual([2, 4, 6]);
});

test('three tempers: at once, one a minute, not at all', async () => {
  const simulation = await runTo('small-steps', 240_000);
  expect(sizes(simulation, 'eager')).toEqual([1, 4, 8, 10]);
  expect(sizes(simulation, 'careful')).toEqual([1, 2, 1]);
  expect(sizes(simulation, 'calm')).toEqual([1]);
});

test('Endpoints by hand are mirrored until the Service selects for itself; an Ingress is stored', async () => {
  const simulation = await runTo('endpoints-by-hand', 28_000);
  const printed = outputs(simulation);
  expect(printed.some((text) => text.includes('endpoints/database 192.0.2.42:5432'))).toBe(true);
  expect(printed.some((text) => text.includes('shop nginx shop.example.com,db.example.com 80, 443'))).toBe(true);
  expect(printed.some((text) => text.includes('/ database:5432 (192.0.2.43:5432)'))).toBe(true);
  const [slice, ...more] = simulation.objectsAt(simulation.step, 'EndpointSlice') as EndpointSlice[];
  expect(more).toEqual([]);
  expect(slice?.metadata.labels?.['endpointslice.kubernetes.io/managed-by']).toBe('endpointslice-controller.k8s.io');
  expect(slice?.endpoints?.[0]?.targetRef?.name).toBe('database-0');
});
