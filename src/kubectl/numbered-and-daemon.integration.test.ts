/** kubectl rollout and describe of DaemonSets and StatefulSets, in the words of a real cluster. */
import { expect, test } from 'vitest';
import { createTerminal } from '../testing/terminal';

const yaml = (kind: string, spec = ''): string => `
apiVersion: apps/v1
kind: ${kind}
metadata: {name: x}
spec:
  ${spec}
  selector: {matchLabels: {app: x}}
  template:
    metadata: {labels: {app: x}}
    spec: {containers: [{name: app, image: "app:v1"}]}
`;

test.each(['DaemonSet', 'StatefulSet'])('the history of a %s is told, and gone back in', (kind) => {
  const terminal = createTerminal({ nodes: 1 });
  const on = `${kind.toLowerCase()}/x`;
  const qualified = `${kind.toLowerCase()}.apps/x`;
  terminal.run('create -f -', yaml(kind));
  terminal.world.runFor(10_000);
  expect(terminal.run(`rollout undo ${on}`).stderr).toBe('error: no last revision to roll back to\n');
  terminal.run(`set image ${on} app=app:v2`);
  terminal.world.runFor(10_000);
  const rows = 'REVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n';
  expect(terminal.run(`rollout history ${on}`).stdout).toBe(`${qualified} \n${rows}\n`);
  expect(terminal.run(`rollout history ${on} --revision=1`).stdout).toContain('Image:\tapp:v1\n');
  expect(terminal.run(`rollout undo ${on} --to-revision=9`).stderr).toBe(
    'error: unable to find specified revision 9 in history\n',
  );
  expect(terminal.run(`rollout undo ${on} --dry-run=client`).stdout).toContain(
    `${qualified} will roll back to Pod Template:`,
  );
  expect(terminal.run(`rollout undo ${on}`).stdout).toBe(`${qualified} rolled back\n`);
  terminal.world.runFor(20_000);
  expect(terminal.run('get pods -o jsonpath={.items[*].spec.containers[0].image}').stdout).toBe('app:v1');
  expect(terminal.run(`rollout history ${on}`).stdout).toContain('2         <none>\n3         <none>\n');
});

test('a DaemonSet is described by its nodes, a StatefulSet by its claims', () => {
  const terminal = createTerminal({ nodes: 2 });
  terminal.run('create -f -', yaml('DaemonSet'));
  terminal.world.runFor(10_000);
  expect(terminal.run('describe ds x').stdout).toContain(
    'Number of Nodes Scheduled with Available Pods: 2\nNumber of Nodes Misscheduled: 0\nPods Status:  2 Running / 0 Waiting',
  );
  const claims =
    'replicas: 0\n  volumeClaimTemplates: [{metadata: {name: d, labels: {a: b}}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]';
  terminal.run('create -f -', yaml('StatefulSet', claims));
  expect(terminal.run('describe sts x').stdout).toContain(
    'Volume Claims:\n  Name:          d\n  StorageClass:  \n  Labels:        a=b\n  Annotations:   <none>\n  Capacity:      1Gi\n  Access Modes:  [ReadWriteOnce]\n',
  );
});
