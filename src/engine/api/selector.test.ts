import { describe, expect, test } from 'vitest';
import type { KubeObject } from './meta';
import { findResource } from './scheme';
import {
  fieldSelectorError,
  formatLabelSelector,
  formatRequirements,
  matchesFieldSelector,
  matchesLabelSelector,
  matchesSet,
  matchesText,
  parseLabelSelector,
} from './selector';

const LABELS = { app: 'web', tier: 'front', size: '5' };

describe('label selector texts', () => {
  test.each([
    ['', true],
    ['app', true],
    ['!app', false],
    ['!canary', true],
    ['app=web', true],
    ['app==web', true],
    ['app!=web', false],
    ['canary!=yes', true],
    ['app in (web,api)', true],
    ['app notin (web)', false],
    ['canary notin (yes)', true],
    ['app=web,tier=back', false],
    ['size>4', true],
    ['size>5', false],
    ['size<10', true],
    ['app>4', false],
    ['app in ()', false],
  ])('%j selects the labels: %s', (text, selected) => {
    expect(matchesText(text, LABELS)).toBe(selected);
  });

  test.each([
    ['y=b,x=a', 'x=a,y=b'],
    ['a in (c,b,b)', 'a in (b,c)'],
    ['a notin(b)', 'a notin (b)'],
    ['a in (,)', 'a in ()'],
    ['a in (b,,c)', 'a in (,b,c)'],
    ['a=,b=', 'a=,b='],
    [' a = b ', 'a=b'],
    ['!a=b', undefined],
    ['in in (in)', 'in in (in)'],
  ])('%j prints as %j', (text, printed) => {
    const print = () => formatRequirements(parseLabelSelector(text));
    if (printed === undefined) expect(print).toThrow();
    else expect(print()).toBe(printed);
  });

  test.each([
    ['a=b=c', "found '=', expected: ',' or 'end of string'"],
    [',a', "found ',', expected: !, identifier, or 'end of string'"],
    ['a,', "found '', expected: identifier after ','"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a=(b)', "unable to parse requirement: found '(', expected: identifier"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    [
      'a>x',
      "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
    ['/a=b', 'unable to parse requirement: <nil>: Invalid value: "/a": prefix part must be non-empty'],
    [
      'a=b_',
      "unable to parse requirement: values[0][a]: Invalid value: \"b_\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
    [
      `a=${'x'.repeat(64)}`,
      `unable to parse requirement: values[0][a]: Invalid value: "${'x'.repeat(64)}": must be no more than 63 bytes`,
    ],
  ])('%j is refused', (text, message) => {
    expect(() => parseLabelSelector(text)).toThrow(new Error(message));
  });
});

describe('LabelSelector objects', () => {
  const expression = (operator: string, values?: string[], key = 'app') => ({
    matchExpressions: [{ key, operator, values }],
  });

  test.each([
    [undefined, false],
    [{}, true],
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'web', tier: 'back' } }, false],
    [expression('In', ['web', 'api']), true],
    [expression('In', ['api']), false],
    [expression('NotIn', ['web']), false],
    [expression('NotIn', ['web'], 'canary'), true],
    [expression('Exists'), true],
    [expression('Exists', undefined, 'canary'), false],
    [expression('DoesNotExist'), false],
    [expression('DoesNotExist', undefined, 'canary'), true],
    [{ matchLabels: { app: 'web' }, ...expression('NotIn', ['front'], 'tier') }, false],
  ])('%j selects: %s', (selector, selected) => {
    expect(matchesLabelSelector(selector, LABELS)).toBe(selected);
  });

  test('objects without labels', () => {
    expect(matchesLabelSelector(expression('DoesNotExist'), undefined)).toBe(true);
    expect(matchesSet({ app: 'web' }, undefined)).toBe(false);
    expect(matchesSet(undefined, undefined)).toBe(true);
  });

  test('printing', () => {
    expect(formatLabelSelector(undefined)).toBe('<none>');
    expect(formatLabelSelector({})).toBe('<none>');
    const selector = { matchLabels: { b: '1', a: '2' }, ...expression('In', ['y', 'x'], 'c') };
    expect(formatLabelSelector(selector)).toBe('a=2,b=1,c in (x,y)');
  });
});

describe('field selectors', () => {
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-1', namespace: 'default' },
    spec: { nodeName: 'node-1' },
    status: { phase: 'Running' },
  };

  test.each([
    ['', true],
    ['metadata.name=web-1', true],
    ['spec.nodeName==node-1,status.phase!=Running', false],
    ['spec.nodeName!=', true],
    ['spec.hostNetwork=false', true],
    ['spec.host=node-1', true],
    ['status.podIP=', true],
  ])('%j matches: %s', (text, matches) => {
    expect(matchesFieldSelector(text, pod)).toBe(matches);
  });

  test.each([
    ['Pod', 'status.phase=Running', undefined],
    ['Pod', 'spec.foo=x', 'field label not supported: spec.foo'],
    ['Node', 'metadata.namespace=x', 'field label not supported: metadata.namespace'],
    [
      'Deployment',
      'spec.replicas=3',
      '"spec.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    ['Pod', 'a', "invalid selector: 'a'; can't understand 'a'"],
    ['Pod', 'a=b=c', 'invalid field selector: unescaped character in value: 61'],
    ['Pod', 'a=b\\x', 'invalid field selector: invalid escape sequence: \\x'],
    ['Pod', 'a=b\\', 'invalid field selector: invalid escape sequence: \\'],
  ])('%s %j: %s', (kind, text, error) => {
    expect(fieldSelectorError(findResource(kind)!, text)).toBe(error);
  });

  test('an event is found by what it is about', () => {
    const event: KubeObject = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'web-1.1', namespace: 'default' },
      involvedObject: { kind: 'Pod', name: 'web-1' },
      reportingComponent: 'kubelet',
      type: 'Warning',
    };
    expect(matchesFieldSelector('involvedObject.name=web-1,type=Warning,source=kubelet', event)).toBe(true);
    expect(matchesFieldSelector('involvedObject.name=web-2', event)).toBe(false);
  });
});
