import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../testing/world';

function newWorld(): World {
  const world = createWorld({
    nodes: 0,
  });
  world.runFor(1000);
  return world;
}

function newNamespace(world: World, name: string): void {
  world.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  world.runFor(1000);
}

describe('serviceaccount controller', () => {
  it('gives every namespace its default account, and gives it back', () => {
    const world = newWorld();
    newNamespace(world, 'shop');
    const namespaces = world.list('ServiceAccount').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(namespaces).toEqual(world.list('Namespace').map(({ metadata }) => `${metadata.name}/default`));
    world.client.delete('ServiceAccount', 'shop', 'default');
    world.runFor(1000);
    expect(world.find('ServiceAccount', 'shop', 'default')).toBeDefined();
  });

  it('leaves a namespace alone that terminates', () => {
    const world = newWorld();
    newNamespace(world, 'shop');
    world.client.delete('Namespace', undefined, 'shop');
    world.client.delete('ServiceAccount', 'shop', 'default');
    world.runFor(4000);
    expect(world.find('Namespace', undefined, 'shop')).toBeDefined();
    expect(world.find('ServiceAccount', 'shop', 'default')).toBeUndefined();
  });
});

describe('root CA publisher', () => {
  const read = (world: World) => world.get('ConfigMap', 'shop', 'kube-root-ca.crt');

  it('publishes the root certificate in every namespace, and restores it', () => {
    const world = newWorld();
    newNamespace(world, 'shop');
    const published = read(world);
    expect(Object.keys(published.data as object)).toEqual(['ca.crt']);
    expect(published.metadata.annotations?.['kubernetes.io/description']).toMatch(
      /^Contains a CA bundle that can be used/,
    );
    world.client.update({ ...published, data: { 'ca.crt': 'mine' } });
    world.runFor(1000);
    expect(read(world).data).toEqual(published.data);
    world.client.delete('ConfigMap', 'shop', 'kube-root-ca.crt');
    world.runFor(1000);
    expect(read(world).data).toEqual(published.data);
  });
});
