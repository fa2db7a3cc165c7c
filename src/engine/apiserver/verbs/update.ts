/**
 * PUT: replaces an object or its status; what PATCH does too, once the patch is applied.
 * Follows apiserver/pkg/endpoints/handlers/update.go, registry/rest/update.go and registry/generic/registry/store.go.
 */
import type { KubeObject } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { conflict } from '../../api/status-error';
import { restrictNode } from '../admission/node-restriction';
import { pluginsFor } from '../admission/registry';
import { validatingAdmissionPolicy } from '../admission/validating-admission-policy';
import { confirmNoEscalation } from '../authorization/escalation';
import { decodeBody } from '../decode-body';
import { commit, contextOf, type Exchange, named, refuseInvalid, refuseLostRace, remove } from '../exchange';
import { changesManagers, takeGivenManagers } from '../managed-fields';
import { immutableMetadataErrors, keepMetadata, matchRequest, statusDraft } from '../object-meta';
import { dedupOwnerReferences } from '../owner-references';
import type { AdmissionRequest } from '../strategy';
import { isReleased } from './deletion';

/** Replaces all but status. */
export function updateObject(exchange: Exchange): KubeObject {
  const draft = decodeBody(exchange);
  if (!exchange.options.typed) takeGivenManagers(exchange, exchange.request.body);
  matchRequest(draft, exchange.request, exchange.info);
  dedupOwnerReferences(draft, contextOf(exchange, 'UPDATE'), 'before');
  return replaceObject(exchange, current(exchange, draft), draft);
}

/** Replaces status. */
export function updateStatus(exchange: Exchange): KubeObject {
  const wanted = exchange.options.typed ? (exchange.request.body as KubeObject) : decodeBody(exchange);
  matchRequest(wanted, exchange.request, exchange.info);
  return replaceStatus(exchange, current(exchange, wanted), wanted);
}

/** Puts a draft in an object's place. A draft that changes nothing writes nothing. `shown`: how the path shows an object. */
export function replaceObject(
  exchange: Exchange,
  old: KubeObject,
  draft: KubeObject,
  shown?: AdmissionRequest['shown'],
): KubeObject {
  const { info } = exchange;
  const { strategy } = info;
  const context = { ...contextOf(exchange, 'UPDATE'), shown };
  strategy.default?.(draft);
  for (const plugin of pluginsFor(info)) plugin.admit?.(draft, old, context);
  dedupOwnerReferences(draft, context, 'after');
  confirmNoEscalation(exchange, draft, old);
  refuseLostRace(exchange, draft.metadata.resourceVersion, old);
  const immutable = immutableMetadataErrors(draft.metadata, old.metadata);
  keepMetadata(draft, old, info);
  if (info.subresources.includes('status') && !info.schema) draft.status = old.status;
  strategy.prepareForUpdate?.(draft, old, context);
  const specChanged = !deepEqual(draft.spec, old.spec);
  if (!specChanged && draft.spec !== undefined) draft.spec = old.spec;
  if (specChanged && info.countsGenerations) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
  refuseInvalid(exchange, draft, [...immutable, ...(strategy.validateUpdate?.(draft, old, context) ?? [])]);
  if (!exchange.options.typed)
    for (const warning of strategy.warningsOnUpdate?.(draft, old, context) ?? []) exchange.warn(warning);
  for (const plugin of pluginsFor(info)) plugin.validate?.(draft, old, context);
  strategy.allocate?.(draft, old, context);
  if (isReleased(draft)) return remove(exchange, draft);
  if (deepEqual(draft, old) && !changesManagers(exchange, old)) return old;
  return commit(exchange, draft, 'update');
}

/** Puts the status of `wanted` in an object's place. */
export function replaceStatus(exchange: Exchange, old: KubeObject, wanted: KubeObject): KubeObject {
  const { info } = exchange;
  const { strategy } = info;
  const context = contextOf(exchange, 'UPDATE');
  restrictNode(wanted, old, context);
  refuseLostRace(exchange, wanted.metadata.resourceVersion, old);
  const immutable = immutableMetadataErrors(wanted.metadata, old.metadata);
  const draft = statusDraft(old, wanted, info);
  strategy.prepareForStatusUpdate?.(draft, old, context);
  refuseInvalid(exchange, draft, [...immutable, ...(strategy.validateStatusUpdate?.(draft, old) ?? [])]);
  validatingAdmissionPolicy.validate?.(draft, old, context);
  if (isReleased(draft)) return remove(exchange, draft);
  const isSame = deepEqual(draft.status, old.status) && deepEqual(draft.metadata, old.metadata);
  if (isSame && !changesManagers(exchange, old)) return old;
  return commit(exchange, draft, 'update-status');
}

/** The object that a PUT is about; refuses when it is gone or another one. */
function current(exchange: Exchange, { metadata }: KubeObject): KubeObject {
  const { info } = exchange;
  const old = named(exchange);
  const { uid, name } = old.metadata;
  if (metadata.uid && metadata.uid !== uid) {
    const key = [info.plural, ...(info.namespaced ? [old.metadata.namespace] : []), name].join('/');
    const why = `StorageError: invalid object, Code: 4, Key: /registry/${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${uid}`;
    throw conflict(info.group, info.plural, name, why);
  }
  return old;
}
