/**
 * A ReplicaSet's status: how many of its Pods there are, and whether making or deleting Pods failed. Pure.
 * Follows pkg/controller/replicaset/replica_set_utils.go (calculateStatus). Counts of zero are left out where
 * upstream's JSON leaves them out, except terminatingReplicas, which is a pointer there and which ReplicationControllers lack.
 */
import { deepEqual } from '../../api/plain';
import type { ReplicaSet, ReplicaSetCondition, ReplicaSetStatus } from '../../api/types';
import type { PodCounts } from '../../client/pod-counters';

const REPLICA_FAILURE = 'ReplicaFailure';

function conditionsOf(
  replicaSet: ReplicaSet,
  active: number,
  failure: string | undefined,
  now: string,
): ReplicaSetCondition[] {
  const conditions = replicaSet.status.conditions ?? [];
  const current = conditions.find((condition) => condition.type === REPLICA_FAILURE);
  if (failure === undefined) {
    return current ? conditions.filter((condition) => condition !== current) : conditions;
  }
  if (current) return conditions;
  const wanted = replicaSet.spec.replicas ?? 1;
  const reason = active < wanted ? 'FailedCreate' : active > wanted ? 'FailedDelete' : '';
  const condition = {
    type: REPLICA_FAILURE,
    status: 'True',
    lastTransitionTime: now,
    reason,
    message: failure,
  } as const;
  return [...conditions, condition];
}

/** The status these counts make. `failure` is what the last attempt to make or delete Pods ran into. */
export function calculateStatus(
  replicaSet: ReplicaSet,
  counts: PodCounts,
  failure: string | undefined,
  now: string,
): ReplicaSetStatus {
  const conditions = conditionsOf(replicaSet, counts.active, failure, now);
  return {
    replicas: counts.active,
    ...(counts.fullyLabeled ? { fullyLabeledReplicas: counts.fullyLabeled } : {}),
    ...(counts.ready ? { readyReplicas: counts.ready } : {}),
    ...(counts.available ? { availableReplicas: counts.available } : {}),
    ...(replicaSet.kind === 'ReplicaSet' ? { terminatingReplicas: counts.terminating } : {}),
    observedGeneration: replicaSet.metadata.generation,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

/** Whether writing `next` would change anything. */
export function isStatusCurrent(replicaSet: ReplicaSet, next: ReplicaSetStatus): boolean {
  const { status } = replicaSet;
  return (
    (status.replicas ?? 0) === next.replicas &&
    (status.fullyLabeledReplicas ?? 0) === (next.fullyLabeledReplicas ?? 0) &&
    (status.readyReplicas ?? 0) === (next.readyReplicas ?? 0) &&
    (status.availableReplicas ?? 0) === (next.availableReplicas ?? 0) &&
    status.terminatingReplicas === next.terminatingReplicas &&
    status.observedGeneration === next.observedGeneration &&
    deepEqual(status.conditions ?? [], next.conditions ?? [])
  );
}
