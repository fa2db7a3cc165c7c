import { describe, expect, test } from 'vitest';
import { bareWorld, refusedUpdate, stored } from '../../../testing/refusal';
import type { Pod, PodSpec } from '../types';

const POD = `
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  activeDeadlineSeconds: 60
  tolerations: [{key: a, operator: Exists}]
  containers:
  - {name: app, image: nginx, env: [{name: A, value: "1"}]}`;

const FORBIDDEN =
  'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,' +
  '`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),' +
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n';

function complaints(change: (spec: PodSpec) => PodSpec, text = POD): string[] {
  const world = bareWorld();
  const pod = stored<Pod>(world, text);
  return refusedUpdate(world, { ...pod, spec: change(pod.spec) });
}

function withContainer(spec: PodSpec, change: object): PodSpec {
  return { ...spec, containers: [{ ...spec.containers[0]!, ...change }] };
}

describe('updates of a Pod', () => {
  test.each<[string, (spec: PodSpec) => PodSpec]>([
    ['the image', (spec) => withContainer(spec, { image: 'nginx:1.9.1' })],
    ['a shorter deadline', (spec) => ({ ...spec, activeDeadlineSeconds: 30 })],
    [
      'another toleration',
      (spec) => ({ ...spec, tolerations: [...spec.tolerations!, { key: 'b', operator: 'Exists' }] }),
    ],
  ])('%s may change', (_what, change) => {
    expect(complaints(change)).toEqual([]);
  });

  test.each<[string, (spec: PodSpec) => PodSpec, string[]]>([
    [
      'a longer deadline',
      (spec) => ({ ...spec, activeDeadlineSeconds: 61 }),
      ['spec.activeDeadlineSeconds: Invalid value: 61: must be less than or equal to previous value'],
    ],
    [
      'no toleration',
      (spec) => ({ ...spec, tolerations: [] }),
      ['spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds'],
    ],
    [
      'another container',
      (spec) => ({ ...spec, containers: [...spec.containers, { ...spec.containers[0]!, name: 'b' }] }),
      ['spec.containers: Forbidden: pod updates may not add or remove containers'],
    ],
    [
      'an environment variable',
      (spec) => withContainer(spec, { env: [{ name: 'A', value: '2' }] }),
      [
        `${FORBIDDEN}@@ -101,7 +101,7 @@\n    "Env": [\n     {\n      "Name": "A",\n-     "Value": "1",\n+     "Value": "2",\n` +
          '      "ValueFrom": null\n     }\n    ],\n',
      ],
    ],
    [
      'the hostname',
      (spec) => ({ ...spec, hostname: 'h' }),
      [
        `${FORBIDDEN}@@ -168,7 +168,7 @@\n   "SELinuxChangePolicy": null\n  },\n  "ImagePullSecrets": null,\n- "Hostname": "",\n` +
          '+ "Hostname": "h",\n  "Subdomain": "",\n  "SetHostnameAsFQDN": null,\n  "Affinity": null,\n',
      ],
    ],
  ])('%s may not', (_what, change, expected) => {
    expect(complaints(change)).toEqual(expected);
  });

  test('while gated, the node selector may only grow', () => {
    const gated = `${POD}\n  nodeSelector: {disk: ssd}\n  schedulingGates: [{name: a.com/gate}]`;
    expect(complaints((spec) => ({ ...spec, nodeSelector: { disk: 'ssd', zone: 'a' } }), gated)).toEqual([]);
    expect(complaints((spec) => ({ ...spec, nodeSelector: { zone: 'a' } }), gated)).toEqual([
      'spec.nodeSelector: Invalid value: {"zone":"a"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
    ]);
    expect(complaints((spec) => ({ ...spec, schedulingGates: [{ name: 'b' }] }), gated)).toEqual([
      "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'b'",
    ]);
  });
});
