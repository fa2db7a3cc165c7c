/**
 * Changes in the cluster as the scheduling queue names them: what happened to which kind of thing, as narrowly as it
 * can be told. Plugins declare which of them could let a rejected Pod in.
 * Follows pkg/scheduler/framework/events.go and pkg/scheduler/eventhandlers.go.
 */
import { deepEqual } from '../api/plain';
import type { Node, Pod } from '../api/types';

/**
 * `AssignedPod`: one that has a node. `TargetPod`: the waiting Pod itself. The last one moves every Pod, whatever
 * rejected it.
 */
export type ClusterEvent =
  | 'AssignedPodAdd'
  | 'AssignedPodUpdateLabel'
  | 'AssignedPodScaleDown'
  | 'AssignedPodDelete'
  | 'TargetPodUpdateLabel'
  | 'TargetPodUpdateToleration'
  | 'TargetPodScaleDown'
  | 'TargetPodSchedulingGatesEliminated'
  | 'NodeAdd'
  | 'NodeDelete'
  | 'NodeUpdateAllocatable'
  | 'NodeUpdateLabel'
  | 'NodeUpdateTaint'
  | `${StorageKind}${'Add' | 'Update' | 'Delete'}`
  | 'UnschedulableTimeout';

/** Kinds that storage depends on. */
type StorageKind =
  | 'PersistentVolumeClaim'
  | 'PersistentVolume'
  | 'StorageClass'
  | 'CSINode'
  | 'CSIStorageCapacity'
  | 'VolumeAttachment';

/** What changed on a node that placement could depend on. */
export function nodeEvents(before: Node, after: Node): ClusterEvent[] {
  const events: ClusterEvent[] = [];
  if (differs(before.status?.allocatable, after.status?.allocatable)) events.push('NodeUpdateAllocatable');
  if (differs(before.metadata.labels, after.metadata.labels)) events.push('NodeUpdateLabel');
  const opened = before.spec.unschedulable === true && after.spec.unschedulable !== true;
  if (opened || differs(before.spec.taints, after.spec.taints)) events.push('NodeUpdateTaint');
  return events;
}

function differs(before: unknown, after: unknown): boolean {
  return before !== after && !deepEqual(before, after);
}

/** What changed on a waiting Pod itself. `scaledDown`: it asks for less of something. */
export function targetPodEvents(before: Pod, after: Pod, scaledDown: boolean): ClusterEvent[] {
  const events: ClusterEvent[] = [];
  if (differs(before.metadata.labels, after.metadata.labels)) events.push('TargetPodUpdateLabel');
  if (scaledDown) events.push('TargetPodScaleDown');
  if (before.spec === after.spec) return events;
  if (before.spec.schedulingGates?.length && !after.spec.schedulingGates?.length) {
    events.push('TargetPodSchedulingGatesEliminated');
  }
  // The API server lets people add tolerations and nothing else, so their number tells.
  if ((before.spec.tolerations?.length ?? 0) !== (after.spec.tolerations?.length ?? 0)) {
    events.push('TargetPodUpdateToleration');
  }
  return events;
}
