/**
 * What the containers of a machine use, and what is used of the machine: memory, its one disk, process ids.
 * Follows what cAdvisor and containerd report for the kubelet's summary (pkg/kubelet/stats): memory is the working set, a container's
 * disk its writable layer and its log; images, volumes and logs lie on one file system.
 */
import { podLimits, withPodLimits } from '../api/pod-resources';
import { formatQuantity, quantityMilli, quantityValue } from '../api/quantity';
import type { Container, Pod } from '../api/types';
import { amountAt, ceilingOf, type Held } from '../measures/amount';
import { memoryOf } from '../measures/usage';
import type { ContainerUsage, Files, NodeUsage, PodUsage, VolumeUsage } from './cri';
import { HOST, placeBehind, volumeFiles } from './filesystem';
import { type Amounts, type Bounds, counted, type Load, mayExceed, NO_AMOUNTS } from './load-sums';
import { listed } from './neighbours';
import type { MachineContainer, MachineContext, MachineSandbox, Mount } from './records';
import { MAX_FILES } from './shell/host';
import type { Space } from './shell/paths';
import { HOLE_SUFFIX, isFileKey } from './shell/paths';
import { MAX_PROCESSES } from './shell/processes';

const NANO = 1_000_000_000n;
const PAGE = 4096;
/** What an image takes of inodes: one for so many bytes. */
const BYTES_PER_INODE = 20_000;
/** The most that the files of one container or volume hold (the shell's own limit, shell/host.ts). */
const MAX_FILES_BYTES = 2 * 1024 * 1024;

/** How many entries of a file system files take. */
function inodesOf(files: Files, except: Files = {}): number {
  if (files === except) return 0;
  let count = 0;
  for (const path in files) if (isFileKey(path) && files[path] !== except[path]) count++;
  return count;
}

/** What a file system's files take, perhaps those below a directory. */
export function bytesOf(files: Files, except: Files = {}, below = ''): number {
  if (files === except) return 0;
  let bytes = 0;
  for (const path in files) {
    const content = files[path] as string;
    if (content === except[path] || !path.startsWith(below)) continue;
    if (isFileKey(path)) bytes += content.length;
    else if (path.endsWith(HOLE_SUFFIX)) bytes += Number(content);
  }
  return bytes;
}

/** What a program has written that has no content of its own, as dd from /dev/zero: it makes room for that in what may be used. */
export function noteHoles({ memory }: MachineContext, before: Files, after: Files): void {
  for (const path in after) {
    if (path.endsWith(HOLE_SUFFIX) && after[path] !== before[path]) memory.holeBytes += Number(after[path]);
  }
}

const held = (container: MachineContainer, amount: Held['amount']): Held => ({
  amount,
  sinceMs: container.startedAtMs,
});

/** The memory of a container as it goes on. */
export const memoryHeld = (container: MachineContainer): Held => held(container, memoryOf(container.behaviour.usage));

/** The memory that a container may have at most; infinite without a limit. */
export function memoryLimit({ spec }: Pick<MachineContainer, 'spec'>): number {
  const limit = quantityValue(spec.resources?.limits?.memory);
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

/** What a container was made of, with the limits of its Pod where it has none. */
export function limitedSpec({ memory }: MachineContext, { spec, podUid }: MachineContainer): Container {
  const resources = withPodLimits(spec.resources, memory.sandboxes.get(podUid)?.pod.spec.resources?.limits);
  return resources === spec.resources ? spec : { ...spec, resources };
}

/** The most CPU that a container may have, in thousandths; undefined without a limit. */
export function cpuLimit(context: MachineContext, container: MachineContainer): number | undefined {
  const limit = limitedSpec(context, container).resources?.limits?.cpu;
  return limit === undefined ? undefined : quantityMilli(limit);
}

function peakOf(container: MachineContainer): Amounts {
  const { disk, processes } = container.behaviour.usage;
  return {
    memoryBytes: Math.min(ceilingOf(memoryHeld(container)), memoryLimit(container)),
    diskBytes: disk ? ceilingOf(held(container, disk)) : 0,
    processes: processes ? ceilingOf(held(container, processes)) : MAX_PROCESSES,
  };
}

/** A container has begun to run: counts it in. */
export function countIn({ memory }: MachineContext, container: MachineContainer): MachineContainer {
  const peak = peakOf(container);
  memory.load = counted(memory.load, peak, 1);
  return { ...container, peak };
}

/** The resources of one that runs have changed: counts it anew. */
export function recount(context: MachineContext, container: MachineContainer): void {
  const { memory } = context;
  if (container.peak) memory.load = counted(memory.load, container.peak, -1);
  memory.containers.set(container.id, countIn(context, container));
}

/** A container runs no more: what it has written stays until it is removed. */
export function countOut({ memory }: MachineContext, { peak }: MachineContainer): Amounts | undefined {
  if (!peak) return undefined;
  memory.load = counted(memory.load, { ...peak, diskBytes: 0 }, -1);
  return { ...NO_AMOUNTS, diskBytes: peak.diskBytes };
}

/** A container is removed with what it has written, and killed without a word if it still ran. */
export function forgetContainer({ memory, nowMs }: MachineContext, id: string): void {
  const { peak, spec } = memory.containers.get(id) ?? {};
  const image = memory.images.get(spec?.image ?? '');
  if (image) memory.images.set(spec?.image ?? '', { ...image, usedUntilMs: nowMs });
  if (peak) memory.load = counted(memory.load, peak, -1);
  memory.containers.delete(id);
}

const SHARED = '/dev/shm';
/** What containerd gives the file system there. */
const SHARED_BYTES = 64 * 1024 * 1024;

/** What a container has written to /dev/shm, which lies in memory. */
export const sharedMemory = ({ files, brought }: MachineContainer): number => bytesOf(files, brought, `${SHARED}/`);

/** What is written to the own file system of a container. */
function writtenBytes(container: MachineContainer, nowMs: number): number {
  const { disk } = container.behaviour.usage;
  const until = container.state === 'exited' ? container.finishedAtMs : nowMs;
  const grown = disk && container.state !== 'created' ? amountAt(held(container, disk), until) : 0;
  return grown + bytesOf(container.files, container.brought) - sharedMemory(container);
}

const logBytes = ({ log }: MachineContainer): number => log.size;

/** Memory is had by the page, and disks are written by the block, of 4 KiB both. */
const wholePages = (bytes: number): number => Math.ceil(bytes / PAGE) * PAGE;

function containerUsage(container: MachineContainer, nowMs: number): ContainerUsage {
  const { processes } = container.behaviour.usage;
  return {
    name: container.name,
    memoryBytes: wholePages(amountAt(memoryHeld(container), nowMs) + sharedMemory(container)),
    rootfsBytes: wholePages(writtenBytes(container, nowMs)),
    rootfsInodes: inodesOf(container.files, container.brought),
    logBytes: wholePages(logBytes(container)),
    processes: processes ? amountAt(held(container, processes), nowMs) : listed(container).length,
  };
}

/** Volumes that count for a Pod: those that go with it, and what it keeps on its node. */
function volumesOf(context: MachineContext, { pod }: MachineSandbox): VolumeUsage[] {
  const usages: VolumeUsage[] = [];
  for (const { name, emptyDir } of pod.spec.volumes ?? []) {
    if (!emptyDir) continue;
    const files = volumeFiles(context, `${pod.metadata.uid}/${name}`);
    const isMemory = emptyDir.medium === 'Memory';
    usages.push({ name, bytes: bytesOf(files), inodes: inodesOf(files), isMemory });
  }
  return usages;
}

/** What a Pod uses now. */
export function podUsage(context: MachineContext, sandbox: MachineSandbox): PodUsage {
  const { memory, nowMs } = context;
  const containers: ContainerUsage[] = [];
  for (const id of sandbox.containers) {
    const container = memory.containers.get(id);
    if (container?.state === 'running') containers.push(containerUsage(container, nowMs));
  }
  const volumes = volumesOf(context, sandbox);
  let memoryBytes = 0;
  let processes = 0;
  for (const one of containers) {
    memoryBytes += one.memoryBytes;
    processes += one.processes;
  }
  for (const { bytes, isMemory } of volumes) if (isMemory) memoryBytes += bytes;
  return { memoryBytes, processes, containers, volumes };
}

const imageInodes = ({ imageBytes }: Load): number => Math.ceil(imageBytes / BYTES_PER_INODE);

/** What is used of the node now. */
export function nodeUsage(context: MachineContext): NodeUsage {
  const { memory, nowMs } = context;
  const { outside, imageBytes } = memory.load;
  let podMemoryBytes = 0;
  let { diskBytes, processes } = outside;
  let inodes = imageInodes(memory.load);
  for (const sandbox of memory.sandboxes.values()) {
    const usage = podUsage(context, sandbox);
    podMemoryBytes += usage.memoryBytes;
    processes += usage.processes;
    for (const volume of usage.volumes) {
      if (volume.isMemory) continue;
      diskBytes += volume.bytes;
      inodes += volume.inodes;
    }
  }
  for (const container of memory.containers.values()) {
    diskBytes += writtenBytes(container, nowMs) + logBytes(container);
    inodes += inodesOf(container.files, container.brought);
  }
  const own = volumeFiles(context, HOST);
  diskBytes += imageBytes + bytesOf(own);
  inodes += inodesOf(own);
  return {
    capacity: memory.capacity,
    memoryBytes: wholePages(podMemoryBytes + outside.memoryBytes),
    podMemoryBytes: wholePages(podMemoryBytes),
    diskBytes: wholePages(diskBytes),
    inodes,
    processes,
  };
}

/**
 * The size of a volume that lies in memory: its own limit, that of its Pod if all of it has one, or all memory. Undefined for any other.
 * Follows calculateEmptyDirMemorySize of pkg/volume/emptydir/empty_dir.go.
 */
function memorySize({ memory }: MachineContext, { spec }: Pod, mount: Mount | undefined): number | undefined {
  const volume = spec.volumes?.find(({ name }) => mount?.volume.endsWith(`/${name}`));
  const { emptyDir } = volume ?? {};
  // What the kubelet fills in lies in memory, too, but for ConfigMaps (wrappedVolumeSpec of these plugins).
  const isKept = volume?.secret ?? volume?.projected ?? volume?.downwardAPI;
  if (emptyDir?.medium !== 'Memory' && !isKept) return undefined;
  const limits = spec.containers.map(({ resources }) => resources?.limits?.memory);
  const isLimited = spec.resources?.limits?.memory !== undefined || !limits.includes(undefined);
  const ofPod = isLimited ? (podLimits({ spec }).get('memory') ?? 0) : 0;
  const sizes = [ofPod, quantityValue(emptyDir?.sizeLimit)].filter((bytes) => bytes > 0);
  return Math.min(memory.capacity.memoryBytes, ...sizes);
}

/** As {@link spaceAt}, for a path in a container. */
export function spaceIn(
  context: MachineContext,
  pod: Pod,
  container: MachineContainer,
  path: string,
  mount?: Mount,
): Space {
  const isShared = !mount && `${path}/`.startsWith(`${SHARED}/`);
  if (!isShared) return spaceAt(context, pod, mount);
  return { name: 'shm', total: SHARED_BYTES, used: sharedMemory(container) };
}

/** How large the file system at a place is, and how much of it is used. */
export function spaceAt(context: MachineContext, pod: Pod, mount: Mount | undefined): Space {
  const total = memorySize(context, pod, mount);
  if (total !== undefined) return { name: 'tmpfs', total, used: bytesOf(volumeFiles(context, mount?.volume ?? '')) };
  const disk = mount && placeBehind(context, pod, mount)?.disk;
  if (mount && disk?.bytes !== undefined)
    return { name: disk.source, type: disk.type, total: disk.bytes, used: bytesOf(volumeFiles(context, mount.volume)) };
  const name = disk?.source ?? (mount ? '/dev/sda1' : 'overlay');
  const type = disk ? { type: disk.type } : {};
  return { name, ...type, total: context.memory.capacity.diskBytes, used: nodeUsage(context).diskBytes };
}

/** How many bytes there is still room for in a file system. */
export const roomIn = ({ total, used }: Space): number => Math.max(0, total - used);

/** Whether the use of the node may be more than this, now or later. */
export function mayUse({ memory }: MachineContext, bounds: Bounds): boolean {
  const places = memory.containers.size + memory.volumes.size;
  const inodes = imageInodes(memory.load) + places * MAX_FILES;
  if (inodes > (bounds.inodes ?? Number.MAX_VALUE)) return true;
  return mayExceed(memory.load, bounds, places * MAX_FILES_BYTES + memory.holeBytes);
}

/** The words in which people are told of bytes: `100Mi`. */
export const sizeText = (bytes: number): string => formatQuantity({ nano: BigInt(bytes) * NANO, format: 'BinarySI' });
