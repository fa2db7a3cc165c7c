/**
 * What a schema finds wrong with a value, in the words of the validator, and how these become field errors.
 * Follows kube-openapi/pkg/validation/errors/schema.go and kubeOpenAPIResultToFieldErrors in
 * apiextensions-apiserver/pkg/apiserver/validation/validation.go.
 */
import type { FieldError } from '../field-error';
import { invalid, notSupported, printGo, required, tooLong, tooMany } from '../validation/field-errors';

/** One thing wrong. `path` is where (`spec.size`); undefined for what concerns alternatives as a whole. */
export interface Failure {
  readonly code: 'type' | 'required' | 'enum' | 'tooLong' | 'tooMany' | 'other';
  readonly path: string | undefined;
  readonly message: string;
  readonly value?: unknown;
  readonly allowed?: readonly unknown[];
  readonly limit?: number;
}

/** What validating came to: the failures, and how many checks passed (which alternative came nearest). */
export interface Outcome {
  readonly failures: Failure[];
  matches: number;
}

/** No failures. */
export function clean(): Outcome {
  return { failures: [], matches: 0 };
}

/** Adds failures that are not reported yet. */
export function add(outcome: Outcome, ...failures: readonly Failure[]): void {
  for (const failure of failures) {
    if (!outcome.failures.some(({ message }) => message === failure.message)) outcome.failures.push(failure);
  }
}

/** Adds what another outcome found. */
export function merge(outcome: Outcome, other: Outcome): void {
  add(outcome, ...other.failures);
  outcome.matches += other.matches;
}

/** A failure at a path: `spec.size in body must be of type integer: "string"`. */
export function failure(path: string, rest: string, more: Partial<Failure> = {}): Failure {
  return { code: 'other', path, message: `${path} in body ${rest}`, ...more };
}

/** A failure that has no place of its own: of alternatives, or of a bound that is not one. */
export function placeless(message: string): Failure {
  return { code: 'other', path: undefined, message };
}

/** Enumerated values as messages name them. */
function allowedText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function joined(base: string, path: string): string {
  const name = path.replace(/^\./, '');
  if (!base) return name || '<nil>';
  return name ? `${base}.${name}` : base;
}

/** The field error that says it. `base` is where the validated value stands in its object ('' for the whole). */
export function fieldErrorOf(found: Failure, base: string): FieldError {
  if (found.path === undefined) return invalid(base || '<nil>', '', found.message);
  const field = joined(base, found.path);
  const value = found.value ?? '';
  switch (found.code) {
    case 'required':
      return required(field);
    case 'enum':
      return notSupported(field, found.value ?? null, (found.allowed ?? []).map(allowedText));
    case 'tooLong':
      return tooLong(field, found.limit ?? -1);
    case 'tooMany':
      return tooMany(field, Number(found.value ?? -1), found.limit ?? -1);
    case 'type':
      return { type: 'FieldValueTypeInvalid', field, message: `Invalid value: ${printGo(value)}: ${found.message}` };
    default:
      return invalid(field, value, found.message);
  }
}
