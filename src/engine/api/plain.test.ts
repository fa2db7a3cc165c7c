import { describe, expect, test } from 'vitest';
import { clonePlain, deepEqual, deepFreeze } from './plain';

describe('plain data', () => {
  test.each<[unknown, unknown, boolean]>([
    [1, 1, true],
    [1, '1', false],
    [null, undefined, false],
    [null, {}, false],
    [[], {}, false],
    [{}, [], false],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: undefined }, { b: 1 }, false],
    [{ a: undefined, b: 1 }, { c: 1 }, false],
    [{ a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 1 }] } }, true],
    [{ a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 2 }] } }, false],
  ])('%j and %j are equal: %s', (left, right, equal) => {
    expect(deepEqual(left, right)).toBe(equal);
    expect(deepEqual(right, left)).toBe(equal);
  });

  test('a clone is equal and shares nothing', () => {
    const original = { list: [{ a: 1 }], map: { b: null }, gone: undefined, ['__proto__']: { c: 1 } };
    const copy = clonePlain(original);
    expect(copy).toEqual(original);
    expect(copy.list[0]).not.toBe(original.list[0]);
    expect(Object.keys(copy)).toEqual(['list', 'map', '__proto__']);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  test('freezing goes all the way down', () => {
    const frozen = deepFreeze({ list: [{ a: 1 }], inner: Object.freeze({ b: 1 }) });
    expect(Object.isFrozen(frozen) && Object.isFrozen(frozen.list) && Object.isFrozen(frozen.list[0])).toBe(true);
    expect(() => {
      (frozen.list[0] as { a: number }).a = 2;
    }).toThrow(TypeError);
  });
});
