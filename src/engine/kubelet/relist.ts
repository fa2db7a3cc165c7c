/**
 * How a kubelet that has just been started finds what runs on its machine: it asks the container runtime, as after a crash of the node,
 * an upgrade, or its own end. Nothing is guessed from the stored statuses but what probes had come to.
 * Follows the first relist of pkg/kubelet/pleg, HandlePodCleanups in pkg/kubelet/kubelet_pods.go (Pods that are gone are ended within 2 s),
 * setReadyStateOnKubeletRestart in pkg/kubelet/prober/prober_manager.go, computePodActions in pkg/kubelet/kuberuntime.
 */
import { isPodReady } from '../api/conditions';
import { keyOf } from '../api/meta';
import { isPodTerminal, isStatic } from '../api/pod';
import type { Pod } from '../api/types';
import type { ContainerStatus, Sandbox } from '../machine/cri';
import { deletePod, type Kubelet, podEvent, writeStatus } from './api-writes';
import { containerIDOf, terminationOf } from './container-process';
import { noteStorageLimit } from './eviction/local-storage';
import { containersToStart } from './lifecycle';
import { countPod } from './pod-admission';
import { beginTermination } from './pod-termination';
import { newPodRecord, syncPod } from './pod-worker';
import { startProbes } from './probes';
import { type ContainerRecord, containerSpec, isAlive, type PodRecord, putPod } from './records';
import { foundAllocation, roomFreed } from './resize';

/** A container started this long before the kubelet keeps the readiness that its Pod had. */
const SETTLED_MS = 10_000;
/** How long after the start of a kubelet what belongs to no Pod is ended. */
export const HOUSEKEEPING_MS = 2000;
/** The grace period of such containers. */
const ORPHAN_GRACE_SECONDS = 1;

/** Takes stock of the machine, once. Pods are counted at once and resumed when their turn comes. */
export function relist(kubelet: Kubelet): void {
  const { context, runtime } = kubelet;
  const { memory } = context;
  if (memory.relisted) return;
  memory.relisted = true;
  runtime.forgetKills();
  for (const sandbox of runtime.listPodSandboxes()) {
    const { uid = '' } = sandbox.pod.metadata;
    if (memory.pods.has(uid)) continue;
    const known = context.lister.byKey<Pod>('Pod', keyOf(sandbox.pod));
    const pod = isStatic(sandbox.pod) ? mirrored(sandbox.pod, known) : owned(known, uid);
    const record = recordOf(kubelet, sandbox, pod ?? sandbox.pod);
    if (!pod) putPod(memory, { ...record, orphan: true });
    else if (isPodTerminal(pod) && !record.containers.some(isAlive)) putPod(memory, { ...record, phase: 'terminated' });
    else countPod(memory, putPod(memory, record), 1);
    memory.found.add(uid);
  }
}

/** A static Pod as it is known; that its mirror tells of an end is nothing to its manifest: it begins again, as its containers allow. */
const mirrored = (pod: Pod, mirror: Pod | undefined): Pod =>
  mirror && !isPodTerminal(mirror) ? { ...pod, status: mirror.status } : pod;

const owned = (pod: Pod | undefined, uid: string): Pod | undefined => (pod?.metadata.uid === uid ? pod : undefined);

/** Ends what an earlier run of this kubelet has left and no Pod claims. */
export function cleanUp(kubelet: Kubelet): void {
  relist(kubelet);
  const { memory } = kubelet.context;
  for (const uid of [...memory.found]) {
    const record = memory.pods.get(uid);
    if (!record?.orphan) continue;
    memory.found.delete(uid);
    beginTermination(kubelet, record, ORPHAN_GRACE_SECONDS);
  }
}

/** A Pod's record as the machine tells it. */
function recordOf(kubelet: Kubelet, sandbox: Sandbox, pod: Pod): PodRecord {
  const { context, runtime } = kubelet;
  const fresh = newPodRecord(kubelet, pod);
  const instances = runtime.listContainers(fresh.uid);
  const { startTime } = pod.status ?? {};
  const base: PodRecord = {
    ...fresh,
    ip: sandbox.ready ? sandbox.ip || context.memory.nodeAddress : '',
    sandbox: sandbox.ready,
    ...(startTime ? { startTime, startedMs: context.timeOf(startTime) } : {}),
  };
  const containers = base.containers.map((container, index) => {
    const own = instances.filter(({ name }) => name === container.name);
    return containerOf(kubelet, base, index, own);
  });
  const found: PodRecord = { ...base, containers, ...(isOver(base, containers) ? { stuck: true } : {}) };
  return foundAllocation(kubelet, found, sandbox.pod);
}

/** Whether a Pod that has lost its sandbox gets no other one: it never restarts, or all its apps have done their work. */
function isOver({ pod, sandbox }: PodRecord, containers: readonly ContainerRecord[]): boolean {
  if (sandbox || !containers.some(({ exit }) => exit)) return false;
  if (pod.spec.restartPolicy === 'Never') return true;
  return containers.every(({ kind, exit, rerun }) => kind !== 'main' || (exit && !rerun));
}

/** Whether a container that has ended runs once more in a new sandbox. */
function runsOnceMore(record: PodRecord, index: number, exitCode: number): boolean {
  const { restartPolicy } = record.pod.spec;
  if (record.sandbox || restartPolicy === 'Never') return false;
  const policy = containerSpec(record, index).restartPolicy ?? restartPolicy;
  return record.containers[index]?.kind !== 'main' || policy !== 'OnFailure' || exitCode !== 0;
}

function containerOf(
  kubelet: Kubelet,
  record: PodRecord,
  index: number,
  instances: readonly ContainerStatus[],
): ContainerRecord {
  const idle = record.containers[index] as ContainerRecord;
  const latest = instances.at(-1);
  if (!latest) return idle;
  if (latest.state === 'created') {
    // Its start was not asked for any more, so it never ran.
    kubelet.runtime.removeContainer(latest.id);
    return containerOf(kubelet, record, index, instances.slice(0, -1));
  }
  const before = instances.at(-2);
  const found: ContainerRecord = {
    ...idle,
    attempt: latest.attempt,
    instance: latest.id,
    containerID: containerIDOf(latest.id),
    startedAt: latest.startedAt,
    startedAtMs: latest.startedAtMs,
    ...(latest.spec.resources ? { resources: latest.spec.resources } : {}),
    podLimits: record.pod.spec.resources?.limits,
    ...(before ? { last: terminationOf(before) } : {}),
  };
  if (latest.state === 'running') return { ...found, stage: 'running', ...readinessOf(kubelet, record, index, latest) };
  const ready = idle.kind === 'init' && latest.exitCode === 0;
  const exit = terminationOf(latest);
  const rerun = runsOnceMore(record, index, exit.exitCode);
  return { ...found, stage: 'exited', exit, crashedAtMs: latest.finishedAtMs, ready, rerun };
}

/** What probes had come to: a restarted kubelet takes the stored status's word for it until it has probed anew. */
function readinessOf(
  { context }: Kubelet,
  { pod, containers }: PodRecord,
  index: number,
  latest: ContainerStatus,
): Pick<ContainerRecord, 'started' | 'ready'> {
  const { name, kind } = containers[index] as ContainerRecord;
  const spec = containerSpec({ pod, containers }, index);
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const status = [...initContainerStatuses, ...containerStatuses].find((one) => one.name === name);
  const started = !spec.startupProbe || status?.started === true;
  if (kind === 'init' || kind === 'ephemeral' || !started) return { started, ready: false };
  if (!spec.readinessProbe) return { started, ready: true };
  return { started, ready: latest.startedAtMs < context.nowMs - SETTLED_MS && isPodReady(pod) };
}

/** Goes on with a Pod that an earlier run of this kubelet has begun. */
export function resumePod(kubelet: Kubelet, record: PodRecord): void {
  const { context } = kubelet;
  const { pod, uid } = record;
  context.memory.found.delete(uid);
  if (record.phase === 'terminated') {
    if (pod.metadata.deletionTimestamp) deletePod(kubelet, record);
    return;
  }
  noteStorageLimit(kubelet, record);
  const seconds = pod.spec.activeDeadlineSeconds;
  if (seconds !== undefined) {
    context.after(Math.max(0, record.startedMs + seconds * 1000 - context.nowMs), 'deadline', uid);
  }
  let current = record;
  record.containers.forEach((container, index) => {
    if (container.stage === 'running' && !pod.metadata.deletionTimestamp)
      current = startProbes(kubelet, current, index);
  });
  if (!record.sandbox && containersToStart(record).length > 0 && !pod.metadata.deletionTimestamp) {
    const message = 'Pod sandbox changed, it will be killed and re-created.';
    podEvent(kubelet, record, undefined, 'Normal', 'SandboxChanged', message);
  }
  if (record.resize) roomFreed(kubelet);
  writeStatus(kubelet, current);
  if (pod.metadata.deletionTimestamp) {
    beginTermination(kubelet, current, pod.metadata.deletionGracePeriodSeconds ?? 30);
  } else syncPod(kubelet, current);
}
