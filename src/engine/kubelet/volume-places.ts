/**
 * Where the volumes of a Pod lie, and why one can't be used now: claims, hostPath types, NFS servers, volumes to be attached.
 * Follows pkg/kubelet/volumemanager (populator/desired_state_of_world_populator.go, volume_manager.go) and pkg/volume/{hostpath,nfs,csi,local}.
 * Simplified: an NFS server is there when its address is that of a Service or Node, or when a PersistentVolume or a name in DNS stands for it.
 */

import { quantityValue } from '../api/quantity';
import type { Node, PersistentVolume, PersistentVolumeClaim, Pod, Service, Volume } from '../api/types';
import { CLAIM_PROTECTION, claimNameOf, PROVISIONED_BY } from '../api/volume-claim';
import { needsAttaching, uniqueVolumeName } from '../api/volume-provisioners';
import type { Lister } from '../client/client';
import type { Files, HostEntry, RuntimeService } from '../machine/cri';
import { HOST, hostPlace, pathOnHost } from '../machine/filesystem';
import type { VolumePlace } from '../machine/records';
import { driverVolume, nfsVolume } from '../machine/shared-storage';
import type { Kubelet } from './api-writes';
import { mountedVolumes } from './mounted-volumes';
import { misplaced } from './volume-place-checks';
import { driverProblem, modeProblem, pluginProblem, setUpProblem } from './volume-plugins';

/** A volume that can be used. */
interface Found {
  readonly place?: VolumePlace;
  readonly initial?: Files;
}

/** Why a volume can't be used now. `processing`: the volume manager does not even know what to mount; `map`: it is one of blocks. */
export interface Obstacle {
  readonly kind: 'mount' | 'map' | 'processing' | 'attaching';
  readonly volume: string;
  readonly message: string;
}

type Answer = Found | Obstacle;

/** What a new ext4 file system holds. */
const NEW_FILE_SYSTEM: Files = { 'lost+found/.': '' };

const GIT_REPO =
  'git-repo volume plugin has been disabled; if necessary, it may be re-enabled by enabling the feature-gate `GitRepoVolumeDriver`';

const isObstacle = (answer: Answer): answer is Obstacle => 'kind' in answer;

function failed({ name }: Volume, message: string, step = 'SetUp'): Obstacle {
  return { kind: 'mount', volume: name, message: `MountVolume.${step} failed for volume "${name}" : ${message}` };
}

function unprocessed({ name }: Volume, message: string): Obstacle {
  return { kind: 'processing', volume: name, message };
}

/** What a hostPath type wants to find, and how it is called when it is not there. */
const WANTED: Readonly<Record<string, readonly [entry: HostEntry | undefined, words: string]>> = {
  Directory: ['directory', 'a directory'],
  DirectoryOrCreate: ['directory', 'a directory'],
  File: ['file', 'a file'],
  FileOrCreate: ['file', 'a file'],
  Socket: ['socket', 'a socket file'],
  CharDevice: ['device', 'a character device'],
  BlockDevice: [undefined, 'a block device'],
};

function hostDirectory(runtime: RuntimeService, volume: Volume, path: string, type = ''): Answer {
  const place = hostPlace(path);
  const [wanted, words] = WANTED[type] ?? [];
  const there = runtime.hostEntry(path);
  if (!there && type.endsWith('OrCreate')) {
    runtime.makeHostEntry(path, wanted === 'file' ? 'file' : 'directory');
    return { place };
  }
  if (type === '' || (wanted !== undefined && there === wanted)) return { place };
  return failed(volume, `hostPath type check failed: ${path} is not ${words}`);
}

function isServerThere(lister: Lister, server: string): boolean {
  if (/[a-z]/i.test(server)) return true;
  const isOf = ({ spec }: PersistentVolume): boolean => spec.nfs?.server === server;
  return (
    lister.list<PersistentVolume>('PersistentVolume').some(isOf) ||
    lister.list<Service>('Service').some(({ spec }) => spec.clusterIP === server) ||
    lister.list<Node>('Node').some(({ status }) => status.addresses?.some(({ address }) => address === server) === true)
  );
}

function nfsShare(lister: Lister, pod: Pod, volume: Volume, server: string, path: string): Answer {
  const disk = { source: `${server}:${path}`, type: 'nfs4' };
  if (isServerThere(lister, server)) return { place: { volume: nfsVolume(server), path: pathOnHost(path), disk } };
  const target = `/var/lib/kubelet/pods/${pod.metadata.uid}/volumes/kubernetes.io~nfs/${volume.name}`;
  const lines = [
    'mount failed: exit status 32',
    'Mounting command: mount',
    `Mounting arguments: -t nfs ${server}:${path} ${target}`,
    'Output: mount.nfs: Connection timed out',
    '',
  ];
  return failed(volume, lines.join('\n'));
}

/** Why the kubelet does not start a Pod with this claim; '' when it may. */
function claimProblem(claim: PersistentVolumeClaim | undefined, name: string): string {
  if (!claim) return `failed to fetch PVC from API server: persistentvolumeclaims "${name}" not found`;
  const { metadata, status, spec } = claim;
  if (metadata.deletionTimestamp && !metadata.finalizers?.includes(CLAIM_PROTECTION)) return 'PVC is being deleted';
  if (status.phase !== 'Bound') return 'PVC is not bound';
  return spec.volumeName ? '' : 'PVC has empty pvc.Spec.VolumeName';
}

/**
 * Why a volume can't be mounted on its node yet; undefined when it can. First its Node says that it is in use, which it does with its status
 * every 10 s, and then that it is attached (waitForVolumeAttach of volumemanager/reconciler, GenerateVerifyControllerAttachedVolumeFunc).
 */
function whyNotAttached({ context, node }: Kubelet, volume: PersistentVolume): string | undefined {
  const { volumesAttached } = context.lister.get<Node>('Node', undefined, node.name)?.status ?? {};
  const unique = uniqueVolumeName(volume);
  const what = `PersistentVolume ${volume.metadata.name} is not`;
  if (!context.memory.inUse.includes(unique)) return `${what} reported in use by this Node yet`;
  return volumesAttached?.some(({ name }) => name === unique) ? undefined : `${what} attached to this Node yet`;
}

/** The device that an attached volume has on its node, of those in the order of their names. */
function deviceOf({ context }: Kubelet, volume: PersistentVolume): string {
  const driver = volume.spec.csi?.driver ?? '';
  if (driver === 'driver.longhorn.io') return `/dev/longhorn/${volume.metadata.name}`;
  const number = Math.max(0, context.memory.inUse.indexOf(uniqueVolumeName(volume)));
  return driver.endsWith('.rbd.csi.ceph.com')
    ? `/dev/rbd${number}`
    : `/dev/sd${'bcdefghijklmnopqrstuvwxyz'[number % 25]}`;
}

function persistentVolume(
  kubelet: Kubelet,
  pod: Pod,
  volume: Volume,
  claimName: string,
  found: PersistentVolume,
): Answer {
  const { lister } = kubelet.context;
  const { spec, metadata } = found;
  // The kubelet calls it by its own name from here on.
  const own = { ...volume, name: metadata.name };
  const missing = spec.csi && needsAttaching(found, lister) && whyNotAttached(kubelet, found);
  if (missing) return { kind: 'attaching', volume: volume.name, message: missing };
  const wrong = misplaced(kubelet, pod, claimName, found);
  if (wrong) return { ...wrong, volume: volume.name };
  if (spec.hostPath) {
    const isMade = metadata.annotations?.[PROVISIONED_BY] !== undefined;
    const type = spec.hostPath.type || (isMade ? 'DirectoryOrCreate' : '');
    const found = hostDirectory(kubelet.runtime, own, spec.hostPath.path, type);
    // Provisioners of directories open them to all.
    return isMade && 'place' in found ? { place: { volume: HOST, path: pathOnHost(spec.hostPath.path) } } : found;
  }
  if (spec.local) return { place: { volume: HOST, path: pathOnHost(spec.local.path), owner: 'group' } };
  if (spec.nfs) return nfsShare(lister, pod, own, spec.nfs.server, spec.nfs.path);
  if (!spec.csi) return { place: { volume: driverVolume('volume', metadata.name), path: '' } };
  const problem = driverProblem(kubelet, spec.csi.driver);
  if (problem) {
    const what = `kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: ${problem}`;
    return failed(own, what, 'MountDevice');
  }
  const unusable = setUpProblem(kubelet, spec.csi.driver, 'Persistent');
  if (unusable) return failed(own, unusable);
  const place = { volume: driverVolume(spec.csi.driver, spec.csi.volumeHandle), path: '' };
  const bytes = quantityValue(spec.capacity?.storage);
  if (spec.csi.driver.endsWith('.cephfs.csi.ceph.com'))
    return { place: { ...place, disk: { source: 'ceph-fuse', type: 'fuse.ceph-fuse', bytes } } };
  if (!spec.csi.fsType?.startsWith('ext')) return { place };
  const disk = { source: deviceOf(kubelet, found), type: spec.csi.fsType, bytes };
  return { place: { ...place, owner: 'group', disk }, initial: NEW_FILE_SYSTEM };
}

function claimed(kubelet: Kubelet, pod: Pod, volume: Volume, claimName: string): Answer {
  const { lister } = kubelet.context;
  const { namespace } = pod.metadata;
  const processing = (why: string): Obstacle =>
    unprocessed(volume, `error processing PVC ${namespace}/${claimName}: ${why}`);
  const claim = lister.get<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, claimName);
  const problem = claimProblem(claim, claimName);
  if (problem || !claim) return processing(problem);
  const volumeName = claim.spec.volumeName ?? '';
  const found = lister.get<PersistentVolume>('PersistentVolume', undefined, volumeName);
  if (found?.spec.claimRef?.uid !== claim.metadata.uid || !found) {
    return processing(`failed to fetch PV ${volumeName} from API server: persistentvolumes "${volumeName}" not found`);
  }
  const misfit = modeProblem(pod, volume, found.spec.volumeMode) || pluginProblem(found.spec, volumeName);
  return misfit ? unprocessed(volume, misfit) : persistentVolume(kubelet, pod, volume, claimName, found);
}

function answerFor(kubelet: Kubelet, pod: Pod, volume: Volume): Answer {
  const { hostPath, nfs, csi, gitRepo } = volume;
  const problem = pluginProblem(volume, volume.name);
  if (problem) return unprocessed(volume, problem);
  if (gitRepo) return failed(volume, GIT_REPO);
  const unusable = csi && setUpProblem(kubelet, csi.driver, 'Ephemeral');
  if (unusable) return failed(volume, unusable);
  if (hostPath) return hostDirectory(kubelet.runtime, volume, hostPath.path, hostPath.type);
  if (nfs) return nfsShare(kubelet.context.lister, pod, volume, nfs.server, nfs.path);
  const claimName = claimNameOf(pod.metadata.name, volume);
  return claimName === undefined ? {} : claimed(kubelet, pod, volume, claimName);
}

/** What keeps a Pod's volumes from being mounted, in order of the volumes; those of ConfigMaps and Secrets are not looked at. */
export function volumeObstacles(kubelet: Kubelet, pod: Pod): readonly Obstacle[] {
  return mountedVolumes(pod)
    .map((volume) => answerFor(kubelet, pod, volume))
    .filter(isObstacle);
}

/** Tells the machine where the Pod's volumes lie. */
export function placeVolumes(kubelet: Kubelet, pod: Pod): void {
  for (const volume of mountedVolumes(pod)) {
    const answer = answerFor(kubelet, pod, volume);
    if (isObstacle(answer) || !answer.place) continue;
    kubelet.runtime.placeVolume(pod.metadata.uid ?? '', volume.name, answer.place, answer.initial ?? {});
  }
}

/** The kubelet's words when it has waited long enough, or need not wait. */
export function unmountedText(obstacles: readonly Obstacle[], why: string): string {
  const names = (kind?: Obstacle['kind']): string =>
    `[${obstacles
      .filter((one) => !kind || one.kind === kind)
      .map(({ volume }) => volume)
      .join(' ')}]`;
  return `Unable to attach or mount volumes: unmounted volumes=${names()}, unattached volumes=${names('attaching')}, failed to process volumes=${names('processing')}: ${why}`;
}
