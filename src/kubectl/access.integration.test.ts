/** kubectl auth, and what makes roles, bindings and tokens; the answers were recorded from a real cluster. */
import { describe, expect, it, test } from 'vitest';
import { createTerminal, type Terminal } from '../testing/terminal';

const DOCUMENTS = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: pods, namespace: default}
rules: [{apiGroups: ["", apps], resources: [pods, deployments], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: jane, namespace: default}
subjects: [{kind: User, name: jane}, {kind: ServiceAccount, name: default}, {kind: Group, name: a}, {kind: Group, name: b}]
roleRef: {kind: Role, name: pods}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ghost, namespace: default}
subjects: [{kind: User, name: ghost}]
roleRef: {kind: Role, name: no-such-role}
`;

function terminal(): Terminal {
  const made = createTerminal({ documents: DOCUMENTS, nodes: 0 });
  made.world.runFor(1000);
  return made;
}

function answer({ run }: Terminal, line: string, stdin?: string): string {
  const { stdout, stderr, code } = run(line, stdin);
  return `${code}: ${stdout}${stderr}`.replace(/\n$/, '');
}

const NEEDS_TWO =
  "1: error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.";

const LINES: readonly (readonly [line: string, answer: string])[] = [
  ['auth can-i get pods --as jane', '0: yes'],
  ['auth can-i get pods --as jane -q', '0: '],
  ['auth can-i list pods --as jane', '1: no'],
  ['auth can-i list pods --as jane -q', '1: '],
  ['auth can-i list pods --as ghost', '1: no - RBAC: role.rbac.authorization.k8s.io "no-such-role" not found'],
  ['auth can-i get /healthz --as jane', '0: yes'],
  ['auth can-i get /metrics --as jane', '1: no'],
  ['auth can-i get nodes --as jane', "1: no\nWarning: resource 'nodes' is not namespace scoped\n"],
  ['auth can-i fly pods --as jane', "1: no\nWarning: verb 'fly' is not a known verb\n"],
  ['auth can-i get unicorns --as jane', "1: no\nWarning: the server doesn't have a resource type 'unicorns'\n"],
  ['auth can-i get', NEEDS_TWO],
  [
    'auth can-i --list --as jane -q',
    "1: error: list option can't be specified with neither quiet, all-namespaces nor subresource options",
  ],
  [
    'auth whoami --as jane --as-group devs',
    '0: ATTRIBUTE   VALUE\nUsername    jane\nGroups      [devs system:authenticated]',
  ],
  [
    'auth whoami --as jane --as-user-extra Reason=a --as-user-extra reason=b --as-user-extra nothing',
    '0: ATTRIBUTE       VALUE\nUsername        jane\nGroups          [system:authenticated]\nExtra: reason   [a b]',
  ],
  ['auth whoami --as jane --as-user-extra reason=a -o jsonpath={.status.userInfo.extra}', '0: {"reason":["a"]}'],
  ['create token nobody', '1: error: failed to create token: serviceaccounts "nobody" not found'],
  [
    'create token default --duration 5m',
    '1: error: failed to create token: TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 300: may not specify a duration less than 10 minutes',
  ],
  ['create clusterrole x --verb=get', '1: error: one of resource or nonResourceURL must be specified'],
  ['create role y --verb=use --resource=pods', "1: error: can not perform 'use' on 'pods' in group ''"],
  [
    'create role y --verb=get --resource=pods.wrong',
    '1: the server doesn\'t have a resource type "pods" in group "wrong"',
  ],
  ['create rolebinding w --user=jane', '1: error: exactly one of clusterrole or role must be specified'],
  ['create clusterrolebinding w --user=jane', '1: error: required flag(s) "clusterrole" not set'],
  [
    'create clusterrolebinding w --clusterrole=view --user=jane',
    '0: clusterrolebinding.rbac.authorization.k8s.io/w created',
  ],
  [
    'get csr',
    `1: error: the server doesn't have a resource type "csr"\nkubestep: CertificateSigningRequest is not simulated: nothing is signed here; a user is whoever \`as:\` of an action or --as names, give him roles`,
  ],
];

test.each(LINES)('%s', (line, expected) => {
  expect(answer(terminal(), line)).toBe(expected);
});

it('says what is not there, and of what the history could not be read, to those who may not see all of it', () => {
  const asked = createTerminal({
    documents: `
apiVersion: v1
kind: Namespace
metadata: {name: dev}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: some}
rules: [{apiGroups: ["", apps], resources: [pods, deployments, daemonsets], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: some}
subjects: [{kind: User, name: ann}]
roleRef: {kind: ClusterRole, name: some}
`,
  });
  asked.run('create deployment d --image=x -n dev');
  expect(asked.run('get pod x -n dev --as=ann').stderr).toBe('Error from server (NotFound): pods "x" not found\n');
  expect(asked.run('rollout history deployment d -n dev --as=ann').stderr).toBe(
    'error: failed to retrieve replica sets from deployment d: replicasets.apps is forbidden: User "ann" cannot list resource "replicasets" in API group "apps" in the namespace "dev"\n',
  );
});

it('lists what one may do', () => {
  expect(answer(terminal(), 'auth can-i --list --as jane').split('\n')).toEqual([
    '0: Resources                                       Non-Resource URLs   Resource Names   Verbs',
    'selfsubjectreviews.authentication.k8s.io        []                  []               [create]',
    'selfsubjectaccessreviews.authorization.k8s.io   []                  []               [create]',
    'selfsubjectrulesreviews.authorization.k8s.io    []                  []               [create]',
    ...['/api/*', '/api', '/apis/*', '/apis', '/healthz', '/healthz', '/livez', '/livez', '/openapi/*', '/openapi']
      .concat(['/readyz', '/readyz', '/version/', '/version/', '/version', '/version'])
      .map((url) => `${' '.repeat(48)}${`[${url}]`.padEnd(20)}[]               [get]`),
    'deployments                                     []                  []               [get]',
    'pods                                            []                  []               [get]',
    'deployments.apps                                []                  []               [get]',
    'pods.apps                                       []                  []               [get]',
  ]);
});

describe('a token', () => {
  it('says whose it is, how long it holds and that it is simulated', () => {
    const { run } = terminal();
    const [, claims = ''] = run('create token default --duration 20m').stdout.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      sub: 'system:serviceaccount:default:default',
      note: 'simulated by kubestep: nothing is signed',
      exp: 1_767_226_801,
      iat: 1_767_225_601,
    });
  });
});

it('answers reviews that are written by hand, and stores none', () => {
  const made = terminal();
  const review = (kind: string, spec: string) => `{apiVersion: authorization.k8s.io/v1, kind: ${kind}, spec: ${spec}}`;
  const asked = review(
    'SubjectAccessReview',
    '{user: jane, resourceAttributes: {namespace: default, verb: get, resource: pods}}',
  );
  expect(answer(made, "create -f - -o jsonpath='{.status}'", asked)).toBe(
    '0: {"allowed":true,"reason":"RBAC: allowed by RoleBinding \\"jane/default\\" of Role \\"pods\\" to User \\"jane\\""}',
  );
  expect(answer(made, 'create -f -', review('SelfSubjectAccessReview', '{}'))).toBe(
    '1: The request is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
  );
  expect(answer(made, 'get subjectaccessreviews')).toBe(
    '1: Error from server (MethodNotAllowed): the server does not allow this method on the requested resource',
  );
});
