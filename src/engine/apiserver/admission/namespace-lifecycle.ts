/**
 * NamespaceLifecycle: nothing is written into a namespace that isn't there, nothing new into one that is going, and three
 * namespaces stay for ever.
 * Follows apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go; reads are live, so its caches and waits are left out.
 */
import type { KindDefinition } from '../../api/kinds/definition';
import type { KubeObject } from '../../api/meta';
import { kindId } from '../../api/scheme';
import { forbidden, notFound, StatusError } from '../../api/status-error';
import type { AdmissionPlugin, AdmissionRequest } from '../strategy';
import { refuseUnnamed } from './refusal';

const IMMORTAL: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/** NamespaceLifecycle. */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  admit: (draft, _old, request) => requireNamespace(draft, request),
  validate: (object, _old, request) => {
    if (
      request.operation !== 'DELETE' ||
      kindId(object.apiVersion, object.kind) !== 'Namespace' ||
      !IMMORTAL.has(object.metadata.name)
    )
      return;
    throw forbidden('', 'namespaces', object.metadata.name, 'this namespace may not be deleted');
  },
};

function requireNamespace(draft: KubeObject, request: AdmissionRequest): void {
  const { namespace } = draft.metadata;
  if (!namespace) return;
  const found = request.find('Namespace', undefined, namespace);
  if (!found) throw notFound('', 'namespaces', namespace);
  if (request.operation !== 'CREATE') return;
  if ((found.status as { phase?: string } | undefined)?.phase !== 'Terminating') return;
  throw terminating(draft, namespace, request.info);
}

/** The refusal, with the cause by which controllers know that trying again is useless. */
function terminating(draft: KubeObject, namespace: string, info: KindDefinition): StatusError {
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const { reason, code, message, details } = refuseUnnamed(draft, why, info);
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  return new StatusError(reason, code, message, { ...details, causes: [cause] });
}
