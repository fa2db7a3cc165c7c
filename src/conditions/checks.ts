/** Holds a run against what its scenario says must hold. */
import type { Simulation } from '../engine/simulation';
import { holdsAt } from './condition';
import type { Expectation, ExpectationKind } from './expectation';
import type { Looks, Moment } from './moment';
import { type Observer, observe } from './observer';

/** What came of an expectation. */
export interface Verdict {
  readonly expectation: Expectation;
  readonly met: boolean;
  /** One plain sentence, when it was not met. */
  readonly because: string;
  /** Where it was decided; undefined when the run ended first. */
  readonly at: { readonly step: number; readonly timeMs: number } | undefined;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;

/** Where a moment is, for people. */
function placeOf({ simulation, step, timeMs }: Moment): string {
  const led = step > 0 ? simulation.traceAt(step) : undefined;
  return led?.time === timeMs
    ? `at ${seconds(timeMs)}, step ${step} (${led.actor}: ${led.message})`
    : `at ${seconds(timeMs)}`;
}

/** Which answer decides, and what it decides; the other answer leaves it open. */
const DECIDES: Readonly<Record<ExpectationKind, { readonly answer: boolean | 'any'; readonly met: boolean }>> = {
  always: { answer: false, met: false },
  never: { answer: true, met: false },
  eventually: { answer: true, met: true },
  that: { answer: 'any', met: true },
};

class Check implements Observer {
  verdict: Verdict | undefined;
  private seen = false;
  private lastError = '';

  constructor(
    private readonly expectation: Expectation,
    private readonly untilMs: number,
  ) {}

  get afterwards(): boolean {
    return this.expectation.kind === 'that';
  }
  get fromMs(): number {
    return this.expectation.fromMs;
  }
  get toMs(): number {
    return this.expectation.toMs ?? this.untilMs;
  }

  look(moment: Moment): Looks | undefined {
    const { kind, program } = this.expectation;
    const { looks, holds, error } = holdsAt(program, moment);
    this.seen = true;
    this.lastError = error ?? '';
    if (error !== undefined && kind !== 'eventually') return this.decide(false, moment, `could not be told: ${error}`);
    const { answer, met } = DECIDES[kind];
    if (answer === 'any') return this.decide(holds === true, moment, 'did not hold');
    return holds === answer ? this.decide(met, moment, answer ? 'held' : 'did not hold') : looks;
  }

  /** What it comes to when the run is over. */
  end(): Verdict {
    const { expectation, verdict, seen, lastError } = this;
    if (verdict) return verdict;
    const met = seen && (expectation.kind === 'always' || expectation.kind === 'never');
    const missed = `did not hold up to ${seconds(this.toMs)}${lastError ? `: ${lastError}` : ''}`;
    return { expectation, met, at: undefined, because: met ? '' : seen ? missed : 'the run did not get there' };
  }

  private decide(met: boolean, moment: Moment, how: string): undefined {
    const { step, timeMs } = moment;
    const because = met ? '' : `${how} ${placeOf(moment)}`;
    this.verdict = { expectation: this.expectation, met, because, at: { step, timeMs } };
    return undefined;
  }
}

/** Runs a simulation to a time and says what came of each expectation, in order. `problem`: why it did not get there. */
export function checkExpectations(
  simulation: Simulation,
  expectations: readonly Expectation[],
  untilMs: number,
): { readonly verdicts: readonly Verdict[]; readonly problem?: string } {
  const checks = expectations.map((expectation) => new Check(expectation, untilMs));
  const problem = observe(simulation, checks, untilMs, true);
  return { verdicts: checks.map((check) => check.end()), problem };
}
