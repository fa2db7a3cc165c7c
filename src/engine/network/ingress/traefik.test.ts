import { describe, expect, it, test } from 'vitest';
import { createNetworkWorld } from '../../../testing/network-world';

const crd = (kind: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${kind.toLowerCase()}s.traefik.io}
spec:
  group: traefik.io
  scope: Namespaced
  names: {kind: ${kind}, plural: ${kind.toLowerCase()}s}
  versions:
  - name: v1alpha1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
---
`;
const pod = (name: string, app: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${app}}}
spec: {containers: [{name: c, image: "shop:1", ports: [{containerPort: 80}]}]}
---
`;
const service = (name: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
---
`;
const BASE = [
  `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: main}
spec: {controller: traefik.io/ingress-controller}
---
`,
  ...['IngressRoute', 'Middleware', 'TraefikService'].map(crd),
  ...[pod('web-1', 'web'), pod('web-2', 'web'), pod('api-1', 'api'), service('web'), service('api'), service('empty')],
].join('');

function world(objects: readonly object[], documents = '') {
  const made = createNetworkWorld({ documents: BASE + documents });
  made.runUntil(5000);
  for (const object of objects as readonly { metadata: { name: string } }[]) {
    const metadata = { namespace: 'default', ...object.metadata };
    made.client.create({ apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute', ...object, metadata });
  }
  made.runUntil(15_000);
  const ask = (host: string, rest: object = {}) => made.send({ host, timeoutMs: 5000, ...rest });
  return { made, ask };
}

const route = (name: string, rest: object, spec: object = {}) => ({
  metadata: { name },
  spec: {
    routes: [{ match: `Host(\`${name}.example\`)`, kind: 'Rule', services: [{ name: 'web', port: 80 }], ...rest }],
    ...spec,
  },
});

describe('a rule with expressions, parameters, clients and negations', () => {
  const rule = (name: string, match: string, service = 'web') => ({
    metadata: { name },
    spec: { routes: [{ match, kind: 'Rule', services: [{ name: service, port: 80 }] }] },
  });
  const { ask } = world([
    rule('hosts', 'HostRegexp(`^[a-z]+\\.shop\\.example$`)'),
    rule('paths', 'Host(`paths.example`) && PathRegexp(`^/v[12]/`)'),
    rule('query', 'Host(`query.example`) && Query(`mobile`, `true`)'),
    rule('client', 'Host(`client.example`) && ClientIP(`203.0.113.0/24`)'),
    rule('inside', 'Host(`inside.example`) && ClientIP(`10.0.0.0/8`)'),
    rule('not', 'Host(`not.example`) && !PathPrefix(`/admin`)'),
    rule('nor', 'Host(`nor.example`) && !(Path(`/a`) || Method(`POST`))'),
  ]);
  it.each<[host: string, path: string, status: number, method?: string]>([
    ['one.shop.example', '/', 200],
    ['ONE.shop.example', '/', 200],
    ['paths.example', '/v2/x', 200],
    ['paths.example', '/v3/x', 404],
    ['query.example', '/?a=1&mobile=true', 200],
    ['query.example', '/?mobile=false', 404],
    ['client.example', '/', 200],
    ['inside.example', '/', 404],
    ['not.example', '/x', 200],
    ['not.example', '/admin/x', 404],
    ['nor.example', '/b', 200],
    ['nor.example', '/a', 404],
    ['nor.example', '/b', 404, 'POST'],
  ])('%s%s: %i', (host, path, status, method = 'GET') => expect(ask(host, { path, method })).toMatchObject({ status }));
});

describe('a router that lacks something is not built, and its host is answered 404', () => {
  const { ask, made } = world([
    route('middleware', { middlewares: [{ name: 'nope' }] }),
    route('service', { services: [{ name: 'nope', port: 80 }] }),
    route('port', { services: [{ name: 'web', port: 81 }] }),
    route('empty', { services: [{ name: 'empty', port: 80 }] }),
    route('rule', { match: 'Host(`rule.example`, `b.example`)' }),
    route('secret', {}, { entryPoints: ['websecure'], tls: { secretName: 'nope' } }),
    {
      metadata: { name: 'fallback' },
      spec: {
        routes: [
          { match: 'Host(`fallback.example`) && PathPrefix(`/api`)', services: [{ name: 'nope', port: 80 }] },
          { match: 'Host(`fallback.example`)', services: [{ name: 'web', port: 80 }] },
        ],
      },
    },
  ]);
  it.each([
    ['middleware', 404, 'IngressRoute default/middleware: middleware "default-nope@kubernetescrd" does not exist'],
    ['service', 404, 'IngressRoute default/service: Service default/nope does not exist'],
    ['port', 404, 'IngressRoute default/port: Service default/web has no port 81'],
    ['rule', 404, 'IngressRoute default/rule: unexpected number of parameters; got 2, expected one of [1]'],
  ])('%s: %i', (name, status, because) =>
    expect(ask(`${name}.example`)).toMatchObject({
      status,
      because: `Traefik answers 404: it has no router for ${because}`,
    }),
  );
  it('while one whose Service has nobody is', () => expect(ask('empty.example')).toMatchObject({ status: 503 }));
  it('a Secret that is missing is made up for by the default certificate', () => {
    expect(ask('secret.example', { scheme: 'https', port: 443 })).toMatchObject({ status: 200 });
    expect(ask('secret.example')).toMatchObject({ status: 404 });
    expect(made.steps().some(({ message }) => message.includes('Secret default/nope has no certificate'))).toBe(true);
  });
  it('its requests meet the next router that they fit', () =>
    expect(ask('fallback.example', { path: '/api/x' })).toMatchObject({ status: 200 }));
});

test('Services and their endpoints take turns by weight', () => {
  const services = [
    { name: 'web', port: 80, weight: 3 },
    { name: 'api', port: 80, weight: 1 },
  ];
  const { ask } = world([route('split', { services })]);
  const reached = Array.from({ length: 8 }, () => ask('split.example').path.at(-1)?.split('/')[1]);
  expect(reached).toEqual(['web-1', 'web-2', 'api-1', 'web-1', 'web-2', 'web-1', 'web-2', 'api-1']);
});

test("a request that is under way stays where it is when it is asked about again, and takes nobody's turn", () => {
  const { ask } = world([route('web', {})]);
  const first = ask('web.example');
  expect(first.relay).toMatchObject({ backend: 'default/web:80' });
  const again = ask('web.example', { relay: first.relay });
  expect(again.path.at(-1)).toBe(first.path.at(-1));
  expect(ask('web.example').path.at(-1)).not.toBe(first.path.at(-1));
});

describe('an Ingress', () => {
  const rules = (paths: string, host = 'shop.example') => `  rules: [{host: ${host}, http: {paths: [${paths}]}}]\n`;
  const path = (at: string, backend: string, type: string) =>
    `{path: ${at}, pathType: ${type}, backend: {service: {name: ${backend}, port: {number: 80}}}}`;
  const ingress = (name: string, spec: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}}
spec:
  ingressClassName: main
${spec}---
`;
  const { ask } = world(
    [],
    [
      ingress('shop', rules(`${path('/api', 'api', 'Prefix')}, ${path('/nope', 'nope', 'Prefix')}`)),
      ingress(
        'both',
        `  defaultBackend: {service: {name: web, port: {number: 80}}}\n${rules(path('/x', 'api', 'Exact'), 'both.example')}`,
      ),
    ].join(''),
  );
  it('has prefixes that are beginnings of the text', () =>
    expect(ask('shop.example', { path: '/apis' })).toMatchObject({ status: 200 }));
  it('has no router for a Service that is missing', () =>
    expect(ask('shop.example', { path: '/nope' })).toMatchObject({
      status: 404,
      because: 'Traefik answers 404: it has no router for Ingress default/shop: Service default/nope does not exist',
    }));
  it('with rules has no default backend', () => {
    expect(ask('both.example', { path: '/x' })).toMatchObject({ status: 200 });
    expect(ask('both.example', { path: '/y' })).toMatchObject({ status: 404 });
  });
});

test('a host of an IngressRoute finds nobody where nobody serves it', () => {
  const documents = ['IngressRoute'].map(crd).join('');
  const made = createNetworkWorld({ documents });
  made.runUntil(5000);
  made.client.create({
    ...{ apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute' },
    ...route('web', {}),
    metadata: { name: 'web', namespace: 'default' },
  });
  made.runUntil(10_000);
  expect(made.send({ host: 'web.example' })).toMatchObject({
    failure: 'refused',
    because: 'no Ingress controller is there to serve web.example',
  });
});

test('Traefik waits for an answer as long as whoever asks does', () => {
  const made = createNetworkWorld({
    documents: `${BASE}apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec: {ingressClassName: main, rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
`,
    programs: [{ image: 'shop:*', listen: [{ port: 80, latencyMs: 70_000 }] }],
  });
  made.runUntil(15_000);
  expect(made.send({ host: 'shop.example', timeoutMs: 100_000 })).toMatchObject({ status: 200, latencyMs: 70_001 });
  expect(made.send({ host: 'shop.example', timeoutMs: 65_000 })).toMatchObject({
    failure: 'timeout',
    latencyMs: 65_000,
  });
});
