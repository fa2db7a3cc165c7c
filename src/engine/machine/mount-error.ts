/**
 * Mounts that the kernel refuses: of a directory where the image has a file, and of a file where it has a directory. Follows setupRootfs and
 * mountViaFds of runc's libcontainer.
 * Simplified: of a mount that lies below another one nothing is checked; the directory of a claim's volume is called as the Pod calls the volume.
 */
import type { Pod, VolumeMount } from '../api/types';
import { accountFiles } from './accounts';
import { bareEnd, HOST, isBelow, isReadOnlyVolume, mountsOf, showsFile } from './filesystem';
import type { Machine, MachineContainer, MachineSandbox } from './records';
import { isDirectoryIn } from './shell/paths';

/** How the kubelet calls the directories of its plugins, where that is not as an API's field is called. */
const PLUGINS: Readonly<Record<string, string>> = {
  configMap: 'configmap',
  downwardAPI: 'downward-api',
  emptyDir: 'empty-dir',
  ephemeral: 'csi',
  persistentVolumeClaim: 'csi',
};

/** Where the node has what is mounted. */
function sourceOf(machine: Machine, pod: Pod, { name, spec }: MachineContainer, index: number): string {
  const mount = spec.volumeMounts?.[index] as VolumeMount;
  const root = `/var/lib/kubelet/pods/${pod.metadata.uid}`;
  if (mount.subPath) return `${root}/volume-subpaths/${mount.name}/${name}/${index}`;
  const [place] = mountsOf(machine.context, pod, { ...spec, volumeMounts: [mount] });
  if (place?.volume === HOST) return `/${place.subPath}`;
  const { name: _name, ...sources } = pod.spec.volumes?.find((one) => one.name === mount.name) ?? mount;
  const [kind = ''] = Object.keys(sources);
  const plugin = PLUGINS[kind] ?? kind;
  return `${root}/volumes/kubernetes.io~${plugin}/${mount.name}${plugin === 'csi' ? '/mount' : ''}`;
}

/** runc's words for a mount that can't be made; undefined when all can. */
export function mountError(machine: Machine, container: MachineContainer): string | undefined {
  const { context } = machine;
  const { podUid, spec, behaviour } = container;
  const { volumeMounts = [] } = spec;
  if (volumeMounts.length === 0) return undefined;
  const { pod } = context.memory.sandboxes.get(podUid) as MachineSandbox;
  const there = { ...accountFiles(spec), ...behaviour.files };
  for (const [index, mount] of volumeMounts.entries()) {
    const path = bareEnd(mount.mountPath);
    if (volumeMounts.some((one) => one !== mount && isBelow(path, bareEnd(one.mountPath)))) continue;
    if (!(showsFile(context, pod, mount) ? isDirectoryIn(there, path) : Object.hasOwn(there, path))) continue;
    const source = sourceOf(machine, pod, container, index);
    const access = mount.readOnly || isReadOnlyVolume(pod, mount.name) ? 'MS_RDONLY|' : '';
    return `error mounting "${source}" to rootfs at "${mount.mountPath}": mount src=${source}, dst=${mount.mountPath}, dstFd=/proc/thread-self/fd/11, flags=${access}MS_BIND|MS_REC: not a directory`;
  }
  return undefined;
}
