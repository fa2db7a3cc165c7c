import { expect, test } from 'vitest';
import {
  creationObserved,
  deleteExpectations,
  deletionObserved,
  type Expectations,
  expectationsSatisfied,
  expectCreations,
  expectDeletions,
} from './expectations';

const FIVE_MINUTES = 300_000;

test('nothing expected is satisfied', () => {
  const expectations: Expectations = new Map();
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(true);
  expectCreations(expectations, 'web', 0, 0);
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(true);
});

test('creations are waited for one by one, per owner', () => {
  const expectations: Expectations = new Map();
  expectCreations(expectations, 'web', 2, 0);
  expectCreations(expectations, 'api', 1, 0);
  creationObserved(expectations, 'web');
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(false);
  creationObserved(expectations, 'web');
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(true);
  expect(expectationsSatisfied(expectations, 'api', 0)).toBe(false);
});

test('those that were skipped are taken off at once', () => {
  const expectations: Expectations = new Map();
  expectCreations(expectations, 'web', 7, 0);
  creationObserved(expectations, 'web', 6);
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(false);
  creationObserved(expectations, 'web', 6);
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(true);
});

test('deletions are waited for by name: another one, or the same twice, does not count', () => {
  const expectations: Expectations = new Map();
  expectDeletions(expectations, 'web', ['a', 'b'], 0);
  deletionObserved(expectations, 'web', 'c');
  deletionObserved(expectations, 'web', 'a');
  deletionObserved(expectations, 'web', 'a');
  creationObserved(expectations, 'web');
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(false);
  deletionObserved(expectations, 'web', 'b');
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(true);
});

test('after five minutes, and not before, they are given up', () => {
  const expectations: Expectations = new Map();
  expectCreations(expectations, 'web', 1, 1000);
  expect(expectationsSatisfied(expectations, 'web', 1000 + FIVE_MINUTES)).toBe(false);
  expect(expectationsSatisfied(expectations, 'web', 1001 + FIVE_MINUTES)).toBe(true);
  expectDeletions(expectations, 'web', ['a'], 2000);
  expect(expectationsSatisfied(expectations, 'web', 2000 + FIVE_MINUTES)).toBe(false);
  expect(expectationsSatisfied(expectations, 'web', 2001 + FIVE_MINUTES)).toBe(true);
});

test('new expectations take the place of old ones, and can be forgotten', () => {
  const expectations: Expectations = new Map();
  expectCreations(expectations, 'web', 3, 0);
  expectDeletions(expectations, 'web', ['a'], 0);
  deletionObserved(expectations, 'web', 'a');
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(true);
  expectDeletions(expectations, 'web', ['a'], 0);
  expectCreations(expectations, 'web', 1, 0);
  creationObserved(expectations, 'web');
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(true);
  expectCreations(expectations, 'web', 1, 0);
  deleteExpectations(expectations, 'web');
  expect(expectationsSatisfied(expectations, 'web', 0)).toBe(true);
});
