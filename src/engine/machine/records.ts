/**
 * What a machine remembers: the world state of one node, plain data in checkpoints. Records are replaced, never mutated; a timer
 * carries the token of the process it is about, so a stale one is ignored.
 */
import type { StreamWake } from '../api/pod-streams';
import type { Context, Memory } from '../client/component';
import type { Series } from '../measures/series';
import type { UsageProfile } from '../measures/usage';
import type { ProgramConfig } from '../simulation';
import type { ContainerLog } from './container-log';
import type { ContainerStatus, Files, NodeImage, Sandbox } from './cri';
import type { ExecSession } from './exec-session';
import type { Behaviour } from './image-behaviour';
import { type Amounts, type Load, NO_LOAD, type NodeCapacity } from './load-sums';
import type { NetworkOfPod } from './network-face';
import { type KernelNetwork, newKernelNetwork } from './packet-rules';
import type { AddressBlock } from './pod-ip';
import type { Arrived } from './shell/accept';
import type { ProcessTable } from './shell/shell';

/** Where a volume lies: in which of the machine's or the shared volumes, and from which path on. */
export interface VolumePlace {
  readonly volume: string;
  readonly path: string;
  /** Whose it is, where not everybody may write to it: root's, or a group's too that it is given (fsGroup). */
  readonly owner?: 'root' | 'group';
  /** What it lies on, other than the node's disk. */
  readonly disk?: VolumeDisk;
}

/** The file system of a volume. */
export interface VolumeDisk {
  /** What is mounted, and as what. */
  readonly source: string;
  readonly type: string;
  /** Default: as many as the node's disk has. */
  readonly bytes?: number;
}

/** A volume mounted into a container. */
export interface Mount {
  readonly path: string;
  /** Its key among the machine's volumes. */
  readonly volume: string;
  readonly subPath: string;
  readonly readOnly: boolean;
}

/** One instance of a container. */
export interface MachineContainer extends ContainerStatus {
  readonly behaviour: Behaviour;
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** Files of the image and of its own; those of volumes are the volumes'. */
  readonly files: Files;
  /** Timers of its process carry it. */
  readonly token: number;
  /** What it has printed. */
  readonly log: ContainerLog;
  /** The step in which it began, if it has. */
  readonly startedStep?: number;
  /** When it was first asked to stop, and the step in which that was done. */
  readonly stopAskedMs?: number;
  readonly stopAskedStep?: number;
  /** How often the kubelet that asked for its end was gone before, and what it had asked for forgotten with it. */
  readonly killsForgotten?: number;
  /** What has come over the network for programs of its shell that listen, and that they have not read. */
  readonly arrived?: readonly Arrived[];
  /** What it uses beside what programs of its shell use, once these have used something. */
  readonly resting?: UsageProfile;
  /** The number of its first process, where that is not 1. */
  readonly pid?: number;
  /** The processes of its shell, where that runs it, and when they are woken next. */
  readonly shell?: ProcessTable;
  readonly shellWakeMs?: number;
  /** When its server began, if it is one; kept when it has exited. */
  readonly servingSinceMs?: number;
  /** Its shell goes on, and the server that it had begun is gone. */
  readonly hasServed?: true;
  /** The number of the worker of its nginx, once that has read its configuration again. */
  readonly worker?: number;
  /** What it held when it was made: what is written beside it takes room on the disk. */
  readonly brought: Files;
  /** How readily the kernel kills it when memory runs out. */
  readonly oomScoreAdj: number;
  /** The most that it may come to, while it runs. */
  readonly peak?: Amounts;
  /** The step that led to its end. */
  readonly endedStep?: number | null;
}

/** A sandbox with what only the machine knows of it. */
export interface MachineSandbox extends Sandbox {
  readonly address?: number;
  readonly madeAtMs: number;
  readonly stoppedAtMs?: number;
  /** Ids of its containers, the oldest first. */
  readonly containers: readonly string[];
}

/** A Pod that is no longer on the machine, kept for requests of a moment ago. */
export interface DepartedPod {
  readonly sandbox: MachineSandbox;
  readonly containers: readonly MachineContainer[];
  readonly atMs: number;
}

/** Times between which something was amiss; `untilMs` is -1 while it is. */
export interface Outage {
  readonly sinceMs: number;
  readonly untilMs: number;
  /** The step that brought it about. */
  readonly step: number | null;
}

/** The memory of one machine. */
export interface MachineMemory extends Memory {
  /** By Pod uid. */
  readonly sandboxes: Map<string, MachineSandbox>;
  /** By container id. */
  readonly containers: Map<string, MachineContainer>;
  readonly images: Map<string, NodeImage>;
  /** By `<Pod uid>/<volume>`, or `host` for the node's own files. */
  readonly volumes: Map<string, Files>;
  /** When the kubelet filled those it fills, in the form of a timestamp. */
  readonly filled: Map<string, string>;
  /** Where volumes of Pods lie that are not by themselves, by `<Pod uid>/<volume>`. */
  readonly places: Map<string, VolumePlace>;
  /** Who is to be woken, once, when a container prints or ends, by container id. */
  readonly followers: Map<string, readonly StreamWake[]>;
  /** Commands that run in containers and are watched, by their session. */
  readonly execs: Map<string, ExecSession>;
  /** Address → Pod uid. */
  readonly addresses: Map<number, string>;
  /** How many requests programs of its Pods sent to a container, by its id: a source's `byContainer`. */
  readonly sent: Map<string, Series>;
  /** The oldest first. */
  departed: readonly DepartedPod[];
  readonly network: KernelNetwork;
  /** The last time without power. */
  powerCut: Outage | undefined;
  /** The last time without a connection to the other machines. */
  partition: Outage | undefined;
  block: AddressBlock | undefined;
  lastAddress: number;
  /** True while a crash lasts. */
  isOff: boolean;
  bootedAtMs: number;
  nextToken: number;
  readonly capacity: NodeCapacity;
  /** How much of it must be left: what crossing a threshold of the kubelet means. */
  readonly marks: Amounts;
  /** Faults that take what there is. */
  readonly pressed: Set<string>;
  /** What is used beside Pods, and by what runs at most. */
  load: Load;
  /** The most that files without content of their own come to. */
  holeBytes: number;
  /** When memory will run out, by what it runs out for: the node, or the uid of a Pod with a limit of its own. */
  readonly oomAtMs: Map<string, number>;
}

/** The context of a machine. */
export type MachineContext = Context<MachineMemory>;

/** What surrounds a node and its machine can't know by itself. */
export interface Surroundings {
  /** The network of a Pod's programs. */
  readonly networkOf: NetworkOfPod;
}

/** One machine while something happens to it. */
export interface Machine {
  readonly context: Context<MachineMemory>;
  readonly node: string;
  readonly programs: readonly ProgramConfig[];
  readonly surroundings: Surroundings;
  /** The step that led to what happens; undefined: the step that this becomes. */
  readonly cause?: number | null;
}

/** The memory of a machine that has just been bought. */
export function initialMemory(capacity: NodeCapacity, marks: Amounts): MachineMemory {
  return {
    capacity,
    marks,
    pressed: new Set(),
    load: NO_LOAD,
    holeBytes: 0,
    oomAtMs: new Map(),
    sandboxes: new Map(),
    containers: new Map(),
    images: new Map(),
    volumes: new Map(),
    filled: new Map(),
    places: new Map(),
    followers: new Map(),
    execs: new Map(),
    addresses: new Map(),
    sent: new Map(),
    departed: [],
    network: newKernelNetwork(),
    powerCut: undefined,
    partition: undefined,
    block: undefined,
    lastAddress: 0,
    isOff: false,
    bootedAtMs: 0,
    nextToken: 1,
  };
}

/** Stores a changed container and returns it. */
export function putContainer(
  { context }: Machine,
  container: MachineContainer,
  change: Partial<MachineContainer>,
): MachineContainer {
  const changed = { ...container, ...change };
  context.memory.containers.set(container.id, changed);
  return changed;
}

/** A number that no earlier timer of this machine carries. */
export function freshToken({ context }: Machine): number {
  return context.memory.nextToken++;
}

/** The key of a process's timers. */
export const timerKey = ({ id, token }: MachineContainer): string => `${id}/${token}`;

/** The container a timer is about, if it is not stale, and what the key says beside it. */
export function timerTarget(machine: Machine, key: string): { container: MachineContainer; rest: string } | undefined {
  const [id = '', token = '', rest = ''] = key.split('/');
  const container = machine.context.memory.containers.get(id);
  if (container?.state !== 'running' || container.token !== Number(token)) return undefined;
  return { container, rest };
}
