import { describe, expect, it } from 'vitest';
import { userComponent } from '../../kubectl/user-component';
import { createWorld } from '../../testing/world';
import { createSimulation } from '../create-simulation';
import type { TimedInput } from '../simulation';

const start = (inputs: readonly TimedInput[] = []) =>
  createSimulation(
    { seed: 1, startTime: '2026-01-01T00:00:00Z', nodes: [], components: {}, programs: [], inputs },
    { components: [userComponent] },
  );

describe('branch', () => {
  it('bootstraps namespaces', () => {
    const world = createWorld({ nodes: 0 });
    world.runFor(1000);
    expect(world.list('Namespace').map((n) => n.metadata.name)).toEqual([
      'default',
      'kube-node-lease',
      'kube-public',
      'kube-system',
    ]);
  });

  it('replays what was done by hand at its time, though nothing fired between the last timer and it', () => {
    const simulation = start();
    simulation.run({ timeMs: 20_500 });
    simulation.act({ to: 'user', kind: 'kubectl', payload: { command: 'create namespace later' } });
    simulation.run({ timeMs: 21_000 });
    const again = start(simulation.inputs);
    const before = again.run({ timeMs: 20_400 });
    expect(before.stopped).toBe('time');
    expect(again.nowMs).toBe(20_400);
    expect(again.objectsAt(again.step, 'Namespace').map(({ metadata }) => metadata.name)).not.toContain('later');
    again.run({ timeMs: 21_000 });
    expect(again.trace(1, again.step)).toEqual(simulation.trace(1, simulation.step));
  });

  it.each([-5, -1, 1, 5])('does at its time what a release did that counted %i more timers', (more) => {
    const simulation = start();
    simulation.run({ timeMs: 20_500 });
    simulation.act({ to: 'user', kind: 'kubectl', payload: { command: 'create namespace later' } });
    simulation.run({ timeMs: 60_000 });
    const inputs = simulation.inputs.map((input) =>
      'afterTimer' in input ? { ...input, afterTimer: input.afterTimer + more } : input,
    );
    const again = start(inputs);
    again.run({ timeMs: 60_000 });
    expect(again.trace(1, again.step)).toEqual(simulation.trace(1, simulation.step));
  });
});
