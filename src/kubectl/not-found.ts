/** The API server's 404 for a path that doesn't exist, which it answers before any kind is involved. */
import type { Refusal } from './errors';

/** A refusal with reason NotFound and this text. */
export function notFound(message: string): Refusal {
  return Object.assign(new Error(message), { reason: 'NotFound' as const, code: 404, details: {} });
}
