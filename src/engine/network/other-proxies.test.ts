/** Apache and HAProxy that pass requests on by their configuration. */
import { describe, expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const documents = (image: string, path: string, text: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: front}
data:
  front.conf: |
${text.replace(/^/gm, '    ')}
---
apiVersion: v1
kind: Pod
metadata: {name: front}
spec:
  containers: [{name: c, image: "${image}", volumeMounts: [{name: v, mountPath: ${path}, subPath: front.conf}]}]
  volumes: [{name: v, configMap: {name: front}}]
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: idle}
spec: {selector: {app: idle}, ports: [{port: 80}]}
`;

function front(image: string, path: string, text: string) {
  const { world, run } = createTerminal({ documents: documents(image, path, text) });
  world.runUntil(10_000);
  const ip = run('get pod front -o jsonpath={.status.podIP}').stdout;
  const ask = (at: string) => run(`exec web -- curl -s -w %{http_code} http://${ip}${at}`).stdout;
  const status = (at: string) => ask(at).slice(-3);
  const state = () => run('get pod front -o jsonpath={..restartCount}/{..lastState.terminated.exitCode}').stdout;
  return { ask, status, state, run };
}

const HTTPD = '/usr/local/apache2/conf/httpd.conf';
const MODULES =
  'LoadModule proxy_module modules/mod_proxy.so\nLoadModule proxy_http_module modules/mod_proxy_http.so\n';

describe('Apache', () => {
  it('passes on what ProxyPass names, in its order', () => {
    const conf = `Listen 80
${MODULES}ProxyPass /own !
ProxyPass "/idle" "http://idle/"
ProxyPass /lost http://nosuch/
<Location /there>
  ProxyPass http://web/
</Location>
<Proxy "balancer://all">
  BalancerMember http://idle
  BalancerMember http://web
</Proxy>
ProxyPass /all balancer://all
`;
    const { ask, status } = front('httpd:2.4', HTTPD, conf);
    expect(ask('/')).toContain('It works!');
    expect(ask('/there/')).toContain('Welcome to nginx!');
    expect(['/own', '/idle', '/idlers', '/lost', '/there/nosuch', '/all/'].map(status)).toEqual([
      '404',
      '503',
      '404',
      '502',
      '404',
      '200',
    ]);
    expect(ask('/idle')).toContain('<title>503 Service Unavailable</title>');
  });

  it('does not begin without the module', () => {
    const { state, run } = front('httpd:2.4', HTTPD, 'Listen 80\nProxyPass / http://web/\n');
    expect(state()).toMatch(/^[1-9]\/1$/);
    expect(run('logs front').stdout).toBe(
      `AH00526: Syntax error on line 2 of ${HTTPD}:\nInvalid command 'ProxyPass', perhaps misspelled or defined by a module not included in the server configuration\n`,
    );
  });
});

const HAPROXY = '/usr/local/etc/haproxy/haproxy.cfg';
const FRONTEND = `frontend main
  bind *:80
  acl is_idle path_beg /idle
  use_backend idle if is_idle
  use_backend web if { path_beg /web /other }
  use_backend none if { path /none }
  monitor-uri /healthz
backend idle
  server one idle:80
backend none
backend web
  server one idle:80 check
  server two web:80 check
`;

describe('HAProxy', () => {
  it('sends to the backend of the first rule that fits', () => {
    const { ask, status } = front('haproxy:3.0', HAPROXY, FRONTEND);
    expect(['/idle/x', '/other', '/', '/none', '/healthz'].map(status)).toEqual(['503', '404', '503', '503', '200']);
    expect(ask('/idle')).toContain('No server is available to handle this request.');
  });

  it('does not begin without the address of a server', () => {
    const { state, run } = front(
      'haproxy:3.0',
      HAPROXY,
      `${FRONTEND.replace('web:80', 'nosuch:80')}`.replace('use_backend none', 'use_backend web'),
    );
    expect(state()).toMatch(/^[1-9]\/1$/);
    expect(run('logs front').stdout).toContain("'server web/two' : could not resolve address 'nosuch'.\n");
  });
});

it('HAProxy does not begin without a configuration', () => {
  const { world, run } = createTerminal({
    documents:
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: "haproxy:2.9"}]}\n',
  });
  world.runUntil(20_000);
  expect(run('get pod p -o jsonpath={..lastState.terminated.exitCode}').stdout).toBe('1');
  expect(run('logs p').stdout).toBe(
    `[ALERT]    (1) : config : Cannot open configuration file/directory ${HAPROXY} : No such file or directory\n`,
  );
});
