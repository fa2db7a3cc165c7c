import { describe, expect, test } from 'vitest';
import { createWorld } from '../testing/world';
import { stepChanges } from './step-changes';

const ROLLOUT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "nginx:1.9.1"}]
`;

const world = createWorld({ documents: ROLLOUT, nodes: 3 });
world.runFor(10_000);
const { simulation } = world;
const steps = simulation.trace(1, simulation.step);

/** What the first step of an actor and a verb changed, without the random ends of names. */
function told(actor: RegExp, verb: string) {
  const found = steps.find((step) => actor.test(step.actor) && step.verb === verb);
  const changes = stepChanges(simulation, found?.step ?? -1);
  const plain = (text: string) => text.replace(/-[a-z0-9]{5,10}/g, '');
  return {
    objects: changes?.objects.map(({ id, type, cells }) =>
      [type, plain(id), ...cells.map(({ title, from, to }) => `${title} ${from} → ${to}`)].join(', '),
    ),
    cause: changes?.cause && plain(changes.cause),
  };
}

describe('what a step changed', () => {
  test('an object that is new, and what it goes back to', () => {
    expect(told(/^replicaset-controller/, 'create')).toEqual({
      objects: ['new, Pod/default/web'],
      cause: 'ReplicaSet/default/web',
    });
  });
  test('of what led to it only the last: a Pod that runs goes back to itself, not to a Pod that was seen to before', () => {
    expect(told(/^kubelet/, 'start').cause).toBeUndefined();
    expect(told(/^deployment-controller/, 'update-status').cause).toBe('ReplicaSet/default/web');
  });
  test('cells, old → new', () => {
    expect(told(/scheduler/, 'schedule').objects).toEqual([
      expect.stringMatching(/^changed, Pod\/default\/web, NODE — → node-\d$/),
    ]);
  });
  test('a step that writes nothing changed nothing', () => {
    const quiet = steps.find(({ step }) => simulation.revisionAt(step) === simulation.revisionAt(step - 1));
    expect(stepChanges(simulation, quiet?.step ?? 0)).toBeNull();
    expect(stepChanges(simulation, 0)).toBeNull();
  });
});
