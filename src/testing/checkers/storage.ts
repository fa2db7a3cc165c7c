/**
 * A claim and its volume agree and belong to nobody else; a volume for one node is attached to one; a volume that is to be kept goes only
 * when a person says so; a Pod runs only with its claims bound.
 */
import type { PersistentVolume, PersistentVolumeClaim, VolumeAttachment } from '../../engine/api/types';
import { type Checker, type ClusterState, nameOf } from './history';

const CLAIM = 'PersistentVolumeClaim';
const VOLUME = 'PersistentVolume';

/** What is wrong with a claim that says that it is bound. */
function claimProblem(claim: PersistentVolumeClaim, state: ClusterState, freed: ReadonlySet<string>): string {
  const { volumeName = '' } = claim.spec;
  const volume = state.find<PersistentVolume>(VOLUME, volumeName);
  if (!volume) return `is bound to ${volumeName}, which is not there`;
  const { uid } = volume.spec.claimRef ?? {};
  if (uid !== claim.metadata.uid) return `is bound to ${volumeName}, which is meant for ${uid ?? 'nobody'}`;
  // Whom a person took it from is not told: it says that it is bound until it is looked at again.
  if (freed.has(volumeName)) return '';
  const other = state
    .list<PersistentVolumeClaim>(CLAIM)
    .find((one) => one !== claim && one.status.phase === 'Bound' && one.spec.volumeName === volumeName);
  return other ? `shares ${volumeName} with ${nameOf(other)}` : '';
}

const isForOneNode = ({ spec }: PersistentVolume): boolean =>
  !spec.accessModes?.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');

export const storage: Checker = {
  name: 'storage',
  begin: (complain) => {
    /** Uids of volumes whose deletion a person asked for. */
    const asked = new Set<string>();
    /** Volumes that a person took from their claims. */
    const freed = new Set<string>();
    return {
      change: ({ kind, key, value, previous }, state, step) => {
        if (kind === CLAIM && value) {
          const claim = value as PersistentVolumeClaim;
          const isNew =
            claim.status.phase === 'Bound' && (previous as typeof claim | undefined)?.status.phase !== 'Bound';
          const problem = isNew ? claimProblem(claim, state, freed) : '';
          if (problem) complain(`${nameOf(claim)} ${problem}`);
        }
        if (kind === VOLUME) {
          const uid = (value ?? previous)?.metadata.uid ?? '';
          if (value?.metadata.deletionTimestamp && !previous?.metadata.deletionTimestamp && step?.actor === 'user')
            asked.add(uid);
          const claimOf = (volume: typeof value) => (volume as PersistentVolume | undefined)?.spec.claimRef;
          if (step?.actor === 'user' && claimOf(previous) && !claimOf(value)) freed.add(key);
          const gone = value ? undefined : (previous as PersistentVolume);
          const { persistentVolumeReclaimPolicy: policy } = gone?.spec ?? {};
          if (gone && policy === 'Retain' && !asked.has(uid) && step?.actor !== 'user') {
            complain(`${nameOf(gone)} is gone, though it was to be kept`);
          }
        }
        if (kind === 'VolumeAttachment' && (value as VolumeAttachment | undefined)?.status.attached) {
          const { persistentVolumeName = '' } = (value as VolumeAttachment).spec.source;
          const volume = state.find<PersistentVolume>(VOLUME, persistentVolumeName);
          const nodes = state
            .list<VolumeAttachment>('VolumeAttachment')
            .filter(({ spec, status }) => status.attached && spec.source.persistentVolumeName === persistentVolumeName)
            .map(({ spec }) => spec.nodeName);
          if (volume && isForOneNode(volume) && nodes.length > 1) {
            complain(`${nameOf(volume)} is attached to ${nodes.join(' and ')} at once`);
          }
        }
      },
      settled: (state) => {
        for (const claim of state.list<PersistentVolumeClaim>(CLAIM)) {
          const problem = claim.status.phase === 'Bound' ? claimProblem(claim, state, new Set()) : '';
          if (problem) complain(`in the end ${nameOf(claim)} ${problem}`);
        }
      },
    };
  },
};
