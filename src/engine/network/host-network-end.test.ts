/** Why a server in the network of its node refuses while it ends. */
import { expect, test } from 'vitest';
import { createNetworkWorld } from '../../testing/network-world';

const WORLD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {hostNetwork: true, nodeName: node-1, containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]}
`;

test('the refusal names the Pod that was told to end, and the step that told it', () => {
  const programs = [{ image: 'nginx', listen: [{ port: 80 }], sigterm: { exitAfterMs: 5000 } }];
  const world = createNetworkWorld({ documents: WORLD, nodes: [{ name: 'node-1' }], programs });
  world.runUntil(15_000);
  expect(world.send({}).failure).toBeUndefined();
  world.client.delete('Pod', 'default', 'web');
  world.runFor(2000);
  const { failure, because, cause, podUid } = world.send({});
  expect([failure, because]).toEqual([
    'refused',
    expect.stringContaining('Pod default/web refuses the connection: container c was told to end'),
  ]);
  expect(world.simulation.traceAt(cause ?? 0).message).toContain('web');
  expect(podUid).toBeDefined();
});
