/**
 * Pods as table rows: what STATUS, READY and RESTARTS say is worked out here from the containers.
 * Follows printPod in pkg/printers/internalversion/printers.go.
 */
import { findCondition, isConditionTrue } from '../conditions';
import { isRestartableInitContainer } from '../pod-resources';
import type { ContainerStateTerminated, ContainerStatus, Pod } from '../types';
import { ageOf, type Clock, columns, since, type TableDefinition } from './table';

/** Restarts so far, and when the last container ended that was started again. */
interface Restarts {
  readonly count: number;
  readonly last: string | undefined;
}

interface Summary {
  readonly reason: string;
  readonly ready: number;
  readonly restarts: Restarts;
}

interface Initialization {
  /** Set while an init container has still to end (or a sidecar to start). */
  readonly reason: string | undefined;
  readonly ready: number;
  readonly restarts: Restarts;
  readonly sidecarRestarts: Restarts;
}

const NO_RESTARTS: Restarts = { count: 0, last: undefined };

function addRestarts(before: Restarts, status: ContainerStatus): Restarts {
  const ended = status.lastState?.terminated?.finishedAt;
  const isLater = ended !== undefined && (before.last === undefined || before.last < ended);
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
function running(pod: Pod, before: Initialization, podReason: string): Summary {
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
  return { reason, ready, restarts };
}

function podReason(pod: Pod): string {
  const scheduled = findCondition(pod.status?.conditions, 'PodScheduled');
  if (scheduled?.reason === 'SchedulingGated') return 'SchedulingGated';
  return pod.status?.reason || (pod.status?.phase ?? '');
}

function summarize(pod: Pod): Summary {
  const before = initialization(pod);
  const isInitialized = before.reason === undefined || isConditionTrue(pod.status?.conditions, 'Initialized');
  const own = before.reason ?? podReason(pod);
  const summary = isInitialized
    ? running(pod, before, own)
    : { reason: own, ready: before.ready, restarts: before.restarts };
  if (pod.metadata.deletionTimestamp === undefined) return summary;
  if (pod.status?.reason === 'NodeLost') return { ...summary, reason: 'Unknown' };
  const hasEnded = pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
  return hasEnded ? summary : { ...summary, reason: 'Terminating' };
}

/** The STATUS cell. */
export function podStatusText(pod: Pod): string {
  return summarize(pod).reason;
}

function restartsText({ count, last }: Restarts, clock: Clock): string {
  return count !== 0 && last !== undefined ? `${count} (${since(clock, last)} ago)` : String(count);
}

function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const open = gates.filter(({ conditionType }) => isConditionTrue(pod.status?.conditions, conditionType));
  return `${open.length}/${gates.length}`;
}

/** The table of Pods. */
export const podTable: TableDefinition<Pod> = {
  columns: columns('NAME,READY,STATUS,RESTARTS,AGE|IP,NODE,NOMINATED NODE,READINESS GATES'),
  row: (pod, clock) => {
    const { reason, ready, restarts } = summarize(pod);
    const sidecars = (pod.spec.initContainers ?? []).filter(isRestartableInitContainer);
    return [
      pod.metadata.name,
      `${ready}/${pod.spec.containers.length + sidecars.length}`,
      reason,
      restartsText(restarts, clock),
      ageOf(pod, clock),
      pod.status?.podIPs?.[0]?.ip || '<none>',
      pod.spec.nodeName || '<none>',
      pod.status?.nominatedNodeName || '<none>',
      readinessGates(pod),
    ];
  },
};
