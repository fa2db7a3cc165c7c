/**
 * How many Pods a Deployment may have too many of, and how many may be missing, while it rolls. Pure.
 * Follows pkg/controller/deployment/util/deployment_util.go (ResolveFenceposts, MaxSurge, MaxUnavailable).
 */
import { scaledValueFromIntOrPercent } from './int-or-percent';
import type { Deployment } from './types';

/** The limits of a rollout in Pods. */
export interface RolloutBounds {
  readonly desired: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** `spec.replicas` with its default. */
export function desiredReplicas(deployment: Deployment): number {
  return deployment.spec.replicas ?? 1;
}

/** True for the RollingUpdate strategy, which is the default. */
export function isRollingUpdate(deployment: Deployment): boolean {
  return (deployment.spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
}

/**
 * Surge rounds up, unavailability down. When both come out as nothing the rollout could never move, so one Pod may be
 * missing after all (a surge may fail for want of quota).
 */
export function rolloutBounds(deployment: Deployment): RolloutBounds {
  const desired = desiredReplicas(deployment);
  if (!isRollingUpdate(deployment)) return { desired, maxSurge: 0, maxUnavailable: 0 };
  const { maxSurge = 0, maxUnavailable = 0 } = deployment.spec.strategy?.rollingUpdate ?? {};
  const surge = scaledValueFromIntOrPercent(maxSurge, desired, true);
  const unavailable = scaledValueFromIntOrPercent(maxUnavailable, desired, false);
  const atLeastOne = surge === 0 && unavailable === 0 ? 1 : unavailable;
  return { desired, maxSurge: surge, maxUnavailable: Math.min(atLeastOne, desired) };
}

/** How many Pods may exist at most, in words. */
export function describeMaximum({ desired, maxSurge }: RolloutBounds): string {
  return `at most ${desired + maxSurge} Pods may exist (${desired} wanted + ${maxSurge} surge)`;
}

/** How many Pods must stay available, in words. */
export function describeMinimum({ desired, maxUnavailable }: RolloutBounds): string {
  return `at least ${desired - maxUnavailable} must stay available (${desired} wanted - ${maxUnavailable})`;
}
