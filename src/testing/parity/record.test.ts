import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agree } from './agree';
import { applyCases, scenarioCases } from './cases';
import { parityTable, readRecord } from './record';

const README = new URL('../../../README.md', import.meta.url);
const MARKS = /(<!-- parity -->\n)[\s\S]*(\n<!-- \/parity -->)/;

describe('the record of agreement', () => {
  it('has a line for every case', () => {
    const names = [...scenarioCases(), ...applyCases()].map(({ area, name }) => `${area}/${name}`);
    expect(Object.keys(readRecord()).sort()).toEqual(names.sort());
  });
  it('stands in the README as a table (UPDATE_README=1 writes it)', () => {
    const text = readFileSync(README, 'utf8');
    const wanted = text.replace(MARKS, (_all, open: string, close: string) => open + parityTable(readRecord()) + close);
    if (process.env.UPDATE_README) writeFileSync(README, wanted);
    expect(MARKS.test(text)).toBe(true);
    expect(readFileSync(README, 'utf8')).toBe(wanted);
  });
});

describe('agreement', () => {
  it.each([
    ['equal leaves', { a: 1, b: 'x' }, { a: 1, b: 'x' }, 2, 2],
    ['a leaf that differs', { a: 1, b: 'x' }, { a: 1, b: 'y' }, 1, 2],
    ['a leaf too many', { a: 1 }, { a: 1, b: 'y' }, 1, 2],
    ['what is chance', { a: '{any}', b: 1 }, { a: 'whatever', b: 1 }, 1, 1],
    ['a text missing in a sequence', ['a', 'b', 'c'], ['a', 'c'], 2, 3],
    [
      'moments in the same order',
      {
        moments: [
          ['a', 0],
          ['b', 2000],
        ],
      },
      {
        moments: [
          ['a', 5],
          ['b', 6],
        ],
      },
      2,
      2,
    ],
    [
      'moments in another order',
      {
        moments: [
          ['a', 0],
          ['b', 2000],
        ],
      },
      {
        moments: [
          ['b', 5],
          ['a', 6],
        ],
      },
      0,
      2,
    ],
    [
      'moments too near to tell',
      {
        moments: [
          ['a', 0],
          ['b', 500],
        ],
      },
      {
        moments: [
          ['b', 5],
          ['a', 6],
        ],
      },
      2,
      2,
    ],
    ['a moment that never comes', { moments: [['a', 0]] }, { moments: [] }, 0, 1],
  ])('counts %s', (_what, real, ours, same, total) => {
    const found = agree(real, ours);
    expect([found.same, found.total, found.differences.length]).toEqual([same, total, total - same]);
  });
});
