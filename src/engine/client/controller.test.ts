/** What follows a reconcile: nothing, another one later, or a try with back-off. */
import { expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import { StatusError } from '../api/status-error';
import type { Component, Context } from './component';
import { type ControllerMemory, defineController, enqueueAfter, type Result } from './controller';

/** A controller of ConfigMaps in the namespace `test` that answers as told and notes when it was asked. */
function probe(
  reconcile: (context: Context<ControllerMemory>, call: number) => Result,
  maxRetries?: number,
): { world: World; times: number[]; said: () => string[] } {
  const times: number[] = [];
  const controller = defineController({
    name: 'probe',
    for: 'ConfigMap',
    maxRetries,
    reconcile: (context, key) => {
      if (key !== 'default/probe') return undefined;
      times.push(context.nowMs);
      return reconcile(context, times.length);
    },
  }) as unknown as Component;
  const documents = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe', namespace: 'default' } }];
  const world = createWorld({ nodes: 0, components: [controller], documents });
  const said = (): string[] =>
    world
      .steps()
      .filter(({ actor }) => actor === 'probe')
      .map(({ verb, object, message }) => `${verb} ${object?.name}: ${message}`);
  return { world, times, said };
}

const refuse = (reason: 'Forbidden' | 'Conflict'): never => {
  throw new StatusError(reason, 403, 'no such luck');
};

test('a refusal is said and tried again with back-off, and success forgets it', () => {
  const { world, times, said } = probe((_context, call) => (call < 4 ? refuse('Forbidden') : undefined));
  world.runUntil(5000);
  expect(times).toEqual([10, 15, 25, 45]);
  expect(said()).toEqual([
    'retry probe: Refused: no such luck; trying again in 5 ms',
    'retry probe: Refused: no such luck; trying again in 10 ms',
    'retry probe: Refused: no such luck; trying again in 20 ms',
  ]);
});

test('success begins the back-off anew', () => {
  const { world, times } = probe((_context, call) =>
    call === 3 ? undefined : call < 5 ? refuse('Forbidden') : undefined,
  );
  world.runUntil(1000);
  const map = world.get('ConfigMap', 'default', 'probe');
  world.client.update({ ...map, data: { a: 'b' } });
  world.runUntil(2000);
  expect(times).toEqual([10, 15, 25, 1010, 1015]);
});

test('a lost race is tried again in silence', () => {
  const { world, times, said } = probe((_context, call) => (call === 1 ? refuse('Conflict') : undefined));
  world.runUntil(1000);
  expect(times).toEqual([10, 15]);
  expect(said()).toEqual([]);
});

test('after its last try a key waits for the next change', () => {
  const { world, times, said } = probe(() => refuse('Forbidden'), 2);
  world.runUntil(1000);
  expect(times).toEqual([10, 15, 25]);
  expect(said().at(-1)).toBe('retry probe: Refused: no such luck; not trying again before something changes');
  const map = world.get('ConfigMap', 'default', 'probe');
  world.client.update({ ...map, data: { a: 'b' } });
  world.runUntil(2000);
  expect(times.slice(3)).toEqual([1010, 1015, 1025]);
});

test('of several wishes to come back the earliest counts', () => {
  const { world, times } = probe((context, call) => {
    if (call > 1) return undefined;
    enqueueAfter(context, 'default/probe', 300);
    enqueueAfter(context, 'default/probe', 100);
    enqueueAfter(context, 'default/probe', 200);
    return { requeueAfterMs: 400 };
  });
  world.runUntil(2000);
  expect(times).toEqual([10, 110]);
});

test('what is no refusal is not swallowed', () => {
  const { world } = probe(() => {
    throw new TypeError('broken');
  });
  expect(() => world.runUntil(1000)).toThrow(/broken/);
});
