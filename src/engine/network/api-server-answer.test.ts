/** What the API server says to programs that ask it, by what they show of themselves. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const { world, run } = createTerminal({ nodes: 1 });
run('create serviceaccount robot');
const overrides = '{"spec":{"serviceAccountName":"robot"}}';
run(`run client --image=curlimages/curl --overrides='${overrides}' --command -- sleep infinity`);
world.runFor(10_000);
const TOKEN = '$(cat /var/run/secrets/kubernetes.io/serviceaccount/token)';
const ask = (path: string, token?: string): string => {
  const header = token === undefined ? '' : `--header "Authorization: Bearer ${token}" `;
  return run(`exec client -- sh -c 'curl -sk ${header}https://kubernetes.default.svc${path}'`).stdout;
};

test('a Pod that shows the token it finds is told what the core API serves', () => {
  expect(JSON.parse(ask('/api', TOKEN))).toEqual({
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }],
  });
});

test('version and health are for everybody', () => {
  expect(JSON.parse(ask('/version'))).toMatchObject({ major: '1', minor: '36', gitVersion: 'v1.36.3' });
  expect(ask('/livez?timeout=1s')).toBe('ok');
});

test.each([
  ['/api', undefined, 403, 'forbidden: User "system:anonymous" cannot get path "/api"'],
  ['/apis?x=1', TOKEN, 403, 'forbidden: User "system:serviceaccount:default:robot" cannot get path "/apis"'],
  ['/api/v1/nodes', 'nobody-has-made-this', 401, 'Unauthorized'],
  [
    '/api/v1/namespaces/default/pods',
    TOKEN,
    403,
    'pods is forbidden: User "system:serviceaccount:default:robot" cannot list resource "pods" in API group "" in the namespace "default"',
  ],
  [
    '/apis/apps/v1/deployments/web',
    undefined,
    403,
    'deployments.apps "web" is forbidden: User "system:anonymous" cannot get resource "deployments" in API group "apps" at the cluster scope',
  ],
])('%s is refused', (path, token, code, message) => {
  expect(JSON.parse(ask(path, token))).toMatchObject({ kind: 'Status', status: 'Failure', code, message });
});

test('a token that was asked for stands for whom it names', () => {
  const token = run('create token default').stdout.trim();
  expect(ask('/api/v1/nodes', token)).toContain('User \\"system:serviceaccount:default:default\\" cannot list');
});

test('objects and lists are read as the roles of the account allow', () => {
  run('create configmap settings --from-literal=a=1');
  run('create configmap other');
  const one = '/api/v1/namespaces/default/configmaps/settings';
  expect(JSON.parse(ask(one, TOKEN))).toMatchObject({ code: 403, reason: 'Forbidden' });
  run('create role reader --verb=get,list --resource=configmaps');
  run('create rolebinding reads --role=reader --serviceaccount=default:robot');
  expect(JSON.parse(ask(one, TOKEN))).toMatchObject({
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { name: 'settings', namespace: 'default' },
    data: { a: '1' },
  });
  const list = JSON.parse(ask('/api/v1/namespaces/default/configmaps?fieldSelector=metadata.name%3Dother', TOKEN));
  expect(list).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1', items: [{ metadata: { name: 'other' } }] });
  expect(list.items[0]).not.toHaveProperty('kind');
  expect(JSON.parse(ask('/api/v1/namespaces/default/configmaps/nosuch', TOKEN))).toMatchObject({
    code: 404,
    message: 'configmaps "nosuch" not found',
  });
  expect(JSON.parse(ask('/api/v1/configmaps', TOKEN))).toMatchObject({
    message:
      'configmaps is forbidden: User "system:serviceaccount:default:robot" cannot list resource "configmaps" in API group "" at the cluster scope',
  });
  expect(JSON.parse(ask(one))).toMatchObject({ code: 403 });
});

test('custom objects are written with their kinds, also in lists, by the order of their keys', () => {
  const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: crates.x.example.com}
spec:
  group: x.example.com
  scope: Namespaced
  names: {plural: crates, kind: Crate}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
`;
  run('apply -f -', crd);
  world.runFor(1000);
  run('create -f -', '{apiVersion: x.example.com/v1, kind: Crate, metadata: {name: one}, spec: {s: <a>}}');
  run('create role crates --verb=get,list --resource=crates');
  run('create rolebinding crates --role=crates --serviceaccount=default:robot');
  const path = '/apis/x.example.com/v1/namespaces/default/crates';
  const list = ask(path, TOKEN);
  expect(list).toMatch(
    /^\{\n {2}"apiVersion": "x.example.com\/v1",\n {2}"items": \[\n {4}\{\n {6}"apiVersion": "x.example.com\/v1",\n {6}"kind": "Crate",/,
  );
  expect(list).toMatch(
    /"s": "\\u003ca\\u003e"\n[\s\S]*"kind": "CrateList",\n {2}"metadata": \{\n {4}"continue": "",\n {4}"resourceVersion": "\d+"\n {2}\}\n\}$/,
  );
  expect(ask(`${path}/one`, TOKEN)).toMatch(
    /^\{\n {2}"apiVersion": "x.example.com\/v1",\n {2}"kind": "Crate",\n {2}"metadata": /,
  );
  expect(ask(`${path}?labelSelector=a`, TOKEN)).toContain('"items": [],');
  // As kubectl get --raw shows them.
  const raw = run(`get --raw ${path}`).stdout;
  expect(raw).toMatch(
    /^\{"apiVersion":"x.example.com\/v1","items":\[\{"apiVersion":"x.example.com\/v1","kind":"Crate","metadata":/,
  );
  expect(raw).toMatch(
    /"spec":\{"s":"\\u003ca\\u003e"\}\}\],"kind":"CrateList","metadata":\{"continue":"","resourceVersion":"\d+"\}\}\n$/,
  );
  expect(run(`get --raw ${path}/one`).stdout).toMatch(/"spec":\{"s":"\\u003ca\\u003e"\}\}\n$/);
  expect(JSON.parse(run('get --raw /api/v1/namespaces/default/configmaps').stdout).items[0]).not.toHaveProperty('kind');
});
