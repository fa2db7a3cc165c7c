/** Answers in time, late and refused. */
import { expect, test } from 'vitest';
import { inTime } from './in-time';

function clock() {
  const waiting = new Set<() => void>();
  const later = (task: () => void) => {
    waiting.add(task);
    return () => void waiting.delete(task);
  };
  return { waiting, later, strike: () => waiting.forEach((task) => void task()) };
}

test('an answer in time is the answer, and nothing waits on', async () => {
  const { waiting, later } = clock();
  await expect(inTime(Promise.resolve('text'), later)).resolves.toBe('text');
  await expect(inTime(Promise.reject(new Error('full')), later)).rejects.toThrow('full');
  expect(waiting.size).toBe(0);
});

test('no answer is a refusal, and a late one changes nothing', async () => {
  const { later, strike } = clock();
  let answer: (text: string) => void = () => undefined;
  const asked = inTime(new Promise<string>((resolve) => (answer = resolve)), later);
  strike();
  answer('late');
  await expect(asked).rejects.toThrow('does not answer');
});
