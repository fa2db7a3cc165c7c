/** Names that the API server makes up, and what it says where there is none. */
import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const RULES = 'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]';
const role = (metadata: string, rules = RULES): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {${metadata}}\n${rules}\n`;

test('a generated name has 63 characters at most', () => {
  const { run } = createTerminal();
  const { stdout } = run('create -f - -o name', role(`generateName: ${'a'.repeat(70)}`));
  expect(stdout).toMatch(/^role\.rbac\.authorization\.k8s\.io\/a{58}[b-z2-9]{5}\n$/);
});

test('a missing name is said among what else is wrong', () => {
  const { run } = createTerminal();
  expect(run('create -f -', role('generateName: ""', 'rules: [{apiGroups: [""], resources: [pods]}]')).stderr).toBe(
    'The Role "" is invalid: \n* metadata.name: Required value: name or generateName is required\n* rules[0].verbs: Required value: verbs must contain at least one value\n',
  );
});

test('of the prefix of a ReplicationController alone nothing is said', () => {
  const { run } = createTerminal();
  const { stderr } = run(
    'create -f -',
    'apiVersion: v1\nkind: ReplicationController\nmetadata: {generateName: X}\nspec: {selector: {a: b}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}\n',
  );
  expect(stderr).toContain('metadata.name: Invalid value: "X');
  expect(stderr).not.toContain('metadata.generateName');
});
