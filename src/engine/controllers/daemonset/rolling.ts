/**
 * The next step of a DaemonSet's rolling update: which old Pods go, and which nodes get a new one beside the old. Pure.
 * Follows rollingUpdate and updatedDesiredNodeCounts of pkg/controller/daemon/update.go. Nodes are gone through by name, upstream in
 * the order of a Go map.
 */
import { scaledValueFromIntOrPercent } from '../../api/int-or-percent';
import type { DaemonSet, Pod } from '../../api/types';

/** A node with the DaemonSet's Pods on it or meant for it. */
export interface RollingNode {
  readonly name: string;
  readonly shouldRun: boolean;
  readonly pods: readonly Pod[];
}

/** How many Pods may be missing or too many. */
export interface RollingBounds {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  /** On how many nodes the DaemonSet belongs. */
  readonly desired: number;
}

/** What the plan is made by. */
export interface RollingSettings extends RollingBounds {
  isUpdated(pod: Pod): boolean;
  isAvailable(pod: Pod): boolean;
}

/** Names of Pods to delete and of nodes to get a Pod. */
export interface RollingPlan {
  readonly deletions: readonly string[];
  readonly creations: readonly string[];
  /** Pods that count as unavailable, or as surge, before the plan. */
  readonly busy: number;
}

/** A DaemonSet's bounds; where neither a missing nor a further Pod is allowed, one may be missing. */
export function rollingBounds({ spec }: DaemonSet, desired: number): RollingBounds {
  const { type, rollingUpdate } = spec.updateStrategy ?? {};
  const scaled = (value: string | number | undefined): number =>
    type === 'RollingUpdate' && value !== undefined ? scaledValueFromIntOrPercent(value, desired, true) : 0;
  const maxSurge = scaled(rollingUpdate?.maxSurge);
  const maxUnavailable = scaled(rollingUpdate?.maxUnavailable);
  return { maxSurge, maxUnavailable: desired > 0 && maxUnavailable + maxSurge === 0 ? 1 : maxUnavailable, desired };
}

/** The one Pod of each revision that is not being deleted; undefined when there are several of one. */
function pair(pods: readonly Pod[], settings: RollingSettings): { fresh?: Pod; old?: Pod } | undefined {
  const live = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const fresh = live.filter((pod) => settings.isUpdated(pod));
  const old = live.filter((pod) => !settings.isUpdated(pod));
  return fresh.length > 1 || old.length > 1 ? undefined : { fresh: fresh[0], old: old[0] };
}

/** The next step. */
export function planRolling(nodes: readonly RollingNode[], settings: RollingSettings): RollingPlan {
  return settings.maxSurge === 0 ? planReplacing(nodes, settings) : planSurging(nodes, settings);
}

function planReplacing(nodes: readonly RollingNode[], settings: RollingSettings): RollingPlan {
  let busy = 0;
  const unavailable: string[] = [];
  const candidates: string[] = [];
  for (const { pods } of nodes) {
    const found = pair(pods, settings);
    if (!found || Boolean(found.fresh) === Boolean(found.old)) busy++;
    else if (found.fresh) busy += settings.isAvailable(found.fresh) ? 0 : 1;
    else if (found.old && !settings.isAvailable(found.old)) {
      unavailable.push(found.old.metadata.name);
      busy++;
    } else if (found.old && busy < settings.maxUnavailable) candidates.push(found.old.metadata.name);
  }
  const remaining = Math.max(0, settings.maxUnavailable - busy);
  return { deletions: [...unavailable, ...candidates.slice(0, remaining)], creations: [], busy };
}

function planSurging(nodes: readonly RollingNode[], settings: RollingSettings): RollingPlan {
  const { isAvailable, maxSurge, desired } = settings;
  let busy = 0;
  let available = 0;
  const deletions: string[] = [];
  const unfit: string[] = [];
  const urgent: string[] = [];
  const candidates: string[] = [];
  for (const { name, shouldRun, pods } of nodes) {
    const found = pair(pods, settings);
    if (!found) {
      busy++;
      continue;
    }
    const { fresh, old } = found;
    const counting = old ?? fresh;
    const isServing = counting !== undefined && isAvailable(counting);
    if (isServing) available++;
    if (!old) continue;
    if (fresh) {
      if (isAvailable(fresh)) deletions.push(old.metadata.name);
      else busy++;
    } else if (!shouldRun) (isServing ? unfit : deletions).push(old.metadata.name);
    else if (!isServing) urgent.push(name);
    else if (busy < maxSurge) candidates.push(name);
  }
  const remaining = Math.max(0, maxSurge - busy);
  return {
    deletions: [...deletions, ...unfit.slice(0, Math.max(0, available - desired))],
    creations: [...urgent, ...candidates.slice(0, remaining)],
    busy,
  };
}
