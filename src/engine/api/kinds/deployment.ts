/**
 * Deployments. Follows pkg/registry/apps/deployment/strategy.go.
 * As a table: printDeployment in pkg/printers/internalversion/printers.go.
 */
import { defaultDeployment } from '../defaults/deployment';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { formatLabelSelector } from '../selector';
import type { Deployment } from '../types';
import { validateDeployment, validateDeploymentStatusUpdate, validateDeploymentUpdate } from '../validation/deployment';
import { controllerNameWarnings, templateWarnings } from '../warnings/pod';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, containerCells, type TableDefinition } from './table';

/** Changed annotations count as a new generation here, since the controller copies them to ReplicaSets. */
function prepareForUpdate(draft: KubeObject, old: KubeObject): void {
  if (deepEqual(draft.metadata.annotations ?? {}, old.metadata.annotations ?? {})) return;
  draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

const strategy: Strategy = {
  default: defaultDeployment,
  prepareForCreate(draft) {
    draft.status = {};
  },
  prepareForUpdate,
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  validateStatusUpdate: validateDeploymentStatusUpdate,
  warningsOnCreate: (object) => [
    ...controllerNameWarnings(object.metadata.name),
    ...templateWarnings((object as Deployment).spec.template),
  ],
  warningsOnUpdate: (object, old) =>
    object.metadata.generation === old.metadata.generation
      ? []
      : templateWarnings((object as Deployment).spec.template),
};

const table: TableDefinition<Deployment> = {
  columns: columns('NAME,READY,UP-TO-DATE,AVAILABLE,AGE|CONTAINERS,IMAGES,SELECTOR'),
  row: (deployment, clock) => {
    const { metadata, spec } = deployment;
    const status = deployment.status ?? {};
    return [
      metadata.name,
      `${status.readyReplicas ?? 0}/${spec.replicas ?? 1}`,
      String(status.updatedReplicas ?? 0),
      String(status.availableReplicas ?? 0),
      ageOf(deployment, clock),
      ...containerCells(spec.template.spec?.containers),
      formatLabelSelector(spec.selector),
    ];
  },
};

/** Deployment. */
export const deploymentKind: KindDefinition = {
  ...resource('apps', 'v1', 'Deployment', 'deployments', 'deploy', {
    categories: ['all'],
    subresources: ['status', 'scale'],
  }),
  countsGenerations: true,
  statusMetadata: ['annotations'],
  strategy,
  table,
};
