import { expect, test } from 'vitest';
import { createWorld } from '../../testing/world';
import { gridOf } from '../lanes/grid';
import { Divergence } from './divergence';
import { fieldDifferences } from './field-differences';
import { type Look, objectDifferences } from './object-differences';

/** What differs, told whole. */
const differencesOf = (a: Look, b: Look) => objectDifferences(a, b, (one, other) => [one, other]);

const DOCUMENTS = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.9.1"}]}
`;

/** A run of 30 s, and a branch that left it at 10 s, in which somebody deletes a Pod at 12 s. */
function twoBranches() {
  const world = createWorld({ documents: DOCUMENTS });
  world.runFor(30_000);
  const { simulation } = world;
  const branch = simulation.fork(simulation.stepAtTime(10_000));
  branch.run({ timeMs: 12_000 });
  const [pod] = branch.objectsAt(branch.step, 'Pod');
  const name = pod?.metadata.name ?? '';
  branch.act({
    to: 'test-user',
    kind: 'call',
    payload: { method: 'delete', args: ['Pod', 'default', name] },
  });
  return { simulation, branch, name };
}

test('branches are the same up to the first step that is another one', () => {
  const { simulation, branch } = twoBranches();
  const divergence = new Divergence(simulation, branch);
  branch.run({ timeMs: 12_000 });
  branch.run({ timeMs: 30_000 });
  divergence.advance();
  const { first } = divergence;
  expect(first).not.toBeNull();
  for (let step = 1; step < (first ?? 0); step += 1) expect(branch.traceAt(step)).toEqual(simulation.traceAt(step));
  expect(branch.traceAt(first ?? 0)).not.toEqual(simulation.traceAt(first ?? 0));
  const counts = divergence.countsIn(gridOf({ fromMs: 0, toMs: 30_000, buckets: 30 }, 30_000));
  expect(counts.slice(0, 11)).toEqual(new Array(11).fill(0));
  expect(counts[13]).toBeGreaterThan(0);
});

test('what is read bit by bit is what is read at once', () => {
  const { simulation, branch } = twoBranches();
  const early = new Divergence(simulation, branch);
  for (let timeMs = 12_000; timeMs <= 30_000; timeMs += 500) {
    branch.run({ timeMs });
    early.advance();
  }
  const late = new Divergence(simulation, branch).advance();
  const grid = gridOf({ fromMs: 0, toMs: 30_000, buckets: 300 }, 30_000);
  expect(early.countsIn(grid)).toEqual(late.countsIn(grid));
  expect(early.first).toBe(late.first);
});

test('equal runs differ nowhere', () => {
  const { simulation } = twoBranches();
  const branch = simulation.fork(simulation.stepAtTime(10_000));
  branch.run({ timeMs: 30_000 });
  const divergence = new Divergence(simulation, branch).advance();
  expect(divergence.first).toBeNull();
  expect(differencesOf({ simulation, step: simulation.step }, { simulation: branch, step: branch.step })).toEqual([]);
});

test('objects that are there once, and fields that differ, are told; ids and clocks are not', () => {
  const { simulation, branch, name } = twoBranches();
  branch.run({ timeMs: 30_000 });
  const found = differencesOf({ simulation, step: simulation.step }, { simulation: branch, step: branch.step });
  expect(found.filter(({ kind, only }) => kind === 'Pod' && only === 'a').map((each) => each.name)).toEqual([name]);
  expect(found.filter(({ kind, only }) => kind === 'Pod' && only === 'b')).toHaveLength(1);
  const paths = found.flatMap(({ fields }) => fields.map(({ path }) => path));
  expect(paths.filter((path) => /resourceVersion|uid|Time/.test(path))).toEqual([]);
});

test.each([
  [{ spec: { replicas: 2 } }, { spec: { replicas: 3 } }, [{ path: 'spec.replicas', a: '2', b: '3' }]],
  [{ metadata: { uid: 'x' } }, { metadata: { uid: 'y' } }, []],
  [
    { status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '1' }] } },
    {
      status: {
        conditions: [
          { type: 'Other', status: 'True' },
          { type: 'Ready', status: 'False' },
        ],
      },
    },
    [
      { path: 'status.conditions[Ready].status', a: 'True', b: 'False' },
      { path: 'status.conditions[Other]', a: '', b: '{"type":"Other","status":"True"}' },
    ],
  ],
])('fields of %j and %j', (a, b, expected) => {
  expect(fieldDifferences(a, b)).toEqual(expected);
});
