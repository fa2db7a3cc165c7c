/**
 * Deletes Jobs so many seconds after they are over, with their Pods.
 * Follows pkg/controller/ttlafterfinished/ttlafterfinished_controller.go. Reads Jobs; deletes Jobs.
 */
import { isJobFinished } from '../../api/job';
import { keyOf } from '../../api/meta';
import type { Job } from '../../api/types';
import type { Context } from '../../client/component';
import { type ControllerMemory, defineController, enqueueKey, type Result } from '../../client/controller';

/** The TTL-after-finished controller. */
export const ttlAfterFinishedController = defineController({
  name: 'ttl-after-finished-controller',
  for: 'Job',
  enqueue: (context, { value, step }) => {
    const job = value as Job | undefined;
    if (job && needsCleanup(job)) enqueueKey(context, keyOf(job), step);
  },
  reconcile,
});

function needsCleanup(job: Job): boolean {
  const { deletionTimestamp } = job.metadata;
  return deletionTimestamp === undefined && job.spec.ttlSecondsAfterFinished !== undefined && isJobFinished(job);
}

/** How long a Job may stay; undefined when it may stay for ever. */
function timeLeftMs(job: Job | undefined, { nowMs, timeOf }: Context<ControllerMemory>): number | undefined {
  if (!job || !needsCleanup(job)) return undefined;
  const end = job.status.conditions?.find(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
  if (!end?.lastTransitionTime) return undefined;
  return timeOf(end.lastTransitionTime) + (job.spec.ttlSecondsAfterFinished ?? 0) * 1000 - nowMs;
}

function reconcile(context: Context<ControllerMemory>, key: string): Result {
  const job = context.lister.byKey<Job>('Job', key);
  const leftMs = timeLeftMs(job, context);
  if (!job || leftMs === undefined) return undefined;
  if (leftMs > 0) return { requeueAfterMs: leftMs };
  // What the cache shows may be old: the time to live may have been changed since.
  const fresh = context.client.find<Job>('Job', job.metadata.namespace, job.metadata.name);
  const freshLeftMs = timeLeftMs(fresh, context);
  if (!fresh || freshLeftMs === undefined) return undefined;
  if (freshLeftMs > 0) return { requeueAfterMs: freshLeftMs };
  context.because(context.lister.since('Job', fresh, (one) => (timeLeftMs(one, context) ?? 1) <= 0));
  const { namespace, name, uid } = fresh.metadata;
  context.client.delete('Job', namespace, name, {
    propagationPolicy: 'Foreground',
    preconditions: { uid: uid as string },
  });
  const seconds = fresh.spec.ttlSecondsAfterFinished;
  context.say('delete', fresh, `Deleted Job ${name}: it was over for ${seconds} s, as ttlSecondsAfterFinished says`);
  return undefined;
}
