import { describe, expect, test } from 'vitest';
import {
  duplicate,
  forbiddenField,
  invalid,
  notFoundValue,
  notSupported,
  printGo,
  required,
  tooLong,
  tooMany,
} from './field-errors';
import { internalForm } from './internal-form';

describe('field errors', () => {
  test.each([
    [required('a'), 'FieldValueRequired', 'Required value'],
    [required('a', 'why'), 'FieldValueRequired', 'Required value: why'],
    [invalid('a', 'x', 'why'), 'FieldValueInvalid', 'Invalid value: "x": why'],
    [invalid('a', null, 'why'), 'FieldValueInvalid', 'Invalid value: null: why'],
    [
      notSupported('a', 'x', ['b', 'c']),
      'FieldValueNotSupported',
      'Unsupported value: "x": supported values: "b", "c"',
    ],
    [duplicate('a', 80), 'FieldValueDuplicate', 'Duplicate value: 80'],
    [notFoundValue('a', 'v'), 'FieldValueNotFound', 'Not found: "v"'],
    [forbiddenField('a', 'why'), 'FieldValueForbidden', 'Forbidden: why'],
    [tooLong('a', 1), 'FieldValueTooLong', 'Too long: may not be more than 1 byte'],
    [tooMany('a', 9, 8), 'FieldValueTooMany', 'Too many: 9: must have at most 8 items'],
  ])('%#: %o', (error, type, message) => {
    expect(error).toEqual({ type, field: 'a', message });
  });

  test.each<[unknown, string]>([
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['tab\tline\nend', '"tab\\tline\\nend"'],
    ['\u0001\u00a0\ufeff', '"\\x01\\u00a0\\ufeff"'],
    ['你好 <b>', '"你好 <b>"'],
    [true, 'true'],
    [-1, '-1'],
    [undefined, 'null'],
    [['a'], '["a"]'],
    [{ a: '<&>' }, '{"a":"\\u003c\\u0026\\u003e"}'],
  ])('prints %o as Go does', (value, printed) => {
    expect(printGo(value)).toBe(printed);
  });

  test('a struct prints with Go names, in Go order, and whole', () => {
    expect(printGo(internalForm('DeploymentStrategy', { type: 'Rolling' }))).toBe(
      '{"Type":"Rolling","RollingUpdate":null}',
    );
    expect(printGo(internalForm('ServicePort', { port: 80, protocol: 'TCP' }))).toBe(
      '{"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    );
    expect(printGo(internalForm('EnvVar', { name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }))).toBe(
      '{"Name":"A","Value":"","ValueFrom":{"FieldRef":null,"ResourceFieldRef":null,"ConfigMapKeyRef":null,' +
        '"SecretKeyRef":{"Name":"s","Key":"k","Optional":null},"FileKeyRef":null}}',
    );
  });
});
