import { describe, expect, it } from 'vitest';
import { createSimulation } from '../engine/create-simulation';
import type { TimedInput } from '../engine/simulation';
import { findCommand } from '../kubectl/registry';
import { createUserComponent } from '../kubectl/user';
import { controlPlaneOf } from './control-plane';
import { readsOf } from './reads';

const user = createUserComponent(
  () => findCommand,
  () => undefined,
);

function cluster(inputs: readonly TimedInput[] = []) {
  const nodes = [{ name: 'node-1' }];
  const config = { seed: 1, startTime: '2026-01-01T00:00:00Z', nodes, components: {}, programs: [], inputs };
  return createSimulation(config, { components: [user] });
}

const act = (simulation: ReturnType<typeof cluster>, command: string) =>
  simulation.act({ to: 'user', kind: 'kubectl', payload: { command } });

describe('the control plane', () => {
  it('shows what is on its way to whom, and the queue that it ends in', () => {
    const simulation = cluster();
    simulation.run({ timeMs: 1000 });
    act(simulation, 'create deployment web --image=nginx');
    simulation.run({ timeMs: 1000 });
    const row = () => controlPlaneOf(simulation).components.find(({ name }) => name === 'deployment-controller');
    expect(row()).toMatchObject({
      deltaCount: 1,
      deltas: [{ type: 'Added', kind: 'Deployment', key: 'default/web', revision: simulation.revision }],
      seenRevision: simulation.revision - 1,
    });
    simulation.run({ timeMs: 5000 });
    expect(row()).toMatchObject({ deltaCount: 0, seenRevision: simulation.revision });
  });

  it('names what the scenario has somebody do next', () => {
    const inputs = [
      { to: 'user', kind: 'kubectl', atMs: 1500, payload: { command: 'create deployment web --image=nginx' } },
      { to: 'fault', kind: 'fault', atMs: 1600, payload: { type: 'node-crash', node: 'node-1' } },
    ];
    const simulation = cluster(inputs);
    simulation.run({ timeMs: 1400 });
    expect(controlPlaneOf(simulation).next.map(({ to, what }) => `${to}: ${what}`)).toEqual(
      expect.arrayContaining(['user: kubectl create deployment web --image=nginx', 'fault: fault node-crash']),
    );
  });

  it('shows what each cache holds and lacks, who acted last, and follows a write to the last reconcile it led to', () => {
    const simulation = cluster();
    simulation.run({ timeMs: 1000 });
    act(simulation, 'create deployment web --image=nginx');
    simulation.run({ timeMs: 1000 });
    const created = simulation.step;
    const plane = controlPlaneOf(simulation, simulation, created);
    const deployments = plane.components.find(({ name }) => name === 'deployment-controller');
    expect(deployments?.informers).toEqual([
      { kind: 'Deployment', stored: 1, pending: 1 },
      { kind: 'ReplicaSet', stored: 0, pending: 0 },
      { kind: 'Pod', stored: 0, pending: 0 },
    ]);
    expect(plane.followed).toMatchObject({ wrote: [{ type: 'Added', kind: 'Deployment', key: 'default/web' }] });
    expect(plane.followed?.consequences).toEqual([]);
    simulation.run({ timeMs: 8000 });
    const later = controlPlaneOf(simulation, simulation, created);
    const chain = later.followed?.consequences ?? [];
    expect(chain.slice(0, 2)).toMatchObject([
      { depth: 1, link: { actor: 'deployment-controller', verb: 'create' } },
      { depth: 2, link: { actor: 'replicaset-controller' } },
    ]);
    expect(chain.map(({ link }) => link.actor)).toContain('kubelet/node-1');
    expect(later.components.find(({ name }) => name === 'deployment-controller')?.last?.wrote).toMatchObject([
      { type: 'Updated', kind: 'Deployment', key: 'default/web' },
    ]);
  });

  it('shows where the Pods of the scheduler wait', () => {
    const simulation = cluster();
    simulation.run({ timeMs: 1000 });
    act(simulation, `run big --image=nginx --overrides='{"spec":{"nodeSelector":{"disk":"ssd"}}}'`);
    simulation.run({ timeMs: 8000 });
    const [scheduler, ...others] = controlPlaneOf(simulation).components;
    expect(scheduler?.name).toBe('default-scheduler');
    expect(scheduler?.queue).toMatchObject([
      { key: 'default/big', place: 'unschedulable', attempts: 1, note: 'NodeAffinity' },
    ]);
    expect(scheduler).toMatchObject({ isScheduler: true, counts: [['unschedulable', 1]] });
    expect(others.map(({ name }) => name)).not.toContain('machine/node-1');
  });

  it('shows what a component misses while the API server is down as the list it will get, and what a reconcile read', () => {
    const simulation = cluster();
    simulation.run({ timeMs: 1000 });
    act(simulation, 'create deployment web --image=nginx');
    simulation.run({ timeMs: 1000 });
    simulation.act({ to: 'fault', kind: 'fault', payload: { type: 'api-server-down', for: '5s' } });
    simulation.run({ timeMs: 4000 });
    const row = () => controlPlaneOf(simulation).components.find(({ name }) => name === 'deployment-controller');
    expect(row()).toMatchObject({
      standing: 'cut-off',
      deltas: [{ type: 'Added', kind: 'Deployment', key: 'default/web', relisted: true }],
    });
    simulation.run({ timeMs: 30_000 });
    expect(row()).toMatchObject({ standing: 'running', deltaCount: 0 });
    const created = simulation
      .trace(1, simulation.step)
      .find(({ actor, verb }) => actor === 'deployment-controller' && verb === 'create')!;
    expect(created.time).toBeGreaterThan(6000);
    const { resourceVersion } = simulation.objectAt(created.step - 1, 'Deployment', 'default', 'web')!.metadata;
    const reads = readsOf(simulation, created.step);
    expect(reads).toContainEqual({
      from: 'cache',
      kind: 'Deployment',
      what: 'default/web',
      count: 1,
      named: [{ key: 'default/web', revision: Number(resourceVersion), stored: Number(resourceVersion) }],
    });
    const before = [simulation.step, simulation.revision];
    readsOf(simulation, simulation.step);
    expect([simulation.step, simulation.revision]).toEqual(before);
  });
});
