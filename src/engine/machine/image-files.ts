/** Files of configuration that images of the catalogue bring, as their programs are shipped with them; of types and modules only a few. */

import { ROOT_PAGES } from './bodies';
import type { CatalogueImage } from './image-catalogue';
import type { MachineContainer } from './records';

const WORKING_DIRECTORIES: Readonly<Record<string, string>> = {
  httpd: '/usr/local/apache2',
  redis: '/data',
  wordpress: '/var/www/html',
};

const NGINX_CONF = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;

    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
`;

/** As the entrypoint leaves it, which lets it listen on IPv6, too. */
const defaultConf = (port: number): string => `server {
    listen       ${port};
    listen  [::]:${port};
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const MIME_TYPES = `
types {
    text/html                             html htm shtml;
    text/css                              css;
    image/jpeg                            jpeg jpg;
    image/png                             png;
    application/javascript                js;
    application/json                      json;
    text/plain                            txt;
}
`;

const HTTPD_CONF = `ServerRoot "/usr/local/apache2"
Listen 80
LoadModule mpm_event_module modules/mod_mpm_event.so
#LoadModule proxy_http_module modules/mod_proxy_http.so
#LoadModule rewrite_module modules/mod_rewrite.so
User www-data
Group www-data
#ServerName www.example.com:80
DocumentRoot "/usr/local/apache2/htdocs"
<Directory "/usr/local/apache2/htdocs">
    Options Indexes FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>
DirectoryIndex index.html
ErrorLog /proc/self/fd/2
LogLevel warn
CustomLog /proc/self/fd/1 common
`;

const SCRIPTS = [
  '10-listen-on-ipv6-by-default.sh',
  '15-local-resolvers.envsh',
  '20-envsubst-on-templates.sh',
  '30-tune-worker-processes.sh',
];

const nginxFiles = (port: number): Readonly<Record<string, string>> => ({
  '/etc/nginx/nginx.conf': NGINX_CONF,
  '/etc/nginx/mime.types': MIME_TYPES,
  '/etc/nginx/conf.d/default.conf': defaultConf(port),
  '/docker-entrypoint.sh': '#!/bin/sh\n',
  ...Object.fromEntries(SCRIPTS.map((name) => [`/docker-entrypoint.d/${name}`, '#!/bin/sh\n'])),
});

const NONE: Readonly<Record<string, string>> = {};

const FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nginx: nginxFiles(80),
  'nginxinc/nginx-unprivileged': nginxFiles(8080),
  httpd: { '/usr/local/apache2/conf/httpd.conf': HTTPD_CONF },
  redis: { '/data/.': '' },
};

/** What an image of the catalogue brings beside what it serves. */
export const configurationOf = (name: string): Readonly<Record<string, string>> => FILES[name] ?? NONE;

/** The directory that a container's programs begin in: its own, or its image's. */
export const workingDirectory = ({ spec, behaviour }: MachineContainer): string =>
  spec.workingDir || WORKING_DIRECTORIES[behaviour.catalogueName ?? ''] || '/';

/** All that an image of the catalogue brings. */
export function imageFiles({ name, webRoot = '', webFiles = [] }: CatalogueImage): Readonly<Record<string, string>> {
  const configuration = configurationOf(name);
  if (webFiles.length === 0) return configuration;
  const textOf = (path: string): string =>
    (path === '/index.html' ? ROOT_PAGES.get(name) : undefined) ?? '<html></html>\n';
  return { ...Object.fromEntries(webFiles.map((path) => [`${webRoot}${path}`, textOf(path)])), ...configuration };
}
