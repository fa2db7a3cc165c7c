/**
 * The Recreate strategy: all old Pods go before the first new one comes. Pure.
 * Follows pkg/controller/deployment/recreate.go.
 */
import type { Pod, ReplicaSet } from '../../api/types';
import { activeOf, type ScaleStep, sizeOf, totalActual } from './replica-set-order';

/** Every old ReplicaSet that still wants Pods goes to zero. */
export function planRecreateDown(old: readonly ReplicaSet[]): readonly ScaleStep[] {
  return activeOf(old).map((replicaSet) => {
    const why = 'Recreate: all old Pods go before the first new one comes';
    return { replicaSet, from: sizeOf(replicaSet), to: 0, why };
  });
}

/** Whether an old Pod may still be running; terminating ones count until they are gone. */
export function oldPodsRunning(
  old: readonly ReplicaSet[],
  podsOf: (replicaSet: ReplicaSet) => readonly Pod[],
): boolean {
  if (totalActual(old) > 0) return true;
  return old.some((replicaSet) =>
    podsOf(replicaSet).some(({ status: { phase } }) => phase !== 'Failed' && phase !== 'Succeeded'),
  );
}

/** The new ReplicaSet gets its full size at once. */
export function planRecreateUp(current: ReplicaSet, desired: number): readonly ScaleStep[] {
  const from = sizeOf(current);
  return from === desired ? [] : [{ replicaSet: current, from, to: desired, why: 'Recreate: the old Pods are gone' }];
}
