import { expect, it } from 'vitest';
import type { KubeObject } from '../meta';
import { validatePolicy } from './admission-policy';

const MATCHES = {
  matchPolicy: 'Equivalent',
  namespaceSelector: {},
  objectSelector: {},
  resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] }],
};

function complaints(spec: object): string[] {
  const whole = { failurePolicy: 'Fail', matchConstraints: MATCHES, validations: [{ expression: 'true' }], ...spec };
  const policy = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy' };
  const errors = validatePolicy({ ...policy, metadata: { name: 'a.example.com' }, spec: whole } as KubeObject);
  return errors.map(({ field, message }) => `${field}: ${message.split('\n')[0]}`);
}

const rule = (expression: string): object => ({ validations: [{ expression }] });
const CHECK =
  "authorizer.group('apps').resource('deployments').namespace('a').name('b').subresource('scale').check('get')";

// In the words of a 1.36.3.
it.each([
  [rule('object.spec.replicas <= 5'), []],
  [rule('object.?spec.replicas.orValue(1) == 1'), []],
  [rule('object.?spec.orValue([]).filter(x, x == 1)'), ['must evaluate to bool but got list(dyn)']],
  [{ ...rule("'%s %d'.format(['a', 1]) == ''"), matchConstraints: MATCHES }, []],
  [rule('object.spec.replicas'), ['must evaluate to bool but got dyn']],
  [rule(`${CHECK}.allowed()`), []],
  [rule(`${CHECK}.reason()`), ['must evaluate to bool but got string']],
  [rule("authorizer.path('/healthz').check('get').allowed()"), []],
  [rule("authorizer.serviceAccount('a', 'b').group('').resource('pods').check('get').allowed()"), []],
  [rule("authorizer.requestResource.check('update').allowed()"), []],
  [rule('request.nothing == 1'), ["compilation failed: ERROR: <input>:1:8: undefined field 'nothing'"]],
  [rule("namespaceObject.metadata.labels['a'] == 'b'"), []],
  [
    {
      variables: [{ name: 'names', expression: 'object.spec.containers.map(c, c.name)' }],
      ...rule('variables.names == true'),
    },
    ["compilation failed: ERROR: <input>:1:17: found no matching overload for '_==_' applied to '(list(dyn), bool)'"],
  ],
  [
    { variables: [{ name: 'a', expression: '1' }], ...rule('variables.b == 1') },
    ["compilation failed: ERROR: <input>:1:10: undefined field 'b'"],
  ],
])('rules of a policy: %j', (spec, wanted) => {
  expect(complaints(spec).map((text) => text.replace(/^.*?: Invalid value: ".*?": (?=must|compil)/, ''))).toEqual(
    wanted,
  );
});

it.each([
  [
    { validations: [{ expression: 'true', messageExpression: '1 + 2' }] },
    ['spec.validations[0].messageExpression: Invalid value: "1 + 2": must evaluate to string but got int'],
  ],
  [
    {
      auditAnnotations: [
        { key: 'a', valueExpression: '5' },
        { key: 'a', valueExpression: "'x'" },
      ],
    },
    [
      'spec.auditAnnotations[0].valueExpression: Invalid value: "5": must evaluate to one of [string null_type] but got int',
      'spec.auditAnnotations[1].key: Duplicate value: "a"',
    ],
  ],
  [
    { paramKind: { apiVersion: 'a/b/V1', kind: 'x_y' } },
    [
      'spec.paramKind.apiVersion: Invalid value: "a/b/V1": unexpected GroupVersion string: a/b/V1',
      'spec.paramKind.kind',
    ],
  ],
])('parts of a policy: %j', (spec, wanted) => {
  const told = complaints(spec);
  expect(told).toHaveLength(wanted.length);
  for (const [index, text] of wanted.entries()) expect(told[index]).toContain(text);
});

it.each([
  ["request.userInfo.username in ['a', params.data.owner]", "1:47: expected type 'string' but found 'dyn'"],
  ["[object.a, 2.0, 'a'] == []", "1:12: expected type 'dyn' but found 'double'"],
  ["[1, 2.0, 'a'] == []", "1:5: expected type 'int' but found 'double'"],
  ["['a', null] == []", "1:7: expected type 'string' but found 'null'"],
  ["1 == 'a' && [1, 'a'] == []", "1:3: found no matching overload for '_==_' applied to '(int, string)'"],
  ["object.x ? 1 : 'a'", "1:10: found no matching overload for '_?_:_' applied to '(dyn, int, string)'"],
  ["[1, 2] + ['a'] == []", "1:8: found no matching overload for '_+_' applied to '(list(int), list(string))'"],
])('%s is refused', (expression, problem) => {
  const spec = { ...rule(expression), paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };
  expect(complaints(spec).join()).toContain(`compilation failed: ERROR: <input>:${problem}`);
});
