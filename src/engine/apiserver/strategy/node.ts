/**
 * Nodes. A Node may be created with a status, since its kubelet registers it so.
 * Follows pkg/registry/core/node/strategy.go.
 */
import { defaultNode } from '../../api/defaults/node';
import type { Node } from '../../api/types';
import { validateNode, validateNodeStatusUpdate, validateNodeUpdate } from '../../api/validation/node';
import type { Strategy } from '../strategy';

/** The rules of Nodes. */
export const nodeStrategy: Strategy = {
  default: defaultNode,
  prepareForCreate(draft) {
    const { spec, status } = draft as Node;
    delete spec.configSource;
    delete status.config;
  },
  validate: validateNode,
  validateUpdate: validateNodeUpdate,
  validateStatusUpdate: validateNodeStatusUpdate,
};
