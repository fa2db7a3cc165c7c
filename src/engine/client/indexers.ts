/** The indexes informers keep beside the plain key: name, kind, and the values an object is found under. */
import { controllerOf, joinKey, type KubeObject, type ObjectMeta } from '../api/meta';
import type { PersistentVolume, Pod } from '../api/types';
import { claimKeysOf } from '../api/volume-claim';
import type { IndexDefinition } from '../store/store';

const NONE: readonly string[] = [];

/** The label that says whose an EndpointSlice is. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

/** The key of the Service that an EndpointSlice belongs to; undefined when it names none. */
export function serviceOfSlice({ metadata }: KubeObject): string | undefined {
  const name = metadata.labels?.[SERVICE_NAME_LABEL];
  return name ? joinKey(metadata.namespace, name) : undefined;
}

function nodeNameOf({ spec }: KubeObject): readonly string[] {
  const nodeName = (spec as { nodeName?: string } | undefined)?.nodeName;
  return nodeName ? [nodeName] : NONE;
}

function ownerUids(object: KubeObject): readonly string[] {
  return object.metadata.ownerReferences?.map((reference) => reference.uid) ?? NONE;
}

/** Where what an owner controls is found in the index `controller`: beside it, in its namespace. */
export function controlledPlace({ namespace = '', uid = '' }: Pick<ObjectMeta, 'namespace' | 'uid'>): string {
  return `${namespace}/${uid}`;
}

function controllerPlace(object: KubeObject): readonly string[] {
  const owner = controllerOf(object);
  return owner ? [controlledPlace({ namespace: object.metadata.namespace, uid: owner.uid })] : NONE;
}

/** The namespace of an object that no controller owns. */
function orphanIn(object: KubeObject): readonly string[] {
  return controllerOf(object) ? NONE : [object.metadata.namespace ?? ''];
}

function attachedVolume({ spec }: KubeObject): readonly string[] {
  const { persistentVolumeName } = (spec as { source: { persistentVolumeName?: string } }).source;
  return persistentVolumeName ? [persistentVolumeName] : NONE;
}

function claimOfVolume({ spec }: PersistentVolume): readonly string[] {
  const { namespace, name } = spec.claimRef ?? {};
  return name ? [joinKey(namespace, name)] : NONE;
}

/** All indexes. `*` stands for every kind. */
export const INDEXERS: readonly IndexDefinition<KubeObject>[] = [
  {
    name: 'namespace',
    kind: '*',
    valuesOf: (object) => (object.metadata.namespace ? [object.metadata.namespace] : NONE),
  },
  /** By namespace, and uid of the controller owner. */
  { name: 'controller', kind: '*', valuesOf: controllerPlace },
  /** By uid of any owner. */
  { name: 'owner', kind: '*', valuesOf: ownerUids },
  /** What a controller might adopt, by namespace. */
  { name: 'orphan', kind: 'Pod', valuesOf: orphanIn },
  { name: 'orphan', kind: 'ReplicaSet', valuesOf: orphanIn },
  { name: 'orphan', kind: 'ControllerRevision', valuesOf: orphanIn },
  /** Pods by the claims they use. */
  { name: 'claim', kind: 'Pod', valuesOf: (pod) => claimKeysOf(pod as Pod) },
  /** PersistentVolumes by the claim they are bound to, or meant for. */
  { name: 'claim', kind: 'PersistentVolume', valuesOf: (volume) => claimOfVolume(volume as PersistentVolume) },
  /** VolumeAttachments by the PersistentVolume. */
  { name: 'volume', kind: 'VolumeAttachment', valuesOf: attachedVolume },
  { name: 'node', kind: 'VolumeAttachment', valuesOf: nodeNameOf },
  /** Pods by spec.nodeName. */
  { name: 'node', kind: 'Pod', valuesOf: nodeNameOf },
  /** EndpointSlices by the Service they belong to, as `namespace/name`. */
  {
    name: 'service',
    kind: 'EndpointSlice',
    valuesOf: (slice) => {
      const service = serviceOfSlice(slice);
      return service === undefined ? NONE : [service];
    },
  },
];
