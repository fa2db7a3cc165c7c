/**
 * VolumeZone: a volume that is labelled with a zone or region is used in that zone or region only.
 * Follows plugins/volumezone/volume_zone.go and component-helpers/storage/volume/helpers.go (LabelZonesToSet).
 */
import { deepEqual } from '../../api/plain';
import type { PersistentVolume, StorageClass } from '../../api/types';
import { classOf } from '../../api/volume-claim';
import { definePlugin, type Handle, type PodInfo, type PreFilterResult, SKIP, unresolvable } from '../framework';
import { concernsNamedClaim, missingClaim, namedClaims } from './pod-claims';

const CONFLICT = 'node(s) had no available volume zone';
const BETA = 'failure-domain.beta.kubernetes.io/';
const STABLE = 'topology.kubernetes.io/';
const LABELS = [BETA, STABLE].flatMap((prefix) => [`${prefix}zone`, `${prefix}region`]);

/** A label of a volume, and what the node's may be. */
interface Topology {
  readonly key: string;
  readonly values: readonly string[];
}

function topologiesOf({ metadata }: PersistentVolume): readonly Topology[] {
  return LABELS.flatMap((key) => {
    const value = metadata.labels?.[key];
    return value ? [{ key, values: value.split('__').map((zone) => zone.trim()) }] : [];
  });
}

function preFilter(pod: PodInfo, { storage }: Handle): PreFilterResult<readonly Topology[]> {
  const state: Topology[] = [];
  for (const name of namedClaims(pod.spec)) {
    const claim = storage.claim(pod.namespace, name);
    if (!claim) return { status: unresolvable(missingClaim(name)) };
    const { volumeName } = claim.spec;
    if (volumeName) {
      const volume = storage.volume(volumeName);
      if (!volume) return { status: unresolvable(`persistentvolume "${volumeName}" not found`) };
      state.push(...topologiesOf(volume));
      continue;
    }
    const className = classOf(claim);
    if (!className) return { status: unresolvable('PersistentVolumeClaim had no pv name and storageClass name') };
    const storageClass = storage.storageClass(className);
    if (!storageClass) {
      return { status: unresolvable(`storageclass.storage.k8s.io "${className}" not found`) };
    }
    if (storageClass.volumeBindingMode !== 'WaitForFirstConsumer') {
      return { status: unresolvable('PersistentVolume had no name') };
    }
  }
  return state.length > 0 ? { state } : { status: SKIP };
}

/** See the header. */
export const volumeZone = definePlugin<readonly Topology[]>({
  name: 'VolumeZone',
  events: {
    StorageClassAdd: (_pod, _before, after) => (after as StorageClass).volumeBindingMode === 'WaitForFirstConsumer',
    NodeAdd: true,
    NodeUpdateLabel: true,
    PersistentVolumeClaimAdd: concernsNamedClaim,
    PersistentVolumeClaimUpdate: concernsNamedClaim,
    PersistentVolumeAdd: true,
    PersistentVolumeUpdate: (_pod, before, after) =>
      !deepEqual(topologiesOf(before as PersistentVolume), topologiesOf(after as PersistentVolume)),
  },
  preFilter,
  filter: (_pod, { node }, topologies) => {
    const labels = node.metadata.labels ?? {};
    if (!LABELS.some((label) => labels[label] !== undefined)) return undefined;
    const fits = topologies.every(({ key, values }) => {
      const value = labels[key] ?? labels[key.replace(BETA, STABLE)];
      return value !== undefined && values.includes(value);
    });
    return fits ? undefined : unresolvable(CONFLICT);
  },
});
