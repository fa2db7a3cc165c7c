/** EndpointSlices in the real engine, with a stand-in for scheduler and kubelets. */
import { expect, test } from 'vitest';
import { createPodRunner } from '../../../testing/pod-runner';
import { createWorld, manifests, type World } from '../../../testing/world';
import type { CoreEvent, EndpointSlice, Node, Pod, ReplicaSet, Service } from '../../api/types';
import type { Component } from '../../client/component';
import { endpointSliceController } from './endpointslice-controller';
import { isSelecting } from './service-endpoints';
import { planAll, planService, slicesOf } from './slice-sync';

const NODES = ['node-a', 'node-b'];

const serviceYaml = (spec: string, name = 'web'): string => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, labels: {team: shop}}
spec: {type: ClusterIP, ipFamilies: [IPv4], ${spec}}
`;
const SELECTING = 'clusterIP: 10.96.0.10, selector: {app: web}, ports: [{port: 80, targetPort: http, protocol: TCP}]';

function replicaSetYaml(replicas: number): string {
  return `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: app, image: "app:v1", ports: [{name: http, containerPort: 8080, protocol: TCP}]}
`;
}

function start(
  documents: readonly string[],
  controller = endpointSliceController as unknown as Component,
  flags: Record<string, string> = {},
): World {
  const machines = NODES.map(
    (name, index) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {topology.kubernetes.io/zone: zone-${index}}}
`,
  );
  return createWorld({
    nodes: 0,
    without: ['default-scheduler', 'node-lifecycle-controller', 'node-controller'],
    components: [createPodRunner({ nodes: NODES, goneAfterMs: 1500 }), controller],
    flags: { 'kube-controller-manager': flags },
    documents: [...machines, ...documents].join('---'),
  });
}

const slices = (world: World): EndpointSlice[] =>
  world
    .list<EndpointSlice>('EndpointSlice', 'default')
    .filter(({ metadata }) => !metadata.name.startsWith('kubernetes'));
const endpoints = (world: World) => slices(world).flatMap((slice) => slice.endpoints ?? []);
const writes = (world: World): number =>
  world.steps().filter(({ actor, object }) => actor === 'endpointslice-controller' && object?.kind === 'EndpointSlice')
    .length;

test('the slice of a Service: endpoints, ports, labels, owner and name', () => {
  const world = start([serviceYaml(SELECTING), replicaSetYaml(2)]);
  world.runUntil(5000);
  const [slice] = slices(world);
  expect(slices(world)).toHaveLength(1);
  expect(slice).toMatchObject({
    apiVersion: 'discovery.k8s.io/v1',
    addressType: 'IPv4',
    ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    metadata: {
      generateName: 'web-',
      labels: {
        team: 'shop',
        'kubernetes.io/service-name': 'web',
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': '2026-01-01T00:00:01Z' },
    },
  });
  expect(slice?.metadata.name).toMatch(/^web-[a-z0-9]{5}$/);
  expect(slice?.metadata.labels).not.toHaveProperty('service.kubernetes.io/headless');
  expect(slice?.metadata.ownerReferences).toMatchObject([{ kind: 'Service', name: 'web', controller: true }]);
  const pods = world.list<Pod>('Pod');
  expect(endpoints(world).map(({ targetRef }) => targetRef?.uid)).toEqual(pods.map(({ metadata }) => metadata.uid));
  for (const endpoint of endpoints(world)) {
    expect(endpoint.conditions).toEqual({ ready: true, serving: true, terminating: false });
    expect(endpoint.zone).toBe(endpoint.nodeName === 'node-a' ? 'zone-0' : 'zone-1');
  }
  world.client.delete('Pod', 'default', pods[0]?.metadata.name ?? '');
  world.runFor(100);
  expect(slices(world)[0]?.metadata).not.toHaveProperty('annotations');
});

test('a Service without Pods has an empty slice, one without a selector has none, a headless one is marked', () => {
  const none = start([serviceYaml(SELECTING)]);
  none.runUntil(2000);
  expect(slices(none).map((slice) => [slice.endpoints, slice.ports])).toEqual([[null, null]]);
  const manual = start([serviceYaml('clusterIP: 10.96.0.10, ports: [{port: 80, protocol: TCP}]'), replicaSetYaml(1)]);
  manual.runUntil(4000);
  expect(slices(manual)).toHaveLength(0);
  const headless = start([serviceYaml('clusterIP: None, selector: {app: web}'), replicaSetYaml(1)]);
  headless.runUntil(4000);
  expect(slices(headless)[0]?.metadata.labels).toHaveProperty('service.kubernetes.io/headless', '');
  expect(endpoints(headless)).toHaveLength(1);
  expect(slices(headless)[0]?.ports).toBeNull();
});

test('a placeholder that is right already is not written again, and turns into the first real slice', () => {
  const world = start([serviceYaml(SELECTING)]);
  world.runUntil(2000);
  const [placeholder] = slices(world);
  world.client.create(JSON.parse(JSON.stringify({ ...podManifest('a') })));
  world.runUntil(6000);
  expect(slices(world).map(({ metadata }) => metadata.name)).toEqual([placeholder?.metadata.name]);
  expect(endpoints(world)).toHaveLength(1);
  expect(writes(world)).toBe(2);
});

function podManifest(name: string): Pod {
  const containers = [
    { name: 'app', image: 'app:v1', ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }] },
  ];
  const metadata = { name, namespace: 'default', labels: { app: 'web' } };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } } as unknown as Pod;
}

test('a terminating Pod serves on but is not ready, and then is gone', () => {
  const world = start([serviceYaml(SELECTING), replicaSetYaml(1)]);
  world.runUntil(4000);
  const [pod] = world.list<Pod>('Pod');
  world.client.delete('Pod', 'default', pod?.metadata.name ?? '');
  world.runUntil(4100);
  const going = endpoints(world).find(({ targetRef }) => targetRef?.uid === pod?.metadata.uid);
  if (world.find('Pod', 'default', pod?.metadata.name ?? '')) {
    expect(going?.conditions).toEqual({ ready: false, serving: true, terminating: true });
  }
  world.runUntil(9000);
  expect(endpoints(world).map(({ conditions }) => conditions?.ready)).toEqual([true]);
});

test('250 Pods fill three slices of at most 100, and shrink away slice by slice', () => {
  const world = start([serviceYaml(SELECTING), replicaSetYaml(250)]);
  world.runUntil(5000);
  expect(
    slices(world)
      .map((slice) => slice.endpoints?.length)
      .sort(),
  ).toEqual([100, 100, 50]);
  world.client.scale('ReplicaSet', 'default', 'web', 0);
  world.runUntil(12_000);
  expect(slices(world).map((slice) => slice.endpoints)).toEqual([null]);
});

test('what someone else changes in a slice is put right a second later', () => {
  const world = start([serviceYaml(SELECTING), replicaSetYaml(2)]);
  world.runUntil(4000);
  const [slice] = slices(world);
  world.client.update({ ...slice, endpoints: [] } as unknown as EndpointSlice);
  world.runUntil(4900);
  expect(endpoints(world)).toHaveLength(0);
  world.runUntil(5100);
  expect(endpoints(world)).toHaveLength(2);
});

test('a batch period gathers changes into one write', () => {
  const world = start([serviceYaml(SELECTING), replicaSetYaml(2)], undefined, {
    'endpointslice-updates-batch-period': '2s',
  });
  world.runUntil(1900);
  expect(endpoints(world)).toHaveLength(0);
  world.runUntil(5000);
  expect(endpoints(world)).toHaveLength(2);
});

test('a Pod on a node that is not there is left out, told of, and tried again', () => {
  const pod = podManifest('lost');
  const world = start([serviceYaml(SELECTING)]);
  world.client.create({ ...pod, spec: { ...pod.spec, nodeName: 'nowhere' } });
  world.runUntil(3000);
  expect(endpoints(world)).toHaveLength(0);
  const messages = (world.events() as CoreEvent[]).filter(({ reason }) => reason === 'FailedToUpdateEndpointSlices');
  expect(messages[0]?.message).toBe(
    'Error updating Endpoint Slices for Service default/web: skipping Pod lost for Service default/web: Node nowhere Not Found',
  );
  world.client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'nowhere' } });
  world.runUntil(12_000);
  expect(endpoints(world)).toHaveLength(1);
});

/** The controller, which before each of its timers plans for all Services in both ways. */
function doubleController(): Component {
  const inner = endpointSliceController as unknown as Component;
  return {
    ...inner,
    handle: (context, timer) => {
      for (const service of context.lister.list<Service>('Service')) {
        const slices = slicesOf(context, service);
        if (isSelecting(service))
          expect(planService(context, service, slices)).toEqual(planAll(context, service, slices));
      }
      inner.handle(context, timer);
    },
  };
}

function busyRun(controller: Component): World {
  const max = { 'max-endpoints-per-slice': '4' };
  const world = start([serviceYaml(SELECTING), replicaSetYaml(9)], controller, max);
  for (let round = 1; round <= 24; round++) {
    world.runUntil(1500 + round * 611);
    const pods = world.list<Pod>('Pod').filter(({ metadata }) => !metadata.deletionTimestamp);
    const pod = pods[(round * 5) % Math.max(1, pods.length)];
    if (!pod) continue;
    if (round % 6 === 0) world.client.delete('Pod', 'default', pod.metadata.name);
    if (round % 6 === 1) world.client.scale('ReplicaSet', 'default', 'web', 2 + ((round * 7) % 13));
    if (round % 6 === 2) setReady(world, pod, 'False');
    if (round % 6 === 3) setReady(world, pod, 'True');
    if (round % 6 === 4) world.client.update({ ...pod, metadata: { ...pod.metadata, labels: { app: 'off' } } });
    if (round % 6 === 5) relabel(world, round);
  }
  world.runUntil(30_000);
  return world;
}

function setReady(world: World, pod: Pod, status: 'True' | 'False'): void {
  const conditions = (pod.status.conditions ?? []).map((one) => (one.type === 'Ready' ? { ...one, status } : one));
  world.client.updateStatus({ ...pod, status: { ...pod.status, conditions } });
}

function relabel(world: World, round: number): void {
  const service = world.get<Service>('Service', 'default', 'web');
  world.client.update({ ...service, metadata: { ...service.metadata, labels: { team: `t${round}` } } });
}

test('going through what differs and going through all Pods make the same plan', () => {
  const world = busyRun(doubleController());
  expect(world.list<ReplicaSet>('ReplicaSet')).toHaveLength(1);
  const selected = world.list<Pod>('Pod').filter(({ metadata }) => metadata.labels?.app === 'web');
  const named = endpoints(world)
    .map(({ targetRef }) => targetRef?.name)
    .sort();
  expect(named).toEqual(selected.map(({ metadata }) => metadata.name).sort());
});

const AUTO = '{service.kubernetes.io/topology-mode: Auto}';
const hintsOf = (world: World) =>
  endpoints(world)
    .map(({ zone = '', hints }) => `${zone}>${hints?.forZones?.map(({ name }) => name).join() ?? ''}`)
    .sort();
const hintEvents = (world: World) =>
  world
    .events()
    .filter((event) => (event as CoreEvent).reason?.startsWith('TopologyAware'))
    .map((event) => `${(event as CoreEvent).type} ${(event as CoreEvent).reason}: ${(event as CoreEvent).message}`);

/** Machines as {@link start} makes them, ready and with so many CPUs. */
function ready(world: World, cpus: readonly string[]): void {
  for (const [index, cpu] of cpus.entries()) {
    const node = world.get<Node>('Node', undefined, NODES[index] as string);
    const conditions = [{ type: 'Ready', status: 'True' }];
    world.client.updateStatus({ ...node, status: { allocatable: { cpu }, conditions } } as Node);
  }
}

function annotate(world: World, annotations: Record<string, string> | undefined): void {
  const { metadata, ...service } = world.get<Service>('Service', 'default', 'web');
  const { annotations: _old, ...rest } = metadata;
  world.client.update({ ...service, metadata: { ...rest, ...(annotations ? { annotations } : {}) } } as Service);
}

test('hints by the CPU of the zones: given, kept up, and taken back', () => {
  const service = serviceYaml(SELECTING).replace('labels:', `annotations: ${AUTO}, labels:`);
  const world = start([service, replicaSetYaml(4)]);
  world.runUntil(5000);
  expect(hintsOf(world)).toEqual(['zone-0>', 'zone-0>', 'zone-1>', 'zone-1>']);
  expect(hintEvents(world)).toContain(
    'Warning TopologyAwareHintsDisabled: Insufficient Node information: allocatable CPU or zone not specified on one or more nodes, addressType: IPv4',
  );
  ready(world, ['3', '1']);
  annotate(world, { 'service.kubernetes.io/topology-mode': 'Auto', again: 'yes' });
  world.runFor(3000);
  expect(hintsOf(world)).toEqual(['zone-0>zone-0', 'zone-0>zone-0', 'zone-1>zone-0', 'zone-1>zone-1']);
  const enabled = 'Normal TopologyAwareHintsEnabled: Topology Aware Hints has been enabled, addressType: IPv4';
  expect(hintEvents(world).filter((text) => text === enabled)).toHaveLength(1);
  const before = writes(world);
  annotate(world, { 'service.kubernetes.io/topology-mode': 'Auto', again: 'no' });
  world.runFor(3000);
  expect(writes(world)).toBe(before);
  annotate(world, undefined);
  world.runFor(3000);
  expect(hintsOf(world)).toEqual(['zone-0>', 'zone-0>', 'zone-1>', 'zone-1>']);
  expect(hintEvents(world)).toContain(
    'Warning TopologyAwareHintsDisabled: Topology Aware Hints has been disabled, addressType: IPv4',
  );
});

test('a zone that a change of Nodes leaves with too few endpoints gets hints anew', () => {
  const service = serviceYaml(SELECTING).replace('labels:', `annotations: ${AUTO}, labels:`);
  const world = start([service]);
  world.runUntil(1000);
  ready(world, ['2', '2']);
  world.client.create(manifests(replicaSetYaml(6))[0] as ReplicaSet);
  world.runFor(8000);
  expect(hintsOf(world).filter((hint) => hint.endsWith('>zone-1'))).toHaveLength(3);
  const [node] = manifests(
    '{apiVersion: v1, kind: Node, metadata: {name: node-c, labels: {topology.kubernetes.io/zone: zone-1}}}',
  );
  const status = { allocatable: { cpu: '8' }, conditions: [{ type: 'Ready', status: 'True' }] };
  world.client.create({ ...node, status } as unknown as Node);
  world.client.updateStatus({ ...world.get<Node>('Node', undefined, 'node-c'), status } as Node);
  world.runFor(3000);
  expect(hintsOf(world).filter((hint) => hint.endsWith('>zone-1'))).toHaveLength(5);
});
