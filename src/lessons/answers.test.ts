import { describe, expect, it } from 'vitest';
import { compilePrediction, type Prediction } from '../conditions/prediction';
import type { Question } from '../scenario/lesson';
import { answerText, isRight, questionProblem } from './answers';

const asked = (values: readonly string[], within = 0): Question => ({
  question: 'q',
  options: values.map((value) => ({ value, text: value })),
  within,
  answer: compilePrediction('1') as Prediction,
  knownMs: 0,
  why: undefined,
});

describe('what somebody answers is held against the run', () => {
  it.each([
    [['3', '4'], 0, '4', 4, true],
    [['3', '4'], 0, '3', 4, false],
    [['3', '4'], 0, '5', 5, false],
    [['true', 'false'], 0, 'false', false, true],
    [['10s', '1m'], 0, '1m', { ms: 60_000 }, true],
    [['10s', '1m'], 0, '10s', { ms: 60_000 }, false],
    [['Pending', 'Running'], 0, 'Pending', 'Pending', true],
    [['null', '0'], 0, '0', null, false],
    [[], 0, '4', 4, true],
    [[], 0, '4.5', 4, false],
    [[], 1, '4.5', 4, true],
    [[], 1, '', 1, false],
    [[], 1, 'many', 1, false],
    [[], 0.5, '31', { ms: 30_500 }, true],
    [[], 0, 'x', 'x', false],
  ] as const)('%j ± %d: %s for %j is %s', (values, within, given, value, right) => {
    expect(isRight(asked(values, within), given, value)).toBe(right);
  });

  it.each([
    [['3', '4'], 4, undefined],
    [['3', '5'], 4, 'the run gives 4: no option agrees (3, 5)'],
    [['4', '4.0'], 4, 'the run gives 4: 2 options agree (4, 4.0)'],
    [[], 4, undefined],
    [[], 'many', 'the run gives many, which is no number'],
  ] as const)('of %j and %j: %s', (values, value, problem) => {
    expect(questionProblem(asked(values), value)).toBe(problem);
  });

  it('and told in words', () => {
    expect([{ ms: 1500 }, 4, null, 'a', true].map(answerText)).toEqual(['1.5s', '4', 'null', 'a', 'true']);
  });
});
