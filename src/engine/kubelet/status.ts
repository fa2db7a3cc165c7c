/**
 * The status of a Pod, computed from what the kubelet remembers of it. Pure: the same records give the same status.
 * Follows pkg/kubelet/kubelet_pods.go (getPhase, generateAPIPodStatus, convertToAPIContainerStatuses) and
 * pkg/kubelet/status/status_manager.go (mergePodStatus: conditions of others are kept).
 */
import { deepEqual } from '../api/plain';
import { isStatic } from '../api/pod';
import { podResourceList } from '../api/pod-resource-list';
import type { Container, ContainerState, ContainerStatus, PodSpec, PodStatus } from '../api/types';
import { accountOf } from '../machine/accounts';
import type { NodeImage } from '../machine/cri';
import { podPhase } from './pod-phase';
import { type ContainerRecord, containerSpec, isAlive, type PodRecord, type Termination } from './records';
import { podConditions } from './status-conditions';

/** What the status needs beside the record. */
export interface StatusInputs {
  readonly now: string;
  readonly nodeAddress: string;
  /** An image on the node, if it is there. */
  readonly image: (image: string) => NodeImage | undefined;
}

/** One for all: containers that did not end before share it. */
const NO_STATE: ContainerState = {};
/** Shared by all Pods that ask for nothing. */
const NO_RESOURCES: Partial<PodStatus> = Object.freeze({ resources: Object.freeze({}) });

/** A time that nobody knows is null in the API. */
const timeOrNull = (time: string): string => time || (null as unknown as string);

function terminated(end: Termination): ContainerState {
  return {
    terminated: {
      containerID: end.containerID,
      exitCode: end.exitCode,
      finishedAt: timeOrNull(end.finishedAt),
      reason: end.reason,
      ...(end.message ? { message: end.message } : {}),
      startedAt: timeOrNull(end.startedAt),
    },
  };
}

function statesOf(record: PodRecord, container: ContainerRecord): [ContainerState, ContainerState] {
  const previous = container.last ? terminated(container.last) : NO_STATE;
  // One that has ended in a Pod that ends runs for those who ask until the others have ended too.
  const isUntold = record.phase === 'terminating' && container.started;
  if (isAlive(container) || isUntold) return [{ running: { startedAt: container.startedAt } }, previous];
  // Of one that has run before the others, and ended well, it is never said that it waits to be started again.
  const isOver = (container.kind === 'init' || container.kind === 'sidecar') && container.exit?.exitCode === 0;
  if (container.exit && (!container.waiting || isOver)) return [terminated(container.exit), previous];
  const initializing = record.containers[0]?.kind !== 'main';
  const waiting = container.waiting ?? { reason: initializing ? 'PodInitializing' : 'ContainerCreating' };
  return [{ waiting }, container.exit ? terminated(container.exit) : previous];
}

function runtimeFields(record: PodRecord, spec: Container, container: ContainerRecord): Partial<ContainerStatus> {
  const { requests } = spec.resources ?? {};
  const { user: uid = 0, groups } = accountOf(record.pod, { spec });
  return {
    resources: (isAlive(container) ? container.resources : undefined) ?? spec.resources ?? {},
    user: { linux: { uid, gid: groups[0] ?? 0, supplementalGroups: [...groups].sort((a, b) => a - b) } },
    ...(requests && Object.keys(requests).length > 0 ? { allocatedResources: requests } : {}),
  };
}

/** The runtime can make what is mounted below read-only as well, so that whoever asks for it has it. */
function mountFields({ volumeMounts = [] }: Container): Partial<ContainerStatus> {
  if (volumeMounts.length === 0) return {};
  return {
    volumeMounts: volumeMounts.map(({ name, mountPath, readOnly, recursiveReadOnly: asked = 'Disabled' }) => ({
      name,
      mountPath,
      ...(readOnly ? { readOnly, recursiveReadOnly: asked === 'IfPossible' ? 'Enabled' : asked } : {}),
    })),
  };
}

function containerStatus(record: PodRecord, index: number, inputs: StatusInputs): ContainerStatus {
  const container = record.containers[index] as ContainerRecord;
  const spec = containerSpec(record, index);
  const [state, lastState] = statesOf(record, container);
  const created = container.attempt > 0 && !container.removed;
  const present = created ? inputs.image(spec.image ?? '') : undefined;
  return {
    name: container.name,
    state,
    lastState,
    ready: container.ready,
    restartCount: container.removed ? container.attempt : Math.max(0, container.attempt - 1),
    image: present?.names[1] ?? spec.image ?? '',
    imageID: present?.id ?? '',
    ...(created ? { containerID: container.containerID } : {}),
    ...(container.kind === 'ephemeral' ? {} : { started: container.started }),
    ...(created ? runtimeFields(record, spec, container) : {}),
    ...mountFields(spec),
  };
}

const isTerminal = (phase: string | undefined): boolean => phase === 'Succeeded' || phase === 'Failed';

const byName = (a: ContainerStatus, b: ContainerStatus): number => (a.name < b.name ? -1 : 1);

function observed({ pod }: PodRecord): Partial<PodStatus> {
  const { generation } = pod.metadata;
  return generation ? { observedGeneration: generation } : {};
}

/** What the Pod has of its node. */
function allocated(spec: PodSpec): Partial<PodStatus> {
  const [requests, limits] = [podResourceList(spec, 'requests'), podResourceList(spec, 'limits')];
  const [asks, isLimited] = [Object.keys(requests).length > 0, Object.keys(limits).length > 0];
  if (!asks && !isLimited) return NO_RESOURCES;
  return {
    ...(asks ? { allocatedResources: requests } : {}),
    resources: { ...(isLimited ? { limits } : {}), ...(asks ? { requests } : {}) },
  };
}

/** All that is said of a Pod which the node turned away; its conditions go. */
function rejectedStatus(record: PodRecord, { qosClass }: PodStatus): PodStatus {
  return { ...record.failure, ...observed(record), phase: 'Failed', qosClass, startTime: record.startTime };
}

/** What is said of a container of which nobody knows how it came out when its Pod was over. */
const UNKNOWN: ContainerState = {
  terminated: {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was terminated',
    startedAt: timeOrNull(''),
    finishedAt: timeOrNull(''),
  } as NonNullable<ContainerState['terminated']>,
};

const hasBegun = ({ state, lastState }: ContainerStatus): boolean =>
  state?.waiting === undefined || lastState?.terminated !== undefined;

function isInitialized(inits: readonly ContainerStatus[], mains: readonly ContainerStatus[], spec: PodSpec): boolean {
  const last = inits.at(-1);
  if (!last || mains.some(hasBegun)) return true;
  const { restartPolicy, startupProbe } = spec.initContainers?.at(-1) ?? {};
  // Upstream looks at the Pod as it was when its last container ended, so a sidecar that has run until then counts as running.
  if (restartPolicy === 'Always')
    return last.state?.running ? last.started === true : last.state?.terminated !== undefined && !startupProbe;
  return [last.state, last.lastState].some((state) => state?.terminated?.exitCode === 0);
}

/** Every container of a Pod that is over has ended: of those that had not, or never began, it is unknown how. Follows TerminatePod upstream. */
function allEnded(statuses: ContainerStatus[], inits: number, mains: number, spec: PodSpec): ContainerStatus[] {
  const initial = statuses.slice(0, inits);
  const begun = Math.max(initial.length > 0 ? 1 : 0, initial.findLastIndex(hasBegun) + 1);
  const isOver = isInitialized(initial, statuses.slice(inits, mains), spec);
  return statuses.map((status, index) => {
    const ends = index < inits ? index < begun : index < mains && isOver;
    return ends && !status.state?.terminated ? { ...status, state: UNKNOWN } : status;
  });
}

/**
 * The whole status as it should be stored, given the one that is. Returns `old` itself when nothing differs. A phase that is final stays, but in
 * the mirror of a static Pod, which a kubelet begins anew when it has been started itself; one that is about to be waits until the Pod's worker is through with it, and so does the reason. `isLast`: nothing comes after it, so
 * the phase must be final.
 */
export function generatePodStatus(
  record: PodRecord,
  old: PodStatus,
  inputs: StatusInputs,
  isLast: boolean = false,
): PodStatus {
  if (record.rejected) return unless(rejectedStatus(record, old), old);
  const found = record.containers.map((_, index) => containerStatus(record, index, inputs));
  const inits = record.pod.spec.initContainers?.length ?? 0;
  const mains = inits + record.pod.spec.containers.length;
  const statuses = isLast ? allEnded(found, inits, mains, record.pod.spec) : found;
  const isFinal = isTerminal(old.phase) && !isStatic(record.pod);
  const computed = isFinal ? (old.phase as string) : podPhase(record);
  const isHeld = isTerminal(computed) && record.phase !== 'terminated' && old.phase !== undefined;
  const phase = isHeld ? old.phase : isLast && !isTerminal(computed) ? 'Failed' : computed;
  const { reason: _reason, message: _message, ...begunAnew } = old;
  const status: PodStatus = {
    ...(isTerminal(old.phase) && !isTerminal(phase) ? begunAnew : old),
    phase,
    conditions: podConditions(record, old.conditions ?? [], computed, inputs.now, isHeld),
    hostIP: inputs.nodeAddress,
    hostIPs: [{ ip: inputs.nodeAddress }],
    startTime: record.startTime,
    // App containers are sorted by name, the others stay in the order of the spec.
    containerStatuses: statuses.slice(inits, mains).sort(byName),
    ...allocated(record.pod.spec),
    ...observed(record),
    ...(record.ip ? { podIP: record.ip, podIPs: [{ ip: record.ip }] } : {}),
    ...(inits > 0 ? { initContainerStatuses: statuses.slice(0, inits) } : {}),
    ...(statuses.length > mains ? { ephemeralContainerStatuses: statuses.slice(mains).sort(byName) } : {}),
    ...(record.failure && !isHeld ? { reason: record.failure.reason, message: record.failure.message } : {}),
  };
  return unless(status, old);
}

function unless(status: PodStatus, old: PodStatus): PodStatus {
  return deepEqual(status, old) ? old : status;
}
