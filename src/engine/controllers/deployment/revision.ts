/**
 * What a Deployment writes into the annotations of its ReplicaSets and of itself: revision numbers, the sizes that a
 * ReplicaSet was last told, and a copy of the Deployment's own annotations (kubectl's change-cause among them); and
 * which old ReplicaSets are no longer kept. Pure.
 * Follows pkg/controller/deployment/util/deployment_util.go and cleanupDeployment in pkg/controller/deployment/sync.go.
 */
import type { KubeObject } from '../../api/meta';
import { desiredReplicas, rolloutBounds } from '../../api/rollout-bounds';
import type { Deployment, ReplicaSet } from '../../api/types';
import { compareByCreation, sizeOf } from './replica-set-order';

/** Annotation keys. */
export const REVISION = 'deployment.kubernetes.io/revision';
/** Annotation: revisions that a ReplicaSet had before. */
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
/** Annotation: replicas its Deployment wanted. */
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
/** Annotation: replicas its Deployment may have at most. */
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

const NOT_COPIED: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

const MAX_HISTORY_CHARACTERS = 2000;
const UNLIMITED = 2_147_483_647;

type Annotations = Readonly<Record<string, string>>;

/** An annotation as an integer; undefined when it is missing or something else. */
export function integerAnnotation(object: KubeObject, key: string): number | undefined {
  const text = object.metadata.annotations?.[key];
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** The revision number of a ReplicaSet; 0 without one. */
export function revisionOf(object: KubeObject): number {
  return integerAnnotation(object, REVISION) ?? 0;
}

/** The highest revision number among these. */
export function maxRevision(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((highest, replicaSet) => Math.max(highest, revisionOf(replicaSet)), 0);
}

/** The annotations that tell a ReplicaSet the size of the whole. */
export function sizeAnnotations(deployment: Deployment): Annotations {
  const desired = desiredReplicas(deployment);
  return {
    [DESIRED_REPLICAS]: String(desired),
    [MAX_REPLICAS]: String(desired + rolloutBounds(deployment).maxSurge),
  };
}

/** Whether a ReplicaSet has not been told the present size of the whole. */
export function needsSizeAnnotations(replicaSet: ReplicaSet, deployment: Deployment): boolean {
  const wanted = sizeAnnotations(deployment);
  const present = replicaSet.metadata.annotations ?? {};
  return Object.keys(wanted).some((key) => present[key] !== wanted[key]);
}

/** Appends a revision to the list of those a ReplicaSet once was; the oldest are dropped when it grows too long. */
function extendHistory(history: string | undefined, revision: string): string {
  if (!history) return revision;
  const revisions = history.split(',');
  let length = history.length + revision.length + 1;
  let start = 0;
  while (length > MAX_HISTORY_CHARACTERS && start < revisions.length) {
    length -= (revisions[start] as string).length + 1;
    start++;
  }
  return length <= MAX_HISTORY_CHARACTERS ? [...revisions.slice(start), revision].join(',') : history;
}

/**
 * The annotations of the new ReplicaSet: the Deployment's own, and the next revision number unless it has a higher one.
 * One that comes back after a rollback remembers which revisions it was. Returns `present` itself when nothing changes.
 */
export function newReplicaSetAnnotations(
  deployment: Deployment,
  present: Annotations | undefined,
  revision: number,
): Annotations | undefined {
  const annotations: Record<string, string> = { ...present };
  let isChanged = false;
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (NOT_COPIED.has(key) || annotations[key] === value) continue;
    annotations[key] = value;
    isChanged = true;
  }
  const before = present?.[REVISION];
  if (before !== undefined && before !== '' && !/^[+-]?\d+$/.test(before)) return isChanged ? annotations : present;
  if (Number(before ?? 0) < revision) {
    annotations[REVISION] = String(revision);
    isChanged = true;
    if (before !== undefined) annotations[REVISION_HISTORY] = extendHistory(present?.[REVISION_HISTORY], before);
  }
  return isChanged ? annotations : present;
}

/** The old ReplicaSets beyond revisionHistoryLimit that can go: those that are empty and known to be so. */
export function planCleanup(deployment: Deployment, old: readonly ReplicaSet[]): readonly ReplicaSet[] {
  const limit = deployment.spec.revisionHistoryLimit;
  if (limit === undefined || limit === UNLIMITED) return [];
  const alive = old.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const surplus = alive.length - limit;
  if (surplus <= 0) return [];
  const isEmpty = (replicaSet: ReplicaSet): boolean =>
    (replicaSet.status.replicas ?? 0) === 0 &&
    sizeOf(replicaSet) === 0 &&
    (replicaSet.metadata.generation ?? 0) <= (replicaSet.status.observedGeneration ?? 0);
  return alive
    .sort((a, b) => revisionOf(a) - revisionOf(b) || compareByCreation(a, b))
    .slice(0, surplus)
    .filter(isEmpty);
}
