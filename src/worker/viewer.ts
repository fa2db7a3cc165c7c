/**
 * What the page sees: the world at a moment, as a difference from what it was sent last, and the step that the headline is about,
 * which is the last one that matters to the reader.
 */
import type { Simulation } from '../engine/simulation';
import { projectAll, projectBetween } from '../view/diff';
import { type StepChanges, stepChanges } from '../view/step-changes';
import { mattersIn, type StepLevel } from '../view/step-weight';
import { linkOf, type WhyLink } from '../view/why';
import { Held } from './held';
import type { Place, View } from './protocol';

/** So many steps back a headline is looked for; beyond, the present step is it. */
const HEADLINE_STEPS = 2_000;

/** The branch that is looked at. */
export interface Shown {
  readonly id: number;
  readonly simulation: Simulation;
}

/** See the header. */
export class Viewer {
  /** Which steps matter to the reader. */
  level: StepLevel = 'reconciles';
  /** What is not shown yet. */
  readonly held = new Held();
  /** What the page shows; undefined when it has nothing yet. */
  private sent: { readonly simulation: Simulation; readonly step: number } | undefined;
  /** What the headline's step changed: while time plays most moments have the same. */
  private told:
    | { readonly simulation: Simulation; readonly step: number; readonly changes: StepChanges | null }
    | undefined;

  constructor(private readonly onSeen: (branch: number, step: number) => void) {}

  /** The page is about to take another world, whole: nothing it was sent counts any more, nor what was asked about the one before. */
  forget(): void {
    this.sent = undefined;
    this.held.hold(null);
  }

  /** The view at a step, or at the last that is shown; `timeMs` may lie later, up to the next step. */
  at({ id, simulation }: Shown, asked: number, askedMs = 0): View {
    const { sent, held } = this;
    const part = held.partOf(simulation);
    const step = Math.min(asked, part.step);
    const timeMs = step < asked ? part.nowMs : Math.min(askedMs, held.untilMs);
    const delta =
      sent?.simulation === simulation ? projectBetween(simulation, sent.step, step) : projectAll(simulation, step);
    this.sent = { simulation, step };
    this.onSeen(id, step);
    const time = step > 0 ? simulation.traceAt(step).time : 0;
    const current = this.headline(simulation, step);
    return {
      delta,
      cursor: { step, timeMs: Math.max(timeMs, time) },
      branch: id,
      current,
      changes: current && this.changesIn(simulation, current.step),
    };
  }

  /** The view at a place, or at the nearest there is: at its time, where a step comes later than that because it was seen in another run. */
  atPlace(shown: Shown, place: Place): View {
    const { simulation } = shown;
    const { timeMs = Infinity } = place;
    if ('step' in place) {
      const step = Math.max(0, Math.min(place.step, simulation.step));
      if (step === 0 || simulation.traceAt(step).time <= timeMs) return this.at(shown, step, place.timeMs);
    }
    const untilMs = Math.max(0, Math.min(timeMs, simulation.nowMs));
    return this.at(shown, simulation.stepAtTime(untilMs), untilMs);
  }

  private changesIn(simulation: Simulation, step: number): StepChanges | null {
    if (this.told?.simulation !== simulation || this.told.step !== step)
      this.told = { simulation, step, changes: stepChanges(simulation, step) };
    return this.told.changes;
  }

  private headline(simulation: Simulation, step: number): WhyLink | null {
    const earliest = Math.max(1, step - HEADLINE_STEPS);
    for (let at = step; at >= earliest; at -= 1) {
      const record = simulation.traceAt(at);
      if (mattersIn(simulation, record, this.level)) return linkOf(record);
    }
    return step > 0 ? linkOf(simulation.traceAt(step)) : null;
  }
}
