/**
 * What a scenario says must hold while it runs: `always` and `never` at every step of a window, `eventually` at one of its steps, `that` at a
 * moment. Read once, with the place of every mistake; then shown one moment after another (checks.ts).
 */
import type { CelProgram } from '../engine/api/cel/cel';
import { compileCondition } from './condition';

/** How an expectation is meant. */
export type ExpectationKind = 'always' | 'never' | 'eventually' | 'that';

/** One of them, ready to be checked. Times in virtual ms. */
export interface Expectation {
  readonly kind: ExpectationKind;
  readonly program: CelProgram;
  readonly fromMs: number;
  /** Of `that` the same as `fromMs`; undefined: to the end of the run. */
  readonly toMs: number | undefined;
}

/** An expectation as it is written, with its times read. */
export interface WrittenExpectation {
  readonly always?: string;
  readonly never?: string;
  readonly eventually?: string;
  readonly that?: string;
  readonly atMs?: number;
  readonly fromMs?: number;
  readonly byMs?: number;
  readonly toMs?: number;
}

/** Something wrong with one, and at which of its keys. */
export interface ExpectationProblem {
  readonly key: keyof WrittenExpectation | undefined;
  readonly message: string;
}

const KINDS = ['always', 'never', 'eventually', 'that'] as const;

/** Which times belong to which kind. */
const TIMES: Readonly<Record<ExpectationKind, readonly (keyof WrittenExpectation)[]>> = {
  always: ['fromMs', 'toMs'],
  never: ['fromMs', 'toMs'],
  eventually: ['fromMs', 'byMs'],
  that: ['atMs'],
};

const written = (key: string): string => key.replace(/Ms$/, '');

function timesProblem(kind: ExpectationKind, raw: WrittenExpectation): ExpectationProblem | undefined {
  for (const key of ['atMs', 'fromMs', 'byMs', 'toMs'] as const) {
    if (raw[key] !== undefined && !TIMES[kind].includes(key))
      return {
        key,
        message: `"${written(key)}" does not belong to "${kind}", which takes ${TIMES[kind].map(written).join(' and ')}`,
      };
  }
  if (kind === 'that' && raw.atMs === undefined) return { key: undefined, message: '"that" needs "at"' };
  const until = raw.toMs ?? raw.byMs;
  if (until !== undefined && until < (raw.fromMs ?? 0))
    return { key: raw.toMs === undefined ? 'byMs' : 'toMs', message: 'must not be earlier than "from"' };
  return undefined;
}

/** Reads an expectation, or says what is wrong with it. */
export function readExpectation(raw: WrittenExpectation): Expectation | ExpectationProblem {
  const kinds = KINDS.filter((one) => raw[one] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1)
    return { key: kinds[1], message: `an expectation needs one of ${KINDS.join(', ')}` };
  const problem = timesProblem(kind, raw);
  if (problem) return problem;
  const program = compileCondition(raw[kind] as string);
  if ('problem' in program) return { key: kind, message: program.problem };
  if (program.type !== undefined)
    return { key: kind, message: `the expression is ${program.type}, which is neither true nor false` };
  const fromMs = (kind === 'that' ? raw.atMs : raw.fromMs) ?? 0;
  return { kind, program, fromMs, toMs: kind === 'that' ? fromMs : (raw.toMs ?? raw.byMs) };
}

/** Tells a problem from an expectation. */
export const isProblem = (read: Expectation | ExpectationProblem): read is ExpectationProblem => 'message' in read;
