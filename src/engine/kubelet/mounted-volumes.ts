/** Which volumes of a Pod the kubelet looks at: those that a container mounts. Follows GetPodVolumeNames in pkg/volume/util/util.go. */
import type { Pod, Volume } from '../api/types';

/** The volumes that any container of a Pod mounts, or has as a device, in the order of the Pod. */
export function mountedVolumes({ spec }: Pod): readonly Volume[] {
  const { volumes = [], initContainers = [], containers, ephemeralContainers = [] } = spec;
  if (volumes.length === 0) return volumes;
  const names = new Set<string>();
  for (const { volumeMounts = [], volumeDevices = [] } of [...initContainers, ...containers, ...ephemeralContainers]) {
    for (const { name } of [...volumeMounts, ...volumeDevices]) names.add(name);
  }
  return volumes.filter(({ name }) => names.has(name));
}
