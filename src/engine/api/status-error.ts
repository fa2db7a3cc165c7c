/**
 * The API server's refusals: metav1.Status as an error, with upstream's reasons, codes and words.
 * Follows apimachinery/pkg/api/errors/errors.go.
 */
import type { FieldError } from './field-error';

/** Machine-readable reasons of a refusal, as upstream spells them. */
export type StatusReason =
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Invalid'
  | 'BadRequest'
  | 'Forbidden'
  | 'TooManyRequests'
  | 'MethodNotAllowed'
  | 'UnsupportedMediaType'
  | 'InternalError'
  | 'ServiceUnavailable'
  | 'Timeout'
  | 'RequestEntityTooLarge'
  | 'Unauthorized'
  // An error of Go's that nobody gave a reason.
  | '';

/** What a refusal is about; `causes` carry the fields. */
export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  /** The resource (plural) or, for Invalid, the kind. */
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly { readonly reason: string; readonly message: string; readonly field?: string }[];
  readonly retryAfterSeconds?: number;
}

/** A refused request. Thrown by every verb of the API server; plain data apart from being an Error. */
export class StatusError extends Error {
  readonly reason: StatusReason;
  readonly code: number;
  readonly details: StatusDetails;

  constructor(reason: StatusReason, code: number, message: string, details: StatusDetails = {}) {
    super(message);
    this.reason = reason;
    this.code = code;
    this.details = details;
  }
}

/** `deployments.apps`, or `pods` for the core group. */
function qualifiedResource(plural: string, group: string): string {
  return group ? `${plural}.${group}` : plural;
}

/** 404 for an object that is not there. */
export function notFound(group: string, plural: string, name: string): StatusError {
  return new StatusError('NotFound', 404, `${qualifiedResource(plural, group)} "${name}" not found`, {
    name,
    group,
    kind: plural,
  });
}

/** 409 for a name that is taken. `isGoing`: by an object that is being deleted. */
export function alreadyExists(group: string, plural: string, name: string, isGoing = false): StatusError {
  const why = isGoing ? 'object is being deleted: ' : '';
  const message = `${why}${qualifiedResource(plural, group)} "${name}" already exists`;
  return new StatusError('AlreadyExists', 409, message, { name, group, kind: plural });
}

/** The words of a lost optimistic-locking race. */
export const OPTIMISTIC_LOCK_MESSAGE =
  'the object has been modified; please apply your changes to the latest version and try again';

/** 409 for a write against an outdated version or a failed precondition. */
export function conflict(group: string, plural: string, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualifiedResource(plural, group)} "${name}": ${why}`;
  return new StatusError('Conflict', 409, message, { name, group, kind: plural });
}

/** 403 with the reason an admission plugin or strategy gives. */
export function forbidden(group: string, plural: string, name: string, why: string): StatusError {
  const message = name
    ? `${qualifiedResource(plural, group)} "${name}" is forbidden: ${why}`
    : `${qualifiedResource(plural, group)} is forbidden: ${why}`;
  return new StatusError('Forbidden', 403, message, { name, group, kind: plural });
}

/** 400 for a request that can't be understood. */
export function badRequest(message: string): StatusError {
  return new StatusError('BadRequest', 400, message);
}

/** 429, with how long to wait; used by eviction when a budget would be broken. */
export function tooManyRequests(message: string, retryAfterSeconds: number, details: StatusDetails = {}): StatusError {
  return new StatusError('TooManyRequests', 429, message, { ...details, retryAfterSeconds });
}

/** 422 with every wrong field, listed as upstream's aggregate does: one alone, several in brackets, repeats once. */
export function invalid(group: string, kind: string, name: string, errors: readonly FieldError[]): StatusError {
  const lines = [...new Set(errors.map((error) => `${error.field}: ${error.message}`))];
  const all = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  const causes = errors.map((error) => ({ reason: error.type, message: error.message, field: error.field }));
  const message = `${qualifiedResource(kind, group)} "${name}" is invalid: ${all}`;
  return new StatusError('Invalid', 422, message, { name, group, kind, causes });
}

/** True when the error is a refusal with this reason. */
export function isReason(error: unknown, reason: StatusReason): error is StatusError {
  return error instanceof StatusError && error.reason === reason;
}

/** True when the error is a refusal that names this cause, e.g. `NamespaceTerminating`. */
export function hasCause(error: unknown, cause: string): boolean {
  return error instanceof StatusError && (error.details.causes?.some(({ reason }) => reason === cause) ?? false);
}
