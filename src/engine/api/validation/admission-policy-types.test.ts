import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../discovery';
import type { NamedRuleWithOperations } from '../types';
import { typeWarnings } from './admission-policy-types';

const rule = (apiGroups: string[], resources: string[]): NamedRuleWithOperations => ({
  apiGroups,
  apiVersions: ['v1'],
  operations: ['CREATE'],
  resources,
});

/** What is said of an expression where a policy is for `resourceRules`. */
const said = (expression: string, ...resourceRules: NamedRuleWithOperations[]): string[] =>
  typeWarnings({ matchConstraints: { resourceRules }, validations: [{ expression }] }, BUILT_IN).flatMap(
    ({ warning }) => warning.split('\n').filter((line) => line.includes('ERROR')),
  );

const kindsOf = (...rules: NamedRuleWithOperations[]): string[] =>
  said('object.nope == 3', ...rules).map((line) => line.replace(/, Kind=(\w+): .*/, ' $1'));

// As a 1.36.3 has it.
describe('the types that are looked at', () => {
  it.each([
    [
      ['deployments', 'events', 'secret', 'Service'],
      ['/v1 Event', '/v1 Secret', '/v1 Service', 'apps/v1 Deployment', 'events.k8s.io/v1 Event'],
    ],
    [['pods/status', '*', 'nothing'], []],
  ])('of no group %s are those of any group, also by their singular', (resources, kinds) => {
    expect(kindsOf(rule([''], resources))).toEqual(kinds);
  });
  it('of a group are its own', () =>
    expect(kindsOf(rule(['apps'], ['deployments', 'pods']))).toEqual(['apps/v1 Deployment']));
  it('are none where a group may be any', () => expect(kindsOf(rule(['*'], ['pods']))).toEqual([]));
  it('end with the rule that names ten', () => {
    const core =
      'pods services configmaps secrets nodes namespaces endpoints serviceaccounts persistentvolumes limitranges';
    const batch = rule(['batch'], ['jobs']);
    expect(kindsOf(rule([''], core.split(' ')), batch)).toHaveLength(10);
    expect(kindsOf(batch, rule([''], core.split(' ')))).toHaveLength(11);
    expect(kindsOf(rule([''], core.split(' ').slice(1)), batch)).toHaveLength(10);
  });
});

describe('an expression about Pods', () => {
  const problem = (expression: string): string[] =>
    said(expression, rule([''], ['pods'])).map((line) => line.replace(/.*ERROR: <input>:/, ''));
  it.each([
    [
      '1 in object.metadata.labels',
      "1:3: found no matching overload for '@in' applied to '(int, map(string, string))'",
    ],
    [
      '1 in object.spec.containers[0].args',
      "1:3: found no matching overload for '@in' applied to '(int, list(string))'",
    ],
    [
      'object.spec.containers[0].args == [1]',
      "1:32: found no matching overload for '_==_' applied to '(list(string), list(int))'",
    ],
    [
      'object.spec.containers[0].args + [1] == []',
      "1:32: found no matching overload for '_+_' applied to '(list(string), list(int))'",
    ],
    [
      "object.metadata.labels == 'a'",
      "1:24: found no matching overload for '_==_' applied to '(map(string, string), string)'",
    ],
    [
      'object.spec.nodeName ? true : false',
      "1:22: found no matching overload for '_?_:_' applied to '(string, bool, bool)'",
    ],
    ["object.spec.hostPID ? 1 : 'a'", "1:21: found no matching overload for '_?_:_' applied to '(bool, int, string)'"],
  ])('%s', (expression, message) => expect(problem(expression)).toEqual([message]));
  it.each([
    "'a' in object.metadata.labels && object.metadata.labels.a == 'b'",
    "object.spec.containers[0].args + ['a'] == ['b'] || object.spec.containers[0].args == []",
    "object.spec.containers.map(c, c.name) == ['a'] && object.spec.containers + object.spec.initContainers != []",
    "object.metadata.labels == object.metadata.annotations && object.metadata.labels != {'a': 'b'}",
    "object.spec.hostPID ? object.spec.nodeName : 'none'",
    "object.metadata.labels.all(k, k in ['a'])",
    'object.metadata.finalizers.exists(f, f in object.spec.containers[0].args)',
  ])('%s: nothing', (expression) => expect(problem(expression)).toEqual([]));
});
