/**
 * A Deployment's status: sums over its ReplicaSets, and whether enough Pods are available. Pure.
 * Follows calculateStatus in pkg/controller/deployment/sync.go and the condition functions in
 * pkg/controller/deployment/util/deployment_util.go. Counts of zero are left out, as upstream's JSON does.
 */

import { rolloutBounds } from '../../api/rollout-bounds';
import type { Deployment, DeploymentCondition, DeploymentStatus } from '../../api/types';
import {
  type Generations,
  totalActual,
  totalAvailable,
  totalReady,
  totalSize,
  totalTerminating,
} from './replica-set-order';

type Conditions = readonly DeploymentCondition[];

/** A condition of now. */
export function newCondition(
  type: string,
  status: DeploymentCondition['status'],
  reason: string,
  message: string,
  now: string,
): DeploymentCondition {
  return { type, status, lastUpdateTime: now, lastTransitionTime: now, reason, message };
}

/** The condition of a type. */
export function conditionOf(conditions: Conditions | undefined, type: string): DeploymentCondition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** Without the condition of a type. */
export function removeCondition(conditions: Conditions, type: string): Conditions {
  return conditions.some((condition) => condition.type === type)
    ? conditions.filter((condition) => condition.type !== type)
    : conditions;
}

/** Sets a condition unless one with the same status and reason is there; the time of a transition is kept otherwise. */
export function setCondition(conditions: Conditions, condition: DeploymentCondition): Conditions {
  const current = conditionOf(conditions, condition.type);
  if (current?.status === condition.status && current.reason === condition.reason) return conditions;
  const { lastTransitionTime } = current?.status === condition.status ? current : condition;
  return [...removeCondition(conditions, condition.type), { ...condition, lastTransitionTime }];
}

/** The counts of a status; zeros are left out, but terminatingReplicas, where known, is not. */
function countsOf(status: DeploymentStatus): DeploymentStatus {
  const shown: DeploymentStatus = {};
  if (status.observedGeneration) shown.observedGeneration = status.observedGeneration;
  if (status.replicas) shown.replicas = status.replicas;
  if (status.updatedReplicas) shown.updatedReplicas = status.updatedReplicas;
  if (status.readyReplicas) shown.readyReplicas = status.readyReplicas;
  if (status.availableReplicas) shown.availableReplicas = status.availableReplicas;
  if (status.unavailableReplicas) shown.unavailableReplicas = status.unavailableReplicas;
  if (status.terminatingReplicas !== undefined) shown.terminatingReplicas = status.terminatingReplicas;
  if (status.collisionCount !== undefined) shown.collisionCount = status.collisionCount;
  return shown;
}

/** A status with other conditions. */
export function withConditions(status: DeploymentStatus, conditions: Conditions): DeploymentStatus {
  const { conditions: _before, ...others } = status;
  return conditions.length > 0 ? { ...others, conditions: [...conditions] } : others;
}

/** The status these ReplicaSets make. */
export function calculateStatus(deployment: Deployment, { all, current }: Generations, now: string): DeploymentStatus {
  const { desired, maxUnavailable } = rolloutBounds(deployment);
  const available = totalAvailable(all);
  const counts = countsOf({
    observedGeneration: deployment.metadata.generation,
    replicas: totalActual(all),
    updatedReplicas: current?.status.replicas ?? 0,
    readyReplicas: totalReady(all),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, totalSize(all) - available),
    terminatingReplicas: totalTerminating(all),
    collisionCount: deployment.status.collisionCount,
  });
  const condition =
    available >= desired - maxUnavailable
      ? newCondition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', now)
      : newCondition(
          'Available',
          'False',
          'MinimumReplicasUnavailable',
          'Deployment does not have minimum availability.',
          now,
        );
  return withConditions(counts, setCondition(deployment.status.conditions ?? [], condition));
}
