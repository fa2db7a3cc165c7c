/** Nothing is tried for ever without a pause: Pods that a kubelet turns away, and Events, stay few in any virtual minute. */
import type { Node, Pod } from '../../engine/api/types';
import type { Checker, ClusterState } from './history';

const MS_PER_MINUTE = 60_000;
/** More than the swarm's clusters can have reason for. */
const MOST_REJECTED = 40;
/**
 * A Pod that is removed while its containers run, by force, keeps its place on its node until they have ended, or its mirror is made anew:
 * so long Pods of a ReplicaSet are sent there and turned away, one after the other.
 */
const STILL_THERE_MS = MS_PER_MINUTE;
/** A node under pressure that the API server has not been told of takes Pods and turns them away for up to ten seconds. */
const MOST_EVENTS = 8000;

const isRejected = (pod: Pod | undefined): boolean =>
  pod?.status?.phase === 'Failed' && /^(OutOf|NodeAffinity|Unexpected)/.test(pod.status.reason ?? '');

const PRESSURE = /^(Memory|Disk|PID)Pressure$/;

/** Whether a Node says that it is under pressure and nobody has tainted it, as nobody does while the node lifecycle controller is down: Pods are sent there and evicted on arrival as fast as they are made, on a real cluster too. */
const takesAndEvicts = ({ spec, status }: Node): boolean =>
  (status?.conditions ?? []).some(({ type, status: value }) => PRESSURE.test(type) && value === 'True') &&
  !spec?.taints?.some(({ key }) => key.endsWith('-pressure'));

const isEvictedOnArrival = (state: ClusterState): boolean => state.list<Node>('Node').some(takesAndEvicts);

const isRunning = (pod: Pod | undefined): boolean =>
  pod?.status?.containerStatuses?.some(({ state }) => state?.running !== undefined) === true;

export const storms: Checker = {
  name: 'storms',
  begin: (complain) => {
    let minute = 0;
    let rejected = 0;
    let events = 0;
    let removedAtMs = Number.NEGATIVE_INFINITY;
    return {
      change: ({ kind, previous, value, atMs }, state) => {
        const current = Math.floor(atMs / MS_PER_MINUTE);
        if (current !== minute) {
          minute = current;
          rejected = 0;
          events = 0;
        }
        if (kind === 'Pod' && !value && isRunning(previous as Pod)) removedAtMs = atMs;
        const isExcused = atMs - removedAtMs < STILL_THERE_MS;
        if (kind === 'Pod' && !isExcused && isRejected(value as Pod) && !isRejected(previous as Pod)) rejected++;
        else if (kind === 'Event' && value && !isEvictedOnArrival(state)) events++;
        else return;
        if (kind === 'Pod' && rejected === MOST_REJECTED + 1)
          complain(`more than ${MOST_REJECTED} Pods were turned away in minute ${minute}`);
        if (kind === 'Event' && events === MOST_EVENTS + 1)
          complain(`more than ${MOST_EVENTS} Events were written in minute ${minute}`);
      },
    };
  },
};
