/** What is found at paths of a node's own file system. */
import type { Files, HostEntry } from './cri';
import { HOST, MANIFESTS, pathOnHost, setVolumeFiles, volumeFiles } from './filesystem';
import { textHex64 } from './hex';
import type { Machine, MachineContext } from './records';
import { isFileKey } from './shell/paths';

/** What every node has. */
const HOST_DIRECTORIES =
  'bin boot dev dev/disk etc etc/kubernetes etc/cni/net.d etc/ssl/certs etc/udev home lib lib/modules lib/udev mnt opt opt/cni/bin proc root run run/udev sbin srv sys sys/fs/bpf sys/fs/cgroup tmp usr usr/share/zoneinfo var var/lib var/lib/docker/containers var/lib/kubelet var/lib/kubelet/device-plugins var/lib/kubelet/plugins var/lib/kubelet/plugins_registry var/lib/kubelet/pods var/log var/log/containers var/log/pods var/run'.split(
    ' ',
  );
const HOST_DEVICES = 'dev/fuse dev/kmsg dev/net/tun dev/null dev/random dev/urandom dev/zero'.split(' ');
/** Files of every node, which are there from when they are first looked for. */
const HOST_FILES: Readonly<Record<string, (node: string) => string>> = {
  'etc/hostname': (node) => `${node}\n`,
  'etc/hosts': (node) => `127.0.0.1\tlocalhost\n127.0.1.1\t${node}\n`,
  'etc/machine-id': (node) => `${textHex64(node).slice(0, 32)}\n`,
  'etc/os-release': () => 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\n',
  'etc/localtime': () => 'TZif2',
};
const HOST_SOCKETS = ['run/containerd/containerd.sock', 'var/run/containerd/containerd.sock'];

/** What is at a path of the node's. */
export function hostEntry({ context, node }: Machine, path: string): HostEntry | undefined {
  const own = pathOnHost(path);
  if (own === '' || HOST_DIRECTORIES.includes(own)) return 'directory';
  if (HOST_SOCKETS.includes(own)) return 'socket';
  if (HOST_DEVICES.includes(own)) return 'device';
  const held = volumeFiles(context, HOST);
  if (Object.hasOwn(HOST_FILES, own) && !Object.hasOwn(held, own)) {
    setVolumeFiles(context, HOST, { ...held, [own]: HOST_FILES[own]?.(node) ?? '' });
    return 'file';
  }
  if (Object.hasOwn(held, own)) return 'file';
  return Object.keys(held).some((file) => file.startsWith(`${own}/`)) ? 'directory' : undefined;
}

/** Makes a file or directory of the node's. */
export function makeHostEntry(context: MachineContext, path: string, kind: 'file' | 'directory'): void {
  const own = pathOnHost(path);
  const held = volumeFiles(context, HOST);
  setVolumeFiles(context, HOST, { ...held, [kind === 'file' ? own : `${own}/.`]: '' });
}

/** Texts of the files in the folder of static Pods' manifests, by name. */
export function manifestsOf(context: MachineContext): Files {
  const inFolder = Object.entries(volumeFiles(context, HOST)).filter(
    ([path]) => path.startsWith(MANIFESTS) && !path.endsWith('/.') && isFileKey(path),
  );
  return Object.fromEntries(inFolder.map(([path, text]) => [path.slice(MANIFESTS.length), text]));
}
