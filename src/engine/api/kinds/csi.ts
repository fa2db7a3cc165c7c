/**
 * What storage drivers write and read: VolumeAttachment, CSIDriver, CSINode, CSIStorageCapacity, VolumeAttributesClass.
 * Follows pkg/registry/storage/<kind>/strategy.go. As tables: pkg/printers/internalversion/printers.go.
 */
import { defaultCsiDriver } from '../defaults/persistent-volume';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import type { CSIDriver, CSINode, CSIStorageCapacity, VolumeAttachment, VolumeAttributesClass } from '../types';
import {
  validateCsiDriver,
  validateCsiDriverUpdate,
  validateCsiNode,
  validateCsiNodeUpdate,
  validateVolumeAttachment,
  validateVolumeAttachmentUpdate,
} from '../validation/csi';
import {
  validateCsiStorageCapacity,
  validateCsiStorageCapacityUpdate,
  validateVolumeAttributesClass,
  validateVolumeAttributesClassUpdate,
} from '../validation/storage-class';
import { csiDriverWarnings } from '../warnings/persistent-volume';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const GROUP = 'storage.k8s.io';
const CLUSTER = { namespaced: false };

const attachmentTable: TableDefinition<VolumeAttachment> = {
  columns: columns('NAME,ATTACHER,PV,NODE,ATTACHED,AGE'),
  row: (attachment, clock) => [
    attachment.metadata.name,
    attachment.spec.attacher,
    attachment.spec.source.persistentVolumeName ?? '',
    attachment.spec.nodeName,
    String(attachment.status?.attached ?? false),
    ageOf(attachment, clock),
  ],
};

/** VolumeAttachment. */
export const volumeAttachmentKind: KindDefinition = {
  ...resource(GROUP, 'v1', 'VolumeAttachment', 'volumeattachments', '', { ...CLUSTER, subresources: ['status'] }),
  strategy: {
    prepareForCreate(draft) {
      draft.status = { attached: false };
    },
    validate: validateVolumeAttachment,
    validateUpdate: validateVolumeAttachmentUpdate,
    validateStatusUpdate: validateVolumeAttachmentUpdate,
  },
  table: attachmentTable,
};

const driverStrategy: Strategy = {
  default: defaultCsiDriver,
  prepareForCreate(draft) {
    delete (draft as CSIDriver).spec.preventPodSchedulingIfMissing;
  },
  prepareForUpdate(draft, old) {
    if ((old as CSIDriver).spec.preventPodSchedulingIfMissing === undefined) {
      delete (draft as CSIDriver).spec.preventPodSchedulingIfMissing;
    }
    // A new driver has no generation yet.
    if (!deepEqual(draft.spec, old.spec)) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
  },
  validate: validateCsiDriver,
  validateUpdate: validateCsiDriverUpdate,
  warningsOnCreate: (object) => csiDriverWarnings(object as CSIDriver, undefined),
  warningsOnUpdate: (object: KubeObject, old: KubeObject) => csiDriverWarnings(object as CSIDriver, old as CSIDriver),
};

const driverTable: TableDefinition<CSIDriver> = {
  columns: columns('NAME,ATTACHREQUIRED,PODINFOONMOUNT,STORAGECAPACITY,TOKENREQUESTS,REQUIRESREPUBLISH,MODES,AGE'),
  row: (driver, clock) => {
    const { spec } = driver;
    return [
      driver.metadata.name,
      String(spec.attachRequired ?? true),
      String(spec.podInfoOnMount ?? false),
      String(spec.storageCapacity ?? false),
      spec.tokenRequests?.map(({ audience }) => audience).join(',') ?? '<unset>',
      String(spec.requiresRepublish ?? false),
      spec.volumeLifecycleModes?.join(',') || '<none>',
      ageOf(driver, clock),
    ];
  },
};

/** CSIDriver. */
export const csiDriverKind: KindDefinition = {
  ...resource(GROUP, 'v1', 'CSIDriver', 'csidrivers', '', CLUSTER),
  strategy: driverStrategy,
  table: driverTable,
};

const nodeTable: TableDefinition<CSINode> = {
  columns: columns('NAME,DRIVERS,AGE'),
  row: (node, clock) => [node.metadata.name, String(node.spec?.drivers?.length ?? 0), ageOf(node, clock)],
};

/** CSINode. */
export const csiNodeKind: KindDefinition = {
  ...resource(GROUP, 'v1', 'CSINode', 'csinodes', '', CLUSTER),
  hasUidOfOwner: true,
  strategy: {
    // The field is always written, also where there is no topology.
    default(draft) {
      for (const driver of (draft as CSINode).spec?.drivers ?? []) driver.topologyKeys ??= null as unknown as undefined;
    },
    validate: validateCsiNode,
    validateUpdate: validateCsiNodeUpdate,
  },
  table: nodeTable,
};

const capacityTable: TableDefinition<CSIStorageCapacity> = {
  columns: columns('NAME,STORAGECLASSNAME,CAPACITY'),
  row: ({ metadata, storageClassName, capacity }) => [metadata.name, storageClassName, capacity ?? '<unset>'],
};

/** CSIStorageCapacity. */
export const csiStorageCapacityKind: KindDefinition = {
  ...resource(GROUP, 'v1', 'CSIStorageCapacity', 'csistoragecapacities', ''),
  strategy: { validate: validateCsiStorageCapacity, validateUpdate: validateCsiStorageCapacityUpdate },
  table: capacityTable,
};

const attributesTable: TableDefinition<VolumeAttributesClass> = {
  columns: columns('NAME,DRIVERNAME,AGE'),
  row: (attributes, clock) => [attributes.metadata.name, attributes.driverName, ageOf(attributes, clock)],
};

/** VolumeAttributesClass. */
export const volumeAttributesClassKind: KindDefinition = {
  ...resource(GROUP, 'v1', 'VolumeAttributesClass', 'volumeattributesclasses', 'vac', CLUSTER),
  strategy: { validate: validateVolumeAttributesClass, validateUpdate: validateVolumeAttributesClassUpdate },
  table: attributesTable,
};
