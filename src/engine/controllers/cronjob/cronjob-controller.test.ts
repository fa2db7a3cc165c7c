/** CronJobs in a whole cluster, on the virtual calendar. */
import { describe, expect, test } from 'vitest';
import { createTerminal, type Terminal } from '../../../testing/terminal';
import { SCHEDULED_TIMESTAMP } from '../../api/job';
import type { CoreEvent, CronJob, Job } from '../../api/types';

function start(spec: object, afterMs = 90_000): Terminal {
  const containers = [{ name: 'task', image: 'task:v1' }];
  const template = { spec: { restartPolicy: 'Never', containers, terminationGracePeriodSeconds: 1 } };
  const cronJob = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'tick' },
    spec: { schedule: '*/1 * * * *', jobTemplate: { spec: { template } }, ...spec },
  };
  const programs = [{ image: 'task:*', pull: 0, startMs: 100, exit: { afterMs, code: 0 } }];
  return createTerminal({ nodes: 1, programs, documents: [cronJob as never] });
}

const jobs = ({ world }: Terminal): string[] => world.list<Job>('Job').map(({ metadata }) => metadata.name);
const cronJob = ({ world }: Terminal): CronJob => world.get<CronJob>('CronJob', 'default', 'tick');
const events = ({ world }: Terminal, reason: string): CoreEvent[] =>
  (world.events() as CoreEvent[]).filter((event) => event.reason === reason && event.involvedObject.kind === 'CronJob');
const createdAt = ({ world }: Terminal, name: string): string | undefined =>
  world.get<Job>('Job', 'default', name).metadata.creationTimestamp?.slice(11, 19);

test('the first Job is called after the minute it was due', () => {
  const terminal = start({});
  terminal.world.runFor(59_000);
  expect(jobs(terminal)).toEqual([]);
  terminal.world.runFor(2000);
  expect(jobs(terminal)).toEqual(['tick-29453761']);
  const job = terminal.world.get<Job>('Job', 'default', 'tick-29453761');
  expect(job.metadata.annotations).toEqual({ [SCHEDULED_TIMESTAMP]: '2026-01-01T00:01:00Z' });
  expect(cronJob(terminal).status).toMatchObject({
    lastScheduleTime: '2026-01-01T00:01:00Z',
    active: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'tick-29453761', namespace: 'default' }],
  });
  const [step] = terminal.world
    .steps()
    .filter(({ actor, verb }) => actor === 'cronjob-controller' && verb === 'create');
  expect(step?.message).toBe('CronJob tick was due at 2026-01-01T00:01:00Z: creates Job tick-29453761');
});

describe('Jobs of 90 seconds every minute', () => {
  test('Allow: they overlap', () => {
    const terminal = start({});
    terminal.world.runUntil(125_000);
    expect(cronJob(terminal).status.active?.map(({ name }) => name)).toEqual(['tick-29453761', 'tick-29453762']);
  });

  test('Forbid: the missed run starts when the old one ends', () => {
    const terminal = start({ concurrencyPolicy: 'Forbid' });
    terminal.world.runUntil(125_000);
    expect(jobs(terminal)).toEqual(['tick-29453761']);
    expect(events(terminal, 'JobAlreadyActive').map(({ message }) => message)).toEqual([
      'Not starting job because prior execution is running and concurrency policy is Forbid',
    ]);
    terminal.world.runUntil(170_000);
    expect(jobs(terminal)).toEqual(['tick-29453761', 'tick-29453762']);
    expect(createdAt(terminal, 'tick-29453762')! >= '00:02:30').toBe(true);
    const [skip] = terminal.world.steps().filter(({ verb }) => verb === 'skip');
    expect(skip?.message).toBe(
      'CronJob tick does not start the run of 2026-01-01T00:02:00Z: tick-29453761 still runs and concurrencyPolicy is Forbid',
    );
  });

  test('Forbid with a deadline: it is dropped', () => {
    const terminal = start({ concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 10 });
    terminal.world.runUntil(170_000);
    expect(jobs(terminal)).toEqual(['tick-29453761']);
  });

  test('Replace: the old one is deleted', () => {
    const terminal = start({ concurrencyPolicy: 'Replace' });
    terminal.world.runUntil(125_000);
    expect(jobs(terminal)).toEqual(['tick-29453762']);
    expect(events(terminal, 'SuccessfulDelete').map(({ message }) => message)).toEqual(['Deleted job tick-29453761']);
  });
});

test('finished Jobs beyond the limits go, the oldest first', () => {
  const terminal = start({ successfulJobsHistoryLimit: 2 }, 5000);
  terminal.world.runUntil(255_000);
  expect(jobs(terminal)).toEqual(['tick-29453763', 'tick-29453764']);
  expect(cronJob(terminal).status.active).toBeUndefined();
  expect(cronJob(terminal).status.lastSuccessfulTime).toBeDefined();
});

test('suspended: no runs; resumed: the last missed one is made up for', () => {
  const terminal = start({ suspend: true }, 5000);
  terminal.world.runUntil(190_000);
  expect(jobs(terminal)).toEqual([]);
  terminal.run(`patch cronjob tick -p '{"spec":{"suspend":false}}'`);
  terminal.world.runFor(1000);
  expect(jobs(terminal)).toEqual(['tick-29453763']);
});

test('more than a hundred missed runs are worth a warning', () => {
  const terminal = start({ suspend: true, schedule: '@every 1s' }, 5000);
  terminal.world.runUntil(150_000);
  terminal.run(`patch cronjob tick -p '{"spec":{"suspend":false}}'`);
  terminal.world.runFor(500);
  expect(events(terminal, 'TooManyMissedTimes')).toHaveLength(1);
});

test('a changed schedule counts from then on, in its time zone', () => {
  const terminal = start({ schedule: '0 12 * * *', timeZone: 'Asia/Kolkata' }, 5000);
  terminal.run(`patch cronjob tick -p '{"spec":{"schedule":"31 5 * * *"}}'`);
  terminal.world.runUntil(65_000);
  const [job] = terminal.world.list<Job>('Job');
  expect(job?.metadata.annotations).toEqual({ [SCHEDULED_TIMESTAMP]: '2026-01-01T05:31:00+05:30' });
});

test('a Job made by hand belongs to the CronJob and is reported', () => {
  const terminal = start({ suspend: true }, 5000);
  expect(terminal.run('create job by-hand --from=cronjob/tick').stdout).toBe('job.batch/by-hand created\n');
  terminal.world.runFor(1000);
  expect(terminal.world.get<Job>('Job', 'default', 'by-hand').metadata.annotations).toEqual({
    'cronjob.kubernetes.io/instantiate': 'manual',
  });
  expect(events(terminal, 'UnexpectedJob').map(({ message }) => message)).toEqual([
    'Saw a job that the controller did not create or forgot: by-hand',
  ]);
});
