/**
 * VolumeRestrictions: disks that only one Pod of a node may have, and claims that only one Pod of the cluster may.
 * Follows plugins/volumerestrictions/volume_restrictions.go.
 */
import type { Pod, PodSpec, Volume } from '../../api/types';
import {
  definePlugin,
  type Handle,
  type PlacedPod,
  type PodInfo,
  type PreFilterResult,
  SKIP,
  unresolvable,
  unschedulable,
} from '../framework';
import { claimKey, concernsNamedClaim, missingClaim, namedClaims } from './pod-claims';

const DISK_CONFLICT = 'node(s) had no available disk';
const IN_USE =
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';

/** Claims for one Pod only, and how many of them placed Pods use. */
interface Restrictions {
  readonly exclusive: readonly string[];
  readonly conflicts: number;
}

type Source = Readonly<Record<string, unknown>>;

/** Whether two sources are one disk that cannot be shared. */
const SAME: Readonly<Record<string, (a: Source, b: Source) => boolean>> = {
  gcePersistentDisk: (a, b) => a.pdName === b.pdName && !(a.readOnly && b.readOnly),
  awsElasticBlockStore: (a, b) => a.volumeID === b.volumeID,
  iscsi: (a, b) => a.iqn === b.iqn && !(a.readOnly && b.readOnly),
  rbd: (a, b) => {
    const shared = (a.monitors as string[]).some((monitor) => (b.monitors as string[]).includes(monitor));
    return shared && a.pool === b.pool && a.image === b.image && !(a.readOnly && b.readOnly);
  },
};
const TYPES = Object.keys(SAME) as (keyof Volume)[];

const sourcesOf = ({ volumes = [] }: PodSpec): [keyof Volume, Source][] =>
  volumes.flatMap(
    (volume) =>
      TYPES.flatMap((type) => (volume[type] ? [[type, volume[type] as unknown as Source]] : [])) as [
        keyof Volume,
        Source,
      ][],
  );

function haveConflict(spec: PodSpec, other: PodSpec): boolean {
  const theirs = sourcesOf(other);
  return sourcesOf(spec).some(([type, source]) =>
    theirs.some(([otherType, otherSource]) => type === otherType && SAME[type]?.(source, otherSource)),
  );
}

function preFilter(pod: PodInfo, handle: Handle): PreFilterResult<Restrictions> {
  const exclusive: string[] = [];
  for (const name of namedClaims(pod.spec)) {
    const claim = handle.storage.claim(pod.namespace, name);
    if (!claim) return { status: unresolvable(missingClaim(name)) };
    if (claim.spec.accessModes?.includes('ReadWriteOncePod')) exclusive.push(name);
  }
  const conflicts = exclusive.filter((name) => handle.storage.isUsed(claimKey(pod, name))).length;
  if (conflicts === 0 && sourcesOf(pod.spec).length === 0) return { status: SKIP };
  return { state: { exclusive, conflicts } };
}

/** How many of the exclusive claims a placed Pod uses. */
function usesOf({ exclusive }: Restrictions, pod: PodInfo, other: PlacedPod): number {
  if (other.namespace !== pod.namespace) return 0;
  return namedClaims(other.madeFrom).filter((name) => exclusive.includes(name)).length;
}

/** See the header. */
export const volumeRestrictions = definePlugin<Restrictions>({
  name: 'VolumeRestrictions',
  events: {
    AssignedPodDelete: (pod, before) => {
      const gone = before as Pod;
      if (gone.metadata.namespace !== pod.namespace) return false;
      const claims = namedClaims(gone.spec);
      return haveConflict(pod.spec, gone.spec) || namedClaims(pod.spec).some((name) => claims.includes(name));
    },
    NodeAdd: true,
    PersistentVolumeClaimAdd: concernsNamedClaim,
  },
  preFilter,
  withPodAdded: (state, pod, added) => ({ ...state, conflicts: state.conflicts + usesOf(state, pod, added) }),
  withPodRemoved: (state, pod, removed) => ({ ...state, conflicts: state.conflicts - usesOf(state, pod, removed) }),
  filter: (pod, node, { conflicts }) => {
    if (sourcesOf(pod.spec).length > 0) {
      for (const other of node.pods.values()) {
        if (haveConflict(pod.spec, other.madeFrom)) return unschedulable(DISK_CONFLICT);
      }
    }
    return conflicts > 0 ? unschedulable(IN_USE) : undefined;
  },
});
