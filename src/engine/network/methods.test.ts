/** What servers of files answer to other methods than GET. */
import { expect, test } from 'vitest';
import { createNetworkWorld } from '../../testing/network-world';

const pod = (name: string, image: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec: {containers: [{name: c, image: "${image}", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
---
`;

const world = createNetworkWorld({
  documents: ['nginx', 'httpd', 'whoami:traefik/whoami', 'own:shop:1']
    .map((one) => pod(one.split(':')[0] as string, one.replace(/^(?:whoami|own):/, '')))
    .join(''),
});
world.runUntil(15_000);

test.each([
  ['nginx', 'GET', '/', 200],
  ['nginx', 'HEAD', '/', 200],
  ['nginx', 'POST', '/', 405],
  ['nginx', 'POST', '/index.html?x=1', 405],
  ['nginx', 'POST', '/nope', 404],
  ['nginx', 'PUT', '/nope', 405],
  ['nginx', 'DELETE', '/', 405],
  ['nginx', 'OPTIONS', '/', 405],
  ['nginx', 'PATCH', '/', 405],
  ['httpd', 'HEAD', '/', 200],
  ['httpd', 'POST', '/', 200],
  ['httpd', 'POST', '/nope', 404],
  ['httpd', 'OPTIONS', '/', 200],
  ['httpd', 'PUT', '/', 405],
  ['httpd', 'DELETE', '/nope', 405],
  ['whoami', 'POST', '/', 200],
  ['own', 'DELETE', '/', 200],
])('%s, %s %s: %i', (host, method, path, status) =>
  expect(world.send({ host: `${host}.default`, method, path, timeoutMs: 1000 }).status).toBe(status),
);

test('each says so in its own words', () => {
  const body = (host: string) =>
    world.send({ host: `${host}.default`, method: 'PUT', path: '/', wantsBody: true }).body;
  expect(body('nginx')).toContain('<center><h1>405 Not Allowed</h1></center>');
  expect(body('httpd')).toContain('<p>The requested method PUT is not allowed for this URL.</p>');
});
