/** What kubectl 1.36.3 said before it asked the server for anything. */
import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';

const NAMELESS = 'apiVersion: v1\nkind: ConfigMap\ndata: {}\n';
const ROLE = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a}\n';
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: two}\n';
const NO_TEMPLATE = 'the object is not a pod or does not have a pod template';

const badOutput = (format: string): string =>
  `error: unable to match a printer suitable for the output format "${format}", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml\n`;

const ANSWERS: readonly (readonly [string, string, string])[] = [
  ['-n', "error: flag needs an argument: 'n' in -n\nSee 'kubectl --help' for usage.\n", ''],
  ['--bogus', "error: unknown flag: --bogus\nSee 'kubectl --help' for usage.\n", ''],
  ['get pods --user=nosuch', 'error: auth info "nosuch" does not exist\n', ''],
  ['get pods --context=nosuch', 'error: context "nosuch" does not exist\n', ''],
  ['get pods --cluster=nosuch', 'error: cluster "nosuch" does not exist\n', ''],
  [
    'set selector svc/web app=web,x in (a)',
    `error: couldn't parse the selector string "(a)": found '(', expected: !, identifier, or 'end of string'\n`,
    '',
  ],
  [
    'get pods --v=x',
    `error: invalid argument "x" for "-v, --v" flag: strconv.ParseInt: parsing "x": invalid syntax\nSee 'kubectl get --help' for usage.\n`,
    '',
  ],
  ['scale deploy a -o json=x --replicas=1', badOutput('json=x'), ''],
  ['wait -o bad pod/a', badOutput('bad'), ''],
  ['annotate -o bad a', badOutput('bad'), ''],
  ['create service externalname s --external-name=A.b', 'error: invalid service external name A.b\n', ''],
  [
    'create secret generic s --from-literal=a/b=1',
    `error: "a/b" is not valid key name for a Secret a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')\n`,
    '',
  ],
  ['create pdb p --selector=a!=b --min-available=1', 'error: "!=" is not a valid label selector operator\n', ''],
  ['config get-contexts a b', 'context a not found\ncontext b not found\n', ''],
  [
    'config get-contexts -o wide',
    'error: --output wide is not available in kubectl config get-contexts; resetting to default output format\n',
    '',
  ],
  ["create configmap ''", 'error: name must be specified\n', ''],
  ['annotate -f - n=1', 'error: resource name may not be empty\n', NAMELESS],
  ['describe -f -', 'error: resource name may not be empty\n', NAMELESS],
  ['set image -f - c=q:2 --local', `error: service/two ${NO_TEMPLATE}: *v1.Service\n`, SERVICE],
  ['set image -f - c=q:2 --local', `error: role.rbac.authorization.k8s.io/a\n ${NO_TEMPLATE}: *v1.Role\n`, ROLE],
];

test.each(ANSWERS)('%s', (command, stderr, stdin) => {
  const { session } = createSession('');
  const answer = session!.kubectl(command, { step: 0, timeMs: 0 }, { stdin });
  const stdout = command.startsWith('config get-contexts a') ? 'CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n' : '';
  expect({ ...answer, stderr: answer.stderr.trimEnd() }).toMatchObject({
    code: 1,
    stdout,
    stderr: stderr.trimEnd(),
  });
});

test('flags that diff does not know are no differences found', () => {
  const { session } = createSession('');
  const { code, stderr } = session!.kubectl('diff --all', { step: 0, timeMs: 0 });
  expect([code, stderr]).toEqual([2, "error: unknown flag: --all\nSee 'kubectl diff -h' for help and examples\n"]);
});

test('a budget may be made for a set of values', () => {
  const { session } = createSession('');
  const command = `create pdb p --selector='a in (c,b),d' --min-available=1 --dry-run=client -o jsonpath={.spec.selector}`;
  const { stdout } = session!.kubectl(command, { step: 0, timeMs: 0 });
  expect(stdout).toBe(
    '{"matchExpressions":[{"key":"a","operator":"In","values":["b","c"]},{"key":"d","operator":"Exists"}]}',
  );
});

test('there are no alpha commands', () => {
  const { session } = createSession('');
  expect(session!.kubectl('alpha', { step: 0, timeMs: 0 })).toMatchObject({
    code: 0,
    stderr: 'No alpha commands are available in this version of kubectl\n',
  });
});

test('options prints what flags every command takes', () => {
  const { session } = createSession('');
  const { code, stdout } = session!.kubectl('options', { step: 0, timeMs: 0 });
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^The following options can be passed to any command:\n\n {4}--as='':\n\tUsername to impersonate/,
  );
  expect(stdout).toContain(
    "\n    -s, --server='':\n\tThe address and port of the Kubernetes API server\n\n    --tls-server-name='':\n",
  );
  expect(stdout).toMatch(/\tTreat warnings received from the server as errors and exit with a non-zero exit code\n\n$/);
  expect(stdout.split('\n\n').length).toBe(31);
});
