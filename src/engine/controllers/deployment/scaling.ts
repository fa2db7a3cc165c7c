/**
 * What a change of a Deployment's size does to its ReplicaSets: to the only active one all of it; in the middle of a
 * rollout to each its share, so that a broken version does not grow at the cost of a good one. Pure.
 * Follows scale in pkg/controller/deployment/sync.go and GetReplicaSetProportion in
 * pkg/controller/deployment/util/deployment_util.go.
 */

import { desiredReplicas, isRollingUpdate, type RolloutBounds, rolloutBounds } from '../../api/rollout-bounds';
import type { Deployment, ReplicaSet } from '../../api/types';
import {
  activeOf,
  compareByCreation,
  compareBySizeNewer,
  compareBySizeOlder,
  type Generations,
  type ScaleStep,
  sizeOf,
  totalSize,
} from './replica-set-order';
import { DESIRED_REPLICAS, integerAnnotation, MAX_REPLICAS } from './revision';

/** The only active ReplicaSet, or the newest when none is active; undefined when several are. */
function findActiveOrLatest({ current, old, all }: Generations): ReplicaSet | undefined {
  const active = activeOf(all);
  if (active.length > 1) return undefined;
  return active[0] ?? current ?? [...old].sort(compareByCreation).at(-1);
}

/** Whether the new ReplicaSet has all the Pods the Deployment wants, available, and knows it. */
function isSaturated(deployment: Deployment, current: ReplicaSet | undefined): boolean {
  if (!current) return false;
  const desired = desiredReplicas(deployment);
  return (
    sizeOf(current) === desired &&
    integerAnnotation(current, DESIRED_REPLICAS) === desired &&
    (current.status.availableReplicas ?? 0) === desired
  );
}

/** The size of a ReplicaSet's share in the new size of the whole, less what it has. */
function fractionOf(replicaSet: ReplicaSet, deployment: Deployment, bounds: RolloutBounds): number {
  const size = sizeOf(replicaSet);
  if (bounds.desired === 0) return -size;
  const maxBefore = integerAnnotation(replicaSet, MAX_REPLICAS) || (deployment.status.replicas ?? 0);
  if (maxBefore === 0) return 0;
  const share = (size * (bounds.desired + bounds.maxSurge)) / maxBefore;
  return Math.trunc(share < 0 ? share - 0.5 : share + 0.5) - size;
}

/** A ReplicaSet's part of what is to be added (or removed, if negative), never more than what is left of it. */
function proportionOf(fraction: number, toAdd: number, added: number): number {
  const left = toAdd - added;
  if (left === 0) return 0;
  return toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
}

/** Spreads the difference over all active ReplicaSets, the largest first; it also gets what rounding leaves over. */
function planProportional(deployment: Deployment, all: readonly ReplicaSet[]): readonly ScaleStep[] {
  const bounds = rolloutBounds(deployment);
  const active = activeOf(all);
  const allowed = bounds.desired > 0 ? bounds.desired + bounds.maxSurge : 0;
  const toAdd = allowed - totalSize(active);
  if (toAdd > 0) active.sort(compareBySizeNewer);
  if (toAdd < 0) active.sort(compareBySizeOlder);
  let added = 0;
  const sizes = active.map((replicaSet) => {
    if (toAdd === 0) return sizeOf(replicaSet);
    const proportion = proportionOf(fractionOf(replicaSet, deployment, bounds), toAdd, added);
    added += proportion;
    return sizeOf(replicaSet) + proportion;
  });
  if (toAdd !== 0) sizes[0] = Math.max(0, (sizes[0] ?? 0) + toAdd - added);
  const total = `${allowed} Pods may exist in all (${bounds.desired} wanted + ${bounds.maxSurge} surge)`;
  const why = `its share in proportion to its size, as ${total}`;
  return active.map((replicaSet, index) => {
    return { replicaSet, from: sizeOf(replicaSet), to: sizes[index] as number, why };
  });
}

/** The whole plan for a Deployment that was resized, or that is paused. */
export function planScaling(deployment: Deployment, generations: Generations): readonly ScaleStep[] {
  const desired = desiredReplicas(deployment);
  const only = findActiveOrLatest(generations);
  if (only) {
    const from = sizeOf(only);
    return from === desired ? [] : [{ replicaSet: only, from, to: desired, why: `${desired} wanted` }];
  }
  if (isSaturated(deployment, generations.current)) {
    const why = 'the new ReplicaSet has all the Pods that are wanted';
    return activeOf(generations.old).map((replicaSet) => ({ replicaSet, from: sizeOf(replicaSet), to: 0, why }));
  }
  return isRollingUpdate(deployment) ? planProportional(deployment, generations.all) : [];
}

/** Whether the Deployment's size has changed since its active ReplicaSets were last told. */
export function isScalingEvent(deployment: Deployment, all: readonly ReplicaSet[]): boolean {
  const desired = desiredReplicas(deployment);
  return activeOf(all).some((replicaSet) => {
    const known = integerAnnotation(replicaSet, DESIRED_REPLICAS);
    return known !== undefined && known !== desired;
  });
}
