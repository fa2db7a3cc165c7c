/**
 * Whether a PersistentVolume may be mounted on this node by this Pod, whoever has chosen the node: what the scheduler sees to, the kubelet
 * looks at again.
 * Follows pkg/volume/util/operationexecutor/operation_generator.go (GenerateMountVolumeFunc, GenerateMapVolumeFunc), where a check that a
 * volume of blocks does not pass is begun again with each turn of the reconciler, without a back-off.
 */
import { nodeSelectorHolds } from '../api/node-selector';
import type { Node, PersistentVolume, Pod } from '../api/types';
import { claimNameOf } from '../api/volume-claim';
import type { Kubelet } from './api-writes';
import { mountedVolumes } from './mounted-volumes';

const IN_USE = 'volume uses the ReadWriteOncePod access mode and is already in use by another pod';

/** Whether another Pod of this node has a claim's volume. */
function isElsewhere({ context }: Kubelet, { metadata }: Pod, claimName: string): boolean {
  return [...context.memory.pods.values()].some(
    ({ pod, sandbox, phase }) =>
      sandbox &&
      phase !== 'terminated' &&
      pod.metadata.uid !== metadata.uid &&
      pod.metadata.namespace === metadata.namespace &&
      mountedVolumes(pod).some((one) => claimNameOf(pod.metadata.name, one) === claimName),
  );
}

/** What the kubelet says of a volume that may not be mounted here; undefined when it may. */
export function misplaced(
  kubelet: Kubelet,
  pod: Pod,
  claimName: string,
  { metadata, spec }: PersistentVolume,
): { readonly kind: 'mount' | 'map'; readonly message: string } | undefined {
  const isBlock = spec.volumeMode === 'Block';
  const labels = kubelet.context.lister.get<Node>('Node', undefined, kubelet.node.name)?.metadata.labels;
  // It only asks for the node's labels, not for its name.
  const node = { metadata: { name: '', ...(labels ? { labels } : {}) } } as Node;
  const of = `failed for volume "${metadata.name}" : `;
  if (!nodeSelectorHolds(spec.nodeAffinity?.required, node)) {
    const message = `NodeAffinity check ${of}no matching NodeSelectorTerms`;
    return isBlock
      ? { kind: 'map', message: `MapVolume.${message}` }
      : { kind: 'mount', message: `MountVolume.${message}` };
  }
  // Of volumes without a device each Pod has its own, as far as the kubelet knows.
  const isOne = !isBlock && (spec.csi || spec.local) && spec.accessModes?.join() === 'ReadWriteOncePod';
  if (!isOne || !isElsewhere(kubelet, pod, claimName)) return undefined;
  return { kind: 'mount', message: `MountVolume.SetUp ${of}${IN_USE}` };
}
