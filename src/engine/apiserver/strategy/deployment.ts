/**
 * Deployments.
 * Follows pkg/registry/apps/deployment/strategy.go.
 */
import { defaultDeployment } from '../../api/defaults/deployment';
import type { KubeObject } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import {
  validateDeployment,
  validateDeploymentStatusUpdate,
  validateDeploymentUpdate,
} from '../../api/validation/deployment';
import type { Strategy } from '../strategy';

/** Changed annotations count as a new generation here, since the controller copies them to ReplicaSets. */
function prepareForUpdate(draft: KubeObject, old: KubeObject): void {
  if (deepEqual(draft.metadata.annotations ?? {}, old.metadata.annotations ?? {})) return;
  draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

/** The rules of Deployments. */
export const deploymentStrategy: Strategy = {
  default: defaultDeployment,
  prepareForCreate(draft) {
    draft.status = {};
  },
  prepareForUpdate,
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  validateStatusUpdate: validateDeploymentStatusUpdate,
};
