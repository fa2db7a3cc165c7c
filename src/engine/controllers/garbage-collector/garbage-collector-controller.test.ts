import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { KubeObject, OwnerReference } from '../../api/meta';

const HOLD = 'example.com/hold';
const NOBODY = '11111111-2222-3333-4444-555555555555';

function newWorld(): World {
  const world = createWorld({ nodes: 0 });
  world.runFor(1);
  return world;
}

function ownerOf(object: KubeObject, blockOwnerDeletion?: boolean): OwnerReference {
  const { apiVersion, kind, metadata } = object;
  const reference = { apiVersion, kind, name: metadata.name, uid: metadata.uid as string };
  return blockOwnerDeletion === undefined ? reference : { ...reference, blockOwnerDeletion };
}

/** Creates a ConfigMap, or whatever `rest` says, and returns it as stored. */
function make(world: World, name: string, ownerReferences: OwnerReference[] = [], metadata: object = {}): KubeObject {
  const owners = ownerReferences.length > 0 ? { ownerReferences } : {};
  return world.client.create({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'default', ...owners, ...metadata },
  });
}

function names(world: World): string[] {
  const own = world.list('ConfigMap', 'default').filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt');
  return own.map(({ metadata }) => metadata.name);
}

const read = (world: World, name: string) => world.get('ConfigMap', 'default', name);
const nobody: OwnerReference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'nobody', uid: NOBODY };

describe('background', () => {
  it('collects what is left without an owner, generation by generation', () => {
    const world = newWorld();
    const parent = make(world, 'parent');
    const child = make(world, 'child', [ownerOf(parent)]);
    make(world, 'grandchild', [ownerOf(child)]);
    make(world, 'free');
    world.runFor(1000);
    expect(names(world)).toEqual(['child', 'free', 'grandchild', 'parent']);
    world.client.delete('ConfigMap', 'default', 'parent');
    world.runFor(1000);
    expect(names(world)).toEqual(['free']);
    const collected = world.steps().filter(({ actor }) => actor === 'garbage-collector-controller');
    expect(collected.map(({ message }) => message)).toEqual([
      'Deleted ConfigMap child: its owner ConfigMap parent does not exist any more',
      'Deleted ConfigMap grandchild: its owner ConfigMap child does not exist any more',
    ]);
  });

  it('collects an object whose owner never existed', () => {
    const world = newWorld();
    make(world, 'child', [nobody]);
    world.runFor(1000);
    expect(names(world)).toEqual([]);
  });

  it('collects an object whose owner of that name is another one now', () => {
    const world = newWorld();
    const parent = make(world, 'parent');
    make(world, 'child', [{ ...ownerOf(parent), uid: NOBODY }]);
    world.runFor(1000);
    expect(names(world)).toEqual(['parent']);
  });

  it('keeps an object that has another owner, and takes the lost one from it', () => {
    const world = newWorld();
    const first = make(world, 'first');
    const second = make(world, 'second');
    make(world, 'child', [ownerOf(first), ownerOf(second)]);
    world.client.delete('ConfigMap', 'default', 'first');
    world.runFor(1000);
    expect(names(world)).toEqual(['child', 'second']);
    expect(read(world, 'child').metadata.ownerReferences).toEqual([ownerOf(second)]);
  });

  it('keeps an object whose owner is of a kind that is not known', () => {
    const world = newWorld();
    make(world, 'child', [{ apiVersion: 'example.com/v1', kind: 'Widget', name: 'thing', uid: NOBODY }]);
    world.runFor(60_000);
    expect(names(world)).toEqual(['child']);
  });

  it('collects an object whose owner is in another namespace, with a warning', () => {
    const world = newWorld();
    const parent = make(world, 'parent', [], { namespace: 'kube-public' });
    make(world, 'child', [ownerOf(parent)]);
    world.runFor(1000);
    expect(names(world)).toEqual([]);
    expect(world.find('ConfigMap', 'kube-public', 'parent')).toBeDefined();
    const events = world.events().filter(({ reason }) => reason === 'OwnerRefInvalidNamespace');
    expect(events.map(({ type, message }) => [type, message])).toEqual([
      [
        'Warning',
        `ownerRef [v1/ConfigMap, namespace: default, name: parent, uid: ${parent.metadata.uid}] does not exist in namespace "default"`,
      ],
    ]);
  });

  it('never collects a cluster-scoped object with a namespaced owner', () => {
    const world = newWorld();
    world.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'odd', ownerReferences: [nobody] } });
    world.runFor(60_000);
    expect(world.find('Namespace', undefined, 'odd')?.metadata.deletionTimestamp).toBeUndefined();
  });

  it('lets a cluster-scoped owner own objects in any namespace', () => {
    const world = newWorld();
    const node = world.client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec: {} });
    make(world, 'child', [ownerOf(node)]);
    world.runFor(1000);
    expect(names(world)).toEqual(['child']);
    world.client.delete('Node', undefined, 'n');
    world.runFor(1000);
    expect(names(world)).toEqual([]);
  });
});

describe('foreground', () => {
  function family(block: boolean): World {
    const world = newWorld();
    const parent = make(world, 'parent');
    make(world, 'child', [ownerOf(parent, block)], { finalizers: [HOLD] });
    world.runFor(1000);
    world.client.delete('ConfigMap', 'default', 'parent', { propagationPolicy: 'Foreground' });
    world.runFor(1000);
    return world;
  }

  it('keeps the owner until the dependent that blocks it is gone', () => {
    const world = family(true);
    expect(read(world, 'parent').metadata.finalizers).toEqual(['foregroundDeletion']);
    expect(read(world, 'child').metadata.deletionTimestamp).toBeDefined();
    expect(read(world, 'child').metadata.finalizers).toEqual([HOLD]);
    const body = { metadata: { finalizers: null } };
    world.client.patch('ConfigMap', 'default', 'child', { type: 'merge', body });
    world.runFor(1000);
    expect(names(world)).toEqual([]);
  });

  it('waits for the last of several, in whatever order they go', () => {
    const world = newWorld();
    const parent = make(world, 'parent');
    for (const name of ['a', 'b', 'c']) make(world, name, [ownerOf(parent, true)], { finalizers: [HOLD] });
    world.client.delete('ConfigMap', 'default', 'parent', { propagationPolicy: 'Foreground' });
    world.runFor(1000);
    for (const [name, left] of [
      ['c', ['a', 'b', 'parent']],
      ['a', ['b', 'parent']],
      ['b', []],
    ] as const) {
      world.client.patch('ConfigMap', 'default', name, { type: 'merge', body: { metadata: { finalizers: null } } });
      world.runFor(1000);
      expect(names(world)).toEqual(left);
    }
  });

  it('does not wait for a dependent that does not block', () => {
    const world = family(false);
    expect(names(world)).toEqual(['child']);
  });

  it('does not wait any longer once the dependent stops blocking', () => {
    const world = family(true);
    const [reference] = read(world, 'child').metadata.ownerReferences ?? [];
    const body = { metadata: { ownerReferences: [{ ...reference, blockOwnerDeletion: false }] } };
    world.client.patch('ConfigMap', 'default', 'child', { type: 'merge', body });
    world.runFor(1000);
    expect(names(world)).toEqual(['child']);
  });

  it('goes down the generations: a dependent with dependents is deleted in the foreground too', () => {
    const world = newWorld();
    const parent = make(world, 'parent');
    const child = make(world, 'child', [ownerOf(parent, true)]);
    make(world, 'grandchild', [ownerOf(child, true)], { finalizers: [HOLD] });
    world.client.delete('ConfigMap', 'default', 'parent', { propagationPolicy: 'Foreground' });
    world.runFor(1000);
    expect(read(world, 'child').metadata.finalizers).toEqual(['foregroundDeletion']);
    expect(names(world)).toEqual(['child', 'grandchild', 'parent']);
  });

  it('ends although two objects own each other', () => {
    const world = newWorld();
    const one = make(world, 'one');
    const two = make(world, 'two', [ownerOf(one, true)]);
    const body = { metadata: { ownerReferences: [ownerOf(two, true)] } };
    world.client.patch('ConfigMap', 'default', 'one', { type: 'merge', body });
    world.client.delete('ConfigMap', 'default', 'one', { propagationPolicy: 'Foreground' });
    world.runFor(60_000);
    expect(names(world)).toEqual([]);
  });

  it('keeps a dependent that has another owner', () => {
    const world = newWorld();
    const parent = make(world, 'parent');
    const other = make(world, 'other');
    make(world, 'child', [ownerOf(parent, true), ownerOf(other)]);
    world.client.delete('ConfigMap', 'default', 'parent', { propagationPolicy: 'Foreground' });
    world.runFor(1000);
    expect(names(world)).toEqual(['child', 'other']);
    expect(read(world, 'child').metadata.ownerReferences).toEqual([ownerOf(other)]);
  });
});

describe('orphan', () => {
  it('lets the dependents live on without the owner', () => {
    const world = newWorld();
    const parent = make(world, 'parent');
    make(world, 'a', [ownerOf(parent)]);
    make(world, 'b', [ownerOf(parent)]);
    world.client.delete('ConfigMap', 'default', 'parent', { propagationPolicy: 'Orphan' });
    expect(read(world, 'parent').metadata.finalizers).toEqual(['orphan']);
    world.runFor(1000);
    expect(names(world)).toEqual(['a', 'b']);
    expect(read(world, 'a').metadata.ownerReferences).toBeUndefined();
    expect(world.steps().at(-1)?.message).toContain('Orphaned 2 dependents of ConfigMap parent');
  });
});
