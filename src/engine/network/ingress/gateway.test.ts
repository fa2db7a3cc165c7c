import { expect, test } from 'vitest';
import { createNetworkWorld } from '../../../testing/network-world';
import { createTerminal } from '../../../testing/terminal';
import type { World } from '../../../testing/world';
import type { KubeObject } from '../../api/meta';

const GROUP = 'gateway.networking.k8s.io';
const crd = (kind: string, plural = `${kind.toLowerCase()}s`) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.${GROUP}
  annotations: {api-approved.kubernetes.io: https://github.com/kubernetes-sigs/gateway-api/pull/2466}
spec:
  group: ${GROUP}
  scope: ${kind === 'GatewayClass' ? 'Cluster' : 'Namespaced'}
  names: {kind: ${kind}, plural: ${plural}}
  versions:
  - {name: v1, served: true, storage: true, subresources: {status: {}}, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
---
`;
const server = (name: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec: {containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
---
`;
const elsewhere = (text: string) => text.replaceAll('metadata: {', 'metadata: {namespace: stock, ');
const DOCUMENTS = [
  ...[crd('GatewayClass', 'gatewayclasses'), crd('Gateway'), crd('HTTPRoute'), crd('ReferenceGrant')],
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: stock}\n---\n',
  ...[server('web'), server('copy'), elsewhere(server('db'))],
].join('');

function gatewayFor({ client }: World, rules: readonly object[], grants: readonly object[] = []): void {
  const make = (kind: string, name: string, spec: object, namespace = 'default') => {
    const metadata = { name, ...(kind === 'GatewayClass' ? {} : { namespace }) };
    client.create({ apiVersion: `${GROUP}/v1`, kind, metadata, spec } as KubeObject);
  };
  make('GatewayClass', 'nginx', { controllerName: 'gateway.nginx.org/nginx-gateway-controller' });
  make('Gateway', 'edge', { gatewayClassName: 'nginx', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] });
  make('HTTPRoute', 'shop', { parentRefs: [{ name: 'edge' }], hostnames: ['a.example'], rules });
  const from = [{ group: GROUP, kind: 'HTTPRoute', namespace: 'default' }];
  for (const to of grants) make('ReferenceGrant', 'all', { from, to: [to] }, 'stock');
}

function served(rules: readonly object[], grants: readonly object[] = []) {
  const world = createNetworkWorld({ documents: DOCUMENTS });
  world.runUntil(5000);
  gatewayFor(world, rules, grants);
  world.runUntil(20_000);
  const ask = (path = '/', rest: Parameters<typeof world.send>[0] = {}) =>
    world.send({ host: 'a.example', path, timeoutMs: 5000, ...rest });
  return { world, ask };
}

const DB = { name: 'db', namespace: 'stock', port: 80 };
const foreign = [{ backendRefs: [DB] }];

test('a backend in another namespace is refused with 500 until a ReferenceGrant allows it', () => {
  const { world, ask } = served(foreign);
  expect(ask()).toMatchObject({
    status: 500,
    because:
      'NGINX Gateway Fabric answers 500: no ReferenceGrant in stock lets HTTPRoutes of default refer to Service stock/db',
  });
  const { status } = world.get(`HTTPRoute.${GROUP}`, 'default', 'shop') as unknown as {
    status: { parents: { conditions: { type: string; reason: string }[] }[] };
  };
  expect(status.parents[0]?.conditions.map(({ reason }) => reason)).toEqual(['Accepted', 'RefNotPermitted']);
  expect(served(foreign, [{ group: '', kind: 'Service' }]).ask()).toMatchObject({ status: 200 });
});

test('of several backends one that may not be named fails its share', () => {
  const { ask } = served([{ backendRefs: [DB, { name: 'web', port: 80 }] }]);
  const shares = [0.1, 0.6].map((draw) => ask('/', { draw }).status);
  expect(shares).toEqual([500, 200]);
});

test('nothing is sent to a backend without weight: 500 where there is no other', () => {
  const none = { name: 'web', port: 80, weight: 0 };
  expect(served([{ backendRefs: [none] }]).ask()).toMatchObject({ status: 500 });
  expect(served([{ backendRefs: [none, { ...none, name: 'copy' }] }]).ask()).toMatchObject({ status: 500 });
  const { ask } = served([{ backendRefs: [none, { name: 'copy', port: 80 }] }]);
  expect([0, 0.99].map((draw) => ask('/', { draw }).path.at(-1))).toEqual(['Pod default/copy', 'Pod default/copy']);
});

test('redirects to another path, headers of answers, and a mirror', () => {
  const { world, run } = createTerminal({
    documents: DOCUMENTS,
    flags: { 'ingress-controller': { 'publish-status-address': '192.0.2.1' } },
  });
  world.runUntil(5000);
  const path = { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' };
  gatewayFor(world, [
    {
      matches: [{ path: { type: 'PathPrefix', value: '/old' } }],
      filters: [{ type: 'RequestRedirect', requestRedirect: { path, statusCode: 301 } }],
    },
    {
      backendRefs: [{ name: 'web', port: 80 }],
      filters: [
        { type: 'ResponseHeaderModifier', responseHeaderModifier: { set: [{ name: 'X-Shop', value: 'a' }] } },
        { type: 'RequestMirror', requestMirror: { backendRef: { name: 'copy', port: 80 } } },
      ],
    },
  ]);
  world.runUntil(20_000);
  const ask = (at: string) => run(`exec web -- curl -si -H 'Host: a.example' http://192.0.2.1${at}`).stdout;
  expect(ask('/old/x')).toContain('\r\nLocation: http://a.example/new/x\r\n');
  expect(ask('/')).toContain('\r\nX-Shop: a\r\n');
  expect(run('logs copy').stdout).toContain('"GET / HTTP/1.1" 200');
});

test('nginx that serves Gateways listens where their listeners do, and nowhere else', () => {
  const { world } = served([{ backendRefs: [{ name: 'web', port: 80 }] }]);
  expect(world.send({ host: 'a.example', scheme: 'https', port: 443 })).toMatchObject({
    failure: 'refused',
    because: 'NGINX Gateway Fabric does not listen for https on port 443',
  });
});

test('a listener whose certificate is not there listens to nobody, by the name of who serves Gateways, until it is', () => {
  const world = createNetworkWorld({
    documents: `${DOCUMENTS}apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: other}
spec: {rules: [{host: b.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: none, port: {number: 80}}}}]}}]}
`,
    flags: { 'ingress-controller': { 'controller-class': 'nginx' } },
  });
  world.runUntil(5000);
  gatewayFor(world, [{ backendRefs: [{ name: 'web', port: 80 }] }]);
  const edge = world.get<KubeObject>(`Gateway.${GROUP}`, 'default', 'edge');
  const tls = { certificateRefs: [{ name: 'cert' }] };
  const listeners = [
    { name: 'http', port: 80, protocol: 'HTTP' },
    { name: 'https', port: 443, protocol: 'HTTPS', tls },
  ];
  world.client.update({ ...edge, spec: { ...(edge.spec as object), listeners } } as KubeObject);
  world.runUntil(20_000);
  const ask = () => world.send({ host: 'a.example', scheme: 'https', port: 443, timeoutMs: 5000 });
  expect(ask()).toMatchObject({
    failure: 'refused',
    because:
      'NGINX Gateway Fabric does not listen for https on port 443: listener https of Gateway default/edge has no certificate: Secret default/cert does not exist',
  });
  expect(world.send({ host: 'a.example' })).toMatchObject({ status: 200 });
  expect(world.send({ host: 'b.example' }).because).toMatch(/^ingress-nginx answers 503/);
  world.client.create({
    ...{
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name: 'cert', namespace: 'default' },
    },
    data: { 'tls.crt': 'YQ==', 'tls.key': 'YQ==' },
  } as KubeObject);
  world.runFor(10_000);
  expect(ask()).toMatchObject({ status: 200 });
});

test('beside ingress-nginx it goes by its own name, and names itself where it gives up', () => {
  const ingress = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {ingressClassName: nginx, rules: [{host: b.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---
`;
  const programs = [{ image: 'nginx', listen: [{ port: 80, latencyMs: 90_000 }] }];
  const world = createNetworkWorld({ documents: DOCUMENTS + ingress, programs });
  world.runUntil(5000);
  gatewayFor(world, [{ backendRefs: [{ name: 'web', port: 80 }] }]);
  world.runUntil(20_000);
  const reloads = world.steps().filter(({ verb }) => verb === 'reload');
  expect(reloads.map(({ actor, message }) => `${actor}: ${message}`)).toEqual([
    'ingress-controller/nginx: ingress-nginx serves one rule after its reload',
    'ingress-controller/nginx-gateway: NGINX Gateway Fabric serves one rule after its reload',
  ]);
  const ask = (host: string) => world.send({ host, path: '/', timeoutMs: 200_000, draw: 0 }).because;
  const late = 'Pod default/web takes 90000 ms to answer, and';
  expect(ask('a.example')).toBe(`NGINX Gateway Fabric answers 504: ${late} NGINX Gateway Fabric waits 60000 ms`);
  expect(ask('b.example')).toBe(`ingress-nginx answers 504: ${late} ingress-nginx waits 60000 ms`);
});
