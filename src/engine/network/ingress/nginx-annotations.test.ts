import { describe, expect, it } from 'vitest';
import { createNetworkWorld } from '../../../testing/network-world';

const BACKENDS = ['web', 'next']
  .map(
    (name) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec: {containers: [{name: c, image: "${name}:1", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
---
`,
  )
  .join('');
const CLASS = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
`;
const PROGRAMS = [
  { image: 'web:*', listen: [{ port: 80 }] },
  { image: 'next:*', listen: [{ port: 80, status: 203 }] },
];
const ingress = (
  annotations: Readonly<Record<string, string>>,
  paths: readonly string[],
  name = 'web',
  to = 'web',
  host = 'x.io',
) => {
  const said = Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]),
  );
  const rules = paths.map((path) => {
    const backend = { service: { name: to, port: { number: 80 } } };
    return { path, pathType: /[(]/.test(path) ? 'ImplementationSpecific' : 'Prefix', backend };
  });
  const spec = { ingressClassName: 'nginx', rules: [{ host, http: { paths: rules } }] };
  const metadata = { name, annotations: said };
  return `${JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec })}\n---\n`;
};

function served(...ingresses: readonly string[]) {
  const world = createNetworkWorld({ documents: CLASS + ingresses.join('') + BACKENDS, programs: PROGRAMS });
  world.runUntil(15_000);
  return (path: string, rest: Parameters<typeof world.send>[0] = {}) => world.send({ host: 'x.io', path, ...rest });
}

describe('rewrite-target', () => {
  // A path is only answered when it reaches the server as it should.
  const rewritten = (target: string, path: string, asked: string): string => {
    const world = createNetworkWorld({
      documents: CLASS + ingress({ 'rewrite-target': target }, [path]) + BACKENDS,
      programs: [
        { image: 'web:*', listen: ['/', '/x', '/a/b'].map((one, at) => ({ port: 80, path: one, status: 200 + at })) },
      ],
    });
    world.runUntil(15_000);
    const { status = 0 } = world.send({ host: 'x.io', path: asked });
    return ['/', '/x', '/a/b'][status - 200] ?? String(status);
  };
  it.each([
    ['/$2', '/foo(/|$)(.*)', '/foo/x', '/x'],
    ['/$2', '/foo(/|$)(.*)', '/foo', '/'],
    ['/$2', '/foo(/|$)(.*)', '/FOO/a/b?c=/foo', '/a/b'],
    ['/$2', '/foo(/|$)(.*)', '/foox', '404'],
    // All of a path is replaced, whatever comes after the prefix.
    ['/', '/foo', '/foo/anything', '/'],
    ['/', '/foo', '/foox', '/'],
    ['/x', '/', '/foo', '/x'],
    ['/a', '/a', '/a/b', '/a/b'],
  ])('%s of %s makes of %s %s', (target, path, asked, reached) => expect(rewritten(target, path, asked)).toBe(reached));
});

describe('of an Ingress ingress-nginx takes', () => {
  it('all paths of a host for expressions once one is', () => {
    const ask = served(ingress({ 'use-regex': 'true' }, ['/v([0-9]+)']), ingress({}, ['/Shop'], 'next', 'next'));
    expect(ask('/v12').status).toBe(200);
    expect(ask('/vx').status).toBe(404);
    expect(ask('/shopping').status).toBe(203);
  });
  it('where to send people', () => {
    const temporal = served(ingress({ 'temporal-redirect': 'https://e.org/a' }, ['/']));
    expect(temporal('/x')).toMatchObject({ status: 302, location: 'https://e.org/a' });
    const permanent = served(
      ingress({ 'permanent-redirect': 'https://e.org', 'permanent-redirect-code': '308' }, ['/']),
    );
    expect(permanent('/x')).toMatchObject({ status: 308, location: 'https://e.org' });
    const root = served(ingress({ 'app-root': '/app' }, ['/']));
    expect(root('/')).toMatchObject({ status: 302, location: 'http://x.io/app' });
    expect(root('/app').status).toBe(200);
  });
  it('other hosts', () => {
    const ask = served(ingress({ 'server-alias': 'y.io, z.io' }, ['/']));
    expect(ask('/', { host: 'z.io' }).status).toBe(200);
  });
  it('who may come in', () => {
    const outside = served(ingress({ 'whitelist-source-range': '203.0.113.0/24, 10.0.0.0/8' }, ['/']));
    expect(outside('/').status).toBe(200);
    const inside = served(ingress({ 'whitelist-source-range': '10.0.0.0/8' }, ['/']));
    expect(inside('/')).toMatchObject({ status: 403, because: 'ingress-nginx answers 403 by itself' });
    const denied = served(ingress({ 'denylist-source-range': '203.0.113.0/24' }, ['/']));
    expect(denied('/').status).toBe(403);
    const known = served(ingress({ 'auth-type': 'basic' }, ['/']));
    expect(known('/').status).toBe(401);
    expect(known('/', { headers: { Authorization: 'Basic eDp5' } }).status).toBe(200);
  });
});

describe('canaries', () => {
  const share = (annotations: Readonly<Record<string, string>>) => {
    const ask = served(ingress({}, ['/']), ingress({ canary: 'true', ...annotations }, ['/'], 'canary', 'next'));
    return (headers = {}) => [0.1, 0.3, 0.5, 0.9].map((draw) => ask('/', { draw, headers }).status);
  };
  it('get their share, and no more', () => {
    expect(share({ 'canary-weight': '20' })().filter((one) => one === 203)).toHaveLength(1);
    expect(new Set(share({})())).toEqual(new Set([200]));
    expect(new Set(share({ 'canary-weight': '100' })())).toEqual(new Set([203]));
  });
  it('get those who ask for them', () => {
    const byHeader = share({ 'canary-by-header': 'X-Next' });
    expect(byHeader({ 'X-Next': 'always' })).toEqual([203, 203, 203, 203]);
    expect(byHeader()).toEqual([200, 200, 200, 200]);
    const byValue = share({ 'canary-by-header': 'X-Next', 'canary-by-header-value': 'a.b', 'canary-weight': '100' });
    expect(byValue({ 'x-next': 'a.b' })).toEqual([203, 203, 203, 203]);
    expect(share({ 'canary-by-cookie': 'next', 'canary-weight': '100' })({ Cookie: 'a=b; next=never' })).toEqual([
      200, 200, 200, 200,
    ]);
  });
  it.each(['a', 'web-canary', 'z'])('whatever their name is: %s', (name) => {
    const canary = ingress({ canary: 'true', 'canary-by-header': 'X-Next' }, ['/'], name, 'next');
    const ask = served(ingress({}, ['/']), canary);
    expect(ask('/', { headers: { 'X-Next': 'always' } }).status).toBe(203);
    expect(ask('/').status).toBe(200);
  });
  it('go by the header, then by the cookie, then by the weight', () => {
    const ask = share({ 'canary-by-header': 'X-Next', 'canary-by-cookie': 'next', 'canary-weight': '100' });
    expect(ask({ 'X-Next': 'never', Cookie: 'next=always' })).toEqual([200, 200, 200, 200]);
    expect(ask({ 'X-Next': 'perhaps', Cookie: 'next=never' })).toEqual([200, 200, 200, 200]);
    expect(ask({ Cookie: 'next=perhaps' })).toEqual([203, 203, 203, 203]);
  });
  it('have at least 100 parts', () =>
    expect(new Set(share({ 'canary-weight': '5', 'canary-weight-total': '5' })())).toEqual(new Set([200])));
  it('are by themselves nothing: 404', () => {
    const canary = (host: string) => ingress({ canary: 'true', 'canary-weight': '100' }, ['/'], 'c', 'next', host);
    expect(served(canary('x.io'))('/').status).toBe(404);
    expect(served(ingress({}, ['/']), canary('y.io'))('/', { host: 'y.io' }).status).toBe(404);
  });
  const all = { canary: 'true', 'canary-weight': '100' };
  it('take of all that leads to the Service of their path, and of nothing else', () => {
    const other = ingress({}, ['/'], 'other', 'web', 'y.io');
    const ask = served(ingress({}, ['/', '/shop']), other, ingress(all, ['/shop'], 'c', 'next'));
    expect([ask('/'), ask('/shop'), ask('/', { host: 'y.io' })].map(({ status }) => status)).toEqual([203, 203, 203]);
    expect(served(ingress({}, ['/']), ingress(all, ['/', '/shop'], 'c', 'next'))('/').status).toBe(200);
  });
  it('are one: the last by name of those that are as old', () => {
    const never = ingress({ canary: 'true' }, ['/'], 'd', 'gone');
    expect(served(ingress({}, ['/']), ingress(all, ['/'], 'c', 'next'), never)('/').status).toBe(200);
    expect(served(ingress({}, ['/']), ingress(all, ['/'], 'e', 'next'), never)('/').status).toBe(203);
  });
  it('belong to their Service: it has no other rules, and what it is its first Ingress says', () => {
    const own = ingress({}, ['/'], 'other', 'next', 'y.io');
    const taken = served(ingress({}, ['/']), own, ingress(all, ['/'], 'z', 'next'));
    expect(taken('/').status).toBe(203);
    expect(taken('/', { host: 'y.io' })).toMatchObject({
      status: 404,
      because: expect.stringMatching(/Ingress default\/z makes a canary of Service default\/next, which has no other/),
    });
    const free = served(ingress({}, ['/']), own, ingress(all, ['/'], 'c', 'next'));
    expect([free('/'), free('/', { host: 'y.io' })].map(({ status }) => status)).toEqual([200, 203]);
  });
  it('get nothing while nobody is there', () =>
    expect(served(ingress({}, ['/']), ingress(all, ['/'], 'c', 'gone'))('/').status).toBe(200));
  it('share their part among all their Pods', () => {
    const [first = ''] = BACKENDS.split('---').filter((one) => one.includes('{name: next, labels'));
    const canary = ingress({ canary: 'true', 'canary-weight': '20' }, ['/'], 'c', 'next');
    const ask = served(ingress({}, ['/']), canary, `${first.replace('name: next', 'name: next-2')}---\n`);
    const pods = [0.81, 0.89, 0.91, 0.99].map((draw) => ask('/', { draw }).path.at(-1));
    expect(new Set(pods)).toEqual(new Set(['Pod default/next', 'Pod default/next-2']));
  });
});

it.each(['//shop', '/./shop', '/x/../shop', '/%73hop', '/shop/'])('%s is /shop', (path) =>
  expect(served(ingress({}, ['/shop']))(path).status).toBe(200),
);
