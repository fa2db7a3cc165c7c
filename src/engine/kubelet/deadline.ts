/** The end of a Pod that has been active for as long as it may. Follows pkg/kubelet/active_deadline.go. */
import { type Kubelet, podEvent, writeStatus } from './api-writes';
import { withToldWaits } from './lifecycle';
import { beginTermination, endAfterSync } from './pod-termination';
import { putPod } from './records';

/** The time has come to look whether a Pod has passed its deadline. */
export function handleDeadline(kubelet: Kubelet, uid: string): void {
  const { context } = kubelet;
  const record = context.memory.pods.get(uid);
  const seconds = record?.pod.spec.activeDeadlineSeconds;
  if (record?.phase !== 'syncing' || seconds === undefined) return;
  if (context.nowMs < record.startedMs + seconds * 1000) return;
  if (record.busyWith >= 0) {
    endAfterSync(kubelet, record);
    return;
  }
  const message = 'Pod was active on the node longer than the specified deadline';
  const failed = putPod(context.memory, { ...withToldWaits(record), failure: { reason: 'DeadlineExceeded', message } });
  podEvent(kubelet, failed, undefined, 'Normal', 'DeadlineExceeded', message);
  context.say('fail', record.pod, `Pod ${record.pod.metadata.name} was active for more than ${seconds}s, its deadline`);
  writeStatus(kubelet, failed);
  beginTermination(kubelet, failed, record.pod.spec.terminationGracePeriodSeconds ?? 30);
}
