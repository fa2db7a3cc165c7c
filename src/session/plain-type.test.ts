import { expect, test } from 'vitest';
import { plainType } from './plain-type';

const into = (type: string) => `into Go struct field DeploymentSpec.spec.x of type ${type}`;

test.each([
  ['string', 'int32', 'a whole number is expected, not a text'],
  ['number', 'string', 'a text is expected, not a number'],
  ['string', '[]v1.Container', 'a list is expected, not a text'],
  ['array', 'map[string]string', 'a mapping is expected, not a list'],
  ['string', 'bool', 'true or false is expected, not a text'],
  ['string', 'v1.PodSpec', 'a mapping is expected, not a text'],
  ['object', 'v1.PullPolicy', 'a text is expected, not a mapping'],
  ['bool', 'v1.PullPolicy', 'a text or a mapping is expected, not true or false'],
])('a %s for %s', (given, type, plain) => {
  const own = `json: cannot unmarshal ${given} ${into(type)}`;
  expect(plainType(own, 'spec.x')).toBe(`spec.x: ${plain} (${own})`);
});

test('a number that does not fit, and what is not about a type', () => {
  const own = `json: cannot unmarshal number 1.5 ${into('int32')}`;
  expect(plainType(own, 'spec.x')).toBe(`spec.x: a whole number is expected, not 1.5 (${own})`);
  expect(plainType('quantities must match', 'spec.x')).toBe('quantities must match');
});
