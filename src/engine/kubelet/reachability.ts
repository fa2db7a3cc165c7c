/** A kubelet that was cut off from the API server: it goes on alone, and says everything that was not heard when it gets through again. */
import { deletePod, isOffline, type Kubelet, writeStatus } from './api-writes';
import { sendHeartbeat } from './node-agent';
import { startStatics } from './static-pods';

/** A fault came or went: is the way to the API server open? */
export function noticeReach(kubelet: Kubelet): void {
  const { memory } = kubelet.context;
  const wasCut = memory.offlineSinceMs >= 0;
  if (isOffline(kubelet)) return;
  memory.offlineSinceMs = -1;
  if (wasCut) catchUp(kubelet);
}

/** Tries again to reach the API server. */
export function reconnect(kubelet: Kubelet): void {
  const { memory } = kubelet.context;
  if (memory.offlineSinceMs < 0) return;
  memory.offlineSinceMs = -1;
  if (!isOffline(kubelet)) catchUp(kubelet);
}

function catchUp(kubelet: Kubelet): void {
  const { context, node } = kubelet;
  const { memory } = context;
  // Before it has registered, a kubelet has nothing to report; the timer that registers it is set.
  if (!memory.registered) return;
  context.say('reconnect', undefined, `Node ${node.name} reaches the API server again and reports what it missed`);
  sendHeartbeat(kubelet);
  memory.untold.clear();
  startStatics(kubelet);
  for (const record of [...memory.pods.values()]) {
    writeStatus(kubelet, record);
    if (record.phase === 'terminated' && record.pod.metadata.deletionTimestamp) deletePod(kubelet, record);
  }
}
