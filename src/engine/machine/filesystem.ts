/**
 * The files a container sees: its own, with those of its volumes in the places where they are mounted. Pure.
 * A mount hides what the image holds below its path; what is written below it is the volume's, for every container that mounts it.
 */
import type { Pod } from '../api/types';
import type { Files } from './cri';
import type { MachineContainer, MachineMemory, Mount } from './records';

const NO_FILES: Files = {};

/** The key of a Pod's volume among the machine's: directories of the host are shared by all. */
export function volumeKey(pod: Pod, name: string): string {
  const hostPath = pod.spec.volumes?.find((volume) => volume.name === name)?.hostPath?.path;
  return hostPath === undefined ? `${pod.metadata.uid}/${name}` : `host:${hostPath}`;
}

/** Whether a path is a directory's own, or below it. */
const isBelow = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);

/** Where a file of a volume is seen in a container; undefined when the mount leaves it out. */
function seenAt(mount: Mount, path: string): string | undefined {
  if (mount.subPath === '') return mount.path === '/' ? `/${path}` : `${mount.path}/${path}`;
  if (path === mount.subPath) return mount.path;
  return path.startsWith(`${mount.subPath}/`) ? `${mount.path}${path.slice(mount.subPath.length)}` : undefined;
}

/** The path within its volume of a file seen in a container. */
function storedAt(mount: Mount, path: string): string {
  const below = path === mount.path ? '' : path.slice(mount.path === '/' ? 1 : mount.path.length + 1);
  if (mount.subPath === '') return below;
  return below === '' ? mount.subPath : `${mount.subPath}/${below}`;
}

/** The mount that a path lies in: the innermost. */
function mountOf(mounts: readonly Mount[], path: string): Mount | undefined {
  let innermost: Mount | undefined;
  for (const mount of mounts) {
    if (isBelow(path, mount.path) && mount.path.length > (innermost?.path.length ?? -1)) innermost = mount;
  }
  return innermost;
}

/** All files of a container. Its own record itself when it mounts nothing. */
export function visibleFiles(memory: MachineMemory, container: MachineContainer): Files {
  const { mounts } = container;
  if (mounts.length === 0) return container.files;
  const seen: [string, string][] = Object.entries(container.files).filter(([path]) => !mountOf(mounts, path));
  for (const mount of mounts) {
    for (const [path, content] of Object.entries(memory.volumes.get(mount.volume) ?? NO_FILES)) {
      const target = seenAt(mount, path);
      if (target !== undefined && mountOf(mounts, target) === mount) seen.push([target, content]);
    }
  }
  return Object.fromEntries(seen);
}

/** Takes up what a program has made of the files it saw; returns the container's own. */
export function keepFiles(memory: MachineMemory, container: MachineContainer, seen: Files): Files {
  const { mounts } = container;
  if (mounts.length === 0) return seen;
  // What a mount hides is still there.
  const own: [string, string][] = Object.entries(container.files).filter(([path]) => mountOf(mounts, path));
  const stored = new Map<Mount, [string, string][]>(mounts.map((mount) => [mount, []]));
  for (const [path, content] of Object.entries(seen)) {
    const mount = mountOf(mounts, path);
    if (mount) stored.get(mount)?.push([storedAt(mount, path), content]);
    else own.push([path, content]);
  }
  for (const [mount, entries] of stored) {
    const unseen = Object.entries(memory.volumes.get(mount.volume) ?? NO_FILES).filter(([path]) => {
      const target = seenAt(mount, path);
      return target === undefined || mountOf(mounts, target) !== mount;
    });
    memory.volumes.set(mount.volume, Object.fromEntries([...unseen, ...entries]));
  }
  return Object.fromEntries(own);
}
