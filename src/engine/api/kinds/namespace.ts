/**
 * Namespaces. Follows pkg/registry/core/namespace/strategy.go. Its own finalizers are changed through the finalize subresource only.
 * As a table: printNamespace in pkg/printers/internalversion/printers.go.
 */
import { defaultNamespace } from '../defaults/namespace';
import type { KubeObject } from '../meta';
import type { Namespace } from '../types';
import { validateNamespace, validateNamespaceStatusUpdate, validateNamespaceUpdate } from '../validation/namespace';
import { type KindDefinition, resource } from './definition';
import type { RequestContext, Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const FINALIZER = 'kubernetes';

function prepareForCreate(draft: KubeObject): void {
  const namespace = draft as Namespace;
  namespace.status = { phase: 'Active' };
  const finalizers = namespace.spec.finalizers ?? [];
  if (!finalizers.includes(FINALIZER)) namespace.spec.finalizers = [...finalizers, FINALIZER];
}

function prepareForUpdate(draft: KubeObject, old: KubeObject, request: RequestContext): void {
  if (request.subresource === 'finalize') return;
  const { finalizers } = (old as Namespace).spec;
  draft.spec = finalizers ? { finalizers } : {};
}

/** From the first DELETE on nothing new comes into it. */
function markDeleted(marked: KubeObject): KubeObject {
  const { deletionGracePeriodSeconds: _none, ...metadata } = marked.metadata;
  return { ...marked, metadata, status: { ...(marked.status as object), phase: 'Terminating' } };
}

const strategy: Strategy = {
  markDeleted,
  default: defaultNamespace,
  prepareForCreate,
  prepareForUpdate,
  validate: validateNamespace,
  validateUpdate: validateNamespaceUpdate,
  validateStatusUpdate: validateNamespaceStatusUpdate,
};

const table: TableDefinition<Namespace> = {
  columns: columns('NAME,STATUS,AGE'),
  row: (namespace, clock) => [namespace.metadata.name, namespace.status?.phase ?? '', ageOf(namespace, clock)],
};

/** Namespace. */
export const namespaceKind: KindDefinition = {
  ...resource('', 'v1', 'Namespace', 'namespaces', 'ns', { namespaced: false, subresources: ['status', 'finalize'] }),
  selectableFields: ['status.phase'],
  strategy,
  table,
};
