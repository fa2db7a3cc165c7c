import { describe, expect, it } from 'vitest';
import { Random } from './random';
import { TimerQueue } from './timers';

function drain(queue: TimerQueue): string[] {
  const keys: string[] = [];
  for (let timer = queue.pop(); timer; timer = queue.pop()) keys.push(`${timer.atMs}:${timer.key}`);
  return keys;
}

describe('TimerQueue', () => {
  it('fires by time, and equal times in the order they were set', () => {
    const queue = new TimerQueue();
    queue.add(5, 'a', 'k', 'late', null);
    queue.add(1, 'a', 'k', 'first', null);
    queue.add(1, 'a', 'k', 'second', 7);
    queue.add(0, 'a', 'k', 'now', null);
    expect(drain(queue)).toEqual(['0:now', '1:first', '1:second', '5:late']);
  });

  it('sets one before all others of its time, or after them until it is brought forward', () => {
    const queue = new TimerQueue();
    for (const key of ['forward', 'last']) queue.add(1, 'a', 'k', key, null, 'last');
    for (const key of ['a', 'b']) queue.add(1, 'a', 'k', key, null);
    queue.add(0, 'a', 'k', 'before', null);
    queue.add(1, 'a', 'k', 'first', null, 'first');
    queue.bringForward('forward');
    queue.bringForward('a');
    queue.add(1, 'a', 'k', 'later', null);
    expect(drain(queue)).toEqual(['0:before', '1:first', '1:a', '1:b', '1:forward', '1:later', '1:last']);
  });

  it('orders a thousand random timers as a sort would', () => {
    const random = Random.split(1, 'timers');
    const queue = new TimerQueue();
    const expected: { atMs: number; key: string }[] = [];
    for (let index = 0; index < 1000; index++) {
      const atMs = random.below(50);
      expected.push({ atMs, key: String(index) });
      queue.add(atMs, 'a', 'k', String(index), null);
    }
    expected.sort((a, b) => a.atMs - b.atMs || Number(a.key) - Number(b.key));
    expect(queue.upcoming(3).map((timer) => timer.key)).toEqual(expected.slice(0, 3).map((timer) => timer.key));
    expect(drain(queue)).toEqual(expected.map(({ atMs, key }) => `${atMs}:${key}`));
  });

  it('goes on from a snapshot as the original does, and leaves the snapshot alone', () => {
    const queue = new TimerQueue();
    for (const atMs of [3, 1, 2]) queue.add(atMs, 'a', 'k', String(atMs), null);
    const snapshot = queue.save();
    const restored = TimerQueue.restore(snapshot);
    expect(restored.add(2, 'a', 'k', 'x', null).sequence).toBe(queue.add(2, 'a', 'k', 'x', null).sequence);
    expect(drain(restored)).toEqual(drain(queue));
    expect(drain(TimerQueue.restore(snapshot))).toEqual(['1:1', '2:2', '3:3']);
  });

  it('drops what a predicate names and keeps the order of the rest', () => {
    const queue = new TimerQueue();
    for (const atMs of [9, 4, 7, 1, 4]) queue.add(atMs, atMs === 4 ? 'gone' : 'stays', 'k', String(atMs), null);
    queue.remove((timer) => timer.to === 'gone');
    expect(drain(queue)).toEqual(['1:1', '7:7', '9:9']);
  });
});

describe('Random', () => {
  it('gives each name a stream of its own, the same for the same seed', () => {
    const draw = (seed: number, name: string) =>
      Array.from(
        { length: 5 },
        (
          (r) => () =>
            r.next32()
        )(Random.split(seed, name)),
      );
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
  });

  it('goes on from saved words', () => {
    const random = Random.split(7, 'x');
    random.next32();
    const copy = Random.restore(random.save());
    expect([copy.next32(), copy.next32()]).toEqual([random.next32(), random.next32()]);
  });

  it('draws evenly below a bound', () => {
    const random = Random.split(3, 'even');
    const counts = [0, 0, 0, 0, 0];
    for (let index = 0; index < 10_000; index++) counts[random.below(5)]!++;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});
