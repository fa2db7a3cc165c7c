import { expect, it } from 'vitest';
import { placeAfter } from './roving-focus';
import { tabAfter } from './tabs';

it.each([
  ['a', 'ArrowRight', 'b'],
  ['c', 'ArrowRight', 'a'],
  ['a', 'ArrowLeft', 'c'],
  ['b', 'Home', 'a'],
  ['b', 'End', 'c'],
  ['b', 'Enter', undefined],
])('from tab %s, %s leads to %s', (selected, key, next) => {
  expect(tabAfter(['a', 'b', 'c'], selected, key)).toBe(next);
});

it.each([
  ['ArrowDown', 0, 3, 1],
  ['ArrowDown', 2, 3, 2],
  ['ArrowUp', 0, 3, 0],
  ['ArrowUp', 2, 3, 1],
  ['ArrowRight', 1, 3, undefined],
  ['ArrowDown', -1, 0, undefined],
])('%s in a list, at %i of %i, leads to %s', (key, at, count, next) => {
  expect(placeAfter(key, at, count)).toBe(next);
});
