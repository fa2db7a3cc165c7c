/** What kubectl makes and tells of Ingresses, NetworkPolicies and Endpoints. */
import { expect, test } from 'vitest';
import { createTerminal } from '../testing/terminal';

const create = (line: string) => createTerminal({ nodes: 0 }).run(`create ingress ${line} --dry-run=client -o yaml`);

test.each([
  [
    'a path with a Secret',
    `simple --rule='foo.com/bar=svc1:8080,tls=my-cert'`,
    'tls:\n  - hosts:\n    - foo.com\n    secretName: my-cert',
  ],
  ['a prefix', `x --rule='foo.com/path*=svc:8080'`, 'path: /path\n        pathType: Prefix'],
  [
    'a port by its name',
    `x --rule='/path=svc:port'`,
    'service:\n            name: svc\n            port:\n              name: port',
  ],
  ['one host, two paths', `x --rule='a.b/=s:80' --rule='a.b/c=t:80'`, 'path: /c\n        pathType: Exact\n'],
  ['the certificate of the controller', `x --rule='a.b/=s:https,tls'`, 'tls:\n  - hosts:\n    - a.b\n'],
  ['a default backend', `x --class=c --default-backend=s:http`, 'defaultBackend:\n    service:\n      name: s'],
  ['annotations', `x --rule=/=s:80 --annotation a=b --annotation c=d=e`, 'annotations:\n    a: b\n    c: d=e'],
])('create ingress: %s', (_what, line, expected) => {
  const { code, stdout } = create(line);
  expect(code).toBe(0);
  expect(stdout).toContain(expected);
});

test.each([
  ['x', 'error: not enough information provided: every ingress has to either specify a default-backend'],
  [`x --rule=foo`, 'error: rule foo is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]'],
  [`x --rule=/=s:80 --annotation a`, 'error: annotation a is invalid and should be in format key=[value]'],
  [`x --default-backend=s`, 'error: default-backend should be in format servicename:serviceport'],
])('create ingress %s is refused', (line, message) => {
  expect(create(line)).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
});

test('describe networkpolicy', () => {
  const { run } = createTerminal({
    nodes: 0,
    documents: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: {matchLabels: {role: db}}
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
    - {ipBlock: {cidr: 172.17.0.0/16, except: [172.17.1.0/24]}}
    - {namespaceSelector: {matchLabels: {project: p}}, podSelector: {matchLabels: {role: web}}}
    ports: [{protocol: TCP, port: 6379}]
  - {}`,
  });
  expect(run('describe networkpolicy db').stdout).toBe(`Name:         db
Namespace:    default
Created on:   2026-01-01 00:00:00 +0000 UTC
Labels:       <none>
Annotations:  <none>
Spec:
  PodSelector:     role=db
  Allowing ingress traffic:
    To Port: 6379/TCP
    From:
      IPBlock:
        CIDR: 172.17.0.0/16
        Except: 172.17.1.0/24
    From:
      NamespaceSelector: project=p
      PodSelector: role=web
    ----------
    To Port: <any> (traffic allowed to all ports)
    From: <any> (traffic not restricted by source)
  Allowing egress traffic:
    <none> (Selected pods are isolated for egress connectivity)
  Policy Types: Ingress, Egress
`);
});

test('Endpoints are told of with a warning', () => {
  const { run } = createTerminal({
    nodes: 0,
    documents: `apiVersion: v1
kind: Endpoints
metadata: {name: db}
subsets: [{addresses: [{ip: 192.0.2.42}], notReadyAddresses: [{ip: 192.0.2.43}], ports: [{port: 9376}]}]`,
  });
  const warning = 'Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n';
  expect(run('get ep db --no-headers')).toMatchObject({
    stderr: warning,
    stdout: expect.stringMatching(/^db +192.0.2.42:9376 /),
  });
  expect(run('describe ep db').stdout).toContain(`Subsets:
  Addresses:          192.0.2.42
  NotReadyAddresses:  192.0.2.43
  Ports:
    Name     Port  Protocol
    ----     ----  --------
    <unset>  9376  TCP
`);
});
