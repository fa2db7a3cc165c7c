/** What the strategies add to, keep in and take from objects, seen through the API server. */
import { describe, expect, test } from 'vitest';
import { bareWorld, stored } from '../../../testing/refusal';
import type { Deployment, EndpointSlice, Lease, Namespace, Pod, ServiceAccount } from '../types';
import { podKind } from './pod';

function pod(spec: string, container = ''): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: a}}\nspec: {${spec}containers: [{name: a, image: x${container}}]}`;
}

describe('Pods', () => {
  test.each([
    ['', 'BestEffort'],
    [', resources: {requests: {cpu: 1}}', 'Burstable'],
    [', resources: {limits: {cpu: 1, memory: 1Gi}}', 'Guaranteed'],
    [', resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 0.5}}', 'Burstable'],
  ])('a new Pod with "%s" is pending and %s, whatever its manifest says', (container, qosClass) => {
    const text = `${pod('', container)}\nstatus: {phase: Running}`;
    expect(stored<Pod>(bareWorld(), text).status).toEqual({ phase: 'Pending', qosClass });
  });

  test('a gated Pod says so', () => {
    const { status } = stored<Pod>(bareWorld(), pod('schedulingGates: [{name: a.com/gate}], '));
    expect(status.conditions).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }]);
  });

  test('label keys become requirements', () => {
    const constraint =
      '{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [app, none], labelSelector: {}}';
    const { spec } = stored<Pod>(bareWorld(), pod(`topologySpreadConstraints: [${constraint}], `));
    expect(spec.topologySpreadConstraints?.[0]?.labelSelector).toEqual({
      matchExpressions: [{ key: 'app', operator: 'In', values: ['a'] }],
    });
  });

  test('a status keeps its class and the generations of its conditions', () => {
    const world = bareWorld();
    const before = stored<Pod>(world, pod(''));
    const ready = { type: 'Ready', status: 'False' as const };
    const first = { phase: 'Pending', observedGeneration: 1, conditions: [{ ...ready, observedGeneration: 1 }] };
    world.client.updateStatus({ ...before, status: first });
    const current = world.get<Pod>('Pod', 'default', 'p');
    const { status } = world.client.updateStatus({ ...current, status: { phase: 'Running', conditions: [ready] } });
    expect(status).toEqual({ ...first, phase: 'Running', qosClass: 'BestEffort' });
    const guaranteed = { ...status, qosClass: 'Guaranteed' };
    expect(() =>
      world.client.updateStatus({
        ...current,
        metadata: { ...current.metadata, resourceVersion: undefined },
        status: guaranteed,
      }),
    ).toThrow('status.qosClass: Invalid value: "Guaranteed": field is immutable');
  });

  test.each<[string, string, string | undefined, number | undefined, number]>([
    ['on a node, as the Pod says', 'n', 'Running', undefined, 30],
    ['on a node, as asked', 'n', 'Running', 5, 5],
    ['on a node, at once', 'n', 'Running', 0, 0],
    ['on a node, less than nothing', 'n', 'Running', -1, 1],
    ['on no node', '', 'Pending', undefined, 0],
    ['when it has failed', 'n', 'Failed', 10, 0],
    ['when it has succeeded', 'n', 'Succeeded', undefined, 0],
  ])('grace %s', (_when, nodeName, phase, requested, expected) => {
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, status: { phase } };
    const spec = { nodeName, terminationGracePeriodSeconds: 30, containers: [] };
    expect(podKind.strategy.gracePeriodSeconds?.({ ...object, spec }, requested)).toBe(expected);
  });

  test('a container that has ended for good may not run again', () => {
    const world = bareWorld();
    const before = stored<Pod>(world, pod('restartPolicy: Never, '));
    const container = { name: 'a', ready: false, restartCount: 0, image: 'x', imageID: '' };
    const terminated = { containerStatuses: [{ ...container, state: { terminated: { exitCode: 0 } } }] };
    const ended = world.client.updateStatus({ ...before, status: { ...before.status, ...terminated } });
    const running = { containerStatuses: [{ ...container, state: { running: {} } }] };
    expect(() => world.client.updateStatus({ ...ended, status: { ...ended.status, ...running } })).toThrow(
      'status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state',
    );
  });
});

describe('generations', () => {
  test('of a Deployment count changes of its annotations too', () => {
    const world = bareWorld();
    const template = '{metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: x}]}}';
    const text = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: {matchLabels: {a: b}}, template: ${template}}`;
    const before = stored<Deployment>(world, text);
    const generationWith = (metadata: object) => {
      const current = world.get<Deployment>('Deployment', 'default', 'd');
      return world.client.update({ ...current, metadata: { ...current.metadata, ...metadata } }).metadata.generation;
    };
    expect(before.metadata.generation).toBe(1);
    expect(generationWith({ labels: { c: 'd' } })).toBe(1);
    expect(generationWith({ annotations: { c: 'd' } })).toBe(2);
  });

  test('of an EndpointSlice count endpoints and labels', () => {
    const world = bareWorld();
    const text =
      'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: e}\naddressType: IPv4\nendpoints: []\nports: []';
    const before = stored<EndpointSlice>(world, text);
    const second = world.client.update({ ...before, endpoints: [{ addresses: ['10.0.0.1'] }] });
    const third = world.client.update({ ...second, metadata: { ...second.metadata, labels: { a: 'b' } } });
    const same = world.client.update({ ...third, metadata: { ...third.metadata, annotations: { a: 'b' } } });
    expect([before, second, third, same].map((slice) => slice.metadata.generation)).toEqual([1, 2, 3, 3]);
  });
});

describe('other kinds', () => {
  test('only the namespace controller takes the finalizer of a Namespace', () => {
    const world = bareWorld();
    const space = stored<Namespace>(world, 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}');
    expect(world.client.update({ ...space, spec: {} }).spec).toEqual({ finalizers: ['kubernetes'] });
  });

  test('a ServiceAccount keeps the names of its Secrets', () => {
    const text =
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s}\nsecrets: [{name: a, kind: Secret, namespace: x}]';
    expect(stored<ServiceAccount>(bareWorld(), text).secrets).toEqual([{ name: 'a' }]);
  });

  test('a Lease has no election strategy', () => {
    const text =
      'apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: {name: l}\nspec: {holderIdentity: a, strategy: OldestEmulationVersion}';
    expect(stored<Lease>(bareWorld(), text).spec).toEqual({ holderIdentity: 'a' });
  });
});
