/**
 * A DaemonSet's revisions: one ControllerRevision per template it has had, named by the template's hash.
 * Follows constructHistory, snapshot, dedupCurHistories and cleanupHistory of pkg/controller/daemon/update.go. Hashes differ from a
 * real cluster's as those of ReplicaSets do (api/pod-template-hash.ts).
 */

import { controllerOf, keyOf } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { podTemplateHash } from '../../api/pod-template-hash';
import { matchesLabelSelector } from '../../api/selector';
import { isReason, StatusError } from '../../api/status-error';
import type { ControllerRevision, DaemonSet, Pod } from '../../api/types';
import type { Context } from '../../client/component';
import { sortRevisions } from '../../client/controller-history';
import { claimChildren, newControllerRef } from '../../client/controller-ref';
import { controlledPlace } from '../../client/indexers';
import { REVISION_LABEL } from './daemon-pod';

/** The present revision's hash, and the revisions before it. */
export interface History {
  readonly hash: string;
  readonly old: readonly ControllerRevision[];
  /** Set when the revision of the present template had to be made. */
  readonly made?: ControllerRevision;
}

function dataOf({ spec }: DaemonSet): object {
  return { spec: { template: { $patch: 'replace', ...spec.template } } };
}

function isOfTemplate(context: Context, daemonSet: DaemonSet, revision: ControllerRevision): boolean {
  const { template } = daemonSet.spec;
  return context.derived.memo('is of template', keyOf(revision), [template, revision.data], () =>
    deepEqual(revision.data, dataOf(daemonSet)),
  );
}

/** The revisions that are the DaemonSet's, after adopting orphans and releasing those it no longer matches. */
function claimRevisions(context: Context, daemonSet: DaemonSet): readonly ControllerRevision[] {
  const { namespace = '' } = daemonSet.metadata;
  const matches = ({ metadata }: { metadata: ControllerRevision['metadata'] }): boolean =>
    matchesLabelSelector(daemonSet.spec.selector, metadata.labels);
  const own = context.lister.controlledBy<ControllerRevision>('ControllerRevision', daemonSet.metadata);
  const orphans = context.lister.byIndex<ControllerRevision>('ControllerRevision', 'orphan', namespace).filter(matches);
  if (orphans.length === 0 && own.every(matches)) return own;
  const claims = claimChildren({ client: context.client, owner: daemonSet, matches }, [...own, ...orphans]);
  if (claims.error) throw claims.error;
  return claims.claimed;
}

/** Finds the revision of the present template, or makes it, and gives it the latest number. Throws what is refused. */
export function constructHistory(context: Context, daemonSet: DaemonSet): History {
  const all = claimRevisions(context, daemonSet).map((revision) => withHash(context, revision));
  const present = all.filter((revision) => isOfTemplate(context, daemonSet, revision));
  const old = all.filter((revision) => !present.includes(revision));
  const number = Math.max(0, ...old.map(({ revision }) => revision)) + 1;
  const current =
    present.length === 0 ? snapshot(context, daemonSet, number) : withoutDoubles(context, daemonSet, present);
  if (current.revision < number) context.client.update<ControllerRevision>({ ...current, revision: number });
  const hash = current.metadata.labels?.[REVISION_LABEL] ?? '';
  return present.length === 0 ? { hash, old, made: current } : { hash, old };
}

/** A revision without a hash takes its name for one. */
function withHash(context: Context, revision: ControllerRevision): ControllerRevision {
  const { labels, name } = revision.metadata;
  if (labels?.[REVISION_LABEL] !== undefined) return revision;
  const metadata = { ...revision.metadata, labels: { ...labels, [REVISION_LABEL]: name } };
  return context.client.update<ControllerRevision>({ ...revision, metadata });
}

function snapshot(context: Context, daemonSet: DaemonSet, number: number): ControllerRevision {
  const { metadata, spec, status } = daemonSet;
  const hash = podTemplateHash(spec.template, status.collisionCount);
  const name = `${metadata.name}-${hash}`;
  const revision: ControllerRevision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      namespace: metadata.namespace,
      labels: { ...spec.template.metadata?.labels, [REVISION_LABEL]: hash },
      ...(metadata.annotations ? { annotations: metadata.annotations } : {}),
      ownerReferences: [newControllerRef(daemonSet)],
    },
    data: dataOf(daemonSet),
    revision: number,
  };
  try {
    return context.client.create<ControllerRevision>(revision);
  } catch (error) {
    if (!isReason(error, 'AlreadyExists')) throw error;
    const known = context.client.get<ControllerRevision>('ControllerRevision', metadata.namespace, name);
    if (deepEqual(known.data, revision.data)) return known;
    countCollision(context, daemonSet);
    throw error;
  }
}

/** The next try gets another hash. */
function countCollision({ client }: Context, daemonSet: DaemonSet): void {
  const { name, namespace } = daemonSet.metadata;
  const live = client.get<DaemonSet>('DaemonSet', namespace, name);
  const { collisionCount = 0 } = live.status;
  if (collisionCount !== (daemonSet.status.collisionCount ?? 0)) {
    const counts = `(${daemonSet.status.collisionCount ?? 0}, expected ${collisionCount})`;
    const message = `found a stale collision count ${counts} of DaemonSet "${name}" while processing; will retry until it is updated`;
    throw new StatusError('InternalError', 500, message);
  }
  client.updateStatus<DaemonSet>({ ...live, status: { ...live.status, collisionCount: collisionCount + 1 } });
}

/** Of several revisions with the present template the latest is kept, and Pods of the others are relabelled. */
function withoutDoubles(
  context: Context,
  daemonSet: DaemonSet,
  present: readonly ControllerRevision[],
): ControllerRevision {
  const kept = present.reduce((latest, one) => (one.revision >= latest.revision ? one : latest));
  if (present.length === 1) return kept;
  const { namespace } = daemonSet.metadata;
  const hash = kept.metadata.labels?.[REVISION_LABEL];
  for (const { metadata } of context.lister.controlledBy<Pod>('Pod', daemonSet.metadata)) {
    if (metadata.labels?.[REVISION_LABEL] === hash) continue;
    const body = { metadata: { labels: { [REVISION_LABEL]: hash } } };
    context.client.patch('Pod', namespace, metadata.name, { type: 'merge', body });
  }
  for (const { metadata } of present) {
    if (metadata.name !== kept.metadata.name) context.client.delete('ControllerRevision', namespace, metadata.name);
  }
  return kept;
}

/** Deletes the oldest revisions beyond the limit, but none that a Pod is of. */
export function cleanUpHistory(context: Context, daemonSet: DaemonSet, old: readonly ControllerRevision[]): void {
  let surplus = old.length - (daemonSet.spec.revisionHistoryLimit ?? 10);
  if (surplus <= 0) return;
  const { namespace } = daemonSet.metadata;
  const inUse = new Set<string>();
  for (const pod of context.lister.unordered<Pod>('Pod', 'controller', controlledPlace(daemonSet.metadata))) {
    const hash = pod.metadata.labels?.[REVISION_LABEL];
    if (hash) inUse.add(hash);
  }
  for (const { metadata } of sortRevisions(old) as ControllerRevision[]) {
    if (surplus <= 0) return;
    if (inUse.has(metadata.labels?.[REVISION_LABEL] ?? '')) continue;
    context.client.delete('ControllerRevision', namespace, metadata.name);
    surplus--;
  }
}

/** Whose history a change of a revision is, as keys: nobody is woken by the revision he has just made. */
export function isOwnCreation(previous: object | undefined, revision: ControllerRevision | undefined): boolean {
  return previous === undefined && revision !== undefined && controllerOf(revision) !== undefined;
}
