/**
 * Timers as frozen data in a binary heap ordered by (atMs, sequence). A timer names who is woken and why; there is no
 * closure in it, so the whole queue can be printed, copied into a checkpoint by reference and restored.
 */

import { popHeap, pushHeap } from './heap';

/** One wake-up of a component. `cause` is the step that set it, or null for what was there from the start. */
export interface Timer {
  readonly atMs: number;
  readonly sequence: number;
  readonly to: string;
  readonly kind: string;
  readonly key: string;
  readonly cause: number | null;
}

/** Sequences of those whose turn is last begin after this: no run sets so many timers. */
const LAST = 2 ** 52;

function compare(a: Timer, b: Timer): number {
  return a.atMs - b.atMs || a.sequence - b.sequence;
}

/** A priority queue of timers. Same insertions, same order out, whatever the insertion order of equal times was: sequence decides. */
export class TimerQueue {
  private heap: Timer[] = [];
  private nextSequence = 1;

  get size(): number {
    return this.heap.length;
  }

  /** Sets a timer and returns it; `turn`: before or after whatever else is due at its time, what is still to be set for then included. */
  add(atMs: number, to: string, kind: string, key: string, cause: number | null, turn?: 'first' | 'last'): Timer {
    const sequence = turn === 'first' ? 0 : this.nextSequence++ + (turn === 'last' ? LAST : 0);
    const timer: Timer = { atMs, sequence, to, kind, key, cause };
    pushHeap(this.heap, timer, compare);
    return timer;
  }

  /** The next timer to fire, or undefined when nothing is left to happen. */
  peek(): Timer | undefined {
    return this.heap[0];
  }

  /** Removes and returns the next timer. */
  pop(): Timer | undefined {
    return popHeap(this.heap, compare);
  }

  /** Gives one whose turn was to be last its turn after what is set for its time already. */
  bringForward(key: string): void {
    const timer = this.heap.find(({ sequence, key: its }) => sequence > LAST && its === key);
    if (!timer) return;
    this.remove((other) => other === timer);
    this.add(timer.atMs, timer.to, timer.kind, timer.key, timer.cause);
  }

  /** Drops every timer the predicate names. */
  remove(predicate: (timer: Timer) => boolean): void {
    const kept = this.heap.filter((timer) => !predicate(timer));
    this.heap = kept.sort(compare);
  }

  /** The next `count` timers in firing order; for display only. */
  upcoming(count: number): Timer[] {
    return [...this.heap].sort(compare).slice(0, count);
  }

  /** Everything needed to go on from here: the pending timers and the next sequence number. */
  save(): TimerSnapshot {
    return { timers: this.heap.slice(), nextSequence: this.nextSequence };
  }

  /** A queue that goes on from a snapshot, whose timers may stand in any order; the snapshot itself stays as it is. */
  static restore(snapshot: TimerSnapshot): TimerQueue {
    const queue = new TimerQueue();
    // A sorted array is a heap.
    queue.heap = [...snapshot.timers].sort(compare);
    queue.nextSequence = snapshot.nextSequence;
    return queue;
  }
}

/** A copy of the queue's contents; the timers are shared, as they never change. */
export interface TimerSnapshot {
  readonly timers: readonly Timer[];
  readonly nextSequence: number;
}
