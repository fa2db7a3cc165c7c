/**
 * Attaches volumes of drivers to the nodes whose Pods need them, one node at a time unless they may be shared, and detaches them when
 * the last such Pod is gone. Follows pkg/controller/volume/attachdetach (attach_detach_controller.go, reconciler/reconciler.go) and
 * pkg/volume/csi/csi_attacher.go. It writes VolumeAttachments and, every 100 ms, Nodes' status.volumesAttached. Keys are names of volumes, and
 * `node NAME`; where upstream compares two pictures every 100 ms, changes wake it here.
 */
import { joinKey, keyOf } from '../../api/meta';
import { isPodTerminal } from '../../api/pod';
import { isReason } from '../../api/status-error';
import type { Node, PersistentVolume, PersistentVolumeClaim, Pod, VolumeAttachment } from '../../api/types';
import { claimKeysOf } from '../../api/volume-claim';
import { needsAttaching, uniqueVolumeName } from '../../api/volume-provisioners';
import { type Component, type Context, cacheOf, type WatchEvent } from '../../client/component';
import {
  type ControllerMemory,
  defineController,
  enqueueAfter,
  enqueueKey,
  type Result,
} from '../../client/controller';
import { attachmentName, multiAttachProblem, type Placement, planAttachments } from './attachment-plan';

type AttachMemory = ControllerMemory & {
  /** By attachment: since when nobody needs it on its node. */
  readonly idleSince: Map<string, number>;
  /** Pods that were told of a conflict, by uid, and of which failure of an attachment its Pods were told, by its. */
  readonly told: Map<string, string>;
};
type AttachContext = Context<AttachMemory>;

/** What is attached is said in the status of its node this often. */
const LOOP_MS = 100;
/** How long a node that does not answer may keep a volume that nobody needs any more (maxWaitForUnmountDuration). */
const FORCE_DETACH_MS = 360_000;
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/** A Pod came to a node, or its need for its volumes ended. */
function matters({ value, previous }: WatchEvent): boolean {
  const [pod, before] = [value as Pod | undefined, previous as Pod | undefined];
  const isOther =
    pod && before
      ? pod.spec.nodeName !== before.spec.nodeName || isPodTerminal(pod) !== isPodTerminal(before)
      : (pod ?? before)?.spec.nodeName !== undefined;
  return isOther && claimKeysOf((pod ?? before) as Pod).length > 0;
}

function onPod(context: AttachContext, { value, previous, step }: WatchEvent): void {
  if (!value && previous) context.memory.told.delete(previous.metadata.uid ?? '');
  for (const key of claimKeysOf((value ?? previous) as Pod)) {
    const { volumeName } = context.lister.byKey<PersistentVolumeClaim>('PersistentVolumeClaim', key)?.spec ?? {};
    if (volumeName) enqueueKey(context, volumeName, step);
  }
}

const NODE_KEY = 'node ';

const inUseOn = (node: Node | undefined): readonly string[] => node?.status.volumesInUse ?? [];

/** What a node had in use and has no longer. */
function releasedBy(node: Node, previous: Node): readonly string[] {
  const inUse = inUseOn(node);
  return inUse === inUseOn(previous) ? [] : inUseOn(previous).filter((name) => !inUse.includes(name));
}

const volumeNameOf = ({ source }: VolumeAttachment['spec']): string => source.persistentVolumeName ?? '';

/** Taints may have come, or the node gone: all that is attached to it is looked at; else what it has let go of. */
function onNode(context: AttachContext, { value, previous, step }: WatchEvent): void {
  const { name = '' } = (value ?? previous)?.metadata ?? {};
  const released = value?.spec === previous?.spec ? releasedBy(value as Node, previous as Node) : undefined;
  for (const { spec } of context.lister.byIndex<VolumeAttachment>('VolumeAttachment', 'node', name)) {
    const volume = context.lister.byKey<PersistentVolume>('PersistentVolume', volumeNameOf(spec));
    if (released && volume && !released.includes(uniqueVolumeName(volume))) continue;
    enqueueKey(context, volumeNameOf(spec), step);
  }
}

/** Whether volumes of a driver are to be attached may be said otherwise. */
function onDriver(context: AttachContext, { value, previous, step }: WatchEvent): void {
  const { name } = (value ?? previous)?.metadata ?? {};
  for (const { metadata, spec } of context.lister.list<PersistentVolume>('PersistentVolume'))
    if (spec.csi?.driver === name) enqueueKey(context, metadata.name, step);
}

const base = defineController<AttachMemory>({
  name: 'attachdetach-controller',
  for: 'PersistentVolume',
  filter: (_actor, event) => isOtherVolume(event),
  memory: () => ({ idleSince: new Map(), told: new Map() }),
  reconcile,
});

/** A volume of a driver came, went, or is another one to who attaches it: phases and finalizers are nothing to him. */
const isOtherVolume = ({ value, previous }: WatchEvent): boolean =>
  ((value ?? previous) as PersistentVolume).spec.csi !== undefined && value?.spec !== previous?.spec;

/** An attachment came or went, began to go, was made, or could not be made. */
function isOtherAttachment({ value, previous }: WatchEvent): boolean {
  const [now, before] = [value as VolumeAttachment | undefined, previous as VolumeAttachment | undefined];
  return (
    now?.status.attached !== before?.status.attached ||
    now?.status.attachError?.time !== before?.status.attachError?.time ||
    now?.metadata.deletionTimestamp !== before?.metadata.deletionTimestamp ||
    now?.metadata.uid !== before?.metadata.uid
  );
}

/** A node let go of a volume, or went, or its taints may be others: what waits for that is looked at again. */
const letsGo = ({ value, previous }: WatchEvent): boolean =>
  value?.spec !== previous?.spec || releasedBy(value as Node, previous as Node).length > 0;

/** The attach/detach controller. */
export const attachDetachController: Component<AttachMemory> = {
  ...base,
  watches: [
    ...base.watches,
    { kind: 'Pod', filter: (_actor, event) => matters(event), on: onPod },
    {
      kind: 'VolumeAttachment',
      filter: (_actor, event) => isOtherAttachment(event),
      on: (context, { value, previous, step }) => {
        const { spec } = (value ?? previous) as VolumeAttachment;
        if (!value) context.memory.told.delete(previous?.metadata.uid ?? '');
        if (volumeNameOf(spec)) enqueueKey(context, volumeNameOf(spec), step);
      },
    },
    { kind: 'Node', filter: (_actor, event) => letsGo(event), on: onNode },
    cacheOf('PersistentVolumeClaim'),
    { kind: 'CSIDriver', on: onDriver },
  ],
};

/** Where Pods need the volume. A claim made anew under the same name is about another one. */
function placementsOf(context: AttachContext, { spec }: PersistentVolume): readonly Placement[] {
  const { namespace, name, uid } = spec.claimRef ?? {};
  const key = joinKey(namespace, name ?? '');
  const claim = context.lister.byKey<PersistentVolumeClaim>('PersistentVolumeClaim', key);
  if (claim && claim.metadata.uid !== uid) return [];
  const pods = context.lister.byIndex<Pod>('Pod', 'claim', key);
  return pods.flatMap((pod) =>
    pod.spec.nodeName && !isPodTerminal(pod)
      ? [{ key: keyOf(pod), uid: pod.metadata.uid ?? '', name: pod.metadata.name, nodeName: pod.spec.nodeName }]
      : [],
  );
}

function reconcile(context: AttachContext, name: string): Result {
  if (name.startsWith(NODE_KEY)) return noteAttached(context, name.slice(NODE_KEY.length));
  const volume = context.lister.byKey<PersistentVolume>('PersistentVolume', name);
  if (!volume) return undefined;
  const attachments = context.lister.byIndex<VolumeAttachment>('VolumeAttachment', 'volume', name);
  const isNeeded = needsAttaching(volume, context.lister);
  if (!isNeeded && attachments.length === 0) return undefined;
  const plan = planAttachments(volume, isNeeded ? placementsOf(context, volume) : [], attachments);
  for (const attachment of plan.keep) keep(context, volume, attachment);
  let waitMs = Number.POSITIVE_INFINITY;
  for (const attachment of plan.detach) waitMs = Math.min(waitMs, detach(context, volume, attachment));
  for (const nodeName of plan.attach) attach(context, volume, nodeName);
  for (const conflict of plan.conflicts) {
    if (context.memory.told.has(conflict.pod.uid)) continue;
    const pod = context.lister.byKey<Pod>('Pod', conflict.pod.key);
    if (!pod) continue;
    context.memory.told.set(conflict.pod.uid, '');
    const message = `Multi-Attach error for volume "${name}" ${multiAttachProblem(pod, conflict.others)}`;
    context.events.record(pod, 'Warning', 'FailedAttachVolume', message);
    const held = `it is attached to Node ${conflict.heldBy.join(', ')} and only one node may have it`;
    context.attach({ volume: name, wanted: conflict.pod.nodeName, heldBy: conflict.heldBy, usedBy: conflict.others });
    context.say('attach', pod, `Did not attach PersistentVolume ${name} to Node ${conflict.pod.nodeName}: ${held}`);
  }
  return waitMs === Number.POSITIVE_INFINITY ? undefined : { requeueAfterMs: waitMs };
}

function attach(context: AttachContext, volume: PersistentVolume, nodeName: string): void {
  const { name } = volume.metadata;
  const attacher = volume.spec.csi?.driver ?? '';
  const attachment = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: { name: attachmentName(volume, nodeName) },
    spec: { attacher, nodeName, source: { persistentVolumeName: name } },
    status: { attached: false },
  } satisfies VolumeAttachment;
  try {
    context.client.create(attachment);
    context.say('attach', volume, `Asked ${attacher} to attach PersistentVolume ${name} to Node ${nodeName}`);
  } catch (error) {
    if (!isReason(error, 'AlreadyExists')) throw error;
  }
}

/** Looks at an attachment that is needed. */
function keep(context: AttachContext, volume: PersistentVolume, { metadata, spec, status }: VolumeAttachment): void {
  const { uid = '', name } = metadata;
  const { attached, attachError } = status;
  context.memory.idleSince.delete(name);
  const node = attached ? context.client.find<Node>('Node', undefined, spec.nodeName) : undefined;
  if (node && !isNoted(node, volume))
    enqueueAfter(context, `${NODE_KEY}${spec.nodeName}`, LOOP_MS - (context.nowMs % LOOP_MS));
  if (attached || !attachError?.time || context.memory.told.get(uid) === attachError.time) return;
  context.memory.told.set(uid, attachError.time);
  const what = `Attach failed for volume "${volume.metadata.name}" : ${attachError.message}`;
  tell(context, volume, spec.nodeName, 'Warning', 'FailedAttachVolume', what);
  context.say(
    'attach',
    volume,
    `Could not attach PersistentVolume ${volume.metadata.name} to Node ${spec.nodeName}: ${attachError.message}`,
  );
}

function isNoted({ status }: Node, volume: PersistentVolume): boolean {
  const unique = uniqueVolumeName(volume);
  return status.volumesAttached?.some(({ name }) => name === unique) === true;
}

/** Says in a Node's status what is attached to it, and tells the Pods that waited for it. */
function noteAttached(context: AttachContext, nodeName: string): undefined {
  const node = context.client.find<Node>('Node', undefined, nodeName);
  if (!node) return;
  const volumes = context.lister
    .byIndex<VolumeAttachment>('VolumeAttachment', 'node', nodeName)
    .filter(({ metadata, status }) => status.attached && metadata.deletionTimestamp === undefined)
    .flatMap(({ spec }) => context.lister.byKey<PersistentVolume>('PersistentVolume', volumeNameOf(spec)) ?? [])
    .filter((volume) => !isNoted(node, volume));
  if (volumes.length === 0) return;
  const added = volumes.map((volume) => ({ name: uniqueVolumeName(volume), devicePath: '' }));
  const volumesAttached = [...(node.status.volumesAttached ?? []), ...added];
  context.client.updateStatus({ ...node, status: { ...node.status, volumesAttached } });
  const [first] = volumes as [PersistentVolume];
  const what =
    volumes.length === 1 ? `PersistentVolume ${first.metadata.name}` : `${volumes.length} PersistentVolumes more`;
  context.say('attach', node, `Node ${nodeName} has ${what} attached now`);
  for (const volume of volumes)
    tell(
      context,
      volume,
      nodeName,
      'Normal',
      'SuccessfulAttachVolume',
      `Attach succeeded for volume "${volume.metadata.name}" `,
    );
}

/** Tells the Pods on a node that need a volume what became of it. */
function tell(
  context: AttachContext,
  volume: PersistentVolume,
  nodeName: string,
  type: 'Normal' | 'Warning',
  reason: string,
  what: string,
): void {
  for (const placement of placementsOf(context, volume)) {
    const pod = placement.nodeName === nodeName && context.lister.byKey<Pod>('Pod', placement.key);
    if (pod) context.events.record(pod, type, reason, `AttachVolume.${what}`);
  }
}

/** Has a volume detached; returns after how long to look again when its node still holds it. */
function detach(context: AttachContext, volume: PersistentVolume, attachment: VolumeAttachment): number {
  const { name } = attachment.metadata;
  const { nodeName } = attachment.spec;
  if (attachment.metadata.deletionTimestamp) return Number.POSITIVE_INFINITY;
  const node = context.client.find<Node>('Node', undefined, nodeName);
  const unique = uniqueVolumeName(volume);
  const sinceMs = context.memory.idleSince.get(name) ?? context.nowMs;
  context.memory.idleSince.set(name, sinceMs);
  const leftMs = sinceMs + FORCE_DETACH_MS - context.nowMs;
  const isGivenUp = node?.spec.taints?.some(({ key }) => key === OUT_OF_SERVICE) === true;
  if (node?.status.volumesInUse?.includes(unique) && !isGivenUp && leftMs > 0) return leftMs;
  if (node?.status.volumesAttached?.some((one) => one.name === unique)) {
    const rest = node.status.volumesAttached.filter((one) => one.name !== unique);
    const { volumesAttached: _all, ...status } = node.status;
    const kept = rest.length > 0 ? { volumesAttached: rest } : {};
    context.client.updateStatus({ ...node, status: { ...status, ...kept } });
  }
  context.client.delete('VolumeAttachment', undefined, name);
  context.memory.idleSince.delete(name);
  const why = leftMs <= 0 ? 'by force, after 6 minutes' : 'nobody there needs it any more';
  context.say('detach', volume, `Detaches PersistentVolume ${volume.metadata.name} from Node ${nodeName}: ${why}`);
  return Number.POSITIVE_INFINITY;
}
