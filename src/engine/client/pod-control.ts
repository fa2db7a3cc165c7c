/**
 * How workload controllers make and delete Pods: from a template, with Events about the owner, and in batches that start small.
 * Follows pkg/controller/controller_utils.go (GetPodFromTemplate, RealPodControl) and slowStartBatch of
 * pkg/controller/replicaset/replica_set.go. A batch runs one Pod after the other instead of at once; whoever wants each Pod to
 * be a step of its own fires a timer per Pod and keeps the {@link SlowStart} in memory in between.
 */
import type { KubeObject } from '../api/meta';
import { hasCause, StatusError } from '../api/status-error';
import type { Pod, PodTemplateSpec } from '../api/types';
import type { Context } from './component';
import { newControllerRef } from './controller-ref';

const MAX_NAME = 253;

/** The Pod that a template stands for, controlled by `owner` and named after it. */
export function podFromTemplate(template: PodTemplateSpec | undefined, owner: KubeObject): Pod {
  const { namespace, name } = owner.metadata;
  const { labels, annotations, finalizers } = template?.metadata ?? {};
  const pod: Omit<Pod, 'status' | 'metadata'> & { metadata: object } = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: name.length < MAX_NAME ? `${name}-` : name,
      namespace,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(finalizers ? { finalizers } : {}),
      ownerReferences: [newControllerRef(owner)],
    },
    spec: template?.spec as Pod['spec'],
  };
  return pod as Pod;
}

/**
 * What became of one Pod that was to be made or deleted: the Pod as it was left, or why it failed, or neither when there was
 * nothing to do (the namespace goes and takes no more Pods, or the Pod to delete is gone).
 */
export interface PodOutcome {
  readonly pod?: Pod;
  readonly failure?: string;
}

/** Creates a Pod and says so, or why not, in an Event about the owner. */
export function createPod(context: Context, owner: KubeObject, pod: Pod): PodOutcome {
  if (Object.keys(pod.metadata.labels ?? {}).length === 0) {
    return { failure: 'unable to create pods, no labels' };
  }
  try {
    const created = context.client.create<Pod>(pod);
    context.events.record(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`);
    return { pod: created };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (hasCause(error, 'NamespaceTerminating')) return {};
    context.events.record(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
    return { failure: error.message };
  }
}

/** Deletes a Pod and says so, or why not, in an Event about the owner. */
export function deletePod(context: Context, owner: KubeObject, name: string): PodOutcome {
  try {
    const pod = context.client.delete<Pod>('Pod', owner.metadata.namespace, name);
    context.events.record(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
    return { pod };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (error.reason === 'NotFound') return {};
    context.events.record(owner, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`);
    return { failure: `unable to delete pods: ${error.message}` };
  }
}

/** Creations under way: batches of 1, 2, 4, … of which none starts after one with a failure in it. Replaced, never mutated. */
export interface SlowStart {
  /** Creations tried so far. */
  readonly tried: number;
  readonly succeeded: number;
  /** How many will have been tried when the present batch ends: 1, 3, 7, 15 … */
  readonly batchEnd: number;
  /** The first failure. */
  readonly failure: string | undefined;
}

/** Before the first creation. */
export const SLOW_START: SlowStart = { tried: 0, succeeded: 0, batchEnd: 1, failure: undefined };

/** Whether another creation may be tried. Those that may not are skipped, and no longer to be expected. */
export function mayTry({ tried, batchEnd, failure }: SlowStart): boolean {
  return failure === undefined || tried < batchEnd;
}

/** Takes in one creation: undefined when it succeeded (or there was nothing to do), else why it failed. */
export function afterTry(start: SlowStart, failure: string | undefined): SlowStart {
  const tried = start.tried + 1;
  const first = start.failure ?? failure;
  const isNextBatchDue = tried === start.batchEnd && first === undefined;
  return {
    tried,
    succeeded: start.succeeded + (failure === undefined ? 1 : 0),
    batchEnd: isNextBatchDue ? start.batchEnd * 2 + 1 : start.batchEnd,
    failure: first,
  };
}
