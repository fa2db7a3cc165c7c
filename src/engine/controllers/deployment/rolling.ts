/**
 * The next move of a rolling update: grow the new ReplicaSet as far as the surge allows, or else shrink old ones as far
 * as availability allows. Pure.
 * Follows pkg/controller/deployment/rolling.go and NewRSNewReplicas in pkg/controller/deployment/util/deployment_util.go.
 */

import {
  describeMaximum,
  describeMinimum,
  desiredReplicas,
  isRollingUpdate,
  type RolloutBounds,
  rolloutBounds,
} from '../../api/rollout-bounds';
import type { Deployment, ReplicaSet } from '../../api/types';
import { activeOf, compareByCreation, type ScaleStep, sizeOf, totalAvailable, totalSize } from './replica-set-order';

/** How large the new ReplicaSet may be now, given its size and that of all together. */
export function newReplicaSetSize(deployment: Deployment, totalNow: number, sizeNow: number): number {
  if (!isRollingUpdate(deployment)) return desiredReplicas(deployment);
  const { desired, maxSurge } = rolloutBounds(deployment);
  const room = desired + maxSurge - totalNow;
  return room <= 0 ? sizeNow : sizeNow + Math.min(room, desired - sizeNow);
}

/** The step for the new ReplicaSet, if it has to be resized and can be. */
function planNewReplicaSet(
  deployment: Deployment,
  current: ReplicaSet,
  all: readonly ReplicaSet[],
): ScaleStep | undefined {
  const bounds = rolloutBounds(deployment);
  const from = sizeOf(current);
  if (from === bounds.desired) return undefined;
  if (from > bounds.desired) return { replicaSet: current, from, to: bounds.desired, why: `${bounds.desired} wanted` };
  const total = totalSize(all);
  const to = newReplicaSetSize(deployment, total, from);
  if (to === from) return undefined;
  return { replicaSet: current, from, to, why: `${describeMaximum(bounds)}, ${total} do` };
}

/** The steps for old ReplicaSets: first Pods that are not available anyway, then as many as availability allows. */
function planOldReplicaSets(
  deployment: Deployment,
  current: ReplicaSet,
  old: readonly ReplicaSet[],
): readonly ScaleStep[] {
  const bounds = rolloutBounds(deployment);
  const active = activeOf(old).sort(compareByCreation);
  if (active.length === 0) return [];
  const minAvailable = bounds.desired - bounds.maxUnavailable;
  const newUnavailable = sizeOf(current) - (current.status.availableReplicas ?? 0);
  const total = totalSize(old) + sizeOf(current);
  const maxScaledDown = total - minAvailable - newUnavailable;
  if (maxScaledDown <= 0) return [];
  const sizes = new Map(active.map((replicaSet) => [replicaSet, sizeOf(replicaSet)]));
  const unhealthy = planUnhealthy(active, sizes, maxScaledDown);
  if (unhealthy.isOutdated) return unhealthy.steps;
  const surplus = totalAvailable(active) + (current.status.availableReplicas ?? 0) - minAvailable;
  return [...unhealthy.steps, ...planSurplus(active, sizes, surplus, bounds)];
}

/**
 * Unavailable Pods would block the rollout, and taking them away makes nothing worse. A ReplicaSet with more Pods
 * available than it wants has not shrunk yet: its numbers are outdated, and no further Pod may go on their account.
 */
function planUnhealthy(
  active: readonly ReplicaSet[],
  sizes: Map<ReplicaSet, number>,
  limit: number,
): { readonly steps: readonly ScaleStep[]; readonly isOutdated: boolean } {
  const steps: ScaleStep[] = [];
  let left = limit;
  for (const replicaSet of active) {
    if (left <= 0) break;
    const from = sizeOf(replicaSet);
    const unavailable = from - (replicaSet.status.availableReplicas ?? 0);
    if (unavailable === 0) continue;
    if (unavailable < 0) return { steps, isOutdated: true };
    const count = Math.min(left, unavailable);
    left -= count;
    const to = from - count;
    sizes.set(replicaSet, to);
    steps.push({ replicaSet, from, to, why: `${unavailable} of its Pods are not available, so they go first` });
  }
  return { steps, isOutdated: false };
}

function planSurplus(
  active: readonly ReplicaSet[],
  sizes: ReadonlyMap<ReplicaSet, number>,
  surplus: number,
  bounds: RolloutBounds,
): readonly ScaleStep[] {
  const steps: ScaleStep[] = [];
  const available = surplus + bounds.desired - bounds.maxUnavailable;
  let left = surplus;
  for (const replicaSet of active) {
    if (left <= 0) break;
    const from = sizes.get(replicaSet) ?? 0;
    if (from === 0) continue;
    const count = Math.min(from, left);
    left -= count;
    steps.push({ replicaSet, from, to: from - count, why: `${describeMinimum(bounds)}, ${available} are` });
  }
  return steps;
}

/** The whole next move. Growing comes first and alone; shrinking waits for the next sync then. */
export function planRollingUpdate(
  deployment: Deployment,
  current: ReplicaSet,
  old: readonly ReplicaSet[],
): readonly ScaleStep[] {
  const grow = planNewReplicaSet(deployment, current, [...old, current]);
  return grow ? [grow] : planOldReplicaSets(deployment, current, old);
}
