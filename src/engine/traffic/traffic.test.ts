import { describe, expect, it } from 'vitest';
import { createWorld } from '../../testing/world';
import type { Context } from '../client/component';
import { createSimulation, planOf } from '../create-simulation';
import { NETWORK_READS } from '../machine/network-face';
import { attendantsOf } from '../network/attendance';
import type { NetworkRequest, RequestOutcome } from '../network/request';
import type { TrafficConfig } from '../simulation';
import { countsBefore, countsIn, secondsOf } from './counts';
import type { TrafficMemory } from './record';
import type { Attend } from './senders';
import { createTraffic } from './traffic';

const SOURCE: TrafficConfig = {
  name: 'users',
  sender: { kind: 'outside' },
  target: { scheme: 'http', host: 'web', port: 80, path: '/' },
  load: [{ atMs: 0, perSecond: 10 }],
  fromMs: 1000,
  toMs: 4000,
  timeoutMs: 1000,
  retries: 0,
  keepAlive: false,
  clients: 3,
  method: 'GET',
  headers: {},
};

const PLAN = planOf(['node-1', 'node-2', 'node-3'].map((name) => ({ name })));

const attend: Attend = (context, who) => attendantsOf({ plan: PLAN, context }, who);

const answer = (rest: Partial<RequestOutcome> = {}): RequestOutcome => ({
  latencyMs: 5,
  path: ['Service shop/web', 'Pod shop/web-1'],
  containerId: 'c1',
  because: '',
  cause: null,
  ...rest,
});
const refused = (rest: Partial<RequestOutcome> = {}) =>
  answer({ failure: 'refused', because: 'Pod shop/web-1 is ending', containerId: undefined, ...rest });

type Send = (request: NetworkRequest) => RequestOutcome;

function run(send: Send, rest: Partial<TrafficConfig> = {}, untilMs = 10_000) {
  const config = { seed: 1, startTime: '2026-01-01T00:00:00Z', nodes: [], components: {}, programs: [], inputs: [] };
  const source = createTraffic(
    { ...SOURCE, ...rest },
    { send: (_context: Context, request) => send(request), attend },
    NETWORK_READS,
  );
  const simulation = createSimulation(config, { components: [source], stepsPerCheckpoint: 1 });
  simulation.run({ timeMs: untilMs });
  const memory = simulation.memoryOf('traffic/users') as TrafficMemory;
  const steps = simulation.trace(1, simulation.step).filter(({ actor }) => actor === 'traffic/users');
  return { simulation, memory, steps };
}

describe('a source of requests', () => {
  it('counts what it sends and what ends, and says nothing of it', () => {
    const { memory, steps } = run(() => answer());
    expect(countsIn(memory, 1)).toEqual({ sent: 10, ok: 10, failed: {} });
    expect(countsBefore(memory, 100)).toEqual({ sent: 30, ok: 30, failed: {} });
    expect(steps).toEqual([]);
  });

  it('says of each kind of failure in a second how many there were, and when they cease', () => {
    const { memory, steps } = run(({ atMs }) => (atMs % 200 === 50 && atMs < 3000 ? refused() : answer()));
    expect(countsIn(memory, 2)).toEqual({ sent: 10, ok: 5, failed: { refused: 5 } });
    expect(steps.map(({ time, verb, message }) => `${time} ${verb} ${message}`)).toEqual([
      '2000 fail 5 of 10 requests of users were refused: Pod shop/web-1 is ending',
      '3000 fail 5 of 10 requests of users were refused: Pod shop/web-1 is ending',
      '4000 recover No request of users failed in this second: 10 had in the 2 s before',
    ]);
    expect(steps[0]?.object).toMatchObject({ kind: 'Pod', namespace: 'shop', name: 'web-1' });
    expect(steps[2]?.cause).toBe(steps[1]?.step);
  });

  it('takes the step that led to a failure for its cause', () => {
    const { steps } = run(() => refused({ cause: 1 }));
    expect(steps[0]?.cause).toBe(1);
  });

  it('finishes in the next second what is under way when one ends', () => {
    const { memory } = run(() => answer({ latencyMs: 400 }));
    expect(countsIn(memory, 1)).toEqual({ sent: 10, ok: 6, failed: {} });
    expect(countsIn(memory, 4)).toEqual({ sent: 0, ok: 4, failed: {} });
    expect(countsBefore(memory, 100)).toEqual({ sent: 30, ok: 30, failed: {} });
  });

  it('hears in the second in which it happens that a connection broke', () => {
    const kept = { node: 'node-1', podUid: 'u', containerId: 'c1', port: 80, path: [] };
    const { memory } = run(
      ({ connection }) =>
        connection
          ? answer({ failure: 'reset', latencyMs: 1300, because: 'it ended' })
          : answer({ latencyMs: 5000, connection: kept }),
      { timeoutMs: 10_000 },
    );
    expect(countsIn(memory, 1)).toEqual({ sent: 10, ok: 0, failed: {} });
    expect(countsIn(memory, 2)).toEqual({ sent: 10, ok: 0, failed: { reset: 7 } });
    expect(countsBefore(memory, 100)).toEqual({ sent: 30, ok: 0, failed: { reset: 30 } });
  });

  it('asks again for what was passed on by others', () => {
    let asked = 0;
    const { memory } = run(() =>
      ++asked > 60 ? refused() : answer({ latencyMs: 3000, relay: { backend: 'shop/web:80', endpoint: '10.244.0.2' } }),
    );
    const { sent, ok, failed } = countsBefore(memory, 100);
    expect([sent, ok, failed]).toEqual([30, 0, { refused: 30 }]);
  });

  it('sends again what failed, as often as it may', () => {
    let sent = 0;
    const { memory } = run(() => (++sent % 3 === 0 ? answer() : refused()), { retries: 2 });
    expect(countsBefore(memory, 100)).toEqual({ sent: 30, ok: 30, failed: {} });
    expect(sent).toBe(90);
  });

  it('keeps a connection for each of its clients', () => {
    const seen = new Set<string>();
    const kept = { node: 'node-1', podUid: 'u', containerId: 'c1', port: 80, path: [] };
    let fresh = 0;
    run(
      ({ connection, client }) => {
        seen.add(client);
        if (!connection) fresh++;
        return answer({ connection: kept });
      },
      { keepAlive: true },
    );
    expect([...seen]).toEqual(['users/0', 'users/1', 'users/2']);
    expect(fresh).toBe(3);
  });

  it('keeps those of its Pods over seconds in which nothing is sent', () => {
    let fresh = 0;
    const send: Send = ({ connection }) => {
      if (!connection) fresh++;
      return answer({ connection: { node: 'node-1', podUid: 'u', containerId: 'c1', port: 80, path: [] } });
    };
    const sender = { kind: 'pods', selector: 'app=client', namespace: 'default' } as const;
    const seldom = { sender, keepAlive: true, clients: 1, load: [{ atMs: 0, perSecond: 0.5 }], toMs: 20_000 };
    const source = createTraffic(
      { ...SOURCE, ...seldom },
      { send: (_context: Context, request) => send(request), attend },
      NETWORK_READS,
    );
    const documents =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: client}}\nspec: {containers: [{name: a, image: pause}]}';
    const world = createWorld({ documents, components: [source] });
    world.runUntil(20_000);
    const memory = world.simulation.memoryOf('traffic/users') as TrafficMemory;
    expect(countsBefore(memory, 100).ok).toBeGreaterThan(3);
    expect(fresh).toBe(1);
  });

  it('draws a sample of very many, whose shares count for all', () => {
    let asked = 0;
    const { memory } = run(
      ({ draw }) => {
        asked++;
        return draw < 0.25 ? refused() : answer();
      },
      { load: [{ atMs: 0, perSecond: 100_000 }] },
    );
    const { sent, ok, failed } = countsBefore(memory, 100);
    expect(sent).toBe(300_000);
    expect(ok + (failed.refused ?? 0)).toBe(300_000);
    expect((failed.refused ?? 0) / sent).toBeCloseTo(0.25, 1);
    expect(asked).toBe(3000);
  });

  it('sends nothing while no Pod of it runs, says so once, and counts those seconds', () => {
    const sender = { kind: 'pods', selector: 'app=client', namespace: 'default' } as const;
    const { memory, steps } = run(() => answer(), { sender });
    expect(countsBefore(memory, 100)).toEqual({ sent: 0, ok: 0, failed: {} });
    expect(steps.map(({ time, verb, message }) => `${time} ${verb} ${message}`)).toEqual([
      '2000 skip No request of users is sent: no Pod in default that app=client selects runs',
    ]);
    expect(secondsOf(memory)).toEqual({ first: 1, end: 4 });
  });

  it('says so again when those who sent are gone', () => {
    const sender = { kind: 'pods', selector: 'app=client', namespace: 'default' } as const;
    const source = createTraffic({ ...SOURCE, sender, toMs: 60_000 }, { send: () => answer(), attend }, NETWORK_READS);
    const documents =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: client}}\nspec: {nodeName: node-1, containers: [{name: a, image: pause}]}';
    const world = createWorld({ nodes: 1, documents, components: [source] });
    world.runUntil(20_000);
    world.client.delete('Pod', 'default', 'a');
    world.runUntil(60_000);
    const { simulation } = world;
    const said = simulation.trace(1, simulation.step).filter(({ actor }) => actor === 'traffic/users');
    expect(said.map(({ message }) => message)).toEqual(
      new Array(2).fill('No request of users is sent: no Pod in default that app=client selects runs'),
    );
  });

  it('says that the node which sends is down', () => {
    const sender = { kind: 'node', node: 'node-1' } as const;
    const source = createTraffic({ ...SOURCE, sender }, { send: () => answer(), attend }, NETWORK_READS);
    const crash = { to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-1' }, atMs: 100 };
    const world = createWorld({ nodes: 1, components: [source], inputs: [crash] });
    world.runUntil(5000);
    const { simulation } = world;
    const said = simulation.trace(1, simulation.step).filter(({ actor }) => actor === 'traffic/users');
    expect(said.map(({ message }) => message)).toEqual(['No request of users is sent: Node node-1 is down']);
  });

  it('sends until the moment in which a node crashes, and from that in which it boots', () => {
    const sender = { kind: 'node', node: 'node-1' } as const;
    const source = createTraffic({ ...SOURCE, sender, toMs: 9000 }, { send: () => answer(), attend }, NETWORK_READS);
    const fault = (to: 'fault' | 'heal', atMs: number) =>
      ({ to: 'fault', kind: to, payload: { type: 'node-crash', node: 'node-1' }, atMs }) as const;
    const world = createWorld({ nodes: 1, components: [source], inputs: [fault('fault', 3000), fault('heal', 5500)] });
    world.runUntil(10_000);
    const memory = world.simulation.memoryOf('traffic/users') as TrafficMemory;
    expect([1, 2, 3, 4, 5, 6].map((second) => countsIn(memory, second).sent)).toEqual([10, 10, 0, 0, 5, 10]);
  });

  it('sends from a Pod until the moment in which its container ends', () => {
    const sender = { kind: 'pods', selector: 'app=client', namespace: 'default' } as const;
    const source = createTraffic({ ...SOURCE, sender, toMs: 9000 }, { send: () => answer(), attend }, NETWORK_READS);
    const documents = `apiVersion: v1
kind: Pod
metadata: {name: a, labels: {app: client}}
spec:
  restartPolicy: Never
  nodeName: node-1
  containers: [{name: a, image: busybox, command: [sleep, "3.5"]}]`;
    const world = createWorld({ nodes: 1, documents, components: [source] });
    world.runUntil(10_000);
    const memory = world.simulation.memoryOf('traffic/users') as TrafficMemory;
    const { sent } = countsBefore(memory, 100);
    // Ten a second for as long as it ran.
    expect(sent).toBeGreaterThanOrEqual(34);
    expect(sent).toBeLessThanOrEqual(35);
  });

  it('is the same in every fork', () => {
    const { simulation, steps } = run(({ draw }) => (draw < 0.5 ? refused() : answer({ latencyMs: 700 })));
    const [first] = steps;
    const fork = simulation.fork(first?.step ?? 0);
    fork.run({ timeMs: 10_000 });
    const memory = fork.memoryOf('traffic/users') as TrafficMemory;
    expect(countsBefore(memory, 100)).toEqual(countsBefore(simulation.memoryOf('traffic/users') as TrafficMemory, 100));
  });
});
