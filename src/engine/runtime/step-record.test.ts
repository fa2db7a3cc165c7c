import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/meta';
import type { TraceStep } from '../trace/trace';
import { StepRecord } from './step-record';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'd', uid: 'u', resourceVersion: '5' } };
const reference = { apiVersion: 'v1', kind: 'Pod', namespace: 'd', name: 'a', uid: 'u', resourceVersion: '5' };
const written = (revision: number): KubeObject | undefined => (revision === 5 ? pod : undefined);

const steps: readonly TraceStep[] = [
  { step: 1, time: 0, actor: 'a', verb: 'create', object: reference, cause: null, message: 'one' },
  { step: 2, time: 2.5, actor: 'b', verb: 'say', object: null, cause: 1, message: 'two' },
  // Looks like the same, and is not: another version of its API, or a revision that nobody wrote.
  { step: 3, time: 3000, actor: 'a', verb: 'say', object: { ...reference, apiVersion: 'v2' }, cause: 2, message: '3' },
  {
    step: 4,
    time: 3000,
    actor: 'c',
    verb: 'say',
    object: { ...reference, resourceVersion: '6' },
    cause: 3,
    message: '',
  },
  {
    step: 5,
    time: 3001,
    actor: 'c',
    verb: 'say',
    object: { ...reference, resourceVersion: '' },
    cause: 4,
    message: '',
  },
];

describe('the record of steps', () => {
  const filled = (): StepRecord => {
    const record = new StepRecord(written);
    for (const step of steps) record.add(step, step.step * 10, step.step * 100, { of: step.step });
    return record;
  };

  it('tells each step as it was', () => {
    const record = filled();
    expect(record.slice(1, 99)).toEqual(steps);
    expect(record.slice(-3, 2)).toEqual(steps.slice(0, 2));
    expect(record.slice(4, 3)).toEqual([]);
    expect(record.at(3)).toEqual(steps[2]);
    expect([record.revisionAt(0), record.revisionAt(2), record.revisionAt(99)]).toEqual([0, 20, 50]);
    expect([record.firedAt(0), record.firedAt(2), record.detailAt(2)]).toEqual([0, 200, { of: 2 }]);
    expect([record.stepAtTime(-1), record.stepAtTime(2.5), record.stepAtTime(3000)]).toEqual([0, 2, 4]);
    expect(() => record.at(0)).toThrow('there is no step 0; the last is 5');
    expect(() => record.at(6)).toThrow('there is no step 6; the last is 5');
  });

  it('keeps of an object that the store has only its revision, and shares evidence with its forks', () => {
    const record = filled();
    const kept = (record as unknown as { objects: { slice(from: number, to: number): unknown[] } }).objects;
    expect(kept.slice(0, 5)).toEqual([5, null, steps[2]?.object, steps[3]?.object, steps[4]?.object]);
    const fork = record.fork(3, written);
    expect(fork.slice(1, 99)).toEqual(steps.slice(0, 3));
    expect(fork.detailAt(3)).toBe(record.detailAt(3));
    expect([fork.second, fork.stepsThisSecond, record.stepsThisSecond]).toEqual([3, 1, 3]);
  });
});
