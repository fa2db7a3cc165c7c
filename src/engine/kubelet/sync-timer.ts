/** When a Pod's worker looks again, and the status manager. Follows the queue of pkg/kubelet/pod_workers.go: one wish for each Pod. */
import type { Kubelet } from './api-writes';
import { freshToken, type PodRecord, putPod } from './records';
import { withJitter } from './restart-backoff';

/** How often Pods are to be looked at though nothing has happened. */
export const SYNC_PERIOD_MS = 60_000;
/** The same as their workers do it. */
export const RESYNC_MS = withJitter(SYNC_PERIOD_MS);
/** How often the kubelet looks whether the stored statuses are still its own. */
const RECONCILE_MS = 10_000;

/** How long it is until that. */
export const untilReconcileMs = (nowMs: number): number => RECONCILE_MS - (nowMs % RECONCILE_MS);

/** Has the Pod synced again; an earlier such wish is forgotten. */
export function syncAfter({ context }: Kubelet, record: PodRecord, delayMs: number): PodRecord {
  const syncToken = freshToken(context.memory);
  context.after(delayMs, 'sync', `${record.uid}/${syncToken}`);
  return putPod(context.memory, { ...record, syncToken });
}
