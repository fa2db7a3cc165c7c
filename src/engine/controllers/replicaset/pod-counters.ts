/**
 * Running counts of each ReplicaSet's Pods, and the Pods that nobody owns, kept up to date by the watch, so that a
 * reconcile costs the same for 10 Pods and for 10,000. Everything here can be made again from the lister, so it lives
 * in `context.derived`; counts made from scratch and counts kept are the same (tested).
 * Upstream lists and filters all Pods at each sync (pkg/controller/replicaset/replica_set.go, syncReplicaSet).
 */
import { isPodAvailable, isPodReady } from '../../api/conditions';
import { controllerOf, keyOf } from '../../api/meta';
import { isPodActive } from '../../api/pod';
import { matchesLabelSelector, matchesSet } from '../../api/selector';
import type { Pod, ReplicaSet } from '../../api/types';
import type { Context, WatchEvent } from '../../client/component';
import type { PodCounts } from './replica-set-status';

const ACTIVE = 1;
const READY = 2;
const FULLY_LABELED = 4;
const TERMINATING = 8;
/** Owned and active, but no longer matched by the selector: to be released. */
const MISMATCHED = 16;

/** What a ReplicaSet's Pods add up to. */
interface Counters {
  active: number;
  ready: number;
  fullyLabeled: number;
  terminating: number;
  mismatched: number;
}

/** The active Pods of a namespace that no controller owns; `version` grows whenever one comes or changes its labels. */
interface Orphans {
  version: number;
  readonly keys: Set<string>;
}

/** The derived cache. Counters are by uid of the ReplicaSet and exist once a reconcile has asked for them. */
interface PodCache {
  readonly counters: Map<string, Counters>;
  /** Undefined until someone has looked for orphans. */
  orphans: Map<string, Orphans> | undefined;
  /** By uid of the ReplicaSet: the version of its namespace's orphans among which none was to be adopted. */
  readonly orphansSeen: Map<string, number>;
}

function cacheOf(context: Context): PodCache {
  const known = context.derived.pods as PodCache | undefined;
  if (known) return known;
  const fresh: PodCache = { counters: new Map(), orphans: undefined, orphansSeen: new Map() };
  context.derived.pods = fresh;
  return fresh;
}

/** Which counts a Pod is part of, as bits. */
function shareOf(pod: Pod, replicaSet: ReplicaSet): number {
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed') return 0;
  const { labels, deletionTimestamp } = pod.metadata;
  const isMatch = matchesLabelSelector(replicaSet.spec.selector, labels);
  if (deletionTimestamp !== undefined) return isMatch ? TERMINATING : 0;
  if (!isMatch) return MISMATCHED;
  const isFullyLabeled = matchesSet(replicaSet.spec.template?.metadata?.labels ?? {}, labels);
  return ACTIVE | (isPodReady(pod) ? READY : 0) | (isFullyLabeled ? FULLY_LABELED : 0);
}

function add(counters: Counters, share: number, sign: 1 | -1): void {
  if (share & ACTIVE) counters.active += sign;
  if (share & READY) counters.ready += sign;
  if (share & FULLY_LABELED) counters.fullyLabeled += sign;
  if (share & TERMINATING) counters.terminating += sign;
  if (share & MISMATCHED) counters.mismatched += sign;
}

/** The same counts, made from the Pods themselves. */
export function countersFromScratch(pods: readonly Pod[], replicaSet: ReplicaSet): Counters {
  const counters: Counters = { active: 0, ready: 0, fullyLabeled: 0, terminating: 0, mismatched: 0 };
  for (const pod of pods) add(counters, shareOf(pod, replicaSet), 1);
  return counters;
}

/** The kept counts of a ReplicaSet; made from the lister when there are none yet. */
export function countersOf(context: Context, replicaSet: ReplicaSet): Readonly<Counters> {
  const { counters } = cacheOf(context);
  const uid = replicaSet.metadata.uid as string;
  const known = counters.get(uid);
  if (known) return known;
  const fresh = countersFromScratch(context.lister.controlledBy<Pod>('Pod', uid), replicaSet);
  counters.set(uid, fresh);
  return fresh;
}

/** Forgets a ReplicaSet's counts: it is gone, or the labels of its template have changed. */
export function forgetCounters(context: Context, uid: string): void {
  const { counters, orphansSeen } = cacheOf(context);
  counters.delete(uid);
  orphansSeen.delete(uid);
}

function isOrphan(pod: Pod | undefined): pod is Pod {
  return pod !== undefined && !controllerOf(pod) && isPodActive(pod);
}

function noteOrphan(cache: PodCache, event: WatchEvent): void {
  if (!cache.orphans) return;
  const pod = event.value as Pod | undefined;
  const namespace = (pod ?? event.previous)?.metadata.namespace ?? '';
  const known = cache.orphans.get(namespace);
  if (!isOrphan(pod)) {
    known?.keys.delete(event.key);
    return;
  }
  const orphans = known ?? { version: 0, keys: new Set<string>() };
  if (!known) cache.orphans.set(namespace, orphans);
  const isNews = !orphans.keys.has(event.key) || event.previous?.metadata.labels !== pod.metadata.labels;
  if (isNews) orphans.version++;
  orphans.keys.add(event.key);
}

/**
 * Takes a delivered change of a Pod into account. `owner` is the ReplicaSet that owned it before or owns it now, the
 * two being the same in all but a few cases. Returns false when no count of that ReplicaSet can have changed.
 */
export function countPodChange(
  context: Context,
  event: WatchEvent,
  before: ReplicaSet | undefined,
  after: ReplicaSet | undefined,
): boolean {
  const cache = cacheOf(context);
  if (!before || !after) noteOrphan(cache, event);
  const shareBefore = before ? shareOf(event.previous as Pod, before) : 0;
  const shareAfter = after ? shareOf(event.value as Pod, after) : 0;
  const isSame = before !== undefined && before === after && shareBefore === shareAfter;
  if (isSame) return false;
  const countersBefore = before && cache.counters.get(before.metadata.uid as string);
  const countersAfter = after && cache.counters.get(after.metadata.uid as string);
  if (countersBefore) add(countersBefore, shareBefore, -1);
  if (countersAfter) add(countersAfter, shareAfter, 1);
  return true;
}

function allOrphans(context: Context): Map<string, Orphans> {
  const cache = cacheOf(context);
  if (cache.orphans) return cache.orphans;
  const orphans = new Map<string, Orphans>();
  for (const pod of context.lister.list<Pod>('Pod')) {
    if (!isOrphan(pod)) continue;
    const namespace = pod.metadata.namespace ?? '';
    const known = orphans.get(namespace) ?? { version: 1, keys: new Set<string>() };
    known.keys.add(keyOf(pod));
    orphans.set(namespace, known);
  }
  cache.orphans = orphans;
  return orphans;
}

/** Active Pods without a controller that the ReplicaSet's selector matches, in key order. */
export function orphansFor(context: Context, replicaSet: ReplicaSet): Pod[] {
  const { uid, namespace = '' } = replicaSet.metadata;
  const orphans = allOrphans(context).get(namespace);
  if (!orphans || orphans.keys.size === 0) return [];
  const { orphansSeen } = cacheOf(context);
  if (orphansSeen.get(uid as string) === orphans.version) return [];
  const found: Pod[] = [];
  for (const key of orphans.keys) {
    const pod = context.lister.byKey<Pod>('Pod', key);
    if (isOrphan(pod) && matchesLabelSelector(replicaSet.spec.selector, pod.metadata.labels)) found.push(pod);
  }
  if (found.length === 0) orphansSeen.set(uid as string, orphans.version);
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Counts with availability, which needs the Pods themselves where it depends on time. */
export interface AvailabilityClock {
  readonly nowMs: number;
  timeOf(timestamp: string): number;
}

/** How many of these Pods are available, and in how many ms the next ready one will be. */
function countAvailable(
  pods: readonly Pod[],
  minReadySeconds: number,
  clock: AvailabilityClock,
): { available: number; nextInMs: number | undefined } {
  let available = 0;
  let nextInMs: number | undefined;
  for (const pod of pods) {
    if (!isPodReady(pod)) continue;
    if (isPodAvailable(pod, minReadySeconds, clock.nowMs, clock.timeOf)) {
      available++;
      continue;
    }
    const ready = pod.status.conditions?.find((condition) => condition.type === 'Ready');
    if (!ready?.lastTransitionTime) continue;
    const inMs = clock.timeOf(ready.lastTransitionTime) + minReadySeconds * 1000 - clock.nowMs;
    nextInMs = Math.min(nextInMs ?? inMs, inMs);
  }
  return { available, nextInMs };
}

/** Counts of a list of claimed Pods, for the reconciles that have to list them. */
export function countsFromPods(
  pods: readonly Pod[],
  terminating: number,
  replicaSet: ReplicaSet,
  clock: AvailabilityClock,
): PodCounts & { readonly nextInMs: number | undefined } {
  const { active, ready, fullyLabeled } = countersFromScratch(pods, replicaSet);
  const { available, nextInMs } = countAvailable(pods, replicaSet.spec.minReadySeconds ?? 0, clock);
  return { active, ready, fullyLabeled, terminating, available, nextInMs };
}
