/**
 * What is mounted in a container, as /proc/mounts tells it: what runc mounts, the files and volumes that the kubelet has it mount. Follows the
 * default mounts of containerd's CRI plugin.
 */
import type { MachineContainer } from './records';
import type { Space } from './shell/paths';

const FIXED: readonly string[] = [
  'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0',
  'tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755,inode64 0 0',
  'devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666 0 0',
  'mqueue /dev/mqueue mqueue rw,nosuid,nodev,noexec,relatime 0 0',
  'sysfs /sys sysfs ro,nosuid,nodev,noexec,relatime 0 0',
  'cgroup /sys/fs/cgroup cgroup2 ro,nosuid,nodev,noexec,relatime 0 0',
];
const FILES = ['/etc/hosts', '/dev/termination-log', '/etc/hostname', '/etc/resolv.conf'];
const DISK = '/dev/sda1';

/** See the header. `disk`: the file system at a path. */
export function mountTable({ mounts, spec }: MachineContainer, disk: (path: string) => Space): string {
  const isFixed = spec.securityContext?.readOnlyRootFilesystem === true;
  const volumes = mounts.map(({ path, readOnly }) => {
    const { name, total, type = 'ext4' } = disk(path);
    const access = readOnly ? 'ro' : 'rw';
    return name === 'tmpfs'
      ? `${name} ${path} tmpfs ${access},relatime,size=${Math.floor(total / 1024)}k,inode64,noswap 0 0`
      : `${name} ${path} ${type} ${access},relatime 0 0`;
  });
  return [
    `overlay / overlay ${isFixed ? 'ro' : 'rw'},relatime 0 0`,
    ...FIXED,
    ...FILES.map((path) => `${DISK} ${path} ext4 rw,relatime 0 0`),
    'shm /dev/shm tmpfs rw,relatime,size=65536k,inode64 0 0',
    ...volumes,
  ]
    .map((line) => `${line}\n`)
    .join('');
}
