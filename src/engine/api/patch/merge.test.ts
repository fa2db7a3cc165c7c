import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../plain';
import { applyMergePatch } from './merge';

const rows: readonly [string, Record<string, unknown>, unknown, unknown][] = [
  ['merges maps', { a: { b: 1, c: 2 } }, { a: { c: 3 } }, { a: { b: 1, c: 3 } }],
  ['takes out what is null', { a: { b: 1, c: 2 } }, { a: { b: null } }, { a: { c: 2 } }],
  ['replaces lists', { a: [1, 2] }, { a: [3] }, { a: [3] }],
  ['replaces a scalar by a map, without its nulls', { a: 1 }, { a: { b: 1, c: null } }, { a: { b: 1 } }],
  ['adds a map without its nulls', {}, { a: { b: { c: null, d: 1 } } }, { a: { b: { d: 1 } } }],
  ['null for nothing is nothing', { a: 1 }, { b: null }, { a: 1 }],
];

describe('applyMergePatch', () => {
  it.each(rows)('%s', (_name, object, patch, expected) => {
    expect(applyMergePatch(deepFreeze(object), deepFreeze(patch))).toEqual(expected);
  });

  it('shares what the patch leaves alone', () => {
    const object = { spec: { template: {} }, metadata: { name: 'web' } };
    const result = applyMergePatch(object, { metadata: { labels: { app: 'web' } } });
    expect(result.spec).toBe(object.spec);
  });

  it('refuses a patch that is not a map', () => {
    const words = 'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}';
    expect(() => applyMergePatch({}, [1])).toThrow(words);
  });
});
