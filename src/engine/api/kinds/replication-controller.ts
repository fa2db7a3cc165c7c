/**
 * ReplicationControllers. Follows pkg/registry/core/replicationcontroller/strategy.go.
 * As a table: printReplicationController in pkg/printers/internalversion/printers.go.
 */
import { defaultReplicationController } from '../defaults/replication-controller';
import type { ReplicationController } from '../types';
import { validateReplicaSetStatusUpdate } from '../validation/replica-set';
import {
  validateReplicationController,
  validateReplicationControllerUpdate,
} from '../validation/replication-controller';
import { controllerNameWarnings, templateWarnings } from '../warnings/pod';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, containerCells, formatLabels, type TableDefinition } from './table';

const strategy: Strategy = {
  default: defaultReplicationController,
  prepareForCreate(draft) {
    draft.status = { replicas: 0 };
  },
  validate: validateReplicationController,
  validateUpdate: validateReplicationControllerUpdate,
  validateStatusUpdate: validateReplicaSetStatusUpdate,
  warningsOnCreate: (object) => [
    ...controllerNameWarnings(object.metadata.name),
    ...templateWarnings((object as ReplicationController).spec.template ?? {}),
  ],
  // Upstream looks at the old template here, not at the new one.
  warningsOnUpdate: (object, old) =>
    object.metadata.generation === old.metadata.generation
      ? []
      : templateWarnings((old as ReplicationController).spec.template ?? {}),
  defaultPropagation: 'Orphan',
};

const table: TableDefinition<ReplicationController> = {
  columns: columns('NAME,DESIRED,CURRENT,READY,AGE|CONTAINERS,IMAGES,SELECTOR'),
  row: (controller, clock) => {
    const { metadata, spec, status } = controller;
    return [
      metadata.name,
      String(spec.replicas ?? 0),
      String(status?.replicas ?? 0),
      String(status?.readyReplicas ?? 0),
      ageOf(controller, clock),
      ...containerCells(spec.template?.spec?.containers),
      formatLabels(spec.selector),
    ];
  },
};

/** ReplicationController. */
export const replicationControllerKind: KindDefinition = {
  ...resource('', 'v1', 'ReplicationController', 'replicationcontrollers', 'rc', {
    categories: ['all'],
    subresources: ['status', 'scale'],
  }),
  countsGenerations: true,
  selectableFields: ['status.replicas'],
  strategy,
  table,
};
