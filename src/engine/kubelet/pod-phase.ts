/** The phase of a Pod and whether its init containers have done their part. Follows getPhase in pkg/kubelet/kubelet_pods.go. */
import { isAlive, type PodRecord } from './records';

/** True once every init container has done its part, or an app container has run. */
export function isInitialized(record: PodRecord): boolean {
  for (const container of record.containers) {
    if (container.kind === 'main' && container.attempt > 0) return true;
  }
  for (const container of record.containers) {
    if (container.kind === 'init' && !(container.stage === 'exited' && container.exit?.exitCode === 0)) return false;
    if (container.kind === 'sidecar' && !container.started) return false;
  }
  return true;
}

/** True when an init container failed and nothing may be tried again. */
export function initializationFailed(record: PodRecord): boolean {
  if (record.pod.spec.restartPolicy !== 'Never') return false;
  return record.containers.some(
    (container) => container.kind === 'init' && container.stage === 'exited' && container.exit?.exitCode !== 0,
  );
}

/** The Pod's phase, apart from one that is final already. */
export function podPhase(record: PodRecord): 'Pending' | 'Running' | 'Succeeded' | 'Failed' {
  if (record.failure) return 'Failed';
  if (initializationFailed(record)) return 'Failed';
  const counts = { waiting: 0, running: 0, stopped: 0, succeeded: 0 };
  for (const container of record.containers) {
    if (container.kind !== 'main') continue;
    if (isAlive(container)) counts.running++;
    else if (container.exit) {
      counts.stopped++;
      if (!container.waiting && container.exit.exitCode === 0) counts.succeeded++;
    } else counts.waiting++;
  }
  const over = record.phase === 'terminated';
  if (!isInitialized(record) && !over) return 'Pending';
  if (counts.waiting > 0) return over ? 'Failed' : 'Pending';
  if (counts.running > 0) return 'Running';
  if (counts.stopped === 0) return 'Pending';
  if (over) return counts.succeeded === counts.stopped ? 'Succeeded' : 'Failed';
  if (record.pod.spec.restartPolicy === 'Always' || record.pod.spec.restartPolicy === undefined) return 'Running';
  if (counts.succeeded === counts.stopped) return 'Succeeded';
  return record.pod.spec.restartPolicy === 'Never' ? 'Failed' : 'Running';
}
