import { describe, expect, it, test } from 'vitest';
import { createNetworkWorld } from '../../../testing/network-world';
import type { CoreEvent, Ingress } from '../../api/types';

const pod = (name: string, image: string, port = 80) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name.replace(/-.*/, '')}}}
spec: {containers: [{name: c, image: "${image}", ports: [{containerPort: ${port}}]}]}
---
`;
const service = (name: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}
---
`;
const CLASS = (controller: string, name = 'main') => `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: ${name}}
spec: {controller: ${controller}}
---
`;
const path = (at: string, backend: string, type = 'Prefix') =>
  `{path: ${at}, pathType: ${type}, backend: {service: {name: ${backend}, port: {name: http}}}}`;
const ingress = (rest: string, name = 'shop') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}}
spec:
  ingressClassName: main
${rest}
---
`;
const BACKENDS = [
  pod('web-1', 'shop:1'),
  pod('half-1', 'shop:1'),
  pod('half-2', 'shop:1', 8080).replace('labels', 'annotations: {x: y}, labels'),
  pod('slow-1', 'slow:1'),
  pod('late-1', 'slow:1'),
  pod('late-2', 'shop:1'),
  ...['web', 'half', 'slow', 'late', 'empty'].map(service),
].join('');
const SHOP = ingress(`  rules:
  - host: shop.example
    http:
      paths:
      - ${path('/', 'web')}
      - ${path('/half', 'half')}
      - ${path('/slow', 'slow')}
      - ${path('/late', 'late')}
      - ${path('/empty', 'empty')}
      - ${path('/nobody', 'nobody')}
      - ${path('/exact', 'web', 'Exact')}
  - host: "*.wild.example"
    http: {paths: [${path('/', 'web')}]}`);
const PROGRAMS = [{ image: 'slow:*', listen: [{ port: 80, latencyMs: 90_000 }] }];

function served(documents: string, flags = {}) {
  const world = createNetworkWorld({ documents, flags, programs: PROGRAMS });
  world.runUntil(15_000);
  const ask = (host: string, at = '/', rest: Parameters<typeof world.send>[0] = {}) => {
    const { path: way, ...outcome } = world.send({ host, path: at, timeoutMs: 200_000, ...rest });
    const { failure, status, because, location } = outcome;
    return { failure, status, because, location, way: way.join(' > ') };
  };
  return { world, ask };
}

describe('ingress-nginx', () => {
  const { ask, world } = served(CLASS('k8s.io/ingress-nginx') + SHOP + BACKENDS);
  it.each([
    ['shop.example', '/', 200, ''],
    ['shop.example', '/anything', 200, ''],
    ['a.wild.example', '/', 200, ''],
    ['shop.example', '/empty', 503, 'ingress-nginx answers 503: Service default/empty has no endpoint that is ready'],
    ['shop.example', '/nobody', 503, 'ingress-nginx answers 503: Service default/nobody does not exist'],
    [
      'shop.example',
      '/slow',
      504,
      'ingress-nginx answers 504: Pod default/slow-1 takes 90000 ms to answer, and ingress-nginx waits 60000 ms',
    ],
    ['nobody.example', '/', undefined, 'no DNS server knows the name nobody.example'],
  ])('%s%s: %s', (host, at, status, because) => {
    expect(ask(host, at)).toMatchObject({ status, because });
  });
  it('says by which way', () =>
    expect(ask('shop.example').way).toBe(
      'ingress-nginx > Ingress default/shop > Service default/web > Pod default/web-1',
    ));
  it.each([
    ['GET', '/half', [200, 200]],
    ['POST', '/half', [200, 200]],
    ['GET', '/late', [200, 200]],
    ['POST', '/late', [200, 504]],
  ] as const)('sends a %s for %s once more, unless it may have been done already', (method, at, statuses) => {
    expect([0, 0.6].map((draw) => ask('shop.example', at, { draw, method }).status).sort()).toEqual(statuses);
  });
  it.each([
    ['GET', 180_000],
    ['POST', 60_000],
  ])(
    'asks the only endpoint once more as it would another: a %s that is not answered ends after %i ms',
    (method, ms) => {
      const { status, latencyMs } = world.send({ host: 'shop.example', path: '/slow', method, timeoutMs: 200_000 });
      expect([status, latencyMs]).toEqual([504, ms]);
    },
  );
  it('listens on no other port', () => expect(ask('shop.example', '/', { port: 8080 }).failure).toBe('refused'));
  it('takes a while to load what is new', () => {
    const reloads = world
      .steps()
      .filter(({ actor, verb }) => actor === 'ingress-controller/nginx' && verb === 'reload');
    expect(reloads.length).toBeGreaterThan(0);
    expect(reloads[0]?.message).toMatch(/^ingress-nginx serves \d rules after its reload$/);
  });
  it('publishes no address that it was not told', () =>
    expect(world.get<Ingress>('Ingress', 'default', 'shop').status).toEqual({ loadBalancer: {} }));
});

test('the name of a host still leads to its controller when its Ingress is gone: 404', () => {
  const { ask, world } = served(CLASS('k8s.io/ingress-nginx') + SHOP + BACKENDS);
  expect(ask('shop.example').status).toBe(200);
  world.client.delete('Ingress', 'default', 'shop');
  world.runFor(10_000);
  for (const host of ['shop.example', 'a.wild.example']) {
    expect(ask(host)).toMatchObject({ status: 404, because: `ingress-nginx answers 404: no rule is for ${host}/` });
  }
});

test('nobody serves a host without a controller', () => {
  const { ask } = served(SHOP.replace('  ingressClassName: main\n', '') + BACKENDS);
  expect(ask('shop.example')).toMatchObject({
    failure: 'refused',
    because: 'no Ingress controller is there to serve shop.example',
  });
});

test('a class that nobody serves is left alone by a controller that is there: 404', () => {
  const { ask } = served(CLASS('k8s.io/ingress-nginx', 'other') + CLASS('example.com/mine') + SHOP + BACKENDS);
  expect(ask('shop.example')).toMatchObject({ failure: 'http-404' });
});

test('a controller that the scenario names takes Ingresses without a class, and publishes the address it is told', () => {
  const flags = { 'ingress-controller': { 'publish-status-address': '203.0.113.7' } };
  const { ask, world } = served(SHOP.replace('  ingressClassName: main\n', '') + BACKENDS, flags);
  expect(ask('shop.example').status).toBe(200);
  expect(world.get<Ingress>('Ingress', 'default', 'shop').status.loadBalancer?.ingress).toEqual([
    { ip: '203.0.113.7' },
  ]);
  expect(ask('203.0.113.7')).toMatchObject({ failure: 'http-404' });
  expect(ask('203.0.113.7', '/', { headers: { Host: 'shop.example' } }).status).toBe(200);
});

describe('TLS', () => {
  const TLS = ingress(`  tls: [{hosts: [shop.example], secretName: shop-tls}]
  defaultBackend: {service: {name: web, port: {number: 80}}}
  rules:
  - host: shop.example
    http: {paths: [${path('/cart', 'web')}]}`);
  const { ask, world } = served(CLASS('k8s.io/ingress-nginx') + TLS + BACKENDS);
  it('sends people from http to https', () =>
    expect(ask('shop.example', '/cart')).toMatchObject({ status: 308, location: 'https://shop.example/cart' }));
  it('serves https, with the default certificate when the Secret is missing', () => {
    expect(ask('shop.example', '/cart', { scheme: 'https', port: 443 }).status).toBe(200);
    expect(world.steps().some(({ message }) => message.includes('Secret default/shop-tls has no certificate'))).toBe(
      true,
    );
  });
  it('sends what no rule is for to the default backend', () =>
    expect(ask('shop.example', '/other', { scheme: 'https', port: 443 }).status).toBe(200));
});

const crd = (kind: string, group: string, version: string, scope = 'Namespaced') => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${kind.toLowerCase()}s.${group}${group.endsWith('k8s.io') ? ', annotations: {api-approved.kubernetes.io: "https://github.com/kubernetes-sigs/gateway-api/pull/2466"}' : ''}}
spec:
  group: ${group}
  scope: ${scope}
  names: {kind: ${kind}, plural: ${kind.toLowerCase()}s, singular: ${kind.toLowerCase()}}
  versions:
  - name: ${version}
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
---
`;

describe("Traefik's own kinds", () => {
  const route = (name: string, entryPoint: string, rest: string) => `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {name: ${name}}
spec:
  entryPoints: [${entryPoint}]
  routes:
  - match: Host(\`shop.example\`)
    kind: Rule
    services: [{name: web, port: 80}]
${rest}
---
`;
  const documents = [
    CLASS('traefik.io/ingress-controller'),
    ...['IngressRoute', 'Middleware'].map((kind) => crd(kind, 'traefik.io', 'v1alpha1')),
    BACKENDS,
  ].join('');
  const { world, ask } = served(documents);
  world.client.create({
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'Middleware',
    metadata: { name: 'https', namespace: 'default' },
    spec: { redirectScheme: { scheme: 'https', permanent: true } },
  });
  const created = [route('plain', 'web', '    middlewares: [{name: https}]'), route('secure', 'websecure', '')];
  it('serve a host, and redirect', async () => {
    const { parse } = await import('yaml');
    for (const text of created) {
      const object = parse(text.replace('---', ''));
      world.client.create({ ...object, metadata: { ...object.metadata, namespace: 'default' } });
    }
    world.runFor(5000);
    expect(ask('shop.example')).toMatchObject({ status: 301, way: 'Traefik > IngressRoute default/plain' });
    expect(ask('shop.example', '/', { scheme: 'https', port: 443 })).toMatchObject({ status: 200 });
  });
});

test('an HTTPRoute at a Gateway of a class that is served', () => {
  const group = 'gateway.networking.k8s.io';
  const { world, ask } = served(
    [
      crd('GatewayClass', group, 'v1', 'Cluster')
        .replace('gatewayclasss', 'gatewayclasses')
        .replace('plural: gatewayclasss', 'plural: gatewayclasses'),
      crd('Gateway', group, 'v1'),
      crd('HTTPRoute', group, 'v1'),
      BACKENDS,
    ].join(''),
  );
  const make = (kind: string, name: string, spec: object) =>
    world.client.create({
      apiVersion: `${group}/v1`,
      kind,
      metadata: { name, ...(kind === 'GatewayClass' ? {} : { namespace: 'default' }) },
      spec,
    });
  make('GatewayClass', 'traefik', { controllerName: 'traefik.io/gateway-controller' });
  make('Gateway', 'edge', { gatewayClassName: 'traefik', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] });
  make('HTTPRoute', 'shop', {
    parentRefs: [{ name: 'edge' }],
    hostnames: ['shop.example'],
    rules: [
      { matches: [{ path: { type: 'PathPrefix', value: '/api' } }], backendRefs: [{ name: 'web', port: 80 }] },
      { matches: [{ path: { type: 'PathPrefix', value: '/nobody' } }], backendRefs: [{ name: 'nobody', port: 80 }] },
      { matches: [{ path: { type: 'PathPrefix', value: '/none' } }] },
      {
        matches: [{ path: { type: 'Exact', value: '/old' } }],
        filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
      },
    ],
  });
  world.runFor(5000);
  expect(ask('shop.example', '/api/1')).toMatchObject({ status: 200 });
  expect(ask('shop.example', '/old')).toMatchObject({ status: 301 });
  expect(ask('shop.example', '/nobody')).toMatchObject({ failure: 'http-500' });
  expect(ask('shop.example', '/none')).toMatchObject({ failure: 'http-500' });
  expect(ask('shop.example', '/')).toMatchObject({ failure: 'http-404' });
});

test('ingress-nginx records that it has seen an Ingress of its class; one without a class it leaves to others once there is a class', () => {
  const classless = SHOP.replace('  ingressClassName: main\n', '')
    .replace('name: shop', 'name: bare')
    .replaceAll('shop.example', 'bare.example');
  const flags = { 'ingress-controller': {} };
  const { world, ask } = served(CLASS('k8s.io/ingress-nginx') + BACKENDS + SHOP + classless, flags);
  const seen = (world.events() as CoreEvent[]).filter(({ reason }) => reason === 'Sync');
  expect(seen.map(({ involvedObject, message, source }) => [involvedObject.name, message, source?.component])).toEqual([
    ['shop', 'Scheduled for sync', 'nginx-ingress-controller'],
  ]);
  expect(ask('shop.example')).toMatchObject({ status: 200 });
  expect(ask('bare.example')).toMatchObject({ failure: 'http-404' });
  const alone = served(BACKENDS + classless, flags);
  expect(alone.ask('bare.example')).toMatchObject({ status: 200 });
});

test('a Service that stands for a name leads where cluster DNS says', () => {
  const named = (name: string, externalName: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {type: ExternalName, externalName: ${externalName}, ports: [{name: http, port: 80}]}
---
`;
  const rules = ingress(
    `  rules: [{host: shop.example, http: {paths: [${path('/', 'outer')}, ${path('/lost', 'lost')}]}}]`,
  );
  const documents = `${BACKENDS}${named('outer', 'web.default.svc.cluster.local')}${named('lost', 'nowhere.example')}`;
  const nginx = served(CLASS('k8s.io/ingress-nginx') + rules + documents);
  expect(nginx.ask('shop.example')).toMatchObject({ status: 200 });
  expect(nginx.ask('shop.example', '/lost')).toMatchObject({
    status: 502,
    because: 'ingress-nginx answers 502: no DNS server knows the name nowhere.example',
  });
  const traefik = served(CLASS('traefik.io/ingress-controller') + rules + documents);
  expect(traefik.ask('shop.example')).toMatchObject({
    status: 404,
    because: expect.stringContaining('externalName services not allowed: default/outer'),
  });
});
