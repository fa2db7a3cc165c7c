/**
 * What a kubelet tells the API server about its Pods: status, Events, and the final deletion. Out of reach, it remembers whom it has
 * not told about and catches up later. Follows pkg/kubelet/status/status_manager.go: the status is only written when it differs, and a Pod
 * whose containers have all ended is deleted with grace 0 and its uid as precondition.
 */

import { uidOnNode } from '../api/pod';
import { isReason, StatusError } from '../api/status-error';
import type { ContainerStatus, Node, Pod } from '../api/types';
import type { Context } from '../client/component';
import { hasFault, isApiServerDown } from '../client/environment';
import type { RuntimeService } from '../machine/cri';
import type { NodeConfig } from '../simulation';
import type { NodePlace } from './node-places';
import type { ContainerRecord, KubeletMemory, PodRecord } from './records';
import { generatePodStatus } from './status';
import { podConditions } from './status-conditions';

/** One kubelet while it handles something. */
export interface Kubelet {
  readonly context: Context<KubeletMemory>;
  readonly node: NodeConfig;
  readonly place: NodePlace;
  /** Its machine's container runtime. */
  readonly runtime: RuntimeService;
}

/** How often a kubelet that is cut off tries to reach the API server. */
const RECONNECT_MS = 1000;

/** True while nothing gets through to the API server. Sets the timer that tries again. */
export function isOffline({ context, node }: Kubelet): boolean {
  const { environment, memory } = context;
  if (environment.faults.size === 0) return false;
  if (!hasFault(environment, 'node-partition', { node: node.name }) && !isApiServerDown(environment)) return false;
  if (memory.offlineSinceMs < 0) {
    memory.offlineSinceMs = context.nowMs;
    context.after(RECONNECT_MS, 'reconnect', '');
  }
  return true;
}

/** The Pod as the API server has it now, if it is still the same one. A kubelet may not even ask for a Pod that is not there. */
function livePod({ context }: Kubelet, record: PodRecord): Pod | undefined {
  const { namespace, name } = record.pod.metadata;
  try {
    const live = context.client.find<Pod>('Pod', namespace, name);
    return live && uidOnNode(live) === record.uid ? live : undefined;
  } catch (error) {
    if (isReason(error, 'Forbidden')) return undefined;
    throw error;
  }
}

/** Writes the Pod's status if it differs from what is stored. Returns whether something was written. `isLast`: it is the last one. */
export function writeStatus(kubelet: Kubelet, record: PodRecord, isLast = record.phase === 'terminated'): boolean {
  const { context } = kubelet;
  const { memory } = context;
  if (record.orphan) return false;
  if (isOffline(kubelet) || !memory.registered) {
    memory.untold.add(record.uid);
    return false;
  }
  const live = livePod(kubelet, record);
  if (!live) return false;
  const inputs = {
    now: context.now,
    nodeAddress: memory.nodeAddress,
    image: (image: string) => kubelet.runtime.imageStatus(image),
  };
  const status = generatePodStatus(record, live.status, inputs, isLast);
  if (status === live.status) return false;
  return putStatus(kubelet, record, { ...live, status });
}

/** How soon a refused status is tried again, and at most: upstream's manager looks every 10 s. */
const FIRST_STATUS_RETRY_MS = 10_000;
const LAST_STATUS_RETRY_MS = 300_000;

/** Writes a status; one that the API server refuses is said and tried again, later each time. Returns whether it was taken. */
function putStatus({ context }: Kubelet, record: PodRecord, pod: Pod): boolean {
  const { refusals } = context.memory;
  try {
    context.client.updateStatus<Pod>(pod);
    refusals.delete(record.uid);
    return true;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const count = refusals.get(record.uid) ?? 0;
    const delayMs = Math.min(LAST_STATUS_RETRY_MS, FIRST_STATUS_RETRY_MS * 2 ** Math.min(count, 5));
    refusals.set(record.uid, count + 1);
    const what = `The status of Pod ${pod.metadata.name} was refused: ${error.message}`;
    context.say('retry', pod, `${what}; trying again in ${delayMs / 1000} s`);
    context.after(delayMs, 'status', record.uid);
    return false;
  }
}

/** Says at once, and nothing else with it, that a Pod which waits for its image has its network (OnPodSandboxReady upstream). */
export function reportSandbox(kubelet: Kubelet, record: PodRecord): void {
  const { context } = kubelet;
  if (record.orphan || isOffline(kubelet)) return;
  const live = livePod(kubelet, record);
  if (!live) return;
  const conditions = live.status.conditions?.map((condition) =>
    condition.type === 'PodReadyToStartContainers' && condition.status !== 'True'
      ? { ...condition, status: 'True' as const, lastTransitionTime: context.now }
      : condition,
  );
  putStatus(kubelet, record, { ...live, status: { ...live.status, conditions } });
}

/** Says at once what a probe has found out of a container that is known to run, while the worker is busy (SetContainerReadiness upstream). */
export function reportReadiness(kubelet: Kubelet, record: PodRecord, index: number): void {
  const live = record.orphan || isOffline(kubelet) ? undefined : livePod(kubelet, record);
  const { name, containerID, ready, started } = record.containers[index] as ContainerRecord;
  const { initContainerStatuses: inits, containerStatuses: mains, conditions = [], phase } = live?.status ?? {};
  const isMeant = (one: ContainerStatus): boolean => one.name === name && one.containerID === containerID;
  if (!live || ![...(inits ?? []), ...(mains ?? [])].some(isMeant)) return;
  const told = (one: ContainerStatus): ContainerStatus => (isMeant(one) ? { ...one, ready, started } : one);
  const status = {
    ...live.status,
    ...(inits ? { initContainerStatuses: inits.map(told) } : {}),
    ...(mains ? { containerStatuses: mains.map(told) } : {}),
    conditions: podConditions(record, conditions, phase ?? '', kubelet.context.now, false),
  };
  putStatus(kubelet, record, { ...live, status });
}

/** Removes the API object of a Pod whose containers have all ended. */
export function deletePod(kubelet: Kubelet, record: PodRecord): void {
  const { context } = kubelet;
  if (record.orphan) return;
  if (isOffline(kubelet)) {
    context.memory.untold.add(record.uid);
    return;
  }
  const { namespace, name } = record.pod.metadata;
  try {
    context.client.delete('Pod', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid: record.uid } });
  } catch (error) {
    if (!isReason(error, 'NotFound') && !isReason(error, 'Conflict')) throw error;
  }
}

const LISTS = {
  init: 'initContainers',
  sidecar: 'initContainers',
  main: 'containers',
  ephemeral: 'ephemeralContainers',
};

/** `spec.containers{app}`, for Events. */
function fieldPathOf({ kind, name }: ContainerRecord): string {
  return `spec.${LISTS[kind]}{${name}}`;
}

/** Records an Event about a Pod, or about one of its containers. Lost while the API server is out of reach. */
export function podEvent(
  kubelet: Kubelet,
  record: PodRecord,
  index: number | undefined,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  annotations?: Readonly<Record<string, string>>,
): void {
  if (isOffline(kubelet)) return;
  const container = index === undefined ? undefined : record.containers[index];
  kubelet.context.events.record(record.pod, type, reason, message, {
    ...(container ? { fieldPath: fieldPathOf(container) } : {}),
    ...(annotations ? { annotations } : {}),
  });
}

/** Records an Event about the node. Lost, and false, while the API server is out of reach, or before the node is there. */
export function nodeEvent(kubelet: Kubelet, type: 'Normal' | 'Warning', reason: string, message: string): boolean {
  const { context, node } = kubelet;
  const known = context.lister.get<Node>('Node', undefined, node.name);
  if (!known || isOffline(kubelet)) return false;
  context.events.record(known, type, reason, message);
  return true;
}

/** Runs something that may be refused; a refusal is dropped, as the next sync tries again. */
export function ignoreRefusal(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}
