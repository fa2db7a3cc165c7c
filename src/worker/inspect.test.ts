/** Whatever there is can be inspected, also what a cluster begins with. */
import { expect, it } from 'vitest';
import { RESOURCES } from '../engine/api/scheme';
import { createSession } from '../session/create-session';
import { rowId } from '../view/rows';
import { inspect } from './inspect';

it.each([0, 20_000])('every object is inspected at %i ms', (timeMs) => {
  const { session } = createSession('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n');
  const { simulation } = session!;
  if (timeMs > 0) simulation.run({ timeMs });
  const { step } = simulation;
  const seen = new Set<string>();
  for (const { kind } of RESOURCES) {
    for (const { metadata } of simulation.objectsAt(step, kind)) {
      const found = inspect(simulation, rowId(kind, metadata.namespace, metadata.name), { step, timeMs });
      expect(found?.writes.at(-1), `${kind} ${metadata.name}`).toMatchObject({
        step: found?.writtenStep,
        exists: true,
      });
      seen.add(kind);
    }
  }
  expect([...seen]).toEqual(
    expect.arrayContaining(timeMs > 0 ? ['ClusterRole', 'ConfigMap', 'Node'] : ['ClusterRole']),
  );
});
