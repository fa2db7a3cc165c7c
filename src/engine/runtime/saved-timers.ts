/** The pending timers as checkpoints keep them: most of them pend from one to the next, so that what differs is enough (saved-map.ts). */
import { type Timer, TimerQueue } from '../kernel/timers';
import { SavedMap } from './saved-map';
import type { CopyCount } from './snapshot';

/** Timers by their sequence, in its order. */
export interface SavedTimers {
  readonly bySequence: SavedMap;
  readonly nextSequence: number;
}

/** Saves a queue on top of what was saved before; entries that had to be copied are counted. */
export function savedTimers(
  queue: TimerQueue,
  before: SavedTimers | undefined,
  count: Pick<CopyCount, 'entries'>,
): SavedTimers {
  const { timers, nextSequence } = queue.save();
  const inOrder = [...timers].sort((a, b) => a.sequence - b.sequence);
  const bySequence = SavedMap.of(new Map(inOrder.map((timer) => [timer.sequence, timer])), before?.bySequence);
  if (bySequence !== before?.bySequence) count.entries += bySequence.cost;
  return { bySequence, nextSequence };
}

/** A queue that goes on from there. */
export function restoredTimers({ bySequence, nextSequence }: SavedTimers): TimerQueue {
  return TimerQueue.restore({ timers: [...bySequence.restore().values()] as Timer[], nextSequence });
}
