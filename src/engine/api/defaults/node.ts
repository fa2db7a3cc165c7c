/**
 * Defaults of Nodes. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go (SetDefaults_NodeStatus).
 */
import type { KubeObject } from '../meta';
import type { Node } from '../types';
import { defaultResourceList } from './resource-list';

/** Fills what a Node leaves open: what it can allocate is all it has. */
export function defaultNode(draft: KubeObject): void {
  const node = draft as Node;
  node.spec ??= {};
  node.status ??= {};
  const { status } = node;
  if (status.capacity) status.allocatable ??= { ...status.capacity };
  defaultResourceList(status.capacity);
  defaultResourceList(status.allocatable);
}
