/**
 * RuntimeClasses. Follows pkg/registry/node/runtimeclass/strategy.go.
 * As a table: printRuntimeClass in pkg/printers/internalversion/printers.go.
 */
import { defaultResourceList } from '../defaults/resource-list';
import type { KubeObject } from '../meta';
import type { RuntimeClass } from '../types';
import { validateRuntimeClass, validateRuntimeClassUpdate } from '../validation/runtime-class';
import { nodeLabelWarning } from '../warnings/node-labels';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

/** Labels in its node selector that are out of use. */
function warningsOf(object: KubeObject): string[] {
  return Object.keys((object as RuntimeClass).scheduling?.nodeSelector ?? {}).flatMap((key) => {
    const message = nodeLabelWarning(key);
    return message ? [`scheduling.nodeSelector: ${message}`] : [];
  });
}

const strategy: Strategy = {
  default: (draft) => defaultResourceList((draft as RuntimeClass).overhead?.podFixed),
  validate: validateRuntimeClass,
  validateUpdate: validateRuntimeClassUpdate,
  warningsOnCreate: warningsOf,
  warningsOnUpdate: warningsOf,
};

const table: TableDefinition<RuntimeClass> = {
  columns: columns('NAME,HANDLER,AGE'),
  row: (runtimeClass, clock) => [runtimeClass.metadata.name, runtimeClass.handler, ageOf(runtimeClass, clock)],
};

/** RuntimeClass. */
export const runtimeClassKind: KindDefinition = {
  ...resource('node.k8s.io', 'v1', 'RuntimeClass', 'runtimeclasses', '', { namespaced: false }),
  strategy,
  table,
};
