/**
 * Running counts of the Pods that a workload's object (a ReplicaSet …) controls by its selector, and the Pods it might adopt,
 * kept up to date change by change (a cache of client/derived.ts), so that a sync costs the same for 10 Pods and for 10,000.
 * Upstream lists and filters all Pods at each sync (pkg/controller/replicaset/replica_set.go, syncReplicaSet).
 */

import { isPodAvailable, isPodReady } from '../api/conditions';
import { controllerOf, joinKey, type KubeObject, keyOf, splitKey } from '../api/meta';
import { deepEqual } from '../api/plain';
import { isPodActive, isPodTerminal } from '../api/pod';
import { matchesLabelSelector, matchesSet, podSelectorOf } from '../api/selector';
import type { LabelSelector, Pod, PodTemplateSpec } from '../api/types';
import type { Context, WatchEvent } from './component';
import type { Requeue } from './controller';
import type { DerivedCache } from './derived';
import { controlledPlace } from './indexers';
import { SortedMap } from './sorted-map';

const ACTIVE = 1;
const READY = 2;
const FULLY_LABELED = 4;
const TERMINATING = 8;
/** Owned and active, but no longer matched by the selector: to be released. */
const MISMATCHED = 16;

/** An object that controls Pods by a selector. */
export type PodOwner = KubeObject & {
  readonly spec: {
    readonly selector?: LabelSelector | Readonly<Record<string, string>>;
    readonly template?: PodTemplateSpec;
    readonly minReadySeconds?: number;
  };
};

/** How many Pods are in which state. */
export interface PodCounts {
  /** Neither finished nor being deleted. */
  readonly active: number;
  readonly ready: number;
  /** Ready for at least minReadySeconds. */
  readonly available: number;
  /** Carrying all labels of the template. */
  readonly fullyLabeled: number;
  readonly terminating: number;
}

/** By what Pods are counted. */
interface Basis {
  readonly uid: string | undefined;
  readonly selector: LabelSelector | undefined;
  readonly templateLabels: Readonly<Record<string, string>>;
  /** Takes and releases Pods that have finished as well. */
  readonly claimsFinished: boolean;
}

/** ReplicaSets and ReplicationControllers look at active Pods alone before they claim any (replica_set.go, FilterActivePods). */
const CLAIM_FINISHED: readonly string[] = ['StatefulSet', 'DaemonSet'];

/** What an owner's Pods add up to. */
export interface OwnedPods extends Basis {
  active: number;
  ready: number;
  fullyLabeled: number;
  terminating: number;
  mismatched: number;
  /** Keys of Pods to take: nobody controls them and the selector matches. */
  readonly orphans: SortedMap<true>;
}

function basisOf(owner: PodOwner | undefined): Basis {
  const { kind = '', metadata, spec } = owner ?? {};
  const selector = owner && podSelectorOf(owner);
  const templateLabels = spec?.template?.metadata?.labels ?? {};
  return { uid: metadata?.uid, selector, templateLabels, claimsFinished: CLAIM_FINISHED.includes(kind) };
}

/** Which counts a Pod is part of, as bits. */
function shareOf(pod: Pod, basis: Basis): number {
  const isFinished = isPodTerminal(pod);
  if (isFinished && !basis.claimsFinished) return 0;
  const { labels, deletionTimestamp } = pod.metadata;
  if (!matchesLabelSelector(basis.selector, labels))
    return deletionTimestamp === undefined || basis.claimsFinished ? MISMATCHED : 0;
  if (isFinished) return 0;
  if (deletionTimestamp !== undefined) return TERMINATING;
  const isFullyLabeled = matchesSet(basis.templateLabels, labels);
  return ACTIVE | (isPodReady(pod) ? READY : 0) | (isFullyLabeled ? FULLY_LABELED : 0);
}

function add(owned: OwnedPods, pod: Pod, sign: 1 | -1): void {
  const share = shareOf(pod, owned);
  if (share & ACTIVE) owned.active += sign;
  if (share & READY) owned.ready += sign;
  if (share & FULLY_LABELED) owned.fullyLabeled += sign;
  if (share & TERMINATING) owned.terminating += sign;
  if (share & MISMATCHED) owned.mismatched += sign;
}

function isOrphan(pod: Pod | undefined): pod is Pod {
  return pod !== undefined && !controllerOf(pod) && pod.metadata.deletionTimestamp === undefined;
}

function noteOrphan(owned: OwnedPods, pod: Pod): void {
  if (!isOrphan(pod) || !(owned.claimsFinished || isPodActive(pod))) return;
  if (matchesLabelSelector(owned.selector, pod.metadata.labels)) owned.orphans.set(keyOf(pod), true);
}

function newOwnedPods(owner: PodOwner | undefined): OwnedPods {
  const none = { active: 0, ready: 0, fullyLabeled: 0, terminating: 0, mismatched: 0 };
  return { ...basisOf(owner), ...none, orphans: new SortedMap() };
}

/** The key of the owner of a kind that a Pod names; undefined when it names none of that kind. */
function ownerKey(pod: Pod, kind: string): string | undefined {
  const reference = controllerOf(pod);
  return reference?.kind === kind ? joinKey(pod.metadata.namespace, reference.name) : undefined;
}

/** The owner's part of a Pod's change. */
function countPod(kept: SortedMap<OwnedPods>, kind: string, pod: Pod, sign: 1 | -1): void {
  const key = ownerKey(pod, kind);
  const owned = key === undefined ? undefined : kept.get(key);
  if (owned && owned.uid === controllerOf(pod)?.uid) add(owned, pod, sign);
}

function countChange(kept: SortedMap<OwnedPods>, kind: string, before: Pod | undefined, after: Pod | undefined): void {
  if (before) countPod(kept, kind, before, -1);
  if (after) countPod(kept, kind, after, 1);
  if (!isOrphan(before) && !isOrphan(after)) return;
  const isSame = before?.metadata.labels === after?.metadata.labels;
  if (isSame && isOrphan(before) && isOrphan(after) && isPodActive(before) === isPodActive(after)) return;
  const pod = (after ?? before) as Pod;
  for (const [key, owned] of kept.entries()) {
    if (splitKey(key).namespace !== pod.metadata.namespace) continue;
    owned.orphans.delete(keyOf(pod));
    if (after) noteOrphan(owned, after);
  }
}

/** The cache for one kind of owner, by key of the owner. To be made once, as a module constant. */
export function ownedPodsCache(kind: string): DerivedCache<OwnedPods> {
  return {
    name: `Pods by ${kind}`,
    follows: ['Pod', kind],
    build: ({ lister }, key) => {
      const owner = lister.byKey<PodOwner>(kind, key);
      const owned = newOwnedPods(owner);
      if (!owner) return owned;
      for (const pod of lister.unordered<Pod>('Pod', 'controller', controlledPlace(owner.metadata)))
        if (ownerKey(pod, kind) === key) add(owned, pod, 1);
      for (const pod of lister.unordered<Pod>('Pod', 'orphan', splitKey(key).namespace)) noteOrphan(owned, pod);
      return owned;
    },
    apply: (kept, change) => {
      if (change.kind === 'Pod') {
        countChange(kept, kind, change.previous as Pod | undefined, change.value as Pod | undefined);
        return;
      }
      const owned = kept.get(change.key);
      if (!owned) return;
      const { uid, selector, templateLabels } = basisOf(change.value as PodOwner | undefined);
      const isSame =
        uid === owned.uid && deepEqual(selector, owned.selector) && deepEqual(templateLabels, owned.templateLabels);
      if (!isSame) kept.delete(change.key);
    },
  };
}

/** The Pods that an owner is to take, in key order. */
export function orphansFor(context: Context, { orphans }: OwnedPods): Pod[] {
  return orphans.keys().flatMap((key) => context.lister.byKey<Pod>('Pod', key) ?? []);
}

/** Whether any count can have changed with a Pod that was the same owner's before and after. */
export function altersCounts({ previous, value }: WatchEvent, before: PodOwner, after: PodOwner): boolean {
  if (before !== after) return true;
  const basis = basisOf(after);
  return shareOf(previous as Pod, basis) !== shareOf(value as Pod, basis);
}

/** Counts with availability, which needs the Pods themselves where it depends on time. */
export interface AvailabilityClock {
  readonly nowMs: number;
  timeOf(timestamp: string): number;
}

/** The Pod that is the next to be available, and in how many ms. */
export interface NextAvailable {
  readonly pod: Pod;
  readonly inMs: number;
}

/** That its owner is to be looked at then. It was its getting ready that began the wait. */
export function whenAvailable({ lister }: Pick<Context, 'lister'>, { pod, inMs }: NextAvailable): Requeue {
  return { requeueAfterMs: inMs, cause: lister.since('Pod', pod, isPodReady) };
}

/** How many of these Pods are available, and which ready one will be next. */
function countAvailable(
  pods: readonly Pod[],
  minReadySeconds: number,
  clock: AvailabilityClock,
): { available: number; next: NextAvailable | undefined } {
  let available = 0;
  let next: NextAvailable | undefined;
  for (const pod of pods) {
    if (!isPodReady(pod)) continue;
    if (isPodAvailable(pod, minReadySeconds, clock.nowMs, clock.timeOf)) {
      available++;
      continue;
    }
    const ready = pod.status.conditions?.find((condition) => condition.type === 'Ready');
    if (!ready?.lastTransitionTime) continue;
    const inMs = clock.timeOf(ready.lastTransitionTime) + minReadySeconds * 1000 - clock.nowMs;
    if (!next || inMs < next.inMs) next = { pod, inMs };
  }
  return { available, next };
}

/** Counts of a list of claimed Pods, for the syncs that have to list them. */
export function countsFromPods(
  pods: readonly Pod[],
  terminating: number,
  owner: PodOwner,
  clock: AvailabilityClock,
): PodCounts & { readonly next: NextAvailable | undefined } {
  const owned = newOwnedPods(owner);
  for (const pod of pods) add(owned, pod, 1);
  const { active, ready, fullyLabeled } = owned;
  const { available, next } = countAvailable(pods, owner.spec.minReadySeconds ?? 0, clock);
  return { active, ready, fullyLabeled, terminating, available, next };
}
