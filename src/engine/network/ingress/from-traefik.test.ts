import { describe, expect, it } from 'vitest';
import { routesOfIngressRoute, waysOf } from './from-traefik';

describe("a rule in Traefik's words", () => {
  it.each([
    ['Host(`a.b`)', [{ host: 'a.b' }]],
    ['Host(`a`, `B`)', [{ host: 'a' }, { host: 'b' }]],
    ['Host(`a`) && PathPrefix(`/x`)', [{ host: 'a', path: '/x', match: 'text' }]],
    [
      '(Host(`a`) || Host(`b`)) && Path(`/x`)',
      [
        { host: 'a', path: '/x', match: 'exact' },
        { host: 'b', path: '/x', match: 'exact' },
      ],
    ],
    ['Host(`a`) && Method("POST") && Header(`x`, `1`)', [{ host: 'a', method: 'POST', headers: { x: '1' } }]],
    ['', undefined],
    ['Host(`a`', undefined],
    ['Host(`a`) &&', undefined],
    ['Host(`a`) Host(`b`)', undefined],
    ['HostRegexp(`.*`)', undefined],
    ['Host(`a`) ; Path(`/`)', undefined],
  ])('%s', (rule, ways) => {
    const found = waysOf(rule)?.map(({ headers, ...rest }) =>
      headers && Object.keys(headers).length > 0 ? { ...rest, headers } : rest,
    );
    expect(found).toEqual(ways);
  });
});

describe('an IngressRoute', () => {
  const middlewares: Record<string, object> = {
    'shop/https': { redirectScheme: { scheme: 'https', permanent: true } },
    'shop/strip': { stripPrefix: { prefixes: ['/api'] } },
  };
  const routes = (route: object, spec: object = {}) =>
    routesOfIngressRoute(
      {
        apiVersion: 'traefik.io/v1alpha1',
        kind: 'IngressRoute',
        metadata: { namespace: 'shop', name: 'web' },
        spec: { routes: [route], ...spec },
      },
      (_kind, namespace, name) => {
        const spec = middlewares[`${namespace}/${name}`];
        return spec && ({ apiVersion: 'traefik.io/v1alpha1', kind: 'Middleware', metadata: { name }, spec } as never);
      },
    );
  it('goes by the length of its rule, and by its entry point', () =>
    expect(
      routes({ match: 'Host(`a`)', services: [{ name: 'web', port: 80 }] }, { entryPoints: ['websecure'] }),
    ).toMatchObject([
      {
        host: 'a',
        path: '/',
        priority: 9,
        scheme: 'https',
        backends: [{ key: 'shop/web:80', weight: 1 }],
        from: 'IngressRoute shop/web',
      },
    ]));
  it('redirects and strips as its middlewares say', () =>
    expect(routes({ match: 'PathPrefix(`/api`)', middlewares: [{ name: 'https' }, { name: 'strip' }] })).toMatchObject([
      { redirect: { scheme: 'https', status: 301 }, stripPrefixes: ['/api'] },
    ]));
  it('is left out when a middleware is missing', () =>
    expect(routes({ match: 'PathPrefix(`/api`)', middlewares: [{ name: 'nope' }] })).toEqual([]));
});
