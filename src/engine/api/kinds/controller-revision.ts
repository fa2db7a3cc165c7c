/**
 * ControllerRevisions: what StatefulSets and DaemonSets were like before. Follows pkg/registry/apps/controllerrevision/strategy.go.
 * As a table: printControllerRevision in pkg/printers/internalversion/printers.go.
 */
import { controllerOf } from '../meta';
import type { ControllerRevision } from '../types';
import { validateControllerRevision, validateControllerRevisionUpdate } from '../validation/controller-revision';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const strategy: Strategy = {
  validate: validateControllerRevision,
  validateUpdate: validateControllerRevisionUpdate,
};

/** `statefulset.apps/web`. */
function controllerCell(revision: ControllerRevision): string {
  const owner = controllerOf(revision);
  if (!owner) return '<none>';
  const slash = owner.apiVersion.indexOf('/');
  const group = slash < 0 ? '' : `.${owner.apiVersion.slice(0, slash)}`;
  return `${`${owner.kind}${group}`.toLowerCase()}/${owner.name}`;
}

const table: TableDefinition<ControllerRevision> = {
  columns: columns('NAME,CONTROLLER,REVISION,AGE'),
  row: (revision, clock) => [
    revision.metadata.name,
    controllerCell(revision),
    String(revision.revision),
    ageOf(revision, clock),
  ],
};

/** ControllerRevision. */
export const controllerRevisionKind: KindDefinition = {
  ...resource('apps', 'v1', 'ControllerRevision', 'controllerrevisions', ''),
  strategy,
  table,
};
