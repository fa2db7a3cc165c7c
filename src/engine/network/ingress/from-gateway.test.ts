import { expect, test } from 'vitest';
import { routesOfHttpRoute } from './from-gateway';

const routes = (rule: object, flavour: 'nginx' | 'traefik' = 'nginx') =>
  routesOfHttpRoute(
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { parentRefs: [{ name: 'edge' }], hostnames: ['a.example'], rules: [rule] },
    } as never,
    () => ({ spec: { listeners: [{ name: 'alt', port: 8080, protocol: 'HTTP' }] } }) as never,
    flavour,
  );

test('matches of an HTTPRoute', () => {
  const headers = [{ name: 'X-A', value: '1' }];
  const queryParams = [{ name: 'q', value: '2' }];
  expect(routes({ matches: [{ headers, queryParams }] })).toMatchObject([
    { host: 'a.example', path: '/', headers: { 'X-A': '1' }, query: { q: '2' }, scheme: 'http' },
  ]);
  // Regular expressions are left out.
  const expression = [{ type: 'RegularExpression', name: 'q', value: '.*' }];
  expect(
    routes({ matches: [{ queryParams: expression }, { path: { type: 'RegularExpression', value: '/x' } }] }),
  ).toEqual([]);
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
