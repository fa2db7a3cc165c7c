/** What `set env --list` prints of references, word for word as a real kubectl did. */
import { expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const OBJECTS = `
apiVersion: v1
kind: ConfigMap
metadata: {name: cm}
data: {k: cmvalue}
---
apiVersion: v1
kind: Secret
metadata: {name: sec}
data: {k: c2VjcmV0}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d, labels: {a: "1"}}
spec:
  replicas: 0
  selector: {matchLabels: {app: d}}
  template:
    metadata: {labels: {app: d}}
    spec:
      containers:
      - name: c
        image: "nginx:1"
        resources: {limits: {cpu: 1500m, memory: 64Mi}}
        env:
        - {name: PLAIN, value: x}
        - {name: CM, valueFrom: {configMapKeyRef: {name: cm, key: k}}}
        - {name: CMNO, valueFrom: {configMapKeyRef: {name: cm, key: nokey}}}
        - {name: SEC, valueFrom: {secretKeyRef: {name: sec, key: k}}}
        - {name: SECNO2, valueFrom: {secretKeyRef: {name: nosec, key: k}}}
        - {name: SECNO, valueFrom: {secretKeyRef: {name: nosec, key: k}}}
        - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        - {name: LABEL, valueFrom: {fieldRef: {fieldPath: "metadata.labels['a']"}}}
        - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
        - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
        - {name: MEM, valueFrom: {resourceFieldRef: {containerName: c, resource: limits.memory, divisor: 1Mi}}}
`;

it('names references, or finds out what they hold', () => {
  const { run } = createTerminal({ nodes: 1 });
  run('apply -f -', OBJECTS);
  expect(run('set env deploy d --list').stdout.split('\n').slice(-4, -1)).toEqual([
    '# IP from field path status.podIP',
    '# CPU from resource field limits.cpu',
    '# MEM from resource field c/limits.memory',
  ]);
  expect(run('set env deploy d --list --resolve')).toMatchObject({
    code: 0,
    stdout: `# Deployment d, container c
PLAIN=x
CM=cmvalue
# CMNO from configmap cm, key nokey
SEC=secret
# SECNO2 from secret nosec, key k
# SECNO from secret nosec, key k
NAME=d
LABEL=1
# IP from field path status.podIP
CPU=2
MEM=64
`,
    stderr: `error retrieving reference for CMNO: key nokey not found in config map cm
error retrieving reference for IP: unsupported fieldPath: status.podIP
error retrieving reference for SECNO, SECNO2: secrets "nosec" not found
`,
  });
});
