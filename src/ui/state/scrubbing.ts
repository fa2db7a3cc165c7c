/**
 * Whether a hand is moving over time: moments are looked at so closely after one another that each is in sight for a few frames only. What cannot
 * be seen in so short a time (lights, a long list, an element for every Pod) waits until the hand rests.
 */
import { create } from 'zustand';

/** Looks closer to one another than this are of one movement, which is over after as long without any; in milliseconds. */
const MOVEMENT_MS = 250;

/** See the header. `rest` is the timer that ends the movement. */
export const useScrubbing = create<{
  readonly scrubbing: boolean;
  readonly rest: ReturnType<typeof setTimeout> | undefined;
}>(() => ({ scrubbing: false, rest: undefined }));

/** A moment is looked at by hand. */
export function scrubbed(): void {
  const { rest } = useScrubbing.getState();
  clearTimeout(rest);
  useScrubbing.setState({
    scrubbing: rest !== undefined,
    rest: setTimeout(() => useScrubbing.setState({ scrubbing: false, rest: undefined }), MOVEMENT_MS),
  });
}
