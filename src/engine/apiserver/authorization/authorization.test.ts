/** Who may do what, and in which words he is told that he may not. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../../testing/terminal';

const RULES = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: default}
rules:
- {apiGroups: [""], resources: [pods], verbs: [get, list]}
- {apiGroups: [""], resources: [configmaps], resourceNames: [shown], verbs: [get]}
- {apiGroups: [apps], resources: ["*/scale"], verbs: ["*"]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: default}
subjects: [{kind: User, name: jane}, {kind: Group, name: devs}, {kind: ServiceAccount, name: robot}]
roleRef: {kind: Role, name: reader}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ghost, namespace: default}
subjects: [{kind: User, name: ghost}]
roleRef: {kind: Role, name: nowhere}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: lead, namespace: default}
subjects: [{kind: User, name: lead}]
roleRef: {kind: ClusterRole, name: admin}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: shown}
`;

/** Each line, and what comes of it: `ok`, or the refusal. */
const LINES: readonly (readonly [line: string, answer: string])[] = [
  ['get pods --as jane', 'ok'],
  ['get pods --as system:serviceaccount:default:robot', 'ok'],
  ['get pods --as john --as-group devs', 'ok'],
  ['get configmap shown --as jane', 'ok'],
  [
    'get configmap hidden --as jane',
    'configmaps "hidden" is forbidden: User "jane" cannot get resource "configmaps" in API group "" in the namespace "default"',
  ],
  [
    'get configmaps --as jane',
    'configmaps is forbidden: User "jane" cannot list resource "configmaps" in API group "" in the namespace "default"',
  ],
  [
    'get pods -A --as jane',
    'pods is forbidden: User "jane" cannot list resource "pods" in API group "" at the cluster scope',
  ],
  [
    'delete pod web --as jane',
    'pods "web" is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "default"',
  ],
  [
    'get pods --as ghost',
    'pods is forbidden: User "ghost" cannot list resource "pods" in API group "" in the namespace "default": RBAC: role.rbac.authorization.k8s.io "nowhere" not found',
  ],
  ['get nodes --as jane --as-group system:masters', 'ok'],
  [
    'get nodes --as system:node:node-1 --as-group system:nodes',
    `nodes is forbidden: User "system:node:node-1" cannot list resource "nodes" in API group "" at the cluster scope: node 'node-1' cannot read all nodes, only its own Node object`,
  ],
  ['get node node-1 --as system:node:node-1 --as-group system:nodes', 'ok'],
  [
    'get configmap shown --as system:node:node-1 --as-group system:nodes',
    `configmaps "shown" is forbidden: User "system:node:node-1" cannot get resource "configmaps" in API group "" in the namespace "default": no relationship found between node 'node-1' and this object`,
  ],
];

test('requests are allowed by roles, and refused in the words of the API server', () => {
  const terminal = createTerminal({ documents: RULES, nodes: 1 });
  terminal.world.runFor(1000);
  for (const [line, answer] of LINES) {
    const { code, stderr } = terminal.run(line);
    const said = stderr.trim().replace('Error from server (Forbidden): ', '');
    expect(code === 0 ? 'ok' : said, line).toBe(answer);
  }
});

test('nobody grants what he lacks', () => {
  const terminal = createTerminal({ documents: RULES, nodes: 1 });
  terminal.world.runFor(1000);
  const role = (rule: string) =>
    `{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: new}, rules: [${rule}]}`;
  const pods = '{apiGroups: [""], resources: [pods], verbs: [get]}';
  const nodes = '{apiGroups: [""], resources: [nodes], verbs: [get, list]}';
  const refused = terminal.run('create -f - --as lead', role(`${pods}, ${nodes}`));
  expect(refused.stderr).toBe(
    'Error from server (Forbidden): error when creating "STDIN": roles.rbac.authorization.k8s.io "new" is forbidden: ' +
      'user "lead" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n' +
      '{APIGroups:[""], Resources:["nodes"], Verbs:["get" "list"]}\n',
  );
  expect(terminal.run('create -f - --as lead', role(pods)).stdout).toBe('role.rbac.authorization.k8s.io/new created\n');
});

test('who binds a role that is not there is told so in the name of the binding', () => {
  const terminal = createTerminal({ documents: RULES, nodes: 1 });
  terminal.world.runFor(1000);
  terminal.run('create role binds --verb=create --resource=rolebindings.rbac.authorization.k8s.io');
  terminal.run('create rolebinding binds --role=binds --user=lead');
  expect(terminal.run('create rolebinding z --role=nosuch --user=x --as lead').stderr).toBe(
    'error: failed to create rolebinding: rolebindings.rbac.authorization.k8s.io "nosuch" not found\n',
  );
});

test('a right ends with its binding, and a missing role is a right again once it is there', () => {
  const terminal = createTerminal({ documents: RULES, nodes: 1 });
  terminal.world.runFor(1000);
  expect(terminal.run('get pods --as jane').code).toBe(0);
  terminal.run('delete rolebinding reader');
  expect(terminal.run('get pods --as jane').code).toBe(1);
  expect(terminal.run('get pods --as ghost').code).toBe(1);
  const role = '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: nowhere}, rules: [';
  terminal.run('create -f -', `${role}{apiGroups: [""], resources: [pods], verbs: [list]}]}`);
  expect(terminal.run('get pods --as ghost').code).toBe(0);
});

test('impersonation is a right of its own', () => {
  const terminal = createTerminal({ documents: RULES, nodes: 1 });
  terminal.world.runFor(1000);
  terminal.world.simulation.act({
    to: 'user',
    kind: 'kubectl',
    payload: { command: 'get pods --as root', as: 'jane' },
  });
  terminal.world.runFor(100);
  expect(terminal.records().at(-1)?.stderr).toBe(
    'Error from server (Forbidden): pods is forbidden: User "jane" cannot impersonate-on:user-info:list resource "pods" in API group "" in the namespace "default"\n',
  );
});

test('each value of what else is known of somebody is a right of its own', () => {
  const name = 'on-behalf';
  const rules = '[{apiGroups: [""], resources: [users], verbs: [impersonate]}]';
  const documents = `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: ${name}}, rules: ${rules}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: ${name}}, roleRef: {kind: ClusterRole, name: ${name}}, subjects: [{kind: User, name: jane}]}`;
  const terminal = createTerminal({ documents, nodes: 1 });
  terminal.world.runFor(1000);
  const asJane = (command: string) => {
    terminal.world.simulation.act({ to: 'user', kind: 'kubectl', payload: { command, as: 'jane' } });
    terminal.world.runFor(100);
    return terminal.records().at(-1);
  };
  expect(asJane('auth whoami --as bob')?.stdout).toContain('Username    bob');
  const refused = asJane('get --raw /version --as bob --as-user-extra scope=all');
  expect(refused?.code).toBe(1);
  expect(refused?.stderr).toContain('User "jane" cannot impersonate');
});

test('an aggregated ClusterRole gathers and loses rules', () => {
  const terminal = createTerminal({ nodes: 1 });
  const extra = `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: more, labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}}, rules: [{apiGroups: [x.io], resources: [things], verbs: [get]}]}`;
  const gathered = () => terminal.run('get clusterrole view edit admin -o yaml').stdout.match(/things/g)?.length ?? 0;
  expect(gathered()).toBe(0);
  terminal.run('create -f -', extra);
  terminal.world.runFor(1000);
  expect(gathered()).toBe(3);
  terminal.run('label clusterrole more rbac.authorization.k8s.io/aggregate-to-view-');
  terminal.world.runFor(1000);
  expect(gathered()).toBe(0);
});
