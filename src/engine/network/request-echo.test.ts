/** Programs that print what they were asked, asked directly and by way of an Ingress controller; where nginx sends on to. */
import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const served = (name: string, image: string, port = 80, more = '') => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec: {containers: [{name: c, image: "${image}"${more}}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: ${port}}]}
---
`;
const controlled = (word: string, controller: string) => `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: ${word}}
spec: {controller: ${controller}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${word}}
spec:
  ingressClassName: ${word}
  rules: [{host: ${word}.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: whoami, port: {number: 80}}}}]}}]
---
`;
const { world, run } = createTerminal({
  flags: { 'ingress-controller': { 'publish-status-address': '192.168.0.100' } },
  documents: `${served('whoami', 'traefik/whoami')}${served('echo', 'registry.k8s.io/echoserver:1.10', 8080)}
apiVersion: v1
kind: ConfigMap
metadata: {name: site}
data:
  default.conf: |
    server {
      listen 80;
      location = /old { return 301 /new; }
      location /back/ { proxy_pass http://away:8080/; }
      location /kept/ { proxy_pass http://away:8080/; proxy_set_header Host $host; }
      location /who { proxy_pass http://whoami; proxy_set_header Host $host; }
    }
    server { listen 8080; location / { return 302 /there; } }
---
${served('ng', 'nginx', 80, ', volumeMounts: [{name: v, mountPath: /etc/nginx/conf.d}]').replace(']}\n---', '], volumes: [{name: v, configMap: {name: site}}]}\n---')}
apiVersion: v1
kind: Service
metadata: {name: away}
spec: {selector: {app: ng}, ports: [{port: 8080}]}
---
${served('cli', 'curlimages/curl', 80, ', command: [sleep, infinity]')}${controlled('nginx', 'k8s.io/ingress-nginx')}${controlled('traefik', 'traefik.io/ingress-controller')}`,
});
world.runUntil(30_000);
const ip = (name: string) => run(`get pod ${name} -o jsonpath={.status.podIP}`).stdout;
const ask = (text: string) => run(`exec cli -- ${text}`).stdout;
const request = (text: string) =>
  ask(text)
    .replaceAll('\r', '')
    .replace(/^[\s\S]*RemoteAddr/, 'RemoteAddr');

it('whoami prints the request as Go has it', () => {
  const from = `RemoteAddr: ${ip('cli')}:`;
  expect(request('curl -s http://whoami/abc?x=1')).toMatch(
    new RegExp(`^${from}\\d+\nGET /abc\\?x=1 HTTP/1.1\nHost: whoami\nUser-Agent: curl/[\\d.]+\nAccept: \\*/\\*\n\n$`),
  );
  expect(request(`curl -s -A me -H "Host: w.example" -H "x-a: 1" -d a=b http://${ip('whoami')}`)).toMatch(
    /\nPOST \/ HTTP\/1.1\nHost: w.example\nUser-Agent: me\nContent-Length: 3\nAccept: \*\/\*\nContent-Type: application\/x-www-form-urlencoded\nX-A: 1\n\na=b$/,
  );
  expect(request('wget -qO- http://whoami')).toMatch(
    /\nGET \/ HTTP\/1.1\nHost: whoami\nUser-Agent: Wget\nConnection: close\n\n$/,
  );
});

it('echoserver prints host and headers', () => {
  const said = ask('curl -s http://echo:8080/a?b=c');
  expect(said).toContain('\trequest_uri=http://echo:8080/a?b=c\n');
  expect(said).toMatch(
    /\nRequest Headers:\n\taccept=\*\/\*\n\thost=echo:8080\n\tuser-agent=curl\/[\d.]+\n\nRequest Body:\n/,
  );
});

it('controllers say for whom they ask', () => {
  const through = (word: string) =>
    request(`curl -s -H "Host: ${word}.example" http://192.168.0.100/abc`).split('\n').slice(4).join('\n');
  const client = ip('cli');
  expect(through('nginx').replace(/[\da-f]{32}/, 'ID')).toBe(`Accept: */*
X-Forwarded-For: ${client}
X-Forwarded-Host: nginx.example
X-Forwarded-Port: 80
X-Forwarded-Proto: http
X-Forwarded-Scheme: http
X-Real-Ip: ${client}
X-Request-Id: ID
X-Scheme: http

`);
  expect(through('traefik')).toBe(`Accept: */*
Accept-Encoding: gzip
X-Forwarded-For: ${client}
X-Forwarded-Host: traefik.example
X-Forwarded-Port: 80
X-Forwarded-Proto: http
X-Forwarded-Server: traefik
X-Real-Ip: ${client}

`);
  expect(request('curl -s -H "Host: nginx.example" http://192.168.0.100/')).toMatch(/^RemoteAddr: \d+(\.\d+){3}:\d+\n/);
});

it('nginx sends on to a whole URL, by the host that was asked for and the port where it listens', () => {
  const to = (url: string) => ask(`curl -s -o /dev/null -w %{redirect_url} ${url}`);
  expect(to('http://ng/old')).toBe('http://ng/new');
  expect(to('http://away:8080/')).toBe('http://away:8080/there');
  expect(to('-H "Host: a.example" http://ng/old')).toBe('http://a.example/new');
  // proxy_redirect default.
  expect(to('http://ng/back/')).toBe('http://ng/back/there');
  expect(to('http://ng/kept/')).toBe('http://ng:8080/there');
  expect(ask('curl -s -i http://ng/old')).toContain('\nLocation: http://ng/new\r\n');
  expect(request('curl -s http://ng/who')).toContain('\nHost: ng\n');
});
