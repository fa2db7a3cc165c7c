/** How a sync ends after which its Pod is to end: upstream's SyncPod is not broken off, only what comes after it is known. */
import type { Kubelet } from './api-writes';
import { startContainer } from './container-start';
import { handleDeadline } from './deadline';
import { containersToStart } from './lifecycle';
import { beginTermination } from './pod-termination';
import { type ContainerRecord, type PodRecord, putPod } from './records';

/** The last of a sync after which the Pod ends: the app containers whose turn has not come yet are started too. False: it does not end. */
export function endSync(kubelet: Kubelet, record: PodRecord): boolean {
  const { context } = kubelet;
  if (!record.endsNext) return false;
  const { after, graceSeconds } = record.endsNext;
  let current = record;
  for (const index of containersToStart(record)) {
    const { kind, retryAtMs } = record.containers[index] as ContainerRecord;
    if (index <= after || kind !== 'main' || retryAtMs > context.nowMs) continue;
    const endsNext = { ...record.endsNext, after: index };
    current = startContainer(kubelet, putPod(context.memory, { ...current, endsNext }), index);
    if (current.busyWith >= 0) return true;
  }
  const { endsNext: _ends, ...rest } = current;
  putPod(context.memory, rest);
  if (graceSeconds === undefined) handleDeadline(kubelet, record.uid);
  else beginTermination(kubelet, rest, graceSeconds);
  return true;
}
