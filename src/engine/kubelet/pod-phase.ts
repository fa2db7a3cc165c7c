/** The phase of a Pod. Follows getPhase in pkg/kubelet/kubelet_pods.go. */
import { initializationFailed, isInitialized, shouldRestart } from './lifecycle';
import { isAlive, type PodRecord } from './records';

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
  const isRestarting = record.containers.some(({ kind }, index) => kind === 'main' && shouldRestart(record, index));
  if (isRestarting) return 'Running';
  return counts.succeeded === counts.stopped ? 'Succeeded' : 'Failed';
}
