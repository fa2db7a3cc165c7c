/**
 * Reclaim policy Recycle: a Pod scrubs the volume, then it is available again.
 * Follows pkg/volume/util/recyclerclient/recycler_client.go, pkg/volume/plugins.go (the Pod's template) and recycleVolumeOperation in
 * pkg/controller/volume/persistentvolume/pv_controller.go. Only NFS and hostPath volumes can be recycled.
 */
import { keyOf } from '../../api/meta';
import { isPodTerminal } from '../../api/pod';
import { quantityValue } from '../../api/quantity';
import { isReason } from '../../api/status-error';
import type { CoreEvent, PersistentVolume, Pod, Volume } from '../../api/types';
import type { WatchEvent } from '../../client/component';
import type { BinderContext } from './binder-cache';
import { failVolume, unbindVolume } from './binding';

const PREFIX = 'recycler-for-';
const NAMESPACE = 'default';
const SCRUB = 'test -e /scrub && find /scrub -mindepth 1 -delete && test -z "$(ls -A /scrub)" || exit 1';
const MIN_TIMEOUT_SECONDS = { nfs: 300, hostPath: 60 };
const PER_GIB_SECONDS = 30;
const GIB = 2 ** 30;

/** The volume that a Pod, or what an Event is about, scrubs. */
export function recycledBy(name: string | undefined): string | undefined {
  return name?.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}

/** Which Events matter: those about Pods that scrub. */
export function isAboutRecycler(_actor: string, { value }: WatchEvent): boolean {
  return recycledBy((value as CoreEvent | undefined)?.involvedObject.name) !== undefined;
}

/** What is told of the Pod is told of the volume too. */
export function passOn(context: BinderContext, event: WatchEvent): void {
  const told = event.value as CoreEvent | undefined;
  const name = recycledBy(told?.involvedObject.name);
  if (!told || !name || event.previous || context.memory.toldOf.has(keyOf(told))) return;
  const volume = context.lister.byKey<PersistentVolume>('PersistentVolume', name);
  if (!volume) return;
  context.memory.toldOf.set(keyOf(told), true);
  const type = told.type === 'Warning' ? 'Warning' : 'Normal';
  context.events.record(volume, type, 'RecyclerPod', `Recycler pod: ${told.message ?? ''}`);
}

function scrubbingPod(volume: PersistentVolume, source: Omit<Volume, 'name'>, timeoutSeconds: number): Pod {
  const container = {
    name: 'pv-recycler',
    image: 'registry.k8s.io/build-image/debian-base:bookworm-v1.0.6',
    command: ['/bin/sh'],
    args: ['-c', SCRUB],
    volumeMounts: [{ name: 'vol', mountPath: '/scrub' }],
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: PREFIX + volume.metadata.name, namespace: NAMESPACE },
    spec: {
      activeDeadlineSeconds: timeoutSeconds,
      restartPolicy: 'Never',
      volumes: [{ name: 'vol', ...source }],
      containers: [container],
    },
  } as Pod;
}

function newPod(volume: PersistentVolume, gibibytes: number): Pod | undefined {
  const { nfs, hostPath } = volume.spec;
  const timeout = (least: number): number => Math.max(least, PER_GIB_SECONDS * gibibytes);
  if (nfs)
    return scrubbingPod(volume, { nfs: { server: nfs.server, path: nfs.path } }, timeout(MIN_TIMEOUT_SECONDS.nfs));
  if (!hostPath) return undefined;
  return scrubbingPod(volume, { hostPath: { path: hostPath.path } }, timeout(MIN_TIMEOUT_SECONDS.hostPath));
}

/** One look at a volume that is to be scrubbed. */
export function recycle(context: BinderContext, volume: PersistentVolume): void {
  const { name } = volume.metadata;
  const pod = context.lister.get<Pod>('Pod', NAMESPACE, PREFIX + name);
  if (!pod) {
    startScrubbing(context, volume);
    return;
  }
  const { phase, message } = pod.status;
  if (phase !== 'Succeeded' && phase !== 'Failed') return;
  if (!pod.metadata.deletionTimestamp) context.client.delete('Pod', NAMESPACE, pod.metadata.name);
  else return;
  if (phase === 'Failed') {
    const why = message || 'pod failed, pod.Status.Message unknown';
    failVolume(context, volume, 'VolumeFailedRecycle', `Recycle failed: failed to recycle volume: ${why}`);
    return;
  }
  context.events.record(volume, 'Normal', 'VolumeRecycled', 'Volume recycled');
  unbindVolume(context, volume);
  context.say('recycle', volume, `PersistentVolume ${name} is scrubbed and Available again`);
}

function startScrubbing(context: BinderContext, volume: PersistentVolume): void {
  const { namespace, name: claimName } = volume.spec.claimRef ?? {};
  const users = context.lister
    .byIndex<Pod>('Pod', 'claim', `${namespace}/${claimName}`)
    .filter((pod) => !isPodTerminal(pod));
  if (users.length > 0 && !context.lister.get('PersistentVolumeClaim', namespace, claimName ?? '')) {
    const message = `Volume is used by pods: ${users.map(keyOf).join(',')}`;
    context.events.record(volume, 'Normal', 'VolumeFailedRecycle', message);
    return;
  }
  const pod = newPod(volume, Math.ceil(sizeOf(volume) / GIB));
  if (!pod) {
    failVolume(context, volume, 'VolumeFailedRecycle', 'No recycler plugin found for the volume!');
    return;
  }
  try {
    context.client.create(pod);
    context.say(
      'recycle',
      volume,
      `Started Pod ${pod.metadata.name} to scrub PersistentVolume ${volume.metadata.name}`,
    );
  } catch (error) {
    if (!isReason(error, 'AlreadyExists')) throw error;
  }
}

function sizeOf({ spec }: PersistentVolume): number {
  return quantityValue(spec.capacity?.storage);
}
