/**
 * The end of a Pod: its containers are stopped in order, its address is freed, its last status is written, and its API object is
 * removed if it was deleted. Follows SyncTerminatingPod and SyncTerminatedPod in pkg/kubelet/kubelet.go and killContainersWithSyncResult
 * (sidecars end after the app containers, last first, within the same grace period).
 */

import { formatDuration } from '../api/duration';
import { deletePod, type Kubelet, writeStatus } from './api-writes';
import { asEnded } from './container-process';
import { killSooner, stopContainer, takeTurn } from './container-stop';
import { containersToStop, initializationFailed, withToldWaits } from './lifecycle';
import { countPod } from './pod-admission';
import { type ContainerRecord, containerSpec, freshToken, isAlive, type PodRecord, putPod } from './records';
import { roomFreed } from './resize';

/** Containers of a deleted Pod wait for nothing any more. */
function withoutWaits({ containers }: PodRecord): ContainerRecord[] {
  return containers.map(({ nextWaiting: _next, waiting: _waiting, ...rest }) => rest);
}

/** Nothing breaks a sync off: the Pod is to end once it is over. Without a grace period: its deadline has passed. */
export function endAfterSync({ context }: Kubelet, record: PodRecord, graceSeconds?: number): void {
  const { busyWith, containers, endsNext, pod } = record;
  const sooner = endsNext?.graceSeconds ?? graceSeconds;
  const grace = graceSeconds === undefined ? sooner : Math.min(graceSeconds, sooner ?? graceSeconds);
  putPod(context.memory, { ...record, endsNext: grace === undefined ? {} : { graceSeconds: grace } });
  const what = `Pod ${pod.metadata.name} ends once the start of its container ${containers[busyWith]?.name} is over`;
  context.say('stop', pod, what);
}

/** Begins to end a Pod, or ends it sooner than was wanted before. */
export function beginTermination(kubelet: Kubelet, record: PodRecord, graceSeconds: number): void {
  const { context } = kubelet;
  const graceMs = graceSeconds * 1000;
  if (record.phase === 'terminated') {
    if (record.pod.metadata.deletionTimestamp) deletePod(kubelet, record);
    return;
  }
  const killAtMs = context.nowMs + graceMs;
  if (record.phase === 'terminating') {
    if (killAtMs >= (record.killAtMs ?? 0)) return;
    killSooner(kubelet, putPod(context.memory, { ...record, killAtMs }), Math.max(2000, graceMs));
    return;
  }
  if (record.busyWith >= 0) {
    endAfterSync(kubelet, record, graceSeconds);
    return;
  }
  const isDeleted = record.pod.metadata.deletionTimestamp !== undefined;
  const containers = isDeleted ? withoutWaits(record) : withToldWaits(record).containers;
  const syncToken = freshToken(context.memory);
  const ending: PodRecord = { ...record, containers, phase: 'terminating', killAtMs, busyWith: -1, syncToken };
  putPod(context.memory, ending);
  // That the deletion has been seen is said before anything is stopped.
  if (isDeleted) writeStatus(kubelet, ending, false);
  stopNext(kubelet, ending);
}

/**
 * Stops all containers that run. Hooks run at once; SIGTERM reaches sidecars one by one, when those that they serve have ended. When no
 * container is left, the Pod is over.
 */
export function stopNext(kubelet: Kubelet, record: PodRecord): void {
  const { context } = kubelet;
  const turn = containersToStop(record);
  if (turn.length === 0) {
    finishTermination(kubelet, record);
    return;
  }
  const graceMs = Math.max(0, (record.killAtMs ?? context.nowMs) - context.nowMs);
  let current = record;
  for (const [index, container] of record.containers.entries()) {
    if (container.stage === 'stopping') {
      if (container.awaitsTurnUntilMs !== undefined && container.hookOver && turn.includes(index)) {
        takeTurn(kubelet, current, index);
      }
    } else if (isAlive(container)) {
      if (turn.includes(index)) describeStop(kubelet, current, index, graceMs);
      current = stopContainer(kubelet, current, index, {
        message: `Stopping container ${container.name}`,
        graceMs,
        restart: false,
        inTurn: container.kind === 'sidecar',
      });
    }
  }
}

function describeStop(kubelet: Kubelet, record: PodRecord, index: number, graceMs: number): void {
  const container = record.containers[index] as ContainerRecord;
  const hook = containerSpec(record, index).lifecycle?.preStop
    ? 'runs its preStop hook, then gets SIGTERM'
    : 'gets SIGTERM';
  const sentence = `Container ${container.name} of Pod ${record.pod.metadata.name} ${hook}; it is killed after ${formatDuration(graceMs)}`;
  kubelet.context.say('stop', record.pod, sentence);
}

/** No process is left: frees what the Pod held and says so. */
export function finishTermination(kubelet: Kubelet, ended: PodRecord): void {
  const { context, runtime } = kubelet;
  const { memory } = context;
  const record = { ...ended, containers: ended.containers.map(asEnded) };
  runtime.stopPodSandbox(record.uid);
  if (!record.orphan) countPod(memory, record, -1);
  roomFreed(kubelet);
  if (memory.shutdown) context.after(0, 'shutdown', '');
  const over = putPod(memory, { ...record, phase: 'terminated', sandbox: false, busyWith: -1 });
  const { name, deletionTimestamp } = record.pod.metadata;
  if (record.orphan) {
    context.say('clean-up', record.pod, `Cleaned up the containers of Pod ${name}, which is gone`);
    forgetPod(kubelet, record.uid);
    return;
  }
  // A Pod that has done its work is synced once more before it is over.
  if (!deletionTimestamp && !record.failure && !initializationFailed(record))
    writeStatus(kubelet, { ...record, sandbox: false }, false);
  // What has ended is said before the phase is made final, as upstream's two last syncs do.
  writeStatus(kubelet, over, false);
  writeStatus(kubelet, over);
  if (!deletionTimestamp) return;
  context.say('remove', record.pod, `All containers of Pod ${name} have ended: removed the Pod from the API server`);
  deletePod(kubelet, over);
}

function forgetPod({ context, runtime }: Kubelet, uid: string): void {
  context.memory.pods.delete(uid);
  context.memory.resizing.delete(uid);
  // What has waited for its name can begin.
  if (context.memory.statics.length > 0) context.after(0, 'statics', '');
  context.memory.refusals.delete(uid);
  runtime.removePodSandbox(uid);
}

/** The API object is gone: what still runs is stopped, and the Pod forgotten. It takes no room from others any more. */
export function podRemoved(kubelet: Kubelet, record: PodRecord): void {
  const { memory } = kubelet.context;
  memory.untold.delete(record.uid);
  if (record.phase === 'terminated') {
    forgetPod(kubelet, record.uid);
    return;
  }
  if (!record.orphan) countPod(memory, record, -1);
  roomFreed(kubelet);
  const orphan = putPod(memory, { ...record, orphan: true });
  if (orphan.phase === 'terminating' && orphan.containers.some(isAlive)) {
    killSooner(kubelet, orphan, 2000);
    return;
  }
  beginTermination(kubelet, orphan, Math.min(2, record.pod.metadata.deletionGracePeriodSeconds ?? 2));
}
