/** The container runtime of a machine, as its agents ask it. See cri.ts for what each call means. */
import type { StreamWake } from '../api/pod-streams';
import type { Container, Pod, ResourceRequirements } from '../api/types';
import { type Usage, usageAt } from '../measures/usage';
import { answerFrom } from './ask-database';
import { EMPTY_LOG, linesFrom } from './container-log';
import { follow } from './container-output';
import { creationProblem } from './creation-problem';
import type {
  ContainerConfig,
  ContainerStatus,
  ExecResult,
  Files,
  HostEntry,
  HttpAnswer,
  NodeImage,
  NodeUsage,
  PodUsage,
  PullError,
  RuntimeService,
  Sandbox,
} from './cri';
import { execSync, STOPPED } from './exec';
import { beginExec, type ExecRequest, fetchExec, writeStdin } from './exec-session';
import { bringFiles, mountAll, pathOnHost, volumeFiles, withPinnedFiles, writeVolume } from './filesystem';
import { randomHex64 } from './hex';
import { hostEntry, makeHostEntry, manifestsOf } from './host-entries';
import { behaviourOn } from './image-behaviour';
import { imagesInUse, inspectError, pullImage, pullMs, removeImage } from './images';
import { isListening, speaksGrpc } from './listeners';
import { cpuLimit, forgetContainer, mayUse, nodeUsage, podUsage, recount } from './load';
import type { Bounds, NodeCapacity } from './load-sums';
import { filesBrought, startError } from './missing-program';
import { mountError } from './mount-error';
import { bootIdOf, nodeNetwork } from './node-itself';
import { filesInMemory, watchMemory } from './oom';
import type { AddressBlock } from './pod-ip';
import { forgetKills, startProcess, stopProcess } from './process';
import { markExited, NEVER_STARTED, NOT_ENDED } from './process-end';
import { freshToken, type Machine, type MachineContainer, type MachineMemory, type VolumePlace } from './records';
import { noteAllocation, removeSandbox, runSandbox, stopSandbox } from './sandboxes';
import { shellHost } from './shell-host';

/** How long a container is remembered after its successors: the kubelet's garbage collection keeps the last that ended. */
const KEPT_INSTANCES = 2;

/** See the header. */
export class MachineRuntime implements RuntimeService {
  private readonly memory: MachineMemory;

  constructor(private readonly machine: Machine) {
    this.memory = machine.context.memory;
  }

  get capacity(): NodeCapacity {
    return this.memory.capacity;
  }

  get bootId(): string {
    return bootIdOf(this.machine);
  }

  setPodCidr(block: AddressBlock): void {
    if (this.memory.block?.base !== block.base) Object.assign(this.memory, { block, lastAddress: block.base });
  }

  imageStatus(image: string): NodeImage | undefined {
    return this.memory.images.get(image);
  }

  inspectError(pod: Pod, spec: Container): string | undefined {
    return inspectError(this.machine, pod, spec);
  }

  listImages(): readonly NodeImage[] {
    return [...this.memory.images.values()];
  }

  imagesInUse(): ReadonlySet<string> {
    return imagesInUse(this.machine.context);
  }

  removeImage(id: string): void {
    removeImage(this.machine.context, id);
  }

  pullMs(pod: Pod, spec: Container): number {
    return pullMs(this.machine, pod, spec);
  }

  pullImage(pod: Pod, spec: Container, registries: readonly string[]): PullError | undefined {
    return pullImage(this.machine, pod, spec, registries);
  }

  hasRuntimeHandler(handler: string): boolean {
    return handler === '' || handler === 'runc';
  }

  runPodSandbox(pod: Pod): Sandbox | undefined {
    return runSandbox(this.machine, pod);
  }

  stopPodSandbox(podUid: string): void {
    stopSandbox(this.machine, podUid);
  }

  removePodSandbox(podUid: string): void {
    removeSandbox(this.machine, podUid);
  }

  updatePodSandboxResources(pod: Pod): void {
    noteAllocation(this.machine, pod);
  }

  podSandboxStatus(podUid: string): Sandbox | undefined {
    return this.memory.sandboxes.get(podUid);
  }

  listPodSandboxes(): readonly Sandbox[] {
    return [...this.memory.sandboxes.values()];
  }

  createContainer(podUid: string, config: ContainerConfig): ReturnType<RuntimeService['createContainer']> {
    const { machine, memory } = this;
    const sandbox = memory.sandboxes.get(podUid);
    if (!sandbox) throw new Error(`${machine.context.actor}: a container without a sandbox (Pod ${podUid})`);
    const { spec, attempt, environment, oomScoreAdj = 0 } = config;
    const behaviour = behaviourOn(machine, sandbox.pod, spec);
    const id = randomHex64(machine.context.random);
    const problem = creationProblem(machine, sandbox.pod, spec, behaviour, id);
    if (problem !== undefined) return { error: problem };
    const brought = filesBrought(withPinnedFiles(machine.context, sandbox.pod, spec, behaviour.files), spec);
    const container: MachineContainer = {
      id,
      podUid,
      name: spec.name,
      attempt,
      state: 'created',
      startedAt: '',
      startedAtMs: 0,
      ...NOT_ENDED,
      spec,
      behaviour,
      environment,
      mounts: mountAll(machine.context, sandbox.pod, spec),
      files: brought,
      brought,
      oomScoreAdj,
      log: EMPTY_LOG,
      token: freshToken(machine),
    };
    memory.containers.set(id, container);
    const ids = [...sandbox.containers, id];
    const same = ids.filter((one) => memory.containers.get(one)?.name === spec.name);
    const dropped = new Set(same.slice(0, -KEPT_INSTANCES));
    for (const one of dropped) forgetContainer(machine.context, one);
    memory.sandboxes.set(podUid, { ...sandbox, containers: ids.filter((one) => !dropped.has(one)) });
    return { id, tookMs: behaviour.startMs };
  }

  startContainer(id: string): string | undefined {
    const container = this.memory.containers.get(id);
    if (container?.state !== 'created') return undefined;
    const error = startError(container, () => shellHost(this.machine, container), mountError(this.machine, container));
    if (error === undefined) {
      startProcess(this.machine, container);
      watchMemory(this.machine, id);
    } else {
      const stillborn = { ...container, startedAt: NEVER_STARTED, startedAtMs: this.machine.context.nowMs };
      markExited(this.machine, stillborn, { exitCode: 128, reason: 'StartError', message: error });
    }
    return error;
  }

  stopContainer(id: string, graceMs: number): void {
    const container = this.memory.containers.get(id);
    if (container?.state === 'running') stopProcess(this.machine, container, graceMs);
  }

  readonly forgetKills = (): void => forgetKills(this.machine);

  updateContainerResources(id: string, resources: ResourceRequirements): void {
    const container = this.memory.containers.get(id);
    if (container?.state !== 'running') return;
    recount(this.machine.context, { ...container, spec: { ...container.spec, resources } });
    watchMemory(this.machine, id);
  }

  removeContainer(id: string): void {
    const container = this.memory.containers.get(id);
    const sandbox = container && this.memory.sandboxes.get(container.podUid);
    if (!container || !sandbox) return;
    forgetContainer(this.machine.context, id);
    const containers = sandbox.containers.filter((one) => one !== id);
    this.memory.sandboxes.set(container.podUid, { ...sandbox, containers });
  }

  listContainers(podUid: string): readonly ContainerStatus[] {
    return this.containersOf(podUid);
  }

  containerStatus(id: string): ContainerStatus | undefined {
    return this.memory.containers.get(id);
  }

  containerStats(id: string, atMs: number, requestsPerSecond?: number): Usage | undefined {
    const container = this.memory.containers.get(id);
    if (!container || container.state === 'created' || atMs < container.startedAtMs) return undefined;
    if (container.state === 'exited' && atMs >= container.finishedAtMs) return undefined;
    const { startedAtMs } = container;
    const cpuLimitMilli = cpuLimit(this.machine.context, container);
    const usage = usageAt(container.behaviour.usage, { atMs, startedAtMs, requestsPerSecond, cpuLimitMilli });
    return { ...usage, memoryBytes: usage.memoryBytes + filesInMemory(this.machine.context, container) };
  }

  podUsage(podUid: string): PodUsage | undefined {
    const sandbox = this.memory.sandboxes.get(podUid);
    return sandbox?.ready ? podUsage(this.machine.context, sandbox) : undefined;
  }

  nodeUsage(): NodeUsage {
    return nodeUsage(this.machine.context);
  }

  mayUse(bounds: Bounds): boolean {
    return mayUse(this.machine.context, bounds);
  }

  isServer(id: string): boolean {
    return (this.memory.containers.get(id)?.behaviour.listeners.length ?? 0) > 0;
  }

  containerLog(id: string, from: number): ReturnType<RuntimeService['containerLog']> {
    return linesFrom(this.memory.containers.get(id)?.log, from);
  }

  followContainer(id: string, follower: StreamWake): void {
    follow(this.machine, id, follower);
  }

  exec(id: string, request: ExecRequest): ReturnType<RuntimeService['exec']> {
    const container = this.memory.containers.get(id);
    return container?.state === 'running' ? beginExec(this.machine, container, request) : { error: STOPPED };
  }

  readonly fetchExec = (session: string, wake: StreamWake) => fetchExec(this.machine, session, wake);

  readonly writeStdin = (id: string, text: string): void => writeStdin(this.machine, id, text);

  execSync(id: string, command: readonly string[], limitMs: number): ExecResult {
    return execSync(this.machine, this.memory.containers.get(id), command, limitMs);
  }

  get network() {
    return nodeNetwork(this.machine);
  }

  httpGet(podUid: string, port: number, path: string): HttpAnswer | undefined {
    return answerFrom(this.machine, podUid, this.containersOf(podUid), port, path);
  }

  portProbe(podUid: string, port: number): boolean {
    return this.containersOf(podUid).some((one) => isListening(one, port, this.machine.context.nowMs));
  }

  grpcProbe(podUid: string, port: number): boolean {
    return speaksGrpc(this.containersOf(podUid), port, this.machine.context.nowMs);
  }

  readVolume(podUid: string, volume: string, path: string): string | undefined {
    return volumeFiles(this.machine.context, `${podUid}/${volume}`)[pathOnHost(path)];
  }

  writeVolume(podUid: string, volume: string, files: Files): boolean {
    return writeVolume(this.machine.context, `${podUid}/${volume}`, files);
  }

  placeVolume(podUid: string, volume: string, place: VolumePlace, initial: Files): void {
    this.memory.places.set(`${podUid}/${volume}`, place);
    bringFiles(this.machine.context, place, initial);
  }

  manifests(): Files {
    return manifestsOf(this.machine.context);
  }

  hostEntry(path: string): HostEntry | undefined {
    return hostEntry(this.machine, path);
  }

  makeHostEntry(path: string, kind: 'file' | 'directory'): void {
    makeHostEntry(this.machine.context, path, kind);
  }

  private containersOf(podUid: string): MachineContainer[] {
    const ids = this.memory.sandboxes.get(podUid)?.containers ?? [];
    return ids.map((id) => this.memory.containers.get(id) as MachineContainer);
  }
}
