import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';
import { peekCommand } from './peek-command';

const TEXT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: nginx}]}
`;

test('a command sees each step as it stands, also of several in one ms', () => {
  const { simulation } = createSession(TEXT).session!;
  simulation.run({ timeMs: 3_000 });
  const differing = Array.from({ length: simulation.step }, (_, index) => index + 1).filter((step) => {
    const at = { step, timeMs: simulation.traceAt(step).time };
    const { stdout } = peekCommand(simulation, 'get replicasets,pods -o name', at, at.timeMs).finish();
    const stands = ['ReplicaSet', 'Pod'].flatMap((kind) =>
      simulation.objectsAt(step, kind).map(({ metadata }) => `${kind}/${metadata.name}`),
    );
    const seen = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.replace('replicaset.apps', 'ReplicaSet').replace('pod/', 'Pod/'));
    return seen.sort().join() !== stands.sort().join();
  });
  expect(differing).toEqual([]);
});
