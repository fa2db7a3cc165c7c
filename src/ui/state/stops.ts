/** Looks ahead of the hand while it moves, for the moment at which a breakpoint stops it. The hand goes no further than has been looked at. */
import type { Moment, Requests } from '../../worker/protocol';

/** A moment at which playing stops. */
export type Stop = Extract<Requests['nextStop']['answer'], { readonly step: number }>;

type Answer = Requests['nextStop']['answer'];
type Ask = (params: Requests['nextStop']['params']) => Promise<Answer | undefined>;

/** So far ahead it is looked, in the reader's seconds and at least in virtual time. */
const AHEAD_S = 2;
const LEAST_AHEAD_MS = 2_000;

/** See the header. */
export class Stops {
  private clear: Moment | undefined;
  private stop: Stop | undefined;
  private asking = false;
  private search = 0;

  constructor(
    private readonly ask: Ask,
    private readonly onProblem: (problem: Extract<Answer, { readonly problem: string }>) => void,
  ) {}

  /** Nothing has been looked at: the hand, the branch or the conditions are others. */
  forget(): void {
    this.search += 1;
    this.clear = undefined;
    this.stop = undefined;
    this.asking = false;
  }

  /** How far the hand may go, which stands at a moment and moves at a speed. */
  limitMs(conditions: readonly string[], hand: Moment, speed: number): number {
    if (conditions.length === 0) return Infinity;
    const { stop } = this;
    if (stop) return stop.timeMs;
    const from = this.clear ?? hand;
    const aheadMs = Math.max(LEAST_AHEAD_MS, AHEAD_S * 1000 * speed);
    if (!this.asking && from.timeMs - hand.timeMs < aheadMs / 2) {
      void this.look({ conditions, from, untilMs: Math.ceil(from.timeMs + aheadMs) });
    }
    return this.clear?.timeMs ?? hand.timeMs;
  }

  /** The stop, once the hand is there. */
  reached(handMs: number): Stop | undefined {
    return this.stop && handMs >= this.stop.timeMs ? this.stop : undefined;
  }

  private async look(params: Requests['nextStop']['params']): Promise<void> {
    this.asking = true;
    const { search } = this;
    const answer = await this.ask(params);
    if (search !== this.search) return;
    this.asking = false;
    if (!answer) return;
    if ('clear' in answer) this.clear = answer.clear;
    else if ('problem' in answer) this.onProblem(answer);
    else this.stop = answer;
  }
}
