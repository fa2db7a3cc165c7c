import { describe, expect, it } from 'vitest';
import { type Asked, hostFits, inPrecedence, pathBehind, pathFits, type Route, routeOf } from './routes';

const route = (host: string, path: string, rest: Partial<Route> = {}): Route => ({
  host,
  path,
  match: 'prefix',
  from: `Ingress shop/${host}${path}`,
  backends: [],
  connectTimeoutMs: 5000,
  readTimeoutMs: 60_000,
  ...rest,
});
const asked = (host: string, path: string, rest: Partial<Asked> = {}): Asked => ({
  ...{ scheme: 'http', host, path, method: 'GET', headers: {} },
  ...rest,
});

describe('hosts', () => {
  it.each([
    ['', 'a.b', true],
    ['a.b', 'a.b', true],
    ['a.b', 'x.a.b', false],
    ['*.foo.com', 'bar.foo.com', true],
    ['*.foo.com', 'baz.bar.foo.com', false],
    ['*.foo.com', 'foo.com', false],
  ])('%j for %s: %s', (pattern, host, fit) => expect(hostFits(pattern, host)).toBe(fit));
});

/** The table of kubernetes.io/docs/concepts/services-networking/ingress (Examples). */
describe('paths', () => {
  it.each([
    ['prefix', '/', '/anything', true],
    ['exact', '/foo', '/foo', true],
    ['exact', '/foo', '/bar', false],
    ['exact', '/foo', '/foo/', false],
    ['exact', '/foo/', '/foo', false],
    ['prefix', '/foo', '/foo', true],
    ['prefix', '/foo', '/foo/', true],
    ['prefix', '/foo/', '/foo', true],
    ['prefix', '/foo/', '/foo/', true],
    ['prefix', '/aaa/bb', '/aaa/bbb', false],
    ['prefix', '/aaa/bbb', '/aaa/bbb', true],
    ['prefix', '/aaa/bbb/', '/aaa/bbb', true],
    ['prefix', '/aaa/bbb', '/aaa/bbb/', true],
    ['prefix', '/aaa/bbb', '/aaa/bbb/ccc', true],
    ['prefix', '/aaa/bbb', '/aaa/bbbxyz', false],
    ['text', '/aaa/bbb', '/aaa/bbbxyz', true],
  ] as const)('%s %s for %s: %s', (match, pattern, path, fit) => expect(pathFits(match, pattern, path)).toBe(fit));
});

describe('the rule of a request', () => {
  const found = (routes: Route[], ask: Asked) => routeOf(inPrecedence(routes), ask)?.from;
  it('is that of the longest path', () =>
    expect(found([route('a', '/'), route('a', '/shop'), route('a', '/shop/cart')], asked('a', '/shop/cart/1'))).toBe(
      'Ingress shop/a/shop/cart',
    ));
  it('is Exact before a prefix', () =>
    expect(
      found([route('a', '/shop'), route('a', '/shop', { match: 'exact', from: 'exact' })], asked('a', '/shop')),
    ).toBe('exact'));
  it('is of the host that says most, and of no other', () => {
    const routes = [route('', '/'), route('*.a', '/'), route('b.a', '/only')];
    expect(found(routes, asked('b.a', '/only'))).toBe('Ingress shop/b.a/only');
    expect(found(routes, asked('b.a', '/'))).toBeUndefined();
    expect(found(routes, asked('c.a', '/'))).toBe('Ingress shop/*.a/');
    expect(found(routes, asked('x', '/'))).toBe('Ingress shop//');
  });
  it('is that of the highest priority, where there are priorities', () =>
    expect(
      found(
        [route('b.a', '/only', { priority: 5 }), route('', '/', { priority: 7, from: 'all' })],
        asked('b.a', '/only'),
      ),
    ).toBe('all'));
  it('asks for scheme, method and headers', () => {
    const routes = [route('a', '/', { scheme: 'https', method: 'POST', headers: { x: '1' } })];
    expect(found(routes, asked('a', '/'))).toBeUndefined();
    expect(found(routes, asked('a', '/', { scheme: 'https', method: 'POST', headers: { x: '1' } }))).toBeDefined();
  });
});

describe('the path behind a rule', () => {
  it.each([
    ['/api', '/api/users', '/users'],
    ['/api', '/api', '/'],
    ['/api/', '/api/users', '/users'],
    ['/api', '/apix', '/apix'],
  ])('%s off %s is %s', (prefix, path, rest) =>
    expect(pathBehind(route('a', '/', { stripPrefixes: [prefix] }), path)).toBe(rest),
  );
});

describe('what decides beside the path', () => {
  const meets = (rest: Partial<Route>, given: Partial<Asked>) =>
    routeOf([route('a', '/', rest)], asked('a', '/', given)) !== undefined;
  it('headers, whose names are the same in capitals', () => {
    expect(meets({ headers: { 'X-Canary': '1' } }, { headers: { 'x-canary': '1' } })).toBe(true);
    expect(meets({ headers: { 'X-Canary': '1' } }, { headers: { 'x-canary': '2' } })).toBe(false);
  });
  it('parameters, of which the first counts', () => {
    expect(meets({ query: { x: '1' } }, { query: 'y=2&x=1' })).toBe(true);
    expect(meets({ query: { x: '1' } }, { query: 'x=2&x=1' })).toBe(false);
    expect(meets({ query: { x: '1' } }, {})).toBe(false);
  });
  it('the port', () => {
    expect(meets({ port: 8080 }, { port: 8080 })).toBe(true);
    expect(meets({ port: 8080 }, { port: 80 })).toBe(false);
  });
});

it.each([
  [{ prefix: '/foo', to: '/xyz' }, '/foo/bar', '/xyz/bar'],
  [{ prefix: '/foo/', to: '/xyz' }, '/foo/bar?a=/foo', '/xyz/bar?a=/foo'],
  [{ prefix: '/foo', to: '/xyz/' }, '/foo', '/xyz'],
  [{ prefix: '/foo', to: '/' }, '/foo/bar', '/bar'],
  [{ prefix: '/foo', to: '/' }, '/foo?x=1', '/?x=1'],
  [{ prefix: '/', to: '/xyz' }, '/bar', '/xyz/bar'],
  [{ to: '/whole' }, '/foo/bar?x=1', '/whole?x=1'],
])('%j makes of %s %s', (rewrite, path, behind) => expect(pathBehind(route('a', '/', { rewrite }), path)).toBe(behind));
