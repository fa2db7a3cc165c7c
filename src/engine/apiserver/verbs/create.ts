/**
 * POST: makes an object. Follows apiserver/pkg/endpoints/handlers/create.go, registry/rest/create.go and registry/generic/registry/store.go.
 */
import { type KubeObject, keyOf } from '../../api/meta';
import { alreadyExists, forbidden } from '../../api/status-error';
import { pluginsFor } from '../admission/registry';
import { confirmNoEscalation } from '../authorization/escalation';
import { decodeBody } from '../decode-body';
import { commit, contextOf, type Exchange, refuseInvalid } from '../exchange';
import { completeMetadata } from '../object-meta';
import { dedupOwnerReferences } from '../owner-references';
import type { AdmissionRequest } from '../strategy';

const TERMINATING = 'create not allowed while custom resource definition is terminating';

/** Makes the object of the body and returns it as stored. */
export function createObject(exchange: Exchange): KubeObject {
  return createFrom(exchange, decodeBody(exchange));
}

/** Runs the mutating plugins. They refuse by the given name, or by the prefix of one that is still to be made up. */
function admit(draft: KubeObject, isNamed: boolean, context: AdmissionRequest): void {
  const { generateName } = draft.metadata;
  if (isNamed) delete draft.metadata.generateName;
  for (const plugin of pluginsFor(context.info)) plugin.admit?.(draft, undefined, context);
  if (isNamed && generateName !== undefined) draft.metadata.generateName = generateName;
}

/** Makes an object of a draft. */
export function createFrom(exchange: Exchange, draft: KubeObject): KubeObject {
  const { info, host, request } = exchange;
  const { strategy } = info;
  const context = contextOf(exchange, 'CREATE');
  if (info.isTerminating) throw forbidden(info.group, info.plural, draft.metadata?.name ?? '', TERMINATING);
  const isNamed = Boolean(draft.metadata?.name);
  completeMetadata(draft, info, request.namespace, context);
  dedupOwnerReferences(draft, context, 'before');
  if (info.subresources.includes('status') && !info.schema) draft.status ??= {};
  strategy.default?.(draft);
  admit(draft, isNamed, context);
  confirmNoEscalation(exchange, draft, undefined);
  strategy.prepareForCreate?.(draft, context);
  refuseInvalid(exchange, draft, strategy.validate?.(draft, context) ?? []);
  if (!exchange.options.typed)
    for (const warning of strategy.warningsOnCreate?.(draft, context) ?? []) exchange.warn(warning);
  for (const plugin of pluginsFor(info)) plugin.validate?.(draft, undefined, context);
  const key = keyOf(draft);
  const taken = host.store.get(info.id, key);
  if (taken) {
    const { deletionTimestamp } = taken.metadata;
    throw alreadyExists(info.group, info.plural, draft.metadata.name, deletionTimestamp !== undefined);
  }
  strategy.allocate?.(draft, undefined, context);
  return commit(exchange, draft, 'create');
}
