/** Runs a scenario to its end and says, a line each, whether what it expects came true. */
import { checkExpectations, type Verdict } from '../conditions/checks';
import type { Expectation } from '../conditions/expectation';
import type { Session } from './session';

/** What came of a scenario's expectations. */
export interface CheckResult {
  readonly lines: readonly string[];
  readonly isMet: boolean;
  /** Why the run did not get to its end. */
  readonly problem?: string;
}

const seconds = (ms: number): string => `${ms / 1000}s`;

/** An expectation in one line. */
function titleOf({ kind, program, fromMs, toMs }: Expectation): string {
  const text = program.text.replaceAll(/\s+/g, ' ').trim();
  if (kind === 'that') return `at ${seconds(fromMs)}: ${text}`;
  const from = fromMs > 0 ? ` from ${seconds(fromMs)}` : '';
  const to = toMs === undefined ? '' : ` ${kind === 'eventually' ? 'by' : 'to'} ${seconds(toMs)}`;
  return `${kind}${from}${to}: ${text}`;
}

function lineOf({ expectation, met, because }: Verdict, place: string): string {
  return `${met ? 'ok' : 'not ok'} ${place} ${titleOf(expectation)}${because === '' ? '' : ` # ${because}`}`;
}

/** `locate` names a line of the text as people know it. */
export function checkScenario(session: Session, untilMs: number, locate: (line: number) => string): CheckResult {
  const { expectations } = session.scenario;
  const { verdicts, problem } = checkExpectations(
    session.simulation,
    expectations.map(({ expectation }) => expectation),
    untilMs,
  );
  const lines = verdicts.map((verdict, index) => lineOf(verdict, locate(expectations[index]?.line ?? 1)));
  return {
    lines: lines.length > 0 ? lines : ['the scenario expects nothing: spec.expect is empty'],
    isMet: problem === undefined && verdicts.every(({ met }) => met),
    ...(problem === undefined ? {} : { problem }),
  };
}
