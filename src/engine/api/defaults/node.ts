/**
 * Defaults of Nodes. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go (SetDefaults_NodeStatus) and conversion.go (Convert_v1_NodeSpec_To_core_NodeSpec).
 */
import type { KubeObject } from '../meta';
import type { Node, NodeSpec } from '../types';
import { defaultResourceList } from './resource-list';

/** Fills what a Node leaves open: what it can allocate is all it has. */
export function defaultNode(draft: KubeObject): void {
  const node = draft as Node;
  node.spec ??= {};
  defaultPodCidrs(node.spec);
  node.status ??= {};
  const { status } = node;
  if (status.capacity) status.allocatable ??= { ...status.capacity };
  defaultResourceList(status.capacity);
  defaultResourceList(status.allocatable);
}

/** The single range is the first of the list; where they differ, the list is taken to be older. */
function defaultPodCidrs(spec: NodeSpec): void {
  if (spec.podCIDR && spec.podCIDRs?.[0] !== spec.podCIDR) spec.podCIDRs = [spec.podCIDR];
  const first = spec.podCIDRs?.[0];
  if (first) spec.podCIDR = first;
}
