import { describe, expect, it } from 'vitest';
import {
  afterFailure,
  backoffUntilMs,
  isLeftover,
  newQueue,
  peekQueued,
  placeForRetry,
  popQueued,
  putQueued,
  type QueuedPod,
  removeQueued,
} from './scheduling-queue';

function pod(key: string, more: Partial<QueuedPod> = {}): QueuedPod {
  return {
    key,
    uid: key,
    place: 'active',
    priority: 0,
    timestampMs: 0,
    sequence: 0,
    rejectedBy: [],
    rejections: 0,
    errors: 0,
    cause: null,
    ...more,
  };
}

function drain(queue: ReturnType<typeof newQueue>): string[] {
  const order: string[] = [];
  for (let next = popQueued(queue, 0); next; next = popQueued(queue, 0)) order.push(next.key);
  return order;
}

describe('the active queue', () => {
  it('goes by priority, then by time, then by arrival', () => {
    const queue = newQueue();
    putQueued(queue, pod('late', { timestampMs: 9, sequence: 1 }), 'active');
    putQueued(queue, pod('second', { timestampMs: 5, sequence: 3 }), 'active');
    putQueued(queue, pod('first', { timestampMs: 5, sequence: 2 }), 'active');
    putQueued(queue, pod('important', { priority: 1000, timestampMs: 20, sequence: 4 }), 'active');
    expect(drain(queue)).toEqual(['important', 'first', 'second', 'late']);
  });

  it('forgets removed Pods and takes a replaced one once', () => {
    const queue = newQueue();
    const a = putQueued(queue, pod('a'), 'active');
    putQueued(queue, pod('b', { sequence: 1 }), 'active');
    putQueued(queue, { ...a, priority: -5 }, 'active');
    putQueued(queue, pod('c', { sequence: 2 }), 'active');
    removeQueued(queue, 'c');
    expect(peekQueued(queue, 0)?.key).toBe('b');
    expect(drain(queue)).toEqual(['b', 'a']);
  });

  it('draws on Pods that back off only when nothing is active, and never on broken ones', () => {
    const queue = newQueue();
    putQueued(queue, pod('soon', { rejections: 1, timestampMs: 1000 }), 'backoff');
    putQueued(queue, pod('later', { rejections: 3, timestampMs: 1000 }), 'backoff');
    putQueued(queue, pod('same window, more important', { rejections: 1, timestampMs: 1900, priority: 5 }), 'backoff');
    putQueued(queue, pod('broken', { errors: 1 }), 'errorBackoff');
    putQueued(queue, pod('active'), 'active');
    expect(drain(queue)).toEqual(['active', 'same window, more important', 'soon', 'later']);
  });
});

describe('back-off', () => {
  const table: readonly (readonly [number, number, number])[] = [
    [1, 0, 1000],
    [2, 0, 2000],
    [3, 0, 4000],
    [4, 0, 8000],
    [5, 0, 10_000],
    [60, 0, 10_000],
    [4, 1, 1000],
    [0, 2, 2000],
  ];
  it.each(table)('after %i rejections and %i errors: %i ms', (rejections, errors, delayMs) => {
    expect(backoffUntilMs(pod('a', { rejections, errors, timestampMs: 3000 }))).toBe(3000 + delayMs);
  });

  it('lasts until the second is over into which its end falls', () => {
    const failed = pod('a', { rejections: 1, timestampMs: 3400 });
    expect(backoffUntilMs(failed)).toBe(4000);
    expect(placeForRetry(failed, 4000)).toBe('backoff');
    expect(placeForRetry(failed, 4999)).toBe('backoff');
    expect(placeForRetry(failed, 5000)).toBe('active');
    expect(placeForRetry(pod('b', { timestampMs: 4999 }), 5000)).toBe('active');
  });

  it('is over for whole seconds at once, and then priority counts again', () => {
    const queue = newQueue();
    putQueued(queue, pod('important', { rejections: 1, timestampMs: 3400, priority: 9 }), 'backoff');
    putQueued(queue, pod('waits on', { rejections: 1, timestampMs: 4400, priority: 9 }), 'backoff');
    putQueued(queue, pod('plain'), 'active');
    expect(peekQueued(queue, 4999)?.key).toBe('plain');
    expect(peekQueued(queue, 5000)?.key).toBe('important');
    expect([popQueued(queue, 5000)?.key, popQueued(queue, 5000)?.key]).toEqual(['important', 'plain']);
  });

  it('counts errors apart from rejections', () => {
    const rejected = afterFailure(pod('a', { errors: 2 }), ['NodeResourcesFit'], 7000, 3);
    expect(rejected).toMatchObject({ rejections: 1, errors: 0, timestampMs: 7000, rejectedBy: ['NodeResourcesFit'] });
    const broken = afterFailure(rejected, [], 8000, 4);
    expect(broken).toMatchObject({ rejections: 1, errors: 1 });
    expect(placeForRetry(broken, 8000)).toBe('errorBackoff');
  });
});

it('an unschedulable Pod is left over after five minutes, a gated one never', () => {
  const waiting = pod('a', { place: 'unschedulable', timestampMs: 1000 });
  expect(isLeftover(waiting, 301_000)).toBe(false);
  expect(isLeftover(waiting, 301_001)).toBe(true);
  expect(isLeftover({ ...waiting, place: 'gated' }, 900_000)).toBe(false);
});
