/** Variables from a file in a volume: how the file is read, and what the kubelet says when it can't give them. */
import { expect, test } from 'vitest';
import { createWorld } from '../../testing/world';
import type { Pod } from '../api/types';
import { valueInEnvFile } from './env-file';

test.each([
  ["A='x'", 'x'],
  ["# all\n\n  B='1'\n\tA='x y=z' # why\r\n", 'x y=z'],
  ["A='one\n two $(B)\n'\n", 'one\n two $(B)\n'],
  ["B='A=1\n# 2'\nA='x'", 'x'],
  ["A='x' # it's\n", 'x'],
  ["A= 'x'\nno\n", ''],
  ["B='1'\n", ''],
  ["A='x'\nwhatever", 'x'],
  ['', ''],
])('%j gives %j', (text, value) => {
  expect(valueInEnvFile(text, 'A')).toBe(value);
});

test.each([
  ['no sign', 'whatever\n'],
  ['no quotes', 'A=x'],
  ['nothing', 'A='],
  ['a blank before the sign', "A ='x'"],
  ['no name', "='x'"],
  ['something behind the quotes', "A='x'y"],
  ['a quote within', "A='x'y'"],
  ['an open quote', "A='x\n"],
  ['a bad line before', "B=1\nA='x'"],
])('%s: it is not read', (_why, text) => {
  expect(valueInEnvFile(text, 'A')).toBeUndefined();
});

/** A Pod whose init container writes a file, and whose container prints what a key of it is. */
const pod = (key: string, optional = false) => `
apiVersion: v1
kind: Pod
metadata: {name: p, namespace: default}
spec:
  nodeName: node-1
  restartPolicy: Never
  initContainers:
  - {name: i, image: "busybox:1", command: [sh, -c, "mkdir -p /d/sub; printf \\"A='one'\\\\nC=2\\\\n\\" > /d/sub/env"], volumeMounts: [{name: d, mountPath: /d}]}
  containers:
  - name: c
    image: busybox:1
    env:
    - {name: A, valueFrom: {fileKeyRef: {volumeName: d, path: sub/env, key: ${key}, optional: ${optional}}}}
    - {name: B, value: "<$(A)>"}
    command: [sh, -c, 'echo -n "$B" > /dev/termination-log']
  volumes: [{name: d, emptyDir: {}}]
`;

function stateOf(documents: string) {
  const world = createWorld({ nodes: 1, programs: [{ image: 'busybox:*', pull: 100, startMs: 100 }], documents });
  world.runFor(10_000);
  const found = world.get<Pod>('Pod', 'default', 'p');
  return { uid: found.metadata.uid, state: found.status.containerStatuses?.[0]?.state };
}

test('a container has what an init container has written for it', () => {
  expect(stateOf(pod('A')).state?.terminated?.message).toBe('<one>');
});

test('a file that can not be read holds the container up, be the key optional or not', () => {
  const waiting = { reason: 'CreateContainerConfigError', message: "couldn't parse env file" };
  expect(stateOf(pod('B')).state?.waiting).toEqual(waiting);
  expect(stateOf(pod('A', true).replace('path: sub/env', 'path: none')).state?.waiting).toEqual(waiting);
});

test('a key that is not there holds it up unless it is optional', () => {
  const whole = (optional: boolean) => pod('B', optional).replace('C=2', "C='2'");
  const { uid, state } = stateOf(whole(false));
  expect(state?.waiting).toEqual({
    reason: 'CreateContainerConfigError',
    message: `environment variable key "B" not found in file "/var/lib/kubelet/pods/${uid}/volumes/kubernetes.io~empty-dir/d/sub/env"`,
  });
  expect(stateOf(whole(true)).state?.terminated?.message).toBe('<$(A)>');
});
