import { describe, expect, it } from 'vitest';
import { createWorld } from '../../testing/world';

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
});
