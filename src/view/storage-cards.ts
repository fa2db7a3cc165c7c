/** The cards of claims and volumes: claims stand below the Pods that mount them, each with its volume; the rest stands apart. */
import { type Card, claimsOf, STORAGE } from './cards';
import { byNumberedName } from './name-order';
import { type ClaimRow, isClaim, isVolume, type PodRow, type Row, type VolumeRow, type WorkloadRow } from './rows';

/** See the header. */
export class StorageCards {
  private readonly claims: readonly ClaimRow[];
  private readonly volumes: readonly VolumeRow[];
  private readonly mounted = new Set<string>();

  constructor(rows: readonly Row[]) {
    this.claims = rows.filter(isClaim);
    this.volumes = rows.filter(isVolume);
  }

  /** The claims that Pods mount, or that their workloads' templates name; one that is missing has its line all the same. */
  addMounted(cards: Card[], holder: string, pods: readonly PodRow[], workloads: readonly WorkloadRow[]): void {
    const members = this.mountedBy(pods, workloads);
    if (members.length > 0) cards.push({ type: 'claims', id: claimsOf(holder), members });
  }

  /** Their ids. */
  mountedBy(pods: readonly PodRow[], workloads: readonly WorkloadRow[]): readonly string[] {
    const ids = new Set([...pods.flatMap(({ claims }) => claims ?? []), ...workloads.flatMap(({ claims }) => claims)]);
    for (const stem of workloads.flatMap(({ claimStems }) => claimStems)) {
      for (const { id } of this.claims) {
        if (id.startsWith(stem) && /^\d+$/.test(id.slice(stem.length))) ids.add(id);
      }
    }
    for (const id of ids) this.mounted.add(id);
    return [...ids].sort(byNumberedName);
  }

  /** Claims that nothing mounts, and volumes that no claim has. */
  addRest(cards: Card[]): void {
    const held = new Set(this.claims.map(({ volume }) => volume));
    const members = [
      ...this.claims.filter(({ id }) => !this.mounted.has(id)),
      ...this.volumes.filter(({ id }) => !held.has(id)),
    ].map(({ id }) => id);
    if (members.length > 0) cards.push({ type: 'storage', id: STORAGE, members });
  }
}
