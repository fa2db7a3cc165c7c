import { expect, test } from 'vitest';
import { isGrantedBy, routesOfHttpRoute } from './from-gateway';
import { type Asked, locationOf, type Route, routeOf } from './routes';

const routes = (rule: object, flavour: 'nginx' | 'traefik' = 'nginx') =>
  routesOfHttpRoute(
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { parentRefs: [{ name: 'edge' }], hostnames: ['a.example'], rules: [rule] },
    } as never,
    {
      gatewayOf: () => ({ spec: { listeners: [{ name: 'alt', port: 8080, protocol: 'HTTP' }] } }) as never,
      ...{ flavour, isGranted: () => false, problemOf: () => undefined },
    },
  );

test('matches of an HTTPRoute', () => {
  const headers = [{ name: 'X-A', value: '1' }];
  const queryParams = [{ name: 'q', value: '2' }];
  expect(routes({ matches: [{ headers, queryParams }] })).toMatchObject([
    { host: 'a.example', path: '/', headers: { 'X-A': '1' }, query: { q: '2' }, scheme: 'http' },
  ]);
});

test('expressions of an HTTPRoute, for paths, headers and parameters', () => {
  const asked = { scheme: 'http', host: 'a.example', method: 'GET', headers: {} } as const;
  const meets = (match: object, path: string, rest: Partial<Asked> = {}): boolean =>
    routeOf(routes({ matches: [match] }), { ...asked, path, ...rest }) !== undefined;
  const type = 'RegularExpression';
  expect(meets({ path: { type, value: '/v[0-9]+/' } }, '/v12/x')).toBe(true);
  expect(meets({ path: { type, value: '/v[0-9]+/' } }, '/V12/x')).toBe(false);
  expect(meets({ path: { type, value: '/v[0-9]+/' } }, '/x/v1/')).toBe(false);
  const headers = [{ type, name: 'env', value: '^can.*' }];
  expect(meets({ headers }, '/', { headers: { Env: 'canary' } })).toBe(true);
  expect(meets({ headers }, '/')).toBe(false);
  expect(meets({ queryParams: [{ type, name: 'q', value: '[0-9]' }] }, '/', { query: 'q=x1' })).toBe(true);
});

test('a star of a Gateway stands for several labels', () => {
  const asked = { scheme: 'http', host: 'a.b.example', path: '/', method: 'GET', headers: {} } as const;
  const [route] = routes({});
  const withStar = (from: string) => routeOf([{ ...(route as Route), host: '*.example', from }], asked);
  expect(withStar('HTTPRoute shop/web')).toBeDefined();
  expect(withStar('Ingress shop/web')).toBeUndefined();
});

test('nginx listens where a Gateway says, Traefik at its entry points', () => {
  expect(routes({})[0]?.port).toBe(8080);
  expect(routes({}, 'traefik')[0]?.port).toBeUndefined();
});

test.each([
  [{ replacePrefixMatch: '/b' }, { prefix: '/a', to: '/b' }],
  [{ replaceFullPath: '/c' }, { to: '/c' }],
])('URLRewrite %j', (path, rewrite) =>
  expect(
    routes({
      matches: [{ path: { type: 'PathPrefix', value: '/a' } }],
      filters: [{ type: 'URLRewrite', urlRewrite: { path } }],
    }),
  ).toMatchObject([{ rewrite }]),
);

const filtered = (type: string, filter: object, more: object = {}) =>
  routes({
    matches: [{ path: { type: 'PathPrefix', value: '/a' } }],
    filters: [{ type, ...filter }],
    ...more,
  })[0];

test.each([
  [{ type: 'ReplaceFullPath', replaceFullPath: '/c' }, 'http://a.example/c?q=1'],
  [{ type: 'ReplacePrefixMatch', replacePrefixMatch: '/b/' }, 'http://a.example/b/x?q=1'],
  [{ type: 'ReplacePrefixMatch', replacePrefixMatch: '/' }, 'http://a.example/x?q=1'],
])('RequestRedirect with %j', (path, expected) => {
  const { redirect } = filtered('RequestRedirect', { requestRedirect: { path } }) as Route;
  const asked = { scheme: 'http', host: 'a.example', path: '/a/x?q=1' };
  expect(redirect && locationOf(redirect, asked)).toBe(expected);
});

test('RequestMirror and ResponseHeaderModifier', () => {
  expect(filtered('RequestMirror', { requestMirror: { backendRef: { name: 'copy', port: 80 } } })).toMatchObject({
    mirrors: [{ key: 'shop/copy:80' }],
  });
  const responseHeaderModifier = { set: [{ name: 'X-A', value: '1' }], remove: ['Server'] };
  expect(filtered('ResponseHeaderModifier', { responseHeaderModifier })).toMatchObject({
    answerHeaders: { 'X-A': '1', Server: '' },
  });
});

test('a Service of another namespace needs a ReferenceGrant there', () => {
  const grant = (to: object, namespace = 'shop') =>
    ({
      metadata: { namespace: 'stock' },
      spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace }], to: [to] },
    }) as never;
  const service = { group: '', kind: 'Service' };
  const granted = (one: never): boolean => isGrantedBy([one])('shop', 'stock', 'db');
  expect(granted(grant(service))).toBe(true);
  expect(granted(grant({ ...service, name: 'db' }))).toBe(true);
  expect(granted(grant({ ...service, name: 'other' }))).toBe(false);
  expect(granted(grant(service, 'elsewhere'))).toBe(false);
  expect(granted(grant({ group: '', kind: 'Secret' }))).toBe(false);
  const [route] = routes({
    backendRefs: [
      { name: 'db', namespace: 'stock', port: 1 },
      { name: 'web', port: 1 },
    ],
  });
  expect(route?.backends).toEqual([
    { key: 'stock/db:1', weight: 1, refused: expect.stringContaining('no ReferenceGrant in stock') },
    { key: 'shop/web:1', weight: 1 },
  ]);
});
