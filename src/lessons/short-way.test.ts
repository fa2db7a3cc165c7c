import { expect, test } from 'vitest';
import { LESSONS, lessonsAfter, SHORT_WAY } from '.';

const names = SHORT_WAY.lessons.map(({ name }) => name);

test('the short way takes less than two hours, and keeps what is promised of it', () => {
  const minutes = SHORT_WAY.lessons.reduce((sum, lesson) => sum + (lesson.minutes ?? Number.POSITIVE_INFINITY), 0);
  expect(minutes).toBeLessThanOrEqual(120);
  // What a controller is, why three replicas make four Pods, why a drain hangs, where 502s come from.
  const shown = SHORT_WAY.lessons.flatMap(({ concepts }) => concepts);
  expect(shown).toEqual(expect.arrayContaining(['A8', 'A28', 'D13', 'L2', 'K18']));
});

test('it is led along, lesson by lesson, and every other way stays open', () => {
  const walked = [names[0] as string];
  for (let name: string | undefined = walked[0]; name !== undefined; ) {
    const next: string | undefined = lessonsAfter(name)[0]?.name;
    name = next !== undefined && names.includes(next) && !walked.includes(next) ? next : undefined;
    if (name !== undefined) walked.push(name);
  }
  expect(walked).toEqual(names);
  const all = LESSONS.map(({ name }) => name);
  for (const [index, name] of all.entries())
    expect(lessonsAfter(name).map((lesson) => lesson.name)).toEqual(
      index + 1 < all.length ? expect.arrayContaining([all[index + 1]]) : [],
    );
});
