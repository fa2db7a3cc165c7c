/** The part of a node's own file system that every node has. */

import type { Files } from './cri';
import { textHex64 } from './hex';

/** What every node has. */
export const HOST_DIRECTORIES =
  'bin boot dev dev/disk etc etc/kubernetes etc/cni/net.d etc/ssl/certs etc/udev home lib lib/modules lib/udev mnt opt opt/cni/bin proc root run run/udev sbin srv sys sys/fs/bpf sys/fs/cgroup tmp usr usr/share/zoneinfo var var/lib var/lib/docker/containers var/lib/kubelet var/lib/kubelet/device-plugins var/lib/kubelet/plugins var/lib/kubelet/plugins_registry var/lib/kubelet/pods var/log var/log/containers var/log/pods var/run'.split(
    ' ',
  );
export const HOST_DEVICES = 'dev/fuse dev/kmsg dev/net/tun dev/null dev/random dev/urandom dev/zero'.split(' ');
/** Files of every node, which are there from when they are first looked for. */
export const HOST_FILES: Readonly<Record<string, (node: string) => string>> = {
  'etc/hostname': (node) => `${node}\n`,
  'etc/hosts': (node) => `127.0.0.1\tlocalhost\n127.0.1.1\t${node}\n`,
  'etc/machine-id': (node) => `${textHex64(node).slice(0, 32)}\n`,
  'etc/os-release': () => 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\n',
  'etc/localtime': () => 'TZif2',
};
export const HOST_SOCKETS = ['run/containerd/containerd.sock', 'var/run/containerd/containerd.sock'];

/** The directories and files of it, as whoever mounts it sees them. */
export const hostView = (node: string): Files =>
  Object.fromEntries([
    ...HOST_DIRECTORIES.map((path) => [`${path}/.`, '']),
    ...Object.entries(HOST_FILES).map(([path, text]) => [path, text(node)]),
  ]);
