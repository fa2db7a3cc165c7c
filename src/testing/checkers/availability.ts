/**
 * The fewest that a rollout may leave: the ReplicaSet controller takes no available Pod of a rolling Deployment when that leaves
 * fewer than replicas - maxUnavailable. A Pod that dies by itself is no broken promise, so nothing is asked shortly after that.
 */
import type { Pod } from '../../engine/api/types';
import { beginsDeletion, type Checker, controllerUid, type History, isActive, isReady, nameOf } from './history';
import { boundsOf, deploymentAbove, EXCUSED_MS, Excuses, isRolling, podsOfDeployment } from './rollout';

function isAvailable(pod: Pod, minReadySeconds: number, atMs: number, history: History): boolean {
  if (!isActive(pod) || !isReady(pod)) return false;
  const since = pod.status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  return minReadySeconds === 0 || (since != null && history.timeOf(since) + minReadySeconds * 1000 <= atMs);
}

export const availability: Checker = {
  name: 'availability',
  begin: (complain, history) => {
    const excuses = new Excuses();
    const lossMs = new Map<string, number>();
    return {
      step: (step) => excuses.note(step),
      change: (change, state, step) => {
        const { kind, value, previous, atMs } = change;
        excuses.see(change, state, step);
        if (kind !== 'Pod') return;
        const [pod, before] = [value as Pod | undefined, previous as Pod | undefined];
        if (!before || !isActive(before) || !isReady(before)) return;
        if (pod && isActive(pod) && isReady(pod) && controllerUid(pod) === controllerUid(before)) return;
        const deployment = deploymentAbove(before, state);
        if (!deployment) return;
        const { uid = '', name } = deployment.metadata;
        if (step?.actor !== 'replicaset-controller' || !beginsDeletion(change)) {
          lossMs.set(uid, atMs);
          return;
        }
        const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
        if (!isRolling(deployment) || !isAvailable(before, minReadySeconds, atMs, history)) return;
        const isExcused = excuses.isCatchingUp(atMs) || atMs - (lossMs.get(uid) ?? -EXCUSED_MS) < EXCUSED_MS;
        if (isExcused || excuses.isNew(deployment, atMs)) return;
        const pods = podsOfDeployment(deployment, state).filter((one) => isActive(one) && isReady(one));
        const left = pods.filter((one) => isAvailable(one, minReadySeconds, atMs, history));
        // The Deployment lets a ReplicaSet go down by its Pods that are not available yet; which one then goes is decided by other
        // things, as upstream: it need not be one of those.
        if (left.length < pods.length) return;
        const { fewest } = boundsOf(deployment);
        if (left.length >= fewest) return;
        complain(
          `deleting ${nameOf(before)} leaves ${left.length} available Pods of ${name}, at least ${fewest} must be`,
        );
      },
    };
  },
};
