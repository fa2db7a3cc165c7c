/**
 * Defaults of Namespaces. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go (SetDefaults_Namespace, _NamespaceStatus).
 */
import type { KubeObject } from '../meta';
import type { Namespace } from '../types';

/** The label by which selectors find a namespace by its name. */
const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** Fills what a Namespace leaves open. */
export function defaultNamespace(draft: KubeObject): void {
  const namespace = draft as Namespace;
  namespace.spec ??= {};
  namespace.status ??= {};
  namespace.status.phase ||= 'Active';
  if (namespace.metadata.name) {
    namespace.metadata.labels = { ...namespace.metadata.labels, [NAMESPACE_NAME_LABEL]: namespace.metadata.name };
  }
}
