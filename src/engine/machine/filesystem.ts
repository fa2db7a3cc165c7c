/**
 * The files a container sees: its own, with those of its volumes in the places where they are mounted. Pure.
 * A mount hides what the image holds below its path; what is written below it is the volume's, for every container that mounts it.
 */
import type { Container, Pod, Volume, VolumeMount } from '../api/types';
import type { Files } from './cri';
import { holds, laidOut } from './filled-volume';
import { hostView } from './host-tree';
import { POD_LOGS, podLogs } from './pod-logs';
import type { MachineContainer, MachineContext, Mount, VolumePlace } from './records';
import { SHARED, sharedVolumes } from './shared-storage';

const NO_FILES: Files = {};

/** The volume that holds the files of the node itself. */
export const HOST = 'host';

/** Where the node keeps the manifests of static Pods. */
export const MANIFESTS = 'etc/kubernetes/manifests/';

/** The volumes of a new machine: its own files, if there are manifests of static Pods among them. */
export function hostVolumes(manifests: Files): Map<string, Files> {
  const files = Object.entries(manifests).map(([name, text]) => [`${MANIFESTS}${name}`, text] as const);
  return new Map(files.length > 0 ? [[HOST, Object.fromEntries(files)]] : []);
}

/** A place among the node's own files: root's, but for what is open to all. */
export function hostPlace(path: string): VolumePlace {
  const place = { volume: HOST, path: pathOnHost(path) };
  return /^(var\/)?tmp$/.test(place.path) ? place : { ...place, owner: 'root' };
}

/** What is known of the place of a Pod's volume that is mounted. */
export function placeBehind({ memory }: MachineContext, pod: Pod, mount: Mount): VolumePlace | undefined {
  for (const [key, place] of memory.places)
    if (place.volume === mount.volume && key.startsWith(`${pod.metadata.uid}/`)) return place;
  return undefined;
}

/** Whether a path lies in a volume to which only root may write. */
export function isRootsOwn(context: MachineContext, pod: Pod, mounts: readonly Mount[], path: string): boolean {
  const mount = mountOf(mounts, path);
  const owner = mount && placeBehind(context, pod, mount)?.owner;
  return owner === 'root' || (owner === 'group' && pod.spec.securityContext?.fsGroup === undefined);
}

/** The group that a path belongs to as a part of a volume that was given one. */
export function volumeGroup(
  context: MachineContext,
  pod: Pod,
  mounts: readonly Mount[],
  path: string,
): number | undefined {
  const mount = mountOf(mounts, path);
  return mount && placeBehind(context, pod, mount)?.owner !== 'root' ? pod.spec.securityContext?.fsGroup : undefined;
}

/** Where a volume of a Pod lies: where its kubelet has said, in the node's own files, or by itself. */
function placeOf({ memory }: MachineContext, pod: Pod, name: string): VolumePlace {
  const own = `${pod.metadata.uid}/${name}`;
  const told = memory.places.get(own);
  if (told) return told;
  const hostPath = pod.spec.volumes?.find((volume) => volume.name === name)?.hostPath?.path;
  return hostPath === undefined ? { volume: own, path: '' } : hostPlace(hostPath);
}

/** A path of the node's as it stands in its files. */
export const pathOnHost = (path: string): string => path.replace(/^\/+|\/+$/g, '');

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('/');

/** Whether a volume holds what the kubelet puts there: nobody else may write to it. */
function isFilled({ spec }: Pod, name: string): boolean {
  const { configMap, secret, downwardAPI, projected } = spec.volumes?.find((volume) => volume.name === name) ?? {};
  return (configMap ?? secret ?? downwardAPI ?? projected) !== undefined;
}

/** Whether a volume's own source says that it is only read, whatever its mounts say (makeMounts of pkg/kubelet/kubelet_pods.go). */
function isOnlyRead({ spec }: Pod, name: string): boolean {
  const { name: _name, ...sources } = spec.volumes?.find((volume) => volume.name === name) ?? ({ name } as Volume);
  if (sources.image) return true;
  return Object.values(sources).some((source) => (source as { readOnly?: boolean } | undefined)?.readOnly === true);
}

/** Whether a volume is only read, however it is mounted. */
export const isReadOnlyVolume = (pod: Pod, name: string): boolean => isFilled(pod, name) || isOnlyRead(pod, name);

/** Whether a mount shows a part of what the kubelet fills in: that part as it is when the container is made. */
function isPinned(pod: Pod, { name, subPath }: VolumeMount): boolean {
  return subPath !== undefined && subPath !== '' && isFilled(pod, name);
}

/** Whether a path belongs to such a mount, which nobody may write to. */
export function isPinnedPath(pod: Pod, spec: Container, path: string): boolean {
  return spec.volumeMounts?.some((mount) => isPinned(pod, mount) && isBelow(path, mount.mountPath)) === true;
}

/** A mount's path without the slashes at its end. */
export const bareEnd = (path: string): string => (path.length <= 1 ? path : path.replace(/\/+$/, ''));

/**
 * What an image holds and, in place of what it has there, what a container has through such mounts: that stays as it is whatever becomes of the
 * volume. For what a volume has not the kubelet makes a directory (makeMounts of pkg/kubelet/kubelet_pods.go).
 */
export function withPinnedFiles(context: MachineContext, pod: Pod, spec: Container, image: Files): Files {
  const mounts = (spec.volumeMounts ?? [])
    .filter((mount) => isPinned(pod, mount))
    .map(({ name, mountPath, subPath = '' }): Mount => {
      const { volume } = placeOf(context, pod, name);
      return { path: bareEnd(mountPath), volume, subPath: pathOnHost(subPath), readOnly: true };
    });
  if (mounts.length === 0) return image;
  const files = Object.entries(image).filter(([path]) => !mountOf(mounts, path));
  for (const mount of mounts) {
    const before = files.length;
    for (const [path, content] of Object.entries(volumeFiles(context, mount.volume))) {
      const target = seenAt(mount, path);
      if (target !== undefined) files.push([target, content]);
    }
    if (files.length === before) files.push([`${mount.path}/.`, '']);
  }
  return Object.fromEntries(files);
}

/** Whether what is mounted is a file. */
export function showsFile(context: MachineContext, pod: Pod, { name, subPath = '' }: VolumeMount): boolean {
  const { volume, path } = placeOf(context, pod, name);
  return Object.hasOwn(volumeFiles(context, volume), joined(path, pathOnHost(subPath)));
}

/** Replaces what a volume holds, all at once; false when that is the same. */
export function writeVolume({ memory, now }: MachineContext, name: string, files: Files): boolean {
  if (holds(memory.volumes.get(name), files)) return false;
  memory.volumes.set(name, files);
  memory.filled.set(name, now);
  return true;
}

/** Mounts the volumes of a Pod into one of its containers: the directory that a subPath names is made where it is missing. */
export function mountAll(context: MachineContext, pod: Pod, spec: Container): Mount[] {
  const mounts = mountsOf(context, pod, spec);
  for (const { volume, subPath } of mounts) {
    if (subPath !== '') bringFiles(context, { volume, path: subPath }, { '.': '' });
  }
  return mounts;
}

/** Where the volumes of a Pod are mounted into one of its containers. */
export function mountsOf(context: MachineContext, pod: Pod, spec: Container): Mount[] {
  return (spec.volumeMounts ?? [])
    .filter((mount) => !isPinned(pod, mount))
    .map(({ name, mountPath, subPath = '', readOnly }) => {
      const { volume, path } = placeOf(context, pod, name);
      return {
        path: bareEnd(mountPath),
        volume,
        subPath: joined(path, pathOnHost(subPath)),
        readOnly: readOnly === true || isReadOnlyVolume(pod, name),
      };
    });
}

/** The volumes among which one is: those that nodes share are not the machine's. */
const volumesWith = (context: MachineContext, volume: string): Map<string, Files> =>
  volume.startsWith(SHARED) ? sharedVolumes(context) : context.memory.volumes;

/** What a volume holds. */
export function volumeFiles(context: MachineContext, volume: string): Files {
  return volumesWith(context, volume).get(volume) ?? NO_FILES;
}

const isPodLog = ({ volume }: Mount, path: string): boolean => volume === HOST && path.startsWith(POD_LOGS);

const VOLUME_VIEW = 'volume view';

/** A volume is gone with what was in it. */
export function dropVolume({ memory, derived }: MachineContext, volume: string): void {
  memory.volumes.delete(volume);
  memory.filled.delete(volume);
  memory.places.delete(volume);
  derived.forget(VOLUME_VIEW, volume);
}

/** What is seen of a volume. */
function volumeView(context: MachineContext, volume: string): Files {
  const files = volumeFiles(context, volume);
  const moment = context.memory.filled.get(volume);
  if (volume === HOST) {
    const own = context.derived.memo(VOLUME_VIEW, volume, [files], () => ({
      ...hostView(context.actor.slice(context.actor.indexOf('/') + 1)),
      ...files,
    }));
    return { ...own, ...podLogs(context) };
  }
  if (moment === undefined) return files;
  return context.derived.memo(VOLUME_VIEW, volume, [files, moment], () => laidOut(volume, files, moment));
}

/** Puts files into a volume, in place of what it held. */
export function setVolumeFiles(context: MachineContext, volume: string, files: Files): void {
  volumesWith(context, volume).set(volume, files);
}

/** Puts the first files into a volume that has none at its place. */
export function bringFiles(context: MachineContext, place: VolumePlace, initial: Files): void {
  const held = volumeFiles(context, place.volume);
  const below = place.path === '' ? '' : `${place.path}/`;
  if (Object.keys(held).some((path) => path === place.path || path.startsWith(below))) return;
  const brought = Object.entries(initial).map(([path, content]) => [`${below}${path}`, content]);
  setVolumeFiles(context, place.volume, { ...held, ...Object.fromEntries(brought) });
}

/** Whether a path is a directory's own, below it, or what is known of it. */
export const isBelow = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`) || path.startsWith(`${directory}\0`);

/** Where a file of a volume is seen in a container; undefined when the mount leaves it out. */
export function seenAt(mount: Mount, path: string): string | undefined {
  if (mount.subPath === '') return `${mount.path}${mount.path === '/' || path.startsWith('\0') ? '' : '/'}${path}`;
  if (path === mount.subPath) return mount.path;
  // What is below it, or known of it.
  return /^[/\0]/.test(path.slice(mount.subPath.length)) && path.startsWith(mount.subPath)
    ? `${mount.path}${path.slice(mount.subPath.length)}`
    : undefined;
}

/** The path within its volume of a file seen in a container. */
export function storedAt(mount: Mount, path: string): string {
  const isNote = path.startsWith(`${mount.path}\0`);
  const start = mount.path === '/' || isNote ? mount.path.length : mount.path.length + 1;
  const below = path === mount.path ? '' : path.slice(start);
  if (mount.subPath === '') return below;
  return below === '' ? mount.subPath : `${mount.subPath}${isNote ? '' : '/'}${below}`;
}

/** The mount that a path lies in: the innermost. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | undefined {
  let innermost: Mount | undefined;
  for (const mount of mounts) {
    if (isBelow(path, mount.path) && mount.path.length > (innermost?.path.length ?? -1)) innermost = mount;
  }
  return innermost;
}

/** All files of a container. Its own record itself when it mounts nothing. */
export function visibleFiles(context: MachineContext, container: MachineContainer): Files {
  const { mounts } = container;
  if (mounts.length === 0) return container.files;
  const seen: [string, string][] = Object.entries(container.files).filter(([path]) => !mountOf(mounts, path));
  for (const mount of mounts) {
    let isEmpty = true;
    for (const [path, content] of Object.entries(volumeView(context, mount.volume))) {
      const target = seenAt(mount, path);
      if (target === undefined || mountOf(mounts, target) !== mount) continue;
      seen.push([target, content]);
      isEmpty &&= target.startsWith(`${mount.path}\0`);
    }
    // An empty directory is there all the same.
    if (isEmpty) seen.push([`${mount.path}/.`, '']);
  }
  return Object.fromEntries(seen);
}

/** The files of a volume that a mount shows, by their paths in it. */
function shownBy(context: MachineContext, mounts: readonly Mount[], mount: Mount): [string, string][] {
  return Object.entries(volumeView(context, mount.volume)).filter(([path]) => {
    if (isPodLog(mount, path)) return false;
    const target = seenAt(mount, path);
    return target !== undefined && mountOf(mounts, target) === mount;
  });
}

/** Takes up what a program has made of the files it saw; returns the container's own. */
export function keepFiles(context: MachineContext, container: MachineContainer, seen: Files): Files {
  const { mounts } = container;
  if (mounts.length === 0) return seen;
  // What a mount hides is still there.
  const own: [string, string][] = Object.entries(container.files).filter(([path]) => mountOf(mounts, path));
  const stored = new Map<Mount, [string, string][]>(mounts.map((mount) => [mount, []]));
  for (const [path, content] of Object.entries(seen)) {
    const mount = mountOf(mounts, path);
    if (!mount) own.push([path, content]);
    // A volume itself needs no mark of its directory; what containers print is no file of it.
    else if (storedAt(mount, path) !== '.' && !isPodLog(mount, storedAt(mount, path)))
      stored.get(mount)?.push([storedAt(mount, path), content]);
  }
  // One volume may be mounted twice: what each mount has changed is taken over, not what it saw.
  const before = mounts.map((mount) => new Map(shownBy(context, mounts, mount)));
  for (const [index, mount] of mounts.entries()) {
    const known = before[index] as Map<string, string>;
    const now = new Map(stored.get(mount));
    const changed = [...now].filter(([path, content]) => known.get(path) !== content);
    const gone = [...known.keys()].filter((path) => !now.has(path));
    if (changed.length === 0 && gone.length === 0) continue;
    const files = new Map([...Object.entries(volumeFiles(context, mount.volume)), ...changed]);
    for (const path of gone) files.delete(path);
    setVolumeFiles(context, mount.volume, Object.fromEntries(files));
  }
  return Object.fromEntries(own);
}
