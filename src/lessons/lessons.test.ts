import { describe, expect, test } from 'vitest';
import { parseScenario } from '../scenario/scenario';
import { decodeLink, encodeLink } from '../scenario/share-link';
import { LESSONS } from '.';
import { checkLesson, verdictLine } from './check';

describe.each(LESSONS)('$track/$name', ({ name, track, title, load }) => {
  test('is answered by its own scenario', async () => {
    const text = await load();
    const { scenario, problems } = parseScenario(text);
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
    const lesson = scenario?.lesson;
    if (!scenario || !lesson) throw new Error('there is no lesson in the file');
    expect(lesson).toMatchObject({ name, track, title });
    expect(scenario.notices).toEqual([]);
    const { durationMs } = scenario;
    const verdicts = [...checkLesson(text, lesson, { durationMs, isAnswered: true })];
    expect(verdicts.filter(({ met }) => !met).map((verdict) => verdictLine(verdict, `line ${verdict.line}`))).toEqual(
      [],
    );
    expect(lesson.chapters.some(({ predict, task }) => predict || task)).toBe(true);
  });
});

test.each(LESSONS)('a link to $name is short enough to be sent anywhere, and carries it all', async ({ load }) => {
  const text = await load();
  const link = encodeLink({ text });
  expect(link.length).toBeLessThanOrEqual(8_000);
  expect(decodeLink(link)).toMatchObject({ state: { text } });
});

test('every file is offered, in its track', () => {
  const files = Object.keys(import.meta.glob('./*/*.yaml')).map((path) => path.replace(/^\.\/(.*)\.yaml$/, '$1'));
  expect(LESSONS.map(({ track, name }) => `${track}/${name}`).sort()).toEqual(files.sort());
});
