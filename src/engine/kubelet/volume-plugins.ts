/**
 * Whether a volume has a plugin that mounts it: some have been dropped by Kubernetes, and a storage driver registers with the kubelet first.
 * Follows cmd/kubelet/app/plugins.go, pkg/volume/plugins.go, pkg/volume/git_repo and pkg/volume/csi (csi_client.go, csi_mounter.go, csi_plugin.go).
 * Simplified: a driver that is not simulated is registered when a CSIDriver names it and a Pod of the node mounts the directory for that; one
 * that is has all modes where nobody wrote its CSIDriver.
 */
import { allContainers } from '../api/pod';
import type { CSIDriver, PersistentVolumeSpec, Pod, Volume } from '../api/types';
import { storageDriver } from '../api/volume-provisioners';
import type { Kubelet } from './api-writes';

const DROPPED = 'rbd cephfs glusterfs flexVolume quobyte scaleIO flocker photonPersistentDisk storageos'.split(' ');

/** Why there is nothing that could mount it; '' when there is. `name`: of the volume, or of the PersistentVolume. */
export function pluginProblem(source: Volume | PersistentVolumeSpec, name: string): string {
  if (!DROPPED.some((one) => one in source)) return '';
  return `failed to get Plugin from volumeSpec for volume "${name}" err=no volume plugin matched`;
}

/** Why a Pod may not use a volume of this mode as it does; '' when it may. */
export function modeProblem({ spec }: Pod, { name }: Volume, mode = 'Filesystem'): string {
  const wrong = mode === 'Block' ? 'volumeMounts' : 'volumeDevices';
  const uses = allContainers(spec).some((container) => container[wrong]?.some((one) => one.name === name));
  return uses ? `volume ${name} has volumeMode ${mode}, but is specified in ${wrong}` : '';
}

/** Why the kubelet can't reach a driver; '' when it can. */
export function driverProblem({ context }: Kubelet, name: string): string {
  const isInstalled = context.lister.get<CSIDriver>('CSIDriver', undefined, name) !== undefined;
  const hasRegistrar = [...context.memory.pods.values()].some(
    ({ sandbox, pod }) =>
      sandbox && pod.spec.volumes?.some(({ hostPath }) => /\/plugins_registry\/?$/.test(hostPath?.path ?? '')),
  );
  if (storageDriver(name) || (isInstalled && hasRegistrar)) return '';
  return `driver name ${name} not found in the list of registered CSI drivers`;
}

/** Why the kubelet can't hand a driver's volume to a Pod; '' when it can. `mode`: Ephemeral for one that the Pod writes itself. */
export function setUpProblem(kubelet: Kubelet, name: string, mode: 'Persistent' | 'Ephemeral'): string {
  const unreachable = driverProblem(kubelet, name);
  if (unreachable) return `kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: ${unreachable}`;
  const modes = kubelet.context.lister.get<CSIDriver>('CSIDriver', undefined, name)?.spec.volumeLifecycleModes;
  if (!modes || modes.includes(mode)) return '';
  const supported = modes.map((one) => JSON.stringify(one)).join(' ');
  const why = `volume mode "${mode}" not supported by driver ${name} (only supports [${supported}])`;
  return `kubernetes.io/csi: mounter.SetupAt failed to check volume lifecycle mode: ${why}`;
}
