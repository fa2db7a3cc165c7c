/**
 * NodeVolumeLimits: no more volumes of a driver on a node than its CSINode says.
 * Follows plugins/nodevolumelimits/csi.go. Inline volumes of plugins that became drivers are left out.
 */
import type { CSINode, Pod, PodSpec, VolumeAttachment } from '../../api/types';
import { classOf } from '../../api/volume-claim';
import { migratedTo } from '../../api/volume-provisioners';
import {
  definePlugin,
  type Handle,
  type Outcome,
  type PodInfo,
  type ReadyNodeInfo,
  SKIP,
  unresolvable,
  unschedulable,
} from '../framework';
import { claimsOf, concernsClaim, missingClaim } from './pod-claims';

const TOO_MANY = 'node(s) exceed max volume count';

interface Owner {
  readonly namespace: string;
  readonly name: string;
}

/** The drivers' volumes of a Pod: what identifies each, and whose it is. A claim without a volume counts as one. */
function volumesOf(handle: Handle, { namespace, name }: Owner, spec: PodSpec): Map<string, string> {
  const found = new Map<string, string>();
  for (const used of claimsOf(name, spec)) {
    const claim = handle.storage.claim(namespace, used.name);
    if (!claim) continue;
    const volume = handle.storage.volume(claim.spec.volumeName ?? '');
    if (volume) {
      const { csi } = volume.spec;
      if (csi) found.set(`${csi.driver}/${csi.volumeHandle}`, csi.driver);
      continue;
    }
    const provisioner = handle.storage.storageClass(classOf(claim))?.provisioner ?? '';
    const driver = migratedTo(provisioner) ?? provisioner;
    if (driver) found.set(`${driver}/${namespace}/${used.name}`, driver);
  }
  return found;
}

function filter(pod: PodInfo, { name: nodeName, pods }: ReadyNodeInfo, _state: undefined, handle: Handle): Outcome {
  for (const { name } of claimsOf(pod.name, pod.spec)) {
    if (!handle.storage.claim(pod.namespace, name)) return unresolvable(missingClaim(name));
  }
  const drivers = handle.storage.csiNode(nodeName)?.spec.drivers ?? [];
  const limits = new Map(
    drivers.flatMap(({ name, allocatable }) => (allocatable?.count === undefined ? [] : [[name, allocatable.count]])),
  );
  if (limits.size === 0) return undefined;
  const arriving = volumesOf(handle, pod, pod.spec);
  const there = new Map<string, string>();
  for (const other of pods.values()) {
    for (const [id, driver] of volumesOf(handle, other, other.madeFrom)) there.set(id, driver);
  }
  for (const { spec } of handle.storage.attachments()) {
    const csi = handle.storage.volume(spec.source.persistentVolumeName ?? '')?.spec.csi;
    if (csi && spec.nodeName === nodeName) there.set(`${csi.driver}/${csi.volumeHandle}`, csi.driver);
  }
  for (const [driver, limit] of limits) {
    const count = (volumes: Map<string, string>, isNew: (id: string) => boolean): number =>
      [...volumes].filter(([id, of]) => of === driver && isNew(id)).length;
    const more = count(arriving, (id) => !there.has(id));
    if (more > 0 && count(there, () => true) + more > limit) return unschedulable(TOO_MANY);
  }
  return undefined;
}

const limitOf = (node: CSINode | undefined, driver: string): number | undefined =>
  node?.spec.drivers?.find(({ name }) => name === driver)?.allocatable?.count;

/** See the header. */
export const nodeVolumeLimits = definePlugin({
  name: 'NodeVolumeLimits',
  events: {
    CSINodeAdd: true,
    CSINodeUpdate: (_pod, before, after) =>
      ((after as CSINode).spec.drivers ?? []).some(({ name, allocatable }) => {
        const old = limitOf(before as CSINode, name);
        return old !== undefined && (allocatable?.count ?? Number.POSITIVE_INFINITY) > old;
      }),
    AssignedPodDelete: (_pod, before) => claimsOf('', (before as Pod).spec).length > 0,
    PersistentVolumeClaimAdd: concernsClaim,
    VolumeAttachmentDelete: (_pod, before) =>
      (before as VolumeAttachment).spec.source.persistentVolumeName !== undefined,
  },
  preFilter: (pod) => (claimsOf(pod.name, pod.spec).length > 0 ? {} : { status: SKIP }),
  filter,
});
