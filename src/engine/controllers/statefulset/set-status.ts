/**
 * A StatefulSet's status, and the sentence about it.
 * Follows updateStatus, completeRollingUpdate and inconsistentStatus of pkg/controller/statefulset.
 */
import { keyOf } from '../../api/meta';
import type { StatefulSet, StatefulSetStatus } from '../../api/types';
import type { Context } from '../../client/component';
import { noteWrite, type OwnWrites } from '../../client/own-writes';
import { saveStatus } from '../../client/save-status';
import type { Revisions } from './revisions';
import type { SetView } from './set-view';

/** What counts go into a status beside those of the view. */
export interface StatusFacts {
  readonly available: number;
  /** Outdated Pods that have just been deleted: they don't count as current any more. */
  readonly outdated: number;
}

/** The status that these Pods and revisions make. */
export function statusOf(
  statefulSet: StatefulSet,
  view: SetView,
  revisions: Revisions,
  { available, outdated }: StatusFacts,
): StatefulSetStatus {
  const { current, update, collisionCount } = revisions;
  const wanted = statefulSet.spec.replicas ?? 1;
  const replicas = view.members.size;
  const updatedReplicas = view.staying.get(update.name) ?? 0;
  let currentReplicas = (view.staying.get(current.name) ?? 0) - outdated;
  let currentRevision = current.name;
  const isRolling = statefulSet.spec.updateStrategy?.type === 'RollingUpdate';
  if (isRolling && updatedReplicas === wanted && view.ready === wanted && replicas === wanted) {
    currentReplicas = updatedReplicas;
    currentRevision = update.name;
  }
  return {
    observedGeneration: statefulSet.metadata.generation,
    replicas,
    ...(view.ready ? { readyReplicas: view.ready } : {}),
    ...(currentReplicas ? { currentReplicas } : {}),
    ...(updatedReplicas ? { updatedReplicas } : {}),
    currentRevision,
    updateRevision: update.name,
    collisionCount,
    availableReplicas: available,
  };
}

const COMPARED = [
  'replicas',
  'currentReplicas',
  'readyReplicas',
  'updatedReplicas',
  'currentRevision',
  'availableReplicas',
  'updateRevision',
] as const;

/** Whether a status is worth writing. */
export function isInconsistent({ status }: StatefulSet, next: StatefulSetStatus): boolean {
  if ((next.observedGeneration ?? 0) > (status.observedGeneration ?? 0)) return true;
  return COMPARED.some((field) => (status[field] || undefined) !== (next[field] || undefined));
}

type StatusContext = Context & { readonly memory: { readonly written: OwnWrites } };

/** Writes a status that differs; a lost race is tried again on the live object. Returns the object as stored, if it was written. */
export function writeStatus(
  context: StatusContext,
  statefulSet: StatefulSet,
  status: StatefulSetStatus,
): StatefulSet | undefined {
  if (!isInconsistent(statefulSet, status)) return undefined;
  const written = saveStatus(context.client, statefulSet, (one) => ({ ...one, status }));
  noteWrite(context.memory.written, keyOf(statefulSet), written.metadata.resourceVersion);
  return written;
}

/** `StatefulSet web reports …`. */
export function statusInWords({ metadata, spec }: StatefulSet, status: StatefulSetStatus): string {
  const { replicas, readyReplicas = 0, updatedReplicas = 0, currentRevision, updateRevision } = status;
  const rollout =
    currentRevision === updateRevision ? '' : `, ${updatedReplicas} of the new revision ${updateRevision}`;
  return `StatefulSet ${metadata.name} reports ${replicas} of ${spec.replicas ?? 1} Pods, ${readyReplicas} ready${rollout}`;
}
