/** What Apache and HAProxy do not know in their configuration keeps them from beginning, in their words. */
import { expect, it } from 'vitest';
import { configurationOf } from './image-files';
import { apacheServes, haproxyServes } from './proxy-sites';

const HTTPD = '/usr/local/apache2/conf/httpd.conf';
const HAPROXY = '/usr/local/etc/haproxy/haproxy.cfg';
const said = (found: ReturnType<typeof apacheServes>): string =>
  found && 'refusal' in found ? found.refusal.said : '';
const apache = (text: string, more = {}) => said(apacheServes({ [HTTPD]: text, ...more }));
const haproxy = (text: string) => said(haproxyServes({ [HAPROXY]: text }, () => ['10.0.0.1']));

it.each([
  ['Listen 80\nRewriteEngin on\n', 'RewriteEngin', 2],
  ['RewriteEngine on\n', 'RewriteEngine', 1],
  ['LoadModule rewrite_module modules/mod_rewrite.so\nRewriteEngine on\nRewriteRules x\n', 'RewriteRules', 3],
  ['#LoadModule ssl_module modules/mod_ssl.so\nSSLEngine on\n', 'SSLEngine', 2],
  ['# x\n\n  <Foo bar>\n</Foo>\n', '<Foo', 3],
  ['<Directory "/x">\n  Requires all granted\n</Directory>\n', 'Requires', 2],
  ['Listen 8\nSomething \\\n  more \\\n  last\n', 'Something', 4],
  ['<IfModule x.c>\nNope\n<IfDefine X>\nNope\n</IfDefine>\nNope\n</IfModule>\nNope\n', 'Nope', 8],
  ['ProxyPass / http://web/\n', 'ProxyPass', 1],
])('Apache refuses %j', (text, name, line) =>
  expect(apache(text)).toBe(
    `AH00526: Syntax error on line ${line} of ${HTTPD}:\nInvalid command '${name}', perhaps misspelled or defined by a module not included in the server configuration`,
  ),
);

it.each([
  [configurationOf('httpd')[HTTPD] ?? '?'],
  ['listen 80\nDOCUMENTROOT /x\n<requireall>\nrequire all granted\n</requireall>\norder allow,deny\n'],
  ['LoadModule ssl_module modules/mod_ssl.so\nSSLEngine on\n<VirtualHost *:443>\nServerName a\n</VirtualHost>\n'],
  ['LoadModule proxy_balancer_module m.so\n<Proxy "balancer://x">\nBalancerMember http://a\nProxySet x=y\n</Proxy>\n'],
  ['LoadModule php_module modules/libphp.so\nphp_admin_value a b\n'],
  ['<IfModule ssl_module>\nSSLRandomSeed startup builtin\n</IfModule>\n'],
])('Apache takes %j', (text) => expect(apache(text)).toBe(''));

it('Apache names the file that it includes', () =>
  expect(
    apache('Include conf/extra/*.conf\n', { '/usr/local/apache2/conf/extra/a.conf': 'Listen 1\nInner x\n' }),
  ).toMatch(
    /^AH00526: Syntax error on line 2 of \/usr\/local\/apache2\/conf\/extra\/a.conf:\nInvalid command 'Inner'/,
  ));

const KEYWORDS = `global
  daemon
  foo bar
defaults
  mode http
  blah
  no option httpclose
frontend f
  # default_backend y
  bind :8080
  defualt_backend x
  http-requst deny
backend x
  server a 127.0.0.1:80 check
resolvers r
  anything goes
cache c
  total-max-size 4
`;
const at = (line: number) => `[ALERT]    (1) : config : parsing [${HAPROXY}:${line}] : unknown keyword`;
const END = `[ALERT]    (1) : config : Error(s) found in configuration file : ${HAPROXY}\n[ALERT]    (1) : config : Fatal errors found in configuration.`;

it('HAProxy names all keywords that it does not know, and what was meant', () => {
  expect(haproxy(KEYWORDS).split('\n')).toEqual([
    `${at(3)} 'foo' in 'global' section`,
    `${at(6)} 'blah' in 'defaults' section`,
    `${at(11)} 'defualt_backend' in 'frontend' section; did you mean 'default_backend' maybe ?`,
    `${at(12)} 'http-requst' in 'frontend' section; did you mean 'http-request' maybe ?`,
    ...END.split('\n'),
  ]);
  expect(haproxy('maxconn 5\nglobal\n')).toBe(
    `[ALERT]    (1) : config : parsing [${HAPROXY}:1]: unknown keyword 'maxconn' out of section.\n${END}`,
  );
});

it.each([
  ['global\n  tune.h2.initial-window-size 1\n  ssl-default-bind-options x\n  stats socket /x\n  log stdout local0\n'],
  ['frontend f\n  acl a path /\n  .if x\n  http-request deny if a\n  use_backend b if a\n  rspadd X\n  stats enable\n'],
])('HAProxy takes %j', (text) => expect(haproxy(text)).toBe(''));

it('HAProxy stops after fifty of them', () => {
  const lines = haproxy(`global\n${'x\n'.repeat(200_000)}`).split('\n');
  expect(lines).toHaveLength(53);
  expect(lines[50]).toBe(
    `[ALERT]    (1) : config : parsing [${HAPROXY}:52]: too many fatal errors (50), stopping now.`,
  );
});

it('a line without an end is read once', () => expect(apache(`Listen 80\n# ${'x '.repeat(400_000)}`)).toBe(''));

it.each([
  ['', {}, HAPROXY],
  ['', { '/etc/haproxy/haproxy.cfg': '' }, HAPROXY],
  ['-W -db -f /own/x.cfg', { [HAPROXY]: '' }, '/own/x.cfg'],
  ["sh -c rm -f /a; exec haproxy -db -f '/b'", { [HAPROXY]: '', '/a': '' }, '/b'],
  ['haproxy -f /own/', { '/own/x.cfg': '' }, undefined],
  ['haproxy -f /own', { '/own': '' }, undefined],
  ['', { [HAPROXY]: '' }, undefined],
])('HAProxy with the command line %j and %j', (line, files, missing) =>
  expect(said(haproxyServes(files, () => ['10.0.0.1'], line))).toBe(
    missing === undefined
      ? ''
      : `[ALERT]    (1) : config : Cannot open configuration file/directory ${missing} : No such file or directory`,
  ),
);
