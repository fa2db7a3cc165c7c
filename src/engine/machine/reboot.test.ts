/** What is left of a Pod's volumes when its node has been rebooted. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

test('files of an emptyDir in memory are gone, those on the disk are there', () => {
  const { run, world } = createTerminal({
    documents: `
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  volumes: [{name: m, emptyDir: {medium: Memory}}, {name: d, emptyDir: {}}]
  containers:
  - {name: c, image: "busybox:1", command: [sleep, "9000"], volumeMounts: [{name: m, mountPath: /m}, {name: d, mountPath: /d}]}
`,
    inputs: [
      { to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-1', for: 20_000 }, atMs: 20_000 },
    ],
  });
  world.runUntil(15_000);
  run("exec p -- sh -c 'echo x > /m/f; echo x > /d/f'");
  world.runUntil(80_000);
  expect(run("get pod p -o jsonpath='{.status.containerStatuses[0].restartCount}'").stdout).toBe('1');
  expect(run("exec p -- sh -c 'ls /m /d'").stdout).toBe('/d:\nf\n\n/m:\n');
});
