/**
 * Resizing in place: what a Pod asks for anew is allocated if the node has room, or else waits for it (Deferred); what is allocated is given
 * to its running containers, with a restart where their policy wants one. A Pod's record is of what it has been allocated.
 * Follows pkg/kubelet/allocation/allocation_manager.go, computePodResizeAction and validateMemoryResizeAction in
 * pkg/kubelet/kuberuntime/kuberuntime_manager.go, pkg/kubelet/events/resize.go. Left out: the retry every three minutes, as every change
 * that makes room is noticed.
 */
import { goJson } from '../api/go-text';
import { deepEqual } from '../api/plain';
import { qosClass, withPodLimits } from '../api/pod-resources';
import { quantityValue } from '../api/quantity';
import type { Container, Node, Pod, ResourceRequirements } from '../api/types';
import { type Kubelet, podEvent } from './api-writes';
import { nodeRoom } from './node-object';
import { admissionRejection, countPod, requestsOf } from './pod-admission';
import { type ContainerRecord, containerSpec, type PodRecord, putPod } from './records';
import type { PodResize, ResizeCondition } from './resize-record';

const AMOUNTS = ['cpu', 'memory'];

function sameAmounts(left: ResourceRequirements | undefined, right: ResourceRequirements | undefined): boolean {
  return AMOUNTS.every(
    (name) => left?.requests?.[name] === right?.requests?.[name] && left?.limits?.[name] === right?.limits?.[name],
  );
}

/** The containers of one Pod with the resources that those of the same name have in another. */
function withResourcesOf(containers: readonly Container[], allocated: readonly Container[]): Container[] {
  return containers.map((container) => {
    const same = allocated.find(({ name }) => name === container.name);
    if (!same || same.resources === container.resources) return container;
    const { resources: _wanted, ...rest } = container;
    return same.resources ? { ...rest, resources: same.resources } : rest;
  });
}

/** A Pod as the API has it, with the resources that its node has allocated. */
function withAllocation(pod: Pod, { spec: allocated }: Pod): Pod {
  const { resources: _wanted, initContainers, ...rest } = pod.spec;
  const spec = {
    ...rest,
    ...(allocated.resources ? { resources: allocated.resources } : {}),
    containers: withResourcesOf(pod.spec.containers, allocated.containers),
    ...(initContainers ? { initContainers: withResourcesOf(initContainers, allocated.initContainers ?? []) } : {}),
  };
  return { ...pod, spec };
}

/** `Pod resize started: {"containers":[…],"generation":2}`. */
function resizeMessage(what: string, { spec }: Pod, generation: number, error = ''): string {
  const listed = (name: string, containers: readonly Container[] = []) => {
    const items = containers.map(
      (one) => `{"name":${JSON.stringify(one.name)},"resources":${goJson(one.resources ?? {})}}`,
    );
    return items.length > 0 ? [`"${name}":[${items.join(',')}]`] : [];
  };
  const parts = [
    ...listed('initContainers', spec.initContainers),
    ...listed('containers', spec.containers),
    `"generation":${generation}`,
    ...(error ? [`"error":${goJson(error)}`] : []),
  ];
  return `Pod resize ${what}: {${parts.join(',')}}`;
}

function condition(
  { context }: Kubelet,
  reason: string,
  message: string,
  generation: number,
  before: ResizeCondition | undefined,
): ResizeCondition {
  const since = before?.reason === reason ? before.since : context.now;
  return { reason, message, generation, since, probedAt: context.now };
}

/** The record's Pod becomes what the API has now; a change of resources waits until it is allocated, at once if there is room. */
export function takeSpec(kubelet: Kubelet, record: PodRecord, pod: Pod): PodRecord {
  const { memory } = kubelet.context;
  const before = { ...record, pod };
  if (record.phase !== 'syncing' || (pod.spec === record.pod.spec && !record.resize)) return putPod(memory, before);
  const allocated = withAllocation(pod, record.pod);
  if (deepEqual(allocated.spec, pod.spec)) {
    memory.resizing.delete(record.uid);
    const { wanted: _wanted, pending: _pending, ...rest } = record.resize ?? {};
    return putPod(memory, record.resize ? { ...before, resize: rest } : before);
  }
  putPod(memory, { ...record, pod: allocated, resize: { ...record.resize, wanted: pod } });
  memory.resizing.add(record.uid);
  retryResizes(kubelet);
  return memory.pods.get(record.uid) as PodRecord;
}

/** Tries again what waits for room. Returns the Pods of which something has changed. */
export function retryResizes(kubelet: Kubelet): PodRecord[] {
  const { memory } = kubelet.context;
  const waiting = [...memory.resizing].flatMap((uid) => memory.pods.get(uid) ?? []);
  const changed = waiting.sort(byUrgency).filter((record) => allocate(kubelet, record));
  return changed.map(({ uid }) => memory.pods.get(uid) as PodRecord);
}

/** Those who ask for no more come first, then higher priority, Guaranteed Pods, and who has waited longest. */
function byUrgency(left: PodRecord, right: PodRecord): number {
  const keys = ({ pod, resize, requests, uid }: PodRecord): readonly (number | string)[] => {
    const wanted = requestsOf(resize?.wanted ?? pod);
    const grows = wanted.cpuMilli > requests.cpuMilli || wanted.memoryBytes > requests.memoryBytes;
    const since = resize?.pending?.since ?? '~';
    return [grows ? 1 : 0, -(pod.spec.priority ?? 0), qosClass(pod) === 'Guaranteed' ? 0 : 1, since, uid];
  };
  const [a, b] = [keys(left), keys(right)];
  const at = a.findIndex((key, index) => key !== b[index]);
  return at < 0 ? 0 : (a[at] as string) < (b[at] as string) ? -1 : 1;
}

/** Allocates what a Pod wants, or notes that it has to wait. Returns whether anything changed. */
function allocate(kubelet: Kubelet, record: PodRecord): boolean {
  const { context, node } = kubelet;
  const { memory } = context;
  const { wanted, ...resize } = record.resize ?? {};
  if (!wanted || record.phase !== 'syncing') {
    memory.resizing.delete(record.uid);
    return false;
  }
  const generation = wanted.metadata.generation ?? 0;
  const requests = requestsOf(wanted);
  const known = context.lister.get<Node>('Node', undefined, node.name);
  const others = { ...memory };
  countPod(others, record, -1);
  const rejection = admissionRejection(others, wanted, requests, nodeRoom(node), known);
  if (rejection) {
    const pending = condition(kubelet, 'Deferred', rejection.message, generation, resize.pending);
    putPod(memory, { ...record, resize: { ...resize, wanted, pending } });
    if (resize.pending?.generation === generation) return false;
    const message = resizeMessage(rejection.reason, wanted, generation, rejection.message);
    podEvent(kubelet, record, undefined, 'Warning', 'ResizeDeferred', message);
    context.say('wait', wanted, `The resize of Pod ${wanted.metadata.name} waits for room: ${rejection.message}`);
    return true;
  }
  memory.resizing.delete(record.uid);
  countPod(memory, record, -1);
  countPod(memory, { requests }, 1);
  const progress = condition(kubelet, '', '', generation, undefined);
  const begun = putPod(memory, { ...record, pod: wanted, requests, resize: { progress } });
  kubelet.runtime.updatePodSandboxResources(wanted);
  podEvent(kubelet, begun, undefined, 'Normal', 'ResizeStarted', resizeMessage('started', wanted, generation));
  context.say('resize', wanted, `Node ${node.name} has room: the resize of Pod ${wanted.metadata.name} is begun`);
  return true;
}

/** Something on the node has become free: who waits for room is looked at again. */
export function roomFreed({ context }: Kubelet): void {
  if (context.memory.resizing.size > 0) context.after(0, 'resizes', '');
}

const isRunning = ({ stage }: ContainerRecord): boolean => stage === 'running' || stage === 'hook';

/** What the running instance of a container is held to, and what it is to be held to. */
const heldAndWanted = (record: PodRecord, { resources, podLimits }: ContainerRecord, index: number) => ({
  held: withPodLimits(resources, podLimits),
  wanted: withPodLimits(containerSpec(record, index).resources, record.pod.spec.resources?.limits),
});

function differs(record: PodRecord, container: ContainerRecord, index: number): boolean {
  const { held, wanted } = heldAndWanted(record, container, index);
  return isRunning(container) && !sameAmounts(held, wanted);
}

/** What giving containers what is allocated comes to: done, updated in place, one that has to restart, or why it can't be done now. */
export type ResizeStep =
  | { readonly kind: 'done' | 'updated' | 'failed'; readonly record: PodRecord }
  | { readonly kind: 'restart'; readonly record: PodRecord; readonly index: number };

/** Gives the running containers of a Pod what has been allocated. */
export function actuateResize(kubelet: Kubelet, record: PodRecord): ResizeStep {
  const { context, runtime } = kubelet;
  const differing = record.containers.flatMap((one, index) => (differs(record, one, index) ? [index] : []));
  if (differing.length === 0) return { kind: 'done', record: completeResize(kubelet, record) };
  const index = differing.find((one) => needsRestart(record, one));
  if (index !== undefined) return { kind: 'restart', record, index };
  const problems = differing.flatMap((one) => limitProblem(kubelet, record, one));
  if (problems.length > 0) return { kind: 'failed', record: failResize(kubelet, record, problems) };
  const containers = record.containers.slice();
  for (const one of differing) {
    const { resources = {} } = containerSpec(record, one);
    const container = containers[one] as ContainerRecord;
    runtime.updateContainerResources(container.instance, resources);
    containers[one] = { ...container, resources, podLimits: record.pod.spec.resources?.limits };
  }
  context.say('resize', record.pod, `The containers of Pod ${record.pod.metadata.name} have got other resources`);
  return { kind: 'updated', record: putPod(context.memory, { ...record, containers }) };
}

function needsRestart(record: PodRecord, index: number): boolean {
  const { resizePolicy = [] } = containerSpec(record, index);
  const { held, wanted } = heldAndWanted(record, record.containers[index] as ContainerRecord, index);
  return resizePolicy.some(({ resourceName: name = '', restartPolicy }) => {
    if (restartPolicy !== 'RestartContainer') return false;
    return (['requests', 'limits'] as const).some((list) => held?.[list]?.[name] !== wanted?.[list]?.[name]);
  });
}

/** A limit of memory can't fall below what is used. */
function limitProblem({ context, runtime }: Kubelet, record: PodRecord, index: number): string[] {
  const container = record.containers[index] as ContainerRecord;
  const { name, instance } = container;
  const { held, wanted } = heldAndWanted(record, container, index);
  const limit = quantityValue(wanted?.limits?.memory);
  if (limit === 0) return [];
  const before = held?.limits?.memory;
  if (before !== undefined && limit >= quantityValue(before)) return [];
  const used = Math.ceil(runtime.containerStats(instance, context.nowMs)?.memoryBytes ?? 0);
  if (used < limit) return [];
  return [`attempting to set container ${JSON.stringify(name)} memory limit (${limit}) below current usage (${used})`];
}

function failResize(kubelet: Kubelet, record: PodRecord, problems: readonly string[]): PodRecord {
  const { memory } = kubelet.context;
  const { progress } = record.resize as PodResize;
  const why = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
  const message = `cannot decrease memory limits: ${why}`;
  const generation = progress?.generation ?? 0;
  const failed = putPod(memory, {
    ...record,
    resize: { ...record.resize, progress: condition(kubelet, 'Error', message, generation, progress) },
  });
  if (progress?.message !== message) {
    const text = resizeMessage('error', record.pod, generation, message);
    podEvent(kubelet, failed, undefined, 'Warning', 'ResizeError', text);
    kubelet.context.say('wait', record.pod, `Pod ${record.pod.metadata.name} can't be resized now: ${message}`);
  }
  return failed;
}

function completeResize(kubelet: Kubelet, record: PodRecord): PodRecord {
  const { progress, ...rest } = record.resize as PodResize;
  const { resize: _resize, ...without } = record;
  const changed = Object.keys(rest).length > 0 ? { ...without, resize: rest } : without;
  const done = putPod(kubelet.context.memory, changed);
  const message = resizeMessage('completed', record.pod, progress?.generation ?? 0);
  podEvent(kubelet, done, undefined, 'Normal', 'ResizeCompleted', message);
  kubelet.context.say('resize', record.pod, `The resize of Pod ${record.pod.metadata.name} is complete`);
  roomFreed(kubelet);
  return done;
}

/** What an earlier run of the kubelet had allocated, as its machine has noted; what the API wants beyond that waits anew. */
export function foundAllocation(kubelet: Kubelet, record: PodRecord, noted: Pod): PodRecord {
  const { pod, uid } = record;
  const allocated = withAllocation(pod, noted);
  const isWaiting = !deepEqual(allocated.spec, pod.spec);
  const found = isWaiting ? { ...record, pod: allocated, requests: requestsOf(allocated) } : record;
  const isUnderway = found.containers.some((one, index) => differs(found, one, index));
  if (isWaiting) kubelet.context.memory.resizing.add(uid);
  if (!isWaiting && !isUnderway) return record;
  const generation = pod.metadata.generation ?? 0;
  const progress = isUnderway ? { progress: condition(kubelet, '', '', generation, undefined) } : {};
  return { ...found, resize: { ...(isWaiting ? { wanted: pod } : {}), ...progress } };
}
