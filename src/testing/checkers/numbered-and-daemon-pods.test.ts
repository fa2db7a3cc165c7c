/** The checkers of StatefulSets and DaemonSets are content with real runs, and see what is wrong in falsified ones. */
import { expect, test } from 'vitest';
import type { KubeObject } from '../../engine/api/meta';
import type { Pod } from '../../engine/api/types';
import type { WatchEvent } from '../../engine/client/component';
import { createWorld, type World } from '../world';
import { daemonSets } from './daemon-sets';
import { beginsDeletion, type Checker, complaintsOf, type History, historyOf, isReady } from './history';
import { statefulSets } from './stateful-sets';

function yaml(kind: string, spec: string): string {
  return `
apiVersion: apps/v1
kind: ${kind}
metadata: {name: x, namespace: default}
spec:
  ${spec}
  selector: {matchLabels: {app: x}}
  template:
    metadata: {labels: {app: x}}
    spec: {containers: [{name: main, image: "a:1"}]}
`;
}

function run(kind: string, spec: string, act: (world: World) => void = () => undefined): History {
  const world = createWorld({ nodes: 3, documents: yaml(kind, spec) });
  world.runUntil(15_000);
  act(world);
  world.runFor(30_000);
  return historyOf(world.simulation);
}

/** The history with every version of some objects changed. */
function falsified(history: History, change: (object: KubeObject) => KubeObject | undefined): History {
  const changed = (object: KubeObject | undefined): KubeObject | undefined => object && (change(object) ?? object);
  const changes = history.changes.map(
    (one): WatchEvent => ({ ...one, value: changed(one.value), previous: changed(one.previous) }),
  );
  return { ...history, changes };
}

const unready =
  (name: RegExp) =>
  (object: KubeObject): KubeObject | undefined =>
    object.kind === 'Pod' && name.test(object.metadata.name)
      ? { ...object, status: { ...(object as Pod).status, conditions: [] } }
      : undefined;

const complaints = (history: History, checker: Checker): string => complaintsOf(history, [checker], true).join('\n');

const setImage =
  (kind: string) =>
  (world: World): void => {
    const body = { spec: { template: { spec: { containers: [{ name: 'main', image: 'a:2' }] } } } };
    world.client.patch(kind, 'default', 'x', { type: 'strategic', body });
  };

test('a StatefulSet that makes, updates and removes Pods in order is all right', () => {
  const history = run('StatefulSet', 'replicas: 3', (world) => {
    setImage('StatefulSet')(world);
    world.runFor(20_000);
    world.client.scale('StatefulSet', 'default', 'x', 1);
  });
  expect(complaints(history, statefulSets)).toBe('');
});

test('an ordinal that comes before the one below it is ready is seen', () => {
  const history = run('StatefulSet', 'replicas: 2');
  expect(complaints(falsified(history, unready(/^x-0$/)), statefulSets)).toContain('x-1 is made before 0 is ready');
});

/** A StatefulSet of three is being updated; just before x-1's turn comes, two whole seconds after x-2 got Ready, it is scaled to one. */
const scaledInMidUpdate = (): History =>
  run('StatefulSet', 'replicas: 3\n  minReadySeconds: 2', (world) => {
    setImage('StatefulSet')(world);
    const isUpdated = () => {
      const pod = world.find<Pod>('Pod', 'default', 'x-2');
      return pod?.spec.containers[0]?.image === 'a:2' && isReady(pod);
    };
    while (!isUpdated()) world.runFor(1);
    world.runUntil(Math.floor(world.simulation.nowMs / 1000) * 1000 + 2000 - 5);
    world.client.scale('StatefulSet', 'default', 'x', 1);
  });

test('a Pod is updated that is no longer wanted, while the controller has not seen that yet', () => {
  expect(complaints(scaledInMidUpdate(), statefulSets)).toBe('');
});

test('one that goes before a higher ordinal is gone is seen', () => {
  const history = scaledInMidUpdate();
  const changes = history.changes.map((one) =>
    one.kind === 'Pod' && one.key === 'default/x-1' && beginsDeletion(one)
      ? { ...one, value: one.value, previous: one.previous, atMs: one.atMs + 1000 }
      : one,
  );
  expect(complaints({ ...history, changes }, statefulSets)).toContain(
    'Pod default/x-1 goes before a higher ordinal is gone',
  );
});

test('an update while a higher ordinal is not ready is seen', () => {
  const history = run('StatefulSet', 'replicas: 2\n  podManagementPolicy: Parallel', setImage('StatefulSet'));
  expect(complaints(falsified(history, unready(/^x-1$/)), statefulSets)).toContain(
    'x-0 is updated while 1 is not ready',
  );
});

test('a Pod that mounts the claim of another is seen', () => {
  const history = run('StatefulSet', 'replicas: 1');
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data-x-7' } }];
  const shared = falsified(history, (object) =>
    object.kind === 'Pod' ? { ...object, spec: { ...(object as Pod).spec, volumes } } : undefined,
  );
  expect(complaints(shared, statefulSets)).toContain('mounts data-x-7 instead of data-x-0');
});

test('a missing ordinal is seen in the end', () => {
  const history = run('StatefulSet', 'replicas: 1');
  const wanting = falsified(history, (object) =>
    object.kind === 'StatefulSet' ? { ...object, spec: { ...(object.spec as object), replicas: 2 } } : undefined,
  );
  expect(complaints(wanting, statefulSets)).toContain('has ordinals 0, not 0 1');
});

test('a DaemonSet that is rolled out is all right, and one that takes too many Pods away is seen', () => {
  const fast = 'updateStrategy: {rollingUpdate: {maxUnavailable: 2}}';
  const history = run('DaemonSet', fast, setImage('DaemonSet'));
  expect(complaints(history, daemonSets)).toBe('');
  const strict = falsified(history, (object) => {
    if (object.kind !== 'DaemonSet') return undefined;
    return {
      ...object,
      spec: { ...(object.spec as object), updateStrategy: { rollingUpdate: { maxUnavailable: 1 } } },
    };
  });
  expect(complaints(strict, daemonSets)).toContain('leaves 1 of 3 available, 1 may be missing');
});

test('a second daemon Pod on a node, and one that is missing in the end, are seen', () => {
  const history = run('DaemonSet', 'minReadySeconds: 0', (world) => {
    const [pod] = world.list<Pod>('Pod');
    world.client.delete('Pod', 'default', pod?.metadata.name as string);
  });
  expect(complaints(history, daemonSets)).toBe('');
  const crowded = falsified(history, (object) => {
    if (object.kind !== 'Pod') return undefined;
    return { ...object, spec: { ...(object as Pod).spec, nodeName: 'node-1' } };
  });
  expect(complaints(crowded, daemonSets)).toMatch(/is one too many on node-1[\s\S]*ends with 3 Pods on node-1, not 1/);
});
