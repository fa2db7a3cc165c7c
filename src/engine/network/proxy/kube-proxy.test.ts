/** What kube-proxies do over time: when they program, what stays while they are down, what packets meet meanwhile. */

import { describe, expect, test } from 'vitest';
import { createNetworkWorld, type NetworkWorld } from '../../../testing/network-world';
import type { Deployment, Pod, Service } from '../../api/types';
import type { TimedInput } from '../../simulation';

const deployment = (replicas: number, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {${more}containers: [{name: app, image: nginx, ports: [{containerPort: 80}]}]}
---
`;
const service = (spec = '', name = 'web'): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {clusterIP: 10.96.0.77, type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30001}]${spec}}
---
`;
const client = (node: string): string => `apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: ${node}, containers: [{name: c, image: busybox, command: [sleep, "9999"]}]}
`;
const fault = (atMs: number, payload: object): TimedInput => ({ to: 'fault', kind: 'fault', payload, atMs });

/** The Pods that requests with evenly spread draws reach, or what becomes of them otherwise, with how often. */
function reached(
  world: NetworkWorld,
  request: Parameters<NetworkWorld['send']>[0],
  count = 12,
): Record<string, number> {
  const results: Record<string, number> = {};
  for (let index = 0; index < count; index++) {
    const { failure, path } = world.send({ ...request, draw: index / count });
    const result = failure ?? path[path.length - 1] ?? '';
    results[result] = (results[result] ?? 0) + 1;
  }
  return results;
}

const webPods = (world: NetworkWorld): Pod[] =>
  world.list<Pod>('Pod', 'default').filter(({ metadata }) => metadata.labels?.app === 'web');
const label = ({ metadata }: Pod): string => `Pod default/${metadata.name}`;
const syncs = (world: NetworkWorld) => world.steps().filter(({ actor }) => actor === 'kube-proxy/node-1');

test('a change is programmed at once, the next ones a second later', () => {
  const world = createNetworkWorld({ documents: deployment(3) + service() });
  world.runUntil(20_000);
  const times = syncs(world).map(({ time }) => time);
  expect(times.length).toBeGreaterThan(1);
  for (const [index, time] of times.entries())
    if (index > 0) expect(time - (times[index - 1] as number)).toBeGreaterThanOrEqual(1000);
  expect(syncs(world)[0]?.message).toBe('node-1 refuses what is for Service default/web: it has no endpoints');
  expect(syncs(world).at(-1)?.message).toMatch(/^node-1 sends what is for Service default\/web to 3 endpoints: 10\./);
});

test('iptables gives each endpoint an equal share', () => {
  const world = createNetworkWorld({ documents: deployment(3) + service() });
  world.runUntil(10_000);
  expect(Object.values(reached(world, { port: 30001 }))).toEqual([4, 4, 4]);
});

test.each([
  ['rr', [4, 4, 4]],
  ['lc', [4, 4, 4]],
  ['sed', [4, 4, 4]],
  ['nq', [4, 4, 4]],
  ['sh', [12]],
  ['dh', [12]],
])('ipvs with %s', (scheduler, shares) => {
  const flags = { 'kube-proxy': { mode: 'ipvs', 'ipvs-scheduler': scheduler } };
  const world = createNetworkWorld({ documents: deployment(3) + service(), flags });
  world.runUntil(10_000);
  const counts = reached(world, { port: 30001 });
  expect(Object.values(counts).sort()).toEqual(shares);
  // Turn by turn: no two in a row are the same.
  const [first, second] = [world.send({ port: 30001 }), world.send({ port: 30001 })].map(({ podUid }) => podUid);
  expect(first === second).toBe(shares.length === 1);
});

test('with lc a Pod that is new makes up for what the others had in the last two minutes alone', () => {
  const flags = { 'kube-proxy': { mode: 'ipvs', 'ipvs-scheduler': 'lc' } };
  const world = createNetworkWorld({ documents: deployment(2) + service(), flags });
  world.runUntil(10_000);
  const ask = (times: number): string[] =>
    Array.from({ length: times }, () => {
      world.runFor(100);
      return world.send({ port: 30001 }).podUid ?? '';
    });
  const old = new Set(ask(40));
  expect(old.size).toBe(2);
  world.runFor(135_000);
  ask(6);
  const web = world.get<Deployment>('Deployment', 'default', 'web');
  world.client.update({ ...web, spec: { ...web.spec, replicas: 3 } } as Deployment);
  world.runFor(10_000);
  // Three for each of the others, then in turn.
  const fresh = ask(6).filter((uid) => !old.has(uid));
  expect(fresh).toHaveLength(4);
});

test.each([
  ['iptables', 'timeout', 'timeout'],
  ['ipvs', 'refused', 'timeout'],
  ['nftables', 'refused', 'refused'],
])('%s: a port without a rule comes to %s, an address without one to %s', (mode, port, address) => {
  const world = createNetworkWorld({
    documents: deployment(1) + service() + client('node-1'),
    flags: { 'kube-proxy': { mode } },
  });
  world.runUntil(10_000);
  const source = world.pod('client');
  expect(world.send({ source, host: '10.96.0.77', port: 81 }).failure).toBe(port);
  expect(world.send({ source, host: '10.96.0.99', port: 80 }).failure).toBe(address);
});

test('a client with affinity stays with its Pod until its time is over', () => {
  const affinity = ', sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 10}}';
  const world = createNetworkWorld({ documents: deployment(3) + service(affinity) });
  world.runUntil(10_000);
  expect(Object.values(reached(world, { port: 30001 }))).toEqual([12]);
  expect(Object.values(reached(world, { port: 30001, client: '203.0.113.2' }))).toEqual([12]);
  const before = world.send({ port: 30001, draw: 0.99 }).podUid;
  world.runFor(9_999);
  expect(world.send({ port: 30001, draw: 0.5 }).podUid).toBe(before);
  world.runFor(10_000);
  expect(world.send({ port: 30001, draw: 0.5 }).podUid).not.toBe(before);
});

describe('traffic policies', () => {
  const local = `nodeName: node-2, `;
  test('externalTrafficPolicy Local drops what comes to nodes without endpoints, and keeps Pods of the cluster served', () => {
    const world = createNetworkWorld({
      documents: deployment(2, local) + service(', externalTrafficPolicy: Local') + client('node-1'),
    });
    world.runUntil(10_000);
    expect(world.send({ port: 30001 })).toMatchObject({ failure: 'timeout' });
    expect(world.send({ host: 'node-2', port: 30001 }).status).toBe(200);
    expect(world.send({ source: world.pod('client'), host: 'node-1', port: 30001 }).status).toBe(200);
  });
  test('internalTrafficPolicy Local serves a node from its own Pods alone', () => {
    const documents = deployment(2, local) + service(', internalTrafficPolicy: Local');
    for (const [node, result] of [
      ['node-1', 'timeout'],
      ['node-2', 200],
    ] as const) {
      const world = createNetworkWorld({ documents: documents + client(node) });
      world.runUntil(10_000);
      const { failure, status } = world.send({ source: world.pod('client'), host: 'web' });
      expect(failure ?? status).toBe(result);
    }
  });
  test('trafficDistribution PreferSameNode keeps to the node while it has an endpoint', () => {
    const world = createNetworkWorld({
      documents: deployment(6) + service(', trafficDistribution: PreferSameNode') + client('node-1'),
    });
    world.runUntil(10_000);
    const here = webPods(world)
      .filter(({ spec }) => spec.nodeName === 'node-1')
      .map(label);
    expect(here.length).toBeGreaterThan(0);
    expect(Object.keys(reached(world, { source: world.pod('client'), host: 'web' })).sort()).toEqual(here.sort());
  });
});

test('while kube-proxy is down on a node its old rules stay, and new Pods get nothing there', () => {
  const world = createNetworkWorld({
    documents: deployment(1) + service(),
    inputs: [fault(10_000, { type: 'component-down', component: 'kube-proxy', node: 'node-1', for: '30s' })],
  });
  world.runUntil(11_000);
  const [old] = webPods(world).map(label);
  world.client.scale('Deployment', 'default', 'web', 3);
  world.runUntil(20_000);
  expect(Object.keys(reached(world, { host: 'node-1', port: 30001 }))).toEqual([old]);
  expect(Object.keys(reached(world, { host: 'node-2', port: 30001 }))).toHaveLength(3);
  world.runUntil(41_000);
  expect(Object.keys(reached(world, { host: 'node-1', port: 30001 }))).toHaveLength(3);
});

test("a dead node's share times out until its Pods are not ready and the others' proxies have heard of it", () => {
  const world = createNetworkWorld({
    documents: deployment(3) + service(),
    inputs: [fault(20_000, { type: 'node-crash', node: 'node-3' })],
  });
  world.runUntil(30_000);
  const { cause, because } =
    [0, 0.4, 0.8].map((draw) => world.send({ port: 30001, draw })).find(({ failure }) => failure === 'timeout') ?? {};
  expect(because).toBe('Node node-3 is dead: nobody answers');
  expect(world.steps()[(cause ?? 0) - 1]?.actor).toBe('fault');
  expect(reached(world, { port: 30001 }).timeout).toBe(4);
  expect(world.send({ host: 'node-3', port: 30001 }).failure).toBe('timeout');
  world.runUntil(75_000);
  expect(reached(world, { port: 30001 }).timeout).toBeUndefined();
});

test('Pods that end serve only while no other is ready', () => {
  const sleep = 'terminationGracePeriodSeconds: 60, ';
  const documents =
    deployment(2, sleep).replace('image: nginx,', 'image: nginx, lifecycle: {preStop: {sleep: {seconds: 30}}},') +
    service();
  const world = createNetworkWorld({ documents });
  world.runUntil(10_000);
  const [first, second] = webPods(world).map(({ metadata }) => metadata.name) as [string, string];
  world.client.scale('Deployment', 'default', 'web', 0);
  world.runFor(3000);
  expect(Object.keys(reached(world, { port: 30001 })).sort()).toEqual(
    [`Pod default/${first}`, `Pod default/${second}`].sort(),
  );
  world.client.scale('Deployment', 'default', 'web', 1);
  world.runFor(8000);
  const others = Object.keys(reached(world, { port: 30001 }));
  expect(others).toHaveLength(1);
  expect(others[0]).not.toBe(`Pod default/${first}`);
  expect(others[0]).not.toBe(`Pod default/${second}`);
});

test('between SIGTERM and the next sync a node still sends to a Pod that refuses', () => {
  const world = createNetworkWorld({ documents: deployment(2) + service() });
  world.runUntil(10_000);
  const [gone] = webPods(world);
  world.client.delete('Pod', 'default', gone?.metadata.name ?? '');
  // Proxies have just synced, so the next change waits.
  world.runFor(15);
  world.client.patch('Service', 'default', 'web', { type: 'merge', body: { metadata: { labels: { a: 'b' } } } });
  const outcomes = [0, 0.5].map((draw) => world.send({ port: 30001, draw, timeoutMs: 500 }));
  const refused = outcomes.find(({ failure }) => failure !== undefined);
  expect(refused?.failure).toBe('refused');
  expect(refused?.because).toMatch(/was told to end \d+ ms before/);
  expect(world.steps()[(refused?.cause ?? 0) - 1]?.actor).toMatch(/^kubelet\//);
});

test('what is asked in retrospect is answered as it would have been then', () => {
  const world = createNetworkWorld({ documents: deployment(1) + service() });
  world.runUntil(10_000);
  world.client.delete('Deployment', 'default', 'web');
  world.client.delete('Service', 'default', 'web');
  world.runUntil(13_000);
  expect(world.send({ port: 30001 }).failure).toBe('refused');
  expect(world.send({ port: 30001, atMs: 9_900 }).status).toBe(200);
});

test.each([
  ['iptables', 200],
  ['ipvs', 200],
  ['nftables', 'refused'],
])('a node port on the loopback address with %s: %s', (mode, result) => {
  const world = createNetworkWorld({ documents: deployment(1) + service(), flags: { 'kube-proxy': { mode } } });
  world.runUntil(10_000);
  const { status, failure } = world.send({ source: { kind: 'node', node: 'node-2' }, host: '127.0.0.1', port: 30001 });
  expect(failure ?? status).toBe(result);
});

test('an external address is taken in by every node', () => {
  const world = createNetworkWorld({ documents: deployment(1) + service(', externalIPs: [198.51.100.7]') });
  world.runUntil(10_000);
  expect([0, 0.4, 0.8].map((draw) => world.send({ host: '198.51.100.7', draw }).status)).toEqual([200, 200, 200]);
  expect(world.send({ host: '198.51.100.7', port: 81 }).failure).toBe('timeout');
});

test('a load balancer takes nothing from outside of its source ranges', () => {
  const ranges = service(', loadBalancerSourceRanges: [203.0.113.0/24]').replace('NodePort', 'LoadBalancer');
  const flags = { 'cloud-controller-manager': {} };
  const world = createNetworkWorld({ documents: deployment(1) + ranges, flags });
  world.runUntil(20_000);
  const [{ ip: host = '' } = {}] = world.get<Service>('Service', 'default', 'web').status?.loadBalancer?.ingress ?? [];
  expect(world.send({ host, client: '203.0.113.9' }).status).toBe(200);
  expect(world.send({ host, client: '192.0.2.1' })).toMatchObject({ failure: 'timeout' });
  // Node ports have no such ranges.
  expect(world.send({ port: 30001, client: '192.0.2.1' }).status).toBe(200);
});

test('trafficDistribution PreferSameZone keeps to the zone while all endpoints have a hint', () => {
  const zones = ['a', 'a', 'b'].map((zone, index) => ({
    name: `node-${index + 1}`,
    labels: { 'topology.kubernetes.io/zone': zone },
  }));
  const world = createNetworkWorld({
    nodes: zones,
    documents: deployment(6) + service(', trafficDistribution: PreferSameZone') + client('node-3'),
  });
  world.runUntil(10_000);
  const own = webPods(world).filter(({ spec }) => spec.nodeName === 'node-3');
  expect(Object.keys(reached(world, { source: world.pod('client'), host: 'web' })).sort()).toEqual(
    own.map(label).sort(),
  );
});

test('a host port leads into its Pod on that node alone', () => {
  const documents = deployment(1, 'nodeName: node-2, ').replace(
    'containerPort: 80',
    'containerPort: 80, hostPort: 8080',
  );
  const world = createNetworkWorld({ documents });
  world.runUntil(10_000);
  expect(world.send({ host: 'node-2', port: 8080 }).path.at(-1)).toBe(label(webPods(world)[0] as Pod));
  expect(world.send({ host: 'node-1', port: 8080 }).failure).toBe('refused');
});

test('a node that is cut off answers nobody, and its Pods reach only one another', () => {
  const world = createNetworkWorld({
    documents: deployment(1, 'nodeName: node-1, ') + service() + client('node-3'),
    inputs: [fault(15_000, { type: 'node-partition', node: 'node-3' })],
  });
  world.runUntil(20_000);
  expect(world.send({ host: 'node-3', port: 30001 })).toMatchObject({ failure: 'timeout' });
  const out = world.send({ source: world.pod('client'), host: '10.96.0.77' });
  expect(out.failure).toBe('timeout');
  expect(world.steps()[(out.cause ?? 0) - 1]?.actor).toBe('fault');
  expect(world.send({ source: world.pod('client'), host: 'web' }).failure).toBe('dns');
  expect(world.send({ host: 'node-1', port: 30001 }).status).toBe(200);
});

test('on its health check port a kube-proxy tells whether its node has endpoints of the Service, as long as it is alive', () => {
  const world = createNetworkWorld({
    documents: `${deployment(1, 'nodeName: node-1, ')}apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31000, selector: {app: web}, ports: [{port: 80}]}
`,
    inputs: [fault(20_000, { type: 'component-down', component: 'kube-proxy', node: 'node-1' })],
  });
  const ask = (host: string, port = 31_000) => {
    const { status, failure } = world.send({ host, port });
    return failure ?? status;
  };
  world.runUntil(15_000);
  expect([ask('node-1'), ask('node-2'), ask('node-2', 10_256)]).toEqual([200, 'http-503', 200]);
  world.runUntil(21_000);
  expect([ask('node-1'), ask('node-1', 10_256), ask('node-2')]).toEqual(['refused', 'refused', 'http-503']);
});
