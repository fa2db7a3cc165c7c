/**
 * ReplicaSets. Follows pkg/registry/apps/replicaset/strategy.go.
 * As a table: printReplicaSet in pkg/printers/internalversion/printers.go.
 */
import { defaultReplicaSet } from '../defaults/replica-set';
import { formatLabelSelector } from '../selector';
import type { PodTemplateSpec, ReplicaSet } from '../types';
import {
  validateReplicaSet,
  validateReplicaSetStatusUpdate,
  validateReplicaSetUpdate,
} from '../validation/replica-set';
import { controllerNameWarnings, templateWarnings } from '../warnings/pod';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, containerCells, type TableDefinition } from './table';

const strategy: Strategy = {
  default: defaultReplicaSet,
  prepareForCreate(draft) {
    draft.status = { replicas: 0 };
  },
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  validateStatusUpdate: validateReplicaSetStatusUpdate,
  warningsOnCreate: (object) => [
    ...controllerNameWarnings(object.metadata.name),
    ...templateWarnings((object as ReplicaSet).spec.template as PodTemplateSpec),
  ],
  warningsOnUpdate: (object, old) =>
    object.metadata.generation === old.metadata.generation
      ? []
      : templateWarnings((object as ReplicaSet).spec.template as PodTemplateSpec),
};

const table: TableDefinition<ReplicaSet> = {
  columns: columns('NAME,DESIRED,CURRENT,READY,AGE|CONTAINERS,IMAGES,SELECTOR'),
  row: (replicaSet, clock) => {
    const { metadata, spec, status } = replicaSet;
    return [
      metadata.name,
      String(spec.replicas ?? 1),
      String(status?.replicas ?? 0),
      String(status?.readyReplicas ?? 0),
      ageOf(replicaSet, clock),
      ...containerCells(spec.template?.spec?.containers),
      formatLabelSelector(spec.selector),
    ];
  },
};

/** ReplicaSet. */
export const replicaSetKind: KindDefinition = {
  ...resource('apps', 'v1', 'ReplicaSet', 'replicasets', 'rs', {
    categories: ['all'],
    subresources: ['status', 'scale'],
  }),
  countsGenerations: true,
  strategy,
  table,
};
