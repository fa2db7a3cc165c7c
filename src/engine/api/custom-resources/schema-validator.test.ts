/** Values against schemas, in the API server's words. */
import { expect, test } from 'vitest';
import type { Schema } from './json-schema';
import { validateBySchema, validateChangeBySchema } from './schema-validator';

const SCHEMA: Schema = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 5 },
        ratio: { type: 'number', exclusiveMinimum: true, minimum: 0, multipleOf: 0.5 },
        mode: { type: 'string', enum: ['fast', 'slow'] },
        name: { type: 'string', maxLength: 5, minLength: 2, pattern: '^[a-z]+$' },
        when: { type: 'string', format: 'date-time' },
        tags: { type: 'array', maxItems: 2, minItems: 1, items: { type: 'string' } },
        port: { 'x-kubernetes-int-or-string': true },
        more: { type: 'object', additionalProperties: { type: 'boolean' }, maxProperties: 1 },
        either: {
          type: 'object',
          properties: { a: { type: 'string' }, b: { type: 'string' } },
          oneOf: [{ required: ['a'] }, { required: ['b'] }],
        },
        not: { type: 'string', not: { enum: ['x'] } },
        maybe: { type: 'string', nullable: true },
      },
    },
  },
};

function said(spec: unknown): string[] {
  const object = spec === undefined ? {} : { spec };
  return validateBySchema(object, SCHEMA).map(({ field, message }) => `${field}: ${message}`);
}

test.each<[unknown, string[]]>([
  [{ size: 3, mode: 'fast', name: 'abc', port: 'http', maybe: null }, []],
  [undefined, ['spec: Required value']],
  [{}, ['spec.size: Required value']],
  ['x', ['spec: Invalid value: "string": spec in body must be of type object: "string"']],
  [{ size: 'x' }, ['spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"']],
  [
    { size: 1.5 },
    [
      'spec.size: Invalid value: "number": spec.size in body must be of type integer: "number"',
      '<nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.size',
    ],
  ],
  [{ size: null }, ['spec.size: Invalid value: "null": spec.size in body must be of type integer: "null"']],
  [{ size: 0 }, ['spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1']],
  [{ size: 9 }, ['spec.size: Invalid value: 9: spec.size in body should be less than or equal to 5']],
  [{ size: 1, ratio: -0.5 }, ['spec.ratio: Invalid value: -0.5: spec.ratio in body should be greater than 0']],
  [{ size: 1, ratio: 0.7 }, ['spec.ratio: Invalid value: 0.7: spec.ratio in body should be a multiple of 0.5']],
  [{ size: 1, mode: 'odd' }, ['spec.mode: Unsupported value: "odd": supported values: "fast", "slow"']],
  [{ size: 1, name: 'abcdef' }, ['spec.name: Too long: may not be more than 5 bytes']],
  [{ size: 1, name: 'a' }, ['spec.name: Invalid value: "a": spec.name in body should be at least 2 chars long']],
  [{ size: 1, name: 'A1' }, ['spec.name: Invalid value: "A1": spec.name in body should match \'^[a-z]+$\'']],
  [{ size: 1, when: 'now' }, ['spec.when: Invalid value: "now": spec.when in body must be of type date-time: "now"']],
  [{ size: 1, when: '2026-01-01T00:00:00Z' }, []],
  [{ size: 1, tags: [] }, ['spec.tags: Invalid value: 0: spec.tags in body should have at least 1 items']],
  [{ size: 1, tags: ['a', 'b', 'c'] }, ['spec.tags: Too many: 3: must have at most 2 items']],
  [
    { size: 1, tags: [1] },
    ['spec.tags[0]: Invalid value: "integer": spec.tags[0] in body must be of type string: "integer"'],
  ],
  [
    { size: 1, port: true },
    ['spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"'],
  ],
  [
    { size: 1, more: { a: 'x' } },
    ['spec.more.a: Invalid value: "string": spec.more.a in body must be of type boolean: "string"'],
  ],
  [{ size: 1, more: { a: true, b: true } }, ['spec.more: Too many: 2: must have at most 1 item']],
  [
    { size: 1, either: {} },
    [
      '<nil>: Invalid value: "": "spec.either" must validate one and only one schema (oneOf). Found none valid',
      'spec.either.a: Required value',
    ],
  ],
  [
    { size: 1, either: { a: 'x', b: 'x' } },
    [
      '<nil>: Invalid value: "": "spec.either" must validate one and only one schema (oneOf). Found 2 valid alternatives',
    ],
  ],
  [{ size: 1, not: 'x' }, ['<nil>: Invalid value: "": "spec.not" must not validate the schema (not)']],
])('%j', (spec, expected) => {
  expect(said(spec)).toEqual(expected);
});

test('what an update leaves as it was is not complained of', () => {
  const old = { spec: { size: 9, mode: 'odd' } };
  const errors = validateChangeBySchema({ spec: { size: 9, mode: 'even' } }, old, SCHEMA);
  expect(errors.map(({ field }) => field)).toEqual(['spec.mode']);
});

test('a pattern that takes others for ever is matched at once', () => {
  const schema: Schema = { type: 'string', pattern: '^(a+)+$' };
  expect(validateBySchema(`${'a'.repeat(5000)}!`, schema)).toHaveLength(1);
});
