/**
 * What an agent can ask of its machine: the face of the container runtime. Everything is synchronous; what takes time says how long, and
 * the caller waits. Processes end by themselves, whether anybody asks or not.
 * Follows staging/src/k8s.io/cri-api/pkg/apis/services.go (RuntimeService, ImageManagerService). Simplified: a sandbox and its containers
 * are known by the Pod's uid, a sandbox carries its Pod's manifest in place of labels and annotations, and StopContainer goes on
 * when its caller dies.
 */
import type { StreamWake } from '../api/pod-streams';
import type { Container, Pod, ResourceRequirements } from '../api/types';
import type { Usage } from '../measures/usage';
import type { Printed } from './container-log';
import type { ExecRequest } from './exec-session';
import type { Bounds, NodeCapacity } from './load-sums';
import type { ShellNetwork } from './network-face';
import type { AddressBlock } from './pod-ip';
import type { VolumePlace } from './records';
import type { Output } from './shell/output';
import type { Pass } from './sites';
import type { DatabaseAddress } from './wordpress';

export { type LogLine, loggedText, type Printed } from './container-log';

/** Contents by path. */
export type Files = Readonly<Record<string, string>>;

/** What is found at a path of the node's. */
export type HostEntry = 'file' | 'directory' | 'socket' | 'device';

/** An image on the node. */
export interface NodeImage {
  readonly id: string;
  readonly sizeBytes: number;
  readonly names: readonly string[];
  readonly pulledAtMs: number;
  /** Until when a container was made of it that is gone; -1: none was. */
  readonly usedUntilMs: number;
  /** The registry whose credentials were needed for it. */
  readonly credentials?: string;
}

/** Why an image could not be pulled: a waiting reason and the runtime's words. */
export interface PullError {
  readonly reason: string;
  readonly message: string;
  /** The runtime's own words, where the kubelet has found others for the waiting message. */
  readonly text?: string;
}

/** The network and the lifetime that a Pod's containers share. */
export interface Sandbox {
  /** The Pod as it was when the sandbox was made, with the resources that it has been allocated since. */
  readonly pod: Pod;
  /** Empty for Pods in the node's own network. */
  readonly ip: string;
  /** False once it was stopped or the machine was off. */
  readonly ready: boolean;
}

/** What a container is made of. */
export interface ContainerConfig {
  readonly spec: Container;
  readonly attempt: number;
  readonly environment: Readonly<Record<string, string>>;
  /** How readily the kernel kills it when memory runs out, from -1000 to 1000; default 0. */
  readonly oomScoreAdj?: number;
}

/** What one container uses now. */
export interface ContainerUsage {
  readonly name: string;
  readonly memoryBytes: number;
  /** Its writable layer. */
  readonly rootfsBytes: number;
  /** The files in it. */
  readonly rootfsInodes: number;
  readonly logBytes: number;
  readonly processes: number;
}

/** What a volume holds that counts for its Pod. */
export interface VolumeUsage {
  readonly name: string;
  readonly bytes: number;
  readonly inodes: number;
  /** It lies in memory. */
  readonly isMemory: boolean;
}

/** What the Pod of a sandbox uses now. */
export interface PodUsage {
  readonly memoryBytes: number;
  readonly processes: number;
  /** Those that run. */
  readonly containers: readonly ContainerUsage[];
  readonly volumes: readonly VolumeUsage[];
}

/** What a node has and what is used of it. */
export interface NodeUsage {
  readonly capacity: NodeCapacity;
  readonly memoryBytes: number;
  /** Of them, what Pods use. */
  readonly podMemoryBytes: number;
  readonly diskBytes: number;
  readonly inodes: number;
  readonly processes: number;
}

/** How one instance of a container stands. */
export interface ContainerStatus {
  readonly id: string;
  readonly podUid: string;
  readonly name: string;
  /** 1 for the first instance of its name. */
  readonly attempt: number;
  readonly state: 'created' | 'running' | 'exited';
  /** metav1.Time; empty before. */
  readonly startedAt: string;
  readonly startedAtMs: number;
  readonly finishedAt: string;
  readonly finishedAtMs: number;
  /** Its process has ended within the moment in which it began, and that is about to be noticed. */
  readonly isBrief?: boolean;
  /** What follows is set once it has exited. */
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string;
  /** What it was made of, with the resources that it has now. */
  readonly spec: Container;
}

/** An instance that was made. */
export interface CreatedContainer {
  readonly id: string;
  readonly tookMs: number;
}

/** What a command run inside a container comes to. */
export interface ExecResult {
  readonly code: number;
  readonly output: string;
  readonly tookMs: number;
  /** It could not be started at all: the runtime's words. */
  readonly error?: string;
}

/** An answer to an HTTP request. */
export interface HttpAnswer {
  readonly status: number;
  readonly latencyMs: number;
  /** It was given over TLS, as it is to whoever speaks it. */
  readonly tls: boolean;
  /** The path that it sends on to. */
  readonly location?: string;
  /** The program has to ask its database before: without it there is none but a 500. */
  readonly database?: DatabaseAddress;
  /** It passes the request on, and answers what comes of that. */
  readonly pass?: Pass;
  /** What it says, where that is known; else where the files are that it gives. */
  readonly text?: string;
  readonly file?: string;
}

/** See the header. */
export interface RuntimeService {
  /** What the machine has. */
  readonly capacity: NodeCapacity;
  /** Differs after each boot. */
  readonly bootId: string;
  /** The addresses that sandboxes get (UpdateRuntimeConfig). */
  setPodCidr(block: AddressBlock): void;

  imageStatus(image: string): NodeImage | undefined;
  /** Why the runtime can't tell whether it has an image, if so. */
  inspectError(pod: Pod, spec: Container): string | undefined;
  listImages(): readonly NodeImage[];
  /** Ids of images of which there are containers, running or not. */
  imagesInUse(): ReadonlySet<string>;
  removeImage(id: string): void;
  /** How long pulling an image for a container of a Pod takes from now. */
  pullMs(pod: Pod, spec: Container): number;
  /** The end of a pull: the image is there, or why it is not. `registries` are those for which there are credentials. */
  pullImage(pod: Pod, spec: Container, registries: readonly string[]): PullError | undefined;

  /** Whether sandboxes can be run by this runtime handler (Status). */
  hasRuntimeHandler(handler: string): boolean;
  /** Gives the Pod a sandbox, a new one if its old one is not ready; undefined when no address is free. */
  runPodSandbox(pod: Pod): Sandbox | undefined;
  /** Ends what still runs in it and frees its address. */
  stopPodSandbox(podUid: string): void;
  /** Forgets a Pod: its sandbox, containers and volumes. */
  removePodSandbox(podUid: string): void;
  /** Notes what the Pod has been allocated: an agent that begins anew finds it there. */
  updatePodSandboxResources(pod: Pod): void;
  podSandboxStatus(podUid: string): Sandbox | undefined;
  /** All sandboxes, ready or not, in the order in which they were made. */
  listPodSandboxes(): readonly Sandbox[];

  /** Makes an instance of a container in the Pod's sandbox, or says why it can't. */
  createContainer(podUid: string, config: ContainerConfig): CreatedContainer | { readonly error: string };
  /** Begins its process; returns the words of the runtime when it could not. */
  startContainer(id: string): string | undefined;
  /** SIGTERM now, SIGKILL after `graceMs`; asked again with less, SIGKILL comes sooner. */
  stopContainer(id: string, graceMs: number): void;
  /** A kubelet has started: what an earlier one asked to be killed is not, until it is asked for again. */
  forgetKills(): void;
  /** Gives one that runs other resources. */
  updateContainerResources(id: string, resources: ResourceRequirements): void;
  /** Forgets an instance; one that runs is killed without a word. */
  removeContainer(id: string): void;
  /** Instances of a Pod's containers, the oldest first. */
  listContainers(podUid: string): readonly ContainerStatus[];
  containerStatus(id: string): ContainerStatus | undefined;
  /** What an instance uses, or used at an earlier moment, under so many requests; undefined when it did not run then. */
  containerStats(id: string, atMs: number, requestsPerSecond?: number): Usage | undefined;
  /** What an instance has printed, without its first `from` lines. */
  containerLog(id: string, from: number): Printed;
  /** Begins a command in a container that somebody watches: its session, or why it can't be started. */
  exec(id: string, request: ExecRequest): { readonly session: string } | { readonly error: string };
  /** Fetches what such a command has printed, and how it has ended; wakes somebody, once, when there is more. */
  fetchExec(session: string, wake: StreamWake): { readonly output: readonly Output[]; readonly exit?: number };
  /** Writes to the standard input of an instance's process, where that is open. */
  writeStdin(id: string, text: string): void;
  /** Wakes somebody, once, when an instance prints or ends. */
  followContainer(id: string, follower: StreamWake): void;
  /** What the containers and volumes of a Pod use now; undefined without a sandbox that is ready. */
  podUsage(podUid: string): PodUsage | undefined;
  /** What is used of the node now. It walks all Pods: ask {@link RuntimeService.mayUse} first. */
  nodeUsage(): NodeUsage;
  /** Whether the use of the node may be more than this, now or later, as things stand: known without looking at any Pod. */
  mayUse(bounds: Bounds): boolean;
  /** Whether it has a port that answers, now or later. */
  isServer(id: string): boolean;

  /** Runs a command inside a container to its end, or until `limitMs` have passed. */
  execSync(id: string, command: readonly string[], limitMs: number): ExecResult;
  /** The node's own network, for what its agents send. */
  readonly network: ShellNetwork;
  /** GET on a port of the Pod; undefined: connection refused. */
  httpGet(podUid: string, port: number, path: string): HttpAnswer | undefined;
  /** Whether something accepts connections on a port of the Pod. */
  portProbe(podUid: string, port: number): boolean;
  /** Whether a port of the Pod speaks gRPC: programs whose protocol is not known are taken to. */
  grpcProbe(podUid: string, port: number): boolean;

  /** Says where a volume of a Pod lies; `initial` is what an empty one holds. */
  placeVolume(podUid: string, volume: string, place: VolumePlace, initial: Files): void;
  /** Texts of the files in the folder of static Pods' manifests, by name. */
  manifests(): Files;
  /** What is at a path of the node's. */
  hostEntry(path: string): HostEntry | undefined;
  /** Makes a file or directory of the node's. */
  makeHostEntry(path: string, kind: 'file' | 'directory'): void;
  /** What a file in a volume of a Pod holds; undefined when it is not there. */
  readVolume(podUid: string, volume: string, path: string): string | undefined;
  /** Puts files into a volume of a Pod, in place of what it held; false when it held the same. */
  writeVolume(podUid: string, volume: string, files: Files): boolean;
}
