/**
 * A StatefulSet's revisions: which one its Pods are of, and which one they are to be of.
 * Follows getStatefulSetRevisions, truncateHistory and adoptOrphanRevisions of pkg/controller/statefulset.
 */
import { controllerOf } from '../../api/meta';
import type { ControllerRevision, PodTemplateSpec, StatefulSet } from '../../api/types';
import type { Context } from '../../client/component';
import {
  createRevision,
  listRevisions,
  newControllerRevision,
  planRevision,
  renumberRevision,
  revisionsToTruncate,
} from '../../client/controller-history';
import { claimChildren } from '../../client/controller-ref';
import type { PodRevision } from './stateful-pod';

/** The two revisions that matter, and all there are. */
export interface Revisions {
  readonly all: readonly ControllerRevision[];
  readonly current: PodRevision;
  readonly update: PodRevision;
  readonly collisionCount: number;
  /** What is to be said of a revision that was just made. */
  readonly news: string | undefined;
}

function templateOf({ data }: Pick<ControllerRevision, 'data'>): PodTemplateSpec {
  const { $patch: _patch, ...template } = (data as { spec: { template: PodTemplateSpec & { $patch?: string } } }).spec
    .template;
  return template;
}

function asPodRevision(revision: ControllerRevision): PodRevision {
  return { name: revision.metadata.name, template: templateOf(revision) };
}

function adopt(context: Context, statefulSet: StatefulSet, found: readonly ControllerRevision[]): void {
  if (found.every((revision) => controllerOf(revision))) return;
  const claims = claimChildren({ client: context.client, owner: statefulSet, matches: () => true }, found);
  if (claims.error) throw claims.error;
}

/** Finds or makes the revision of the present template; undefined when it is not there and none is to be made. Throws what is refused. */
export function revisionsOf(context: Context, statefulSet: StatefulSet, isGoing: boolean): Revisions | undefined {
  const { spec, status, metadata } = statefulSet;
  const all = listRevisions(context.lister, statefulSet, spec.selector) as ControllerRevision[];
  if (!isGoing) adopt(context, statefulSet, all);
  const data = { spec: { template: { $patch: 'replace', ...spec.template } } };
  const inputs = [spec.template, ...all];
  const plan = context.derived.memo('revision plan', metadata.uid ?? '', inputs, () => planRevision(all, data));
  let { collisionCount = 0 } = status;
  let update: ControllerRevision;
  let news: string | undefined;
  if (plan.verb !== 'keep' && isGoing) return undefined;
  if (plan.verb === 'keep') update = plan.revision as ControllerRevision;
  else if (plan.verb === 'renumber') update = renumberRevision(context.client, plan.revision, plan.number);
  else {
    const fresh = newControllerRevision(statefulSet, spec.template.metadata?.labels, data, plan.number, collisionCount);
    const annotations = metadata.annotations ? { annotations: metadata.annotations } : {};
    const revision = { ...fresh, metadata: { ...fresh.metadata, ...annotations } };
    const created = createRevision(context.client, statefulSet, revision, collisionCount);
    update = created.revision as ControllerRevision;
    collisionCount = created.collisionCount;
    news = `Kept revision ${plan.number} of StatefulSet ${metadata.name} as ${update.metadata.name}`;
  }
  const current = all.find((revision) => revision.metadata.name === status.currentRevision) ?? update;
  return { all, current: asPodRevision(current), update: asPodRevision(update), collisionCount, news };
}

/** Deletes the oldest revisions beyond the limit, but none that is in use. */
export function cleanUpRevisions(
  context: Context,
  statefulSet: StatefulSet,
  { all, current, update }: Revisions,
  ofPods: () => readonly string[],
): void {
  const limit = statefulSet.spec.revisionHistoryLimit ?? 10;
  if (all.length <= limit) return;
  const inUse = new Set([current.name, update.name, ...ofPods()]);
  for (const { metadata } of revisionsToTruncate(all, inUse, limit)) {
    context.client.delete('ControllerRevision', metadata.namespace, metadata.name);
  }
}
