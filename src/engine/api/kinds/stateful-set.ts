/**
 * StatefulSets. Follows pkg/registry/apps/statefulset/strategy.go: maxUnavailable belongs to a feature that is off in 1.36
 * (MaxUnavailableStatefulSet), so it is dropped.
 * As a table: printStatefulSet in pkg/printers/internalversion/printers.go.
 */
import { defaultStatefulSet } from '../defaults/stateful-set';
import type { KubeObject } from '../meta';
import type { StatefulSet } from '../types';
import {
  validateStatefulSet,
  validateStatefulSetStatusUpdate,
  validateStatefulSetUpdate,
} from '../validation/stateful-set';
import { claimSpecWarnings } from '../warnings/persistent-volume';
import { templateWarnings } from '../warnings/pod';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, containerCells, type TableDefinition } from './table';

function dropDisabledFields(draft: KubeObject): void {
  const { rollingUpdate } = (draft as StatefulSet).spec.updateStrategy ?? {};
  if (rollingUpdate) delete rollingUpdate.maxUnavailable;
}

/** `child` is what upstream puts between a claim and its resources. */
function ownWarnings({ spec }: StatefulSet, child: string): string[] {
  const claims = (spec.volumeClaimTemplates ?? []).flatMap(({ spec: claim }, index) =>
    claimSpecWarnings(claim, `spec.volumeClaimTemplates[${index}]${child}`),
  );
  if ((spec.revisionHistoryLimit ?? 0) >= 0) return claims;
  const what = 'a negative value retains all historical revisions; a value >= 0 is recommended';
  return [...claims, `spec.revisionHistoryLimit: ${what}`];
}

const strategy: Strategy = {
  default: defaultStatefulSet,
  prepareForCreate(draft) {
    draft.status = { replicas: 0, availableReplicas: 0 };
    dropDisabledFields(draft);
  },
  prepareForUpdate: dropDisabledFields,
  validate: validateStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  validateStatusUpdate: validateStatefulSetStatusUpdate,
  warningsOnCreate: (object) => {
    const statefulSet = object as StatefulSet;
    return [...templateWarnings(statefulSet.spec.template), ...ownWarnings(statefulSet, '')];
  },
  warningsOnUpdate: (object, old) => {
    const statefulSet = object as StatefulSet;
    const isChanged = object.metadata.generation !== old.metadata.generation;
    return [...(isChanged ? templateWarnings(statefulSet.spec.template) : []), ...ownWarnings(statefulSet, '.Spec')];
  },
};

const table: TableDefinition<StatefulSet> = {
  columns: columns('NAME,READY,AGE|CONTAINERS,IMAGES'),
  row: (statefulSet, clock) => [
    statefulSet.metadata.name,
    `${statefulSet.status?.readyReplicas ?? 0}/${statefulSet.spec.replicas ?? 1}`,
    ageOf(statefulSet, clock),
    ...containerCells(statefulSet.spec.template.spec?.containers),
  ],
};

/** StatefulSet. */
export const statefulSetKind: KindDefinition = {
  ...resource('apps', 'v1', 'StatefulSet', 'statefulsets', 'sts', {
    categories: ['all'],
    subresources: ['status', 'scale'],
  }),
  countsGenerations: true,
  strategy,
  table,
};
