/** WordPress asks its database before it makes a page. */
import { expect, test } from 'vitest';
import { createNetworkWorld, type NetworkWorld } from '../../testing/network-world';
import type { Pod } from '../api/types';
import type { TimedInput } from '../simulation';

const wordpress = (env: string, rest = '', tag = '5.3.2-apache'): string => `apiVersion: v1
kind: Pod
metadata: {name: blog, labels: {app: blog}}
spec: {nodeName: node-2, containers: [{name: blog, image: "wordpress:${tag}", ${env}${rest}ports: [{containerPort: 80}]}]}
`;
const DB = (host: string): string => `env: [{name: WORDPRESS_DB_HOST, value: "${host}"}], `;

const service = (name: string, app: string, port: number): string => `---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {type: NodePort, selector: {app: ${app}}, ports: [{port: ${port}, nodePort: ${30_000 + (port % 1000)}}]}
`;
const MYSQL = `---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
spec: {nodeName: node-1, containers: [{name: db, image: "mysql:8", env: [{name: MYSQL_ROOT_PASSWORD, value: a}]}]}
${service('blog-db', 'db', 3306)}`;
const SITE = service('site', 'blog', 80);

const fault = (atMs: number, payload: object): TimedInput => ({ to: 'fault', kind: 'fault', atMs, payload });
const ask = (world: NetworkWorld, path = '/', timeoutMs = 5000) => world.send({ port: 30_080, path, timeoutMs });

test('with its database it sends everybody to its installation, while files need none', () => {
  const world = createNetworkWorld({ documents: wordpress(DB('blog-db:3306')) + SITE + MYSQL });
  world.runUntil(25_000);
  const statuses = ['/', '/index.php', '/wp-admin/install.php', '/readme.html', '/none'].map(
    (path) => ask(world, path).status,
  );
  expect(statuses).toEqual([302, 302, 200, 200, 404]);
  expect(ask(world)).toMatchObject({ because: '', cause: null, location: '/wp-admin/install.php' });
  expect(ask(world).failure).toBeUndefined();
});

test('without its database it answers 500, and says which step took it', () => {
  const world = createNetworkWorld({
    documents: wordpress(DB('blog-db')) + SITE + MYSQL,
    inputs: [
      { to: 'test-user', kind: 'call', atMs: 30_000, payload: { method: 'delete', args: ['Pod', 'default', 'db'] } },
    ],
  });
  world.runUntil(29_000);
  expect(ask(world).status).toBe(302);
  world.runUntil(40_000);
  const { failure, because, cause, path } = ask(world);
  expect(failure).toBe('http-500');
  expect(because).toBe(
    'Pod default/blog has no connection to its database blog-db:3306: Service default/blog-db has no endpoints in the rules of the node',
  );
  expect(world.steps()[(cause ?? 0) - 1]?.actor).toBe('kube-proxy/node-2');
  expect(path.at(-1)).toBe('Pod default/blog');
  expect(ask(world, '/readme.html').status).toBe(200);
});

test.each([
  ['a name that is not there', DB('nowhere'), [], 'http-500', /nowhere:3306: .*nowhere/],
  ['cluster DNS that is silent', DB('blog-db'), [fault(20_000, { type: 'dns-down' })], 'timeout', /can't be looked up/],
  ['a node that is dead', DB('blog-db'), [fault(20_000, { type: 'node-crash', node: 'node-1' })], 'timeout', /is dead/],
  ['another port', DB('blog-db:3307'), [], 'timeout', /no rule of the node/],
  ['nobody has said which', '', [], undefined, /^$/],
  ['only the table is said: mysql', 'env: [{name: WORDPRESS_TABLE_PREFIX, value: a}], ', [], 'http-500', /mysql:3306/],
])('a database of which it is said: %s', (_what, env, inputs, failure, because) => {
  const world = createNetworkWorld({ documents: wordpress(env) + SITE + MYSQL, inputs });
  world.runUntil(25_000);
  const answer = ask(world);
  expect(answer.failure).toBe(failure);
  expect(answer.because).toMatch(because);
});

test.each([
  ['5.3.2-apache', 302],
  ['6.8', 500],
  ['latest', 500],
])('wordpress:%s takes variables of a Service called wordpress for its own: %s', (tag, status) => {
  const documents = `${service('wordpress', 'blog', 80).replace('---\n', '')}---\n${wordpress('', '', tag)}`;
  const world = createNetworkWorld({ documents });
  world.runUntil(15_000);
  expect(ask(world).status).toBe(status);
});

test('a network policy between them is a database that does not answer', () => {
  const policy = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed}
spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress]}
`;
  const flags = { 'network-plugin': { 'enforces-network-policy': 'true' } };
  const world = createNetworkWorld({ documents: wordpress(DB('blog-db')) + SITE + MYSQL + policy, flags });
  world.runUntil(25_000);
  expect(ask(world).failure).toBe('timeout');
  expect(ask(world, '/', 70_000)).toMatchObject({ failure: 'http-500', latencyMs: 60_001 });
});

test('its readiness over HTTP goes with the database', () => {
  const probe = 'readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 2, failureThreshold: 1}, ';
  const world = createNetworkWorld({
    documents: wordpress(DB('blog-db'), probe) + SITE + MYSQL,
    inputs: [fault(40_000, { type: 'container-exit', pod: 'db', code: 1 })],
  });
  const isReady = () =>
    world.get<Pod>('Pod', 'default', 'blog').status.conditions?.find(({ type }) => type === 'Ready')?.status;
  world.runUntil(10_000);
  expect(isReady()).toBe('False');
  const said = world.events().map(({ message }) => message as string);
  expect(said).toContain('Readiness probe failed: HTTP probe failed with statuscode: 500');
  world.runUntil(30_000);
  expect(isReady()).toBe('True');
  world.runUntil(44_000);
  expect(isReady()).toBe('False');
});
