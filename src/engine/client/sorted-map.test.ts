import { expect, test } from 'vitest';
import { SortedMap } from './sorted-map';

function filled(...keys: readonly string[]): SortedMap<string> {
  const map = new SortedMap<string>();
  for (const key of keys) map.set(key, key.toUpperCase());
  return map;
}

test('goes through keys in their order, whatever the order they came in', () => {
  expect(filled('b', 'c', 'a').keys()).toEqual(['a', 'b', 'c']);
  expect(filled('c', 'a', 'b').entries()).toEqual([
    ['a', 'A'],
    ['b', 'B'],
    ['c', 'C'],
  ]);
});

test('the order is found out anew after keys came or went', () => {
  const map = filled('b', 'c');
  expect(map.keys()).toEqual(['b', 'c']);
  map.set('a', 'A');
  expect(map.keys()).toEqual(['a', 'b', 'c']);
  expect(map.delete('b')).toBe(true);
  expect(map.delete('b')).toBe(false);
  expect(map.keys()).toEqual(['a', 'c']);
  map.clear();
  expect(map.keys()).toEqual([]);
  expect(map.size).toBe(0);
});

test('going through it may take keys away', () => {
  const map = filled('a', 'b', 'c');
  for (const key of map.keys()) map.delete(key);
  expect(map.size).toBe(0);
});

test('a known key gets a new value and keeps its place', () => {
  const map = filled('a', 'b');
  map.set('a', 'new');
  expect(map.get('a')).toBe('new');
  expect(map.keys()).toEqual(['a', 'b']);
});
