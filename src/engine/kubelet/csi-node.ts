/**
 * The kubelet's CSINode: which storage drivers are registered on the node. Follows initializeCSINode of pkg/volume/csi/csi_plugin.go and
 * pkg/volume/csi/nodeinfomanager/nodeinfomanager.go (installDriverToCSINode). Simplified: drivers that a volume or a CSIDriver names
 * register with the next heartbeat, without topology and without a limit, and stay registered.
 */
import { isReason } from '../api/status-error';
import type { CSIDriver, CSINode, Node, PersistentVolume } from '../api/types';
import type { Kubelet } from './api-writes';
import { driverProblem } from './volume-plugins';

/** The in-tree volume plugins whose volumes CSI drivers handle. */
const MIGRATED = ['aws-ebs', 'azure-disk', 'azure-file', 'cinder', 'gce-pd', 'portworx-volume', 'vsphere-volume']
  .map((plugin) => `kubernetes.io/${plugin}`)
  .join(',');

/** Makes the CSINode of a node that registers; one that another node of that name has left is replaced. */
export function keepCsiNode({ context, node: { name } }: Kubelet): void {
  const { client, memory } = context;
  memory.drivers.clear();
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

/** Puts the drivers that have registered with the kubelet meanwhile into its CSINode. */
export function registerDrivers(kubelet: Kubelet): void {
  const { client, lister, memory } = kubelet.context;
  const missing: string[] = [];
  const look = (driver: string | undefined): void => {
    if (driver === undefined || memory.drivers.has(driver) || missing.includes(driver)) return;
    if (!driverProblem(kubelet, driver)) missing.push(driver);
  };
  for (const { spec } of lister.list<PersistentVolume>('PersistentVolume')) look(spec.csi?.driver);
  for (const { metadata } of lister.list<CSIDriver>('CSIDriver')) look(metadata.name);
  const { name: nodeID } = kubelet.node;
  const own = missing.length > 0 && client.find<CSINode>('CSINode', undefined, nodeID);
  if (!own) return;
  const drivers = own.spec.drivers ?? [];
  const added = missing.sort().filter((one) => !drivers.some(({ name }) => name === one));
  if (added.length > 0) {
    const made = added.map((name) => ({ name, nodeID }));
    client.update<CSINode>({ ...own, spec: { drivers: [...drivers, ...made] } });
  }
  for (const one of missing) memory.drivers.add(one);
}
