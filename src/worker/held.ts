/** A question that waits for its answer: what happens after its moment is shown nowhere, as if the run had come no further. */
import type { Simulation } from '../engine/simulation';

interface Ended {
  readonly endedMs: number;
}

/** See the header. */
export class Held {
  /** Nothing later is shown. */
  untilMs = Infinity;
  /** The parts of runs up to that time. */
  private parts = new WeakMap<Simulation, Simulation>();
  /** What waits for something to be shown. */
  private waiting: readonly (() => void)[] = [];

  /** Nothing after a time is shown from now on; null: everything is. */
  hold(untilMs: number | null): null {
    this.untilMs = untilMs ?? Infinity;
    this.parts = new WeakMap();
    const { waiting } = this;
    this.waiting = [];
    for (const look of waiting) look();
    return null;
  }

  /** Whether what was begun at one time ended at another that is not shown yet. */
  hides({ endedMs }: Ended, begun: { readonly timeMs: number }): boolean {
    return endedMs > Math.max(begun.timeMs, this.untilMs);
  }

  /** Once that is shown. */
  async shown(ended: Ended, begun: { readonly timeMs: number }): Promise<void> {
    while (this.hides(ended, begun)) {
      await new Promise<void>((resolve) => {
        this.waiting = [...this.waiting, resolve];
      });
    }
  }

  /** Up to when a command follows what happens that would do so from one time to another. */
  followed(fromMs: number, toMs: number): number {
    return Math.min(toMs, Math.max(fromMs, this.untilMs));
  }

  /** A run as far as it is shown: only to be read. */
  partOf(simulation: Simulation): Simulation {
    const { untilMs } = this;
    if (simulation.nowMs <= untilMs) return simulation;
    const known = this.parts.get(simulation);
    if (known) return known;
    const part: Simulation = Object.create(simulation, {
      step: { value: simulation.stepAtTime(untilMs) },
      nowMs: { value: untilMs },
    });
    this.parts.set(simulation, part);
    return part;
  }
}
