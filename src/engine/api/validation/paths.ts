/**
 * Paths inside volumes and on hosts.
 * Follows pkg/apis/core/validation/validation.go (validateLocalDescendingPath and its relatives).
 */
import { type FieldErrors, invalid } from './field-errors';

/** Files are created with at most these permissions. */
export function validateFileMode(errors: FieldErrors, field: string, mode: number | undefined): void {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return;
  errors.push(invalid(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive'));
}

/** A path that never goes up. */
export function validatePathWithoutBacksteps(errors: FieldErrors, field: string, path: string): void {
  if (hasBackstep(path)) errors.push(invalid(field, path, "must not contain '..'"));
}

/** Whether a part of the path is `..`. */
export function hasBackstep(path: string): boolean {
  return path.includes('..') && path.split('/').includes('..');
}

/** A relative path that stays below where it starts. */
export function validateDescendingPath(errors: FieldErrors, field: string, path: string): void {
  if (path.startsWith('/')) errors.push(invalid(field, path, 'must be a relative path'));
  validatePathWithoutBacksteps(errors, field, path);
}

/** A descending path that keeps clear of the names the kubelet uses itself. */
export function validateLocalPath(errors: FieldErrors, field: string, path: string): void {
  validateDescendingPath(errors, field, path);
  if (path.startsWith('..') && !path.startsWith('../')) errors.push(invalid(field, path, "must not start with '..'"));
}
