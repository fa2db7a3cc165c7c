/** Events as the scheduler writes them, in the real engine: a real API server showed these fields, and made a series of a repeat. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';
import type { KubeObject } from '../api/meta';
import type { CoreEvent } from '../api/types';
import type { Client } from './client';
import { newEventMemory } from './event-memory';
import { recordNewerEvent } from './newer-event-recorder';

const PENDING =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {nodeSelector: {q: w}, containers: [{name: c, image: "app:1"}]}\n';

test('an Event of the scheduler says what was done, and a repeat about the same version of a Pod makes it a series', () => {
  const { world, run } = createTerminal({ nodes: 1, documents: PENDING });
  const told = () => (world.events() as CoreEvent[]).filter(({ involvedObject }) => involvedObject.name === 'p');
  world.runUntil(1000);
  expect(told()).toMatchObject([
    {
      reason: 'FailedScheduling',
      action: 'Scheduling',
      source: {},
      reportingComponent: 'default-scheduler',
      reportingInstance: 'default-scheduler-control-plane',
      eventTime: expect.stringMatching(/^2026-01-01T00:00:00\.\d{6}Z$/),
      firstTimestamp: null,
      lastTimestamp: null,
    },
  ]);
  expect(told()[0]).not.toHaveProperty('count');
  // Nothing that happens makes it worth trying again, so that it is tried every five minutes.
  world.runFor(1_000_000);
  // The first is about the Pod before its status was written; of the others the second makes the series, and the third is only counted.
  expect(told().map(({ series }) => series?.count)).toEqual([undefined, 2]);
  expect(run('get events -o custom-columns=R:.reason,A:.action --no-headers').stdout).toContain(
    'FailedScheduling   Scheduling\n',
  );
  const described = run('describe pod p').stdout;
  expect(described).toMatch(/FailedScheduling {2}16m +default-scheduler/);
  expect(described).toMatch(/FailedScheduling {2}\S+ \(x2 over \S+\) +default-scheduler/);
});

test('what was not repeated for six minutes when it was looked at is told anew', () => {
  const memory = newEventMemory();
  const written: string[] = [];
  const client = {
    create: ({ metadata }: KubeObject) => written.push(metadata.name),
    patch: (...[, , name]: [string, string, string]) => written.push(`${name} again`),
  } as unknown as Client;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'n', uid: 'u', resourceVersion: '1' },
  };
  const said = { type: 'Warning', reason: 'FailedScheduling', message: 'm', action: 'Scheduling' };
  const tell = (minutes: number, object: KubeObject = pod) =>
    recordNewerEvent(
      {
        reporter: { component: 'c' },
        client,
        memory,
        nowMs: minutes * 60_000,
        now: `t${minutes}`,
        newName: () => `at${minutes}`,
      },
      object,
      said,
    );
  for (const minutes of [1, 5, 11, 17]) tell(minutes);
  tell(18, { ...pod, metadata: { ...pod.metadata, resourceVersion: '2' } });
  for (const minutes of [25, 35]) tell(minutes);
  expect(written).toEqual(['at1', 'at1 again', 'at18', 'at25', 'at25 again']);
});
