import { expect, test } from 'vitest';
import { nextTurn, type Turns } from './turns';

function taken(contenders: Parameters<typeof nextTurn>[0], count: number, from?: Turns) {
  let turns = from;
  let names = '';
  for (let turn = 0; turn < count; turn++) {
    const next = nextTurn(contenders, turns);
    turns = next?.turns;
    names += next?.name ?? '-';
  }
  return { names, turns };
}

const named = (weights: Readonly<Record<string, number>>) =>
  Object.entries(weights).map(([name, weight]) => ({ name, weight }));

test.each([
  [{ a: 1, b: 1, c: 1 }, 'abcabcabc'],
  // Thirds don't quite add up to a whole, there as here.
  [{ a: 3, b: 1 }, 'aabaaaabaaba'],
  [{ a: 0, b: 1 }, 'bbb'],
  [{ a: 0 }, '-'],
  [{}, '-'],
])('%j take turns', (weights, names) => expect(taken(named(weights), names.length).names).toBe(names));

test('who comes later has no arrears to make up for, and who leaves is forgotten', () => {
  const { turns } = taken(named({ a: 1, b: 1 }), 100);
  expect(taken(named({ a: 1, b: 1, c: 1 }), 6, turns).names).toBe('abcabc');
  expect(taken(named({ b: 1 }), 2, turns).names).toBe('bb');
});
