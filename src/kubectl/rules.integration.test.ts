/** Rules in CEL: of custom kinds, and of admission policies; the answers were recorded from a real cluster. */
import { expect, test } from 'vitest';
import { createTerminal, type Terminal } from '../testing/terminal';

const DEFINITION = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, kind: Thing}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        x-kubernetes-validations:
        - {rule: "self.metadata.name.startsWith('t')", message: "name must begin with t"}
        properties:
          spec:
            type: object
            x-kubernetes-validations:
            - {rule: "self.min <= self.max", messageExpression: "'min is ' + (self.min > 3 ? 'big' : 'small')", reason: FieldValueForbidden, fieldPath: ".min"}
            - {rule: "!has(self.list) || self.list.all(x, x != 'bad')"}
            - {rule: "self.max == oldSelf.max", message: "max is immutable"}
            properties:
              min: {type: integer, x-kubernetes-validations: [{rule: "self > 0"}]}
              max: {type: integer}
              list: {type: array, maxItems: 10, items: {type: string, maxLength: 20}}
              map: {type: object, maxProperties: 5, additionalProperties: {type: string, maxLength: 10, x-kubernetes-validations: [{rule: "self != 'x'", message: "no x"}]}}
`;

function answer({ run }: Terminal, line: string, stdin?: string): string {
  const { stdout, stderr } = run(line, stdin);
  return `${stdout}${stderr}`.trimEnd();
}

const thing = (name: string, spec: string): string =>
  `{apiVersion: example.com/v1, kind: Thing, metadata: {name: ${name}}, spec: ${spec}}`;

test('rules of a custom kind are asked of its objects', () => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.run('apply -f -', DEFINITION);
  terminal.world.runFor(1000);
  const apply = (name: string, spec: string) => answer(terminal, 'apply -f -', thing(name, spec));
  expect(apply('t1', '{min: 1, max: 3}')).toBe('thing.example.com/t1 created');
  expect(apply('x1', '{min: 5, max: 3, list: [bad], map: {a: x}}').split('\n')).toEqual([
    'The Thing "x1" is invalid: ',
    '* <nil>: Invalid value: name must begin with t',
    '* spec.min: Forbidden: min is big',
    "* spec: Invalid value: failed rule: !has(self.list) || self.list.all(x, x != 'bad')",
    '* spec.map[a]: Invalid value: "x": no x',
  ]);
  expect(apply('t1', '{min: 1, max: 4}')).toBe('The Thing "t1" is invalid: spec: Invalid value: max is immutable');
  expect(apply('t2', '{min: 0, max: 4}')).toBe(
    'The Thing "t2" is invalid: spec.min: Invalid value: 0: failed rule: self > 0',
  );
  expect(apply('t3', '{max: 4}')).toBe(
    'The Thing "t3" is invalid: spec: Invalid value: "object": no such key: min evaluating rule: self.min <= self.max',
  );
});

test('a definition with wrong rules is refused', () => {
  const terminal = createTerminal({ nodes: 0 });
  const wrong = DEFINITION.replace('self > 0', 'self.foo > 0')
    .replace("self != 'x'", 'self')
    .replace('self.max == oldSelf.max', 'foo');
  const said = answer(terminal, 'apply -f -', wrong);
  expect(said).toContain(
    `properties[spec].x-kubernetes-validations[2].rule: Invalid value: {"Rule":"foo","Message":"max is immutable","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:1: undeclared reference to 'foo' (in container '')\n | foo\n | ^`,
  );
  expect(said).toContain('cel expression must evaluate to a bool');
});

const POLICY = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}]
  matchConditions: [{name: not-free, expression: "object.metadata.name != 'free'"}]
  variables: [{name: r, expression: "object.spec.replicas"}, {name: twice, expression: "variables.r * 2"}]
  validations:
  - {expression: "variables.r <= 5", messageExpression: "'at most 5 replicas, not ' + string(variables.r)"}
  - {expression: "variables.twice != 8", message: "not four", reason: Forbidden}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: replicas-here}
spec:
  policyName: replicas
  validationActions: [ACTION]
  matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: default}}}
`;

const create = (name: string, replicas: number, more = ''): string =>
  `create deployment ${name} --image=app:v1 --replicas=${replicas}${more}`;

test('a policy refuses what its expressions do not allow, where it is bound', () => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.run('apply -f -', POLICY.replace('ACTION', 'Deny'));
  terminal.world.runFor(1000);
  expect(answer(terminal, create('web', 6))).toBe(
    `error: failed to create deployment: deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'replicas' with binding 'replicas-here' denied request: at most 5 replicas, not 6`,
  );
  expect(answer(terminal, create('web', 4))).toContain('denied request: not four');
  expect(answer(terminal, create('web', 3))).toBe('deployment.apps/web created');
  expect(answer(terminal, create('free', 6))).toBe('deployment.apps/free created');
  expect(answer(terminal, create('web', 6, ' -n kube-public'))).toBe('deployment.apps/web created');
  terminal.run('delete validatingadmissionpolicybinding replicas-here');
  expect(answer(terminal, create('many', 6))).toContain('denied request: at most 5 replicas');
  terminal.world.runFor(1000);
  expect(answer(terminal, create('many', 6))).toBe('deployment.apps/many created');
});

test('a policy warns although another has refused already', () => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.run('apply -f -', POLICY.replace('ACTION', 'Deny'));
  terminal.run(
    'apply -f -',
    POLICY.replace('ACTION', 'Warn')
      .replaceAll('replicas-here', 'z')
      .replace('{name: replicas}', '{name: z}')
      .replace('policyName: replicas', 'policyName: z'),
  );
  terminal.world.runFor(1000);
  expect(terminal.run(create('web', 6)).stderr.split('\n')).toEqual([
    "Warning: Validation failed for ValidatingAdmissionPolicy 'z' with binding 'z': at most 5 replicas, not 6",
    expect.stringMatching(/^error: failed to create deployment: .* denied request: at most 5 replicas, not 6$/),
    '',
  ]);
});

test('a policy holds from the next second on', () => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.world.runFor(400);
  terminal.run('apply -f -', POLICY.replace('ACTION', 'Deny'));
  expect(answer(terminal, create('early', 6))).toBe('deployment.apps/early created');
  terminal.world.runFor(599);
  expect(answer(terminal, create('just', 6))).toBe('deployment.apps/just created');
  terminal.world.runFor(1);
  expect(answer(terminal, create('late', 6))).toContain('denied request');
});

test('rules name subresources; scale is asked about as a Scale', () => {
  const terminal = createTerminal({ nodes: 0 });
  const policy = POLICY.replace('ACTION', 'Deny').replace(' != 8', ' > 0');
  terminal.run('apply -f -', policy);
  terminal.world.runFor(1000);
  answer(terminal, create('web', 1));
  const scale = (replicas: number) => answer(terminal, `scale deployment web --replicas=${replicas}`);
  expect(scale(7)).toBe('deployment.apps/web scaled');
  const parts = policy
    .replace('[deployments]', "[deployments/scale, '*/status']")
    .replace(
      "'at most 5 replicas, not '",
      "request.kind.group + '/' + request.kind.kind + ' of ' + request.resource.resource + '/' + request.subResource + ': '",
    );
  terminal.run('apply -f -', parts);
  terminal.world.runFor(1000);
  expect(scale(8)).toBe(
    `The deployments "web" is invalid: : ValidatingAdmissionPolicy 'replicas' with binding 'replicas-here' denied request: autoscaling/Scale of deployments/scale: 8`,
  );
  expect(answer(terminal, create('large', 9))).toBe('deployment.apps/large created');
  const status = `patch deployment web --subresource=status --type=merge -p '{"status":{"observedGeneration":1}}'`;
  expect(answer(terminal, status)).toContain('denied request: apps/Deployment of deployments/status: 7');
});

test('what a binding can not choose, and annotations that fail, refuse also where failures only warn', () => {
  const terminal = createTerminal({ nodes: 0 });
  const policy = POLICY.replace('ACTION', 'Warn');
  terminal.run(
    'apply -f -',
    policy.replace(
      'spec:\n',
      `spec:\n  auditAnnotations: [{key: a, valueExpression: "string(object.metadata.labels['nope'])"}]\n`,
    ),
  );
  terminal.world.runFor(1000);
  expect(answer(terminal, create('web', 1))).toContain(
    `denied request: expression 'string(object.metadata.labels['nope'])' resulted in error: no such key: nope`,
  );
  const withParams = policy
    .replace('spec:\n', 'spec:\n  paramKind: {apiVersion: v1, kind: ConfigMap}\n')
    .replace(
      'policyName: replicas\n',
      'policyName: replicas\n  paramRef: {name: none, parameterNotFoundAction: Deny}\n',
    );
  terminal.run('apply -f -', withParams);
  terminal.world.runFor(1000);
  expect(answer(terminal, create('web', 1))).toContain('denied request: failed to configure binding: no params found');
});

test('a policy whose kind of parameters is not there refuses what it is for, wherever its binding holds', () => {
  const terminal = createTerminal({ nodes: 0 });
  const policy = POLICY.replace('ACTION', 'Warn')
    .replace('spec:\n', 'spec:\n  paramKind: {apiVersion: example.com/v1, kind: Thing}\n')
    .replace('kubernetes.io/metadata.name: default', 'no: such');
  terminal.run('apply -f -', policy);
  terminal.world.runFor(1000);
  expect(answer(terminal, create('web', 1))).toBe(
    `error: failed to create deployment: deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'replicas' denied request: failed to configure policy: failed to find resource referenced by paramKind: 'example.com/v1, Kind=Thing'`,
  );
  terminal.run('apply -f -', DEFINITION);
  terminal.world.runFor(1000);
  expect(answer(terminal, create('web', 1))).toBe('deployment.apps/web created');
});

test('or warns', () => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.run('apply -f -', POLICY.replace('ACTION', 'Warn'));
  terminal.world.runFor(1000);
  expect(answer(terminal, create('web', 6))).toBe(
    `deployment.apps/web created\nWarning: Validation failed for ValidatingAdmissionPolicy 'replicas' with binding 'replicas-here': at most 5 replicas, not 6`,
  );
});

test('type checking of a policy for a custom kind knows its schema', () => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.run('apply -f -', DEFINITION);
  terminal.world.runFor(1000);
  const policy = POLICY.replace('[apps]', '[example.com]').replace('[deployments]', '[things]');
  terminal.run('apply -f -', policy.replace('object.spec.replicas', 'object.spec.most').replace('ACTION', 'Deny'));
  terminal.run(
    'apply -f -',
    policy.replace('variables.r <= 5', "object.spec.min == 'x' && object.spec.most > 1").replace('ACTION', 'Deny'),
  );
  const { typeChecking } = JSON.parse(answer(terminal, 'get validatingadmissionpolicy replicas -o jsonpath={.status}'));
  const [first] = typeChecking.expressionWarnings;
  expect(first.fieldRef).toBe('spec.validations[0].expression');
  expect(first.warning).toContain(
    "example.com/v1, Kind=Thing: ERROR: <input>:1:17: found no matching overload for '_==_' applied to '(int, string)'",
  );
  expect(first.warning).toContain("undefined field 'most'");
});

test('types are checked anew only when the spec of a policy changes', () => {
  const terminal = createTerminal({ nodes: 0 });
  const policy = POLICY.replace('[apps]', '[example.com]').replace('[deployments]', '[things]');
  terminal.run('apply -f -', policy.replace('variables.r <= 5', 'object.spec.most > 1').replace('ACTION', 'Deny'));
  terminal.run('apply -f -', DEFINITION);
  terminal.world.runFor(1000);
  terminal.run('label validatingadmissionpolicy replicas a=b');
  const status = () => answer(terminal, 'get validatingadmissionpolicy replicas -o jsonpath={.status}');
  expect(status()).toBe('{"observedGeneration":1,"typeChecking":{}}');
  terminal.run(`patch validatingadmissionpolicy replicas --type=merge -p '{"spec":{"failurePolicy":"Ignore"}}'`);
  expect(status()).toContain('"observedGeneration":2,"typeChecking":{"expressionWarnings"');
});

test('texts with a format are durations, moments and bytes to rules, wherever they stand', () => {
  const terminal = createTerminal({ nodes: 0 });
  const typed = `
        type: object
        properties:
          spec:
            type: object
            x-kubernetes-validations:
            - {rule: "!has(self.wait) || self.wait > duration('1s')", message: too short}
            - {rule: "!has(self.at) || self.at < timestamp('2030-01-01T00:00:00Z')", message: too late}
            - {rule: "!has(self.days) || self.days.all(d, d.getFullYear() == 2026)", message: another year}
            - {rule: "!has(self.raw) || self.raw == b'abc'", message: other bytes}
            properties:
              wait: {type: string, format: duration}
              at: {type: string, format: date-time}
              days: {type: array, maxItems: 5, items: {type: string, format: date}}
              raw: {type: string, format: byte, maxLength: 20}
`;
  terminal.run('apply -f -', `${DEFINITION.split('openAPIV3Schema:')[0]}openAPIV3Schema:${typed}`);
  terminal.world.runFor(1000);
  const apply = (spec: string) => answer(terminal, 'apply -f -', thing('a', spec));
  expect(apply('{wait: 10s, at: "2029-05-06T07:08:09Z", days: ["2026-02-03"], raw: YWJj}')).toBe(
    'thing.example.com/a created',
  );
  expect(
    apply('{wait: 1s, at: "2031-05-06T07:08:09Z", days: ["2025-02-03"], raw: YWJk}').match(/: (\w+ \w+)$/gm),
  ).toEqual([': too short', ': too late', ': another year', ': other bytes']);
});
