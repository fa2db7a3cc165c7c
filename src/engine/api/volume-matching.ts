/**
 * Which volume a claim gets: the smallest that satisfies it, or the one that is meant for it.
 * Follows component-helpers/storage/volume/pv_helpers.go (FindMatchingVolume) and pkg/controller/volume/persistentvolume/index.go,
 * and says of each volume why it was passed over.
 */
import { quantityValue } from './quantity';
import { formatLabelSelector, matchesLabelSelector } from './selector';
import type { PersistentVolume, PersistentVolumeClaim } from './types';
import { accessModesText, classOf, isVolumeBoundTo } from './volume-claim';

/** How the volume is looked for. */
export interface Search {
  /** The claim waits for its first consumer: unless for a node, only volumes that are meant for it count. */
  readonly delayed: boolean;
  /** Whether a volume can be reached from the node for which the scheduler asks. */
  readonly reaches?: (volume: PersistentVolume) => boolean;
  /** Names of volumes that are taken already. */
  readonly excluded?: ReadonlySet<string>;
}

/** What became of one volume. */
export interface Verdict {
  readonly volume: string;
  /** Why not, or '' for the chosen one. */
  readonly problem: string;
}

/** What a search found. */
export interface Match {
  readonly volume: PersistentVolume | undefined;
  readonly verdicts: readonly Verdict[];
}

const sizeOfClaim = ({ spec }: PersistentVolumeClaim): number => quantityValue(spec.resources?.requests?.storage);
const sizeOfVolume = ({ spec }: PersistentVolume): number => quantityValue(spec.capacity?.storage);

/** Whether both are file systems, or both devices. */
export function haveSameVolumeMode({ spec: a }: PersistentVolumeClaim, { spec: b }: PersistentVolume): boolean {
  return (a.volumeMode ?? 'Filesystem') === (b.volumeMode ?? 'Filesystem');
}

/** Whether the volume offers every mode that the claim asks for. */
function offersModes({ spec }: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  return (spec.accessModes ?? []).every((mode) => volume.spec.accessModes?.includes(mode));
}

const attributesOf = ({ spec }: PersistentVolumeClaim | PersistentVolume): string =>
  spec.volumeAttributesClassName ?? '';

/** What excludes a volume even when it is meant for the claim. */
function unfitness(claim: PersistentVolumeClaim, volume: PersistentVolume, search: Search): string {
  const { claimRef, capacity } = volume.spec;
  if (search.excluded?.has(volume.metadata.name)) return 'taken by another claim of the Pod';
  if (claimRef && !isVolumeBoundTo(volume, claim)) {
    return `reserved for claim ${claimRef.namespace ?? ''}/${claimRef.name ?? ''}`;
  }
  if (!offersModes(claim, volume)) {
    const [wanted, offered] = [accessModesText(claim.spec.accessModes), accessModesText(volume.spec.accessModes)];
    return `offers ${offered}, not ${wanted}`;
  }
  if (sizeOfVolume(volume) < sizeOfClaim(claim)) {
    return `too small (${capacity?.storage ?? '0'} < ${claim.spec.resources?.requests?.storage ?? '0'})`;
  }
  if (!haveSameVolumeMode(claim, volume)) return `is a ${volume.spec.volumeMode ?? 'Filesystem'} volume`;
  if (attributesOf(claim) !== attributesOf(volume)) return 'has another volume attributes class';
  return volume.metadata.deletionTimestamp ? 'is being deleted' : '';
}

/** What excludes a volume that is nobody's. */
function misfit(claim: PersistentVolumeClaim, volume: PersistentVolume, search: Search): string {
  const { selector } = claim.spec;
  if (!search.reaches && search.delayed) return 'the claim waits for its first consumer';
  if (volume.status.phase !== 'Available') return `is ${volume.status.phase ?? 'Pending'}`;
  if (selector && !matchesLabelSelector(selector, volume.metadata.labels ?? {})) {
    return `its labels do not match ${formatLabelSelector(selector)}`;
  }
  const [wanted, own] = [classOf(claim), classOf(volume)];
  if (wanted !== own) return own ? `is of class ${own}` : 'has no class';
  return search.reaches && !search.reaches(volume) ? 'cannot be reached from the node' : '';
}

const countModes = ({ spec }: PersistentVolume | PersistentVolumeClaim): number => new Set(spec.accessModes).size;

/** Why a volume is worse than another that fits too; '' when it is better. Fewer access modes are preferred, then less space, then the first name. */
function drawback(volume: PersistentVolume, than: PersistentVolume, byModes: boolean): string {
  const { name } = than.metadata;
  const modes = byModes ? countModes(volume) - countModes(than) : 0;
  if (modes !== 0) return modes > 0 ? `offers more modes than ${name}` : '';
  const [size, other] = [sizeOfVolume(volume), sizeOfVolume(than)];
  if (size !== other) return size > other ? `larger than ${name}` : '';
  return volume.metadata.name > name ? `as large as ${name}, which comes first` : '';
}

/** Whether no volume can be closer to the claim: it offers the modes asked for and no other. */
export function offersNoOtherMode(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return countModes(volume) === countModes(claim);
}

/** The volume that is meant for the claim and fits it, if any of these is. */
export function volumeMeantFor(
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
  search: Search,
): Match | undefined {
  const volume = volumes.find((one) => isVolumeBoundTo(one, claim) && !unfitness(claim, one, search));
  if (!volume) return undefined;
  const isReached = !search.reaches || search.reaches(volume);
  return { volume: isReached ? volume : undefined, verdicts: [{ volume: volume.metadata.name, problem: '' }] };
}

/**
 * The volume for a claim among all that there are. The scheduler looks at all alike, and one that is meant for the claim goes before
 * all others; the controller looks at those with the fewest access modes first, so that it comes too late for one with more.
 */
export function findMatchingVolume(
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
  search: Search,
): Match {
  const meant = volumeMeantFor(claim, volumes, search);
  if (meant && (search.reaches || !meant.volume)) return meant;
  const verdicts: Verdict[] = [];
  let best: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (volume === meant?.volume) continue;
    const { name } = volume.metadata;
    let problem = unfitness(claim, volume, search) || misfit(claim, volume, search);
    if (!problem) {
      problem = best ? drawback(volume, best, !search.reaches) : '';
      if (!problem) {
        if (best) verdicts.push({ volume: best.metadata.name, problem: drawback(best, volume, !search.reaches) });
        best = volume;
        continue;
      }
    }
    verdicts.push({ volume: name, problem });
  }
  if (meant?.volume) {
    if (!best || countModes(best) >= countModes(meant.volume)) return meant;
    verdicts.push({ volume: meant.volume.metadata.name, problem: `offers more modes than ${best.metadata.name}` });
  }
  if (best) verdicts.push({ volume: best.metadata.name, problem: '' });
  return { volume: best, verdicts };
}

/** Why the volume that a claim names does not satisfy it; '' when it does. */
export function whyNotSatisfied(claim: PersistentVolumeClaim, volume: PersistentVolume): string {
  if (volume.metadata.deletionTimestamp) return `the volume is marked for deletion "${volume.metadata.name}"`;
  if (sizeOfVolume(volume) < sizeOfClaim(claim)) return 'requested PV is too small';
  if (classOf(volume) !== classOf(claim)) return 'storageClassName does not match';
  if (attributesOf(volume) !== attributesOf(claim)) return 'volumeAttributesClassName does not match';
  if (!haveSameVolumeMode(claim, volume)) return 'incompatible volumeMode';
  return offersModes(claim, volume) ? '' : 'incompatible accessMode';
}
