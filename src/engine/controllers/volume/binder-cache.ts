/**
 * What the controller of volumes knows of claims and volumes: what it was told, and its own writes that it was not told of
 * yet, so that no volume is given away twice. Follows pkg/controller/volume/persistentvolume/pv_controller_base.go (storeObjectUpdate).
 */
import { type KubeObject, keyOf } from '../../api/meta';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types';
import type { Context } from '../../client/component';
import type { ControllerMemory } from '../../client/controller';

/** Memory of the controller. */
export type BinderMemory = ControllerMemory & {
  /** Own writes by kind and key, the latest last, until the lister shows them. */
  readonly written: Map<string, KubeObject>;
  /** Keys of Events of scrubbing Pods that were passed on. */
  readonly toldOf: Map<string, true>;
};
export type BinderContext = Context<BinderMemory>;

const CLAIM = 'PersistentVolumeClaim';
const VOLUME = 'PersistentVolume';

const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.resourceVersion ?? 0);

/** Remembers an own write. */
export function remember<T extends KubeObject>(context: BinderContext, object: T): T {
  const { written } = context.memory;
  const place = `${object.kind} ${keyOf(object)}`;
  written.delete(place);
  written.set(place, object);
  return object;
}

/** The own writes that the lister does not show yet; forgets the others. */
function notShown({ lister, memory: { written } }: BinderContext): ReadonlyMap<string, KubeObject> {
  if (written.size === 0) return written;
  const { revision } = lister;
  for (const [key, object] of written) {
    if (revisionOf(object) > revision) break;
    written.delete(key);
  }
  return written;
}

function read<T extends KubeObject>(context: BinderContext, kind: string, key: string): T | undefined {
  const written = notShown(context);
  const own = written.size > 0 ? written.get(`${kind} ${key}`) : undefined;
  return (own as T | undefined) ?? context.lister.byKey<T>(kind, key);
}

/** A claim by `namespace/name`. */
export function claimAt(context: BinderContext, key: string): PersistentVolumeClaim | undefined {
  return read(context, CLAIM, key);
}

/** A volume by name. */
export function volumeAt(context: BinderContext, name: string): PersistentVolume | undefined {
  return read(context, VOLUME, name);
}

function asWritten(context: BinderContext, listed: readonly PersistentVolume[]): readonly PersistentVolume[] {
  const written = notShown(context);
  if (written.size === 0) return listed;
  return listed.map((one) => (written.get(`${VOLUME} ${one.metadata.name}`) as PersistentVolume | undefined) ?? one);
}

/** All volumes in order of name. */
export function allVolumes(context: BinderContext): readonly PersistentVolume[] {
  return asWritten(context, context.lister.list<PersistentVolume>(VOLUME));
}

/** Volumes that were meant for the claim when the lister last heard of them, in order of name. */
export function volumesMeantFor(context: BinderContext, claim: PersistentVolumeClaim): readonly PersistentVolume[] {
  return asWritten(context, context.lister.byIndex<PersistentVolume>(VOLUME, 'claim', keyOf(claim)));
}
