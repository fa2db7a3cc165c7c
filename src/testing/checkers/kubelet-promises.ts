/** What kubelets promise: no Node gives away more than it has, what looks into a Pod runs once, a mirror belongs to its Node. */
import { MIRROR_POD } from '../../engine/api/pod';
import { resourceAmount } from '../../engine/api/pod-resources';
import type { Node, Pod } from '../../engine/api/types';
import { type Checker, type ClusterState, controllerUid, nameOf, podsOn } from './history';

function allocationComplaints(pod: Pod, state: ClusterState): string[] {
  const { nodeName = '' } = pod.spec;
  const node = state.find<Node>('Node', nodeName);
  if (!node) return [];
  const found: string[] = [];
  const pods = podsOn(state, nodeName);
  for (const name of ['cpu', 'memory']) {
    const amount = ({ status }: Pod): number => resourceAmount(name, status?.allocatedResources?.[name] ?? '0');
    const sum = pods.reduce((total, one) => total + amount(one), 0);
    const most = resourceAmount(name, node.status?.allocatable?.[name] ?? '0');
    if (sum > most) found.push(`${nameOf(node)} has ${most} of ${name} and has allocated ${sum} (${nameOf(pod)})`);
  }
  return found;
}

/** Whether its node begins a Pod from nothing: it had evicted it while it was cut off, and crashed before it could say so. */
const isBegunAnew = ({ status }: Pod): boolean =>
  (status?.containerStatuses ?? []).every(
    ({ restartCount, containerID, state }) => restartCount === 0 && !containerID && state?.waiting !== undefined,
  );

function lookingComplaints(before: Pod | undefined, pod: Pod): string[] {
  return (pod.status?.ephemeralContainerStatuses ?? []).flatMap(({ name, restartCount, state }) => {
    const found: string[] = [];
    if (restartCount > 0) found.push(`ephemeral container ${name} of ${nameOf(pod)} was started again`);
    const old = before?.status?.ephemeralContainerStatuses?.find((one) => one.name === name);
    if (old?.state?.terminated && !state?.terminated && !isBegunAnew(pod))
      found.push(`ephemeral container ${name} of ${nameOf(pod)} rose again`);
    return found;
  });
}

export const kubeletPromises: Checker = {
  name: 'kubelets',
  begin: (complain) => {
    /** Pods that have got other resources in this step. After an outage a node tells of one after the other, in any order. */
    let allocated: readonly Pod[] = [];
    return {
      change: ({ kind, value, previous }, state) => {
        if (kind !== 'Pod' || !value) return;
        const pod = value as Pod;
        const before = previous as Pod | undefined;
        for (const what of lookingComplaints(before, pod)) complain(what);
        if (!before && pod.metadata.annotations?.[MIRROR_POD] !== undefined) {
          const owner = state.withUid<Node>(controllerUid(pod));
          if (owner?.metadata.name !== pod.spec.nodeName) complain(`mirror ${nameOf(pod)} is not its Node's`);
        }
        if (before && before.status?.allocatedResources !== pod.status?.allocatedResources)
          allocated = [...allocated, pod];
      },
      step: (_step, state) => {
        for (const pod of allocated) for (const what of allocationComplaints(pod, state)) complain(what);
        allocated = [];
      },
    };
  },
};
