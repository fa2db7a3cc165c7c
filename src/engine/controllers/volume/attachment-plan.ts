/**
 * Which nodes get a volume, which lose it and which must wait, as a pure decision.
 * Follows pkg/controller/volume/attachdetach/reconciler/reconciler.go (attachDesiredVolumes, reportMultiAttachError) and
 * pkg/volume/csi/csi_attacher.go (getAttachmentName).
 */
import { splitKey } from '../../api/meta';
import { sha256 } from '../../api/sha256';
import type { PersistentVolume, Pod, VolumeAttachment } from '../../api/types';

/** A Pod on a node that needs the volume. */
export interface Placement {
  /** `namespace/name`. */
  readonly key: string;
  readonly uid: string;
  readonly name: string;
  readonly nodeName: string;
}

/** A Pod that must wait because another node has the volume. */
export interface Conflict {
  readonly pod: Placement;
  readonly heldBy: readonly string[];
  /** The Pods there that use it. */
  readonly others: readonly Placement[];
}

/** What is to be done about a volume. */
export interface AttachmentPlan {
  readonly placements: readonly Placement[];
  readonly keep: readonly VolumeAttachment[];
  readonly detach: readonly VolumeAttachment[];
  readonly attach: readonly string[];
  readonly conflicts: readonly Conflict[];
}

/** Whether several nodes may have the volume at once. */
function isShareable({ spec }: PersistentVolume): boolean {
  const modes = spec.accessModes ?? [];
  return modes.length === 0 || modes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}

/** Plans; `placements` and `attachments` are those of this volume. */
export function planAttachments(
  volume: PersistentVolume,
  placements: readonly Placement[],
  attachments: readonly VolumeAttachment[],
): AttachmentPlan {
  const wanted = [...new Set(placements.map(({ nodeName }) => nodeName))];
  const isWanted = ({ metadata, spec }: VolumeAttachment): boolean =>
    wanted.includes(spec.nodeName) && metadata.deletionTimestamp === undefined;
  const keep = attachments.filter(isWanted);
  const detach = attachments.filter((one) => !isWanted(one));
  const holders = attachments.map(({ spec }) => spec.nodeName);
  const attach: string[] = [];
  const conflicts: Conflict[] = [];
  for (const nodeName of wanted) {
    if (holders.includes(nodeName)) continue;
    const heldBy = [...new Set([...holders, ...attach])].filter((other) => other !== nodeName);
    if (isShareable(volume) || heldBy.length === 0) {
      attach.push(nodeName);
      continue;
    }
    const others = placements.filter((one) => heldBy.includes(one.nodeName));
    for (const pod of placements) if (pod.nodeName === nodeName) conflicts.push({ pod, heldBy, others });
  }
  return { placements, keep, detach, attach, conflicts };
}

/** What a Pod that waits is told of those who have the volume. */
export function multiAttachProblem({ metadata }: Pod, others: readonly Placement[]): string {
  if (others.length === 0) {
    return "Volume is already exclusively attached to one node and can't be attached to another";
  }
  const near = others.filter(({ key }) => splitKey(key).namespace === metadata.namespace);
  const elsewhere = `${others.length - near.length} pod(s) in different namespaces`;
  if (near.length === 0) return `Volume is already used by ${elsewhere}`;
  const names = `Volume is already used by pod(s) ${near.map(({ name }) => name).join(', ')}`;
  return near.length === others.length ? names : `${names} and ${elsewhere}`;
}

/** The name of the attachment of a volume to a node. */
export function attachmentName({ spec }: PersistentVolume, nodeName: string): string {
  return `csi-${sha256(`${spec.csi?.volumeHandle}${spec.csi?.driver}${nodeName}`)}`;
}
