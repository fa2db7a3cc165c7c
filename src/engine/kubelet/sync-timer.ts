/** The timer that has a Pod's worker look again. Follows the queue of pkg/kubelet/pod_workers.go: one wish for each Pod. */
import type { Kubelet } from './api-writes';
import { freshToken, type PodRecord, putPod } from './records';

/** Has the Pod synced again; an earlier such wish is forgotten. */
export function syncAfter({ context }: Kubelet, record: PodRecord, delayMs: number): PodRecord {
  const syncToken = freshToken(context.memory);
  context.after(delayMs, 'sync', `${record.uid}/${syncToken}`);
  return putPod(context.memory, { ...record, syncToken });
}
