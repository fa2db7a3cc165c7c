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
  /** Own writes by kind and key, until the lister shows them. */
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
  context.memory.written.set(`${object.kind} ${keyOf(object)}`, object);
  return object;
}

/** Forgets what the lister shows by now. */
function forgetShown({ lister, memory: { written } }: BinderContext): void {
  for (const [key, object] of written) if (revisionOf(object) <= lister.revision) written.delete(key);
}

function read<T extends KubeObject>(context: BinderContext, kind: string, key: string): T | undefined {
  forgetShown(context);
  return (context.memory.written.get(`${kind} ${key}`) as T | undefined) ?? context.lister.byKey<T>(kind, key);
}

/** A claim by `namespace/name`. */
export function claimAt(context: BinderContext, key: string): PersistentVolumeClaim | undefined {
  return read(context, CLAIM, key);
}

/** A volume by name. */
export function volumeAt(context: BinderContext, name: string): PersistentVolume | undefined {
  return read(context, VOLUME, name);
}

/** All volumes in order of name. */
export function allVolumes(context: BinderContext): readonly PersistentVolume[] {
  forgetShown(context);
  const listed = context.lister.list<PersistentVolume>(VOLUME);
  const { written } = context.memory;
  if (written.size === 0) return listed;
  return listed.map((one) => (written.get(`${VOLUME} ${one.metadata.name}`) as PersistentVolume | undefined) ?? one);
}
