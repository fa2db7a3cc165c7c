/** What a sync of a Job did and why, in one sentence with its numbers, for the step it leaves. */
import type { Job, JobCondition, JobStatus, Pod } from '../../api/types';
import { backoffOf } from './backoff';
import type { JobContext } from './job-memory';
import { judgeFailure } from './pod-failure-policy';
import type { PodPlan } from './pod-plan';
import type { Tracking } from './tracking';

/** What happened in one sync. */
export interface SyncStory {
  readonly plan?: PodPlan;
  readonly created?: readonly Pod[];
  /** Pods deleted because the Job is over. */
  readonly stopped?: number;
  readonly tracking?: Tracking;
  readonly end?: JobCondition;
  readonly finished?: 'Complete' | 'Failed' | undefined;
  readonly failure?: string | undefined;
  /** Failures in a row since the last success. */
  readonly failures?: number;
}

const pods = (count: number): string => (count === 1 ? '1 Pod' : `${count} Pods`);
const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`;
const names = (list: readonly Pod[]): string => list.map(({ metadata }) => metadata.name).join(', ');

/** `exit code 3`, as far as a Pod tells. */
function exitOf({ status }: Pod): string {
  const codes = (status.containerStatuses ?? []).flatMap(({ state }) => state?.terminated?.exitCode || []);
  return codes.length > 0 ? ` (exit code ${codes.join(', ')})` : '';
}

function countedParts(job: Job, { newlySucceeded, newlyFailed, release, status }: Tracking): string[] {
  const parts: string[] = [];
  const { completions, backoffLimit, backoffLimitPerIndex } = job.spec;
  if (newlySucceeded.length > 0) {
    parts.push(
      `counts ${names(newlySucceeded)} as succeeded${completions === undefined ? '' : ` (${completions} wanted)`}`,
    );
  }
  if (newlyFailed.length > 0) {
    const shown = newlyFailed.map((pod) => pod.metadata.name + exitOf(pod)).join(', ');
    const total = (status.failed ?? 0) + (status.uncountedTerminatedPods?.failed?.length ?? 0);
    const limit =
      backoffLimitPerIndex === undefined
        ? `${total} failed, backoffLimit ${backoffLimit}`
        : `${total} failed, backoffLimitPerIndex ${backoffLimitPerIndex}`;
    parts.push(`counts ${shown} as failed: ${limit}`);
  }
  const ignored = release.filter((pod) => pod.status.phase === 'Failed' && !judgeFailure(job, pod).counts);
  if (ignored.length > 0) {
    const rule = judgeFailure(job, ignored[0] as Pod).rule;
    parts.push(`does not count ${names(ignored)}: rule ${rule} of podFailurePolicy ignores it`);
  }
  return parts;
}

function plannedParts(job: Job, { plan, created = [], failures = 0 }: SyncStory): string[] {
  if (!plan) return [];
  const { wanted } = plan;
  if (plan.verb === 'wait') {
    if (plan.index !== undefined) return [`tries index ${plan.index} again in ${seconds(plan.forMs)}`];
    const why = `${seconds(backoffOf(failures))} after ${failures === 1 ? 'a failure' : `${failures} failures`}`;
    return [`makes the next Pod in ${seconds(plan.forMs)}: ${why}`];
  }
  if (plan.verb === 'create') {
    const which = plan.indexes
      ? ` for ${plan.indexes.length === 1 ? 'index' : 'indexes'} ${plan.indexes.join(', ')}`
      : '';
    return [
      `wants ${pods(wanted)} at work: ${created.length === plan.count ? 'creates' : `of ${plan.count} creates`} ${created.length}${which}`,
    ];
  }
  if (plan.verb !== 'delete' || plan.pods.length === 0) return [];
  return [`${job.spec.suspend ? 'is suspended' : `wants ${pods(wanted)} at work`}: deletes ${names(plan.pods)}`];
}

function endParts({ end, finished, stopped = 0 }: SyncStory): string[] {
  const parts: string[] = [];
  if (end && !finished)
    parts.push(`${end.type === 'SuccessCriteriaMet' ? 'has succeeded' : 'fails'} (${end.reason}: ${end.message})`);
  if (finished) parts.push(`is ${finished === 'Complete' ? 'complete' : 'failed'} (${end?.reason}: ${end?.message})`);
  if (stopped > 0) parts.push(`deletes ${pods(stopped)} that still ran`);
  return parts;
}

/** Names the step of a sync that did something, and keeps its numbers as evidence. */
export function explainSync(context: JobContext, job: Job, story: SyncStory & { readonly status: JobStatus }): void {
  const { tracking, status, plan, failure } = story;
  const parts = [
    ...(tracking ? countedParts(job, tracking) : []),
    ...plannedParts(job, story),
    ...endParts(story),
    ...(failure === undefined ? [] : [`was refused: ${failure}`]),
  ];
  const { active = 0, ready = 0, succeeded = 0, failed = 0, terminating = 0 } = status;
  const counts = `${active} active (${ready} ready), ${succeeded} succeeded, ${failed} failed`;
  const what = parts.length > 0 ? parts.join('; ') : `reports ${counts}`;
  context.say('sync', job, `Job ${job.metadata.name} ${what}`);
  const decided = plan && { verb: plan.verb, wanted: plan.wanted };
  context.attach({ active, ready, succeeded, failed, terminating, plan: decided, end: story.end?.reason });
}
