/**
 * Images that no container uses are deleted when the disk is full: the one that was used longest ago first, and none that came just now.
 * Follows pkg/kubelet/images/image_gc_manager.go and StartGarbageCollection in pkg/kubelet/kubelet.go (every five minutes; 85 and 80 %,
 * two minutes). When an image was first seen and last used is known to those looks only, and worked out when somebody asks.
 */
import { parseDuration } from '../../api/duration';
import type { NodeImage } from '../../machine/cri';
import { type Kubelet, nodeEvent } from '../api-writes';

const PERIOD_MS = 300_000;
const DEFAULT_MIN_AGE_MS = 120_000;
const DEFAULT_HIGH = 85;
const DEFAULT_LOW = 80;

/** What was deleted. */
export interface Freed {
  readonly names: readonly string[];
  readonly bytes: number;
}

/** An image as garbage collection sees it. */
export interface SeenImage {
  readonly name: string;
  readonly sizeBytes: number;
  /** When a look first found it. */
  readonly detectedMs: number;
  /** When a look last found it in use; -1: never. */
  readonly usedMs: number;
}

const percentOf = ({ context }: Kubelet, flag: string, fallback: number): number =>
  Number(context.flag(flag) ?? fallback);

function minAgeMs({ context }: Kubelet): number {
  const parsed = parseDuration(context.flag('minimum-image-ttl-duration') ?? '');
  return 'ms' in parsed ? parsed.ms : DEFAULT_MIN_AGE_MS;
}

/** The looks are every five minutes from the start of the kubelet on. */
const lookBefore = (fromMs: number, atMs: number): number =>
  atMs < fromMs ? -1 : fromMs + Math.floor((atMs - fromMs) / PERIOD_MS) * PERIOD_MS;
const lookAfter = (fromMs: number, atMs: number): number =>
  fromMs + Math.ceil(Math.max(0, atMs - fromMs) / PERIOD_MS) * PERIOD_MS;

/** Images that no container uses, in the order in which they go. The look itself is remembered. */
function unusedImages({ context, runtime }: Kubelet): SeenImage[] {
  const { memory, nowMs } = context;
  const used = runtime.imagesInUse();
  const seen = runtime.listImages().flatMap((image: NodeImage): SeenImage[] => {
    const bySchedule = lookAfter(memory.startedMs, image.pulledAtMs);
    const detectedMs = Math.min(memory.imagesSeenMs.get(image.id) ?? nowMs, bySchedule);
    memory.imagesSeenMs.set(image.id, detectedMs);
    if (used.has(image.id)) return [];
    const usedMs = lookBefore(memory.startedMs, image.usedUntilMs);
    return [{ name: image.id, sizeBytes: image.sizeBytes, detectedMs, usedMs }];
  });
  return seen.sort((a, b) => a.usedMs - b.usedMs || a.detectedMs - b.detectedMs || (a.name < b.name ? -1 : 1));
}

/** Deletes images that no container uses until so many bytes are free. */
export function deleteUnusedImages(kubelet: Kubelet, bytes: number): Freed {
  const { context, runtime } = kubelet;
  const minAge = minAgeMs(kubelet);
  const names: string[] = [];
  let freed = 0;
  for (const { name, sizeBytes, detectedMs } of unusedImages(kubelet)) {
    if (freed >= bytes) break;
    if (context.nowMs - detectedMs < minAge) continue;
    runtime.removeImage(name);
    context.memory.imagesSeenMs.delete(name);
    names.push(name);
    freed += sizeBytes;
  }
  if (names.length > 0) context.memory.imagesChanged = true;
  return { names, bytes: freed };
}

/** Removes containers of Pods that are over. */
export function removeDeadContainers({ context, runtime }: Kubelet): void {
  for (const { phase, orphan, uid } of context.memory.pods.values()) {
    if (phase !== 'terminated' || orphan) continue;
    for (const { id } of runtime.listContainers(uid)) runtime.removeContainer(id);
  }
}

/** Whether the disk may be so full that images are deleted; asked every ten seconds, it is so once in five minutes at most. */
export function isImageGcDue(kubelet: Kubelet): boolean {
  const { context, runtime } = kubelet;
  const { memory, nowMs } = context;
  const due = lookBefore(memory.startedMs, nowMs);
  if (due <= memory.imageGcMs) return false;
  memory.imageGcMs = due;
  const high = percentOf(kubelet, 'image-gc-high-threshold', DEFAULT_HIGH);
  const { diskBytes } = runtime.capacity;
  const most = Number.MAX_VALUE;
  return (
    high < 100 && runtime.mayUse({ memoryBytes: most, processes: most, diskBytes: (diskBytes * (high - 1)) / 100 })
  );
}

/** `50.0 GiB` */
function sizeWords(bytes: number): string {
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  if (bytes < 1024) return `${Math.trunc(bytes)} B`;
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(1)} ${units[unit]}`;
}

/** Deletes images when the disk is fuller than the high threshold, until it is below the low one. */
export function collectImages(kubelet: Kubelet): void {
  const { context, node, runtime } = kubelet;
  const { memory } = context;
  const { capacity, diskBytes } = runtime.nodeUsage();
  const total = capacity.diskBytes;
  const available = Math.max(0, total - diskBytes);
  const usedPercent = 100 - (total === 0 ? 0 : Math.trunc((available * 100) / total));
  if (usedPercent < percentOf(kubelet, 'image-gc-high-threshold', DEFAULT_HIGH)) {
    memory.imageGcFailed = false;
    return;
  }
  const low = percentOf(kubelet, 'image-gc-low-threshold', DEFAULT_LOW);
  const wanted = Math.trunc((total * (100 - low)) / 100) - available;
  const freed = deleteUnusedImages(kubelet, wanted);
  const words = `Node ${node.name}: the disk is ${usedPercent} % full; deleted ${freed.names.length} images that no container uses`;
  context.say('collect-images', undefined, words);
  if (freed.bytes >= wanted) {
    memory.imageGcFailed = false;
    return;
  }
  const message = `Insufficient free disk space on the node's image filesystem (${usedPercent}% of ${sizeWords(total)} used). Failed to free sufficient space by deleting unused images (freed ${freed.bytes} bytes). Investigate disk usage, as it could be used by active images, logs, volumes, or other data.`;
  nodeEvent(kubelet, 'Warning', 'FreeDiskSpaceFailed', message);
  if (memory.imageGcFailed) nodeEvent(kubelet, 'Warning', 'ImageGCFailed', message);
  memory.imageGcFailed = true;
}
