/** The indexes informers keep beside the plain key: name, kind, and the values an object is found under. */
import { controllerOf, type KubeObject } from '../api/meta';
import type { Volume } from '../api/types';
import type { IndexDefinition } from '../store/store';

const NONE: readonly string[] = [];

function nodeNameOf(pod: KubeObject): readonly string[] {
  const nodeName = (pod.spec as { nodeName?: string } | undefined)?.nodeName;
  return nodeName ? [nodeName] : NONE;
}

function ownerUids(object: KubeObject): readonly string[] {
  return object.metadata.ownerReferences?.map((reference) => reference.uid) ?? NONE;
}

function controllerUid(object: KubeObject): readonly string[] {
  const owner = controllerOf(object);
  return owner ? [owner.uid] : NONE;
}

/** The namespace of an object that no controller owns. */
function orphanIn(object: KubeObject): readonly string[] {
  return controllerOf(object) ? NONE : [object.metadata.namespace ?? ''];
}

/** The claims of a Pod as `namespace/name`, those made for it included. */
function claimsOf(pod: KubeObject): readonly string[] {
  const { volumes } = pod.spec as { volumes?: readonly Volume[] };
  if (!volumes?.some(({ persistentVolumeClaim, ephemeral }) => persistentVolumeClaim || ephemeral)) return NONE;
  const { namespace, name } = pod.metadata;
  const claims = volumes.flatMap(({ name: volume, persistentVolumeClaim, ephemeral }) => {
    if (persistentVolumeClaim) return [persistentVolumeClaim.claimName];
    return ephemeral ? [`${name}-${volume}`] : [];
  });
  return [...new Set(claims)].map((claim) => `${namespace}/${claim}`);
}

function attachedVolume({ spec }: KubeObject): readonly string[] {
  const { persistentVolumeName } = (spec as { source: { persistentVolumeName?: string } }).source;
  return persistentVolumeName ? [persistentVolumeName] : NONE;
}

/** All indexes. `*` stands for every kind. */
export const INDEXERS: readonly IndexDefinition<KubeObject>[] = [
  {
    name: 'namespace',
    kind: '*',
    valuesOf: (object) => (object.metadata.namespace ? [object.metadata.namespace] : NONE),
  },
  /** By uid of the controller owner. */
  { name: 'controller', kind: '*', valuesOf: controllerUid },
  /** By uid of any owner. */
  { name: 'owner', kind: '*', valuesOf: ownerUids },
  /** What a controller might adopt, by namespace. */
  { name: 'orphan', kind: 'Pod', valuesOf: orphanIn },
  { name: 'orphan', kind: 'ReplicaSet', valuesOf: orphanIn },
  { name: 'orphan', kind: 'ControllerRevision', valuesOf: orphanIn },
  /** Pods by the claims they use. */
  { name: 'claim', kind: 'Pod', valuesOf: claimsOf },
  /** VolumeAttachments by the PersistentVolume. */
  { name: 'volume', kind: 'VolumeAttachment', valuesOf: attachedVolume },
  /** Pods by spec.nodeName. */
  { name: 'node', kind: 'Pod', valuesOf: nodeNameOf },
  /** EndpointSlices by the Service they belong to, as `namespace/name`. */
  {
    name: 'service',
    kind: 'EndpointSlice',
    valuesOf: (slice) => {
      const service = slice.metadata.labels?.['kubernetes.io/service-name'];
      return service ? [`${slice.metadata.namespace}/${service}`] : NONE;
    },
  },
];
