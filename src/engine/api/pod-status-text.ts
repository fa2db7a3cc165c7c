/**
 * What people read of a Pod in one word, how many of its containers are ready, and how often they were started again: worked out from its
 * containers' states, the same for kubectl and the page.
 * Follows printPod in pkg/printers/internalversion/printers.go.
 */
import { findCondition, isConditionTrue } from './conditions';
import { isRestartableInitContainer } from './pod-resources';
import type { ContainerStateTerminated, ContainerStatus, Pod } from './types';

/** Restarts so far, and when the last container ended that was started again. */
export interface PodRestarts {
  readonly count: number;
  readonly last: string | undefined;
}

/** What a Pod's row says. */
export interface PodSummary {
  /** STATUS. */
  readonly text: string;
  /** Ready containers, sidecars included. */
  readonly ready: number;
  readonly total: number;
  readonly restarts: PodRestarts;
}

type Counted = Pick<PodSummary, 'text' | 'ready' | 'restarts'>;

interface Initialization {
  /** Set while an init container has still to end (or a sidecar to start). */
  readonly reason: string | undefined;
  readonly ready: number;
  readonly restarts: PodRestarts;
  readonly sidecarRestarts: PodRestarts;
}

const NO_RESTARTS: PodRestarts = { count: 0, last: undefined };

function addRestarts(before: PodRestarts, status: ContainerStatus): PodRestarts {
  const ended = status.lastState?.terminated?.finishedAt;
  // The end of a container that was removed has no time.
  const isLater = ended ? before.last === undefined || before.last < ended : false;
  return { count: before.count + status.restartCount, last: isLater ? ended : before.last };
}

function endReason({ reason, signal, exitCode }: ContainerStateTerminated): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

/** What an init container holds the Pod up with; undefined when it does not. */
function initReason(status: ContainerStatus, index: number, total: number): string {
  const { waiting, terminated } = status.state ?? {};
  if (terminated) return `Init:${endReason(terminated)}`;
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
  return `Init:${index}/${total}`;
}

function initialization(pod: Pod): Initialization {
  const containers = pod.spec.initContainers ?? [];
  const sidecars = new Set(containers.filter(isRestartableInitContainer).map(({ name }) => name));
  let ready = 0;
  let restarts = NO_RESTARTS;
  let sidecarRestarts = NO_RESTARTS;
  for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const isSidecar = sidecars.has(status.name);
    restarts = addRestarts(restarts, status);
    if (isSidecar) sidecarRestarts = addRestarts(sidecarRestarts, status);
    if (status.state?.terminated?.exitCode === 0) continue;
    if (isSidecar && status.started) {
      if (status.ready) ready++;
      continue;
    }
    return { reason: initReason(status, index, containers.length), ready, restarts, sidecarRestarts };
  }
  return { reason: undefined, ready, restarts, sidecarRestarts };
}

/** The last container's reason counts least: the list is read from its end, so the first container has the last word. */
function running(pod: Pod, before: Initialization, podReason: string): Counted {
  let { ready } = before;
  let restarts = before.sidecarRestarts;
  let reason = podReason;
  let errorReason = '';
  let hasRunning = false;
  for (const status of [...(pod.status?.containerStatuses ?? [])].reverse()) {
    const { waiting, terminated, running: runs } = status.state ?? {};
    restarts = addRestarts(restarts, status);
    if (waiting?.reason) reason = waiting.reason;
    else if (terminated) {
      reason = endReason(terminated);
      if (terminated.exitCode !== 0) errorReason = reason;
    } else if (status.ready && runs) {
      hasRunning = true;
      ready++;
    }
  }
  if (reason === 'Completed') {
    if (hasRunning && isConditionTrue(pod.status?.conditions, 'Ready')) reason = 'Running';
    else if (errorReason) reason = errorReason;
    else if (hasRunning) reason = 'NotReady';
  }
  return { text: reason, ready, restarts };
}

function podReason(pod: Pod): string {
  const scheduled = findCondition(pod.status?.conditions, 'PodScheduled');
  if (scheduled?.reason === 'SchedulingGated') return 'SchedulingGated';
  return pod.status?.reason || (pod.status?.phase ?? '');
}

function summarize(pod: Pod): Counted {
  const before = initialization(pod);
  const isInitialized = before.reason === undefined || isConditionTrue(pod.status?.conditions, 'Initialized');
  const own = before.reason ?? podReason(pod);
  const summary = isInitialized
    ? running(pod, before, own)
    : { text: own, ready: before.ready, restarts: before.restarts };
  if (pod.metadata.deletionTimestamp === undefined) return summary;
  if (pod.status?.reason === 'NodeLost') return { ...summary, text: 'Unknown' };
  const hasEnded = pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
  return hasEnded ? summary : { ...summary, text: 'Terminating' };
}

/** Sums a Pod up. */
export function podSummary(pod: Pod): PodSummary {
  const sidecars = (pod.spec.initContainers ?? []).filter(isRestartableInitContainer).length;
  return { ...summarize(pod), total: (pod.spec.containers ?? []).length + sidecars };
}

/** The STATUS cell. */
export function podStatusText(pod: Pod): string {
  return summarize(pod).text;
}
