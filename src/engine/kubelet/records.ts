/**
 * What a kubelet remembers of its Pods and containers: what it last heard of them from its machine, and its own plans. All of it is lost
 * when the kubelet ends; the machine has the rest. Records are replaced, never mutated; timers carry a token that must still be the
 * record's, so a stale timer is ignored.
 */
import type { Container, Pod, ResourceRequirements } from '../api/types';
import type { Memory } from '../client/component';
import type { Files } from '../machine/cri';
import type { PressureMemory } from './eviction/pressure-memory';
import type { ProbeRecord } from './probe-record';
import type { PodResize } from './resize-record';

/** How one instance of a container ended. */
export interface Termination {
  readonly exitCode: number;
  readonly reason: string;
  readonly message?: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly finishedAtMs: number;
  readonly containerID: string;
}

/** A back-off that doubles: how long it is now and since when. */
export interface Backoff {
  readonly delayMs: number;
  readonly sinceMs: number;
}

/** The kinds of probes. */
export type ProbeKind = 'startup' | 'liveness' | 'readiness';

/** What a container is doing. `idle`: there is none. */
export type Stage = 'idle' | 'pulling' | 'starting' | 'hook' | 'running' | 'stopping' | 'exited';

/** One container of a Pod. */
export interface ContainerRecord {
  readonly name: string;
  readonly kind: 'init' | 'sidecar' | 'main' | 'ephemeral';
  readonly stage: Stage;
  /** How many instances have been created. */
  readonly attempt: number;
  readonly token: number;
  /** The instance that the status speaks of. */
  readonly containerID: string;
  /** The newest instance on the machine, which may still have to be started; empty: none. */
  readonly instance: string;
  readonly startedAtMs: number;
  readonly startedAt: string;
  /** What the running instance has of its node. */
  readonly resources?: ResourceRequirements | undefined;
  /** The limits that its Pod had when the running instance was given its resources. */
  readonly podLimits?: ResourceRequirements['limits'] | undefined;
  /** The end of the latest instance, once it has ended. */
  readonly exit?: Termination;
  /** The end of the instance before the present one. */
  readonly last?: Termination;
  /** What the status says while there is no instance to speak of. */
  readonly waiting?: { readonly reason: string; readonly message?: string };
  /** What the status says of it from the next sync on: a status is made at the beginning of one. */
  readonly nextWaiting?: { readonly reason: string; readonly message?: string };
  readonly crashBackoff?: Backoff;
  /** When the instance ended from whose end the crash back-off counts; undefined: nothing holds a restart back. */
  readonly crashedAtMs?: number;
  readonly pullBackoff?: Backoff & { readonly error: string };
  readonly pullRequestedMs?: number;
  /** How many images of image volumes its next instance has. */
  readonly imagesThere?: number;
  /** Not to be started before this time. */
  readonly retryAtMs: number;
  /** Startup probe passed, or there is none, and it runs. */
  readonly started: boolean;
  readonly ready: boolean;
  readonly probes: { readonly [kind in ProbeKind]?: ProbeRecord };
  /** Why it is being stopped, when it will be started again. */
  readonly restarting?: boolean;
  /** Its latest instance ended with an earlier sandbox, or with all the others: it counts as one that has not run. */
  readonly rerun?: boolean;
  /** Its latest instance was removed with all the others, to be started again. */
  readonly removed?: boolean;
  /** It is being stopped and its preStop hook is over. */
  readonly hookOver?: boolean;
  /** It gets SIGTERM after others, at this time at the latest. */
  readonly awaitsTurnUntilMs?: number;
  /** It was stopped in a sync that goes on: its end is told with the next one. Brief ones end as soon as they begin, and nobody hears of them in between. Of one that had started up nothing else is known until its startup probe sees the next. */
  readonly unseen?: boolean | 'started';
  readonly isBrief?: boolean;
  /** When `nextWaiting` was found out. */
  readonly heldAtMs?: number;
  /** What has come up while a sync goes on: it runs, it has ended, it failed a probe, or has another image. */
  readonly news?: ProbeKind | 'start' | 'end' | 'image';
  /** Why its postStart hook failed, for which it is being stopped. */
  readonly hookFailure?: string;
  /** Until when its preStop command runs, if the container lives as long. */
  readonly hookUntilMs?: number;
}

/** One Pod of the node. */
export interface PodRecord {
  readonly uid: string;
  /** The Pod as it was when its spec or deletion last changed, with the resources that are allocated to it. */
  readonly pod: Pod;
  readonly phase: 'syncing' | 'terminating' | 'terminated';
  /** Init containers first, then the others, in the order of the spec; ephemeral ones last, as they came. */
  readonly containers: readonly ContainerRecord[];
  readonly startTime: string;
  /** When the Pod began to be active, for its deadline. */
  readonly startedMs: number;
  /** Since when this kubelet has its probe workers. */
  readonly probedFromMs: number;
  readonly ip: string;
  readonly sandbox: boolean;
  /** Index of the container whose start or stop the worker waits for; -1 when it is free. */
  readonly busyWith: number;
  /** The app container that a sync which goes on has come to. */
  readonly upTo?: number;
  /** It ends after this sync; its deadline gives no grace period. */
  readonly endsNext?: { readonly graceSeconds?: number };
  /** When the containers must have ended. */
  readonly killAtMs?: number;
  /** The Pod failed as a whole: activeDeadlineSeconds, admission. */
  readonly failure?: {
    readonly reason: string;
    readonly message: string;
    /** It was ended for the sake of others. */
    readonly isDisruption?: boolean;
  };
  /** It was turned away, and never ran here. */
  readonly rejected?: true;
  /** When its worker found that there is nothing left to do. */
  readonly throughMs?: number;
  /** All its containers are being ended to be started again: one of them has asked for it. */
  readonly restartingAll?: boolean;
  /** Its sandbox has ended with the last of its containers, and there is to be no other one. */
  readonly stuck?: true;
  /** The API object is gone already. */
  readonly orphan: boolean;
  readonly syncToken: number;
  readonly mountFailures: number;
  /** It has found a volume that is to be attached first. */
  readonly waitsToAttach?: true;
  readonly requests: PodRequests;
  readonly resize?: PodResize;
}

/** What a Pod counts for on its node. */
export interface PodRequests {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

/** Pods that end together when their node shuts down. */
export interface ShutdownGroup {
  readonly uids: readonly string[];
  readonly seconds: number;
  /** When its time is over, once it has begun. */
  readonly endsAtMs?: number;
}

/** One waiting image pull. */
export interface PullRequest {
  readonly uid: string;
  readonly index: number;
  readonly token: number;
}

/** The memory of one kubelet. */
export interface KubeletMemory extends Memory, PressureMemory {
  readonly pods: Map<string, PodRecord>;
  readonly pulls: PullRequest[];
  /** How often in a row a Pod's status was refused, by uid. */
  readonly refusals: Map<string, number>;
  /** Uids of Pods whose resize waits for room. */
  readonly resizing: Set<string>;
  /** Uids whose state the API server has not been told while it was out of reach. */
  readonly untold: Set<string>;
  /** What was in the manifest folder when it was last looked at, and the Pods made of it. */
  manifests?: Files;
  statics: readonly Pod[];
  /** How its node shuts down, while it does. */
  shutdown?: readonly ShutdownGroup[];
  /** The storage drivers that its CSINode names. */
  readonly drivers: Set<string>;
  nodeAddress: string;
  registered: boolean;
  ready: boolean;
  /** Its node takes no Pods that are to be placed, as it has last told. */
  isClosed: boolean;
  /** True once it knows all that an earlier run of it has left on the machine. */
  relisted: boolean;
  /** Uids of Pods found then and not yet resumed. */
  readonly found: Set<string>;
  /** Since when the API server can't be reached; -1 when it can. */
  offlineSinceMs: number;
  reportedMs: number;
  /** The volumes that its Pods need of which its Node's status has said so. */
  inUse: readonly string[];
  /** Pods whose volumes could not be filled again, by uid: how often in a row, and when that is tried anew. */
  readonly refills: Map<string, { readonly failures: number; readonly againAtMs: number }>;
  leasedMs: number;
  imagesChanged: boolean;
  cpuMilli: number;
  memoryBytes: number;
  podCount: number;
  nextToken: number;
}

const NONE: readonly Container[] = [];

/** A Pod's containers in the order of their records. */
export function containersOf(pod: Pod): readonly Container[] {
  const inits = pod.spec.initContainers ?? NONE;
  return inits.length === 0 ? pod.spec.containers : [...inits, ...pod.spec.containers];
}

/** The spec of a record's container. */
export function containerSpec(
  { pod: { spec }, containers }: Pick<PodRecord, 'pod' | 'containers'>,
  index: number,
): Container {
  const count = spec.initContainers?.length ?? 0;
  const own = index < count ? spec.initContainers?.[index] : spec.containers[index - count];
  return (own ?? spec.ephemeralContainers?.find(({ name }) => name === containers[index]?.name)) as Container;
}

/** True while a process of the container is alive. */
export function isAlive(container: ContainerRecord): boolean {
  return container.stage === 'running' || container.stage === 'hook' || container.stage === 'stopping';
}

/** Whether a container counts for what is said of its Pod: init containers do so only until they are done, ephemeral ones never. */
export function isCounted({ kind }: ContainerRecord): boolean {
  return kind === 'main' || kind === 'sidecar';
}

/** A container that has not been created. */
function newContainerRecord(spec: Container, kind: ContainerRecord['kind']): ContainerRecord {
  return {
    name: spec.name,
    kind,
    stage: 'idle',
    attempt: 0,
    token: 0,
    containerID: '',
    instance: '',
    startedAtMs: 0,
    startedAt: '',
    retryAtMs: 0,
    started: false,
    ready: false,
    probes: {},
  };
}

/** A Pod's containers, none of them created. */
export function newContainerRecords(pod: Pod): ContainerRecord[] {
  const records: ContainerRecord[] = [];
  for (const spec of pod.spec.initContainers ?? NONE) {
    records.push(newContainerRecord(spec, spec.restartPolicy === 'Always' ? 'sidecar' : 'init'));
  }
  for (const spec of pod.spec.containers) records.push(newContainerRecord(spec, 'main'));
  return withEphemeral(records, pod);
}

/** The same containers and the ephemeral ones that the Pod has got since. */
export function withEphemeral(containers: readonly ContainerRecord[], { spec }: Pod): ContainerRecord[] {
  const added = (spec.ephemeralContainers ?? NONE).filter(({ name }) => !containers.some((one) => one.name === name));
  return [...containers, ...added.map((one) => newContainerRecord(one, 'ephemeral'))];
}

/** Stores a changed record and returns it. */
export function putPod(memory: KubeletMemory, record: PodRecord): PodRecord {
  memory.pods.set(record.uid, record);
  return record;
}

/** Stores a changed container of a record and returns the changed record. */
export function putContainer(
  memory: KubeletMemory,
  record: PodRecord,
  index: number,
  change: Partial<ContainerRecord>,
  podChange?: Partial<PodRecord>,
): PodRecord {
  const containers = record.containers.slice();
  containers[index] = { ...(containers[index] as ContainerRecord), ...change };
  const changed = podChange ? { ...record, ...podChange, containers } : { ...record, containers };
  return putPod(memory, changed);
}

/** A number that no earlier timer of this kubelet carries. */
export function freshToken(memory: KubeletMemory): number {
  return memory.nextToken++;
}
