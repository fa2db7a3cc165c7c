import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Pod } from '../../engine/api/types';
import { waitsOf } from '../../engine/kubelet-waits';
import { createSession } from '../create-session';

const gallery = (name: string) => readFileSync(new URL(`../../scenario/gallery/${name}.yaml`, import.meta.url), 'utf8');

/** Every wait of every Pod, whenever a step is done, and what then came to pass. */
function waitsIn(text: string, untilMs: number) {
  const { simulation } = createSession(text).session!;
  simulation.run({ timeMs: untilMs });
  const told = simulation.trace(1, simulation.step);
  return told.flatMap(({ step, time }) =>
    simulation.objectsAt(step, 'Pod').flatMap((pod) =>
      waitsOf(simulation, pod as Pod, step).map((wait) => {
        const verbs = wait.what === 'pull' ? ['pull'] : ['create'];
        const next = told.find(
          (each) => each.time > time && verbs.includes(each.verb) && each.object?.uid === pod.metadata.uid,
        );
        return { ...wait, pod: pod.metadata.name, time, next: next?.time };
      }),
    ),
  );
}

test('a container that ends again and again is started when it was said, over waits of any length', () => {
  const waits = waitsIn(gallery('crash-loop'), 900_000).filter(({ next }) => next !== undefined);
  expect(new Set(waits.map(({ pod }) => pod))).toEqual(new Set(['fails', 'ends-again-and-again']));
  expect(Math.max(...waits.map(({ time, atMs }) => atMs - time))).toBeGreaterThan(250_000);
  expect(waits.filter(({ atMs, next }) => atMs !== next)).toEqual([]);
  // Each moment of the wait has it.
  expect(waits.some(({ pod, time }) => pod === 'fails' && time > 30_000 && time < 49_000)).toBe(true);
});

test('an image that can not be had is pulled again when it was said', () => {
  const text = `${gallery('missing-image').replace(/ {2}actions:[\s\S]*?(?=\n---)/, '  actions: [{at: 10s, kubectl: set image deployment/web web=ngnix:1.27}]')}`;
  const waits = waitsIn(text, 900_000).filter(({ next }) => next !== undefined);
  expect(new Set(waits.map(({ what }) => what))).toEqual(new Set(['pull']));
  expect(Math.max(...waits.map(({ time, atMs }) => atMs - time))).toBeGreaterThan(250_000);
  expect(waits.filter(({ atMs, next }) => atMs !== next)).toEqual([]);
});
