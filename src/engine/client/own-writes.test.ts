import { expect, test } from 'vitest';
import type { Lister } from './client';
import { noteWrite, type OwnWrites, showsOwnWrites } from './own-writes';

const at = (revision: number): Lister => ({ revision }) as Lister;

test('a cache is behind until it shows the latest own write for the key', () => {
  const writes: OwnWrites = new Map();
  expect(showsOwnWrites(at(0), writes, 'web')).toBe(true);
  noteWrite(writes, 'web', '7');
  noteWrite(writes, 'api', '9');
  expect(showsOwnWrites(at(6), writes, 'web')).toBe(false);
  expect(showsOwnWrites(at(7), writes, 'web')).toBe(true);
  expect(showsOwnWrites(at(7), writes, 'api')).toBe(false);
});

test('an earlier write, or one without a version, changes nothing', () => {
  const writes: OwnWrites = new Map();
  noteWrite(writes, 'web', '7');
  noteWrite(writes, 'web', '3');
  noteWrite(writes, 'web', undefined);
  expect(showsOwnWrites(at(6), writes, 'web')).toBe(false);
  expect(showsOwnWrites(at(7), writes, 'web')).toBe(true);
});
