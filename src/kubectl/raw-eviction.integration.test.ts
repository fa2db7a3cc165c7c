import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';

test('create --raw evicts a Pod, and nothing else', () => {
  const { session } = createSession(
    'apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: {containers: [{name: c, image: nginx}]}\n',
  );
  const { simulation } = session!;
  simulation.run({ timeMs: 10_000 });
  const at = () => ({ step: simulation.step, timeMs: simulation.nowMs });
  const stdin = '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"one","namespace":"default"}}';
  const evict = (path: string) => session!.kubectl(`create --raw ${path} -f -`, at(), { stdin });
  expect(evict('/api/v1/namespaces/default/pods/two/eviction').stderr).toContain('pods "two" not found');
  const bodiless = session!.kubectl('create --raw /api/v1/namespaces/default/pods/one/eviction', at());
  expect(bodiless).toMatchObject({ code: 1, stderr: 'error: must specify one of -f and -k\n' });
  expect(evict('/api/v1/namespaces/default/pods').stderr).toContain('--raw is simulated for get only');
  expect(evict('/api/v1/namespaces/default/pods/one/eviction')).toMatchObject({ code: 0 });
  session!.simulation.run({ timeMs: simulation.nowMs + 60_000 });
  expect(simulation.objectAt(simulation.step, 'Pod', 'default', 'one')).toBeUndefined();
});
