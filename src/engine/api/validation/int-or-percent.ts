/**
 * Numbers that may be given as a percentage.
 * Follows pkg/apis/apps/validation/validation.go (ValidatePositiveIntOrPercent, IsNotMoreThan100Percent).
 */
import type { IntOrString } from '../types';
import { type FieldErrors, invalid, pushInvalid } from './field-errors';
import { isPercent } from './names';

/** Not negative, and a percentage when it is a text. */
export function validateIntOrPercent(errors: FieldErrors, field: string, value: IntOrString): void {
  if (typeof value === 'string') pushInvalid(errors, field, value, isPercent(value));
  else if (value < 0) errors.push(invalid(field, value, 'must be greater than or equal to 0'));
}

/** The percentage's number, or the number itself; a text that is no percentage counts as the number it starts with. */
export function plainNumberOf(value: IntOrString): number {
  if (typeof value === 'number') return value;
  if (isPercent(value).length === 0) return Number(value.slice(0, -1));
  return /^[+-]?\d+$/.test(value) ? Number(value) : 0;
}

/** A percentage of at most 100. */
export function validateAtMost100Percent(errors: FieldErrors, field: string, value: IntOrString): void {
  if (typeof value !== 'string' || isPercent(value).length > 0 || Number(value.slice(0, -1)) <= 100) return;
  errors.push(invalid(field, value, 'must not be greater than 100%'));
}
