/** What the scenarios about Jobs and schedules promise, and the acceptance list with them. */
import { expect, test } from 'vitest';
import { controllerOf } from '../../engine/api/meta';
import type { CoreEvent, CronJob, Job, Pod } from '../../engine/api/types';
import type { Simulation } from '../../engine/simulation';
import type { CommandRecord } from '../../kubectl/user';
import { startText } from '../../testing/swarm';
import { createTerminal } from '../../testing/terminal';
import { GALLERY } from '.';

async function runTo(name: string, timeMs: number): Promise<Simulation> {
  const simulation = startText((await GALLERY.find((entry) => entry.name === name)?.load()) ?? '');
  simulation.run({ timeMs });
  return simulation;
}

const listed = <T>(simulation: Simulation, kind: string) =>
  simulation.objectsAt(simulation.step, kind) as unknown as T[];
const job = (simulation: Simulation, name: string): Job | undefined =>
  listed<Job>(simulation, 'Job').find(({ metadata }) => metadata.name === name);
const podsOf = (simulation: Simulation, name: string): Pod[] =>
  listed<Pod>(simulation, 'Pod').filter((pod) => controllerOf(pod)?.name === name);
const endOf = (simulation: Simulation, name: string): string | undefined =>
  job(simulation, name)
    ?.status.conditions?.map(({ type, reason }) => `${type} ${reason}`)
    .at(-1);
const outputs = (simulation: Simulation): string[] =>
  Array.from({ length: simulation.step }, (_, at) => simulation.detailAt(at + 1) as CommandRecord | undefined)
    .filter((detail) => detail?.type === 'command')
    .map((record) => record?.stdout ?? '');

test('a Job counts to nine in nine seconds, and its Pod is kept', async () => {
  const simulation = await runTo('nine-lines', 30_000);
  const [shown = ''] = outputs(simulation).filter((text) => text.startsWith('NAME'));
  expect(shown).toMatch(
    /^NAME +STATUS +COMPLETIONS +DURATION +AGE\njob.batch\/test-job +Complete +1\/1 +1[0-3]s +14s\n/,
  );
  expect(shown).toMatch(/pod\/test-job-\w{5} +0\/1 +Completed +0 /);
  const [pod] = podsOf(simulation, 'test-job');
  const { startedAt = '', finishedAt = '' } = pod?.status.containerStatuses?.[0]?.state?.terminated ?? {};
  expect(Number(finishedAt.slice(17, 19)) - Number(startedAt.slice(17, 19))).toBe(9);
});

test('a Job gives up: new Pods at doubled distances, or one Pod started again', async () => {
  const simulation = await runTo('job-gives-up', 720_000);
  expect(endOf(simulation, 'never')).toBe('Failed BackoffLimitExceeded');
  expect(job(simulation, 'never')?.status.failed).toBe(7);
  const made = podsOf(simulation, 'never')
    .map(({ metadata }) => metadata.creationTimestamp ?? '')
    .map((at) => Number(at.slice(14, 16)) * 60 + Number(at.slice(17, 19)))
    .sort((a, b) => a - b);
  const waits = made.slice(1).map((at, index) => at - (made[index] ?? 0));
  // Each attempt takes about four seconds, and the wait counts from its end.
  expect(waits.map((wait, index) => Math.abs(wait - 10 * 2 ** index - 4) <= 2)).toEqual(Array(6).fill(true));
  expect(endOf(simulation, 'on-failure')).toBe('Failed BackoffLimitExceeded');
  expect(podsOf(simulation, 'on-failure')).toEqual([]);
});

test('one index of five fails, and the others are done', async () => {
  const simulation = await runTo('one-index-fails', 60_000);
  expect(endOf(simulation, 'pieces')).toBe('Failed FailedIndexes');
  expect(job(simulation, 'pieces')?.status).toMatchObject({ completedIndexes: '0-2,4', failedIndexes: '3', failed: 2 });
});

test('a drain does not count, exit code 42 does', async () => {
  const simulation = await runTo('whose-fault', 60_000);
  expect(endOf(simulation, 'patient')).toBe('Complete CompletionsReached');
  expect(job(simulation, 'patient')?.status.failed).toBeUndefined();
  expect(endOf(simulation, 'final')).toBe('Failed PodFailurePolicy');
  expect(podsOf(simulation, 'final')).toHaveLength(1);
});

test('90-second Jobs every minute under each policy', async () => {
  const simulation = await runTo('three-policies', 155_000);
  const active = (name: string): string[] =>
    listed<CronJob>(simulation, 'CronJob')
      .filter(({ metadata }) => metadata.name === name)
      .flatMap(({ status }) => status.active?.map((one) => one.name ?? '') ?? []);
  expect(active('allow')).toEqual(['allow-29453762']);
  expect(active('forbid')).toEqual(['forbid-29453762']);
  expect(active('replace')).toEqual(['replace-29453762']);
  expect(endOf(simulation, 'allow-29453761')).toBe('Complete CompletionsReached');
  expect(job(simulation, 'replace-29453761')).toBeUndefined();
  const events = listed<CoreEvent>(simulation, 'Event');
  expect(events.filter(({ reason }) => reason === 'JobAlreadyActive')).toHaveLength(1);
  // The second run of `forbid` was due at 00:02:00 and begins when the first is over.
  expect((job(simulation, 'forbid-29453762')?.metadata.creationTimestamp ?? '') > '2026-01-01T00:02:30Z').toBe(true);
});

test('a Job must say that it does not run for ever', () => {
  const manifest = (policy: string): string =>
    `{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {template: {spec: {${policy}containers: [{name: c, image: i}]}}}}`;
  const { run } = createTerminal();
  for (const policy of ['', 'restartPolicy: Always, ']) {
    expect(run('apply -f -', manifest(policy)).stderr).toBe(
      'The Job "j" is invalid: spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"\n',
    );
  }
});
