/**
 * ReplicaSets.
 * Follows pkg/registry/apps/replicaset/strategy.go.
 */
import { defaultReplicaSet } from '../../api/defaults/replica-set';
import {
  validateReplicaSet,
  validateReplicaSetStatusUpdate,
  validateReplicaSetUpdate,
} from '../../api/validation/replica-set';
import type { Strategy } from '../strategy';

/** The rules of ReplicaSets. */
export const replicaSetStrategy: Strategy = {
  default: defaultReplicaSet,
  prepareForCreate(draft) {
    draft.status = { replicas: 0 };
  },
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  validateStatusUpdate: validateReplicaSetStatusUpdate,
};
