/**
 * Gives volumes the attributes of another VolumeAttributesClass when their claims name one. Modelled on kubernetes-csi/external-resizer
 * (pkg/modifycontroller: conditions, Events, order of writes). No driver refuses; what the attributes are is nothing that is simulated.
 */
import { removeCondition, setCondition } from '../../api/conditions';
import type { PersistentVolume, PersistentVolumeClaim, VolumeAttributesClass } from '../../api/types';
import type { StorageDriver } from '../../api/volume-provisioners';
import { begin, type DriverContext, end } from './csi-memory';

const MODIFYING_MS = 1000;
const CONDITION = 'ModifyingVolume';

interface Modification {
  readonly claim: PersistentVolumeClaim;
  readonly volume: PersistentVolume;
  /** The name of the class. */
  readonly wanted: string;
}

/** A bound claim that wants another class than its volume has. */
function modificationOf({ client }: DriverContext, driver: StorageDriver, key: string): Modification | undefined {
  const [namespace = '', name = ''] = key.split('/');
  const claim = client.find<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, name);
  const wanted = claim?.spec.volumeAttributesClassName;
  if (!claim || !wanted || claim.status.phase !== 'Bound') return undefined;
  if (claim.status.currentVolumeAttributesClassName === wanted) return undefined;
  const volume = client.find<PersistentVolume>('PersistentVolume', undefined, claim.spec.volumeName ?? '');
  if (volume?.spec.csi?.driver !== driver.name || volume.spec.claimRef?.uid !== claim.metadata.uid) return undefined;
  return { claim, volume, wanted };
}

function mark({ client }: DriverContext, { claim, wanted }: Modification, status: string, conditions: object): void {
  const modifyVolumeStatus = { status, targetVolumeAttributesClassName: wanted };
  client.updateStatus({ ...claim, status: { ...claim.status, ...conditions, modifyVolumeStatus } });
}

/** Begins to change a claim's volume. */
export function modify(context: DriverContext, driver: StorageDriver, key: string): void {
  const modification = modificationOf(context, driver, key);
  if (!modification || context.memory.busy.has(`modified ${key}`)) return;
  const { claim, wanted } = modification;
  const { status } = claim;
  const target = status.modifyVolumeStatus?.targetVolumeAttributesClassName;
  if (!context.client.find<VolumeAttributesClass>('VolumeAttributesClass', undefined, wanted)) {
    if (target === wanted) return;
    context.events.record(claim, 'Warning', 'VolumeModifyFailed', `VAC ${JSON.stringify(wanted)} does not exist.`);
    mark(context, modification, 'Pending', {});
    context.say(
      'wait',
      claim,
      `There is no VolumeAttributesClass ${wanted} for PersistentVolumeClaim ${claim.metadata.name}`,
    );
    return;
  }
  begin(context, 'modified', key, MODIFYING_MS);
  const message = 'ModifyVolume operation in progress.';
  const condition = { type: CONDITION, status: 'True', lastTransitionTime: context.now, message } as const;
  mark(context, modification, 'InProgress', { conditions: setCondition(status.conditions, condition) });
  const { name } = claim.metadata;
  const what = `external resizer is modifying volume ${name} with vac ${wanted}`;
  context.events.record(claim, 'Normal', 'VolumeModify', what);
  context.say('expand', claim, `${driver.name} gives the volume of PersistentVolumeClaim ${name} the class ${wanted}`);
}

/** The storage has changed. */
export function finishModification(context: DriverContext, driver: StorageDriver, key: string): void {
  end(context, 'modified', key);
  const modification = modificationOf(context, driver, key);
  if (!modification) return;
  const { claim, volume, wanted } = modification;
  const target = claim.status.modifyVolumeStatus?.targetVolumeAttributesClassName;
  // Another class was named meanwhile: it comes next.
  if (target !== wanted) {
    modify(context, driver, key);
    return;
  }
  const { modifyVolumeStatus: _status, conditions, ...rest } = claim.status;
  const others = removeCondition(conditions, CONDITION);
  const kept = others.length > 0 ? { conditions: others } : {};
  context.client.updateStatus({ ...claim, status: { ...rest, ...kept, currentVolumeAttributesClassName: wanted } });
  context.client.update({ ...volume, spec: { ...volume.spec, volumeAttributesClassName: wanted } });
  const { name } = claim.metadata;
  const what = `external resizer modified volume ${name} with vac ${wanted} successfully`;
  context.events.record(claim, 'Normal', 'VolumeModifySuccessful', what);
  context.say('expand', claim, `The volume of PersistentVolumeClaim ${name} has the class ${wanted} now`);
}

/** A class is there: claims that wait for it go on. */
export function classMade(context: DriverContext, name: string): void {
  for (const claim of context.lister.list<PersistentVolumeClaim>('PersistentVolumeClaim')) {
    const { metadata, spec, status } = claim;
    if (spec.volumeAttributesClassName !== name || status.modifyVolumeStatus?.status !== 'Pending') continue;
    context.after(0, 'expand', `${metadata.namespace}/${metadata.name}`);
  }
}
