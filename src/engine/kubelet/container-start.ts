/**
 * Starting one container: back-off, image, environment, creation, postStart hook. Each function takes it one stage further
 * and returns the changed record; a container that can't be started now carries its waiting reason and when to try again.
 * Follows startContainer in pkg/kubelet/kuberuntime/kuberuntime_container.go and EnsureImageExists in pkg/kubelet/images/image_manager.go.
 */
import { formatDuration } from '../api/duration';
import type { ContainerStatus } from '../machine/cri';
import { type Kubelet, podEvent } from './api-writes';
import { containerIDOf, podTitle, recordExit, terminationOf, timerKey } from './container-process';
import { containerEnvironment, expandCommand } from './environment';
import { mountProblem } from './host-directories';
import {
  inspectionProblem,
  isAccessible,
  mustPull,
  type PullOutcome,
  pulledMessage,
  requestPull,
  wantedImage,
} from './images';
import { shouldRestart } from './lifecycle';
import { makeObjects } from './made-objects';
import { oomScoreOn } from './oom-score';
import { noteRunning, runPostStart } from './post-start';
import { type ContainerRecord, containerSpec, freshToken, isCounted, type PodRecord, putContainer } from './records';
import { nextBackoff, remainingBackoffMs, withJitter } from './restart-backoff';
import { rootProblem } from './security-context';
import { SYNC_PERIOD_MS } from './sync-timer';

/** How soon the kubelet looks again at a Pod whose container has just failed (the period of its container event relist). */
export const RELIST_MS = 1000;
/** How long the pod worker waits after other errors. */
export const RETRY_MS = withJitter(10_000);

type Waiting = NonNullable<ContainerRecord['waiting']>;

/** Makes a container wait with a reason. */
function wait(
  kubelet: Kubelet,
  record: PodRecord,
  index: number,
  waiting: Waiting,
  retryAtMs: number,
  change: Partial<ContainerRecord> = {},
): PodRecord {
  const container = record.containers[index] as ContainerRecord;
  const stage = container.exit ? 'exited' : 'idle';
  const whole = { ...change, stage, waiting, retryAtMs, imagesThere: 0 } satisfies Partial<ContainerRecord>;
  return putContainer(kubelet.context.memory, record, index, whole, { busyWith: -1 });
}

/** Makes a container wait with a reason that is told with the next sync. */
export function waitUntold(
  kubelet: Kubelet,
  record: PodRecord,
  index: number,
  nextWaiting: Waiting,
  delayMs: number,
  change: Partial<ContainerRecord> = {},
): PodRecord {
  const stage = record.containers[index]?.exit ? 'exited' : 'idle';
  const { nowMs } = kubelet.context;
  const retryAtMs = nowMs + delayMs;
  const whole = {
    ...change,
    stage,
    nextWaiting,
    heldAtMs: nowMs,
    retryAtMs,
    imagesThere: 0,
  } satisfies Partial<ContainerRecord>;
  return putContainer(kubelet.context.memory, record, index, whole, { busyWith: -1 });
}

/** Waits for the crash back-off, if there is any left. */
function holdBack(kubelet: Kubelet, record: PodRecord, index: number): PodRecord | undefined {
  const { context } = kubelet;
  const container = record.containers[index] as ContainerRecord;
  const { exit, crashBackoff, crashedAtMs } = container;
  if (!exit || crashedAtMs === undefined) return undefined;
  if (!crashBackoff || remainingBackoffMs(crashBackoff, crashedAtMs, context.nowMs) === 0) return undefined;
  // Held back once, the container waits from the end of its latest instance.
  const remainingMs = exit.finishedAtMs + crashBackoff.delayMs - context.nowMs;
  const noticedMs = exit.finishedAtMs + RELIST_MS;
  const { reason } = container.nextWaiting ?? container.waiting ?? {};
  // What a sync has stopped itself is seen, and told, by the one that its end brings about.
  const isUnseen = container.unseen || reason === 'PostStartHookError';
  if (!isUnseen && reason !== 'CrashLoopBackOff' && context.nowMs < noticedMs) {
    const retryAtMs = Math.min(noticedMs, context.nowMs + remainingMs);
    return putContainer(context.memory, record, index, { retryAtMs });
  }
  const title = podTitle(record);
  podEvent(
    kubelet,
    record,
    index,
    'Warning',
    'BackOff',
    `Back-off restarting failed container ${container.name} in pod ${title}`,
  );
  const settled = putContainer(context.memory, record, index, { rerun: false });
  // One that was stopped to be started again, and has done its work, is left as it is once it has to wait.
  if (container.rerun && !shouldRestart(settled, index))
    return putContainer(context.memory, settled, index, { unseen: false });
  const delay = formatDuration(crashBackoff.delayMs);
  const waitMs = isUnseen ? RELIST_MS : withJitter(Math.min(remainingMs, SYNC_PERIOD_MS));
  const message = `back-off ${delay} restarting failed container=${container.name} pod=${title}`;
  context.say(
    'back-off',
    record.pod,
    `Container ${container.name} of Pod ${record.pod.metadata.name} keeps ending; it is started again in ${formatDuration(Math.max(waitMs, remainingMs))} (the wait doubles each time, up to 5m)`,
  );
  const waiting = { reason: 'CrashLoopBackOff', message };
  return waitUntold(kubelet, settled, index, waiting, waitMs, { crashedAtMs: exit.finishedAtMs });
}

/** Starts a container, as far as that goes without waiting. */
export function startContainer(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const held = holdBack(kubelet, record, index);
  if (held) return held;
  const { context } = kubelet;
  const container = record.containers[index] as ContainerRecord;
  const { exit, crashedAtMs } = container;
  let changed = record;
  if (exit && crashedAtMs !== undefined) {
    const crashBackoff = nextBackoff(container.crashBackoff, crashedAtMs, context.nowMs);
    changed = putContainer(context.memory, record, index, { crashBackoff });
  }
  return ensureImage(kubelet, changed, index);
}

function ensureImage(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const { context } = kubelet;
  const container = record.containers[index] as ContainerRecord;
  const wanted = wantedImage(record, index);
  const { policy, about } = wanted;
  const image = wanted.spec.image ?? '';
  const present = isAccessible(kubelet, record, image);
  const odd = inspectionProblem(kubelet, record, wanted, present);
  if (odd) return failStart(kubelet, record, index, odd.reason, odd.message);
  if (!mustPull(policy, image, present)) {
    if (present) {
      const message = `Container image "${image}" already present on machine and can be accessed by the pod`;
      podEvent(kubelet, record, about, 'Normal', 'Pulled', message);
      return imageThere(kubelet, record, index);
    }
    const message = `Container image "${image}" is not present with pull policy of Never`;
    podEvent(kubelet, record, about, 'Warning', 'ErrImageNeverPull', message);
    return failStart(kubelet, record, index, 'ErrImageNeverPull', message);
  }
  const backoff = container.pullBackoff;
  const remainingMs = backoff ? remainingBackoffMs(backoff, backoff.sinceMs, context.nowMs) : 0;
  if (!backoff || remainingMs === 0) return requestPull(kubelet, record, index);
  const text = `Back-off pulling image "${image}"`;
  podEvent(kubelet, record, about, 'Normal', 'BackOff', text);
  podEvent(kubelet, record, about, 'Warning', 'Failed', 'Error: ImagePullBackOff');
  const waiting = { reason: 'ImagePullBackOff', message: `${text}: ${backoff.error}` };
  context.say(
    'back-off',
    record.pod,
    `Pod ${record.pod.metadata.name} waits ${formatDuration(remainingMs)} before pulling image "${image}" again (the wait doubles each time, up to 5m)`,
  );
  return waitUntold(kubelet, record, index, waiting, RETRY_MS);
}

/** An image is there: on to the next, or to the container. */
function imageThere(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  if (wantedImage(record, index).about === index) return createContainer(kubelet, record, index);
  const imagesThere = (record.containers[index]?.imagesThere ?? 0) + 1;
  return ensureImage(
    kubelet,
    putContainer(kubelet.context.memory, record, index, { imagesThere }, { busyWith: -1 }),
    index,
  );
}

function failStart(kubelet: Kubelet, record: PodRecord, index: number, reason: string, message: string): PodRecord {
  podEvent(kubelet, record, index, 'Warning', 'Failed', `Error: ${reason.startsWith('Create') ? message : reason}`);
  const { name } = record.pod.metadata;
  kubelet.context.say(
    'wait',
    record.pod,
    `Pod ${name} can't start container ${record.containers[index]?.name}: ${message}`,
  );
  return wait(kubelet, record, index, { reason, message }, kubelet.context.nowMs + RETRY_MS);
}

/** A pull has ended: the container is created, or waits for the next try. */
export function afterPull(kubelet: Kubelet, record: PodRecord, outcome: PullOutcome): PodRecord {
  const { context } = kubelet;
  const { index } = outcome.request;
  const { name } = record.pod.metadata;
  const { about } = wantedImage(record, index);
  if (!outcome.error) {
    const size = kubelet.runtime.imageStatus(outcome.image)?.sizeBytes ?? 0;
    podEvent(kubelet, record, about, 'Normal', 'Pulled', pulledMessage(outcome, size));
    context.say(
      'pull',
      record.pod,
      `Pulled image "${outcome.image}" for Pod ${name} in ${formatDuration(outcome.waitedMs)}`,
    );
    return imageThere(kubelet, record, index);
  }
  const { reason, message, text = message } = outcome.error;
  podEvent(kubelet, record, about, 'Warning', 'Failed', `Failed to pull image "${outcome.image}": ${text}`);
  podEvent(kubelet, record, about, 'Warning', 'Failed', `Error: ${reason}`);
  if (about === undefined) podEvent(kubelet, record, index, 'Warning', 'Failed', `Error: ${reason}`);
  context.say('pull', record.pod, `Could not pull image "${outcome.image}" for Pod ${name}: ${message}`);
  const previous = record.containers[index]?.pullBackoff;
  const backoff = nextBackoff(previous, previous?.sinceMs ?? context.nowMs, context.nowMs);
  const pullBackoff = { ...backoff, error: `${reason}: ${message}` };
  if (previous) return waitUntold(kubelet, record, index, { reason, message }, RETRY_MS, { pullBackoff });
  return wait(kubelet, record, index, { reason, message }, context.nowMs + RELIST_MS, { pullBackoff });
}

function createContainer(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const { context, runtime } = kubelet;
  const spec = containerSpec(record, index);
  const found = containerEnvironment(kubelet, record, spec);
  if ('missing' in found) return failStart(kubelet, record, index, 'CreateContainerConfigError', found.missing);
  const { values: environment } = found;
  const problem = mountProblem(kubelet, record, spec, environment) ?? rootProblem(record.pod, spec, podTitle(record));
  if (problem !== undefined) return failStart(kubelet, record, index, 'CreateContainerConfigError', problem);
  const attempt = (record.containers[index]?.attempt ?? 0) + 1;
  const created = runtime.createContainer(record.uid, {
    spec: expandCommand(spec, environment),
    attempt,
    environment,
    oomScoreAdj: oomScoreOn(kubelet.node, record.pod, spec),
  });
  if ('error' in created) return failStart(kubelet, record, index, 'CreateContainerError', created.error);
  const token = freshToken(context.memory);
  podEvent(kubelet, record, index, 'Normal', 'Created', 'Container created');
  context.after(created.tookMs, 'started', timerKey(record, index, token));
  const change = { stage: 'starting', token, instance: created.id } as const;
  return putContainer(context.memory, record, index, change, { busyWith: index });
}

/** The container is there: begins its process, its hook and its probes. */
export function containerCreated(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const { context, runtime } = kubelet;
  const { instance } = record.containers[index] as ContainerRecord;
  const error = runtime.startContainer(instance);
  const status = runtime.containerStatus(instance) as ContainerStatus;
  if (error !== undefined) return failRun(kubelet, record, index, status);
  podEvent(kubelet, record, index, 'Normal', 'Started', 'Container started');
  makeObjects(kubelet, record, index, true);
  const hasHook = containerSpec(record, index).lifecycle?.postStart !== undefined;
  const begun = noteStart(record, index, status, hasHook ? 'hook' : 'running');
  context.memory.pods.set(record.uid, begun);
  return hasHook ? runPostStart(kubelet, begun, index) : noteRunning(kubelet, begun, index);
}

/** The record once an instance has been started. */
function noteStart(record: PodRecord, index: number, status: ContainerStatus, stage: 'hook' | 'running'): PodRecord {
  const spec = containerSpec(record, index);
  const container = record.containers[index] as ContainerRecord;
  const {
    waiting: _waiting,
    nextWaiting: _next,
    exit,
    pullBackoff: _pulls,
    rerun: _rerun,
    removed: _removed,
    unseen,
    imagesThere: _images,
    news: _news,
    ...rest
  } = container;
  const containers = record.containers.slice();
  const started = !spec.startupProbe || unseen === 'started';
  containers[index] = {
    ...rest,
    stage,
    attempt: status.attempt,
    containerID: containerIDOf(status.id),
    startedAt: status.startedAt,
    startedAtMs: status.startedAtMs,
    resources: spec.resources,
    podLimits: record.pod.spec.resources?.limits,
    ...(exit ? { last: exit } : {}),
    ...(status.isBrief ? { isBrief: true } : {}),
    started,
    ready: isCounted(container) && started && !spec.readinessProbe,
  };
  return { ...record, containers, busyWith: -1 };
}

/** The runtime could not start the process: that instance has ended before it began. */
function failRun(kubelet: Kubelet, record: PodRecord, index: number, status: ContainerStatus): PodRecord {
  const { message } = status;
  podEvent(kubelet, record, index, 'Warning', 'Failed', `Error: ${message}`);
  const { name } = record.pod.metadata;
  kubelet.context.say('fail', record.pod, `Container ${status.name} of Pod ${name} could not be started: ${message}`);
  const ended = recordExit(kubelet, noteStart(record, index, status, 'running'), index, terminationOf(status));
  // What is not to be tried again has ended; the rest waits with the reason.
  if (!shouldRestart(ended, index)) return ended;
  const waiting = { reason: 'RunContainerError', message };
  return wait(kubelet, ended, index, waiting, kubelet.context.nowMs + RELIST_MS);
}
