/**
 * Stopping one container: preStop hook, SIGTERM, and SIGKILL when the grace period is over.
 * Follows killContainer in pkg/kubelet/kuberuntime/kuberuntime_container.go: the hook's time is taken from the grace period, of
 * which at least two seconds are left for the process.
 */
import { type Kubelet, podEvent } from './api-writes';
import { runHook, timerKey } from './container-process';
import { containersToStop } from './lifecycle';
import { type ContainerRecord, containerSpec, freshToken, type PodRecord, putContainer, putPod } from './records';

/** A minimal window for the process to end by itself. */
const MINIMUM_GRACE_MS = 2000;

/** Why and how a container is stopped. */
export interface StopOptions {
  readonly message: string;
  readonly graceMs: number;
  /** It is to be started again afterwards. */
  readonly restart: boolean;
  /** SIGTERM waits until it is this container's turn, at most for the grace period. */
  readonly inTurn?: boolean;
}

/** Begins to stop a container that runs. */
export function stopContainer(kubelet: Kubelet, record: PodRecord, index: number, options: StopOptions): PodRecord {
  const { context } = kubelet;
  const token = freshToken(context.memory);
  const { restart, inTurn } = options;
  const change: Partial<ContainerRecord> = {
    stage: 'stopping',
    token,
    restarting: restart,
    ...(inTurn && options.graceMs > 0 ? { awaitsTurnUntilMs: context.nowMs + options.graceMs } : {}),
  };
  const stopping = putContainer(context.memory, record, index, change);
  podEvent(kubelet, stopping, index, 'Normal', 'Killing', options.message);
  const handler = containerSpec(stopping, index).lifecycle?.preStop;
  if (!handler || options.graceMs <= 0) {
    return afterHook(kubelet, stopping, index, Math.max(MINIMUM_GRACE_MS, options.graceMs));
  }
  const hook = runHook(kubelet, stopping, index, handler, options.graceMs);
  if (hook.failure) podEvent(kubelet, stopping, index, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
  const leftMs = Math.max(MINIMUM_GRACE_MS, options.graceMs - hook.tookMs);
  if (handler.exec && hook.tookMs > 0) {
    const hookUntilMs = hook.tookMs < options.graceMs ? context.nowMs + hook.tookMs : Number.POSITIVE_INFINITY;
    putContainer(context.memory, stopping, index, { hookUntilMs });
  }
  const current = context.memory.pods.get(record.uid) ?? stopping;
  if (hook.tookMs === 0) return afterHook(kubelet, current, index, leftMs);
  context.after(hook.tookMs, 'prestopped', `${timerKey(stopping, index, token)}/${leftMs}`);
  return current;
}

/** The preStop hook is over, or there was none: SIGTERM, or the wait for it. */
export function afterHook(kubelet: Kubelet, record: PodRecord, index: number, graceMs: number): PodRecord {
  const { context } = kubelet;
  const { awaitsTurnUntilMs, token } = record.containers[index] as ContainerRecord;
  const change: Partial<ContainerRecord> = { hookOver: true };
  const over = putContainer(context.memory, record, index, change);
  if (awaitsTurnUntilMs === undefined || containersToStop(record).includes(index)) {
    signal(kubelet, over, index, graceMs);
  } else {
    context.after(Math.max(0, awaitsTurnUntilMs - context.nowMs), 'turn', timerKey(record, index, token));
  }
  return over;
}

/** The containers that it waited for have ended, or have had their time. */
export function takeTurn(kubelet: Kubelet, record: PodRecord, index: number): void {
  const { nowMs } = kubelet.context;
  const { awaitsTurnUntilMs = nowMs } = record.containers[index] as ContainerRecord;
  signal(kubelet, record, index, Math.max(MINIMUM_GRACE_MS, awaitsTurnUntilMs - nowMs));
}

/** Sends SIGTERM, and SIGKILL after `graceMs` if that did not help. */
export function signal({ runtime }: Kubelet, record: PodRecord, index: number, graceMs: number): void {
  runtime.stopContainer(record.containers[index]?.instance ?? '', graceMs);
}

/** A shorter grace period than before: SIGKILL comes sooner. */
export function killSooner(kubelet: Kubelet, record: PodRecord, graceMs: number): void {
  record.containers.forEach((container, index) => {
    if (container.stage === 'stopping') signal(kubelet, record, index, graceMs);
  });
}

/** Stops a container that runs so that it is started again. */
export function restartContainer(
  kubelet: Kubelet,
  record: PodRecord,
  index: number,
  message: (name: string) => string,
  graceSeconds = record.pod.spec.terminationGracePeriodSeconds ?? 30,
): PodRecord {
  const container = record.containers[index];
  if (!container || record.endsNext || (container.stage !== 'running' && container.stage !== 'hook')) return record;
  const options = { message: message(container.name), graceMs: graceSeconds * 1000, restart: true };
  const stopping = stopContainer(kubelet, record, index, options);
  const upTo = container.kind === 'main' ? { upTo: index - 1 } : {};
  return putPod(kubelet.context.memory, { ...stopping, ...upTo, busyWith: index });
}

/** Stops a container whose postStart hook has failed. */
export function stopAfterHook(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  podEvent(kubelet, record, index, 'Warning', 'FailedPostStartHook', 'PostStartHook failed');
  const graceMs = (record.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
  const options = { message: 'FailedPostStartHook', graceMs, restart: false };
  const stopping = stopContainer(kubelet, record, index, options);
  return putPod(kubelet.context.memory, { ...stopping, busyWith: index });
}
