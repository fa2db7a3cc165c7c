/** What is simplified and what is not there, as the headers of the files concerned say it: volumes, claims and their drivers. */
import type { Limit } from '../limits';

const area = 'Storage';

/** Of claims, volumes, drivers and classes. */
export const STORAGE_LIMITS: readonly Limit[] = [
  {
    area,
    kind: 'simplified',
    what: 'Storage drivers',
    detail:
      "Every class whose provisioner is that of Rook (RBD, CephFS), local-path, minikube's and others' hostpath, NFS, Longhorn or a large cloud gets its volumes from a simulated driver, which needs no installation: making a volume and giving it another VolumeAttributesClass take 1 s, removing, attaching and detaching 0.5 s; no driver refuses a class, and what its parameters say has no effect. CephFS and EFS classes need the parameter that names their file system (fsName, fileSystemId), else they wait, as claims of unknown provisioners do. Drivers never run out of space.",
  },
  {
    area,
    kind: 'simplified',
    what: 'Classes and drivers as objects',
    detail:
      "No StorageClass is there at the beginning. The simulated drivers write no CSIDriver and no CSIStorageCapacity. Drivers register on a node with its first heartbeat after a volume or a CSIDriver names them, with no limit and no topology, and stay registered. Another driver mounts what it has on a node once a CSIDriver names it and a Pod there mounts the kubelet's plugins_registry; nothing stands in for its provisioner and attacher. What a Pod writes itself of a simulated driver (an inline csi volume) is mounted unless a CSIDriver that somebody wrote says no. A cloud's disk that a Pod names itself, what iscsi and fc name and the directory of a local volume are there at once.",
  },
  {
    area,
    kind: 'absent',
    what: 'Snapshots and clones',
    detail: 'dataSource and dataSourceRef are stored and checked; the volume that is made is empty.',
  },
];
