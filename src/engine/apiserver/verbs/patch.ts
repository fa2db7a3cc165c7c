/**
 * PATCH: applies a patch to what is stored, then goes on like a PUT. Follows apiserver/pkg/endpoints/handlers/patch.go.
 */
import { type KubeObject, keyOf } from '../../api/meta';
import { jsonPatchWarnings } from '../../api/patch/json';
import { applyPatch, type Patch } from '../../api/patch/patch';
import { restOfPatch } from '../../api/patch/strategic';
import { StatusError } from '../../api/status-error';
import { decodeEdited, decodeMerged, type Target } from '../decode-body';
import { type Exchange, named } from '../exchange';
import { managersOf, takeGivenManagers, withManagers } from '../managed-fields';
import { matchRequest } from '../object-meta';
import { applyObject } from './apply';
import { replaceObject, replaceStatus } from './update';

/** Changes an object. */
export function patchObject(exchange: Exchange): KubeObject {
  if (exchange.options.patchType === 'apply') return applyObject(exchange);
  const old = named(exchange);
  return replaceObject(exchange, old, patched(exchange, old, exchange.info));
}

/** Changes an object's status. */
export function patchStatus(exchange: Exchange): KubeObject {
  if (exchange.options.patchType === 'apply') return applyObject(exchange);
  const old = named(exchange);
  return replaceStatus(exchange, old, patched(exchange, old, exchange.info));
}

const UNSUPPORTED =
  'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml';

/** An object as the patch of the request leaves it, decoded and still named as the URL says. Throws 400 and 422. */
export function patched(exchange: Exchange, old: KubeObject, target: Target): KubeObject {
  const { request, options, info } = exchange;
  if (info.schema && (options.patchType ?? 'strategic') === 'strategic') {
    throw new StatusError('UnsupportedMediaType', 415, UNSUPPORTED);
  }
  const patch = { type: options.patchType ?? 'strategic', body: request.body } as Patch;
  const isAboutManagers = namesManagers(patch);
  const whole = isAboutManagers ? withManagers(old, managersOf(exchange, keyOf(old))) : old;
  const result = applyPatch(whole, patch);
  if (isAboutManagers && !request.subresource) takeGivenManagers(exchange, result);
  const draft = decoded(exchange, whole, result, patch, target);
  matchRequest(draft, request, info);
  return draft;
}

/** Whether a patch is about managedFields, which are not stored with the object. */
function namesManagers({ body }: Patch): boolean {
  return JSON.stringify(body ?? null).includes('managedFields');
}

function decoded(exchange: Exchange, old: KubeObject, result: unknown, patch: Patch, target: Target): KubeObject {
  const prefix = patch.type === 'json' ? 'json patch ' : '';
  const twice = (exchange.options.duplicates ?? []).map((path) => `${prefix}duplicate field ${JSON.stringify(path)}`);
  if (patch.type === 'strategic') {
    return decodeMerged(exchange, result, target, twice, (body) => restOfPatch(old as never, body));
  }
  const unknown = patch.type === 'json' ? jsonPatchWarnings(patch.body) : [];
  return decodeEdited(exchange, result, target, [...twice, ...unknown]);
}
