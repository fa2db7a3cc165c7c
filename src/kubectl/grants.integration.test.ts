/** Texts and order as a real kubectl 1.36.3 gave them. */
import { describe, expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const role = (verb: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: default}\nrules: [{apiGroups: [''], resources: [pods], verbs: [${verb}]}]`;
const binding = (name: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: rb, namespace: default}\nsubjects: [{kind: User, name: z, apiGroup: rbac.authorization.k8s.io}]\nroleRef: {kind: ClusterRole, name: ${name}, apiGroup: rbac.authorization.k8s.io}`;
const rule = (verb: string) =>
  `\t\t{Verbs:[${verb}] APIGroups:[] Resources:[pods] ResourceNames:[] NonResourceURLs:[]}\n`;

describe('kubectl auth reconcile', () => {
  it('makes, extends and cuts a role', () => {
    const terminal = createTerminal({});
    const stdout = 'role.rbac.authorization.k8s.io/r reconciled\n';
    const run = (line: string, text: string) => terminal.run(`auth reconcile -f - ${line}`, text);
    expect(run('', role('get'))).toMatchObject({
      stdout,
      stderr: `\treconciliation required create\n\tmissing rules added:\n${rule('get')}`,
    });
    expect(run('', role('list'))).toMatchObject({
      stdout,
      stderr: `\treconciliation required update\n\tmissing rules added:\n${rule('list')}`,
    });
    expect(run('', role('list'))).toMatchObject({ stdout, stderr: '' });
    expect(run('--remove-extra-permissions', role('list'))).toMatchObject({
      stdout,
      stderr: `\treconciliation required update\n\textra rules removed:\n${rule('get')}`,
    });
  });

  it('makes a binding anew when its role is another, and its namespace when there is none', () => {
    const terminal = createTerminal({});
    terminal.run('auth reconcile -f -', binding('view'));
    expect(terminal.run('auth reconcile -f -', binding('edit'))).toMatchObject({
      stdout: 'rolebinding.rbac.authorization.k8s.io/rb reconciled\n',
      stderr: '\treconciliation required recreate\n',
    });
    terminal.run('auth reconcile -f -', role('get').replace('default', 'new'));
    expect(terminal.run('get role -n new -o name').stdout).toBe('role.rbac.authorization.k8s.io/r\n');
  });

  it('leaves alone what is no role, and what opted out', () => {
    const terminal = createTerminal({});
    expect(terminal.run('auth reconcile -f -', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: q}')).toMatchObject({
      stdout: '',
      stderr: '',
      code: 0,
    });
    terminal.run('auth reconcile -f -', role('get'));
    terminal.run('annotate role r rbac.authorization.kubernetes.io/autoupdate=false');
    expect(terminal.run('auth reconcile -f -', role('list')).stderr).toContain(
      '\treconciliation required update, but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)\n',
    );
    expect(terminal.run('get role r -o jsonpath={.rules[*].verbs}').stdout).toBe('["get"]');
  });
});

describe('kubectl set subject', () => {
  it('adds those that are missing', () => {
    const terminal = createTerminal({});
    terminal.run('create rolebinding rb --clusterrole=view --user=a');
    const line = 'set subject rolebinding rb --user=user2 --user=a --group=group1 --serviceaccount=:x';
    expect(terminal.run(line).stdout).toBe('rolebinding.rbac.authorization.k8s.io/rb subjects updated\n');
    const shown = 'get rolebinding rb -o jsonpath={range.subjects[*]}{.kind}:{.namespace}:{.name},{end}';
    expect(terminal.run(shown).stdout).toBe('User::a,User::user2,Group::group1,ServiceAccount:default:x,');
    expect(terminal.run(line)).toMatchObject({ stdout: '', code: 0 });
  });

  it.each([
    ['rolebinding rb', 'error: you must specify at least one value of user, group or serviceaccount\n'],
    ['rolebinding rb --serviceaccount=x', 'error: serviceaccount must be <namespace>:<name>\n'],
    [
      'rolebinding no --user=x',
      'Error from server (NotFound): rolebindings.rbac.authorization.k8s.io "no" not found\n',
    ],
  ])('refuses %s', (line, stderr) => {
    const terminal = createTerminal({});
    terminal.run('create rolebinding rb --clusterrole=view --user=a');
    expect(terminal.run(`set subject ${line}`)).toMatchObject({ stdout: '', stderr, code: 1 });
  });
});

describe('kubectl apply --force', () => {
  const service = (ip: string) =>
    `{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": {"clusterIP": "${ip}", "ports": [{"port": 80}]}}`;

  it('deletes and makes anew what may not be changed', () => {
    const terminal = createTerminal({});
    terminal.run('apply -f -', service('10.96.0.76'));
    expect(terminal.run('apply -f -', service('10.96.0.77')).code).toBe(1);
    expect(terminal.run('apply --force -f -', service('10.96.0.77'))).toMatchObject({
      stdout: 'service/s configured\n',
      code: 0,
    });
    expect(terminal.run('get service s -o jsonpath={.spec.clusterIP}').stdout).toBe('10.96.0.77');
  });

  it('puts the old one back when the new one is refused', () => {
    const terminal = createTerminal({});
    terminal.run('apply -f -', service('10.96.0.76'));
    expect(terminal.run('apply --force -f -', service('10.200.0.1')).code).toBe(1);
    expect(terminal.run('get service s -o jsonpath={.spec.clusterIP}').stdout).toBe('10.96.0.76');
  });

  it('looks only once whether the old one is gone, or waits as long as --timeout says', () => {
    const terminal = createTerminal({});
    const held = (value: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, finalizers: [example.com/x]}\nimmutable: true\ndata: {a: ${value}}`;
    terminal.run('apply -f -', held('x'));
    const refused = terminal.run('apply --force --timeout=3s -f -', held('y'));
    expect(refused.stderr).toMatch(
      /^error: error when applying patch:\n.*\nto:\n.*\nName: "c", Namespace: "default"\nfor: "STDIN": context deadline exceeded\n$/s,
    );
  });
});
