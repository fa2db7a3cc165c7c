/** What drivers of nodes' own directories make. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../../testing/terminal';

const CLAIM = `{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: c}, provisioner: openebs.io/local, volumeBindingMode: MODE}
---
{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {storageClassName: c, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: "redis:7", volumeMounts: [{name: d, mountPath: /data}]}], volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}}`;

function after(mode: string) {
  const { run, world } = createTerminal();
  for (const document of CLAIM.replace('MODE', mode).split('---')) run('apply -f -', document);
  world.simulation.run({ timeMs: world.simulation.nowMs + 30_000 });
  return (command: string) => run(command).stdout;
}

test('the local volumes of OpenEBS lie on the node that the scheduler has chosen', () => {
  const ask = after('WaitForFirstConsumer');
  expect(ask('get pod p -o jsonpath={.status.phase}')).toBe('Running');
  expect(ask('get pv -o jsonpath={.items[0].spec.local.path}')).toMatch(/^\/var\/openebs\/local\/pvc-/);
  expect(
    ask('get pv -o jsonpath={.items[0].spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values}'),
  ).toBe(`["${ask('get pod p -o jsonpath={.spec.nodeName}')}"]`);
});

test('without a node they are not made', () => {
  expect(after('Immediate')('get events')).toContain('configuration error, no node was specified');
});
