/**
 * What plugins may ask about storage: claims, volumes and classes as the scheduler knows them, with what it has decided about
 * them in front of what it was told. Follows pkg/scheduler/util/assumecache/assume_cache.go and plugins/volumebinding/binder.go.
 */
import { joinKey, type KubeObject } from '../api/meta';
import { isPodTerminal } from '../api/pod';
import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
  VolumeAttachment,
} from '../api/types';
import type { Scheduling } from './cluster-view';
import { failure, type Outcome } from './framework';
import { refusalOf } from './pod-writes';

/** The kinds whose changes may let a Pod in. */
export const STORAGE_KINDS = [
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'CSINode',
  'CSIStorageCapacity',
  'VolumeAttachment',
] as const;

/** Storage, as plugins see it. */
export interface StorageView {
  claim(namespace: string, name: string): PersistentVolumeClaim | undefined;
  volume(name: string): PersistentVolume | undefined;
  /** All volumes in order of name. */
  volumes(): readonly PersistentVolume[];
  storageClass(name: string): StorageClass | undefined;
  csiNode(name: string): CSINode | undefined;
  csiDriver(name: string): CSIDriver | undefined;
  capacities(): readonly CSIStorageCapacity[];
  attachments(): readonly VolumeAttachment[];
  /** Whether a Pod that has a node, in the scheduler's eyes at least, uses the claim (`namespace/name`). */
  isUsed(claimKey: string): boolean;
  /** Counts with an object as it will be, until something newer is heard of it. */
  assume(object: PersistentVolumeClaim | PersistentVolume): void;
  /** Takes that back. */
  revert(object: PersistentVolumeClaim | PersistentVolume): void;
  /** Writes it. */
  save(object: PersistentVolumeClaim | PersistentVolume): Outcome;
  /** As it was told of, decisions left out. */
  told<T extends KubeObject>(object: T): T | undefined;
}

const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.resourceVersion ?? 0);
const nameOf = ({ kind, metadata }: KubeObject): string => `${kind} ${joinKey(metadata.namespace, metadata.name)}`;

/** The view for one call of the scheduler. */
export function storageView({ context }: Scheduling): StorageView {
  const { lister, memory, client } = context;
  const { assumedStorage } = memory;
  const latest = <T extends KubeObject>(told: T | undefined): T | undefined => {
    const assumed = told && (assumedStorage.get(nameOf(told)) as T | undefined);
    if (!assumed || !told) return told;
    if (revisionOf(told) <= revisionOf(assumed)) return assumed;
    assumedStorage.delete(nameOf(told));
    return told;
  };
  return {
    claim: (namespace, name) => latest(lister.get<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, name)),
    volume: (name) => latest(lister.get<PersistentVolume>('PersistentVolume', undefined, name)),
    volumes: () => {
      const told = lister.list<PersistentVolume>('PersistentVolume');
      return assumedStorage.size === 0 ? told : told.map((one) => latest(one) as PersistentVolume);
    },
    storageClass: (name) => lister.get('StorageClass', undefined, name),
    csiNode: (name) => lister.get('CSINode', undefined, name),
    csiDriver: (name) => lister.get('CSIDriver', undefined, name),
    capacities: () => lister.list('CSIStorageCapacity'),
    attachments: () => lister.list('VolumeAttachment'),
    isUsed: (claimKey) =>
      lister.unordered<Pod>('Pod', 'claim', claimKey).some((pod) => {
        if (isPodTerminal(pod)) return false;
        const assumed = memory.assumed.get(joinKey(pod.metadata.namespace, pod.metadata.name));
        return !!pod.spec.nodeName || assumed?.uid === pod.metadata.uid;
      }),
    assume: (object) => {
      assumedStorage.set(nameOf(object), object);
    },
    revert: (object) => {
      assumedStorage.delete(nameOf(object));
    },
    save: (object) => {
      const refusal = refusalOf(() => {
        assumedStorage.set(nameOf(object), client.update(object));
      });
      return refusal && failure(refusal.message);
    },
    told: <T extends KubeObject>({ kind, metadata }: T) => lister.get<T>(kind, metadata.namespace, metadata.name),
  };
}
