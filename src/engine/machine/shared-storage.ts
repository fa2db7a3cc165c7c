/**
 * Storage that no node owns: NFS shares and the volumes of drivers, with their files. It outlives Pods and nodes, and is reached
 * from every machine alike: a component without timers, whose memory machines read and write when a container does. Of the API it hears only that a driver's volume is gone.
 */
import type { PersistentVolume } from '../api/types';
import type { Component, Context, WatchEvent } from '../client/component';
import type { Files } from './cri';

/** What the names of its volumes begin with. */
export const SHARED = 'shared ';
/** Its name: what machines and drivers hold on to. */
export const SHARED_STORAGE = 'shared-storage';

/** Its memory. */
export type SharedMemory = {
  /** By {@link SHARED} and what tells one volume from all others. */
  readonly volumes: Map<string, Files>;
};

/** A driver has removed a volume that was released: its data is gone with it. */
function isRemoved(_actor: string, { value, previous }: WatchEvent): boolean {
  const { spec, status } = (previous ?? value) as PersistentVolume;
  return (
    !value && spec.csi !== undefined && spec.persistentVolumeReclaimPolicy === 'Delete' && status.phase === 'Released'
  );
}

/** The component. */
export const sharedStorage: Component<SharedMemory> = {
  name: SHARED_STORAGE,
  process: SHARED_STORAGE,
  watches: [
    {
      kind: 'PersistentVolume',
      filter: isRemoved,
      on: (context, { previous }) => {
        const { csi } = (previous as PersistentVolume).spec;
        if (csi) context.memory.volumes.delete(driverVolume(csi.driver, csi.volumeHandle));
      },
    },
  ],
  initial: () => ({ volumes: new Map() }),
  handle: () => undefined,
};

/** The shared volumes, for whoever runs on top of them. */
export function sharedVolumes(context: Pick<Context, 'machine'>): SharedMemory['volumes'] {
  return (context.machine as unknown as Context<SharedMemory>).memory.volumes;
}

/** The name of a driver's volume. */
export function driverVolume(driver: string, handle: string): string {
  return `${SHARED}${driver}/${handle}`;
}

/** The name of an NFS server's files. */
export function nfsVolume(server: string): string {
  return `${SHARED}nfs ${server}`;
}
