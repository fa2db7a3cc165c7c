/** Servers of the catalogue listen where their arguments, environment and configuration say. */
import { expect, it } from 'vitest';
import type { Container, Pod } from '../api/types';
import { type Configuration, configured } from './configured-ports';
import { containerBehaviour } from './image-behaviour';
import type { Site } from './sites';

const POD = { metadata: { name: 'web' }, spec: { containers: [] } } as unknown as Pod;

/** `hides`: a directory of the image's over which something is mounted. */
type Said = Partial<Configuration> & { readonly hides?: string };

function behaviourOf(image: string, { hides, files: mounted, ...said }: Said = {}) {
  const container: Container = { name: 'app', image };
  const behaviour = containerBehaviour([], POD, container);
  const brought = Object.entries(behaviour.files).filter(([path]) => hides === undefined || !path.startsWith(hides));
  const files = { ...Object.fromEntries(brought), ...mounted };
  const found = { tag: behaviour.tag, line: '', environment: {}, files, ...said };
  return configured(behaviour, found, (host) => (host === 'nobody' ? 'unknown' : ['10.96.0.1']));
}

const placesOf = ({ places }: Site): string[] =>
  places.map(({ path, status, pass, root }) =>
    [path, pass ? `to ${pass.targets.map(({ host, port }) => `${host}:${port}`).join(',')}` : (status ?? root)].join(
      '=',
    ),
  );

const portsOf = (image: string, said: Said = {}): string =>
  behaviourOf(image, said)
    .listeners.map(({ port, tls, sites }) =>
      [`${port}${tls ? ' tls' : ''}`, ...(sites ?? []).flatMap(placesOf)].join(' '),
    )
    .join(', ');

it.each<[image: string, said: Said, ports: string]>([
  ['redis', {}, '6379'],
  ['redis', { line: 'redis-server --appendonly yes --port 6380' }, '6380'],
  ['redis', { line: 'redis-server /etc/redis.conf', files: { '/etc/redis.conf': 'bind *\nport 6390\n' } }, '6390'],
  ['redis', { line: 'redis-server', files: { '/etc/redis.conf': 'port 6390\n' } }, '6379'],
  ['memcached', { line: 'memcached -m 64 -p 11222' }, '11222'],
  ['mysql:8', { environment: { MYSQL_ROOT_PASSWORD: 'x' }, line: '--port=3307' }, '3307, 33060'],
  ['mariadb', { files: { '/etc/mysql/conf.d/my.cnf': '[mysqld]\nport = 3310\n' } }, '3310'],
  ['postgres', { environment: { PGPORT: '5433' } }, '5433'],
  ['postgres', { line: 'postgres -c port=5434 -c max_connections=200' }, '5434'],
  ['postgres', { line: 'postgres -c config_file=/etc/pg.conf', files: { '/etc/pg.conf': 'port = 5435\n' } }, '5435'],
  ['mongo', { line: 'mongod --replSet rs0 --port 27018' }, '27018'],
  ['rabbitmq:3-management', {}, '15672, 5672, 15692, 25672'],
  ['rabbitmq', { files: { '/etc/rabbitmq/enabled_plugins': '[rabbitmq_management].' } }, '15672, 5672, 15692, 25672'],
  ['traefik:v3', {}, '80'],
  ['traefik:v3', { line: '--api.insecure --providers.kubernetesingress' }, '8080, 80'],
  [
    'traefik:v3',
    { line: '--entryPoints.traefik.address=:8080/tcp --entrypoints.web.address=:8000/tcp --ping=true' },
    '8080, 8000',
  ],
  ['traefik:v3', { files: { '/etc/traefik/traefik.yml': 'entryPoints:\n  web:\n    address: ":8001"\n' } }, '8001'],
  [
    'haproxy',
    { files: { '/usr/local/etc/haproxy/haproxy.cfg': 'frontend f\nbind *:8404\nbind :443 ssl crt /x' } },
    '8404 =503, 443 tls =503',
  ],
  ['httpd', { files: { '/usr/local/apache2/conf/httpd.conf': '#Listen 12\nListen 8080\n' } }, '8080'],
  ['registry:2', { environment: { REGISTRY_HTTP_ADDR: ':5443' } }, '5443'],
  ['hashicorp/http-echo', { line: '-text=hi -listen=:8080' }, '8080'],
  ['traefik/whoami', { environment: { WHOAMI_PORT_NUMBER: '8085' } }, '8085'],
  ['gcr.io/google-samples/hello-app:1.0', { environment: { PORT: '9000' } }, '9000'],
  ['wordpress:fpm', {}, '9000'],
  ['nginx', { files: { '/usr/share/nginx/html/index.html': 'listen 99;' } }, '80'],
])('%s %j', (image, said, ports) => expect(portsOf(image, said)).toBe(ports));

const MAIN = `
events { worker_connections 1024; } # listen 9999;
http {
  include mime.types;
  server {
    listen 8080 default_server;
    listen [::]:8080;
    location / { proxy_pass http://back; }
    location = /healthz { return 204; }
  }
}`;
const APP = 'server { listen 8443 ssl; root /srv/www; location /down { return 503; } }';
const TEMPLATE = ['server { listen $', '{NGINX_PORT}; }'].join('');

it.each<[name: string, said: Said, ports: string, webRoot: string | undefined]>([
  ['main file', { files: { '/etc/nginx/nginx.conf': MAIN } }, '8080 /=to back:80 /healthz=204', '/etc/nginx/html'],
  [
    'a file beside the usual one',
    { files: { '/etc/nginx/conf.d/app.conf': APP } },
    '8443 tls /down=503, 80 /=/usr/share/nginx/html /50x.html=/usr/share/nginx/html',
    '/srv/www',
  ],
  [
    'a directory over the usual one',
    { files: { '/etc/nginx/conf.d/app.conf': APP }, hides: '/etc/nginx/conf.d' },
    '8443 tls /down=503',
    '/srv/www',
  ],
  ['an empty directory', { hides: '/etc/nginx/conf.d' }, '', '/etc/nginx/html'],
  [
    'the usual one changed',
    { files: { '/etc/nginx/conf.d/default.conf': 'server { listen 81; location / { root /srv; } }' } },
    '81 /=/srv',
    '/srv',
  ],
  [
    'a template',
    { files: { '/etc/nginx/templates/default.conf.template': TEMPLATE }, environment: { NGINX_PORT: '8088' } },
    '8088',
    '/etc/nginx/html',
  ],
  [
    'files that the main one includes',
    {
      files: {
        '/etc/nginx/nginx.conf': 'http { include sites/*.conf; }',
        '/etc/nginx/sites/a.conf': 'server { listen 127.0.0.1:82; }',
        '/etc/nginx/conf.d/b.conf': 'server { listen 83; }',
      },
    },
    '82',
    '/etc/nginx/html',
  ],
  ['no port said', { files: { '/etc/nginx/nginx.conf': 'http { server { } }' } }, '80', '/etc/nginx/html'],
])('nginx: %s', (_name, said, ports, webRoot) => {
  expect(portsOf('nginx', said)).toBe(ports);
  expect(behaviourOf('nginx', said).webRoot).toBe(webRoot);
});
