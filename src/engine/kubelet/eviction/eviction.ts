/**
 * The kubelet's eviction manager: looks every 10 s at what is left of its node's memory, disk and process ids, frees what it can, and ends
 * one Pod at a time while that is not enough.
 * Follows pkg/kubelet/eviction/eviction_manager.go. While nothing can run short, as a sum of what all use at most shows, nothing is looked
 * at and no timer is set. Left out: thresholds of memory that the kernel tells of (kernelMemcgNotification, off by default); what volumes
 * hold is known at once, where the real kubelet measures it once a minute.
 */
import { parseDuration } from '../../api/duration';
import { hasFault } from '../../client/environment';
import { type Kubelet, nodeEvent, podEvent } from '../api-writes';
import { isCriticalPod } from '../oom-score';
import { beginTermination } from '../pod-termination';
import { type PodRecord, putPod } from '../records';
import { deleteUnusedImages, removeDeadContainers } from './image-gc';
import { overLocalLimit } from './local-storage';
import { PID_THRESHOLD } from './marks';
import { EVICTED, type EvictionWords, evictionMessage } from './messages';
import { harmless, type Observations, observe, thresholdsMet, thresholdText } from './observations';
import { type Measured, rankForEviction } from './ranking';
import { look } from './synchronize';
import { type Pressure, type Resource, SIGNALS, type Threshold, thresholdsOf } from './thresholds';

const PERIOD_MS = 10_000;
const DEFAULT_TRANSITION_MS = 300_000;
const IMMEDIATE_SECONDS = 1;
/** How long it waits for the end of a Pod that it evicts, and how often it looks. */
const CLEANUP_MS = 30_000;
const CLEANUP_LOOK_MS = 1000;

function thresholdsFor({ context, node }: Kubelet): readonly Threshold[] {
  const set = context.derived.memo('eviction thresholds', '', [], () => thresholdsOf((name) => context.flag(name)));
  const lacksPids = hasFault(context.environment, 'pid-pressure', { node: node.name }) && !set.some(isPids);
  return lacksPids ? [...set, PID_THRESHOLD] : set;
}

const isPids = ({ signal }: Threshold): boolean => signal === 'pid.available';

/** Whether anything of the node could be short, now or later. */
function mayBeShort(kubelet: Kubelet, thresholds: readonly Threshold[]): boolean {
  const { context, runtime } = kubelet;
  const amounts = context.derived.memo('harmless use', '', [thresholds.length], () =>
    harmless(thresholds, runtime.capacity),
  );
  return runtime.mayUse(amounts);
}

const measured = ({ runtime }: Kubelet, { pod, uid }: PodRecord): Measured => ({ pod, usage: runtime.podUsage(uid) });

/** Pods whose containers may still run, in the order in which they came. */
const activePods = ({ context }: Kubelet): PodRecord[] =>
  [...context.memory.pods.values()].filter(({ phase, orphan }) => phase !== 'terminated' && !orphan);

/** Whether a Pod has written more than it may. Only those with a limit are looked at. */
function anyOverLimit(kubelet: Kubelet): boolean {
  const { pods, storageLimited } = kubelet.context.memory;
  for (const uid of [...storageLimited]) {
    const record = pods.get(uid);
    if (!record) storageLimited.delete(uid);
    if (record?.phase === 'syncing' && overLocalLimit(measured(kubelet, record))) return true;
  }
  return false;
}

/** Whether the manager has something to do; it is asked every ten seconds as long as it does nothing by itself. */
export function isShort(kubelet: Kubelet): boolean {
  const { memory } = kubelet.context;
  if (memory.eviction.isActive) return false;
  const thresholds = thresholdsFor(kubelet);
  const isMet =
    mayBeShort(kubelet, thresholds) &&
    thresholdsMet(thresholds, observe(kubelet.runtime.nodeUsage()), false).length > 0;
  if (!isMet && !anyOverLimit(kubelet)) return false;
  memory.eviction = { ...memory.eviction, isActive: true };
  return true;
}

/** One look of the manager, or of its wait for the end of a Pod. */
export function evictIfShort(kubelet: Kubelet): void {
  const { context } = kubelet;
  const { memory } = context;
  const { evicting } = memory.eviction;
  if (evicting) {
    const isOver = evicting.uids.every((uid) => (memory.pods.get(uid)?.phase ?? 'terminated') === 'terminated');
    if (!isOver && context.nowMs < evicting.untilMs) {
      context.after(CLEANUP_LOOK_MS, 'eviction', '');
      return;
    }
    const { evicting: _over, ...rest } = memory.eviction;
    memory.eviction = rest;
    // What an evicted Pod leaves on the disk goes with it.
    for (const uid of evicting.uids) if (isOver) kubelet.runtime.removePodSandbox(uid);
  }
  const evicted = synchronize(kubelet);
  const { pressures, firstObservedMs } = memory.eviction;
  if (evicted.length > 0) {
    memory.eviction = { ...memory.eviction, evicting: { uids: evicted, untilMs: context.nowMs + CLEANUP_MS } };
    context.after(CLEANUP_LOOK_MS, 'eviction', '');
  } else if (pressures.length > 0 || Object.keys(firstObservedMs).length > 0) {
    context.after(PERIOD_MS, 'eviction', '');
  } else memory.eviction = { ...memory.eviction, isActive: false };
}

function transitionMs({ context }: Kubelet): number {
  const parsed = parseDuration(context.flag('eviction-pressure-transition-period') ?? '');
  return 'ms' in parsed ? parsed.ms : DEFAULT_TRANSITION_MS;
}

/** Looks, and frees or evicts. Returns the uids of Pods that it has begun to end. */
function synchronize(kubelet: Kubelet): string[] {
  const { context, runtime } = kubelet;
  const { memory } = context;
  const before = memory.eviction.pressures;
  const thresholds = thresholdsFor(kubelet);
  const observations = observe(runtime.nodeUsage());
  const period = { nowMs: context.nowMs, transitionMs: transitionMs(kubelet) };
  const { memory: after, due } = look(memory.eviction, thresholds, observations, period);
  memory.eviction = after;
  const pods = activePods(kubelet);
  const local = evictOverLimit(kubelet, pods);
  if (local.length > 0) return local;
  const [threshold] = due;
  if (!threshold) {
    sayPressures(kubelet, before, after.pressures);
    return [];
  }
  const resource = SIGNALS.get(threshold.signal)?.resource as Resource;
  nodeEvent(kubelet, 'Warning', 'EvictionThresholdMet', `Attempting to reclaim ${resource}`);
  if (reclaim(kubelet, resource, thresholds)) return [];
  const evicted = evictOne(kubelet, pods, { resource, threshold, due, observations });
  if (evicted.length === 0) {
    context.say('reclaim', undefined, `Node ${kubelet.node.name} is short of ${resource}, and no Pod can be evicted`);
  }
  return evicted;
}

function sayPressures({ context, node }: Kubelet, before: readonly Pressure[], now: readonly Pressure[]): void {
  const came = now.filter((pressure) => !before.includes(pressure));
  const went = before.filter((pressure) => !now.includes(pressure));
  const words = [
    ...came.map((pressure) => `has ${pressure}`),
    ...went.map((pressure) => `has ${pressure} no more: it was not observed for the transition period`),
  ];
  if (words.length > 0) context.say('observe', undefined, `Node ${node.name} ${words.join(', ')}`);
}

function evictOverLimit(kubelet: Kubelet, pods: readonly PodRecord[]): string[] {
  const { storageLimited } = kubelet.context.memory;
  if (storageLimited.size === 0) return [];
  return pods.flatMap((record) => {
    if (!storageLimited.has(record.uid) || record.failure) return [];
    const message = overLocalLimit(measured(kubelet, record));
    return message !== undefined && evictPod(kubelet, record, IMMEDIATE_SECONDS, { message }, false)
      ? [record.uid]
      : [];
  });
}

/** Frees what belongs to no Pod that runs; true when that was enough. */
function reclaim(kubelet: Kubelet, resource: Resource, thresholds: readonly Threshold[]): boolean {
  const { context, node, runtime } = kubelet;
  if (resource !== 'ephemeral-storage' && resource !== 'inodes') return false;
  removeDeadContainers(kubelet);
  const freed = deleteUnusedImages(kubelet, Number.POSITIVE_INFINITY);
  if (thresholdsMet(thresholds, observe(runtime.nodeUsage()), true).length > 0) return false;
  context.say(
    'reclaim',
    undefined,
    `Node ${node.name} was short of ${resource}: it deleted ${freed.names.length} images that no container uses, and no Pod`,
  );
  return true;
}

interface Shortage {
  readonly resource: Resource;
  readonly threshold: Threshold;
  readonly due: readonly Threshold[];
  readonly observations: Observations;
}

/** Ends the Pod that ranks first among those that may be ended. */
function evictOne(kubelet: Kubelet, pods: readonly PodRecord[], shortage: Shortage): string[] {
  const { context } = kubelet;
  const { resource, threshold, due, observations } = shortage;
  const ranked = rankForEviction(
    resource,
    pods.map((record) => measured(kubelet, record)),
  );
  const met = thresholdText(resource, due, observations);
  for (const { pod } of ranked) {
    const record = pods.find(({ uid }) => uid === pod.metadata.uid) as PodRecord;
    const words = evictionMessage(resource, measured(kubelet, record), met);
    if (!evictPod(kubelet, record, graceSeconds(kubelet, record, threshold), words, true)) continue;
    context.attach({
      resource,
      evicting: ranked.map(({ pod: { metadata }, exceeds, priority, used, requested }) => {
        return { namespace: metadata.namespace, pod: metadata.name, exceeds, priority, used, requested };
      }),
      chosen: pod.metadata.name,
    });
    return [record.uid];
  }
  return [];
}

function graceSeconds({ context }: Kubelet, { pod }: PodRecord, { gracePeriodMs }: Threshold): number {
  if (gracePeriodMs === 0) return IMMEDIATE_SECONDS;
  const most = Number(context.flag('eviction-max-pod-grace-period') ?? 0);
  const own = pod.spec.terminationGracePeriodSeconds ?? most;
  return most < 0 ? Math.max(0, own) : Math.min(most, own);
}

/** Begins to end a Pod unless it is spared. `isDisruption`: for the sake of others. */
function evictPod(
  kubelet: Kubelet,
  record: PodRecord,
  grace: number,
  { message, annotations }: EvictionWords,
  isDisruption: boolean,
): boolean {
  const { context } = kubelet;
  if (isCriticalPod(record.pod)) return false;
  const { name } = record.pod.metadata;
  context.say('evict', record.pod, `Evicted Pod ${name}: ${message.trim()}`);
  podEvent(kubelet, record, undefined, 'Warning', EVICTED, message, annotations);
  const failure = record.failure ?? { reason: EVICTED, message, ...(isDisruption ? { isDisruption } : {}) };
  beginTermination(kubelet, putPod(context.memory, { ...record, failure }), grace);
  return true;
}
