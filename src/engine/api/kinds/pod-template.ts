/**
 * PodTemplates: templates that are stored and that no controller uses. Follows pkg/registry/core/podtemplate/strategy.go.
 * As a table: printPodTemplate in pkg/printers/internalversion/printers.go.
 */
import { defaultPodTemplate } from '../defaults/pod-template';
import { deepEqual } from '../plain';
import type { PodTemplate } from '../types';
import { validatePodTemplateObject, validatePodTemplateObjectUpdate } from '../validation/replication-controller';
import { templateWarnings } from '../warnings/pod';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { columns, containerCells, formatLabels, type TableDefinition } from './table';

const strategy: Strategy = {
  default(draft) {
    const template = draft as PodTemplate;
    template.template ??= {};
    defaultPodTemplate(template.template);
  },
  prepareForUpdate(draft, old) {
    if (deepEqual((draft as PodTemplate).template, (old as PodTemplate).template)) return;
    draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
  },
  validate: validatePodTemplateObject,
  validateUpdate: validatePodTemplateObjectUpdate,
  warningsOnCreate: (object) => templateWarnings((object as PodTemplate).template ?? {}, 'template.'),
  warningsOnUpdate: (object, old) =>
    object.metadata.generation === old.metadata.generation
      ? []
      : templateWarnings((object as PodTemplate).template ?? {}, 'template.'),
};

const table: TableDefinition<PodTemplate> = {
  columns: columns('NAME,CONTAINERS,IMAGES,POD LABELS'),
  row: ({ metadata, template }) => [
    metadata.name,
    ...containerCells(template?.spec?.containers),
    formatLabels(template?.metadata?.labels),
  ],
};

/** PodTemplate. */
export const podTemplateKind: KindDefinition = {
  ...resource('', 'v1', 'PodTemplate', 'podtemplates', ''),
  countsGenerations: true,
  strategy,
  table,
};
