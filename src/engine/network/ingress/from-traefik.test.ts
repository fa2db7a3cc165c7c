import { describe, expect, it } from 'vitest';
import { routesOfIngressRoute } from './from-traefik';
import { hostsNamedIn, waysOf } from './traefik-rule';

const arity = (got: number, wanted: number) =>
  `unexpected number of parameters; got ${got}, expected one of [${wanted}]`;
const UNREADABLE = 'its rule can not be read';

describe("a rule in Traefik's words", () => {
  it.each([
    ['Host(`a.b`)', [{ host: 'a.b' }]],
    ['Host(`a`) || Host(`B`)', [{ host: 'a' }, { host: 'b' }]],
    ['Host(`a`) && PathPrefix(`/x`)', [{ host: 'a', path: '/x', match: 'text' }]],
    [
      '(Host(`a`) || Host(`b`)) && Path(`/x`)',
      [
        { host: 'a', path: '/x', match: 'exact' },
        { host: 'b', path: '/x', match: 'exact' },
      ],
    ],
    ['Host(`a`) && Method("post") && Header(`x`, `1`)', [{ host: 'a', method: 'POST', headers: { x: '1' } }]],
    ['', UNREADABLE],
    // A rule may ask twice for the same: both must hold.
    ['Host(`a`) && Host(`b`)', [{ host: 'a', tests: [{ of: 'host', pattern: '^b$' }] }]],
    ['PathPrefix(`/x`) && Path(`/x/y`)', [{ path: '/x', match: 'text', tests: [{ of: 'path', pattern: '^/x/y$' }] }]],
    ['Method(`GET`) && Method(`PUT`)', [{ method: 'GET', tests: [{ of: 'method', pattern: '^PUT$' }] }]],
    [
      'Header(`x`, `1`) && Header(`x`, `2`)',
      [{ headers: { x: '1' }, tests: [{ of: 'header', name: 'x', pattern: '^2$' }] }],
    ],
    ['Host(`a`', UNREADABLE],
    ['Host(`a`) &&', UNREADABLE],
    ['Host(`a`) Host(`b`)', UNREADABLE],
    ['Host(`a`) ; Path(`/`)', UNREADABLE],
    ['(Host(`a`)', UNREADABLE],
    ['HostRegexp(`^a`)', [{ tests: [{ of: 'host', pattern: '^a' }] }]],
    ['HostRegexp(`(`)', 'compiling expression ('],
    ['Query(`a`, `b`)', [{ tests: [{ of: 'query', name: 'a', pattern: '^b$' }] }]],
    [
      'Host(`a`) && !(Path(`/x.y`) || ClientIP(`10.0.0.0/8`))',
      [
        {
          host: 'a',
          tests: [
            { of: 'path', pattern: '^/x\\.y$', isNot: true },
            { of: 'client', pattern: '10.0.0.0/8', isNot: true },
          ],
        },
      ],
    ],
    ['!', UNREADABLE],
    ['Host(`a`, `b`)', arity(2, 1)],
    ['Header(`x`)', arity(1, 2)],
    ['Host(`a`) && Headers(`x`, `1`)', 'unsupported function: Headers'],
    ['Hosts(`a`)', 'unsupported function: Hosts'],
  ])('%s', (rule, wanted) => {
    const found = waysOf(rule);
    if ('because' in found) return expect(found.because).toBe(wanted);
    const ways = found.ways.map(({ headers, ...rest }) =>
      headers && Object.keys(headers).length > 0 ? { ...rest, headers } : rest,
    );
    return expect(ways).toEqual(wanted);
  });
  it('has several values in version 2', () => {
    expect(waysOf('Host(`a`, `b`)', 'v2')).toEqual({ ways: [{ host: 'a' }, { host: 'b' }] });
    expect(waysOf('HostRegexp(`{sub:[a-z]{2,}}.b.c`, `{any}.d`)', 'v2')).toEqual({
      ways: ['^(?:[a-z]{2,})\\.b\\.c$', '^(?:[^.]+)\\.d$'].map((pattern) => ({ tests: [{ of: 'host', pattern }] })),
    });
    expect(waysOf('Header(`a`, `b`)', 'v2')).toEqual({ because: 'unsupported function: Header' });
  });
  it('names hosts even where it can not be read', () =>
    expect(hostsNamedIn('Host(`a`, `B`) && !Path(`/c`)')).toEqual(['a', 'b']));
});

describe('an IngressRoute', () => {
  const objects: Record<string, object> = {
    'Middleware shop/https': { redirectScheme: { scheme: 'https', permanent: true } },
    'Middleware shop/strip': { stripPrefix: { prefixes: ['/api'] } },
    'Middleware other/strip': { stripPrefix: { prefixes: ['/api'] } },
    'TraefikService shop/split': {
      weighted: {
        services: [
          { name: 'a', port: 80, weight: 3 },
          { name: 'b', port: 80 },
        ],
      },
    },
    'TraefikService shop/loop': { weighted: { services: [{ name: 'loop', kind: 'TraefikService' }] } },
    'TraefikService shop/mirror': { mirroring: { name: 'a', port: 80, mirrors: [{ name: 'b', port: 80 }] } },
  };
  const services = [{ name: 'web', port: 80 }];
  const routes = (route: object, spec: object = {}, allowsCrossNamespace = false, group = 'traefik.io') =>
    routesOfIngressRoute(
      {
        apiVersion: `${group}/v1alpha1`,
        kind: 'IngressRoute',
        metadata: { namespace: 'shop', name: 'web' },
        spec: { routes: [route], ...spec },
      },
      {
        find: (kind, namespace, name) => {
          const spec = objects[`${kind} ${namespace}/${name}`];
          return spec && ({ apiVersion: `${group}/v1alpha1`, kind, metadata: { name }, spec } as never);
        },
        allowsCrossNamespace,
      },
    );
  it('goes by the length of its rule, and by its entry point', () =>
    expect(routes({ match: 'Host(`a`)', services, priority: 0 }, { entryPoints: ['websecure'] })).toMatchObject([
      {
        host: 'a',
        path: '/',
        priority: 9,
        scheme: 'https',
        backends: [{ key: 'shop/web:80', weight: 1 }],
        from: 'IngressRoute shop/web',
      },
    ]));
  it('is for TLS alone where it has some, whatever the entry point', () =>
    expect(routes({ match: 'Host(`a`)', services }, { entryPoints: ['web'], tls: {} })).toMatchObject([
      { scheme: 'https' },
    ]));
  it('redirects and strips as its middlewares say', () =>
    expect(
      routes({ match: 'PathPrefix(`/api`)', services, middlewares: [{ name: 'https' }, { name: 'strip' }] }),
    ).toMatchObject([{ redirect: { scheme: 'https', status: 301 }, stripPrefixes: ['/api'] }]));
  it.each([
    [{ middlewares: [{ name: 'nope' }] }, 'middleware "shop-nope@kubernetescrd" does not exist'],
    [
      { middlewares: [{ name: 'strip', namespace: 'other' }] },
      'middleware other/strip is not in the IngressRoute namespace shop',
    ],
    [
      { services: [{ name: 'web', namespace: 'other', port: 80 }] },
      'service other/web is not in the parent resource namespace shop',
    ],
    [{ services: [{ name: 'nope', kind: 'TraefikService' }] }, 'the service "shop-nope@kubernetescrd" does not exist'],
    [{ services: [{ name: 'loop', kind: 'TraefikService' }] }, 'the service "shop-loop@kubernetescrd" does not exist'],
    [{ services: [] }, 'it names no service'],
    [{ kind: 'Other' }, 'unsupported kind: Other'],
    [{ match: 'Host(`a`, `a`)' }, arity(2, 1)],
  ])('gets no router with %j', (rest, broken) =>
    expect(routes({ match: 'Host(`a`)', services, ...rest })[0]).toMatchObject({ host: 'a', backends: [], broken }),
  );
  it('reaches other namespaces when that is allowed', () =>
    expect(
      routes(
        {
          match: 'Host(`a`)',
          services: [{ name: 'web', namespace: 'other', port: 80 }],
          middlewares: [{ name: 'strip', namespace: 'other' }],
        },
        {},
        true,
      ),
    ).toMatchObject([{ backends: [{ key: 'other/web:80' }], stripPrefixes: ['/api'] }]));
  it('leads through TraefikServices, and to those of Traefik itself', () => {
    const [split] = routes({
      match: 'Host(`a`)',
      services: [
        { name: 'split', kind: 'TraefikService' },
        { name: 'web', port: 80, weight: 3 },
      ],
    });
    expect(split?.backends).toEqual([
      { key: 'shop/a:80', weight: 0.75 },
      { key: 'shop/b:80', weight: 0.25 },
      { key: 'shop/web:80', weight: 3 },
    ]);
    const [mirror] = routes({ match: 'Host(`a`)', services: [{ name: 'mirror', kind: 'TraefikService' }] });
    expect(mirror?.backends).toEqual([{ key: 'shop/a:80', weight: 1 }]);
    const [noop] = routes({ match: 'Host(`a`)', services: [{ name: 'noop@internal', kind: 'TraefikService' }] });
    expect(noop).toMatchObject({ backends: [], answers: 418 });
  });
  it('of the old group has rules of version 2', () =>
    expect(routes({ match: 'Host(`a`, `b`)', services }, {}, false, 'traefik.containo.us')).toMatchObject([
      { host: 'a' },
      { host: 'b' },
    ]));
});
