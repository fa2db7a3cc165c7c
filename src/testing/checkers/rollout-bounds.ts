/**
 * What a rolling update promises: never more than replicas + maxSurge, never fewer available than replicas - maxUnavailable
 * through the controllers' own doing, and with Recreate never two versions side by side. Percentages are worked out here
 * once more. A Pod that dies by itself is no broken promise, so the minimum is not asked shortly after that.
 */
import { deepEqual } from '../../engine/api/plain';
import type { Deployment, IntOrString, Pod, ReplicaSet } from '../../engine/api/types';
import {
  beginsDeletion,
  type Checker,
  type ClusterState,
  controllerUid,
  type History,
  isActive,
  isReady,
  nameOf,
} from './history';

/** How long controllers may act on an older view. */
const STALE_MS = 100;
/** How long a loss that nobody chose, or a controller that was away, excuses a low count. */
const EXCUSED_MS = 2000;

function amount(value: IntOrString | undefined, total: number, round: (value: number) => number): number {
  return typeof value === 'string' ? round((Number.parseInt(value, 10) * total) / 100) : (value ?? 0);
}

/** The most Pods and the fewest available Pods that a Deployment's rollout may have. */
export function boundsOf({ spec }: Deployment): { most: number; fewest: number } {
  const wanted = spec.replicas ?? 1;
  const { maxSurge, maxUnavailable } = spec.strategy?.rollingUpdate ?? {};
  const surge = amount(maxSurge, wanted, Math.ceil);
  const missing = amount(maxUnavailable, wanted, Math.floor);
  return { most: wanted + surge, fewest: Math.max(0, wanted - (surge === 0 ? Math.max(1, missing) : missing)) };
}

function isAvailable(pod: Pod, minReadySeconds: number, atMs: number, history: History): boolean {
  if (!isReady(pod)) return false;
  const since = pod.status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  return minReadySeconds === 0 || (since != null && history.timeOf(since) + minReadySeconds * 1000 <= atMs);
}

const replicaSetsOf = (deployment: Deployment, state: ClusterState): ReplicaSet[] =>
  state.list<ReplicaSet>('ReplicaSet').filter((one) => controllerUid(one) === deployment.metadata.uid);

function podsOfDeployment(deployment: Deployment, state: ClusterState): Pod[] {
  return replicaSetsOf(deployment, state).flatMap((replicaSet) => state.podsOf(replicaSet.metadata.uid));
}

const isRolling = ({ spec }: Deployment): boolean => spec.strategy?.type !== 'Recreate';

/** The Deployment above a Pod or ReplicaSet. */
function deploymentAbove(object: Pod | ReplicaSet, state: ClusterState): Deployment | undefined {
  const above = state.withUid<Deployment>(controllerUid(object));
  return above?.kind === 'ReplicaSet' ? state.withUid<Deployment>(controllerUid(above)) : above;
}

export const rolloutBounds: Checker = {
  name: 'rollout bounds',
  begin: (complain, history) => {
    const specChangedMs = new Map<string, number>();
    const lossMs = new Map<string, number>();
    const wantedMost = new Map<string, { replicas: number; endMs: number }>();
    let componentsChangedMs = -EXCUSED_MS;

    const checkScaleUp = (replicaSet: ReplicaSet, deployment: Deployment, state: ClusterState): void => {
      const sum = replicaSetsOf(deployment, state).reduce((total, one) => total + (one.spec.replicas ?? 1), 0);
      const { most } = isRolling(deployment) ? boundsOf(deployment) : { most: deployment.spec.replicas ?? 1 };
      if (sum > most)
        complain(`${nameOf(replicaSet)} was scaled up so that ${sum} Pods are wanted, at most ${most} may be`);
    };
    const checkCreated = (pod: Pod, state: ClusterState, atMs: number): void => {
      const replicaSet = state.withUid<ReplicaSet>(controllerUid(pod));
      const deployment = deploymentAbove(pod, state);
      if (!replicaSet) return;
      const active = state.podsOf(replicaSet.metadata.uid).filter(isActive).length;
      const older = wantedMost.get(replicaSet.metadata.uid ?? '');
      const wanted = Math.max(
        replicaSet.spec.replicas ?? 1,
        older && atMs - older.endMs < STALE_MS ? older.replicas : 0,
      );
      if (active > wanted) complain(`${nameOf(replicaSet)} has ${active} Pods and wants ${wanted}`);
      if (!deployment || atMs - (specChangedMs.get(deployment.metadata.uid ?? '') ?? 0) < STALE_MS) return;
      const pods = podsOfDeployment(deployment, state);
      const { most } = boundsOf(deployment);
      const existing = pods.filter(isActive).length;
      const isExcused = atMs - componentsChangedMs < EXCUSED_MS;
      if (isRolling(deployment) && existing > most && !isExcused)
        complain(`${nameOf(deployment)} has ${existing} Pods, at most ${most} may exist`);
      const others = pods.filter(
        (other) =>
          controllerUid(other) !== replicaSet.metadata.uid &&
          !['Failed', 'Succeeded'].includes(other.status?.phase ?? ''),
      );
      if (!isRolling(deployment) && others.length > 0)
        complain(`${nameOf(pod)} was made while ${others.length} Pods of another version exist`);
    };
    const checkDeleted = (pod: Pod, before: Pod, state: ClusterState, atMs: number): void => {
      const deployment = deploymentAbove(before, state);
      if (!deployment || !isRolling(deployment)) return;
      const { uid = '' } = deployment.metadata;
      const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
      if (!isAvailable(before, minReadySeconds, atMs, history)) return;
      const excusedMs = Math.max(lossMs.get(uid) ?? -EXCUSED_MS, componentsChangedMs);
      if (atMs - excusedMs < EXCUSED_MS || atMs - (specChangedMs.get(uid) ?? 0) < STALE_MS) return;
      const available = podsOfDeployment(deployment, state).filter(
        (one) => isActive(one) && isAvailable(one, minReadySeconds, atMs, history),
      );
      const { fewest } = boundsOf(deployment);
      if (available.length < fewest) {
        complain(
          `deleting ${nameOf(pod)} leaves ${available.length} available Pods of ${deployment.metadata.name}, at least ${fewest} must be`,
        );
      }
    };

    return {
      step: ({ actor, verb, time }) => {
        if (actor === 'fault' && (verb === 'heal' || verb === 'component-down' || verb === 'api-server-down'))
          componentsChangedMs = time;
      },
      change: (change, state, step) => {
        const { kind, value, previous, atMs } = change;
        if (kind === 'Deployment' && value && !deepEqual(value.spec, previous?.spec))
          specChangedMs.set(value.metadata.uid ?? '', atMs);
        if (kind === 'ReplicaSet') {
          const [now, before] = [value as ReplicaSet | undefined, previous as ReplicaSet | undefined];
          const wantedBefore = before ? (before.spec.replicas ?? 1) : 0;
          if (before && wantedBefore > (now?.spec.replicas ?? 0)) {
            const older = wantedMost.get(before.metadata.uid ?? '');
            const olderReplicas = older && atMs - older.endMs < STALE_MS ? older.replicas : 0;
            const replicas = Math.max(wantedBefore, olderReplicas);
            wantedMost.set(before.metadata.uid ?? '', { replicas, endMs: atMs });
          }
          const deployment = now && deploymentAbove(now, state);
          // People may scale a ReplicaSet behind its Deployment's back; that is put right, and no promise covers it.
          if (deployment && step?.actor === 'user') specChangedMs.set(deployment.metadata.uid ?? '', atMs);
          if (
            !now ||
            !deployment ||
            step?.actor !== 'deployment-controller' ||
            (now.spec.replicas ?? 1) <= wantedBefore
          )
            return;
          if (atMs - (specChangedMs.get(deployment.metadata.uid ?? '') ?? 0) >= STALE_MS)
            checkScaleUp(now, deployment, state);
        }
        if (kind !== 'Pod') return;
        const [pod, before] = [value as Pod | undefined, previous as Pod | undefined];
        const isByController = step?.actor === 'replicaset-controller';
        if (pod && !before && isByController) checkCreated(pod, state, atMs);
        if (!before || !isActive(before) || !isReady(before)) return;
        if (pod && isActive(pod) && isReady(pod) && controllerUid(pod) === controllerUid(before)) return;
        if (isByController && beginsDeletion(change)) return checkDeleted(pod ?? before, before, state, atMs);
        const deployment = deploymentAbove(before, state);
        if (deployment) lossMs.set(deployment.metadata.uid ?? '', atMs);
      },
    };
  },
};
