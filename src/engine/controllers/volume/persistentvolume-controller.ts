/**
 * Binds claims to volumes, has volumes made and reclaims them. Follows pkg/controller/volume/persistentvolume/pv_controller_base.go: keys
 * of claims have a namespace, those of volumes have none; both are looked at again every 15 s while something is unsettled.
 * It writes claims, volumes and the Pods that scrub. Left out: provisioning by plugins of Kubernetes' own, of which none is left.
 */
import { keyOf } from '../../api/meta';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../api/types';
import { BIND_COMPLETED, classOf } from '../../api/volume-claim';
import { type Component, cacheOf, type WatchEvent } from '../../client/component';
import { defineController, enqueueKey, type Result, specSince } from '../../client/controller';
import { type BinderContext, type BinderMemory, claimAt, volumeAt } from './binder-cache';
import { syncClaim } from './claim-sync';
import { isAboutRecycler, passOn, recycledBy } from './recycling';
import { syncVolume } from './volume-sync';

const RESYNC_MS = 15_000;

/** A volume's change wakes it, its end its claim. */
function keysOfVolume(_context: BinderContext, { key, value, previous }: WatchEvent): readonly string[] {
  if (value) return [key];
  const { claimRef } = (previous as PersistentVolume | undefined)?.spec ?? {};
  return claimRef ? [`${claimRef.namespace}/${claimRef.name}`] : [];
}

/** The end of a claim wakes the volume it had. */
function observeClaim(context: BinderContext, { value, previous, step }: WatchEvent): void {
  const { volumeName } = (previous as PersistentVolumeClaim | undefined)?.spec ?? {};
  if (!value && volumeName) enqueueKey(context, volumeName, step);
}

const base = defineController<BinderMemory>({
  name: 'persistentvolume-binder-controller',
  eventSource: 'persistentvolume-controller',
  for: 'PersistentVolumeClaim',
  watches: [{ kind: 'PersistentVolume', map: keysOfVolume }],
  memory: () => ({ written: new Map(), toldOf: new Map() }),
  observe: observeClaim,
  start: (context) => context.after(RESYNC_MS, 'resync', ''),
  reconcile,
  onTimer: (context, kind) => {
    if (kind === 'resync') resync(context);
  },
});

/** The controller of volumes. */
export const persistentVolumeController: Component<BinderMemory> = {
  ...base,
  watches: [
    ...base.watches,
    cacheOf('StorageClass'),
    {
      kind: 'Pod',
      filter: (_actor, { key }) => recycledBy(key.split('/')[1]) !== undefined,
      on: (context, { key, step }) => enqueueKey(context, recycledBy(key.split('/')[1]) ?? '', step),
    },
    { kind: 'Event', filter: isAboutRecycler, on: passOn },
  ],
};

function reconcile(context: BinderContext, key: string): Result {
  if (key.includes('/')) {
    const claim = claimAt(context, key);
    if (claim && context.lister.byKey('PersistentVolumeClaim', key)) syncClaim(context, claim);
    return undefined;
  }
  const volume = volumeAt(context, key);
  if (volume && context.lister.byKey('PersistentVolume', key)) syncVolume(context, volume);
  return undefined;
}

/** Looks again at what is not settled; upstream looks at everything, and finds nothing to do about the rest. */
function resync(context: BinderContext): void {
  context.afterBecause(RESYNC_MS, 'resync', '', null);
  const volumes = context.lister.list<PersistentVolume>('PersistentVolume');
  const claims = context.lister.list<PersistentVolumeClaim>('PersistentVolumeClaim').filter(isUnsettled);
  const freeSince = claims.length > 0 ? lastStep(volumes.filter(isFree).map((free) => sinceIn(context, free))) : 0;
  for (const claim of claims) enqueueKey(context, keyOf(claim), lastNews(context, claim, freeSince));
  for (const volume of volumes)
    if (!isFree(volume) && volume.status.phase !== 'Bound')
      enqueueKey(context, volume.metadata.name, sinceIn(context, volume) ?? null);
}

const isUnsettled = ({ metadata }: PersistentVolumeClaim): boolean =>
  metadata.annotations?.[BIND_COMPLETED] === undefined;
const isFree = ({ status }: PersistentVolume): boolean => status.phase === 'Available';
const lastStep = (steps: readonly (number | undefined)[]): number => Math.max(0, ...steps.map((step) => step ?? 0));
const sinceIn = (context: BinderContext, volume: PersistentVolume): number | undefined =>
  specSince(context, 'PersistentVolume', volume);

/** What came last of that which a waiting claim may wait for: what it asks for, its class, volumes that are free. */
function lastNews(context: BinderContext, claim: PersistentVolumeClaim, freeSince: number): number | null {
  const storageClass = context.lister.get<StorageClass>('StorageClass', undefined, classOf(claim));
  const classSince = storageClass && context.lister.since('StorageClass', storageClass, () => true);
  return lastStep([specSince(context, 'PersistentVolumeClaim', claim), classSince, freeSince]) || null;
}
