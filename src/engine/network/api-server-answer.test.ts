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
    'deployments "web" is forbidden: User "system:anonymous" cannot get resource "deployments" in API group "apps" at the cluster scope',
  ],
])('%s is refused', (path, token, code, message) => {
  expect(JSON.parse(ask(path, token))).toMatchObject({ kind: 'Status', status: 'Failure', code, message });
});

test('a token that was asked for stands for whom it names', () => {
  const token = run('create token default').stdout.trim();
  expect(ask('/api/v1/nodes', token)).toContain('User \\"system:serviceaccount:default:default\\" cannot list');
});
