import { expect, test } from 'vitest';
import { parseScenario } from '../scenario';
import { GALLERY, TOPICS } from '.';

test.each(GALLERY)(
  '$name opens at a moment of its own duration, and says its point in one short sentence',
  async (entry) => {
    const { scenario } = parseScenario(await entry.load());
    expect(entry.momentMs).toBeGreaterThan(0);
    expect(entry.momentMs).toBeLessThanOrEqual(scenario?.durationMs ?? 0);
    expect(scenario?.title).toBe(entry.title);
    expect(entry.point).toMatch(/^\S.{10,90}\.$/);
  },
);

test('every file is offered, in one topic', () => {
  const files = Object.keys(import.meta.glob('./*.yaml')).map((path) => path.replace(/^\.\/(.*)\.yaml$/, '$1'));
  expect(GALLERY.map(({ name }) => name).sort()).toEqual(files.sort());
  expect(TOPICS.every(({ entries }) => entries.length > 0)).toBe(true);
});
