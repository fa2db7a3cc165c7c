/** What is found at paths of a node's own file system. */
import type { Files, HostEntry } from './cri';
import { HOST, MANIFESTS, pathOnHost, setVolumeFiles, volumeFiles } from './filesystem';
import { HOST_DEVICES, HOST_DIRECTORIES, HOST_FILES, HOST_SOCKETS } from './host-tree';
import type { Machine, MachineContext } from './records';
import { isFileKey } from './shell/paths';

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
