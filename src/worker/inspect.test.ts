/** Whatever there is can be inspected, also what a cluster begins with. */
import { readFileSync } from 'node:fs';
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

it('a container that is held back says when it is started again, for as long as it is', () => {
  const pod = `apiVersion: v1
kind: Pod
metadata: {name: fails}
spec: {containers: [{name: app, image: busybox, command: [sh, -c, "sleep 3; exit 1"]}]}
`;
  const { simulation } = createSession(pod).session!;
  simulation.run({ timeMs: 60_000 });
  const at = (timeMs: number) =>
    inspect(simulation, rowId('Pod', 'default', 'fails'), { step: simulation.stepAtTime(timeMs), timeMs })?.countdowns;
  const wait = { what: 'backOff', of: 'app', atMs: 49_540 };
  expect([26_000, 35_000, 49_000].map(at)).toEqual([[wait], [wait], [wait]]);
  expect([23_000, 49_540].map(at)).toEqual([[], []]);
});

it('a step that writes an object twice is one entry of the list of its changes, with what it changed in all', () => {
  const text = readFileSync(new URL('../scenario/gallery/first-light.yaml', import.meta.url), 'utf8');
  const { simulation } = createSession(text).session!;
  simulation.run({ timeMs: 22_000 });
  const { step } = simulation;
  const writtenTwice = [];
  for (const { kind } of RESOURCES) {
    for (const { metadata } of simulation.objectsAt(step, kind)) {
      const { writes, previousStep } = inspect(simulation, rowId(kind, metadata.namespace, metadata.name), {
        step,
        timeMs: 22_000,
      })!;
      const steps = writes.map((each) => each.step);
      if (new Set(steps).size < steps.length || previousStep === steps.at(-1)) writtenTwice.push(metadata.name);
    }
  }
  expect(writtenTwice).toEqual([]);
});
