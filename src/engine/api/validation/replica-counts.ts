/**
 * The counts in the status of controllers.
 * Follows pkg/apis/apps/validation/validation.go (ValidateDeploymentStatus, ValidateReplicaSetStatus and their like).
 */
import type { DeploymentStatus } from '../types';
import { type FieldErrors, invalid } from './field-errors';

/** Counts of Pods in a state, which can't exceed the count of Pods. */
export function validateReplicaCounts<Special extends string>(
  errors: FieldErrors,
  status: Pick<DeploymentStatus, 'replicas' | 'readyReplicas' | 'availableReplicas'> & { [field in Special]?: number },
  special: Special,
): void {
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  const tooMany = 'cannot be greater than status.replicas';
  const specialCount = status[special] ?? 0;
  if (specialCount > replicas) errors.push(invalid(`status.${special}`, specialCount, tooMany));
  if (readyReplicas > replicas) errors.push(invalid('status.readyReplicas', readyReplicas, tooMany));
  if (availableReplicas > replicas) errors.push(invalid('status.availableReplicas', availableReplicas, tooMany));
  if (availableReplicas > readyReplicas) {
    errors.push(invalid('status.availableReplicas', availableReplicas, 'cannot be greater than readyReplicas'));
  }
}

/** How often names of revisions collided: that never grows less. */
export function validateCollisionCount(errors: FieldErrors, count = 0, before = 0): void {
  if (count < before) errors.push(invalid('status.collisionCount', count, 'cannot be decremented'));
}
