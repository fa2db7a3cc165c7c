/**
 * StatefulSets: in order no ordinal is skipped, Pods go from the highest down, updates wait for what lies above, each Pod mounts its own
 * claims, and in the end each ordinal has its Pod, of the new revision.
 */
import { keyOf } from '../../engine/api/meta';
import type { Pod, StatefulSet } from '../../engine/api/types';
import { WATCH_LATENCY_MS } from '../../engine/api/watch-latency';
import {
  beginsDeletion,
  type Checker,
  type ClusterState,
  controllerUid,
  isActive,
  isReady,
  nameOf,
  STALE_MS,
} from './history';

const REVISION = 'controller-revision-hash';

const ordinalOf = ({ metadata }: Pod): number => Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));

function bounds({ spec }: StatefulSet): { first: number; last: number } {
  const first = spec.ordinals?.start ?? 0;
  return { first, last: first + (spec.replicas ?? 1) - 1 };
}

function settledComplaints(set: StatefulSet, state: ClusterState): string[] {
  const { first, last } = bounds(set);
  const pods = state.podsOf(set.metadata.uid).sort((a, b) => ordinalOf(a) - ordinalOf(b));
  const wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index).join(' ');
  const found: string[] = [];
  if (pods.map(ordinalOf).join(' ') !== wanted)
    found.push(`has ordinals ${pods.map(ordinalOf).join(' ')}, not ${wanted}`);
  for (const pod of pods) {
    if (!isReady(pod)) found.push(`has ${pod.metadata.name} that is not ready`);
    const isBelow = ordinalOf(pod) < first + (set.spec.updateStrategy?.rollingUpdate?.partition ?? 0);
    if (!isBelow && pod.metadata.labels?.[REVISION] !== set.status.updateRevision)
      found.push(`has an outdated ${pod.metadata.name}`);
  }
  if ((set.status.readyReplicas ?? 0) !== pods.filter(isReady).length)
    found.push(`says ${set.status.readyReplicas} ready`);
  if (set.status.replicas !== pods.length) found.push(`says ${set.status.replicas} Pods`);
  return found.map((what) => `${nameOf(set)} ${what}`);
}

export const statefulSets: Checker = {
  name: 'StatefulSets',
  begin: (complain) => {
    /** Until when a Pod was last ready and staying, by key; now, while it is. */
    const goodUntilMs = new Map<string, number>();
    /** When other ordinals were last asked for, by the set's uid: until the controller sees that, it updates those it knows. */
    const scaledAtMs = new Map<string, number>();
    const wasGood = (pod: Pod, atMs: number): boolean =>
      (isActive(pod) && isReady(pod)) || (goodUntilMs.get(keyOf(pod)) ?? Number.NEGATIVE_INFINITY) >= atMs - STALE_MS;
    const isGoodAt = (state: ClusterState, set: StatefulSet, ordinal: number, atMs: number): boolean => {
      const key = `${set.metadata.namespace}/${set.metadata.name}-${ordinal}`;
      const pod = state.find<Pod>('Pod', key);
      return pod ? wasGood(pod, atMs) : (goodUntilMs.get(key) ?? Number.NEGATIVE_INFINITY) >= atMs - STALE_MS;
    };
    return {
      change: (change, state, step) => {
        const { kind, key, value, previous, atMs } = change;
        if (kind === 'StatefulSet' && value && previous) {
          const [now, then] = [bounds(value as StatefulSet), bounds(previous as StatefulSet)];
          if (now.first !== then.first || now.last !== then.last) scaledAtMs.set(value.metadata.uid ?? '', atMs);
        }
        if (kind !== 'Pod') return;
        const before = previous as Pod | undefined;
        const pod = value as Pod | undefined;
        if (before && isActive(before) && isReady(before)) goodUntilMs.set(key, atMs);
        const set = state.withUid<StatefulSet>(controllerUid((pod ?? before) as Pod));
        if (set?.kind !== 'StatefulSet' || step?.actor !== 'statefulset-controller') return;
        const { first, last } = bounds(set);
        const ordinal = ordinalOf((pod ?? before) as Pod);
        const isOrdered = set.spec.podManagementPolicy !== 'Parallel';
        if (pod && !before) {
          for (let lower = first; isOrdered && lower < ordinal; lower++) {
            if (!isGoodAt(state, set, lower, atMs)) complain(`${nameOf(pod)} is made before ${lower} is ready`);
          }
          for (const { name, persistentVolumeClaim } of pod.spec.volumes ?? []) {
            const own = `${name}-${pod.metadata.name}`;
            if (persistentVolumeClaim && persistentVolumeClaim.claimName !== own)
              complain(`${nameOf(pod)} mounts ${persistentVolumeClaim.claimName} instead of ${own}`);
          }
        }
        if (
          !beginsDeletion(change) ||
          !before ||
          before.status.phase === 'Failed' ||
          before.status.phase === 'Succeeded'
        )
          return;
        const others = state.podsOf(set.metadata.uid).filter((one) => ordinalOf(one) > ordinal);
        const isSeen = atMs - (scaledAtMs.get(set.metadata.uid ?? '') ?? Number.NEGATIVE_INFINITY) >= WATCH_LATENCY_MS;
        const isBeyond = ordinal > last || ordinal < first;
        if (isOrdered && isSeen && isBeyond && others.some((one) => ordinalOf(one) > last))
          complain(`${nameOf(before)} goes before a higher ordinal is gone`);
        for (let higher = ordinal + 1; ordinal >= first && higher <= last; higher++) {
          if (!isGoodAt(state, set, higher, atMs))
            complain(`${nameOf(before)} is updated while ${higher} is not ready`);
        }
      },
      settled: (state) => {
        for (const set of state.list<StatefulSet>('StatefulSet')) settledComplaints(set, state).forEach(complain);
      },
    };
  },
};
