/** Requests that a server passes on come to what becomes of them behind it. */
import { describe, expect, it, test } from 'vitest';
import { createNetworkWorld } from '../../testing/network-world';
import { createTerminal } from '../../testing/terminal';
import type { Pod } from '../api/types';

const CONF = `server {
  listen 80;
  location / { proxy_pass http://web; }
  location /idle { proxy_pass http://idle:8080; }
  location /slow { proxy_pass http://slow/; proxy_read_timeout 2s; }
  location /own { return 200 "here\\n"; }
  location /self { proxy_pass http://127.0.0.1/self; }
  location /late { resolver kube-dns.kube-system; set $to nosuch.default.svc.cluster.local; proxy_pass http://$to; }
}
`;
const pod = (name: string, image: string, rest = '') => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  containers:
  - {name: c, image: "${image}"${rest}}
`;
const service = (name: string, port = 80) => `---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: ${port}}]}
---
`;
const config = (name: string, text: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data:
  default.conf: |
${text.replace(/^/gm, '    ')}
---
`;
const front = (probe = '/own') =>
  `${pod('front', 'nginx', `, volumeMounts: [{name: conf, mountPath: /etc/nginx/conf.d}], readinessProbe: {httpGet: {port: 80, path: ${probe}}, periodSeconds: 1}`)}  volumes: [{name: conf, configMap: {name: front}}]\n`;
const BACKENDS = [
  ...[pod('web', 'nginx'), service('web'), service('idle', 8080)],
  ...[pod('slow', 'slow:1', ', ports: [{containerPort: 80}]'), service('slow')],
].join('');
const PROGRAMS = [{ image: 'slow:*', listen: [{ port: 80, latencyMs: 5000 }] }];
const documents = `${config('front', CONF)}${BACKENDS}${front()}${service('front')}`;

describe('nginx with proxy_pass', () => {
  const world = createNetworkWorld({ documents, programs: PROGRAMS });
  world.runUntil(20_000);
  const ask = (path: string, rest = {}) => world.send({ host: 'front.default', path, timeoutMs: 5000, ...rest });
  it.each([
    ['/', 200, '', ['Pod default/front', 'Service default/web (iptables)', 'Pod default/web']],
    ['/own', 200, '', ['Pod default/front']],
    [
      '/idle',
      502,
      'Pod default/front answers 502: Service default/idle has no endpoint',
      ['Pod default/front', 'Service default/idle (iptables)'],
    ],
    ['/slow', 504, 'Pod default/front answers 504: Pod default/slow takes 5000 ms', undefined],
    ['/late', 502, 'Pod default/front answers 502: no DNS server knows', undefined],
    ['/self', 500, 'requests go round in a circle', undefined],
  ])('%s: %i', (path, status, because, way) => {
    const found = ask(path);
    expect(found).toMatchObject({ status, because: expect.stringContaining(because) });
    if (way) expect(found.path.slice(-way.length)).toEqual(way);
  });

  it('tells the cause that lies behind it', () => {
    world.client.delete('Pod', 'default', 'web', { gracePeriodSeconds: 0 });
    world.runFor(5000);
    expect(ask('/')).toMatchObject({ failure: 'http-502', status: 502, cause: expect.any(Number) });
  });
});

test('programs are answered the same, and the log of nginx says why', () => {
  const { world, run } = createTerminal({ documents: documents + pod('client', 'nginx'), programs: PROGRAMS });
  world.runUntil(20_000);
  expect(run('exec client -- curl -s front').stdout).toContain('Welcome to nginx!');
  expect(run('exec client -- curl -s front/own').stdout).toBe('here\n');
  expect(run('exec client -- curl -s front/idle').stdout).toContain('<h1>502 Bad Gateway</h1>');
  expect(run('exec client -- curl -sf front/idle').code).toBe(22);
  const log = run('logs front').stdout;
  expect(log).toContain(
    '[error] 29#29: *1 connect() failed (111: Connection refused) while connecting to upstream, client: ',
  );
  expect(log).toContain('"GET /idle HTTP/1.1" 502 ');
  expect(run('logs web').stdout).toContain('"GET / HTTP/1.1" 200');
});

test('probes go through it, too', () => {
  const world = createNetworkWorld({ documents: documents.replace('path: /own', 'path: /idle'), programs: PROGRAMS });
  world.runUntil(20_000);
  const { status } = world.get<Pod>('Pod', 'default', 'front');
  expect(status.containerStatuses?.[0]).toMatchObject({ ready: false, state: { running: {} } });
  expect(JSON.stringify(world.events())).toContain('HTTP probe failed with statuscode: 502');
});

test('what an old one warns of stands between what its entrypoint says and itself', () => {
  const text = 'server {\n  listen 443;\n  ssl on;\n}';
  const { world, run } = createTerminal({
    documents: config('front', text) + front().replace('"nginx"', '"nginx:1.24"'),
  });
  world.runUntil(8000);
  const warned =
    'nginx: [warn] the "ssl" directive is deprecated, use the "listen ... ssl" directive instead in /etc/nginx/conf.d/default.conf:3\n';
  const log = run('logs front').stdout;
  expect(log.split(warned)).toEqual([
    expect.stringMatching(/^\/docker[\s\S]*ready for start up\n\S+ \S+ \[warn\] 1#1: the "ssl".*\n$/),
    expect.stringMatching(/^\S+ \S+ \[notice\] 1#1: using the "epoll"/),
  ]);
});

test('a name that nobody knows when it begins ends it', () => {
  const text = 'server {\n  location / { proxy_pass http://nosuch; }\n}';
  const { world, run } = createTerminal({ documents: config('front', text) + front() });
  world.runUntil(8000);
  expect(world.get<Pod>('Pod', 'default', 'front').status.containerStatuses?.[0]).toMatchObject({
    restartCount: 1,
    lastState: { terminated: { exitCode: 1 } },
  });
  const log = run('logs front').stdout;
  expect(log).toContain('nginx: [emerg] host not found in upstream "nosuch" in /etc/nginx/conf.d/default.conf:2\n');
  expect(log).toContain('/docker-entrypoint.sh: Configuration complete; ready for start up\n');
});

test('of several servers one that does not answer is passed over', () => {
  const text = 'upstream both { server idle:8080; server web; }\nserver { location / { proxy_pass http://both; } }';
  const world = createNetworkWorld({
    documents: `${config('front', text)}${BACKENDS}${front('/')}${service('front')}`,
  });
  world.runUntil(20_000);
  expect([0, 0.9].map((draw) => world.send({ host: 'front.default', draw }).status)).toEqual([200, 200]);
});
