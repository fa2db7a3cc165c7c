/** df in megabytes, and dig that is to say nothing but its answer. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../../testing/terminal';

test.each([
  [
    'busybox:1',
    'df -m /',
    /^Filesystem {11}1M-blocks {6}Used Available Use% Mounted on\n\S+ +\d{1,6} +\d{1,6} +\d{1,6} +\d+% \/\n$/,
  ],
  [
    'debian:12',
    'df -m /',
    /^Filesystem +1M-blocks +Used +Available +Use% Mounted on\n\S+ +\d{1,6} +\d{1,6} +\d{1,6} +\d+% \/\n$/,
  ],
  [
    'registry.k8s.io/e2e-test-images/agnhost:2.53',
    'dig +noall +answer kubernetes.default.svc.cluster.local',
    /^kubernetes\.default\.svc\.cluster\.local\.\s+\d+\s+IN\s+A\s+10\.\S+\n$/,
  ],
])('in %s %s', (image, command, output) => {
  const { run, world } = createTerminal({
    documents: `{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: "${image}", command: [sleep, "9000"]}]}}`,
  });
  world.runUntil(20_000);
  expect(run(`exec p -- ${command}`).stdout).toMatch(output);
});
