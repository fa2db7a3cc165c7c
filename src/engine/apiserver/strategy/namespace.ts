/**
 * Namespaces.
 * Follows pkg/registry/core/namespace/strategy.go. The finalize subresource is an ordinary update by the namespace controller.
 */
import { defaultNamespace } from '../../api/defaults/namespace';
import type { KubeObject } from '../../api/meta';
import type { Namespace } from '../../api/types';
import {
  validateNamespace,
  validateNamespaceStatusUpdate,
  validateNamespaceUpdate,
} from '../../api/validation/namespace';
import type { RequestContext, Strategy } from '../strategy';

const FINALIZER = 'kubernetes';
const FINALIZING_ACTOR = 'namespace-controller';

function prepareForCreate(draft: KubeObject): void {
  const namespace = draft as Namespace;
  namespace.status = { phase: 'Active' };
  const finalizers = namespace.spec.finalizers ?? [];
  if (!finalizers.includes(FINALIZER)) namespace.spec.finalizers = [...finalizers, FINALIZER];
}

function prepareForUpdate(draft: KubeObject, old: KubeObject, request: RequestContext): void {
  if (request.actor === FINALIZING_ACTOR) return;
  const { finalizers } = (old as Namespace).spec;
  draft.spec = finalizers ? { finalizers } : {};
}

/** The rules of Namespaces. */
export const namespaceStrategy: Strategy = {
  default: defaultNamespace,
  prepareForCreate,
  prepareForUpdate,
  validate: validateNamespace,
  validateUpdate: validateNamespaceUpdate,
  validateStatusUpdate: validateNamespaceStatusUpdate,
};
