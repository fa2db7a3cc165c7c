/**
 * The revisions of a DaemonSet or StatefulSet, for `kubectl rollout`.
 * Follows staging/src/k8s.io/kubectl/pkg/polymorphichelpers/{history,rollback}.go.
 */
import { controllerOf, type KubeObject } from '../engine/api/meta';
import { deepEqual } from '../engine/api/plain';
import { formatLabelSelector } from '../engine/api/selector';
import type { ControllerRevision, LabelSelector, PodTemplateSpec } from '../engine/api/types';
import type { Reader } from './command';
import { attempt, KubectlError } from './errors';

/** A DaemonSet or a StatefulSet. */
export type RevisedWorkload = KubeObject & {
  readonly spec: { readonly selector: LabelSelector; readonly template: PodTemplateSpec };
};

/** The revisions that a workload owns, by number. */
export function controllerRevisionsOf(reader: Reader, workload: RevisedWorkload): Map<number, ControllerRevision> {
  const { name, namespace, uid } = workload.metadata;
  const labelSelector = formatLabelSelector(workload.spec.selector);
  const all = attempt(() => reader.list<ControllerRevision>('ControllerRevision', { namespace, labelSelector }));
  if (all instanceof Error) {
    throw new KubectlError(`unable to find history controlled by ${workload.kind} ${name}: ${all.message}`);
  }
  const own = all.filter((revision) => controllerOf(revision)?.uid === uid);
  return new Map(own.map((revision) => [revision.revision, revision]));
}

/** The template that a revision keeps. */
export function revisedTemplate({ data }: ControllerRevision): PodTemplateSpec {
  const { $patch: _patch, ...template } = (data as { spec: { template: PodTemplateSpec & { $patch?: string } } }).spec
    .template;
  return template;
}

/** Whether a workload is of this revision now. */
export function isAtRevision({ spec }: RevisedWorkload, revision: ControllerRevision): boolean {
  return deepEqual(revisedTemplate(revision), spec.template);
}

/** The revision to go back to: of that number, or with 0 the one before the latest. Throws when there is none. */
export function controllerRevisionToRestore(
  history: ReadonlyMap<number, ControllerRevision>,
  toRevision: number,
): ControllerRevision {
  const numbers = [...history.keys()].sort((a, b) => b - a);
  if (toRevision === 0 && numbers.length <= 1) throw new KubectlError('no last revision to roll back to');
  const found = history.get(toRevision === 0 ? (numbers[1] as number) : toRevision);
  if (!found) throw new KubectlError(`unable to find specified revision ${toRevision} in history`);
  return found;
}
