import { expect, test } from 'vitest';
import { newCopyCount, restored, saved } from '../runtime/snapshot';
import { backoffMs, dequeue, enqueue, forget, newWorkQueue, putOff, takeDue } from './workqueue';

test('first in, first out; a waiting key keeps its place and its first cause', () => {
  const queue = newWorkQueue();
  expect(enqueue(queue, 'b', 1)).toBe(true);
  expect(enqueue(queue, 'a', 2)).toBe(true);
  expect(enqueue(queue, 'b', 3)).toBe(false);
  expect(dequeue(queue)).toEqual({ key: 'b', cause: 1 });
  expect(enqueue(queue, 'b', 4)).toBe(true);
  expect(dequeue(queue)).toEqual({ key: 'a', cause: 2 });
  expect(dequeue(queue)).toEqual({ key: 'b', cause: 4 });
  expect(dequeue(queue)).toBeUndefined();
});

test('back-off doubles from 5 ms up to 1000 s, per key, until the key is forgotten', () => {
  const queue = newWorkQueue();
  const delays = Array.from({ length: 20 }, () => backoffMs(queue, 'a'));
  expect(delays.slice(0, 5)).toEqual([5, 10, 20, 40, 80]);
  expect(delays.slice(16)).toEqual([327_680, 655_360, 1_000_000, 1_000_000]);
  expect(backoffMs(queue, 'b')).toBe(5);
  forget(queue, 'a');
  expect(backoffMs(queue, 'a')).toBe(5);
  expect(backoffMs(queue, 'b')).toBe(10);
});

test('of several wishes to put a key off the earliest counts', () => {
  const queue = newWorkQueue();
  expect(putOff(queue, 'a', 100)).toBe(true);
  expect(putOff(queue, 'a', 200)).toBe(false);
  expect(putOff(queue, 'a', 100)).toBe(false);
  expect(putOff(queue, 'a', 50)).toBe(true);
  expect(takeDue(queue, 'a', 49)).toBe(false);
  expect(takeDue(queue, 'a', 50)).toBe(true);
  expect(takeDue(queue, 'a', 100)).toBe(false);
  expect(putOff(queue, 'a', 300)).toBe(true);
  expect(takeDue(queue, 'b', 300)).toBe(false);
});

test('putting off leaves what waits alone', () => {
  const queue = newWorkQueue();
  enqueue(queue, 'a', 1);
  putOff(queue, 'a', 50);
  expect(dequeue(queue)).toEqual({ key: 'a', cause: 1 });
  expect(takeDue(queue, 'a', 50)).toBe(true);
});

test('a checkpoint keeps the order of what waits, and shares nothing with it', () => {
  const queue = newWorkQueue();
  for (const key of ['c', 'a', 'b']) enqueue(queue, key, null);
  dequeue(queue);
  enqueue(queue, 'c', null);
  const copy = restored(saved({ queue }, undefined, newCopyCount()).queue);
  enqueue(queue, 'd', null);
  expect([...copy.waiting.keys()]).toEqual(['a', 'b', 'c']);
  expect([...queue.waiting.keys()]).toEqual(['a', 'b', 'c', 'd']);
});
