/** The step of a lane that is meant by a place on it, or that comes before or after another. */
import { countBelow, type Moments } from './track-index';

/** A place on a lane: the step nearest to a time, no further away than so many ms; or the next in a direction from a step. */
export type LanePlace =
  | { readonly near: number; readonly withinMs: number }
  | { readonly from: number; readonly by: 1 | -1 };

/** The step at a place; undefined when there is none. `since` is the last one before it, however long ago. */
export function stepAt({ times, steps }: Moments, place: LanePlace): { step?: number; since?: number } {
  if ('from' in place) {
    const at = place.by > 0 ? countBelow(steps, place.from + 1) : countBelow(steps, place.from) - 1;
    return { step: steps[at] };
  }
  const { near, withinMs } = place;
  const after = countBelow(times, near);
  const [before, next] = [after - 1, after];
  const beforeMs = before >= 0 ? near - times[before]! : Infinity;
  const nextMs = next < times.length ? times[next]! - near : Infinity;
  const nearest = nextMs < beforeMs ? next : before;
  const isNear = Math.min(beforeMs, nextMs) <= withinMs;
  return { step: isNear ? steps[nearest] : undefined, since: steps[before] };
}
