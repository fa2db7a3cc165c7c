import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { KubeObject } from '../../api/meta';
import type { Namespace } from '../../api/types';

const HOLD = 'example.com/hold';

function newWorld(): World {
  const world = createWorld({ nodes: 0 });
  world.runFor(1);
  world.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  return world;
}

function make(world: World, kind: string, name: string, rest: Partial<KubeObject> = {}, finalizers?: string[]): void {
  const metadata = { name, namespace: 'shop', ...(finalizers ? { finalizers } : {}) };
  world.client.create({ apiVersion: 'v1', kind, metadata, ...rest });
}

/** A Pod that no kubelet will ever end. */
function makePod(world: World, terminationGracePeriodSeconds: number): void {
  const containers = [{ name: 'app', image: 'nginx' }];
  make(world, 'Pod', 'p', { spec: { nodeName: 'n', terminationGracePeriodSeconds, containers } });
}

const shop = (world: World) => world.find<Namespace>('Namespace', undefined, 'shop');
const conditionOf = (world: World, type: string) =>
  shop(world)?.status.conditions?.find((other) => other.type === type);

describe('namespace controller', () => {
  it('empties a deleted namespace after five seconds, then lets it go', () => {
    const world = newWorld();
    make(world, 'ConfigMap', 'settings', { data: { a: 'b' } });
    world.client.delete('Namespace', undefined, 'shop');
    expect(shop(world)?.status.phase).toBe('Terminating');
    world.runFor(4900);
    expect(world.list('ConfigMap', 'shop').map(({ metadata }) => metadata.name)).toContain('settings');
    world.runFor(200);
    expect(world.list('ConfigMap', 'shop')).toEqual([]);
    expect(shop(world)).toBeUndefined();
  });

  it('deletes Pods first and looks again after half their grace period', () => {
    const world = newWorld();
    makePod(world, 30);
    make(world, 'Secret', 'key', { type: 'Opaque' });
    world.client.delete('Namespace', undefined, 'shop');
    world.runFor(6000);
    expect(world.get('Pod', 'shop', 'p').metadata.deletionTimestamp).toBeDefined();
    expect(world.find('Secret', 'shop', 'key')).toBeDefined();
    world.client.delete('Pod', 'shop', 'p', { gracePeriodSeconds: 0 });
    world.runFor(3900);
    expect(shop(world)).toBeDefined();
    world.runFor(12_000);
    expect(world.find('Secret', 'shop', 'key')).toBeUndefined();
    expect(shop(world)).toBeUndefined();
  });

  it('says which resource and which finalizer keep it, and finishes once they are gone', () => {
    const world = newWorld();
    make(world, 'ConfigMap', 'held', {}, [HOLD]);
    make(world, 'ConfigMap', 'free');
    world.client.delete('Namespace', undefined, 'shop');
    world.runFor(20_000);
    expect(world.list('ConfigMap', 'shop').map(({ metadata }) => metadata.name)).toEqual(['held']);
    expect(conditionOf(world, 'NamespaceContentRemaining')).toMatchObject({
      status: 'True',
      message: 'Some resources are remaining: configmaps. has 1 resource instances',
    });
    expect(conditionOf(world, 'NamespaceFinalizersRemaining')).toMatchObject({
      status: 'True',
      message: 'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
    });
    const body = { metadata: { finalizers: null } };
    world.client.patch('ConfigMap', 'shop', 'held', { type: 'merge', body });
    world.runFor(60_000);
    expect(shop(world)).toBeUndefined();
  });

  it('tells of Pods that should be gone and are not', () => {
    const world = newWorld();
    makePod(world, 1);
    world.client.delete('Namespace', undefined, 'shop');
    world.runFor(6000);
    const why = 'unexpected items still remain in namespace: shop for gvr: /v1, Resource=pods';
    expect(conditionOf(world, 'NamespaceDeletionContentFailure')).toMatchObject({
      status: 'True',
      message: `Failed to delete all resource types, 1 remaining: ${why}`,
    });
  });

  it('leaves other namespaces alone', () => {
    const world = newWorld();
    world.client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine', namespace: 'default' } });
    world.client.delete('Namespace', undefined, 'shop');
    world.runFor(60_000);
    expect(world.find('ConfigMap', 'default', 'mine')).toBeDefined();
    expect(world.list('Namespace')).toHaveLength(4);
  });
});
