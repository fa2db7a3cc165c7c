/**
 * The most that a rollout may have: never more wanted or made than replicas + maxSurge, never more Pods of a ReplicaSet than it
 * wants, and with Recreate never two versions side by side.
 */
import type { Deployment, Pod, ReplicaSet } from '../../engine/api/types';
import type { WatchEvent } from '../../engine/client/component';
import { type Checker, type ClusterState, controllerUid, isActive, nameOf, STALE_MS } from './history';
import { boundsOf, deploymentAbove, Excuses, isRolling, podsOfDeployment, replicaSetsOf } from './rollout';

/** Counts that ReplicaSets wanted until lately, by uid. */
type OlderCounts = Map<string, { readonly replicas: number; readonly endMs: number }>;

const replicasOf = (replicaSet: ReplicaSet | undefined): number => (replicaSet ? (replicaSet.spec.replicas ?? 1) : 0);

const isOver = (pod: Pod): boolean => pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';

function scaleUpComplaint(replicaSet: ReplicaSet, deployment: Deployment, state: ClusterState): string | undefined {
  const sum = replicaSetsOf(deployment, state).reduce((total, one) => total + replicasOf(one), 0);
  const { most } = boundsOf(deployment);
  if (sum <= most) return undefined;
  return `${nameOf(replicaSet)} was scaled up so that ${sum} Pods are wanted, at most ${most} may be`;
}

/** A ReplicaSet never makes more than it wants, or wanted until a moment ago. */
function excessComplaint(
  replicaSet: ReplicaSet,
  older: OlderCounts,
  state: ClusterState,
  atMs: number,
): string | undefined {
  const active = state.podsOf(replicaSet.metadata.uid).filter(isActive).length;
  const before = older.get(replicaSet.metadata.uid ?? '');
  const wanted = Math.max(replicasOf(replicaSet), before && atMs - before.endMs < STALE_MS ? before.replicas : 0);
  return active > wanted ? `${nameOf(replicaSet)} has ${active} Pods and wants ${wanted}` : undefined;
}

/** Revisions, by uid: when a Pod was adopted that nobody had owned, and when a ReplicaSet was last asked for more. */
type Revisions = Map<string, number>;

function noteRevisions(revisions: Revisions, { value, previous, revision }: WatchEvent): void {
  if (value?.kind === 'Pod' && previous && controllerUid(value) && !controllerUid(previous)) {
    revisions.set(value.metadata.uid ?? '', revision);
  } else if (value?.kind === 'ReplicaSet' && replicasOf(value as ReplicaSet) > replicasOf(previous as ReplicaSet)) {
    revisions.set(value.metadata.uid ?? '', revision);
  }
}

/** With Recreate, a Pod beside those of another version; but for Pods that nobody owned yet when the new version was asked for. */
function versionComplaint(
  pod: Pod,
  deployment: Deployment,
  state: ClusterState,
  revisions: Revisions,
): string | undefined {
  const revisionOf = (uid: string | undefined): number => revisions.get(uid ?? '') ?? 0;
  const others = podsOfDeployment(deployment, state).filter(
    (other) =>
      controllerUid(other) !== controllerUid(pod) &&
      !isOver(other) &&
      revisionOf(other.metadata.uid) <= revisionOf(controllerUid(pod)),
  );
  if (others.length === 0) return undefined;
  return `${nameOf(pod)} was made while ${others.length} Pods of another version exist`;
}

function surplusComplaint(deployment: Deployment, state: ClusterState): string | undefined {
  const existing = podsOfDeployment(deployment, state).filter(isActive).length;
  const { most } = boundsOf(deployment);
  return existing > most ? `${nameOf(deployment)} has ${existing} Pods, at most ${most} may exist` : undefined;
}

function noteOlder(older: OlderCounts, before: ReplicaSet, atMs: number): void {
  const uid = before.metadata.uid ?? '';
  const known = older.get(uid);
  const lately = known && atMs - known.endMs < STALE_MS ? known.replicas : 0;
  older.set(uid, { replicas: Math.max(replicasOf(before), lately), endMs: atMs });
}

export const rolloutBounds: Checker = {
  name: 'rollout bounds',
  begin: (complain) => {
    const excuses = new Excuses();
    const older: OlderCounts = new Map();
    const revisions: Revisions = new Map();
    const tell = (what: string | undefined): void => {
      if (what) complain(what);
    };
    return {
      step: (step) => excuses.note(step),
      change: (change, state, step) => {
        const { kind, value, previous, atMs } = change;
        excuses.see(change, state, step);
        noteRevisions(revisions, change);
        if (kind === 'ReplicaSet') {
          const [now, before] = [value as ReplicaSet | undefined, previous as ReplicaSet | undefined];
          if (before && replicasOf(before) > replicasOf(now)) noteOlder(older, before, atMs);
          if (!now || step?.actor !== 'deployment-controller' || replicasOf(now) <= replicasOf(before)) return;
          const deployment = deploymentAbove(now, state);
          if (deployment && !excuses.isNew(deployment, atMs)) tell(scaleUpComplaint(now, deployment, state));
        }
        if (kind !== 'Pod' || previous || step?.actor !== 'replicaset-controller') return;
        const pod = value as Pod;
        const replicaSet = state.withUid<ReplicaSet>(controllerUid(pod));
        if (!replicaSet) return;
        tell(excessComplaint(replicaSet, older, state, atMs));
        const deployment = deploymentAbove(pod, state);
        if (!deployment || excuses.isNew(deployment, atMs)) return;
        if (!isRolling(deployment)) tell(versionComplaint(pod, deployment, state, revisions));
        else if (!excuses.isCatchingUp(atMs)) tell(surplusComplaint(deployment, state));
      },
    };
  },
};
