import { describe, expect, it } from 'vitest';
import { userComponent } from '../../kubectl/user-component';
import { createSession } from '../../session/create-session';
import { CommandRun } from '../../session/run-command';
import { createWorld } from '../../testing/world';
import { StatusError } from '../api/status-error';
import type { Component, Context } from '../client/component';
import { AssertionError } from '../kernel/assertion-error';
import type { Simulation } from '../simulation';
import { retryDelayMs } from './containment';

const refusal = () => new StatusError('ServiceUnavailable', 503, 'the API server is down');

/** A component that does something at its start, at each of its timers (every second), and for each Namespace. */
const component = (does: Partial<Record<'start' | 'handle' | 'deliver', (context: Context, key: string) => void>>) =>
  ({
    name: 'fragile',
    process: 'fragile',
    watches: [{ kind: 'Namespace', on: (context, event) => does.deliver?.(context, event.key) }],
    initial: () => ({ seen: [] }),
    start: (context) => {
      does.start?.(context, '');
      context.after(1000, 'tick', '');
    },
    handle: (context, timer) => {
      does.handle?.(context, timer.key);
      context.after(1000, 'tick', '');
    },
  }) as Component;

const stepsOf = (simulation: Simulation, actor: string): (readonly [number, string, string])[] =>
  simulation
    .trace(1, simulation.step)
    .filter((step) => step.actor === actor)
    .map(({ time, verb, message }) => [time, verb, message] as const);

describe('a refusal that leaves a component', () => {
  const refusedUntil = (timeMs: number) => (context: Context) => {
    if (context.nowMs < timeMs) throw refusal();
    context.say('go', undefined, 'goes on');
  };

  it('is said and tried again, later each time, at its start', () => {
    const { simulation } = createWorld({ nodes: 0, components: [component({ start: refusedUntil(5000) })] });
    expect(simulation.run({ timeMs: 10_000 }).stopped).toBe('time');
    expect(stepsOf(simulation, 'fragile')).toEqual([
      [0, 'retry', 'Refused: the API server is down; trying again in 0.8 s'],
      [800, 'retry', 'Refused: the API server is down; trying again in 1.6 s'],
      [2400, 'retry', 'Refused: the API server is down; trying again in 3.2 s'],
      [5600, 'go', 'goes on'],
    ]);
  });

  it('is counted anew after a success', () => {
    const handle = (context: Context) => {
      if (context.nowMs === 1000 || context.nowMs === 2800) throw refusal();
    };
    const { simulation } = createWorld({ nodes: 0, components: [component({ handle })] });
    simulation.run({ timeMs: 10_000 });
    expect(stepsOf(simulation, 'fragile').map(([time]) => time)).toEqual([1000, 2800]);
    expect(stepsOf(simulation, 'fragile').map(([, , message]) => message.split('; ')[1])).toEqual([
      'trying again in 0.8 s',
      'trying again in 0.8 s',
    ]);
  });

  it('hands over again what was not handed over, in order, and once', () => {
    const seen: string[] = [];
    const deliver = (context: Context, key: string) => {
      if (key === 'kube-node-lease' && context.nowMs < 1000) throw refusal();
      seen.push(`${key} at ${context.nowMs}, looking at ${context.lister.list('Namespace').length}`);
    };
    const { simulation, client } = createWorld({ nodes: 0, components: [component({ deliver })] });
    simulation.run({ timeMs: 500 });
    client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'late' } });
    simulation.run({ timeMs: 5000 });
    expect(seen).toEqual([
      'default at 10, looking at 4',
      'kube-node-lease at 2410, looking at 5',
      'kube-public at 2410, looking at 5',
      'kube-system at 2410, looking at 5',
      'late at 2410, looking at 5',
    ]);
  });

  it('has the rest of a delivery wait, with what it wrote in it', () => {
    const tries: number[] = [];
    const ticks: string[] = [];
    const handle = ({ nowMs }: Context, key: string): void => {
      ticks.push(`${key} ${nowMs}`);
    };
    const deliver = ({ client, nowMs, after }: Context, key: string) => {
      if (key !== 'default' || nowMs > 1000) return;
      tries.push(nowMs);
      after(50, 'tick', 'kept');
      if (tries.length === 1) client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'own' } });
      throw refusal();
    };
    const { simulation } = createWorld({ nodes: 0, components: [component({ deliver, handle })] });
    simulation.run({ timeMs: 5000 });
    // Others hear of it as ever, and its own timers are set.
    expect(ticks.slice(0, 2)).toEqual(['kept 60', 'kept 860']);
    expect(simulation.objectAt(simulation.step, 'ServiceAccount', 'own', 'default')).toBeDefined();
    expect(tries).toEqual([10, 810]);
    const [first, second] = stepsOf(simulation, 'fragile').map(
      (_, at) => simulation.trace(1, simulation.step).filter(({ actor }) => actor === 'fragile')[at]?.object,
    );
    expect([first?.name, second]).toEqual(['own', null]);
  });

  it('waits half a minute at most', () => {
    expect([0, 1, 5, 6, 60].map(retryDelayMs)).toEqual([800, 1600, 25_600, 30_000, 30_000]);
  });

  it('does not stop a control plane that starts while its API server can not answer', () => {
    const { session } = createSession(`
apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: x}
spec:
  actions:
  - {at: 24s, fault: {type: component-down, component: kube-apiserver, for: 1s}}
  - {at: 24s, fault: {type: api-server-down, for: 10s}}
  - {at: 50s, kubectl: create deployment web --image=nginx}
`);
    const simulation = session?.simulation as Simulation;
    expect(simulation.run({ timeMs: 90_000 }).stopped).toBe('time');
    expect(stepsOf(simulation, 'kube-apiserver').map(([, verb]) => verb)).toEqual([
      'bootstrap',
      'retry',
      'retry',
      'retry',
      'retry',
    ]);
    expect(simulation.objectsAt(simulation.step, 'Pod')).toHaveLength(1);
  });
});

describe('any other exception', () => {
  const failing = component({
    handle: ({ client }) => {
      if (!client.find('Namespace', undefined, 'cure')) throw new TypeError('broke down');
    },
  });

  it('of a component stops the run with seed and step, and the past stays', () => {
    const { simulation } = createWorld({ seed: 7, nodes: 0, components: [failing] });
    const stopped = {
      stopped: 'failed',
      message: expect.stringMatching(/^The simulation stopped in fragile before step \d+ \(seed 7\): broke down$/),
    };
    expect(simulation.run({ timeMs: 5000 })).toEqual(stopped);
    expect(simulation.run({ timeMs: 5000 })).toEqual(stopped);
    expect(simulation.nowMs).toBe(1000);
    expect(simulation.objectsAt(simulation.step, 'Namespace')).toHaveLength(4);
    const fork = simulation.fork(1);
    expect(fork.step).toBe(1);
    expect(fork.run({ timeMs: 999 }).stopped).toBe('time');
    expect(fork.run({ timeMs: 5000 })).toEqual(stopped);
  });

  it('lets a person act: what failed is tried again after that, in replays too', () => {
    const cure = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'cure' } };
    const world = createWorld({ nodes: 0, components: [failing] });
    const { simulation } = world;
    simulation.run({ timeMs: 5000 });
    const atStop = simulation.step;
    expect(() => world.client.create({ ...cure, metadata: { name: 'nothing' } })).toThrow('broke down');
    world.client.create(cure);
    expect(simulation.run({ timeMs: 5000 }).stopped).toBe('time');
    expect(simulation.step).toBeGreaterThan(atStop);
    const fork = simulation.fork(simulation.step);
    fork.run({ timeMs: 9000 });
    simulation.run({ timeMs: 9000 });
    expect(fork.trace(1, fork.step)).toEqual(simulation.trace(1, simulation.step));
    expect(simulation.fork(atStop).run({ timeMs: 5000 }).stopped).toBe('failed');
  });

  it('of a person ends that command only', () => {
    const breaking: Component = {
      ...(userComponent as unknown as Component),
      handle: (context, timer) => {
        userComponent.handle(context as never, timer);
        throw new TypeError('broke down');
      },
    };
    const { simulation } = createWorld({ components: [breaking] });
    const result = new CommandRun(simulation, { command: 'wait --for=delete ns/default --timeout=5s' }).finish();
    expect(result).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: .+\n$/) });
    expect(simulation.run({ timeMs: 60_000 }).stopped).toBe('time');
  });

  it('of a person that no command is to blame for is said', () => {
    const person: Component = {
      ...component({
        handle: () => {
          throw new Error('broke down');
        },
      }),
      process: 'user',
    };
    const { simulation } = createWorld({ nodes: 0, components: [person] });
    expect(simulation.run({ timeMs: 9000 }).stopped).toBe('time');
    expect(stepsOf(simulation, 'fragile')).toEqual([[1000, 'fail', 'Failed: broke down']]);
  });

  it('passes over the change that a person can not look at, and hands over the rest', () => {
    const seen: string[] = [];
    const deliver = (_context: Context, key: string) => {
      if (key === 'default') throw new Error('broke down');
      seen.push(key);
    };
    const person: Component = { ...component({ deliver }), process: 'user' };
    const { simulation } = createWorld({ nodes: 0, components: [person] });
    simulation.run({ timeMs: 9000 });
    expect(seen).toEqual(['kube-node-lease', 'kube-public', 'kube-system']);
  });

  it('that even its excuse ends in stops the run', () => {
    const person: Component = {
      name: 'person',
      process: 'user',
      watches: [],
      initial: () => ({}),
      start: ({ after }) => after(100, 'act', ''),
      handle: () => {
        throw new Error('first');
      },
      onError: () => {
        throw new Error('second');
      },
    };
    const { simulation } = createWorld({ seed: 4, nodes: 0, components: [person] });
    const { stopped, message } = simulation.run({ timeMs: 1000 }) as { stopped: string; message: string };
    expect(stopped).toBe('failed');
    expect(message).toMatch(/^The simulation stopped in person .*\(seed 4\): second$/);
  });

  it('that is a broken promise of kernel or store is never contained', () => {
    const person: Component = {
      ...component({
        handle: () => {
          throw new AssertionError('revisions go back');
        },
      }),
      process: 'user',
    };
    const { simulation } = createWorld({ nodes: 0, components: [person] });
    expect(simulation.run({ timeMs: 9000 })).toMatchObject({ stopped: 'failed' });
  });
});
