/**
 * The Job controller's writes: Pods made and deleted, finalizers removed, status written.
 * Follows pkg/controller/job/job_controller.go (manageJob, deleteJobPods, deleteActivePods, removeTrackingFinalizerFromPods) and
 * pkg/controller/job/indexed_job_utils.go. What upstream asks for at once is asked one after the other.
 */
import { isPodReady } from '../../api/conditions';
import {
  COMPLETION_INDEX,
  INDEX_FAILURE_COUNT,
  INDEX_IGNORED_FAILURE_COUNT,
  isIndexedJob,
  JOB_TRACKING_FINALIZER,
} from '../../api/job';
import { joinKey, keyOf } from '../../api/meta';
import { StatusError } from '../../api/status-error';
import type { Container, Job, JobStatus, Pod, PodTemplateSpec } from '../../api/types';
import { creationObserved, deletionObserved, expectCreations, expectDeletions } from '../../client/expectations';
import { noteWrite } from '../../client/own-writes';
import { afterTry, createPod, deletePod, mayTry, podFromTemplate, SLOW_START } from '../../client/pod-control';
import { type IndexSets, limitsPerIndex } from './indexes';
import type { JobContext } from './job-memory';
import { failuresBefore, isTracked } from './job-pods';
import { judgeFailure } from './pod-failure-policy';

const INDEX_VARIABLE: NonNullable<Container['env']>[number] = {
  name: 'JOB_COMPLETION_INDEX',
  valueFrom: { fieldRef: { fieldPath: `metadata.labels['${COMPLETION_INDEX}']` } },
};
/** How long a generated name's beginning may be. */
const MAX_GENERATE_NAME = 58;

function withIndexVariable(containers: readonly Container[] | undefined): Container[] | undefined {
  return containers?.map((container) =>
    container.env?.some(({ name }) => name === INDEX_VARIABLE.name)
      ? container
      : { ...container, env: [...(container.env ?? []), INDEX_VARIABLE] },
  );
}

/** The template with what the controller adds for every Pod. */
function preparedTemplate(job: Job): PodTemplateSpec {
  const { metadata = {}, spec } = job.spec.template;
  const { finalizers = [] } = metadata;
  const tracked = finalizers.includes(JOB_TRACKING_FINALIZER) ? finalizers : [...finalizers, JOB_TRACKING_FINALIZER];
  const template = { metadata: { ...metadata, finalizers: tracked }, spec };
  if (!isIndexedJob(job) || !spec) return template;
  const initContainers = withIndexVariable(spec.initContainers);
  const containers = withIndexVariable(spec.containers) ?? [];
  return { ...template, spec: { ...spec, ...(initContainers ? { initContainers } : {}), containers } };
}

/** How many failures of its index the next Pod has before it. */
function failureAnnotations(job: Job, lastFailed: Pod | undefined): Record<string, string> {
  if (!lastFailed) return { [INDEX_FAILURE_COUNT]: '0' };
  const { counted, ignored } = failuresBefore(lastFailed);
  const isCounted = judgeFailure(job, lastFailed).counts;
  const allIgnored = ignored + (isCounted ? 0 : 1);
  return {
    [INDEX_FAILURE_COUNT]: String(counted + (isCounted ? 1 : 0)),
    ...(allIgnored > 0 ? { [INDEX_IGNORED_FAILURE_COUNT]: String(allIgnored) } : {}),
  };
}

/** The Pod of one index. */
function podOfIndex(job: Job, template: PodTemplateSpec, index: number, lastFailed: Pod | undefined): Pod {
  const { metadata = {}, spec = { containers: [] } } = template;
  const mark = { [COMPLETION_INDEX]: String(index) };
  const failures = limitsPerIndex(job) ? failureAnnotations(job, lastFailed) : {};
  const annotations = { ...metadata.annotations, ...mark, ...failures };
  const labels = { ...metadata.labels, ...mark };
  const { name } = job.metadata;
  const pod = podFromTemplate(
    { metadata: { ...metadata, annotations, labels }, spec: { ...spec, hostname: `${name}-${index}` } },
    job,
  );
  const end = `-${index}-`;
  const whole = name + end;
  const generateName = whole.length > MAX_GENERATE_NAME ? whole.slice(0, MAX_GENERATE_NAME - end.length) + end : whole;
  return { ...pod, metadata: { ...pod.metadata, generateName } };
}

/** What became of the Pods that were to be made. */
export interface Creations {
  readonly created: readonly Pod[];
  readonly failure: string | undefined;
}

/** Makes Pods in batches of 1, 2, 4 …, none after a batch with a failure in it. */
export function createPods(
  context: JobContext,
  job: Job,
  count: number,
  indexes: readonly number[] | undefined,
  sets: IndexSets | undefined,
): Creations {
  const { expectations, written } = context.memory;
  const key = keyOf(job);
  const template = preparedTemplate(job);
  expectCreations(expectations, key, count, context.nowMs);
  const created: Pod[] = [];
  let start = SLOW_START;
  for (let at = 0; at < count; at++) {
    if (!mayTry(start)) {
      creationObserved(expectations, key, count - at);
      break;
    }
    const index = indexes?.[at];
    const pod =
      index === undefined
        ? podFromTemplate(template, job)
        : podOfIndex(job, template, index, sets?.lastFailed.get(index));
    const outcome = createPod(context, job, pod);
    if (outcome.pod) {
      created.push(outcome.pod);
      noteWrite(written, key, outcome.pod.metadata.resourceVersion);
    } else if (outcome.failure !== undefined) creationObserved(expectations, key);
    start = afterTry(start, outcome.failure);
  }
  return { created, failure: start.failure };
}

/** What became of the Pods that were to go. */
export interface Deletions {
  readonly deleted: number;
  readonly ready: number;
  readonly failure: string | undefined;
}

function tally(pods: readonly Pod[], remove: (pod: Pod) => string | undefined): Deletions {
  let deleted = 0;
  let ready = 0;
  let failure: string | undefined;
  for (const pod of pods) {
    const problem = remove(pod);
    failure ??= problem;
    if (problem === undefined) deleted++;
    if (isPodReady(pod)) ready++;
  }
  return { deleted, ready, failure };
}

function deleteOne(context: JobContext, job: Job, pod: Pod): string | undefined {
  const outcome = deletePod(context, job, pod.metadata.name);
  noteWrite(context.memory.written, keyOf(job), outcome.pod?.metadata.resourceVersion);
  return outcome.failure;
}

/** Deletes all Pods of a Job that is over; their finalizers go when they have been counted. */
export function deleteActivePods(context: JobContext, job: Job, pods: readonly Pod[]): Deletions {
  return tally(pods, (pod) => deleteOne(context, job, pod));
}

/** Deletes Pods that are too many, which do not count. */
export function deleteSurplusPods(context: JobContext, job: Job, pods: readonly Pod[]): Deletions {
  const { expectations } = context.memory;
  const key = keyOf(job);
  const keyOfPod = (pod: Pod): string => joinKey(job.metadata.namespace, pod.metadata.name);
  expectDeletions(expectations, key, pods.map(keyOfPod), context.nowMs);
  return tally(pods, (pod) => {
    const failure = isTracked(pod) ? removeFinalizer(context, job, pod) : undefined;
    const problem = failure === undefined ? deleteOne(context, job, pod) : `removing completion finalizer: ${failure}`;
    if (problem !== undefined) deletionObserved(expectations, key, keyOfPod(pod));
    return problem;
  });
}

/** Takes the tracking finalizer off a Pod; one that is gone has none. Returns why it failed. */
export function removeFinalizer(context: JobContext, job: Job | undefined, pod: Pod): string | undefined {
  const { namespace, name } = pod.metadata;
  const body = { metadata: { '$deleteFromPrimitiveList/finalizers': [JOB_TRACKING_FINALIZER] } };
  try {
    const { metadata } = context.client.patch<Pod>('Pod', namespace, name, { type: 'strategic', body });
    if (job) noteWrite(context.memory.written, keyOf(job), metadata.resourceVersion);
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error.reason === 'NotFound' ? undefined : error.message;
  }
}

/** Writes a Job's status and returns the Job as stored. */
export function writeStatus(context: JobContext, job: Job, status: JobStatus): Job {
  const written = context.client.updateStatus<Job>({ ...job, status });
  noteWrite(context.memory.written, keyOf(job), written.metadata.resourceVersion);
  return written;
}
