/**
 * The worker of one Pod while it is to run: takes the Pod on, starts what should run, and reports.
 * Follows SyncPod in pkg/kubelet/kubelet.go and pkg/kubelet/kuberuntime/kuberuntime_manager.go: one thing at a time, containers are started one
 * after the other, and the status is written before and after. What the container runtime does is noticed at once (upstream: within 1 s).
 */

import { formatDuration } from '../api/duration';
import type { Node, Pod } from '../api/types';
import type { ContainerStatus } from '../machine/cri';
import { deletePod, type Kubelet, podEvent, reportSandbox, writeStatus } from './api-writes';
import { recordExit, terminationOf } from './container-process';
import { RELIST_MS, RETRY_MS, waitUntold } from './container-start';
import { restartContainer } from './container-stop';
import { pressureRejection } from './eviction/admission';
import { noteStorageLimit } from './eviction/local-storage';
import { containersToStart, shouldRestart } from './lifecycle';
import { forgetUnused, growFileSystems, mountWait } from './mounting';
import { nodeRoom } from './node-object';
import { admissionRejection, countPod, forbiddenSysctl, requestsOf } from './pod-admission';
import { isThrough } from './pod-phase';
import { createPodSandbox } from './pod-sandbox';
import { beginTermination, finishTermination, stopNext } from './pod-termination';
import { tellReady } from './probes';
import { reportPullSecrets } from './pull-secrets';
import {
  type ContainerRecord,
  isAlive,
  newContainerRecords,
  type PodRecord,
  putContainer,
  putPod,
  withEphemeral,
} from './records';
import { actuateResize, retryResizes, takeSpec } from './resize';
import { asksForAll, restartAll } from './restart-all';
import { describeStart, finishSync, startInTurn, stopOutdated } from './sync-end';
import { syncAfter } from './sync-timer';
import { placeVolumes } from './volume-places';
import { refreshVolumes, setUpVolumes } from './volumes';

/** A Pod that is through is ended with the next look at all Pods: the queue of workers is read once a second. */
const TRANSITION_MS = 1000;

/** How soon a worker sees that its containers have what it gave them. */
const RESIZED_MS = 30;

/** A record of a Pod that has just come to the node. */
export function newPodRecord(kubelet: Kubelet, pod: Pod): PodRecord {
  const { context } = kubelet;
  return {
    uid: pod.metadata.uid ?? '',
    pod,
    phase: 'syncing',
    containers: newContainerRecords(pod),
    startTime: context.now,
    startedMs: context.nowMs,
    probedFromMs: context.nowMs,
    ip: '',
    sandbox: false,
    busyWith: -1,
    orphan: false,
    syncToken: 0,
    mountFailures: 0,
    requests: requestsOf(pod),
  };
}

/** A Pod that was deleted before it was begun goes at once; where a finalizer keeps the object, whoever put it there waits for a final phase. */
export function removeUnstarted(kubelet: Kubelet, pod: Pod, isOver: boolean): void {
  const over: PodRecord = { ...newPodRecord(kubelet, pod), phase: 'terminated' };
  if (!isOver && pod.metadata.finalizers) writeStatus(kubelet, over);
  deletePod(kubelet, over);
}

/** Takes on a Pod that was bound to this node, or turns it away. */
export function admitPod(kubelet: Kubelet, pod: Pod): void {
  const { context, node } = kubelet;
  const { memory } = context;
  forgetUnused(kubelet);
  const record = putPod(memory, newPodRecord(kubelet, pod));
  const known = context.lister.get<Node>('Node', undefined, node.name);
  const rejection =
    pressureRejection(memory.eviction.pressures, pod) ??
    forbiddenSysctl(pod, context.flag('allowed-unsafe-sysctls')) ??
    admissionRejection(memory, pod, record.requests, nodeRoom(node), known);
  if (rejection) {
    const failure = { reason: rejection.reason, message: `Pod was rejected: ${rejection.message}` };
    const rejected = putPod(memory, { ...record, phase: 'terminated', failure, rejected: true });
    podEvent(kubelet, rejected, undefined, 'Warning', rejection.reason, rejection.message);
    context.say('reject', pod, `Turned Pod ${pod.metadata.name} away: ${rejection.message}`);
    writeStatus(kubelet, rejected);
    return;
  }
  noteStorageLimit(kubelet, record);
  countPod(memory, record, 1);
  const deadline = pod.spec.activeDeadlineSeconds;
  if (deadline !== undefined) context.after(deadline * 1000, 'deadline', record.uid);
  writeStatus(kubelet, record);
  syncPod(kubelet, record);
}

/** Sees to it that what should run is being started. Does nothing while the worker waits for something. */
export function syncPod(kubelet: Kubelet, free: PodRecord): void {
  const { context } = kubelet;
  if (free.phase !== 'syncing' || free.busyWith >= 0 || free.restartingAll) return;
  const record = finishSync(kubelet, free);
  if (!record) return;
  // One that is only to be reported needs no sandbox.
  const isIdle = containersToStart(record).length === 0;
  if (!isIdle) refreshVolumes(kubelet, record);
  const prepared = record.sandbox || isIdle ? record : preparePod(kubelet, record);
  if (!prepared) return;
  const { nowMs } = context;
  if (!isIdle) reportPullSecrets(kubelet, prepared);
  let current = tellReasons(kubelet, tellReady(kubelet, prepared));
  if (current.resize?.progress) current = resizePod(kubelet, current);
  for (let tries = current.containers.length; tries >= 0 && current.busyWith < 0; tries--) {
    const next = containersToStart(current).find((index) => (current.containers[index]?.retryAtMs ?? 0) <= nowMs);
    if (next === undefined) break;
    current = startInTurn(kubelet, current, next);
  }
  describeStart(kubelet, record, current);
  if (current.busyWith >= 0) {
    if (!record.sandbox && current.containers[current.busyWith]?.stage === 'pulling') reportSandbox(kubelet, current);
    return;
  }
  const settled = finishSync(kubelet, current);
  if (settled) settlePod(kubelet, settled);
}

/** Goes on with a resize that has been allocated. */
function resizePod(kubelet: Kubelet, record: PodRecord): PodRecord {
  const step = actuateResize(kubelet, record);
  if (step.kind !== 'restart') return step.record;
  return restartContainer(kubelet, step.record, step.index, (name) => `Container ${name} resize requires restart`);
}

/** Some room has become free on the node: resizes that wait for it are tried again. */
export function resizeWaiting(kubelet: Kubelet): void {
  for (const record of retryResizes(kubelet)) {
    writeStatus(kubelet, record);
    syncPod(kubelet, record);
  }
}

/** Tells why containers wait, as the last sync has found out, now that it is their turn again. */
function tellReasons(kubelet: Kubelet, record: PodRecord): PodRecord {
  const { context } = kubelet;
  const isDue = ({ nextWaiting, retryAtMs, heldAtMs = 0 }: ContainerRecord) =>
    nextWaiting && (retryAtMs <= context.nowMs || heldAtMs < context.nowMs);
  if (!record.containers.some(isDue)) return record;
  const containers = record.containers.map((container) => {
    const { nextWaiting, unseen: _unseen, ...rest } = container;
    return nextWaiting && isDue(container) ? { ...rest, waiting: nextWaiting } : container;
  });
  const told = putPod(context.memory, { ...record, containers });
  writeStatus(kubelet, told);
  return told;
}

/** The worker is free: reports, ends a Pod that has done its work, and sets the time of the next try. */
function settlePod(kubelet: Kubelet, record: PodRecord): void {
  const { context } = kubelet;
  if (isThrough(record)) {
    writeStatus(kubelet, record);
    const { throughMs = context.nowMs } = record;
    if (context.nowMs < throughMs + TRANSITION_MS) {
      syncAfter(kubelet, { ...record, throughMs }, throughMs + TRANSITION_MS - context.nowMs);
      return;
    }
    if (!record.containers.some(isAlive)) {
      finishTermination(kubelet, record);
      return;
    }
    beginTermination(kubelet, record, record.pod.spec.terminationGracePeriodSeconds ?? 30);
    return;
  }
  if (!record.containers.some(({ unseen, isBrief }) => unseen || isBrief)) writeStatus(kubelet, record);
  const { progress } = record.resize ?? {};
  let retryAtMs = progress ? context.nowMs + (progress.reason ? RETRY_MS : RESIZED_MS) : Number.POSITIVE_INFINITY;
  const waiting = containersToStart(record).map((index) => record.containers[index] as ContainerRecord);
  const isHeldBack = (one: ContainerRecord) => (one.nextWaiting ?? one.waiting)?.reason === 'CrashLoopBackOff';
  // Where a crash holds one back, its time is waited for, not the usual one after an error.
  const isLater = (one: ContainerRecord) => !isHeldBack(one) && one.retryAtMs > context.nowMs + RELIST_MS;
  for (const one of waiting) {
    if (!isLater(one) || !waiting.some(isHeldBack)) retryAtMs = Math.min(retryAtMs, one.retryAtMs);
  }
  if (retryAtMs !== Number.POSITIVE_INFINITY) syncAfter(kubelet, record, Math.max(0, retryAtMs - context.nowMs));
}

/** Volumes and network: what a Pod needs before any container. Undefined when it has to wait. */
function preparePod(kubelet: Kubelet, record: PodRecord): PodRecord | undefined {
  const { context } = kubelet;
  const { memory } = context;
  const wait = record.pod.spec.volumes ? mountWait(kubelet, record) : undefined;
  if (wait) {
    syncAfter(kubelet, wait.record, wait.delayMs);
    return undefined;
  }
  const sandbox = createPodSandbox(kubelet, record.pod);
  if (typeof sandbox === 'string') {
    const message = `Failed to create pod sandbox: ${sandbox}`;
    podEvent(kubelet, record, undefined, 'Warning', 'FailedCreatePodSandBox', message);
    context.say('wait', record.pod, `Pod ${record.pod.metadata.name} waits for its sandbox: ${sandbox}`);
    syncAfter(kubelet, record, RETRY_MS);
    return undefined;
  }
  const prepared = putPod(memory, { ...record, sandbox: true, ip: sandbox.ip || memory.nodeAddress });
  if (record.pod.spec.volumes) {
    setUpVolumes(kubelet, prepared);
    placeVolumes(kubelet, record.pod);
    growFileSystems(kubelet, prepared);
  }
  return prepared;
}

/** The Pod object changed: deletion, a shorter grace period, or a new image. */
export function updatePod(kubelet: Kubelet, record: PodRecord, pod: Pod): void {
  const taken = takeSpec(kubelet, record, pod);
  const containers = withEphemeral(taken.containers, pod);
  const isJoined = containers.length > taken.containers.length;
  const updated = isJoined ? putPod(kubelet.context.memory, { ...taken, containers }) : taken;
  if (pod.metadata.deletionTimestamp) {
    // Less time than before does not reach a kill that is under way.
    if (updated.phase === 'terminating') return;
    beginTermination(
      kubelet,
      updated,
      pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30,
    );
    return;
  }
  if (updated.phase !== 'syncing') return;
  refreshVolumes(kubelet, updated);
  let current = updated;
  const images = (one: Pod) =>
    [...(one.spec.initContainers ?? []), ...one.spec.containers].map((container) => container.image);
  const [before, now] = [images(record.pod), images(pod)];
  for (let index = 0; index < current.containers.length; index++) {
    if (before[index] === now[index]) continue;
    current = stopOutdated(kubelet, current, index);
  }
  if (current.busyWith < 0) writeStatus(kubelet, current);
  if (current.resize || isJoined) syncPod(kubelet, current);
  if (pod.spec.activeDeadlineSeconds !== record.pod.spec.activeDeadlineSeconds && pod.spec.activeDeadlineSeconds) {
    const endsMs = record.startedMs + pod.spec.activeDeadlineSeconds * 1000;
    kubelet.context.after(Math.max(0, endsMs - kubelet.context.nowMs), 'deadline', record.uid);
  }
}

/** A container's process has ended, as its machine says. */
export function containerEnded(kubelet: Kubelet, record: PodRecord, index: number, status: ContainerStatus): void {
  const { context } = kubelet;
  const before = record.containers[index] as ContainerRecord;
  if (before.stage === 'stopping' && (before.hookUntilMs ?? 0) > context.nowMs) {
    podEvent(kubelet, record, index, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
  }
  const ended = recordExit(kubelet, record, index, terminationOf(status));
  const container = ended.containers[index] as ContainerRecord;
  const ranFor = formatDuration(status.finishedAtMs - status.startedAtMs);
  const { name } = record.pod.metadata;
  const how = `ended with exit code ${status.exitCode} (${status.reason}) after ${ranFor}`;
  if (ended.phase === 'terminating') {
    context.say('end', record.pod, `Container ${container.name} of Pod ${name} ${how}`);
    stopNext(kubelet, ended);
    return;
  }
  const again = !ended.stuck && shouldRestart(ended, index) ? '; it is to be started again' : '';
  context.say('end', record.pod, `Container ${container.name} of Pod ${name} ${how}${again}`);
  const free = ended.busyWith === index ? putPod(context.memory, { ...ended, busyWith: -1 }) : ended;
  if (free.restartingAll || asksForAll(free, index)) {
    const begun = restartAll(kubelet, free);
    if (begun) syncPod(kubelet, begun);
    return;
  }
  if (free.busyWith >= 0) {
    putContainer(context.memory, free, index, { news: 'end' });
    return;
  }
  if (before.hookFailure !== undefined && shouldRestart(free, index)) {
    const waiting = { reason: 'PostStartHookError', message: before.hookFailure };
    syncPod(kubelet, waitUntold(kubelet, free, index, waiting, RELIST_MS, { unseen: true }));
    return;
  }
  // One that was stopped to be started again is started in the same sync, so nobody hears of its end.
  if (before.restarting || containersToStart(free).length === 0) {
    syncPod(kubelet, free);
    return;
  }
  const told = tellReasons(kubelet, free);
  if (told === free) writeStatus(kubelet, free);
  syncPod(kubelet, told);
}
