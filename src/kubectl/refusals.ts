/** Refusals before any kind is involved: the API server's of an unknown path, verb or a body that can't be read, the client's of a name. */
import { isPathSegmentName } from '../engine/api/validation/names';
import { KubectlError, type Refusal } from './errors';

/** A refusal with reason NotFound and this text. */
export function notFound(message: string): Refusal {
  return Object.assign(new Error(message), { reason: 'NotFound' as const, code: 404, details: {} });
}

/** A refusal with reason BadRequest and this text. */
export function badRequest(message: string): Refusal {
  return Object.assign(new Error(message), { reason: 'BadRequest' as const, code: 400, details: {} });
}

/** A refusal with reason MethodNotAllowed and this text. */
export function methodNotAllowed(message: string): Refusal {
  return Object.assign(new Error(message), { reason: 'MethodNotAllowed' as const, code: 405, details: {} });
}

/** Throws KubectlError for a name that can't stand in a URL, as the client refuses it before it asks. */
export function refuseBadName(name: string): void {
  if (name === '') throw new KubectlError('resource name may not be empty');
  const problems = isPathSegmentName(name);
  if (problems.length === 0) return;
  throw new KubectlError(`invalid resource name ${JSON.stringify(name)}: [${problems.join(' ')}]`);
}
