/** What is kept of a custom resource, and what its schema fills in. */
import { expect, test } from 'vitest';
import { applyDefaults } from './defaulting';
import type { Schema } from './json-schema';
import { pruneObject } from './prune';

const SCHEMA: Schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        size: { type: 'integer', default: 3 },
        list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string', default: 'x' } } } },
        free: {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
          properties: { known: { type: 'object', properties: { a: { type: 'string' } } } },
        },
        map: { type: 'object', additionalProperties: { type: 'string' } },
        pod: { type: 'object', 'x-kubernetes-embedded-resource': true, properties: { spec: { type: 'object' } } },
        nothing: { type: 'string' },
      },
    },
  },
};

test('unknown fields go and are named in order', () => {
  const object = {
    kind: 'Foo',
    metadata: { name: 'x', odd: 1 },
    extra: 1,
    spec: {
      zzz: 1,
      list: [{ a: 'b', c: 1 }],
      free: { any: { thing: 1 }, known: { a: 'b', c: 1 } },
      map: { a: 'b' },
      pod: { kind: 'Pod', metadata: {}, other: 1 },
      nothing: null,
    },
  };
  const { value, unknown } = pruneObject(object, SCHEMA);
  expect(unknown).toEqual(['extra', 'spec.free.known.c', 'spec.list[0].c', 'spec.pod.other', 'spec.zzz']);
  expect(value).toEqual({
    kind: 'Foo',
    metadata: { name: 'x', odd: 1 },
    spec: {
      list: [{ a: 'b' }],
      free: { any: { thing: 1 }, known: { a: 'b' } },
      map: { a: 'b' },
      pod: { kind: 'Pod', metadata: {} },
    },
  });
});

test('keys are what users say', () => {
  const object = JSON.parse('{"spec": {"map": {"__proto__": "a", "constructor": "b"}}}');
  const { value } = pruneObject(object, SCHEMA);
  expect(JSON.stringify(value)).toBe('{"spec":{"map":{"__proto__":"a","constructor":"b"}}}');
});

test('defaults fill what is missing, deep down too', () => {
  const value = { spec: { list: [{}, { a: 'y' }] } };
  applyDefaults(value, SCHEMA);
  expect(value).toEqual({ spec: { size: 3, list: [{ a: 'x' }, { a: 'y' }] } });
});
