/** The kinds without a spec of their own to speak of: what the API server refuses, in its own words. */
import { describe, expect, test } from 'vitest';
import { bareWorld, refusedCreate, refusedUpdate, stored } from '../../../testing/refusal';
import type { ConfigMap, Namespace, PriorityClass, Secret } from '../types';

function complaints(apiVersion: string, kind: string, rest: string, metadata = '{name: x}'): string[] {
  return refusedCreate(bareWorld(), `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\n${rest}`);
}

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
  "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

const REFUSED: [string, string, string, string[]][] = [
  [
    'v1',
    'ConfigMap',
    'data: {a: b}\nbinaryData: {a: Yg==}',
    ['data[a]: Invalid value: "a": duplicate of key present in binaryData'],
  ],
  ['v1', 'Secret', 'type: kubernetes.io/tls', ['data[tls.crt]: Required value', 'data[tls.key]: Required value']],
  [
    'v1',
    'Secret',
    'type: kubernetes.io/basic-auth',
    ['data[username]: Required value', 'data[password]: Required value'],
  ],
  [
    'v1',
    'Secret',
    'type: kubernetes.io/dockerconfigjson\nstringData: {.dockerconfigjson: "user:pass"}',
    [
      'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character \'u\' looking for beginning of value',
    ],
  ],
  [
    'v1',
    'Secret',
    'type: kubernetes.io/service-account-token',
    ['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
  ],
  [
    'v1',
    'Namespace',
    'spec: {finalizers: [mine]}',
    ['spec.finalizers: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified'],
  ],
  [
    'v1',
    'Node',
    'spec: {taints: [{key: a, effect: NoSchedule}, {key: a, effect: NoSchedule}]}',
    [
      'metadata.taints[1]: Duplicate value: {"Key":"a","Value":"","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
    ],
  ],
  [
    'v1',
    'Node',
    'status: {capacity: {pods: 500m}}',
    [
      'status.capacity.pods: Invalid value: "500m": must be an integer',
      'status.allocatable.pods: Invalid value: "500m": must be an integer',
    ],
  ],
  [
    'scheduling.k8s.io/v1',
    'PriorityClass',
    'value: 1000000001\npreemptionPolicy: Sometimes',
    [
      'value: Forbidden: maximum allowed value of a user defined priority is 1000000000',
      'preemptionPolicy: Unsupported value: "Sometimes": supported values: "PreemptLowerPriority", "Never"',
    ],
  ],
  [
    'coordination.k8s.io/v1',
    'Lease',
    'spec: {leaseDurationSeconds: 0}',
    ['spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0'],
  ],
  [
    'discovery.k8s.io/v1',
    'EndpointSlice',
    'addressType: IPv6\nendpoints: [{addresses: [10.1.2.3]}]\nports: [{name: a, port: 1}, {name: a, port: 2}]',
    [
      'ports[1].name: Duplicate value: "a"',
      'endpoints[0].addresses: Invalid value: "10.1.2.3": must be an IPv6 address',
    ],
  ],
  [
    'v1',
    'Event',
    'involvedObject: {kind: Pod, name: p, namespace: other}',
    ['involvedObject.namespace: Invalid value: "other": does not match event.namespace'],
  ],
];

describe('other kinds', () => {
  test.each(REFUSED)('%s %s with %s is refused', (apiVersion, kind, rest, expected) => {
    expect(complaints(apiVersion, kind, rest)).toEqual(expected);
  });

  test.each([
    ['{name: a_b}', 'Namespace', [`metadata.name: Invalid value: "a_b": ${LABEL}`]],
    [
      '{name: c, ownerReferences: [{kind: Deployment, name: web}]}',
      'ConfigMap',
      [
        'metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty',
        'metadata.ownerReferences.uid: Invalid value: "": must not be empty',
      ],
    ],
    [
      '{name: c, finalizers: [mine]}',
      'ConfigMap',
      [
        'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
      ],
    ],
  ])('metadata %s of a %s is refused', (metadata, kind, expected) => {
    expect(complaints('v1', kind, '', metadata)).toEqual(expected);
  });

  test('what is frozen stays', () => {
    const why = 'Forbidden: field is immutable when `immutable` is set';
    const world = bareWorld();
    const map = stored<ConfigMap>(
      world,
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\nimmutable: true\ndata: {a: b}',
    );
    expect(refusedUpdate(world, { ...map, data: { a: 'c' } })).toEqual([`data: ${why}`]);
    expect(refusedUpdate(world, { ...map, immutable: false })).toEqual([`immutable: ${why}`]);
    const secret = stored<Secret>(world, 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nimmutable: true');
    expect(refusedUpdate(world, { ...secret, stringData: { a: 'b' }, type: 'x/y' })).toEqual([
      'type: Invalid value: "x/y": field is immutable',
      `data: ${why}`,
    ]);
  });

  test.each([
    ['system-mine', 5, 'system-mine is not a known system priority class'],
    ['system-node-critical', 5, 'value of system-node-critical PriorityClass must be 2000001000'],
  ])('the PriorityClass name %s with value %i is reserved', (name, value, why) => {
    expect(complaints('scheduling.k8s.io/v1', 'PriorityClass', `value: ${value}`, `{name: ${name}}`)).toEqual([
      `metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: ${why}`,
    ]);
  });

  test('a PriorityClass preempts by default and keeps its value', () => {
    const world = bareWorld();
    const text = 'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: high}\nvalue: 1000';
    const high = stored<PriorityClass>(world, text);
    expect(high).toMatchObject({ value: 1000, preemptionPolicy: 'PreemptLowerPriority', metadata: { generation: 1 } });
    const changed: PriorityClass = { ...high, value: 7, preemptionPolicy: 'Never' };
    expect(refusedUpdate(world, changed)).toEqual([
      'value: Forbidden: may not be changed in an update.',
      'preemptionPolicy: Invalid value: "Never": field is immutable',
    ]);
  });

  test('a Namespace is active until it is deleted', () => {
    const world = bareWorld();
    const space = stored<Namespace>(world, 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}');
    expect(() => world.client.updateStatus({ ...space, status: { phase: 'Terminating' } })).toThrow(
      'status.Phase: Invalid value: "Terminating": may only be \'Active\' if `deletionTimestamp` is empty',
    );
  });
});
