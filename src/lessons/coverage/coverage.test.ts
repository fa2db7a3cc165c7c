import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GALLERY } from '../../scenario/gallery';
import { LESSONS } from '..';
import { coverageOf, isMissing, readConcepts, readShows, unknownIds } from './coverage';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

const CONCEPTS = readConcepts(read('concepts.txt'));
const SCENARIOS = readShows(read('scenarios.txt'));
describe('every concept is taught or shown', () => {
  it('each that is not out of scope', () => {
    const missing = coverageOf(CONCEPTS, LESSONS, SCENARIOS).filter(isMissing);
    expect(missing.map(({ id }) => id)).toEqual([]);
  });
  it('the fifteen that a lesson stands or falls by in a lesson', () => {
    const core = coverageOf(CONCEPTS, LESSONS, SCENARIOS).filter(({ scope }) => scope === 'core');
    expect(core).toHaveLength(15);
    expect(core.filter(({ lessons }) => lessons.length === 0).map(({ id }) => id)).toEqual([]);
  });
  it('by what there is', () => {
    expect(unknownIds(CONCEPTS, [...LESSONS, ...SCENARIOS])).toEqual([]);
    expect(SCENARIOS.map(({ name }) => name).filter((name) => !GALLERY.some((entry) => entry.name === name))).toEqual(
      [],
    );
  });
});

it('what is nowhere is found', () => {
  const concepts = readConcepts('A1 in One thing\nA2 out Another\nA3 core A third\n');
  const covered = coverageOf(concepts, [{ name: 'l', concepts: ['A1', 'B7'] }], []);
  expect(covered[0]).toEqual({ id: 'A1', scope: 'in', title: 'One thing', lessons: ['l'], scenarios: [] });
  expect(covered.filter(isMissing).map(({ id }) => id)).toEqual(['A3']);
  expect(unknownIds(concepts, [{ name: 'l', concepts: ['A1', 'B7'] }])).toEqual(['l: B7']);
});
