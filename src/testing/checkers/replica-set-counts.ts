/**
 * ReplicaSet statuses equal a count from scratch: what its controller writes must have been true at some moment shortly
 * before, and when nothing is left to do, it must be true now.
 */
import { matchesLabelSelector, matchesSet } from '../../engine/api/selector';
import type { Pod, ReplicaSet } from '../../engine/api/types';
import { type Checker, controllerUid, isActive, isReady, nameOf, STALE_MS } from './history';

function countText(replicaSet: ReplicaSet, pods: readonly Pod[]): string {
  // A Pod whose labels were changed is on its way out, and for a ReplicaSet that is being deleted it stays so.
  const active = pods.filter(
    (pod) => isActive(pod) && matchesLabelSelector(replicaSet.spec.selector, pod.metadata.labels),
  );
  const labelled = active.filter((pod) => matchesSet(replicaSet.spec.template?.metadata?.labels, pod.metadata.labels));
  return `${active.length} Pods, ${labelled.length} fully labelled, ${active.filter(isReady).length} ready`;
}

function statusText({ status }: ReplicaSet): string {
  const { replicas = 0, fullyLabeledReplicas = 0, readyReplicas = 0 } = status;
  return `${replicas} Pods, ${fullyLabeledReplicas} fully labelled, ${readyReplicas} ready`;
}

interface Count {
  readonly text: string;
  /** Until when this was true; undefined while it still is. */
  endMs: number | undefined;
}

export const replicaSetCounts: Checker = {
  name: 'ReplicaSet counts',
  begin: (complain) => {
    const counts = new Map<string, Count[]>();
    return {
      change: ({ kind, key, value, previous, atMs }, state, step) => {
        if (kind !== 'Pod' && kind !== 'ReplicaSet') return;
        const touched = new Set(
          kind === 'Pod' ? [value && controllerUid(value), previous && controllerUid(previous)] : [value?.metadata.uid],
        );
        for (const uid of touched) {
          const replicaSet = state.withUid<ReplicaSet>(uid);
          if (!uid || replicaSet?.kind !== 'ReplicaSet') continue;
          const text = countText(replicaSet, state.podsOf(uid));
          const list = (counts.get(uid) ?? []).filter(({ endMs }) => endMs === undefined || endMs >= atMs - STALE_MS);
          const last = list.at(-1);
          if (last && last.text !== text) last.endMs = atMs;
          if (last?.text !== text) list.push({ text, endMs: undefined });
          counts.set(uid, list);
        }
        if (kind !== 'ReplicaSet' || !value || step?.actor !== 'replicaset-controller') return;
        if (value.status === previous?.status) return;
        const replicaSet = value as ReplicaSet;
        const told = statusText(replicaSet);
        const uids = [value.metadata.uid, state.lateNamesake(kind, key, atMs)];
        const list = uids.flatMap((uid) => counts.get(uid ?? '') ?? []);
        if (!list.some(({ text }) => text === told)) {
          complain(`${nameOf(value)} says ${told}; true was ${list.map(({ text }) => text).join(' / ')}`);
        }
        const { availableReplicas = 0, readyReplicas = 0 } = replicaSet.status;
        if (availableReplicas > readyReplicas) complain(`${nameOf(value)} has more available than ready Pods`);
      },
      settled: (state) => {
        for (const replicaSet of state.list<ReplicaSet>('ReplicaSet')) {
          const truth = countText(replicaSet, state.podsOf(replicaSet.metadata.uid));
          if (statusText(replicaSet) !== truth)
            complain(`${nameOf(replicaSet)} ends saying ${statusText(replicaSet)}; true is ${truth}`);
        }
      },
    };
  },
};
