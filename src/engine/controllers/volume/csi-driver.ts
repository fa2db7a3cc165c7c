/**
 * The storage drivers of the simulation, one component each: what their provisioner, resizer and attacher do
 * (csi-provisioner.ts, csi-resizer.ts, csi-modifier.ts, csi-attacher.ts). A driver hears only of claims, volumes and attachments that name it.
 */
import { StatusError } from '../../api/status-error';
import type { PersistentVolume, PersistentVolumeClaim, VolumeAttachment } from '../../api/types';
import { STORAGE_DRIVERS, type StorageDriver } from '../../api/volume-provisioners';
import { type Component, cacheOf, type WatchEvent } from '../../client/component';
import { newWorkQueue } from '../../client/workqueue';
import { attach, finishAttach, finishDetach, letGo } from './csi-attacher';
import { type DriverContext, type DriverMemory, tryAgain } from './csi-memory';
import { classMade, finishModification, modify } from './csi-modifier';
import { finishRemoval, finishVolume, provision, remove } from './csi-provisioner';
import { expand, finishExpansion } from './csi-resizer';

type Handler = (context: DriverContext, driver: StorageDriver, key: string) => void;

/** What a bound claim asks for anew: size, attributes. */
function change(context: DriverContext, driver: StorageDriver, key: string): void {
  expand(context, driver, key);
  modify(context, driver, key);
}

/** What is done at each kind of timer. */
const HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ['provision', provision],
  ['made', finishVolume],
  ['remove', remove],
  ['removed', finishRemoval],
  ['let-go', letGo],
  ['expand', change],
  ['expanded', finishExpansion],
  ['modified', finishModification],
  ['attach', attach],
  ['attached', finishAttach],
  ['detached', finishDetach],
]);

/** What a change may ask for, if anything: verbs and keys. */
function asked({ kind, key, value, previous }: WatchEvent): readonly (readonly [verb: string, key: string])[] {
  if (kind === 'VolumeAttachment') {
    if (!value) return [['let-go', (previous as VolumeAttachment).spec.source.persistentVolumeName ?? '']];
    const isNew = previous?.metadata.deletionTimestamp !== value.metadata.deletionTimestamp || !previous;
    return isNew ? [['attach', key]] : [];
  }
  if (!value) return [];
  const { phase } = value.status as PersistentVolume['status'];
  if (kind === 'PersistentVolume') {
    const isGoing = value.metadata.deletionTimestamp !== previous?.metadata.deletionTimestamp;
    return [
      ...(phase === 'Released' ? [['remove', key] as const] : []),
      ...(isGoing ? [['let-go', key] as const] : []),
    ];
  }
  if (!(value.spec as PersistentVolumeClaim['spec']).volumeName) return [['provision', key]];
  return phase === 'Bound' ? [['expand', key]] : [];
}

/** A call that was refused is made again. */
function handle(context: DriverContext, driver: StorageDriver, verb: string, key: string): void {
  try {
    HANDLERS.get(verb)?.(context, driver, key);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    tryAgain(context, verb, key);
  }
}

function component(driver: StorageDriver): Component<DriverMemory> {
  return {
    name: driver.name,
    process: driver.name,
    eventSource: `${driver.name}_csi-provisioner-0`,
    watches: [
      ...['PersistentVolumeClaim', 'PersistentVolume', 'VolumeAttachment'].map((kind) => ({
        kind,
        of: driver.name,
        filter: (_actor: string, event: WatchEvent) => asked(event).length > 0,
        on: (context: DriverContext, event: WatchEvent) => {
          for (const [verb, key] of asked(event)) context.afterBecause(0, verb, key, event.step);
        },
      })),
      cacheOf('StorageClass'),
      {
        kind: 'VolumeAttributesClass',
        on: (context: DriverContext, { value, previous }: WatchEvent) => {
          if (value && !previous) classMade(context, value.metadata.name);
        },
      },
    ],
    wakes: [{ kind: 'PersistentVolumeClaim', relation: 'for' }],
    initial: () => ({ queue: newWorkQueue(), busy: new Map() }),
    handle: (context, { kind, key }) => handle(context, driver, kind, key),
  };
}

/** Every driver. */
export const CSI_DRIVERS: readonly Component<DriverMemory>[] = STORAGE_DRIVERS.map(component);
