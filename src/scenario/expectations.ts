/** `spec.expect` of a scenario: what must hold while it runs, compiled, with the place of each in the text. */
import {
  type Expectation,
  type ExpectationProblem,
  isProblem,
  readExpectation,
  type WrittenExpectation,
} from '../conditions/expectation';
import type { SourceDocument } from '../kubectl/yaml';
import type { Misfit } from './checks';
import { optionalMs } from './milliseconds';
import type { RawExpectation } from './scenario-shape';

/** An expectation and where it stands. */
export interface PlacedExpectation {
  readonly expectation: Expectation;
  readonly line: number;
}

function read({ always, never, eventually, that, at, from, by, to }: RawExpectation): Expectation | ExpectationProblem {
  const times = { atMs: optionalMs(at), fromMs: optionalMs(from), byMs: optionalMs(by), toMs: optionalMs(to) };
  return readExpectation({ always, never, eventually, that, ...times } satisfies WrittenExpectation);
}

/** What is wrong with expectations beyond their shape; paths begin below `spec`. */
export function expectMisfits(expect: readonly RawExpectation[]): Misfit[] {
  return expect.flatMap((raw, index) => {
    const found = read(raw);
    if (!isProblem(found)) return [];
    const key = found.key?.replace(/Ms$/, '');
    return { path: ['expect', index, ...(key === undefined ? [] : [key])], message: found.message };
  });
}

/** The expectations of a Scenario document in which nothing is wrong. */
export function expectationsOf(
  settings: SourceDocument,
  expect: readonly RawExpectation[] = [],
): readonly PlacedExpectation[] {
  return expect.flatMap((raw, index) => {
    const expectation = read(raw);
    return isProblem(expectation) ? [] : { expectation, line: settings.rangeOf(['spec', 'expect', index]).line };
  });
}
