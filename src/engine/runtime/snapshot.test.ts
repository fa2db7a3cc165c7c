/** What checkpoints copy, what they share, and what is given back. */
import { describe, expect, it } from 'vitest';
import { Kept } from '../api/kept';
import { SavedMap } from './saved-map';
import { layOut, newCopyCount, restored, type Saved, saved } from './snapshot';

interface State {
  readonly map: Map<string, unknown>;
  readonly set: Set<string>;
  readonly list: unknown[];
  readonly record: Record<string, unknown>;
  readonly plain: number;
}

const value = { frozen: true };
const newState = (): State => ({
  map: new Map<string, unknown>([['a', value]]),
  set: new Set(['a', 'b']),
  list: [1, value],
  record: { list: [1], inner: { map: new Map([['x', 1]]), deeper: { list: [7] } }, nothing: null },
  plain: 1,
});

function save(state: State, before?: Saved<State>): { snapshot: Saved<State>; cost: number } {
  const count = newCopyCount();
  const snapshot = saved(state, before, count);
  return { snapshot, cost: count.entries };
}

/** All that was saved, made ones again as deep as records are copied. */
function wholeOf(snapshot: Saved<State>): State {
  const deep = (part: unknown): unknown => {
    const one = restored(part);
    if (one === null || typeof one !== 'object' || one instanceof Map || one instanceof Set || Array.isArray(one))
      return one;
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, deep(inner)]));
  };
  return Object.fromEntries(Object.entries(snapshot).map(([name, part]) => [name, deep(part)])) as unknown as State;
}

describe('a snapshot', () => {
  it('gives back what was saved, whatever became of the original', () => {
    const state = newState();
    const { snapshot, cost } = save(state);
    // The map's entry, two members, two items, the record's list, its inner map's entry, and the list in the deepest record.
    expect(cost).toBe(1 + 2 + 2 + 1 + 1 + 1);
    state.map.set('b', 2);
    state.set.add('c');
    state.list.push(3);
    (state.record.list as number[]).push(2);
    (state.record.inner as { map: Map<string, number> }).map.set('y', 2);
    state.record.more = 1;
    expect(wholeOf(snapshot)).toEqual(newState());
  });

  it('shares values, but no container', () => {
    const state = newState();
    const of = save(state).snapshot;
    expect((restored(of.map) as unknown as State['map']).get('a')).toBe(value);
    expect((of.list as unknown[])[1]).toBe(value);
    for (const name of ['map', 'set', 'list', 'record'] as const) {
      const one = restored<unknown>(of[name]);
      expect(one).not.toBe(state[name]);
      expect(restored<unknown>(of[name])).not.toBe(one);
    }
    expect(restored(5)).toBe(5);
    expect(restored(undefined)).toBeUndefined();
  });

  it('is the one before when nothing is otherwise', () => {
    const state = newState();
    const first = save(state).snapshot;
    expect(save(state, first)).toEqual({ snapshot: first, cost: 0 });
    expect(save(state, first).snapshot).toBe(first);
    // Equal contents in other containers count as well.
    const again = save({ ...newState(), record: { ...newState().record, nothing: null } }, first);
    expect(again.snapshot).toBe(first);
  });

  it.each<[string, (state: State) => void, number]>([
    ['an entry more', ({ map }) => map.set('b', 2), 1],
    ['another value', ({ map }) => map.set('a', 2), 1],
    ['no entry', ({ map }) => map.clear(), 0],
    ['a member more', ({ set }) => set.add('c'), 3],
    ['another member', ({ set }) => set.delete('a') && set.add('c'), 2],
    ['other order of members', ({ set }) => set.delete('a') && set.add('a'), 2],
    ['an item more', ({ list }) => list.push(3), 3],
    ['another item', ({ list }) => list.splice(0, 1, 2), 2],
    ['an item less', ({ list }) => list.pop(), 1],
    ['a field more', ({ record }) => Object.assign(record, { more: 1 }), 3],
    ['a field less', ({ record }) => delete record.nothing, 3],
    ['another field', ({ record }) => Object.assign(record, { nothing: 1 }), 0],
    ['something deep down', ({ record }) => (record.inner as { deeper: { list: number[] } }).deeper.list.push(8), 2],
    ['another plain value', (state) => Object.assign(state, { plain: 2 }), 0],
  ])('with %s copies that alone', (_what, change, cost) => {
    const state = newState();
    const first = save(state).snapshot;
    change(state);
    const next = save(state, first);
    expect(next.snapshot).not.toBe(first);
    expect(next.cost).toBe(cost);
    const other = newState();
    change(other);
    expect(wholeOf(next.snapshot)).toEqual(other);
    expect(wholeOf(first)).toEqual(newState());
    const parts = (snapshot: Saved<State>) => Object.values(snapshot) as unknown[];
    expect(parts(next.snapshot).filter((part, at) => part !== parts(first)[at])).toHaveLength(1);
  });

  it('copies records three deep: what lies below is a value', () => {
    const deep = { plain: 0, one: { two: { three: { four: [1] } } } };
    const of = saved({ part: deep }, undefined, newCopyCount());
    const part = restored(of.part) as unknown as { one: unknown };
    const one = restored(part.one) as { two: unknown };
    const two = restored(one.two) as { three: { four: number[] } };
    expect(two.three).toBe(deep.one.two.three);
    expect(two).not.toBe(deep.one.two);
  });

  it('keeps the order of fields, and null and nothing apart', () => {
    const of = saved({ part: { b: undefined, a: null, c: 0 } }, undefined, newCopyCount());
    const part = restored(of.part);
    expect(Object.entries(part)).toEqual([
      ['b', undefined],
      ['a', null],
      ['c', 0],
    ]);
  });
});

describe('a Map that was saved', () => {
  const of = (entries: readonly (readonly [string, number])[], before?: SavedMap) =>
    SavedMap.of(new Map(entries), before);
  const AB = [
    ['a', 1],
    ['b', 2],
  ] as const;

  it.each<[string, readonly (readonly [string, number])[], number]>([
    ['the same', AB, 2],
    ['one more', [...AB, ['c', 3]], 1],
    [
      'another value',
      [
        ['a', 9],
        ['b', 2],
      ],
      1,
    ],
    ['one less', [['a', 1]], 1],
    ['nothing', [], 0],
    [
      'one moved to the end',
      [
        ['b', 2],
        ['a', 1],
      ],
      2,
    ],
    [
      'all others',
      [
        ['x', 1],
        ['y', 2],
      ],
      2,
    ],
    [
      'NaN in place of a number',
      [
        ['a', Number.NaN],
        ['b', 2],
      ],
      1,
    ],
    [
      'minus nought',
      [
        ['a', -0],
        ['b', 2],
      ],
      1,
    ],
  ])('%s', (_what, entries, cost) => {
    const before = of(AB);
    const after = of(entries, before);
    expect(after === before).toBe(entries === AB);
    expect([...after.restore()]).toEqual(entries);
    expect([...before.restore()]).toEqual(AB);
    expect(after.cost).toBe(cost);
  });

  it('is whole again after 24 differences, or when more is otherwise than the same', () => {
    let latest = of(Array.from({ length: 40 }, (_, at) => [`k${at}`, at] as const));
    const costs: number[] = [];
    for (let round = 1; round <= 26; round++) {
      latest = SavedMap.of(latest.restore().set('k0', -round), latest);
      costs.push(latest.cost);
    }
    expect(costs).toEqual([...Array.from({ length: 24 }, () => 1), 40, 1]);
    const half = new Map([...latest.restore()].slice(19));
    expect(SavedMap.of(half, latest).cost).toBe(19);
    const rest = new Map([...latest.restore()].slice(21));
    expect(SavedMap.of(rest, latest).cost).toBe(19);
  });

  it('at the end of such a chain is the same when nothing is otherwise', () => {
    let latest = of(Array.from({ length: 9 }, (_, at) => [`k${at}`, at] as const));
    for (let round = 1; round <= 24; round++) latest = SavedMap.of(latest.restore().set('k0', -round), latest);
    const same = latest.restore();
    expect(SavedMap.of(same, latest)).toBe(latest);
    for (const other of [new Map(same).set('k0', 5), new Map([...same].reverse()), new Map([...same].slice(1))]) {
      const saved = SavedMap.of(other, latest);
      expect(saved).not.toBe(latest);
      expect([[...saved.restore()], saved.cost]).toEqual([[...other], other.size]);
    }
    expect([...latest.restore()]).toEqual([...same]);
  });
});

describe('snapshots on top of one another', () => {
  const memoryAt = (at: number): Record<string, unknown> => ({
    tick: at,
    tock: Math.floor(at / 10),
    name: 'n',
    list: [at],
    known: new Map([['k', at]]),
  });
  const put = (part: unknown): unknown => (part as { put: unknown }).put;

  it('are each what was saved', () => {
    const snapshots: Saved<{ memory: Record<string, unknown> }>[] = [];
    for (let at = 0; at < 60; at++) snapshots.push(saved({ memory: memoryAt(at) }, snapshots[at - 1], newCopyCount()));
    for (const at of [59, 0, 23, 24, 25, 26, 50, 58]) {
      const memory = restored(snapshots[at]?.memory) as Record<string, unknown>;
      expect({ ...memory, known: restored(memory.known) }).toEqual(memoryAt(at));
    }
  });

  it('keep of many fields those that differ', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`field${at}`, at]));
    const first = saved({ memory: many }, undefined, newCopyCount());
    expect(saved({ memory: { ...many } }, first, newCopyCount())).toBe(first);
    const next = saved({ memory: { ...many, field7: -7 } }, first, newCopyCount());
    expect(put(next.memory)).toEqual([7, -7]);
    expect(restored(next.memory)).toEqual({ ...many, field7: -7 });
    expect(restored(first.memory)).toEqual(many);
  });

  it('are whole again behind 24 that are not', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`field${at}`, at]));
    const memoryOf = (at: number) => ({ ...many, [`field${at % 50}`]: -at, field0: at });
    const snapshots: Saved<{ memory: Record<string, unknown> }>[] = [];
    for (let at = 0; at < 60; at++) snapshots.push(saved({ memory: memoryOf(at) }, snapshots[at - 1], newCopyCount()));
    for (const [at, { memory }] of [...snapshots.entries(), ...snapshots.entries()]) {
      expect(restored(memory)).toEqual(memoryOf(at));
      expect(Object.keys(restored(memory))).toEqual(Object.keys(many));
    }
    const whole = snapshots.flatMap(({ memory }, at) => ((put(memory) as unknown[]).length === 50 ? [at] : []));
    expect(whole).toEqual([0, 25, 50]);
  });

  it.each([[{ a: 1 }], [{ a: 1, b: 2, c: 3 }], [{ b: 2, a: 1 }], [{ a: 1, b: undefined }]])(
    'do not mistake fields for others: %j',
    (memory) => {
      const first = saved<{ memory: object }>({ memory: { a: 1, b: 2 } }, undefined, newCopyCount());
      const made = restored(saved<{ memory: object }>({ memory }, first, newCopyCount()).memory);
      expect(made).toEqual(memory);
      expect(Object.keys(made)).toEqual(Object.keys(memory));
    },
  );

  it('share long lists that many have', () => {
    const count = newCopyCount();
    const one = saved({ inbox: [1, 2, 3, 4, 5] }, undefined, count);
    const same = saved({ inbox: [1, 2, 3, 4, 5] }, undefined, count);
    const other = saved({ inbox: [1, 2, 3, 4, 6] }, undefined, count);
    expect(same.inbox).toBe(one.inbox);
    expect(other.inbox).toEqual([1, 2, 3, 4, 6]);
    expect(count.entries).toBe(10);
  });
});

describe('a Map that is laid out', () => {
  it('holds equal values in the same order, and keeps those that it had', () => {
    const kept = new Kept();
    const large = (n: number) => ({ a: n, b: 2, c: 3, d: 4, e: 5, f: [6] });
    const map = new Map<string, unknown>([
      ['x', large(1)],
      ['y', 7],
      ['z', large(3)],
    ]);
    const [before] = map.values();
    const memory = { map };
    layOut(memory, 'map', undefined, kept);
    expect([...map]).toEqual([
      ['x', large(1)],
      ['y', 7],
      ['z', large(3)],
    ]);
    expect(map.get('x')).not.toBe(before);
    const first = saved({ memory }, undefined, newCopyCount());
    const known = map.get('x');
    map.set('z', large(4));
    layOut(memory, 'map', first.memory, kept);
    expect(map.get('x')).toBe(known);
    expect(map.get('z')).toEqual(large(4));
  });
});
