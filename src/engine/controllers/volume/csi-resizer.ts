/**
 * Lets volumes grow with their claims. Modelled on kubernetes-csi/external-resizer (pkg/controller: conditions, Events, order of writes).
 * A block volume's file system grows on the node that has it mounted, the kubelet's part; a shared one is done at once.
 */
import { removeCondition, setCondition } from '../../api/conditions';
import { compareQuantities } from '../../api/quantity';
import type { PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimCondition } from '../../api/types';
import type { StorageDriver } from '../../api/volume-provisioners';
import { begin, type DriverContext, end } from './csi-memory';

const GROWING_MS = 1000;
const PENDING = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.';

interface Growth {
  readonly claim: PersistentVolumeClaim;
  readonly volume: PersistentVolume;
  readonly size: string;
}

/** A bound claim that asks for more than its volume has. */
function growthOf({ lister }: DriverContext, driver: StorageDriver, key: string): Growth | undefined {
  const claim = lister.byKey<PersistentVolumeClaim>('PersistentVolumeClaim', key);
  const size = claim?.spec.resources?.requests?.storage;
  if (!claim || !size || claim.status.phase !== 'Bound' || !driver.expands) return undefined;
  const volume = lister.get<PersistentVolume>('PersistentVolume', undefined, claim.spec.volumeName ?? '');
  if (volume?.spec.csi?.driver !== driver.name || volume.spec.claimRef?.uid !== claim.metadata.uid) return undefined;
  return compareQuantities(size, volume.spec.capacity?.storage ?? '0') > 0 ? { claim, volume, size } : undefined;
}

function condition(context: DriverContext, type: string, message: string): PersistentVolumeClaimCondition {
  return { type, status: 'True', lastTransitionTime: context.now, ...(message ? { message } : {}) };
}

/** Begins to grow a claim's volume. */
export function expand(context: DriverContext, driver: StorageDriver, key: string): void {
  const growth = growthOf(context, driver, key);
  if (!growth || !begin(context, 'expanded', key, GROWING_MS)) return;
  const { claim, volume, size } = growth;
  const conditions = setCondition(claim.status.conditions, condition(context, 'Resizing', ''));
  const allocation = {
    allocatedResources: { storage: size },
    allocatedResourceStatuses: { storage: 'ControllerResizeInProgress' },
  };
  context.client.updateStatus({ ...claim, status: { ...claim.status, conditions, ...allocation } });
  const { name } = volume.metadata;
  context.events.record(claim, 'Normal', 'Resizing', `External resizer is resizing volume ${name}`);
  const sizes = `from ${volume.spec.capacity?.storage} to ${size}`;
  context.say(
    'expand',
    claim,
    `${driver.name} grows the volume of PersistentVolumeClaim ${claim.metadata.name} ${sizes}`,
  );
}

/** The storage has grown; what is left is the file system's. */
export function finishExpansion(context: DriverContext, driver: StorageDriver, key: string): void {
  end(context, 'expanded', key);
  const growth = growthOf(context, driver, key);
  if (!growth) return;
  const { volume, size } = growth;
  context.client.update({ ...volume, spec: { ...volume.spec, capacity: { ...volume.spec.capacity, storage: size } } });
  const { namespace, name } = growth.claim.metadata;
  const claim = context.client.find<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, name);
  if (!claim) return;
  const { allocatedResourceStatuses: _statuses, ...status } = claim.status;
  const others = removeCondition(status.conditions, 'Resizing');
  if (driver.kind !== 'block' || volume.spec.volumeMode === 'Block') {
    const { conditions: _all, ...rest } = status;
    const kept = others.length > 0 ? { conditions: others } : {};
    context.client.updateStatus({
      ...claim,
      status: { ...rest, ...kept, capacity: { ...status.capacity, storage: size } },
    });
    context.events.record(claim, 'Normal', 'VolumeResizeSuccessful', 'Resize volume succeeded');
    context.say('expand', claim, `PersistentVolumeClaim ${name} has ${size} now`);
    return;
  }
  const conditions = setCondition(others, condition(context, 'FileSystemResizePending', PENDING));
  const pending = { conditions, allocatedResourceStatuses: { storage: 'NodeResizePending' } };
  context.client.updateStatus({ ...claim, status: { ...status, ...pending } });
  const required = 'Require file system resize of volume on node';
  context.events.record(claim, 'Normal', 'FileSystemResizeRequired', required);
  context.say(
    'expand',
    claim,
    `The volume of PersistentVolumeClaim ${name} has ${size}; its file system grows on the node`,
  );
}
