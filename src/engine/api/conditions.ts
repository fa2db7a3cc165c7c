/**
 * Status conditions, and the questions most components ask of them.
 * Follows pkg/api/v1/pod/util.go and component-helpers/node/util/conditions.go. Condition lists are small arrays keyed by `type`.
 */
import type { Condition, KubeObject } from './meta';

/** The condition of that type. */
export function findCondition<T extends { type: string }>(
  conditions: readonly T[] | undefined,
  type: string,
): T | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** Whether the condition of that type is there and True. */
export function isConditionTrue(conditions: readonly Condition[] | undefined, type: string): boolean {
  return findCondition(conditions, type)?.status === 'True';
}

/**
 * The list with this condition in place of the one of its type, or at the end. A condition that keeps its status keeps
 * its lastTransitionTime. Returns a new list.
 */
export function setCondition<T extends { type: string; status: string; lastTransitionTime?: string }>(
  conditions: readonly T[] | undefined,
  condition: T,
): T[] {
  const old = findCondition(conditions, condition.type);
  if (!conditions || !old) return [...(conditions ?? []), condition];
  const keepsTime = old.status === condition.status && old.lastTransitionTime !== undefined;
  const next = keepsTime ? { ...condition, lastTransitionTime: old.lastTransitionTime } : condition;
  return conditions.map((existing) => (existing === old ? next : existing));
}

/** The list without the condition of that type. */
export function removeCondition<T extends { type: string }>(conditions: readonly T[] | undefined, type: string): T[] {
  return (conditions ?? []).filter((condition) => condition.type !== type);
}

function podConditions(pod: KubeObject): readonly Condition[] | undefined {
  return (pod.status as { conditions?: readonly Condition[] } | undefined)?.conditions;
}

/** A Pod's Ready condition. */
export function getPodReadyCondition(pod: KubeObject): Condition | undefined {
  return findCondition(podConditions(pod), 'Ready');
}

/** Whether a Pod's Ready condition is True. */
export function isPodReady(pod: KubeObject): boolean {
  return getPodReadyCondition(pod)?.status === 'True';
}

/**
 * Whether a Pod has been Ready for at least `minReadySeconds` at `nowMs`.
 * @param timeOf the virtual time in ms of a timestamp
 */
export function isPodAvailable(
  pod: KubeObject,
  minReadySeconds: number,
  nowMs: number,
  timeOf: (timestamp: string) => number,
): boolean {
  const ready = getPodReadyCondition(pod);
  if (ready?.status !== 'True') return false;
  if (minReadySeconds === 0) return true;
  if (ready.lastTransitionTime === undefined) return false;
  return timeOf(ready.lastTransitionTime) + minReadySeconds * 1000 <= nowMs;
}
