/**
 * The phase of a Pod. Follows getPhase in pkg/kubelet/kubelet_pods.go, where a container that was removed to be started again counts as one
 * that ended.
 */
import { hasAppRun, initializationFailed, shouldRestart } from './lifecycle';
import { type ContainerRecord, isAlive, type PodRecord } from './records';

/** A Pod's phases. */
export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

const hasEnded = (container: ContainerRecord): boolean => container.exit !== undefined || container.removed === true;

interface Counts {
  pendingInits: number;
  pendingSidecars: number;
  waiting: number;
  running: number;
  stopped: number;
  succeeded: number;
  restarting: number;
}

function countsOf(record: PodRecord): Counts {
  const counts: Counts = {
    pendingInits: 0,
    pendingSidecars: 0,
    waiting: 0,
    running: 0,
    stopped: 0,
    succeeded: 0,
    restarting: 0,
  };
  record.containers.forEach((container, index) => {
    const alive = isAlive(container);
    if (container.kind === 'ephemeral') return;
    if (container.kind === 'init') {
      if (alive || !hasEnded(container)) counts.pendingInits++;
    } else if (container.kind === 'sidecar') {
      if (alive) counts.running++;
      if (alive || !hasEnded(container)) counts.pendingSidecars++;
      if (!alive && !hasEnded(container)) counts.waiting++;
    } else if (alive) counts.running++;
    else if (hasEnded(container)) {
      counts.stopped++;
      if (shouldRestart(record, index)) counts.restarting++;
      if (!container.waiting && container.exit?.exitCode === 0) counts.succeeded++;
    } else counts.waiting++;
  });
  return counts;
}

/** Whether a Pod has nothing left to do: what still runs are sidecars, which are to be stopped. */
export function isThrough(record: PodRecord): boolean {
  if (record.failure || initializationFailed(record)) return true;
  return record.containers.every(
    (container, index) =>
      container.kind !== 'main' || (!isAlive(container) && hasEnded(container) && !shouldRestart(record, index)),
  );
}

/** The Pod's phase, apart from one that is final already. */
export function podPhase(record: PodRecord): Phase {
  if (record.failure) return 'Failed';
  if (initializationFailed(record)) return 'Failed';
  const counts = countsOf(record);
  const { stopped, succeeded } = counts;
  // Whether a sidecar has started is added to its status later, so one that runs counts as pending until an app container has run.
  const isPending = counts.pendingInits > 0 || (counts.pendingSidecars > 0 && !hasAppRun(record));
  if (isPending || counts.waiting > 0) return 'Pending';
  if (counts.running > 0) return 'Running';
  if (stopped === 0) return 'Pending';
  if (record.phase !== 'terminated' && counts.restarting > 0) return 'Running';
  return stopped === succeeded ? 'Succeeded' : 'Failed';
}
