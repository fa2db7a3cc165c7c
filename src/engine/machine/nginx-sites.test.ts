import { describe, expect, it, test } from 'vitest';
import { nginxServes } from './nginx-sites';
import { placeAt } from './sites';

const MAIN = 'events {}\nhttp {\n  include /etc/nginx/conf.d/*.conf;\n}\n';
const lookUp = (host: string) =>
  host === 'nobody' ? 'unknown' : host === 'late' ? 'silent' : host === 'two' ? ['10.0.0.1', '10.0.0.2'] : ['10.0.0.9'];
const served = (text: string, main = MAIN, tag = 'latest') =>
  nginxServes({ '/etc/nginx/nginx.conf': main, '/etc/nginx/conf.d/a.conf': text }, lookUp, tag);
const place = (text: string, path: string, host = '') => {
  const found = served(text);
  return 'listeners' in found ? placeAt(found.listeners[0]?.sites ?? [], host, path) : found;
};
const server = (text: string) => `server {\n${text}\n}\n`;

it.each([
  ['/', '/'],
  ['/api', '/'],
  ['/api/x', '/api/'],
  ['/api/v2/x', '/api/v2/'],
  ['/one', '/one'],
  ['/one/more', '/'],
  ['/x.php', '\\.php$'],
  ['/files/x.php', '/files/'],
  ['/A.PNG', '(?i)\\.png$'],
])('%s is met by the location %s', (path, expected) => {
  const locations = ['/', '/api/', '/api/v2/', '= /one', '~ \\.php$', '^~ /files/', '~* \\.png$', '~ ('];
  expect(place(server(locations.map((one) => `location ${one} { root /r; }`).join('\n')), path)).toMatchObject({
    path: expected,
  });
});

test('the server that names the host, else the default one, else the first', () => {
  const two = (first: string, second: string) =>
    `${server(`listen 80 ${first}; server_name a.b *.c; return 201;`)}${server(`listen 80 ${second}; server_name d; return 202;`)}`;
  const hosts = ['a.b', 'A.B:80', 'x.c', 'd', 'other'];
  expect(hosts.map((host) => (place(two('', ''), '/', host) as { status?: number }).status)).toEqual([
    201, 201, 201, 202, 201,
  ]);
  expect(place(two('', 'default_server'), '/', 'other')).toMatchObject({ status: 202 });
});

it.each([
  ['return 204;', { status: 204, text: '' }],
  ['return 200 "ok; {}\\n";', { status: 200, text: 'ok; {}\n' }],
  ['return 301 https://$host$request_uri;', { status: 301, location: 'https://$host$request_uri' }],
  ['return https://a.b/;', { status: 302, location: 'https://a.b/' }],
  ['deny all;', { status: 403 }],
  ['stub_status;', { status: 200 }],
  ['alias /srv/;', { root: '/srv', strip: '/api' }],
  ['try_files $uri $uri/ =404;', { root: '/etc/nginx/html' }],
  ['try_files $uri /index.html;', { status: 200 }],
  [
    'try_files $uri @app; } location @app { proxy_pass http://web:8000;',
    { pass: { targets: [{ host: 'web', port: 8000 }] } },
  ],
  [
    'proxy_pass http://web;',
    { pass: { scheme: 'http', targets: [{ host: 'web', port: 80, addresses: ['10.0.0.9'] }], host: 'web' } },
  ],
  [
    'proxy_pass https://web/b/; proxy_set_header Host $host;',
    { pass: { scheme: 'https', uri: { prefix: '/api/', to: '/b/' } } },
  ],
  ['proxy_pass http://two;', { pass: { targets: [{ addresses: ['10.0.0.1', '10.0.0.2'] }] } }],
  ['set $to http://web:81; resolver kube-dns; proxy_pass $to;', { pass: { targets: [{ host: 'web.', port: 81 }] } }],
  ['set $to web; proxy_pass http://$to:81;', { pass: { targets: [] } }],
  [
    'fastcgi_pass php:9000; fastcgi_read_timeout 5m;',
    { pass: { scheme: 'tcp', readMs: 300_000, targets: [{ port: 9000 }] } },
  ],
  [
    'proxy_pass http://pool; proxy_next_upstream error http_503; proxy_connect_timeout 2s;',
    {
      pass: {
        failing: [503],
        connectMs: 2000,
        targets: [{ host: 'a' }, { host: 'a' }, { host: 'b', port: 82, isBackup: true }],
      },
    },
  ],
])('%s', (text, expected) => {
  const pool = 'upstream pool { server a weight=2; server b:82 backup; server c down; }\n';
  expect(place(`${pool}${server(`location /api/ { ${text} }`)}`, '/api/x')).toMatchObject(expected);
});

const at = (line: number) => `in /etc/nginx/conf.d/a.conf:${line}`;
it.each([
  [server('location / {\n proxy_pass http://nobody:8080;\n}'), `host not found in upstream "nobody" ${at(3)}`],
  ['upstream x {\n server nobody:81;\n}\n', `host not found in upstream "nobody:81" ${at(2)}`],
  [
    `upstream x {\n server nobody:81;\n}\n${server('location / { proxy_pass http://x; }')}`,
    `host not found in upstream "nobody:81" ${at(2)}`,
  ],
  [`upstream x { }\n${server('location / { proxy_pass http://x; }')}`, `no servers are inside upstream ${at(1)}`],
  [server('listen 80;\nfoo on;'), `unknown directive "foo" ${at(3)}`],
  [server('listen 80;\nlocation / { sever_tokens off; }'), `unknown directive "sever_tokens" ${at(3)}`],
  ['events {}\n', `"events" directive is not allowed here ${at(1)}`],
  ['http {\n', `"http" directive is not allowed here ${at(1)}`],
  ['location / { return 200; }', `"location" directive is not allowed here ${at(1)}`],
  ['listen 80;', `"listen" directive is not allowed here ${at(1)}`],
  ['map $a $b { default 0; foo 1; hostnames; }\ngeo $g { 10.0.0.0/8 1; }\n}', `unexpected "}" ${at(3)}`],
  [
    'types { text/odd odd; }\nproxy_cache_path /c keys_zone=a:1m;\ninclude conf.d/none*.conf;\n}',
    `unexpected "}" ${at(4)}`,
  ],
  [server('listen 80'), `unexpected "}" ${at(3)}`],
  ['server {\n listen 80;\n', `unexpected end of file, expecting "}" ${at(3)}`],
  ['server { listen 80 ', `unexpected end of file, expecting ";" or "}" ${at(1)}`],
  ['server { listen 80; } }', `unexpected "}" ${at(1)}`],
  [server('include nosuch.conf;'), `open() "/etc/nginx/nosuch.conf" failed (2: No such file or directory) ${at(2)}`],
  [server('# server {\n include fastcgi_params; listen 80; # no\n'), ''],
])('%j does not begin: %s', (text, expected) => {
  const found = served(text);
  expect('refusal' in found ? found.refusal.said : '').toBe(expected);
});

test('names that nobody answers for keep it waiting', () => {
  expect(served(server('location / { proxy_pass http://late; }'))).toMatchObject({ refusal: { afterMs: 10_000 } });
});

describe('directives that came or went with 1.25.1', () => {
  const ssl = server('listen 443;\nssl on;');
  const deprecated = `the "ssl" directive is deprecated, use the "listen ... ssl" directive instead ${at(3)}`;
  it.each(['1.24', '1.24.0-alpine', '1.25.0', '1.15', '1.19.6-perl'])('%s takes ssl with a warning', (tag) => {
    expect(served(ssl, MAIN, tag)).toMatchObject({ listeners: [{ port: 443, tls: true }], warnings: [deprecated] });
    expect(served(server('listen 80;\nhttp2 on;'), MAIN, tag)).toMatchObject({
      refusal: { said: `unknown directive "http2" ${at(3)}` },
    });
  });
  it.each(['1.14.2', '1.9'])('%s takes it without a word', (tag) => {
    expect(served(ssl, MAIN, tag)).toMatchObject({ listeners: [{ port: 443, tls: true }] });
    expect(served(ssl, MAIN, tag)).not.toHaveProperty('warnings');
  });
  it.each(['latest', 'alpine', '1', '1.25', '1.25.1', '1.27.4-alpine', '1.29', 'stable'])(
    '%s knows it no more',
    (tag) => {
      expect(served(ssl, MAIN, tag)).toEqual({ refusal: { said: `unknown directive "ssl" ${at(3)}`, afterMs: 0 } });
      expect(served(server('listen 80;\nhttp2 on;'), MAIN, tag)).toHaveProperty('listeners');
    },
  );
  it('a server whose ssl is off, and one beside it, speak plainly', () => {
    const two = served(`${server('listen 80;\nssl off;')}${server('listen 81;')}`, MAIN, '1.24');
    expect('listeners' in two && two.listeners.map(({ tls }) => tls)).toEqual([undefined, undefined]);
  });
  it('ssl of all servers is that of each', () =>
    expect(served(`ssl on;\n${server('listen 443;')}`, MAIN, '1.24')).toMatchObject({ listeners: [{ tls: true }] }));
  it('may not stand in a location', () =>
    expect(served(server('location / {\nssl on; }'), MAIN, '1.24')).toMatchObject({
      refusal: { said: `"ssl" directive is not allowed here ${at(3)}` },
    }));
});
