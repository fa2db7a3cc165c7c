/** The Job controller's decisions, each from plain Jobs and Pods. */
import { describe, expect, test } from 'vitest';
import { COMPLETION_INDEX, INDEX_FAILURE_COUNT, JOB_TRACKING_FINALIZER } from '../../api/job';
import { addSeconds, parseTimestamp } from '../../api/timestamp';
import type { Job, JobSpec, JobStatus, Pod } from '../../api/types';
import { backoffAfter, backoffOf, remainingMs } from './backoff';
import { endOf } from './finish';
import { firstPendingIndexes, indexSets, surplusByIndex } from './indexes';
import { formatIntervals, parseIntervals } from './intervals';
import { judgeFailure } from './pod-failure-policy';
import { type PodPlan, planPods } from './pod-plan';
import { metSuccessRule } from './success-policy';
import { countReleased, trackPods } from './tracking';

const START = '2026-01-01T00:00:00Z';
const timeOf = (timestamp: string): number => parseTimestamp(timestamp) - parseTimestamp(START);

function job(spec: Partial<JobSpec> = {}, status: JobStatus = {}): Job {
  const whole = { parallelism: 1, completions: 1, backoffLimit: 6, template: { spec: { containers: [] } }, ...spec };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'work', namespace: 'default' }, spec: whole, status };
}

const indexed = (spec: Partial<JobSpec>, status?: JobStatus): Job =>
  job({ completionMode: 'Indexed', ...spec }, status);

interface Sketch {
  readonly index?: number;
  readonly failures?: number;
  readonly code?: number;
  readonly endedAt?: number;
  readonly deleted?: boolean;
  readonly tracked?: boolean;
  readonly conditions?: Pod['status']['conditions'];
}

/** A Pod called `name` in a phase, with what else matters. */
function pod(name: string, phase: string, sketch: Sketch = {}): Pod {
  const { index, failures, code, endedAt = 0, deleted, tracked = true, conditions } = sketch;
  const annotations = {
    ...(index === undefined ? {} : { [COMPLETION_INDEX]: String(index) }),
    ...(failures === undefined ? {} : { [INDEX_FAILURE_COUNT]: String(failures) }),
  };
  const terminated = { exitCode: code ?? 0, finishedAt: addSeconds(START, endedAt) };
  const ended = phase === 'Failed' || phase === 'Succeeded';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-${name}`,
      creationTimestamp: START,
      annotations,
      ...(tracked ? { finalizers: [JOB_TRACKING_FINALIZER] } : {}),
      ...(deleted ? { deletionTimestamp: START } : {}),
    },
    spec: { containers: [] },
    status: {
      phase,
      ...(conditions ? { conditions } : {}),
      ...(ended ? { containerStatuses: [{ name: 'task', state: { terminated } }] } : {}),
    },
  } as unknown as Pod;
}

describe('back-off', () => {
  test('is 10 s, doubled per failure, at most 10 minutes', () => {
    expect([0, 1, 2, 3, 6, 7, 8, 50].map(backoffOf)).toEqual([0, 10e3, 20e3, 40e3, 320e3, 600e3, 600e3, 600e3]);
  });

  test('counts from the last failure, and starts anew after a success', () => {
    const failed = (at: number): Pod => pod(`f${at}`, 'Failed', { endedAt: at });
    const done = (at: number): Pod => pod(`s${at}`, 'Succeeded', { endedAt: at });
    const two = backoffAfter(undefined, [], [failed(5), failed(3)], timeOf);
    expect(two).toEqual({ failuresAfterLastSuccess: 2, lastFailureMs: 5000 });
    expect(remainingMs(two, 6000)).toBe(19_000);
    expect(remainingMs(two, 60_000)).toBe(0);
    expect(backoffAfter(two, [], [failed(30)], timeOf).failuresAfterLastSuccess).toBe(3);
    expect(backoffAfter(two, [done(31)], [failed(30), failed(40)], timeOf).failuresAfterLastSuccess).toBe(1);
    expect(backoffAfter(two, [done(31)], [failed(30)], timeOf).failuresAfterLastSuccess).toBe(0);
  });
});

describe('podFailurePolicy', () => {
  const policed = (action: string, rest: object): Job =>
    job({ podFailurePolicy: { rules: [{ action, ...rest } as never] } });
  const exit = (operator: string, values: number[], containerName?: string): object => ({
    onExitCodes: { operator, values, ...(containerName ? { containerName } : {}) },
  });
  const failed = pod('p', 'Failed', { code: 42, conditions: [{ type: 'DisruptionTarget', status: 'True' }] });

  test.each([
    ['FailJob', exit('In', [42]), { counts: true, action: 'FailJob' }],
    ['Ignore', exit('In', [42]), { counts: false, action: 'Ignore' }],
    ['Count', exit('NotIn', [1]), { counts: true, action: 'Count' }],
    ['Ignore', exit('NotIn', [42]), { counts: true }],
    ['Ignore', exit('In', [42], 'other'), { counts: true }],
    ['Ignore', { onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }, { counts: false }],
    ['Ignore', { onPodConditions: [{ type: 'DisruptionTarget', status: 'False' }] }, { counts: true }],
  ])('%s %j', (action, rest, verdict) => {
    expect(judgeFailure(policed(action, rest), failed)).toMatchObject(verdict);
  });

  test('says why the Job fails', () => {
    expect(judgeFailure(policed('FailJob', exit('In', [42])), failed).failJobMessage).toBe(
      'Container task for pod default/p failed with exit code 42 matching FailJob rule at index 0',
    );
    const byCondition = { onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] };
    expect(judgeFailure(policed('FailJob', byCondition), failed).failJobMessage).toBe(
      'Pod default/p has condition DisruptionTarget matching FailJob rule at index 0',
    );
  });
});

test.each([
  [[{ succeededIndexes: '0-2' }], '0,1', undefined],
  [[{ succeededIndexes: '0-2' }], '0-4', 'Matched rules at index 0'],
  [[{ succeededIndexes: '0-2', succeededCount: 2 }], '1,2', 'Matched rules at index 0'],
  [[{ succeededIndexes: '7' }, { succeededCount: 3 }], '0-2', 'Matched rules at index 1'],
  [[{ succeededCount: 0 }], '', undefined],
])('successPolicy %j with %j', (rules, succeeded, met) => {
  const one = indexed({ completions: 10, successPolicy: { rules } });
  expect(metSuccessRule(one, parseIntervals(succeeded, 10))).toBe(met);
});

describe('indexes', () => {
  const spec = { completions: 5, parallelism: 5, backoffLimitPerIndex: 1 };
  const pods = [
    pod('a', 'Succeeded', { index: 0 }),
    pod('b', 'Failed', { index: 1, failures: 1 }),
    pod('c', 'Failed', { index: 2, failures: 0 }),
    pod('d', 'Running', { index: 3 }),
    pod('z', 'Succeeded', { index: 9 }),
  ];

  test('are sorted out by their Pods', () => {
    const sets = indexSets(indexed(spec, { completedIndexes: '4' }), pods);
    expect(formatIntervals(sets.succeeded)).toBe('0,4');
    expect(formatIntervals(sets.failed ?? [])).toBe('1');
    expect([...sets.lastFailed.keys()]).toEqual([2]);
    expect(firstPendingIndexes(indexed(spec), pods, sets, 5)).toEqual([2]);
  });

  test('doubled, missing and too high ones are surplus', () => {
    const active = [
      pod('p', 'Running', { index: 1 }),
      pod('q', 'Pending', { index: 1 }),
      pod('r', 'Running'),
      pod('s', 'Running', { index: 7 }),
    ];
    const { surplus, others } = surplusByIndex(indexed(spec), active);
    expect(surplus.map(({ metadata }) => metadata.name).sort()).toEqual(['q', 'r', 's']);
    expect(others.map(({ metadata }) => metadata.name)).toEqual(['p']);
  });
});

describe('how many Pods', () => {
  const none = { failuresAfterLastSuccess: 0, lastFailureMs: undefined };
  const plan = (one: Job, pods: readonly Pod[], succeeded = 0, more: object = {}): PodPlan => {
    const active = pods.filter(({ status, metadata }) => status.phase === 'Running' && !metadata.deletionTimestamp);
    const sets = one.spec.completionMode === 'Indexed' ? indexSets(one, pods) : undefined;
    const facts = {
      pods,
      active,
      terminating: pods.length - active.length,
      succeeded,
      sets,
      backoff: none,
      nowMs: 0,
      timeOf,
    };
    return planPods(one, { ...facts, ...more });
  };
  const running = (count: number): Pod[] => Array.from({ length: count }, (_, at) => pod(`r${at}`, 'Running'));

  test.each([
    ['all at first', { parallelism: 3, completions: 5 }, 0, 0, { verb: 'create', count: 3 }],
    ['no more than are left', { parallelism: 3, completions: 5 }, 0, 4, { verb: 'create', count: 1 }],
    ['none too many', { parallelism: 3, completions: 5 }, 3, 1, { verb: 'keep' }],
    ['fewer after a change', { parallelism: 1, completions: 5 }, 3, 0, { verb: 'delete' }],
    ['as many as work in a queue', { parallelism: 3, completions: undefined }, 1, 0, { verb: 'create', count: 2 }],
    ['no new ones once the queue has a success', { parallelism: 3, completions: undefined }, 1, 1, { verb: 'keep' }],
    ['at most 500 at a time', { parallelism: 900, completions: 900 }, 0, 0, { verb: 'create', count: 500 }],
    ['none while suspended', { parallelism: 3, completions: 5, suspend: true }, 2, 0, { verb: 'delete', wanted: 0 }],
  ])('%s', (_, spec, active, succeeded, expected) => {
    expect(plan(job(spec), running(active), succeeded)).toMatchObject(expected);
  });

  test('a failure makes the next one wait', () => {
    const backoff = { failuresAfterLastSuccess: 2, lastFailureMs: 0 };
    expect(plan(job(), [], 0, { backoff, nowMs: 5000 })).toMatchObject({ verb: 'wait', forMs: 15_000 });
  });

  test('Pods on their way out are waited for only when failed ones alone are replaced', () => {
    const going = [pod('g', 'Running', { deleted: true })];
    expect(plan(job(), going)).toMatchObject({ verb: 'create', count: 1 });
    expect(plan(job({ podReplacementPolicy: 'Failed' }), going)).toMatchObject({ verb: 'keep' });
  });

  test('indexes that have failed wait each for itself', () => {
    const one = indexed({ completions: 3, parallelism: 3, backoffLimitPerIndex: 3 });
    const failed = [pod('f', 'Failed', { index: 1, failures: 0, endedAt: 0 })];
    expect(plan(one, failed, 0, { nowMs: 4000 })).toMatchObject({ verb: 'create', indexes: [0, 2] });
    const others = [pod('o', 'Running', { index: 0 }), pod('q', 'Running', { index: 2 })];
    expect(plan(one, [...failed, ...others], 0, { nowMs: 4000, terminating: 0 })).toMatchObject({
      verb: 'wait',
      forMs: 6000,
    });
  });
});

describe('the end', () => {
  const facts = { pods: [], failed: 0, sets: undefined, activeMs: undefined, now: START };
  test.each([
    ['none', job(), facts, undefined],
    ['too many failures', job({ backoffLimit: 2 }), { ...facts, failed: 3 }, 'FailureTarget BackoffLimitExceeded'],
    ['not yet too many', job({ backoffLimit: 2 }), { ...facts, failed: 2 }, undefined],
    ['the deadline', job({ activeDeadlineSeconds: 5 }), { ...facts, activeMs: 5000 }, 'FailureTarget DeadlineExceeded'],
    ['before the deadline', job({ activeDeadlineSeconds: 5 }), { ...facts, activeMs: 4999 }, undefined],
  ])('%s', (_, one, given, wanted) => {
    const end = endOf(one, given);
    expect(end && `${end.type} ${end.reason}`).toBe(wanted);
  });

  test('failed indexes end a Job when no index is left, or there are too many', () => {
    const pods = [pod('a', 'Failed', { index: 0, failures: 0 }), pod('b', 'Succeeded', { index: 1 })];
    const spec = { completions: 2, backoffLimitPerIndex: 0 };
    const reason = (one: Job): string | undefined => endOf(one, { ...facts, pods, sets: indexSets(one, pods) })?.reason;
    expect(reason(indexed(spec))).toBe('FailedIndexes');
    expect(reason(indexed({ ...spec, completions: 3 }))).toBeUndefined();
    expect(reason(indexed({ ...spec, completions: 3, maxFailedIndexes: 0 }))).toBe('MaxFailedIndexesExceeded');
  });

  test('what was decided before stays decided', () => {
    const conditions = [{ type: 'FailureTarget', status: 'True' as const, reason: 'DeadlineExceeded', message: 'm' }];
    expect(endOf(job({}, { conditions }), facts)).toMatchObject({ type: 'Failed', reason: 'DeadlineExceeded' });
  });
});

describe('counting', () => {
  const facts = (pods: readonly Pod[]) => ({ pods, sets: undefined, end: undefined, releasing: new Set<string>() });

  test('an ended Pod is written down once, and becomes a number when it is let go', () => {
    const pods = [pod('a', 'Succeeded'), pod('b', 'Failed'), pod('c', 'Running')];
    const first = trackPods(job(), {}, facts(pods));
    expect(first.status.uncountedTerminatedPods).toEqual({ succeeded: ['uid-a'], failed: ['uid-b'] });
    expect(first.release.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
    expect(first.needsFlush).toBe(true);
    const again = trackPods(job(), first.status, facts(pods));
    expect(again.status.uncountedTerminatedPods).toEqual(first.status.uncountedTerminatedPods);
    expect(again.needsFlush).toBe(false);
    const counted = countReleased(first.status, new Set(['uid-c']));
    expect(counted.status).toMatchObject({ succeeded: 1, failed: 1, uncountedTerminatedPods: {} });
    expect(countReleased(counted.status, new Set()).isChanged).toBe(false);
  });

  test('a Pod that is being let go is not counted again', () => {
    const pods = [pod('a', 'Succeeded')];
    const { status, release } = trackPods(job(), {}, { ...facts(pods), releasing: new Set(['uid-a']) });
    expect([status.uncountedTerminatedPods, release]).toEqual([{}, []]);
  });

  test('an index counts once, however many of its Pods succeed', () => {
    const pods = [
      pod('a', 'Succeeded', { index: 0 }),
      pod('b', 'Succeeded', { index: 0 }),
      pod('c', 'Succeeded', { index: 2 }),
    ];
    const one = indexed({ completions: 3 });
    const { status } = trackPods(one, {}, { ...facts(pods), sets: indexSets(one, pods) });
    expect(status).toMatchObject({ succeeded: 2, completedIndexes: '0,2' });
  });

  test('the last failed Pod of an index stays until its replacement knows the number of failures', () => {
    const pods = [pod('a', 'Failed', { index: 0, failures: 0 })];
    const one = indexed({ completions: 3, backoffLimitPerIndex: 2 });
    expect(trackPods(one, {}, { ...facts(pods), sets: indexSets(one, pods) }).release).toEqual([]);
  });
});
