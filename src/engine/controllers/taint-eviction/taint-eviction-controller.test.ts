import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { KubeObject } from '../../api/meta';
import type { CoreEvent, Node } from '../../api/types';
import type { TimedInput } from '../../simulation';
import { stayMs } from './taint-eviction-controller';

const taint = (key: string) => ({ key, effect: 'NoExecute', value: 'x' });
const toleration = (key: string, tolerationSeconds?: number) => ({
  key,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds,
});

describe('stayMs', () => {
  it.each([
    ['no taint', [], undefined, Number.POSITIVE_INFINITY],
    ['an untolerated taint', [taint('a')], [], undefined],
    ['one of two untolerated', [taint('a'), taint('b')], [toleration('a', 60)], undefined],
    ['tolerated for ever', [taint('a')], [toleration('a')], Number.POSITIVE_INFINITY],
    ['tolerated for a while', [taint('a')], [toleration('a', 20)], 20_000],
    ['the shortest counts', [taint('a'), taint('b')], [toleration('a', 20), toleration('b', 5)], 5000],
    ['of several for one taint the first counts', [taint('a')], [toleration('a', 20), toleration('a', 5)], 20_000],
    ['a negative one is none', [taint('a')], [toleration('a', -3)], 0],
  ])('%s', (_what, taints, tolerations, expected) => {
    expect(stayMs(taints, tolerations)).toBe(expected);
  });
});

const NODE: KubeObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } };

/** A Pod on the node `n1` that nothing else takes care of. */
function podOn(name: string, tolerations: readonly object[], finalizers: string[] = []): KubeObject {
  const containers = [{ name: 'app', image: 'app:v1' }];
  const metadata = { name, namespace: 'default', finalizers };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { nodeName: 'n1', tolerations, containers } } as KubeObject;
}

function start(documents: readonly KubeObject[], inputs: readonly TimedInput[] = []): World {
  const without = ['node-lifecycle-controller', 'node-controller', 'pod-garbage-collector-controller'];
  return createWorld({ nodes: 0, without, documents: [NODE, ...documents], inputs });
}

function setTaints(world: World, ...keys: readonly string[]): void {
  const node = world.get<Node>('Node', undefined, 'n1');
  world.client.update({ ...node, spec: { ...node.spec, taints: keys.map(taint) } } as Node);
}

const isGoing = (world: World): boolean => world.get('Pod', 'default', 'p').metadata.deletionTimestamp !== undefined;
const said = (world: World): string[] =>
  (world.events() as CoreEvent[])
    .filter(({ reason }) => reason === 'TaintManagerEviction')
    .map(({ count, message }) => `${count} ${message}`)
    .sort();
const tries = (world: World): number[] =>
  world
    .steps()
    .filter(({ actor, verb }) => actor === 'taint-eviction-controller' && verb === 'delete')
    .map(({ time }) => time);

it('an earlier plan is kept, even when a later taint is tolerated for a shorter time', () => {
  const world = start([podOn('p', [toleration('a', 20), toleration('b', 5)])]);
  world.runUntil(1000);
  setTaints(world, 'a');
  world.runUntil(3000);
  setTaints(world, 'a', 'b');
  world.runUntil(30_000);
  expect(tries(world)).toEqual([21_010]);
  expect(said(world)).toEqual(['1 Marking for deletion Pod default/p']);
});

it('a taint that is not tolerated at all takes the place of a plan', () => {
  const world = start([podOn('p', [toleration('a', 20)])]);
  world.runUntil(1000);
  setTaints(world, 'a');
  world.runUntil(3000);
  setTaints(world, 'a', 'b');
  world.runUntil(30_000);
  expect(tries(world)).toEqual([3010]);
  expect(said(world)).toEqual(['1 Cancelling deletion of Pod default/p', '1 Marking for deletion Pod default/p']);
});

it('tries five times, 10 ms apart, then waits for the next change', () => {
  const outage: TimedInput = {
    to: 'fault',
    kind: 'fault',
    atMs: 5000,
    payload: { type: 'api-server-down', for: '10s' },
  };
  const world = start([podOn('p', [toleration('a', 5)])], [outage]);
  world.runUntil(1000);
  setTaints(world, 'a');
  world.runUntil(30_000);
  expect(tries(world)).toEqual([6010, 6020, 6030, 6040, 6050]);
  expect(isGoing(world)).toBe(false);
  setTaints(world, 'a', 'b');
  world.runUntil(31_000);
  expect(isGoing(world)).toBe(true);
});

it('a plan that was carried out is forgotten: another taint marks a Pod that is still there once more', () => {
  const world = start([podOn('p', [], ['example.com/stay'])]);
  world.runUntil(1000);
  setTaints(world, 'a');
  world.runUntil(2000);
  setTaints(world, 'a', 'b');
  world.runUntil(3000);
  expect(tries(world)).toEqual([1010, 2010]);
  expect(said(world)).toEqual(['2 Marking for deletion Pod default/p']);
});

it('Events name the Pod without its uid', () => {
  const world = start([podOn('p', [])]);
  world.runUntil(1000);
  setTaints(world, 'a');
  world.runUntil(2000);
  const [event] = (world.events() as CoreEvent[]).filter(({ reason }) => reason === 'TaintManagerEviction');
  expect(event?.involvedObject).toEqual({ apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'p' });
});
