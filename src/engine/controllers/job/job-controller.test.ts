/** Jobs in a whole cluster: Pods run, fail, are counted once, and Jobs end as upstream's do. */
import { describe, expect, test } from 'vitest';
import { createTerminal, type Terminal } from '../../../testing/terminal';
import { JOB_TRACKING_FINALIZER } from '../../api/job';
import type { CoreEvent, Job, JobSpec, Pod } from '../../api/types';

/** Ends after 3 s with the code in its image's tag. */
const PROGRAMS = [0, 1, 42].map((code) => ({
  image: `task:${code}`,
  pull: 0,
  startMs: 500,
  exit: { afterMs: 3000, code },
  sigterm: { exitAfterMs: 1000 },
}));

function start(spec: object, podSpec: object = {}, image = 'task:0'): Terminal {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'task', image }], ...podSpec } };
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'work' }, spec: { template, ...spec } };
  return createTerminal({ nodes: 1, programs: PROGRAMS, documents: [job as never] });
}

const jobOf = ({ world }: Terminal): Job => world.get<Job>('Job', 'default', 'work');
const podsOf = ({ world }: Terminal): Pod[] => world.list<Pod>('Pod', 'default');
const conditions = (terminal: Terminal): string[] =>
  (jobOf(terminal).status.conditions ?? []).map(({ type, status, reason }) => `${type}=${status} ${reason}`);
const events = ({ world }: Terminal): string[] =>
  (world.events() as CoreEvent[])
    .filter(({ involvedObject }) => involvedObject.kind === 'Job')
    .map(({ reason }) => reason as string);
const told = ({ world }: Terminal): string[] =>
  world.steps().flatMap(({ actor, message }) => (actor === 'job-controller' ? message : []));

test('a Job runs its Pods and is complete; they stay, without the finalizer', () => {
  const terminal = start({ completions: 3, parallelism: 2 });
  terminal.world.runFor(2000);
  expect(podsOf(terminal).every(({ metadata }) => metadata.finalizers?.includes(JOB_TRACKING_FINALIZER))).toBe(true);
  expect(jobOf(terminal).status).toMatchObject({ active: 2, ready: 2, terminating: 0 });
  terminal.world.runFor(20_000);
  expect(jobOf(terminal).status).toMatchObject({ succeeded: 3, ready: 0, uncountedTerminatedPods: {} });
  expect(conditions(terminal)).toEqual([
    'SuccessCriteriaMet=True CompletionsReached',
    'Complete=True CompletionsReached',
  ]);
  expect(podsOf(terminal).map(({ metadata }) => metadata.finalizers)).toEqual([undefined, undefined, undefined]);
  expect(events(terminal)).toEqual(['SuccessfulCreate', 'SuccessfulCreate', 'SuccessfulCreate', 'Completed']);
});

test('failures are made up for after 10 s, 20 s, 40 s …, until the limit', () => {
  const terminal = start({ backoffLimit: 3 }, {}, 'task:1');
  terminal.world.runFor(180_000);
  const made = podsOf(terminal)
    .map(
      ({ metadata }) =>
        terminal.world.simulation.nowMs -
        180_000 +
        Number(metadata.creationTimestamp?.slice(17, 19)) +
        60 * Number(metadata.creationTimestamp?.slice(14, 16)),
    )
    .sort((a, b) => a - b);
  const waits = made.slice(1).map((at, index) => at - (made[index] as number));
  expect(waits).toEqual([13, 23, 43]);
  expect(jobOf(terminal).status).toMatchObject({ failed: 4 });
  expect(conditions(terminal)).toEqual(['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded']);
  const sentences = told(terminal).join('\n');
  expect(sentences).toMatch(
    /counts work-\w+ \(exit code 1\) as failed: 2 failed, backoffLimit 3; makes the next Pod in 19 s: 20 s after 2 failures/,
  );
  expect(sentences).toMatch(
    /fails \(BackoffLimitExceeded: Job has reached the specified backoff limit\)|is failed \(BackoffLimitExceeded/,
  );
});

describe('what ends a Job early', () => {
  test('its deadline', () => {
    const terminal = start({ activeDeadlineSeconds: 2 });
    terminal.world.runFor(20_000);
    expect(conditions(terminal)).toEqual(['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded']);
    expect(podsOf(terminal)).toEqual([]);
  });

  test('a rule of podFailurePolicy', () => {
    const rules = [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }];
    const terminal = start({ podFailurePolicy: { rules } }, {}, 'task:42');
    terminal.world.runFor(20_000);
    expect(jobOf(terminal).status.conditions?.[1]).toMatchObject({ type: 'Failed', reason: 'PodFailurePolicy' });
    expect(jobOf(terminal).status.failed).toBe(1);
  });

  test('successPolicy, which ends what still runs', () => {
    const successPolicy = { rules: [{ succeededIndexes: '0' }] };
    const terminal = start({ completionMode: 'Indexed', completions: 3, parallelism: 1, successPolicy });
    terminal.world.runFor(20_000);
    expect(conditions(terminal)).toEqual(['SuccessCriteriaMet=True SuccessPolicy', 'Complete=True SuccessPolicy']);
    expect(jobOf(terminal).status).toMatchObject({ succeeded: 1, completedIndexes: '0' });
  });
});

test('Indexed: names, labels, environment, and one failing index', () => {
  const code = { command: ['sh', '-c', 'sleep 1; test "$JOB_COMPLETION_INDEX" != 1'] };
  const spec: Partial<JobSpec> = { completionMode: 'Indexed', completions: 3, parallelism: 3, backoffLimitPerIndex: 1 };
  const terminal = start(spec, { containers: [{ name: 'task', image: 'busybox', ...code }] });
  terminal.world.runFor(60_000);
  expect(jobOf(terminal).status).toMatchObject({
    succeeded: 2,
    failed: 2,
    completedIndexes: '0,2',
    failedIndexes: '1',
  });
  expect(conditions(terminal)).toEqual(['FailureTarget=True FailedIndexes', 'Failed=True FailedIndexes']);
  const failed = podsOf(terminal).filter(({ status }) => status.phase === 'Failed');
  expect(
    failed.map(({ metadata }) => metadata.annotations?.['batch.kubernetes.io/job-index-failure-count']).sort(),
  ).toEqual(['0', '1']);
  expect(failed[0]?.spec.hostname).toBe('work-1');
});

test('suspended: nothing runs, and the clock starts anew with the resumption', () => {
  const terminal = start({ suspend: true });
  terminal.world.runFor(5000);
  expect([podsOf(terminal).length, jobOf(terminal).status.startTime]).toEqual([0, undefined]);
  expect(conditions(terminal)).toEqual(['Suspended=True JobSuspended']);
  terminal.run(`patch job work -p '{"spec":{"suspend":false}}'`);
  terminal.world.runFor(500);
  expect(jobOf(terminal).status.startTime).toBe('2026-01-01T00:00:05Z');
  terminal.run(`patch job work -p '{"spec":{"suspend":true}}'`);
  terminal.world.runFor(5000);
  expect(podsOf(terminal)).toEqual([]);
  expect(jobOf(terminal).status).toMatchObject({ ready: 0 });
  expect(jobOf(terminal).status.failed).toBeUndefined();
  expect(events(terminal)).toContain('Resumed');
});

test('who manages a Job elsewhere is left alone', () => {
  const terminal = start({ managedBy: 'example.com/other' });
  terminal.world.runFor(5000);
  expect([podsOf(terminal), jobOf(terminal).status]).toEqual([[], {}]);
});

test('a Job deleted with its Pods leaves nothing behind, one orphaned leaves Pods without finalizers', () => {
  const deleted = start({});
  deleted.world.runFor(2000);
  deleted.run('delete job work');
  deleted.world.runFor(5000);
  expect(podsOf(deleted)).toEqual([]);
  const orphaned = start({});
  orphaned.world.runFor(2000);
  orphaned.run('delete job work --cascade=orphan');
  orphaned.world.runFor(5000);
  expect(podsOf(orphaned).map(({ metadata }) => [metadata.finalizers, metadata.ownerReferences])).toEqual([
    [undefined, undefined],
  ]);
});

test('whoever deletes a Job through the API without a policy orphans its Pods', () => {
  const terminal = start({});
  terminal.world.runFor(2000);
  terminal.world.client.delete('Job', 'default', 'work');
  terminal.world.runFor(5000);
  expect(podsOf(terminal)).toHaveLength(1);
});

test('ttlSecondsAfterFinished deletes a Job that is over', () => {
  const terminal = start({ ttlSecondsAfterFinished: 4 });
  terminal.world.runFor(6500);
  expect(conditions(terminal)).toHaveLength(2);
  terminal.world.runFor(5000);
  expect([terminal.world.list('Job'), podsOf(terminal)]).toEqual([[], []]);
});
