import { expect, test } from 'vitest';
import type { TraceStep } from '../engine/trace/trace';
import { causesOf } from './why';

/** Steps as `actor<cause`, numbered from 1. */
function traceOf(...steps: string[]): { traceAt: (step: number) => TraceStep } {
  const records = steps.map((text, index): TraceStep => {
    const [actor = '', cause] = text.split('<');
    return {
      step: index + 1,
      time: index,
      actor,
      verb: '',
      object: null,
      cause: cause ? Number(cause) : null,
      message: '',
    };
  });
  return { traceAt: (step) => records[step - 1]! };
}

const TRACE = traceOf('kubelet/node-1', 'user<1', 'user<2', 'deployment-controller<3', 'fault<4', 'kubelet/node-2<5');

test.each([
  [1, [1]],
  [4, [4, 3, 2]],
  [6, [6, 5]],
])('the causes of step %i end with what somebody did', (step, expected) => {
  expect(causesOf(TRACE, step).map((link) => link.step)).toEqual(expected);
});
