/**
 * Timers as frozen data in a binary heap ordered by (atMs, sequence). A timer names who is woken and why; there is no
 * closure in it, so the whole queue can be printed, copied into a checkpoint by reference and restored.
 */

/** One wake-up of a component. `cause` is the step that set it, or null for what was there from the start. */
export interface Timer {
  readonly atMs: number;
  readonly sequence: number;
  readonly to: string;
  readonly kind: string;
  readonly key: string;
  readonly cause: number | null;
}

function before(a: Timer, b: Timer): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}

/** A priority queue of timers. Same insertions, same order out, whatever the insertion order of equal times was: sequence decides. */
export class TimerQueue {
  private heap: Timer[] = [];
  private nextSequence = 1;

  get size(): number {
    return this.heap.length;
  }

  /** Sets a timer and returns it. */
  add(atMs: number, to: string, kind: string, key: string, cause: number | null): Timer {
    const timer: Timer = { atMs, sequence: this.nextSequence++, to, kind, key, cause };
    const heap = this.heap;
    let index = heap.length;
    heap.push(timer);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Timer;
      if (before(above, timer)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = timer;
    return timer;
  }

  /** The next timer to fire, or undefined when nothing is left to happen. */
  peek(): Timer | undefined {
    return this.heap[0];
  }

  /** Removes and returns the next timer. */
  pop(): Timer | undefined {
    const heap = this.heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    this.sink(last);
    return first;
  }

  /** Puts `timer` in at the root's free place and lets it sink to where it belongs. */
  private sink(timer: Timer): void {
    const heap = this.heap;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Timer, heap[child] as Timer)) child++;
      if (before(timer, heap[child] as Timer)) break;
      heap[index] = heap[child] as Timer;
      index = child;
    }
    heap[index] = timer;
  }

  /** Drops every timer the predicate names. */
  remove(predicate: (timer: Timer) => boolean): void {
    const kept = this.heap.filter((timer) => !predicate(timer));
    // A sorted array is a heap.
    this.heap = kept.sort((a, b) => (before(a, b) ? -1 : 1));
  }

  /** The next `count` timers in firing order; for display only. */
  upcoming(count: number): Timer[] {
    return [...this.heap].sort((a, b) => (before(a, b) ? -1 : 1)).slice(0, count);
  }

  /** Everything needed to go on from here: the pending timers and the next sequence number. */
  save(): TimerSnapshot {
    return { timers: this.heap.slice(), nextSequence: this.nextSequence };
  }

  /** A queue that goes on from a snapshot; the snapshot itself stays as it is. */
  static restore(snapshot: TimerSnapshot): TimerQueue {
    const queue = new TimerQueue();
    queue.heap = [...snapshot.timers];
    queue.nextSequence = snapshot.nextSequence;
    return queue;
  }
}

/** A copy of the queue's contents; the timers are shared, as they never change. */
export interface TimerSnapshot {
  readonly timers: readonly Timer[];
  readonly nextSequence: number;
}
