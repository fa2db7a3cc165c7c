/** When nothing is left to do, every promise is kept: Deployments are complete, Pods run on Nodes that are there, and nothing is still being deleted. */
import { JOB_TRACKING_FINALIZER } from '../../engine/api/job';
import type { Deployment, Job, Node, Pod, ReplicaSet } from '../../engine/api/types';
import { type Checker, type ClusterState, controllerUid, isActive, isReady, nameOf } from './history';

/**
 * A set that has the Pods wanted by now, but notes that another number was, makes each sync a scaling that has nothing to scale, so that no
 * rollout goes on: so the real controller stands, too (isScalingEvent and scale of pkg/controller/deployment/sync.go).
 */
const isTakenForScaling = ({ metadata, spec }: ReplicaSet, wanted: number): boolean => {
  const noted = metadata.annotations?.['deployment.kubernetes.io/desired-replicas'];
  return spec.replicas === wanted && noted !== undefined && Number(noted) !== wanted;
};

function deploymentComplaints(deployment: Deployment, state: ClusterState): string[] {
  const { status } = deployment;
  const wanted = deployment.spec.replicas ?? 1;
  const sets = state.list<ReplicaSet>('ReplicaSet').filter((one) => controllerUid(one) === deployment.metadata.uid);
  const pods = sets.flatMap((one) => state.podsOf(one.metadata.uid)).filter(isActive);
  const found: string[] = [];
  const expect = (what: string, said: number | undefined, truth: number): void => {
    if ((said ?? 0) !== truth) found.push(`${nameOf(deployment)} ends with ${what} ${said ?? 0}, should be ${truth}`);
  };
  expect('Pods', pods.length, wanted);
  expect('replicas', status.replicas, wanted);
  expect('readyReplicas', status.readyReplicas, pods.filter(isReady).length);
  expect('availableReplicas', status.availableReplicas, wanted);
  expect('unavailableReplicas', status.unavailableReplicas, 0);
  if (deployment.spec.paused || sets.some((set) => isTakenForScaling(set, wanted))) return found;
  expect('updatedReplicas', status.updatedReplicas, wanted);
  expect('ReplicaSets in use', sets.filter((one) => one.spec.replicas).length, wanted > 0 ? 1 : 0);
  return found;
}

/** A suspended Job keeps the last failed Pod of an index, by which it knows how often that failed, until it makes another. */
function isKept(pod: Pod, state: ClusterState): boolean {
  const owner = state.withUid<Job>(controllerUid(pod));
  return (
    owner?.kind === 'Job' &&
    owner.spec.suspend === true &&
    owner.spec.backoffLimitPerIndex !== undefined &&
    pod.status?.phase === 'Failed' &&
    pod.metadata.finalizers?.includes(JOB_TRACKING_FINALIZER) === true
  );
}

export const settledWell: Checker = {
  name: 'in the end',
  begin: (complain) => ({
    settled: (state) => {
      const found = state.list<Deployment>('Deployment').flatMap((one) => deploymentComplaints(one, state));
      for (const pod of state.list<Pod>('Pod')) {
        if (isKept(pod, state)) continue;
        if (pod.metadata.deletionTimestamp) found.push(`${nameOf(pod)} is still being deleted`);
        // A daemon Pod finds room on its own node or nowhere.
        const isPinned = state.withUid(controllerUid(pod))?.kind === 'DaemonSet';
        if (!pod.spec.nodeName && isPinned) continue;
        if (!pod.spec.nodeName) found.push(`${nameOf(pod)} was never bound`);
        else if (!state.find<Node>('Node', pod.spec.nodeName))
          found.push(`${nameOf(pod)} is on ${pod.spec.nodeName}, which is gone`);
      }
      for (const object of state.kinds().flatMap((kind) => state.list(kind))) {
        if (object.metadata.deletionTimestamp && object.kind !== 'Pod')
          found.push(`${nameOf(object)} is still being deleted`);
      }
      for (const complaint of found) complain(complaint);
    },
  }),
};
