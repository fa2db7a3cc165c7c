/**
 * The kubelet's CSINode: which storage drivers are registered on the node. Follows initializeCSINode of pkg/volume/csi/csi_plugin.go and
 * pkg/volume/csi/nodeinfomanager/nodeinfomanager.go. The simulated drivers register nowhere, so the list stays empty.
 */
import { isReason } from '../api/status-error';
import type { CSINode, Node } from '../api/types';
import type { Kubelet } from './api-writes';

/** The in-tree volume plugins whose volumes CSI drivers handle. */
const MIGRATED = ['aws-ebs', 'azure-disk', 'azure-file', 'cinder', 'gce-pd', 'portworx-volume', 'vsphere-volume']
  .map((plugin) => `kubernetes.io/${plugin}`)
  .join(',');

/** Makes the CSINode of a node that registers; one that another node of that name has left is replaced. */
export function keepCsiNode({ context, node: { name } }: Kubelet): void {
  const { client } = context;
  const uid = client.find<Node>('Node', undefined, name)?.metadata.uid;
  if (!uid) return;
  const existing = client.find<CSINode>('CSINode', undefined, name);
  if (existing?.metadata.ownerReferences?.some((owner) => owner.kind === 'Node' && owner.uid === uid)) return;
  try {
    if (existing) client.delete('CSINode', undefined, name);
    client.create<CSINode>({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSINode',
      metadata: {
        name,
        annotations: { 'storage.alpha.kubernetes.io/migrated-plugins': MIGRATED },
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }],
      },
      spec: { drivers: null },
    } as unknown as CSINode);
  } catch (error) {
    if (!isReason(error, 'AlreadyExists')) throw error;
  }
}
