/** Commands beside a server that tell it to end: in hooks each thing has its time, though the whole is run in one step. */
import { expect, it } from 'vitest';
import { createWorld } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Pod } from '../api/types';

const QUIT = 'sleep 5; nginx -s quit; while killall -0 nginx; do sleep 1; done';

it('the hook that lets nginx finish ends with it, before SIGTERM and long before the grace period', () => {
  const preStop = { exec: { command: ['sh', '-c', QUIT] } };
  const document: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx:1.27-alpine', lifecycle: { preStop } }] },
  };
  const world = createWorld({ nodes: 1, documents: [document], without: ['default-scheduler'] });
  world.runUntil(20_000);
  world.client.delete('Pod', 'default', 'web');
  world.runUntil(24_900);
  expect(world.get<Pod>('Pod', 'default', 'web').status.containerStatuses?.[0]?.state).toHaveProperty('running');
  world.runUntil(27_000);
  expect(world.find('Pod', 'default', 'web')).toBeUndefined();
  const last = world.simulation.history('Pod', 'default', 'web').at(-2)?.value as Pod;
  expect(last.status.containerStatuses?.[0]?.state?.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
});
