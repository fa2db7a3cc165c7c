/** Endpoints of Services, and slices that mirror hand-written ones. */
import { describe, expect, test } from 'vitest';
import { createWorld, manifests, type World } from '../../../testing/world';
import type { EndpointSlice, Endpoints, Pod } from '../../api/types';
import { type Member, portsKeyOf, subsetsOf, truncated } from './endpoints-members';

const service = (spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {team: a}}\nspec: ${spec}\n`;
const pod = (name: string, more = '', containers = '{name: app, image: "app:v1"}'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {app: web}}\nspec: {${more}containers: [${containers}]}\n`;
const text = (...documents: readonly string[]): string => documents.join('---\n');
const programs = [{ image: 'app:*', pull: 1000, startMs: 500 }];
const world = (...documents: readonly string[]): World => createWorld({ programs, documents: text(...documents) });
const endpointsOf = (here: World): Endpoints | undefined => here.find('Endpoints', 'default', 'web');
const addresses = (here: World, side: 'addresses' | 'notReadyAddresses'): (string | undefined)[] =>
  (endpointsOf(here)?.subsets ?? []).flatMap((subset) => (subset[side] ?? []).map(({ targetRef }) => targetRef?.name));

test('Endpoints follow the Pods of a Service, and the Service', () => {
  const here = world(service('{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}'), pod('a'), pod('b'));
  here.runUntil(20);
  expect(endpointsOf(here)?.subsets).toBeUndefined();
  here.runUntil(5000);
  expect(endpointsOf(here)).toMatchObject({
    metadata: { labels: { team: 'a', 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' } },
    subsets: [{ ports: [{ port: 8080, protocol: 'TCP' }] }],
  });
  expect(addresses(here, 'addresses').sort()).toEqual(['a', 'b']);
  const { podIP } = here.get<Pod>('Pod', 'default', 'a').status;
  expect(JSON.stringify(endpointsOf(here)?.subsets)).toContain(`"ip":"${podIP}","nodeName":"node-`);
  here.client.delete('Pod', 'default', 'a');
  here.runFor(100);
  expect(addresses(here, 'addresses')).toEqual(['b']);
  expect(addresses(here, 'notReadyAddresses')).toEqual([]);
  here.client.delete('Endpoints', 'default', 'web');
  here.runFor(100);
  expect(addresses(here, 'addresses')).toEqual(['b']);
  here.client.delete('Service', 'default', 'web');
  here.runFor(100);
  expect(endpointsOf(here)).toBeUndefined();
});

test('a Pod that is not ready is listed as that', () => {
  const probe = '{name: app, image: "app:v1", readinessProbe: {tcpSocket: {port: 9}}}';
  const here = world(service('{selector: {app: web}, ports: [{port: 80}]}'), pod('a', '', probe));
  here.runUntil(5000);
  expect(addresses(here, 'notReadyAddresses')).toEqual(['a']);
});

test('a headless Service is marked, and needs no ports; hostnames are told', () => {
  const here = world(service('{selector: {app: web}, clusterIP: None}'), pod('a', 'hostname: h, subdomain: web, '));
  here.runUntil(5000);
  expect(endpointsOf(here)?.metadata.labels).toHaveProperty(['service.kubernetes.io/headless'], '');
  expect(endpointsOf(here)?.subsets?.[0]).toMatchObject({ addresses: [{ hostname: 'h' }] });
  expect(endpointsOf(here)?.subsets?.[0]?.ports).toBeUndefined();
});

const member = (ip: string, ports: readonly [name: string, port: number][], isReady = true): Member => {
  const list = ports.map(([name, port]) => ({ name, port, protocol: 'TCP' }));
  return { address: { ip }, isReady, ports: list, portsKey: portsKeyOf(list) };
};
const told = (members: readonly Member[]): string[] =>
  subsetsOf(members).map(({ addresses: ready = [], notReadyAddresses = [], ports = [] }) => {
    const ips = [...ready.map(({ ip }) => ip), ...notReadyAddresses.map(({ ip }) => `(${ip})`)];
    return `${ips.join(' ')}: ${ports
      .map(({ name, port }) => `${name}=${port}`)
      .sort()
      .join(' ')}`;
  });

test.each<[string, readonly Member[], string[]]>([
  ['nobody', [], []],
  ['all alike', [member('1', [['a', 1]]), member('2', [['a', 1]], false)], ['1 (2): a=1']],
  ['no ports', [member('1', []), member('2', [])], ['1 2: ']],
  [
    'one port shared, one not',
    [
      member('1', [
        ['a', 1],
        ['b', 2],
      ]),
      member('2', [
        ['a', 1],
        ['b', 3],
      ]),
    ],
    ['1 2: a=1', '1: b=2', '2: b=3'],
  ],
])('subsets are as few as can be: %s', (_what, members, subsets) => {
  expect(told(members).sort()).toEqual(subsets);
});

test('more than a thousand are cut, those that are ready stay longest', () => {
  const many = (count: number, isReady: boolean) =>
    Array.from({ length: count }, (_, index) => member(`${isReady}${index}`, [['a', 1]], isReady));
  const sizes = (ready: number, notReady: number) =>
    truncated(subsetsOf([...many(ready, true), ...many(notReady, false)]))?.map(
      ({ addresses: kept = [], notReadyAddresses = [] }) => [kept.length, notReadyAddresses.length],
    );
  expect(sizes(900, 100)).toBeUndefined();
  expect(sizes(900, 101)).toEqual([[900, 100]]);
  expect(sizes(1001, 5)).toEqual([[1000, 0]]);
});

describe('Endpoints by hand', () => {
  const byHand = `apiVersion: v1
kind: Endpoints
metadata: {name: web, labels: {a: b}}
subsets:
- {addresses: [{ip: 192.0.2.1}, {ip: "2001:db8::1"}], notReadyAddresses: [{ip: 192.0.2.2}], ports: [{port: 80}]}
`;
  const slices = (here: World): EndpointSlice[] => here.list('EndpointSlice', 'default');
  const sliceText = (here: World): string[] =>
    slices(here).map(
      ({ addressType, endpoints }) =>
        `${addressType} ${(endpoints ?? []).map(({ addresses: [ip], conditions }) => `${ip}=${conditions?.ready}`).join(' ')}`,
    );

  test('are mirrored, followed and cleared away', () => {
    const here = world(service('{ports: [{port: 80}]}'), byHand);
    here.runUntil(1000);
    expect(sliceText(here).sort()).toEqual(['IPv4 192.0.2.1=true 192.0.2.2=false', 'IPv6 2001:db8::1=true']);
    expect(slices(here)[0]?.metadata).toMatchObject({
      generateName: 'web-',
      labels: { a: 'b', 'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io' },
      ownerReferences: [{ kind: 'Endpoints', name: 'web' }],
    });
    const [changed] = manifests(byHand.replace('2001:db8::1', '192.0.2.9').replace('{port: 80}', '{port: 81}'));
    here.client.update(changed as Endpoints);
    here.runFor(1000);
    expect(sliceText(here)).toEqual(['IPv4 192.0.2.1=true 192.0.2.9=true 192.0.2.2=false']);
    here.client.delete('EndpointSlice', 'default', slices(here)[0]?.metadata.name ?? '');
    here.runFor(1000);
    expect(slices(here)).toHaveLength(1);
    here.client.delete('Endpoints', 'default', 'web');
    here.runFor(1000);
    expect(slices(here)).toEqual([]);
  });

  test('have their ports in the order of all slices, not in that of Endpoints', () => {
    const ports = '{name: http, port: 80}, {name: https, port: 443}';
    const here = world(service(`{ports: [${ports}]}`), byHand.replace('{port: 80}', ports));
    here.runUntil(1000);
    expect(slices(here)[0]?.ports?.map(({ name }) => name)).toEqual(['https', 'http']);
  });

  test('are left alone with a label, or where the Service selects by itself', () => {
    const skipped = byHand.replace('a: b', 'endpointslice.kubernetes.io/skip-mirror: "true"');
    const here = world(service('{ports: [{port: 80}]}'), skipped);
    here.runUntil(1000);
    expect(slices(here)).toEqual([]);
    const selecting = world(service('{selector: {app: web}, ports: [{port: 80}]}'), byHand);
    selecting.runUntil(1000);
    expect(sliceText(selecting)).toEqual(['IPv4 ']);
    expect(endpointsOf(selecting)?.subsets).toBeUndefined();
  });
});
