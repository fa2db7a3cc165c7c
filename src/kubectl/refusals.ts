/** Refusals that the API server gives before any kind is involved: an unknown path, a body that can't be read. */
import type { Refusal } from './errors';

/** A refusal with reason NotFound and this text. */
export function notFound(message: string): Refusal {
  return Object.assign(new Error(message), { reason: 'NotFound' as const, code: 404, details: {} });
}

/** A refusal with reason BadRequest and this text. */
export function badRequest(message: string): Refusal {
  return Object.assign(new Error(message), { reason: 'BadRequest' as const, code: 400, details: {} });
}
