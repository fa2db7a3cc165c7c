import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../plain';
import { StatusError } from '../status-error';
import { applyJsonPatch } from './json';

const REFUSAL = 'the server rejected our request due to an error in our request';

const document = () => deepFreeze({ a: { b: 1 }, list: ['x', 'y', 'z'], 'odd/key~': true, nothing: null });

const applies: readonly [string, unknown[], unknown][] = [
  ['add a member', [{ op: 'add', path: '/a/c', value: 2 }], { a: { b: 1, c: 2 } }],
  ['add replaces a member', [{ op: 'add', path: '/a/b', value: 2 }], { a: { b: 2 } }],
  ['add at an index', [{ op: 'add', path: '/list/1', value: 'n' }], { list: ['x', 'n', 'y', 'z'] }],
  ['add at the end', [{ op: 'add', path: '/list/-', value: 'n' }], { list: ['x', 'y', 'z', 'n'] }],
  ['add one past the last', [{ op: 'add', path: '/list/3', value: 'n' }], { list: ['x', 'y', 'z', 'n'] }],
  ['remove from a list', [{ op: 'remove', path: '/list/0' }], { list: ['y', 'z'] }],
  ['remove counted from the end', [{ op: 'remove', path: '/list/-1' }], { list: ['x', 'y'] }],
  ['remove a member', [{ op: 'remove', path: '/a/b' }], { a: {} }],
  ['replace', [{ op: 'replace', path: '/list/2', value: 'n' }], { list: ['x', 'y', 'n'] }],
  ['move', [{ op: 'move', from: '/a/b', path: '/list/0' }], { a: {}, list: [1, 'x', 'y', 'z'] }],
  ['copy', [{ op: 'copy', from: '/list', path: '/a/b' }], { a: { b: ['x', 'y', 'z'] } }],
  ['escapes', [{ op: 'replace', path: '/odd~1key~0', value: false }], { 'odd/key~': false }],
  [
    'test, then change',
    [
      { op: 'test', path: '/list', value: ['x', 'y', 'z'] },
      { op: 'add', path: '/a/c', value: 2 },
    ],
    { a: { b: 1, c: 2 } },
  ],
  ['replacing a member that is not there adds it', [{ op: 'replace', path: '/a/c', value: 2 }], { a: { b: 1, c: 2 } }],
  ['copy of nothing', [{ op: 'copy', from: '/none', path: '/a/c' }], { a: { b: 1, c: null } }],
  ['a test for null passes when nothing is there', [{ op: 'test', path: '/a/none', value: null }], {}],
];

const refusals: readonly [string, unknown[]][] = [
  ['a failed test', [{ op: 'test', path: '/a/b', value: 2 }]],
  ['a root that is no container', [{ op: 'replace', path: '', value: null }]],
  ['removing the root', [{ op: 'remove', path: '' }]],
  ['remove of nothing', [{ op: 'remove', path: '/a/none' }]],
  ['a parent that is not there', [{ op: 'add', path: '/none/c', value: 2 }]],
  ['an index beyond the end', [{ op: 'add', path: '/list/4', value: 2 }]],
  ['an index that is no number', [{ op: 'replace', path: '/list/first', value: 2 }]],
  ['a scalar in the middle', [{ op: 'add', path: '/a/b/c', value: 2 }]],
  ['a path without a slash', [{ op: 'add', path: 'a', value: 2 }]],
  ['copy from where nothing can be', [{ op: 'copy', from: '/none/x', path: '/a/c' }]],
];

const undecodable: readonly [unknown, string][] = [
  [{ op: 'add' }, 'object into Go value of type []handlers.jsonPatchOp'],
  ['add', 'string into Go value of type []handlers.jsonPatchOp'],
  [[5], 'number into Go value of type handlers.jsonPatchOp'],
  [[{ op: true }], 'bool into Go struct field jsonPatchOp.op of type string'],
];

describe('applyJsonPatch', () => {
  it.each(undecodable)('refuses the body %j as one that does not decode', (body, words) => {
    const attempt = () => applyJsonPatch(document(), body);
    expect(attempt).toThrow(expect.objectContaining({ code: 400 }));
    expect(attempt).toThrow(`error decoding patch: json: cannot unmarshal ${words}`);
  });

  it.each(applies)('%s', (_name, operations, expected) => {
    expect(applyJsonPatch(document(), operations)).toEqual({ ...document(), ...(expected as object) });
  });

  it.each(refusals)('refuses %s, in the few words that the API server has for it', (_name, operations) => {
    const attempt = () => applyJsonPatch(document(), operations);
    expect(attempt).toThrow(StatusError);
    expect(attempt).toThrow(REFUSAL);
  });
});
