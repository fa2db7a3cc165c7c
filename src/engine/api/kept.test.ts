import { describe, expect, test } from 'vitest';
import { Kept } from './kept';
import { clonePlain, deepFreeze } from './plain';

describe('what is kept', () => {
  const kept = new Kept();
  const earlier = deepFreeze({ labels: { app: 'web' }, list: [{ type: 'A' }, { type: 'B' }], count: 1 });

  test('an equal value is the earlier one', () => {
    expect(kept.of(clonePlain(earlier), earlier)).toBe(earlier);
  });

  test('what is as before is taken from there, the rest stays, and neither is changed', () => {
    const value = deepFreeze({ labels: { app: 'web' }, list: [{ type: 'A' }, { type: 'C' }, { type: 'D' }], count: 2 });
    const shared = kept.of(value, earlier);
    expect(shared).toEqual(value);
    expect(shared.labels).toBe(earlier.labels);
    expect(shared.list[0]).toBe(earlier.list[0]);
    expect(shared.list[1]).toEqual({ type: 'C' });
  });

  test('another order of fields is another value, and what objects inherit is nothing', () => {
    expect(Object.keys(kept.of({ b: 1, a: 1 }, { a: 1, b: 1 }))).toEqual(['b', 'a']);
    const odd = JSON.parse('{"__proto__": {}, "constructor": {}}') as object;
    const shared = kept.of({ odd, n: 1 }, { odd: {}, n: 2 });
    expect(JSON.stringify(shared)).toBe('{"odd":{"__proto__":{},"constructor":{}},"n":1}');
  });

  test('lists and objects are not taken for each other, nor is nothing for an empty one', () => {
    for (const [value, before] of [
      [[], {}],
      [{}, []],
      [[], undefined],
      [{}, undefined],
      [{ a: [] }, { a: {} }],
      [[1], [1, 2]],
    ]) {
      expect(kept.of(value, before)).not.toBe(before);
      expect(kept.of(value, before)).toEqual(value);
    }
  });

  test('users choose fields too: those that objects inherit, an empty one, very many', () => {
    const many = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`k${index}`, { [`w${index}`]: index }]),
    );
    const odd = { '': 1, 'a\nb': 2, ...(JSON.parse('{"__proto__": {"x": 1}, "toString": 2}') as object), many };
    const copy = kept.of(odd, undefined);
    expect(copy).not.toBe(odd);
    expect(JSON.stringify(copy)).toBe(JSON.stringify(odd));
    expect(kept.of({ a: 1, b: 2 }, { 'a\nb': 1 })).toEqual({ a: 1, b: 2 });
  });

  test('what was kept a moment ago for another object is shared, whatever came before; another order is not', () => {
    const kept = new Kept();
    const condition = { type: 'Ready', status: 'True', at: '12:00' };
    const one = kept.of({ name: 'a', conditions: [condition] }, undefined);
    const two = kept.of({ name: 'b', conditions: [{ ...condition }] }, { name: 'c', conditions: [] });
    expect(two).toEqual({ name: 'b', conditions: [condition] });
    expect(two.conditions).toBe(one.conditions);
    const later = kept.of({ name: 'b', conditions: [{ ...condition, at: '12:01' }] }, two);
    expect(later.conditions[0]).toEqual({ type: 'Ready', status: 'True', at: '12:01' });
    const turned = kept.of({ at: '12:00', status: 'True', type: 'Ready' }, undefined);
    expect(Object.keys(turned)).toEqual(['at', 'status', 'type']);
    expect(kept.of([undefined], undefined)).not.toBe(kept.of([null], undefined));
  });

  test('it is found among many, until it is long ago, or nothing ever was', () => {
    const fresh = new Kept();
    const tick = (at: number) => fresh.of({ at }, undefined);
    const first = tick(0);
    for (let at = 1; at < 32; at++) tick(at);
    expect(tick(0)).toBe(first);
    expect(tick(32)).not.toBe(first);
    expect(tick(0)).not.toBe(first);
    for (let at = 100; at < 9000; at++) tick(at);
    expect(tick(8999)).toBe(tick(8999));
    const vain = new Kept();
    for (let at = 0; at < 3000; at++) vain.of({ at }, undefined);
    expect(vain.of({ at: 2999 }, undefined)).toEqual({ at: 2999 });
  });
});

describe('a record that is laid out', () => {
  const kept = new Kept();
  const many = (name: string) => ({ name, b: 2, c: 3, d: 4, e: 5, f: undefined });

  test('is another with the same, in the same order', () => {
    const record = deepFreeze({ ...many('x'), inner: { list: [1] }, list: [many('y'), 1] });
    const copy = kept.laidOut(record, undefined);
    expect(copy).toStrictEqual(record);
    expect(copy).not.toBe(record);
    expect(Object.keys(copy)).toEqual(Object.keys(record));
    expect(copy.inner).toBe(record.inner);
    expect(copy.list[0]).not.toBe(record.list[0]);
  });

  test('has the items that an earlier one had', () => {
    const earlier = kept.laidOut({ ...many('x'), list: [many('y'), many('z')] }, undefined);
    const next = kept.laidOut({ ...earlier, b: 3, list: [earlier.list[0], many('other')] }, earlier);
    expect(next.list[0]).toBe(earlier.list[0]);
    expect(next.list[1]).toEqual(many('other'));
    expect(kept.laidOut({ ...earlier, b: 4 }, earlier).list).toBe(earlier.list);
    expect(kept.laidOut(earlier, earlier)).toBe(earlier);
  });

  test('is itself when it is small, or no record', () => {
    for (const value of [{ a: 1 }, [many('x')], new Map([['a', 1]]), null, undefined, 'text', 7])
      expect(kept.laidOut(value, undefined)).toBe(value);
  });
});
