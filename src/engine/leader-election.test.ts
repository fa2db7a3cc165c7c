/** What becomes of the controllers and the scheduler when the API server does not answer in time. */
import { describe, expect, it } from 'vitest';
import { createWorld, manifests, type World } from '../testing/world';
import type { CoreEvent, Lease, Pod } from './api/types';
import type { TimedInput } from './simulation';

const fault = (payload: object, atMs = 30_000): TimedInput => ({ to: 'fault', kind: 'fault', atMs, payload });

const started = (inputs: readonly TimedInput[], options: object = {}): World =>
  createWorld({ nodes: 1, inputs, ...options });

/** `time verb` of what a process did about its Lease. */
const acts = (world: World, process = 'kube-controller-manager') =>
  world
    .steps()
    .filter(({ actor }) => actor === process)
    .map(({ time, verb }) => `${time} ${verb}`);

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: "app:v1"}]}}
`;

const podsOf = (world: World) => world.list<Pod>('Pod', 'default');

describe('leadership', () => {
  it.each([
    ['etcd that answers within half the renew deadline', { type: 'etcd-slow', latency: '4900ms', for: '60s' }],
    ['an API server that is away for less than it', { type: 'api-server-down', for: '9s' }],
  ])('stays with %s', (_what, payload) => {
    const world = started([fault(payload)]);
    world.runUntil(150_000);
    expect(acts(world)).toEqual([]);
    expect(acts(world, 'kube-scheduler')).toEqual([]);
  });

  it('is lost 10 s after the first renewal that fails, and taken when the Lease has run out', () => {
    const world = started([fault({ type: 'api-server-down', for: '13s' })]);
    world.runUntil(150_000);
    const [lost, won, ...more] = acts(world);
    expect(lost).toBe('42000 stop-leading');
    expect(more).toEqual([]);
    // Up again 10 s after it ended, for the second time; then 15 s, and up to a try more.
    const atMs = Number(won?.split(' ')[0]);
    expect(won).toContain('lead');
    expect(atMs).toBeGreaterThanOrEqual(52_000 + 15_000);
    expect(atMs).toBeLessThan(52_000 + 15_000 + 4400);
    const lease = world.get<Lease>('Lease', 'kube-system', 'kube-controller-manager');
    expect(lease.spec).toMatchObject({ leaseDurationSeconds: 15, leaseTransitions: 1 });
    const event = world.list<CoreEvent>('Event', 'kube-system').find(({ reason }) => reason === 'LeaderElection');
    expect(event?.message).toBe(`${lease.spec.holderIdentity} became leader`);
  });

  it('is lost by the scheduler when it could not let go of its Lease either', () => {
    const world = started([fault({ type: 'etcd-slow', latency: '6s', for: '30s' })]);
    world.runUntil(150_000);
    expect(acts(world)[0]).toBe('42000 stop-leading');
    expect(acts(world, 'kube-scheduler')[0]).toBe('47000 stop-leading');
  });

  it('is what controllers act by: without it nothing is done', () => {
    const payload = { method: 'create', args: manifests(DEPLOYMENT) };
    const apply: TimedInput = { to: 'test-user', kind: 'call', atMs: 44_000, payload };
    const world = started([fault({ type: 'api-server-down', for: '13s' }), apply]);
    world.runUntil(66_000);
    expect(podsOf(world)).toEqual([]);
    world.runUntil(90_000);
    expect(podsOf(world).map(({ status }) => status.phase)).toEqual(['Running']);
  });

  it('begins anew with a process that was stopped meanwhile', () => {
    const down = fault({ type: 'component-down', component: 'kube-controller-manager', for: '20s' }, 41_000);
    const world = started([fault({ type: 'api-server-down', for: '20s' }), down]);
    world.runUntil(150_000);
    expect(acts(world).map((act) => act.split(' ')[1])).toEqual(['lead']);
    const later = fault({ type: 'component-down', component: 'kube-controller-manager', for: '5s' }, 45_000);
    const other = started([fault({ type: 'api-server-down', for: '20s' }), later]);
    other.runUntil(150_000);
    expect(acts(other).map((act) => act.split(' ')[1])).toEqual(['stop-leading', 'lead']);
  });

  it('is there from the beginning, and after a crash only when the Lease has run out', () => {
    const down = fault({ type: 'component-down', component: 'kube-scheduler', for: '5s' });
    const world = started([down], { seed: 3 });
    const held = world.get<Lease>('Lease', 'kube-system', 'kube-scheduler');
    expect(held.spec).toMatchObject({ leaseDurationSeconds: 15, leaseTransitions: 0 });
    world.runUntil(40_000);
    world.client.create(manifests(DEPLOYMENT)[0] as never);
    world.runUntil(49_900);
    expect(podsOf(world).map(({ spec }) => spec.nodeName)).toEqual([undefined]);
    world.runUntil(60_000);
    expect(podsOf(world).map(({ spec }) => spec.nodeName)).toEqual(['node-1']);
    const taken = world.get<Lease>('Lease', 'kube-system', 'kube-scheduler');
    expect(taken.spec).toMatchObject({ leaseTransitions: 1 });
    expect(taken.spec.holderIdentity).not.toBe(held.spec.holderIdentity);
    const [, message = ''] = world
      .steps()
      .flatMap(({ actor, message }) => (actor === 'kube-scheduler' ? ['', message] : []));
    expect(message).toMatch(/^kube-scheduler leads again (2\d) s after it stopped/);
  });

  it('is renewed every retry period for all to see where a flag of it is named', () => {
    const flags = { 'kube-scheduler': { 'leader-elect-retry-period': '3s' } };
    const world = started([fault({ type: 'api-server-down', for: '4s' }, 10_000)], { flags });
    world.runUntil(20_000);
    const at = [3000, 6000, 9000, 15_000, 18_000];
    expect(acts(world, 'kube-scheduler')).toEqual(at.map((ms) => `${ms} renew`));
    expect(world.get<Lease>('Lease', 'kube-system', 'kube-scheduler').spec.renewTime).toContain('00:00:18.000000Z');
    expect(acts(world)).toEqual([]);
  });

  it('is not sought when it is turned off', () => {
    const flags = { 'kube-controller-manager': { 'leader-elect': 'false' } };
    const world = started([fault({ type: 'api-server-down', for: '30s' })], { flags });
    world.runUntil(100_000);
    expect(acts(world)).toEqual([]);
  });

  it('is the same in forks', () => {
    const world = started([fault({ type: 'api-server-down', for: '13s' })], { stepsPerCheckpoint: 1 });
    world.runUntil(100_000);
    const steps = world.steps();
    const { simulation } = world;
    for (const { step } of steps.filter(({ time }) => time > 29_000 && time < 75_000)) {
      const fork = simulation.fork(step);
      fork.run({ timeMs: 100_000 });
      expect(fork.trace(1, fork.step)).toEqual(steps);
    }
  });
});
