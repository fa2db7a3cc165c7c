import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GALLERY } from '../../scenario/gallery';
import { LESSONS } from '..';
import { coverageOf, isMissing, readConcepts, readShows, unknownIds } from './coverage';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

const CONCEPTS = readConcepts(read('concepts.txt'));
const SCENARIOS = readShows(read('scenarios.txt'));
/** Rows for which nothing has been written yet. The list only ever gets shorter. */
const WAITING = read('waiting.txt').split(/\s+/).filter(Boolean);

describe('every concept is taught or shown', () => {
  it('but those that still wait', () => {
    const missing = coverageOf(CONCEPTS, LESSONS, SCENARIOS).filter(isMissing);
    expect(missing.map(({ id }) => id).filter((id) => !WAITING.includes(id))).toEqual([]);
  });
  it('which all are rows that must be shown', () => {
    const ids = CONCEPTS.filter(({ scope }) => scope !== 'out').map(({ id }) => id);
    expect(WAITING.filter((id) => !ids.includes(id))).toEqual([]);
  });
  it('but none of those that a lesson stands or falls by', () => {
    const core = CONCEPTS.filter(({ scope }) => scope === 'core').map(({ id }) => id);
    expect(core).toHaveLength(15);
    expect(core.filter((id) => WAITING.includes(id))).toEqual([]);
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
