import { expect, test } from 'vitest';
import { Random } from '../kernel/random';
import { TimerQueue } from '../kernel/timers';
import { restoredTimers, type SavedTimers, savedTimers } from './saved-timers';

function drain(queue: TimerQueue): string[] {
  const fired: string[] = [];
  for (let timer = queue.pop(); timer; timer = queue.pop()) fired.push(`${timer.atMs}:${timer.sequence}`);
  return fired;
}

test('a queue saved on top of what was saved before goes on as it would have, whatever happened in between', () => {
  const random = Random.split(3, 'saved timers');
  const queue = new TimerQueue();
  let before: SavedTimers | undefined;
  for (let save = 0; save < 60; save++) {
    for (let add = random.below(12); add > 0; add--) queue.add(random.below(1000), 'x', 'k', '', null);
    for (let pop = random.below(10); pop > 0; pop--) queue.pop();
    const first: SavedTimers = savedTimers(queue, before, { entries: 0 });
    expect(drain(restoredTimers(first))).toEqual(drain(TimerQueue.restore(queue.save())));
    expect(restoredTimers(first).add(0, 'x', 'k', '', null).sequence).toBe(queue.save().nextSequence);
    before = first;
  }
});

test('what pends as it did is not copied again', () => {
  const queue = new TimerQueue();
  for (let index = 0; index < 20; index++) queue.add(index, 'x', 'k', '', null);
  const whole = { entries: 0 };
  const first = savedTimers(queue, undefined, whole);
  queue.pop();
  queue.add(50, 'x', 'k', '', null);
  const more = { entries: 0 };
  const second = savedTimers(queue, first, more);
  const none = { entries: 0 };
  expect(savedTimers(queue, second, none).bySequence).toBe(second.bySequence);
  expect([whole.entries, more.entries, none.entries]).toEqual([20, 2, 0]);
});
