/**
 * DaemonSets. Follows pkg/registry/apps/daemonset/strategy.go, and pkg/apis/apps/v1/conversion.go for the count of templates,
 * which is kept in an annotation.
 * As a table: printDaemonSet in pkg/printers/internalversion/printers.go.
 */
import { defaultDaemonSet } from '../defaults/daemon-set';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { formatLabelSelector } from '../selector';
import { badRequest } from '../status-error';
import type { DaemonSet } from '../types';
import { validateDaemonSet, validateDaemonSetStatusUpdate, validateDaemonSetUpdate } from '../validation/daemon-set';
import { quoteGo } from '../validation/field-errors';
import { templateWarnings } from '../warnings/pod';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, containerCells, formatLabels, type TableDefinition } from './table';

/** Counts the templates that a DaemonSet has had. */
export const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** Throws 400 for an annotation that is no number. */
function templateGenerationOf({ metadata }: KubeObject): number {
  const text = metadata.annotations?.[TEMPLATE_GENERATION];
  if (text === undefined) return 0;
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  const why = `strconv.ParseInt: parsing ${quoteGo(text)}: invalid syntax`;
  throw badRequest(`DaemonSet in version "v1" cannot be handled as a DaemonSet: ${why}`);
}

function setTemplateGeneration(draft: KubeObject, generation: number): void {
  draft.metadata.annotations = { ...draft.metadata.annotations, [TEMPLATE_GENERATION]: String(generation) };
}

const strategy: Strategy = {
  default: defaultDaemonSet,
  prepareForCreate(draft) {
    draft.status = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
    setTemplateGeneration(draft, Math.max(1, templateGenerationOf(draft)));
  },
  prepareForUpdate(draft, old) {
    templateGenerationOf(draft);
    const isSame = deepEqual((draft as DaemonSet).spec.template, (old as DaemonSet).spec.template);
    setTemplateGeneration(draft, templateGenerationOf(old) + (isSame ? 0 : 1));
  },
  validate: validateDaemonSet,
  validateUpdate: validateDaemonSetUpdate,
  validateStatusUpdate: validateDaemonSetStatusUpdate,
  warningsOnCreate: (object) => templateWarnings((object as DaemonSet).spec.template),
  warningsOnUpdate: (object, old) =>
    templateGenerationOf(object) === templateGenerationOf(old)
      ? []
      : templateWarnings((object as DaemonSet).spec.template),
};

const table: TableDefinition<DaemonSet> = {
  columns: columns('NAME,DESIRED,CURRENT,READY,UP-TO-DATE,AVAILABLE,NODE SELECTOR,AGE|CONTAINERS,IMAGES,SELECTOR'),
  row: (daemonSet, clock) => {
    const { metadata, spec } = daemonSet;
    const status: Partial<DaemonSet['status']> = daemonSet.status ?? {};
    return [
      metadata.name,
      String(status.desiredNumberScheduled ?? 0),
      String(status.currentNumberScheduled ?? 0),
      String(status.numberReady ?? 0),
      String(status.updatedNumberScheduled ?? 0),
      String(status.numberAvailable ?? 0),
      formatLabels(spec.template.spec?.nodeSelector),
      ageOf(daemonSet, clock),
      ...containerCells(spec.template.spec?.containers),
      formatLabelSelector(spec.selector),
    ];
  },
};

/** DaemonSet. */
export const daemonSetKind: KindDefinition = {
  ...resource('apps', 'v1', 'DaemonSet', 'daemonsets', 'ds', { categories: ['all'], subresources: ['status'] }),
  countsGenerations: true,
  strategy,
  table,
};
