/**
 * What befalls a kubelet from outside, and how it comes back: its node crashes and boots again, it is cut off and catches up, it is
 * started anew beside containers that live on, a container's process dies.
 * Follows the kubelet's start (containers are found again in the runtime) and PodSandboxChanged in pkg/kubelet/kuberuntime/util.
 */
import type { ContainerStatus, Pod } from '../api/types';
import { hasFault } from '../client/environment';
import { parseAddress } from '../network/pod-ip';
import { deletePod, isOffline, type Kubelet, podEvent, writeStatus } from './api-writes';
import { runProcess } from './container-process';
import { containerBehaviour, pullBehaviour } from './image-behaviour';
import { reportReboot, sendHeartbeat } from './node-agent';
import { countPod } from './pod-admission';
import { beginTermination } from './pod-termination';
import { containerEnded, newPodRecord, syncPod } from './pod-worker';
import { startProbes } from './probes';
import { type ContainerRecord, containerSpec, freshToken, isAlive, type PodRecord, putPod } from './records';

/** Compares the faults around the node with what the kubelet knows, and reacts. */
export function noticeEnvironment(kubelet: Kubelet): void {
  lookAround(kubelet, kubelet.context.memory.offlineSinceMs >= 0);
}

function lookAround(kubelet: Kubelet, wasCut: boolean): void {
  const { context, node } = kubelet;
  const { memory } = context;
  const crashed = hasFault(context.environment, 'node-crash', { node: node.name });
  if (crashed && !memory.crashed) crash(kubelet);
  const boots = !crashed && memory.crashed;
  if (boots) memory.crashed = false;
  if (isOffline(kubelet)) {
    // A kubelet that boots out of reach of the API server knows of no Pods: it counts as off until it gets through.
    memory.crashed ||= boots;
    return;
  }
  memory.offlineSinceMs = -1;
  // Before it has registered, a kubelet has nothing to report; the timer that registers it is set.
  if (!memory.registered) return;
  if (boots) boot(kubelet);
  else if (wasCut) catchUp(kubelet);
}

/** Tries again to reach the API server. */
export function reconnect(kubelet: Kubelet): void {
  const { memory } = kubelet.context;
  if (memory.offlineSinceMs < 0) return;
  memory.offlineSinceMs = -1;
  lookAround(kubelet, true);
}

/** The machine is off: every process is dead, and nobody is there to say so. */
function crash({ context }: Kubelet): void {
  const { memory } = context;
  memory.crashed = true;
  memory.pulls.length = 0;
  memory.addresses.clear();
  for (const record of memory.pods.values()) {
    if (record.phase === 'terminated') continue;
    const containers = record.containers.map((container) =>
      lostContainer(container, context.now, context.nowMs, freshToken(memory)),
    );
    const syncToken = freshToken(memory);
    putPod(memory, { ...record, containers, syncToken, busyWith: -1, sandbox: false, address: undefined });
  }
}

function lostContainer(container: ContainerRecord, now: string, nowMs: number, token: number): ContainerRecord {
  const {
    crashBackoff: _crash,
    pullBackoff: _pull,
    crashedAtMs: _at,
    servingSinceMs: _serving,
    shell: _shell,
    ...rest
  } = container;
  if (!isAlive(container)) {
    const busy = container.stage === 'pulling' || container.stage === 'starting';
    return { ...rest, token, retryAtMs: 0, stage: busy ? (container.exit ? 'exited' : 'idle') : container.stage };
  }
  const exit = {
    exitCode: 255,
    reason: 'Unknown',
    startedAt: container.startedAt,
    finishedAt: now,
    finishedAtMs: nowMs,
    containerID: container.containerID,
  };
  return { ...rest, token, retryAtMs: 0, stage: 'exited', exit, started: false, ready: false, probes: {} };
}

/** Says of a Pod whose containers are all gone that it is so, and removes it when that was wanted. */
function reportEnd(kubelet: Kubelet, record: PodRecord): void {
  writeStatus(kubelet, record);
  if (record.pod.metadata.deletionTimestamp) deletePod(kubelet, record);
}

function boot(kubelet: Kubelet): void {
  const { context, node } = kubelet;
  context.say('boot', undefined, `Node ${node.name} has booted again; its containers are started anew`);
  sendHeartbeat(kubelet);
  reportReboot(kubelet);
  for (const record of [...context.memory.pods.values()]) {
    if (record.phase === 'terminating') {
      const again = putPod(context.memory, { ...record, phase: 'syncing' });
      beginTermination(kubelet, again, 0);
    } else if (record.phase === 'syncing') {
      const message = 'Pod sandbox changed, it will be killed and re-created.';
      if (record.ip) podEvent(kubelet, record, undefined, 'Normal', 'SandboxChanged', message);
      writeStatus(kubelet, record);
      syncPod(kubelet, record);
    } else {
      reportEnd(kubelet, record);
    }
  }
}

/** The way to the API server is open again: says everything that it has not heard. */
function catchUp(kubelet: Kubelet): void {
  const { context, node } = kubelet;
  const { memory } = context;
  context.say('reconnect', undefined, `Node ${node.name} reaches the API server again and reports what it missed`);
  sendHeartbeat(kubelet);
  memory.untold.clear();
  for (const record of [...memory.pods.values()]) {
    if (record.phase === 'terminated') reportEnd(kubelet, record);
    else writeStatus(kubelet, record);
  }
}

/** The node could only register now: its Pods, which came in the meantime, are told of and started. */
export function afterRegistration(kubelet: Kubelet): void {
  const { memory } = kubelet.context;
  if (!memory.registered || memory.pods.size === 0) return;
  memory.untold.clear();
  for (const record of [...memory.pods.values()]) {
    if (record.phase === 'terminated') reportEnd(kubelet, record);
    else writeStatus(kubelet, record);
    if (record.phase === 'syncing') syncPod(kubelet, record);
  }
}

/** A process dies because a fault says so. `key` is uid, container name (or nothing for the first), exit code and reason. */
export function containerFault(kubelet: Kubelet, key: string): void {
  const [uid = '', name = '', code = '1', reason] = key.split('/');
  const record = kubelet.context.memory.pods.get(uid);
  if (!record || kubelet.context.memory.crashed) return;
  const index = record.containers.findIndex((container) => isAlive(container) && (!name || container.name === name));
  if (index < 0) return;
  containerEnded(kubelet, record, index, Number(code), reason || undefined);
}

function adoptContainer(
  container: ContainerRecord,
  status: ContainerStatus | undefined,
  startedMs: number,
): ContainerRecord {
  if (!status?.containerID) return container;
  const attempt = status.restartCount + 1;
  const ended = status.state?.terminated ?? (status.state?.waiting ? status.lastState?.terminated : undefined);
  const { running } = status.state ?? {};
  if (running) {
    const fields = {
      startedAt: running.startedAt ?? '',
      startedAtMs: startedMs,
      containerID: status.containerID,
      attempt,
    };
    return { ...container, ...fields, stage: 'running', started: status.started ?? false, ready: status.ready };
  }
  if (!ended) return container;
  const exit = {
    exitCode: ended.exitCode,
    reason: ended.reason ?? '',
    startedAt: ended.startedAt ?? '',
    finishedAt: ended.finishedAt ?? '',
    finishedAtMs: startedMs,
    containerID: status.containerID,
  };
  return { ...container, stage: 'exited', attempt, containerID: status.containerID, exit, ready: status.ready };
}

/** Finds a Pod again that an earlier run of this kubelet has started. Programs of the shell begin anew. */
export function adoptPod(kubelet: Kubelet, pod: Pod): void {
  const { context, programs } = kubelet;
  const { memory } = context;
  const fresh = newPodRecord(kubelet, pod);
  const statuses = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
  const ip = pod.status.podIP ?? '';
  const address = ip && !pod.spec.hostNetwork ? parseAddress(ip) : undefined;
  if (address !== undefined) {
    memory.addresses.set(address, fresh.uid);
    memory.lastAddress = Math.max(memory.lastAddress, address);
  }
  const base: PodRecord = {
    ...fresh,
    ip,
    sandbox: ip !== '',
    startTime: pod.status.startTime ?? fresh.startTime,
    startedMs: context.nowMs,
    ...(address === undefined ? {} : { address }),
  };
  const containers = base.containers.map((container, index): ContainerRecord => {
    const running = statuses[index]?.state?.running?.startedAt;
    const adopted = adoptContainer(container, statuses[index], running ? context.timeOf(running) : context.nowMs);
    const spec = containerSpec(base, index);
    const behaviour = containerBehaviour(programs, pod, spec);
    const { image = '', imageID = '' } = statuses[index] ?? {};
    if (spec.image && imageID && !memory.images.has(spec.image)) {
      const { sizeBytes } = pullBehaviour(programs, pod, spec);
      memory.images.set(spec.image, { id: imageID, sizeBytes, names: [imageID, image] });
    }
    return { ...adopted, token: freshToken(memory), behaviour, files: behaviour.files };
  });
  let record = putPod(memory, { ...base, containers });
  countPod(memory, record, 1);
  record.containers.forEach((container, index) => {
    if (container.stage === 'running') record = startProbes(kubelet, runProcess(kubelet, record, index), index);
  });
  if (pod.metadata.deletionTimestamp) beginTermination(kubelet, record, pod.metadata.deletionGracePeriodSeconds ?? 30);
  else syncPod(kubelet, record);
}
